"""The curves that lead to a saddle and that leave it, followed by their length and not by the time they take.

Along the stable manifold of a saddle a trajectory takes an infinite time to arrive; dX/ds = ∓F/|F|, in windows of
size one, draws the same curve at unit speed.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from course import _check
from course.dynamics.model import Model
from course.dynamics.phase.fixed import FixedPoint
from course.dynamics.phase.system import System, system
from course.dynamics.phase.window import checked_window

_LONGEST = 8.0  # windows
_STEP, _SMALLEST = 1 / 60, 1e-9  # windows
_ERROR = 1e-5  # windows, a step
_STEPS = 4000
_AGO, _ARRIVED = 25, 2e-5  # a path that has gone nowhere for so many points is at a fixed point


def separatrix(
    model: Model, saddle: FixedPoint, window: Mapping | Sequence, **parameters: float
) -> tuple[np.ndarray, ...]:
    """The stable manifold of a saddle of a plane: two branches (point, 2), from the saddle outwards.

    It separates the states that go one way from those that go the other: a neuron's true threshold.
    """
    return _manifold("separatrix", model, saddle, window, parameters, stable=True)


def unstable_manifold(
    model: Model, saddle: FixedPoint, window: Mapping | Sequence, **parameters: float
) -> tuple[np.ndarray, ...]:
    """The unstable manifold of a saddle of a plane: the two ways out (point, 2)."""
    return _manifold("unstable_manifold", model, saddle, window, parameters, stable=False)


def _manifold(
    where: str, model, saddle, window, parameters, stable: bool
) -> tuple[np.ndarray, ...]:
    s = system(where, model, parameters)
    if len(s.variables) != 2:
        raise _check.refuse(f"{where}.model", "un modèle à deux variables", model)
    if not isinstance(saddle, FixedPoint) or saddle.kind != "col":
        raise _check.refuse(f"{where}.saddle", "un point fixe qui est un col", saddle)
    box = checked_window(where, model, window)
    low, size = (
        np.array([f(box[v]) for v in s.variables]) for f in (lambda b: b[0], lambda b: b[1] - b[0])
    )
    values, vectors = np.linalg.eig(saddle.jacobian)
    direction = vectors[:, np.argmin(values.real) if stable else np.argmax(values.real)].real / size
    direction *= 1e-4 / np.hypot(*direction)
    origin = (np.array([saddle[v] for v in s.variables]) - low) / size
    sign = -1.0 if stable else 1.0
    return tuple(
        low + size * np.array(_followed(s, origin, origin + way * direction, low, size, sign))
        for way in (1, -1)
    )


def _followed(
    s: System, origin: np.ndarray, start: np.ndarray, low: np.ndarray, size: np.ndarray, sign: float
) -> list[tuple[float, float]]:
    """Bogacki and Shampine's pair on the unit field, until it leaves the window, arrives, or has gone far enough.

    Where the flow across the curve is much faster than along it, the error estimate keeps the steps small.
    """
    field, p = s.numbers.field, s.values
    (a, b), (wx, wy) = map(float, low), map(float, size)

    def unit(x: float, y: float) -> tuple[float, float]:
        dx, dy = field(a + wx * x, b + wy * y, *p)
        dx, dy = sign * dx / wx, sign * dy / wy
        n = math.hypot(dx, dy)
        if not 0 < n < math.inf:
            raise ArithmeticError
        return dx / n, dy / n

    x, y = map(float, start)
    path, h, length = [tuple(map(float, origin)), (x, y)], 1e-5, 0.0
    try:
        k1 = unit(x, y)
        for _ in range(_STEPS):
            k2 = unit(x + h / 2 * k1[0], y + h / 2 * k1[1])
            k3 = unit(x + 3 / 4 * h * k2[0], y + 3 / 4 * h * k2[1])
            u = x + h / 9 * (2 * k1[0] + 3 * k2[0] + 4 * k3[0])
            v = y + h / 9 * (2 * k1[1] + 3 * k2[1] + 4 * k3[1])
            k4 = unit(u, v)
            error = h * math.hypot(
                *(
                    -5 / 72 * q + 1 / 12 * r + 1 / 9 * t - 1 / 8 * w
                    for q, r, t, w in zip(k1, k2, k3, k4, strict=True)
                )
            )
            if error <= _ERROR:
                x, y, k1, length = u, v, k4, length + h
                path.append((x, y))
                arrived = len(path) > _AGO and math.dist(path[-1], path[-_AGO]) < _ARRIVED
                if arrived or length > _LONGEST or not (-0.05 <= x <= 1.05 and -0.05 <= y <= 1.05):
                    break
            h = min(_STEP, h * min(3.0, max(0.3, 0.9 * (_ERROR / max(error, 1e-30)) ** (1 / 3))))
            if h < _SMALLEST:
                break  # it has arrived at a fixed point
    except (ArithmeticError, ValueError):
        pass  # a fixed point, or the edge of where the equations have a value
    return path
