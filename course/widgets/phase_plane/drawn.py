"""Trajectories as they are drawn: spikes and resets put back, and no more points than one sees."""

from functools import lru_cache

import numpy as np

from course.dynamics.phase import Cycle
from course.widgets.phase_plane import resets
from course.widgets.phase_plane.analysis import Values, joined
from course.widgets.phase_plane.flow import Path
from course.widgets.phase_plane.subject import Subject, View

_GRAIN = 1 / 300  # of the window: two points of a curve are this far from each other


@lru_cache(maxsize=64)
def jumps(s: Subject, values: Values, path: Path) -> tuple[np.ndarray, ...]:
    """For each reset: the sample that follows it, its time, the state before it, the state after it."""
    line = resets.lines(s, dict(values))
    if line is None or not len(path.spikes):
        return np.zeros(0, int), np.zeros(0), np.empty((0, 2)), np.empty((0, 2))
    after = np.searchsorted(path.t, path.spikes)
    inside = (after >= 2) & (after < len(path.t))
    after, instants = after[inside], path.spikes[inside]
    share = (instants - path.t[after - 1]) / (path.t[1] - path.t[0])
    y = path.y[after - 1] + share * (path.y[after - 1] - path.y[after - 2])
    x = np.interp(y, line[0][:, 1], line[0][:, 0])
    landing = resets.reset(s, dict(values), x, y)
    return after, instants, np.stack([x, y], axis=1), np.stack(landing, axis=1)


@lru_cache(maxsize=64)
def in_plane(s: Subject, values: Values, path: Path, view: View) -> tuple[np.ndarray, np.ndarray]:
    """The curve of a run in the plane, lifted at its jumps, and its jumps."""
    after, _, before, landing = jumps(s, values, path)
    points = np.stack([path.x, path.y], axis=1)
    if not len(after):
        return thinned(points, view), before
    gap = np.full_like(before, np.nan)
    points = np.insert(
        points, np.repeat(after, 3), np.stack([before, gap, landing], axis=1).reshape(-1, 2), axis=0
    )
    leaps = joined(np.stack([before, landing], axis=1))
    return thinned(points, view), leaps


def thinned(points: np.ndarray, view: View) -> np.ndarray:
    """`points` without those that follow too near; ends and both sides of a NaN are kept."""
    (x0, x1), (y0, y1) = view
    steps = np.abs(np.diff(points[:, 0])) / (x1 - x0) + np.abs(np.diff(points[:, 1])) / (y1 - y0)
    lifted = ~np.isfinite(steps)
    place = np.floor(np.cumsum(np.where(lifted, 0.0, steps)) / _GRAIN)
    kept = np.ones(len(points), bool)
    kept[1:] = lifted
    kept[:-1] |= lifted
    kept[2:] |= place[1:] > place[:-1]
    kept[0] = kept[-1] = True
    return points[kept]


@lru_cache(maxsize=64)
def in_time(s: Subject, values: Values, path: Path) -> tuple[np.ndarray, np.ndarray]:
    """t and x of a run, in the order of time, its spikes drawn up to the threshold and down to the reset."""
    after, instants, before, landing = jumps(s, values, path)
    if not len(after):
        return (path.t[::-1], path.x[::-1]) if path.run.backward else (path.t, path.x)
    ends = np.stack([before[:, 0], landing[:, 0]], axis=1).ravel()
    places = np.repeat(after, 2)  # a run backwards has no spike
    return np.insert(path.t, places, np.repeat(instants, 2)), np.insert(path.x, places, ends)


@lru_cache(maxsize=64)
def closed(s: Subject, cycle: Cycle) -> np.ndarray:
    """One turn of a cycle, lifted where a reset takes it from one end of its sweep to the other."""
    points = np.stack([cycle.orbit[s.x], cycle.orbit[s.y]], axis=1)
    if resets.jumps(s.model):
        leap = np.abs(np.diff(points[:, 0])) > 0.4 * np.ptp(points[:, 0])
        return joined(np.split(points, 1 + np.flatnonzero(leap)))
    return thinned(np.concatenate([points, points[:1]]), s.window)
