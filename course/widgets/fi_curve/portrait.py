"""One point of the curve: its trace with its spikes, in time and in the plane, and what the equations say there."""

from functools import lru_cache

import numpy as np

from course.dynamics import Trace, phase
from course.widgets.fi_curve.run import SHOWN, threshold, trace
from course.widgets.fi_curve.subject import Subject

_SEEN = 1000  # points of a trajectory in the plane; the canvas thins curves that go from left to right only


def portrait(arrays: dict) -> dict:
    """What `run.compute` has made, and what is drawn beside the curve."""
    s, I, run = arrays["subject"], arrays["I"], arrays["trace"]
    made = {"time": in_time(s, run), "plane": None, "line": None}
    if s.second:
        made["plane"] = plane(s, I) | {"path": in_plane(s, run)}
    elif len(s.model.variables) == 1 and not arrays["values"]["sigma"]:
        made["line"] = line(s, I)
    return arrays | made


def _tips(s: Subject, run: Trace) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each spike that is cut by a reset: the sample after it, its instant, how high it is drawn."""
    if s.level is None:
        return np.zeros(0, int), np.zeros(0), np.zeros(0)
    after = np.searchsorted(run.t, run.spikes)
    inside = after < len(run.t)
    after = after[inside]
    return after, run.spikes[inside], np.maximum(s.level, run[s.variable][after - 1])


@lru_cache(maxsize=64)
def in_time(s: Subject, run: Trace) -> tuple[np.ndarray, np.ndarray]:
    """t and V, spikes drawn up to the threshold, on the grid they fall between two samples."""
    after, instants, tops = _tips(s, run)
    return np.insert(run.t, after, instants), np.insert(run[s.variable], after, tops)


@lru_cache(maxsize=64)
def in_plane(s: Subject, run: Trace) -> tuple[np.ndarray, np.ndarray]:
    """The trajectory, the pen lifted at each reset."""
    after, _, tops = _tips(s, run)
    V, w = run[s.variable], run[s.second]
    twice, lifted = np.repeat(after, 2), np.full(len(after), np.nan)
    x = np.insert(V, twice, np.stack([tops, tops], axis=1).ravel())
    y = np.insert(w, twice, np.stack([w[after - 1], lifted], axis=1).ravel())
    width, height = (high - low for low, high in plane_window(s))
    steps = np.hypot(np.diff(x) / width, np.diff(y) / height)
    gaps = ~np.isfinite(steps)
    far = np.concatenate([[0.0], np.cumsum(np.where(gaps, 0.0, steps))])
    for grain in (1 / 300, 1 / 100, 1 / 40, 1 / 15):
        kept = np.concatenate([[True], (np.diff(far // grain) > 0) | gaps])
        kept[:-1] |= gaps
        if kept.sum() <= _SEEN:
            break
    return x[kept], y[kept]


@lru_cache(maxsize=64)
def line(s: Subject, I: float) -> tuple[np.ndarray, np.ndarray]:
    """V and dV/dt of a model of one variable, where it goes."""
    run = trace(s, I, 0.0, s.model.refractory, 0, SHOWN)
    low, high = run[s.variable].min(), run[s.variable].max()
    V = np.linspace(low - 0.1 * (high - low) - 1e-6, high + 0.1 * (high - low) + 1e-6, 200)
    model, _ = s.with_noise(0.0, 0.0)
    return V, model.evaluate(f"d{s.variable}/dt", **{s.variable: V, s.current: I})


def plane_window(s: Subject) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where the trajectories go at the threshold and in the middle of the bounds."""
    found = threshold(s)
    tried = [s.low, *(found or ()), (s.low + s.high) / 2]
    runs = [trace(s, I, 0.0, s.model.refractory, 0, SHOWN) for I in tried]
    limits = []
    for name in (s.variable, s.second):
        low, high = min(r[name].min() for r in runs), max(r[name].max() for r in runs)
        limits.append((low - 0.12 * (high - low), high + 0.12 * (high - low)))
    return tuple(limits)


@lru_cache(maxsize=64)
def plane(s: Subject, I: float) -> dict:
    """Nullclines and fixed points of a model of two variables at the current I, without noise."""
    x, y = plane_window(s)
    model, _ = s.with_noise(0.0, 0.0)
    seen = {s.variable: x, s.second: y}
    return {
        "window": (x, y),
        "nullclines": phase.nullclines(model, s.variable, s.second, (x, y), **{s.current: I}),
        "points": phase.fixed_points(model, seen, **{s.current: I}),
    }
