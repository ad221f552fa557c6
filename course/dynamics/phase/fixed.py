"""Fixed points: where every derivative vanishes, and what the linearised flow does there."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from course.dynamics.model import Model
from course.dynamics.phase.roots import polynomial_zeros, zeros
from course.dynamics.phase.system import System, system
from course.dynamics.phase.window import Window, checked_window

_SAMPLES = 2001
_NEUTRAL = 1e-7  # of the size of the Jacobian: a real part that is zero
_FLAT = 1e-6  # a double zero is known to the square root of the rounding, and so is the eigenvalue there


@dataclass(frozen=True, eq=False)
class FixedPoint:
    """A fixed point: `p["v"]`, its Jacobian (n, n) [1/ms], its eigenvalues (n,) [1/ms], its kind in French."""

    state: dict[str, float]
    jacobian: np.ndarray
    eigenvalues: np.ndarray

    def __getitem__(self, name: str) -> float:
        return self.state[name]

    @property
    def kind(self) -> str:
        """« nœud », « foyer », « col », « centre », or « col-nœud » where an eigenvalue is zero."""
        return kind(self.eigenvalues, _size(self.jacobian))

    @property
    def stable(self) -> bool:
        """Does every small perturbation die? Not at a centre, where it lasts."""
        return bool(attracts(self.eigenvalues, _size(self.jacobian)))

    @property
    def words(self) -> str:
        """« foyer stable », « nœud instable », « col », « centre », « col-nœud »."""
        if self.kind not in ("nœud", "foyer"):
            return self.kind
        return f"{self.kind} {'stable' if self.stable else 'instable'}"

    @property
    def trace(self) -> float:
        return float(np.trace(self.jacobian))

    @property
    def determinant(self) -> float:
        return float(np.linalg.det(self.jacobian))

    def __repr__(self) -> str:
        where = ", ".join(f"{v} = {x:.6g}" for v, x in self.state.items())
        return f"<{self.words} en {where}>"


def kind(eigenvalues: np.ndarray, size: float) -> str:
    """What `FixedPoint.kind` says, for a Jacobian of that size."""
    re, im = eigenvalues.real, eigenvalues.imag
    if (np.abs(eigenvalues) <= _FLAT * size).any():
        return "col-nœud"
    if (np.abs(re) <= _NEUTRAL * size).any():
        return "centre"
    if re.min() < 0 < re.max():
        pair = (im != 0) & (re > 0)
        return "foyer" if len(re) > 2 and pair.any() else "col"
    return "foyer" if im.any() else "nœud"


def attracts(eigenvalues: np.ndarray, size: float | np.ndarray) -> np.ndarray:
    """Are all the eigenvalues (..., n) of a Jacobian of that size (...) on the left?"""
    return (eigenvalues.real < -_NEUTRAL * np.asarray(size)[..., None]).all(-1)


def fixed_points(
    model: Model, window: Mapping | Sequence, **parameters: float
) -> tuple[FixedPoint, ...]:
    """Every fixed point of `model` inside `window`, in the order of the first variable of the window.

    All the variables but one are eliminated exactly where the equations allow it (they do for the neurons of this
    course), and the line that is left is scanned: all the zeros of a polynomial; else all those that are 1/2000 of
    the window apart. Where they do not, a plane is searched along a nullcline, more dimensions from 400 starts.

    Args:
        window: an interval per variable, `((-2.5, 2.5), (-1, 2))` or `{"V": (-100, 60)}`; a variable that is not
            named is free.
        parameters: values for this analysis.

    >>> fhn = Model("dv/dt = v - v**3/3 - w + I\\ndw/dt = (v + a - b*w)/tau", I=0.0, a=0.7, b=0.8, tau=12.5)
    >>> fixed_points(fhn, ((-2.5, 2.5), (-1, 2)), I=0.5)
    (<foyer instable en v = -0.804848, w = -0.13106>,)
    """
    s = system("fixed_points", model, parameters)
    return found_in(s, checked_window("fixed_points", model, window))


def found_in(s: System, window: Window) -> tuple[FixedPoint, ...]:
    if (parts := _reduction(s)) is not None:
        candidates = [X for part in parts for X in _on_the_line(s, *part, window)]
    elif len(s.variables) == 2:
        candidates = _in_the_plane(s, window)
    else:
        candidates = _from_many_starts(s, window)
    kept: list[np.ndarray] = []
    for X in filter(None, (polished(s, X) for X in candidates)):
        x = np.array(X)
        if _inside(s, x, window) and not any(_same(s, x, other, window) for other in kept):
            kept.append(x)
    order = s.variables.index(next(iter(window), s.variables[0]))
    return tuple(described(s, X) for X in sorted(kept, key=lambda X: X[order]))


def described(s: System, X: np.ndarray) -> FixedPoint:
    """The point, its Jacobian, and its eigenvalues, the slowest to die first."""
    J = s.jacobian(X)
    eigenvalues = np.linalg.eigvals(J).astype(complex)
    return FixedPoint(
        dict(zip(s.variables, map(float, X), strict=True)),
        J,
        eigenvalues[np.argsort(-eigenvalues.real)],
    )


def _reduction(s: System) -> list[tuple[str, str, str]] | None:
    """The first elimination that divides by no zero at these parameters."""
    return next((parts for pivots, parts in s.arrays.REDUCED if all(s.of(pivots))), None)


def _on_the_line(
    s: System, master: str, g: str, coefficients: str, window: Window
) -> list[np.ndarray]:
    if coefficients:
        found = polynomial_zeros(np.array(s.of(coefficients), float))
    else:
        found = zeros(lambda x: s.of(g, x)[0], _line(s, master, window))
    return [np.array([float(v) for v in s.of(g, x)[1:]]) for x in map(np.float64, found)]


def _line(s: System, name: str, window: Window) -> np.ndarray:
    """Where to look: the interval of the window, else dense around `init` and wide."""
    if name in window:
        low, high = window[name]
        reach = 1e-9 * (high - low)
        return np.linspace(low - reach, high + reach, _SAMPLES)
    u = np.linspace(-math.asinh(1e4), math.asinh(1e4), 2 * _SAMPLES)
    return s.model.init.get(name, 0.0) + np.sinh(u)  # the argument of a function is around 0


def _in_the_plane(s: System, window: Window) -> list[np.ndarray]:
    """Where the second derivative changes sign, or touches zero, along the nullcline of the first."""
    from course.dynamics.phase.nullclines import traced

    (x0, x1), (y0, y1) = (
        window.get(v, (s.model.init[v] - 1e3, s.model.init[v] + 1e3)) for v in s.variables
    )
    found = []
    for piece in traced(s, 0, (x0, x1), (y0, y1)):
        g = s.field(piece.T)[1]
        change = np.flatnonzero(g[:-1] * g[1:] <= 0)
        size = np.abs(g)
        dips = 1 + np.flatnonzero((size[1:-1] < size[:-2]) & (size[1:-1] < size[2:]))
        found += [piece[i] for i in np.unique([*change, *dips - 1, *dips, *dips + 1])]
    return found


def _from_many_starts(s: System, window: Window) -> list[np.ndarray]:
    rng = np.random.default_rng(0)
    bounds = [window.get(v, (x - 2 - abs(x), x + 2 + abs(x))) for v, x in s.model.init.items()]
    low, high = np.array(bounds).T
    return [s.init, *(low + (high - low) * rng.random((400, len(bounds))))]


def polished(s: System, X: np.ndarray) -> tuple[float, ...] | None:
    """Newton from `X`; None where it goes nowhere. A singular Jacobian takes the least step."""
    if not np.isfinite(X).all():
        return None
    X = np.array(X, float)
    for _ in range(50):
        F = s.field(X)
        J = s.jacobian(X)
        if not (np.isfinite(F).all() and np.isfinite(J).all()):
            return None
        step = np.linalg.lstsq(J, F, rcond=1e-7)[0]
        if not np.isfinite(step).all() or np.abs(step).max() > 1e6:
            return None
        X = X - step
        if np.abs(step).max() <= 1e-13 * max(1.0, np.abs(X).max()):
            break
    F, J = s.field(X), s.jacobian(X)
    scale = (np.abs(J) @ np.maximum(np.abs(X), 1e-3)).max()
    return tuple(X) if np.abs(F).max() <= 1e-9 * max(scale, 1e-300) else None


def _inside(s: System, X: np.ndarray, window: Window) -> bool:
    state = dict(zip(s.variables, X, strict=True))
    return all(a - 1e-9 * (b - a) <= state[v] <= b + 1e-9 * (b - a) for v, (a, b) in window.items())


def _same(s: System, X: np.ndarray, other: np.ndarray, window: Window) -> bool:
    sizes = [
        window[v][1] - window[v][0] if v in window else 1 + abs(x)
        for v, x in zip(s.variables, X, strict=True)
    ]
    return bool((np.abs(X - other) <= 1e-6 * np.array(sizes)).all())


def _size(J: np.ndarray) -> float:
    return float(np.abs(J).max()) or 1.0
