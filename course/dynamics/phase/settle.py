"""Where a motion ends: at rest, on a cycle, or nowhere."""

import math
from dataclasses import dataclass

import numpy as np

from course.dynamics.load import functions
from course.dynamics.phase.fixed import found_in
from course.dynamics.phase.system import System
from course.dynamics.simulate import SimulationError

_CHUNKS = 16
_STILL = 1e-5  # of the size of the state: what no longer moves
_AGAIN = 2e-4  # relative gap between two turns of a cycle
_AGAIN_RESET = 1e-2  # the same where a reset falls between two samples
_LONGEST = 12  # crossings in one period of a bursting neuron


@dataclass(frozen=True, eq=False)
class Motion:
    """The end of a long run: `low` and `high` of each variable on its last stretch, and the `period` [ms], nan at rest
    and for a motion that did not repeat itself in the time that was given to it."""

    end: np.ndarray
    low: np.ndarray
    high: np.ndarray
    period: float
    resting: bool = False
    sure: bool = True  # False: it was still changing when it was left


@dataclass(frozen=True)
class Pace:
    """The step that follows the fastest change of a model, and the length of a look at it [ms]."""

    dt: float
    look: float


def pace(s: System, X: np.ndarray) -> Pace:
    """From the eigenvalues at the fixed points, and along a first run from `X`."""
    points = [p.eigenvalues for p in found_in(s, {})] or [np.linalg.eigvals(s.jacobian(X))]
    values = np.concatenate(points)
    turning = np.abs(values.imag[values.imag != 0])
    slow = np.abs(values)[np.abs(values) > 1e-9 * np.abs(values).max()]
    turn = 2 * math.pi / turning.min() if len(turning) else 3.0 / float(np.median(slow))
    step = 0.1 / float(np.abs(values).max())
    step = max(min(step, turn / 100), turn / 1e4)
    try:
        run = _run(s, X, turn, step, s.variables)
    except SimulationError:  # it escapes to infinity
        return Pace(step, 8 * turn)
    path = np.array([run[v][:: max(1, len(run.t) // 200)] for v in s.variables])
    J = np.moveaxis(s.jacobian(path), -1, 0)
    fastest = np.abs(np.linalg.eigvals(J[np.isfinite(J).all((1, 2))])).max()
    return Pace(min(0.4 / float(fastest), turn / 100), 8 * turn)


def settle(s: System, X: np.ndarray, at: Pace) -> Motion | None:
    """Follow the motion from `X` until it rests or repeats itself; None when it escapes to infinity."""
    look, last = at.look, None
    for _ in range(_CHUNKS):
        try:
            run = _run(s, X, look, at.dt, s.variables)
        except SimulationError:
            return None
        path = np.array([run[v] for v in s.variables])
        X = path[:, -1]
        half = path[:, path.shape[1] // 2 :]
        low, high = half.min(1), half.max(1)
        size = np.maximum(np.abs(path).max(1), 1e-12)
        if len(run.spikes) and run.spikes[-1] > run.t[-1] / 2:
            high = _with_peak(s, X, high)
        span = (high - low) / size
        if span.max() < _STILL:
            return Motion(X, low, high, math.nan, resting=True)
        before = path[:, : path.shape[1] // 2]
        if span.max() < 5e-2 and _dying(s, X, before, half):
            return Motion(X, X, X, math.nan, resting=True)
        period = _period(run.t, path[int(span.argmax())])
        last = Motion(X, low, high, period, sure=False)
        if not math.isnan(period):
            gap = (_AGAIN_RESET if _resets(s) else _AGAIN) * (high - low).max()
            held = before.max(1) if not _resets(s) else _with_peak(s, X, before.max(1))
            if np.abs(held - high).max() < gap and np.abs(before.min(1) - low).max() < gap:
                return Motion(X, low, high, period)
        elif look < 64 * at.look:
            look *= 2
    return last


def _run(s: System, X: np.ndarray, T: float, dt: float, record: tuple[str, ...]):
    steps = max(2, math.ceil(T / dt))
    start = dict(zip(s.variables, X, strict=True))
    return s.model.simulate(steps * dt, dt=dt, start=start, record=record, **s.parameters)


def _resets(s: System) -> bool:
    return bool(s.model.spec((), "rk").reset)


def _with_peak(s: System, X: np.ndarray, high: np.ndarray) -> np.ndarray:
    """`high` with the threshold itself for the variable that is reset there, and that no sample shows."""
    spec = s.model.spec((), "rk")
    if not spec.reset or len(spec.held) != 1:
        return high
    i, plain = s.variables.index(spec.held[0]), functions(spec, "numpy")
    constants = plain.constants(**s.parameters)
    ends = [plain.g(0.0, *X[:i], v, *X[i + 1 :], *constants)[0] for v in (0.0, 1.0)]
    peak = high.copy()
    peak[i] = -ends[0] / (ends[1] - ends[0])
    return peak


def _dying(s: System, X: np.ndarray, before: np.ndarray, after: np.ndarray) -> bool:
    """Small, smaller than before, and beside a point that attracts."""
    shrinks = (np.ptp(after, 1) < 0.999 * np.ptp(before, 1)).all()
    return bool(shrinks and (np.linalg.eigvals(s.jacobian(X)).real < 0).all())


def _period(t: np.ndarray, x: np.ndarray) -> float:
    """The time between repetitions of the upward crossings of the middle, nan if they do not repeat."""
    low, high = x.min(), x.max()
    above = x > (low + high) / 2
    up = np.flatnonzero(~above[:-1] & above[1:])
    if len(up) < 4:
        return math.nan
    level = (low + high) / 2
    times = t[up] + (t[up + 1] - t[up]) * (level - x[up]) / (x[up + 1] - x[up])
    gaps = np.diff(times)
    for turns in range(1, min(_LONGEST, len(gaps) // 2) + 1):
        a, b = gaps[-turns:], gaps[-2 * turns : -turns]
        if np.allclose(a, b, rtol=5e-3):
            return float(a.sum())
    return math.nan
