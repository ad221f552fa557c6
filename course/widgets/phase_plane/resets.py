"""Threshold and reset of a model whose spike is a jump: the lines of the plane, and where a start is put."""

import numpy as np

from course.dynamics import Model
from course.dynamics.load import functions
from course.widgets.phase_plane.subject import Subject

_ROWS, _COLUMNS = 41, 201


def spiking(model: Model) -> tuple[str | None, str | None]:
    """The texts of the spike and of the reset of a model, « v >= 30 » and « v = c; u = u + d »."""
    spec = model.spec((), "rk")
    spike = spec.spike.line.text if spec.spike else None
    return spike, "; ".join(d.line.text for d in spec.reset) or None


def jumps(model: Model) -> bool:
    """Does a spike move the state?"""
    return spiking(model)[1] is not None


def below_threshold(s: Subject, parameters: dict, x: np.ndarray, y: np.ndarray) -> tuple:
    """A start beyond the threshold fires at once: it is put where its reset leaves it."""
    if not jumps(s.model):
        return x, y
    for _ in range(2):
        above = excess(s, parameters, x, y) >= 0
        if not above.any():
            return x, y
        after = reset(s, parameters, x, y)
        x, y = np.where(above, after[0], x), np.where(above, after[1], y)
    return x, y


def excess(s: Subject, parameters: dict, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """By how much the state is beyond the threshold."""
    module, state, constants = _called(s, parameters, x, y)
    return np.broadcast_to(module.g(0.0, *state, *constants)[0], np.shape(x))


def reset(s: Subject, parameters: dict, x: np.ndarray, y: np.ndarray) -> tuple:
    """The state after a spike, (x, y)."""
    module, state, constants = _called(s, parameters, x, y)
    after = dict(zip(s.model.variables, module.reset(0.0, *state, *constants), strict=True))
    return tuple(np.broadcast_to(after[name], np.shape(x)) for name in (s.x, s.y))


def _called(s: Subject, parameters: dict, x: np.ndarray, y: np.ndarray) -> tuple:
    module = functions(s.model.spec((), "rk"), "numpy")
    place = {s.x: np.asarray(x, float), s.y: np.asarray(y, float)}
    rows = {name: np.array([float(value)]) for name, value in parameters.items()}
    return module, [place[v] for v in s.model.variables], module.constants(**rows)


def lines(s: Subject, parameters: dict) -> tuple[np.ndarray, np.ndarray] | None:
    """The threshold and where the reset takes it, two arrays (point, 2), from below the window to above it."""
    if not jumps(s.model):
        return None
    x, y = (np.linspace(*s.wide[name], n) for name, n in ((s.x, _COLUMNS), (s.y, _ROWS)))
    g = excess(s, parameters, *np.meshgrid(x, y))
    rows, columns = np.nonzero((g[:, :-1] < 0) & (g[:, 1:] >= 0))
    if not len(rows):
        return None
    before, after = g[rows, columns], g[rows, columns + 1]
    across = x[columns] - before / (after - before) * (x[1] - x[0])
    landing = reset(s, parameters, across, y[rows])
    return np.stack([across, y[rows]], axis=1), np.stack(landing, axis=1)
