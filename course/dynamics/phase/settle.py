"""Where a motion ends: at rest, on a cycle, or nowhere."""

import math
from dataclasses import dataclass

import numpy as np

from course.dynamics.load import functions
from course.dynamics.phase.fixed import found_in, polished
from course.dynamics.phase.flight import Flight, flight
from course.dynamics.phase.system import System
from course.dynamics.simulate import SimulationError

_CHUNKS = 16
_TRIES = 5
_FAR = 1e5  # times where it started: gone for ever
_STEPS, _MOST = 100_000, 1_000_000  # in a look, at most: by choice, and in a long one
_SLOW = 1e-3  # of the fastest rate: what is no turn of the motion
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


@dataclass(eq=False)
class Pace:
    """The step that follows the fastest change of a model, and the length of a look at it [ms].

    It quickens when a motion goes where the model is faster than anything met so far: `low` and `high` (n,) bound
    what has been met.
    """

    dt: float
    look: float
    low: np.ndarray
    high: np.ndarray

    def quickened(self, s: System, path: np.ndarray) -> bool:
        """Was the step too long for what `path` (n, time) has met?"""
        low, high = np.minimum(self.low, path.min(1)), np.maximum(self.high, path.max(1))
        further = (high - low) > 1.2 * (self.high - self.low)
        if not further.any():
            return False
        self.low, self.high = low, high
        J = np.moveaxis(s.jacobian(path[:, :: max(1, path.shape[1] // 200)]), -1, 0)
        J = J[np.isfinite(J).all((1, 2))]
        dt = 0.4 / max(float(np.abs(np.linalg.eigvals(J)).max()), 1e-12) if len(J) else self.dt
        too_long = dt < self.dt / 1.5
        self.dt = max(min(dt, self.dt), self.look / _STEPS)
        return too_long


def pace(s: System, X: np.ndarray) -> Pace:
    """From the eigenvalues at the fixed points, or at `X` where there is none."""
    points = [p.eigenvalues for p in found_in(s, {})] or [np.linalg.eigvals(s.jacobian(X))]
    values = np.concatenate(points)
    size = np.abs(values)
    fastest = max(float(size.max()), 1e-12)
    turning = np.abs(values.imag[np.abs(values.imag) > _SLOW * fastest])
    slow = size[size > _SLOW * fastest]
    turn = (
        2 * math.pi / turning.min()
        if len(turning)
        else 3.0 / float(np.median(slow))
        if len(slow)
        else 1.0
    )
    return Pace(min(0.4 / fastest, turn / 100), 8 * float(turn), X, X)


def settle(s: System, X: np.ndarray, at: Pace) -> Motion | None:
    """Follow the motion from `X` until it rests or repeats itself; None when it escapes to infinity."""
    look, last, far = at.look, None, _FAR * (1.0 + float(np.abs(X).max()))
    for _ in range(_CHUNKS):
        run = _look(s, X, look, at)
        if run is None:
            return None
        path, spikes = run.x[:, :, 0], run.spikes[0]
        if np.abs(path).max() > far:
            return None
        X = path[:, -1]
        half = path[:, path.shape[1] // 2 :]
        low, high = half.min(1), half.max(1)
        size = np.maximum(np.abs(path).max(1), 1e-12)
        if len(spikes) and spikes[-1] > run.t[-1] / 2:
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
            gap = (_AGAIN_RESET if resets(s) else _AGAIN) * (high - low).max()
            held = before.max(1) if not resets(s) else _with_peak(s, X, before.max(1))
            if np.abs(held - high).max() < gap and np.abs(before.min(1) - low).max() < gap:
                return Motion(X, low, high, period)
        elif look < 64 * at.look:
            look *= 2
    return last


def _look(s: System, X: np.ndarray, T: float, at: Pace) -> Flight | None:
    """A run of length T from `X`, again with a shorter step when that was too long; None when it escapes."""
    first = at.dt
    for _ in range(_TRIES):
        steps = max(2, math.ceil(T / at.dt))
        if steps > _MOST:
            break
        try:
            run = flight(s, X[:, None], steps * at.dt, steps)
        except SimulationError:
            at.dt /= 4
            continue
        if not at.quickened(s, run.x[:, :, 0]):
            return run
    at.dt = first
    return None


def resets(s: System) -> bool:
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
    """Small, smaller than before, and beside a point that attracts: what creeps past a vanished one is not dying."""
    if not (np.ptp(after, 1) < 0.999 * np.ptp(before, 1)).all():
        return False
    point = polished(s, X)
    if point is None or np.abs(np.array(point) - X).max() > 5 * np.ptp(before, 1).max():
        return False
    return bool((np.linalg.eigvals(s.jacobian(np.array(point))).real < 0).all())


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
