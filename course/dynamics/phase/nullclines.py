"""Nullclines: the curves where one variable stands still."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from course.dynamics.model import Model
from course.dynamics.phase.system import System, system
from course.dynamics.phase.window import checked_window, plane

_SAMPLES = 401
_GRID = 121
_FAR = 1e4  # how far the argument of a function is followed


@dataclass(frozen=True, eq=False)
class Nullcline:
    """Where d`variable`/dt = 0.

    `pieces` are arrays (point, 2) of x and y; `formulas` their LaTeX, and `how` is "formule", or "tracée" where an
    equation is solved for neither variable.
    """

    variable: str
    pieces: tuple[np.ndarray, ...]
    formulas: tuple[str, ...]
    how: str

    @property
    def formula(self) -> str | None:
        return r",\quad ".join(self.formulas) or None


def nullclines(
    model: Model, x: str, y: str, window: Mapping | Sequence, **parameters: float
) -> tuple[Nullcline, Nullcline]:
    """The nullclines of `x` and of `y` inside `window`; other variables, if any, stay at `init`.

    >>> fhn = Model("dv/dt = v - v**3/3 - w + I\\ndw/dt = (v + a - b*w)/tau", I=0.0, a=0.7, b=0.8, tau=12.5)
    >>> of_v, of_w = nullclines(fhn, "v", "w", ((-2, 2), (-1, 1)))
    >>> of_w.formula, of_w.how
    ('w = \\\\frac{a + v}{b}', 'formule')
    """
    x, y = plane("nullclines", model, x, y)
    s = system("nullclines", model, parameters)
    box = checked_window("nullclines", model, window, (x, y))
    bounds = box.get(x), box.get(y)
    if None in bounds:
        checked_window("nullclines", model, tuple(box.values())[:1], (x, y))
    return tuple(_nullcline(s, v, (x, y), bounds) for v in (x, y))


def _nullcline(s: System, v: str, axes: tuple[str, str], bounds: tuple) -> Nullcline:
    pieces, formulas = [], []
    for variable, ways in s.arrays.NULLCLINES:
        if variable == v:
            found = _explicit(s, ways, axes, bounds)
            if found is None:
                break
            pieces += found[0]
            formulas.append(found[1])
    else:
        if formulas:
            return Nullcline(v, tuple(pieces), tuple(formulas), "formule")
    return Nullcline(v, tuple(traced(s, s.variables.index(v), *bounds, axes)), (), "tracée")


def _explicit(
    s: System, ways: list, axes: tuple, bounds: tuple
) -> tuple[list[np.ndarray], str] | None:
    """One variable as a function of the other, and the formula; the first way that has a value: b may be 0."""
    for along, function, formula in ways:
        if not along:
            if pieces := _parametric(s, function, axes, bounds):
                return pieces, formula
            continue
        first = along == axes[0]
        (low, high), (bottom, top) = bounds if first else bounds[::-1]
        u = np.linspace(low, high, _SAMPLES)
        w = np.broadcast_to(np.asarray(s.of(function, u)[0], float), u.shape)
        if np.isfinite(w).any():
            pieces = _cut(u, w, bottom, top)
            return [P if first else P[:, ::-1] for P in pieces], formula
    return None


def _parametric(s: System, function: str, axes: tuple, bounds: tuple) -> list[np.ndarray]:
    """Both variables as functions of what a function of the equations is applied to; nothing where that fails."""
    u = np.sinh(np.linspace(-math.asinh(_FAR), math.asinh(_FAR), 3 * _SAMPLES))
    both = s.of(function, u)
    x, y = (np.broadcast_to(np.asarray(both[s.variables.index(v)], float), u.shape) for v in axes)
    if not (np.isfinite(x) & np.isfinite(y)).any():
        return []
    (left, right), (bottom, top) = bounds
    inside = (x >= left) & (x <= right) & np.isfinite(y)
    runs = np.split(np.arange(len(u)), 1 + np.flatnonzero(np.diff(inside.astype(int))))
    pieces = (_cut(x[r], y[r], bottom, top) for r in runs if inside[r[0]])
    return [piece for found in pieces for piece in found]


def _cut(u: np.ndarray, w: np.ndarray, bottom: float, top: float) -> list[np.ndarray]:
    """The runs of (u, w) that meet the frame, with a margin: the frame cuts the curve, not its end."""
    margin = 0.5 * (top - bottom)
    kept = np.isfinite(w) & (w > bottom - margin) & (w < top + margin)
    inside = kept & (w >= bottom) & (w <= top)
    runs = np.split(np.arange(len(u)), 1 + np.flatnonzero(np.diff(kept.astype(int))))
    return [np.stack([u[r], w[r]], axis=1) for r in runs if kept[r[0]] and inside[r].any()]


def traced(
    s: System, row: int, xs: tuple, ys: tuple, axes: tuple | None = None
) -> list[np.ndarray]:
    """Contours of derivative `row` at zero: marching squares on a grid, then two Newton steps for each point."""
    from contourpy import contour_generator

    i, j = (s.variables.index(v) for v in axes or s.variables)
    x, y = np.linspace(*xs, _GRID), np.linspace(*ys, _GRID)
    X = np.empty((len(s.variables), _GRID, _GRID))
    X[...] = s.init[:, None, None]
    X[i], X[j] = np.meshgrid(x, y)
    F = s.field(X)[row]
    lines = contour_generator(x, y, np.ma.masked_invalid(F)).lines(0.0)
    sizes = np.array([[xs[1] - xs[0]], [ys[1] - ys[0]]])
    pieces = []
    for line in lines:
        P = np.repeat(s.init[:, None], len(line), axis=1)
        P[[i, j]] = line.T
        for _ in range(2):
            slope = s.jacobian(P)[row][[i, j]] * sizes
            step = s.field(P)[row] * slope / np.maximum((slope**2).sum(0), 1e-300)
            step = np.where(np.isfinite(step), step, 0.0)
            P[[i, j]] -= np.clip(step, -1 / _GRID, 1 / _GRID) * sizes
        pieces.append(P[[i, j]].T)
    return pieces
