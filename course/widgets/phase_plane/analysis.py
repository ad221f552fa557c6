"""What the equations say of the plane at given parameters: field, nullclines, fixed points, threshold, cycles."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from course.dynamics import phase
from course.dynamics.phase import FixedPoint
from course.widgets.phase_plane import resets
from course.widgets.phase_plane.subject import Subject, View

Values = tuple[tuple[str, float], ...]  # the parameters, as something that can be looked up


@dataclass(frozen=True, eq=False)
class Plane:
    """Curves are arrays (point, 2) of x and y, their pieces separated by a NaN."""

    arrows: tuple[np.ndarray, ...]
    nullclines: tuple[np.ndarray, np.ndarray]
    traced: tuple[str, ...]
    points: tuple[FixedPoint, ...]
    away: tuple[FixedPoint, ...]
    separatrix: np.ndarray
    threshold: tuple[np.ndarray, np.ndarray] | None


@lru_cache(maxsize=64)
def plane(s: Subject, values: Values, view: View) -> Plane:
    """The plane of `s` seen through `view`."""
    parameters = dict(values)
    found = phase.nullclines(s.model, s.x, s.y, view, **parameters)
    everywhere = points(s, values)
    seen = [p for p in everywhere if all(a <= p[v] <= b for v, (a, b) in named(s, view).items())]
    branches = []
    for p in seen:
        if p.kind == "col":
            branches += phase.separatrix(s.model, p, named(s, view), **parameters)
    return Plane(
        arrows(s, parameters, view),
        tuple(joined(curve.pieces) for curve in found),
        tuple(curve.variable for curve in found if curve.how == "tracée"),
        tuple(seen),
        tuple(p for p in everywhere if p not in seen),
        joined([b if s.model.variables[0] == s.x else b[:, ::-1] for b in branches]),
        resets.lines(s, parameters),
    )


@lru_cache(maxsize=256)
def cycles(s: Subject, values: Values) -> tuple[phase.Cycle, ...]:
    """The limit cycle that attracts, if one is found, and the one that separates it from a point that attracts too."""
    parameters = dict(values)
    if any(p.kind == "centre" for p in points(s, values)):
        return ()  # closed orbits side by side: none is a limit
    resting = any(p.stable for p in points(s, values))
    stable = phase.limit_cycle(s.model, **parameters)
    if stable is None and resting:  # beside the points everything comes back: from further away
        stable = phase.limit_cycle(s.model, _far(s, parameters), **parameters)
    if stable is None or not stable.stable:
        return ()
    if not resting or resets.jumps(s.model):
        return (stable,)
    unstable = phase.limit_cycle(s.model, stable=False, **parameters)
    return (stable, unstable) if unstable else (stable,)


def _far(s: Subject, parameters: dict) -> dict[str, float]:
    """A start on the right of the window, low: a neuron that has just been excited."""
    x, y = (
        np.array([low + share * (high - low)])
        for (low, high), share in zip(s.window, (0.8, 0.3), strict=True)
    )
    x, y = resets.below_threshold(s, parameters, x, y)
    return {s.x: float(x[0]), s.y: float(y[0])}


@lru_cache(maxsize=64)
def points(s: Subject, values: Values) -> tuple[FixedPoint, ...]:
    """The fixed points in sight and around."""
    return phase.fixed_points(s.model, s.wide, **dict(values))


def named(s: Subject, view: View) -> dict[str, tuple[float, float]]:
    return dict(zip((s.x, s.y), view, strict=True))


def joined(pieces) -> np.ndarray:
    """One array for several curves: a NaN between two of them lifts the pen."""
    gap = np.full((1, 2), np.nan)
    parts = [part for piece in pieces for part in (piece, gap)][:-1]
    return np.concatenate(parts) if parts else np.empty((0, 2))


def arrows(s: Subject, parameters: dict, view: View) -> tuple[np.ndarray, ...]:
    """x, y, dx, dy: the direction is that of the field on the screen, the length says its speed, not in proportion."""
    field = phase.vector_field(s.model, s.x, s.y, view, (21, 15), **parameters)
    sizes = [high - low for low, high in view]
    u, w = field.dx / sizes[0], field.dy / sizes[1]
    speed = np.hypot(u, w)
    usual = np.median(speed[np.isfinite(speed)]) if np.isfinite(speed).any() else 1.0
    # speeds of a neuron spread over three decades: a fourth root lets the slow ones be seen
    length = 0.042 * np.minimum(1.0, 0.7 * (speed / max(usual, 1e-300)) ** 0.25)
    with np.errstate(all="ignore"):
        u, w = u / speed * length, w / speed * length
    x, y = np.meshgrid(field.x, field.y)
    shown = np.isfinite(u) & np.isfinite(w)
    dx, dy = sizes[0] * u[shown], sizes[1] * w[shown]
    return x[shown] - dx / 2, y[shown] - dy / 2, dx, dy
