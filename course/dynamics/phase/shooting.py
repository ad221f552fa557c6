"""Closed orbits followed as a parameter moves: Newton's method on one turn, from a guess that is already near."""

import math
from dataclasses import dataclass

import numpy as np

from course.dynamics.phase.flight import flight
from course.dynamics.phase.settle import Pace
from course.dynamics.phase.system import System
from course.dynamics.simulate import SimulationError

_LEAST = 200  # steps of a turn
_TURNS = 8
_CLOSED = 1e-5  # of the orbit: Newton's last step; the error left is its square
_POINT = 1e-3  # of the state: a smaller orbit is a fixed point for Newton's method


@dataclass(frozen=True, eq=False)
class Orbit:
    """A closed orbit through `start`, and through `others` (n, 3), each a quarter of a turn further.

    `period` [ms]; the `low` and `high` of each variable; `multiplier`, the largest factor of a small gap over one turn.
    """

    start: np.ndarray
    period: float
    low: np.ndarray
    high: np.ndarray
    multiplier: float
    others: np.ndarray

    @property
    def stable(self) -> bool:
        return self.multiplier < 1.0


def neighbour(s: System, orbit: Orbit, at: Pace) -> Orbit | None:
    """The stable closed orbit near `orbit`, from the first of its points from which Newton's method finds it.

    Where an orbit passes slowly by a saddle its period and its phase change so fast that some points are no guess.
    """
    for start in (orbit.start, *orbit.others.T):
        found = shot(s, start, orbit.period, at)
        if found is not None and found.stable:
            return found
    return None


def shot(s: System, X: np.ndarray, T: float, at: Pace, reach: float = 0.3) -> Orbit | None:
    """The closed orbit near X whose period is near T; None where Newton's method goes further than `reach` of it."""
    n, first = len(X), T
    for _ in range(_TURNS):
        if not abs(T - first) < reach * first:
            return None
        h = 1e-6 * np.maximum(np.abs(X), 1e-2)
        steps = max(_LEAST, math.ceil(T / at.dt))
        try:
            run = flight(s, np.column_stack([X, X[:, None] + np.diag(h)]), T, steps)
        except SimulationError:
            return None
        path, end = run.x[:, :, 0], run.end[:, 0]
        M = (run.end[:, 1:] - end[:, None]) / h
        here, there = s.here(X), s.here(end)
        A = np.zeros((n + 1, n + 1))
        A[:n, :n], A[:n, n], A[n, :n] = M - np.eye(n), there, here
        try:
            step = np.linalg.solve(A, np.append(X - end, 0.0))
        except np.linalg.LinAlgError:
            return None
        low, high = path.min(1), path.max(1)
        size = np.maximum(high - low, 1e-300)
        gap = max(np.abs(step[:n] / size).max(), abs(step[n]) / T)
        if not gap < 0.5:
            return None
        X, T = X + step[:n], T + step[n]
        if gap < _CLOSED:
            if (size / np.maximum(np.maximum(np.abs(low), np.abs(high)), 1e-12)).max() < _POINT:
                return None  # it has shrunk to a fixed point
            others = path[:, [steps // 4, steps // 2, 3 * steps // 4]]
            return Orbit(X, float(T), low, high, _multiplier(s, M, path, T), others)
    return None


def _multiplier(s: System, M: np.ndarray, path: np.ndarray, T: float) -> float:
    """In the plane exp(∮ trace): the product of the two factors, of which one is 1."""
    if len(M) == 1:
        return 0.0
    if len(M) == 2:
        trace = np.trace(s.jacobian(path))
        return math.exp(min(700.0, float((trace[:-1] + trace[1:]).mean() / 2 * T)))
    factors = np.linalg.eigvals(M)
    return float(np.abs(np.delete(factors, np.abs(factors - 1).argmin())).max())
