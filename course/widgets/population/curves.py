"""The curves of one population: its transfer function, the steady rates against the current, the folds.

With r = Φ(u), the current that holds the rate is I_ext = u - w Φ(u): both are known along u, folds and jumps included.
"""

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from course.dynamics import Model, phase

CURRENTS = (-60.0, 40.0)
WEIGHTS = (-0.1, 0.2)
_REACH = 160.0  # of u, each way: beyond I_ext and w r at their largest
_SAMPLES = 3201


@dataclass(frozen=True, eq=False)
class Subject:
    """`population`, or the same with a student's Φ or dr/dt."""

    model: Model

    @cached_property
    def Phi(self) -> tuple[np.ndarray, np.ndarray]:
        """u and Φ(u): the target of dr/dt at r = 0, w = 0, where τ dr/dt = Φ(I_ext)."""
        u = np.linspace(-_REACH, _REACH, _SAMPLES)
        return u, self.tau * self.model.evaluate("dr/dt", r=0.0, w=0.0, I_ext=u)

    @property
    def tau(self) -> float:
        return float(self.model.parameters.get("tau", 20.0))

    @cached_property
    def top(self) -> float:
        """The rate that the axes reach: the largest, where it is not beyond what a population does."""
        u, r = self.Phi
        return min(1000.0, max(1.0, float(r[u <= 2 * CURRENTS[1]].max())))

    @cached_property
    def usual(self) -> bool:
        """Is dr/dt what the course says, (Φ(I_ext + w r) - r)/τ? Tried at points without symmetry."""
        u, Phi = self.Phi
        r, I, w = np.array([[0.1, 3.0, 0.04], [0.4, -9.0, 0.07], [0.7, 14.0, -0.05]]).T
        r = r * self.top
        expected = (np.interp(I + w * r, u, Phi) - r) / self.tau
        found = self.model.evaluate("dr/dt", r=r, I_ext=I, w=w)
        return bool(np.allclose(found, expected, rtol=1e-3, atol=1e-3 * self.top / self.tau))


@dataclass(frozen=True, eq=False)
class Steady:
    """The curve of the steady rates, `stable` or not, and the rates of a slow rise and a slow fall of the current."""

    I: np.ndarray
    r: np.ndarray
    stable: np.ndarray
    up: tuple[np.ndarray, np.ndarray]
    down: tuple[np.ndarray, np.ndarray]
    folds: tuple[tuple[float, float], ...]


@lru_cache(maxsize=64)
def steady(s: Subject, w: float) -> Steady:
    """At a weight `w`, along the curve."""
    if not s.usual:
        return _followed(s, w)
    u, r = s.Phi
    I = u - w * r
    stable = np.gradient(I, u) > 0
    turns = 1 + np.flatnonzero(np.diff(np.sign(np.diff(I))))
    folds = tuple(_summit(u, I, r, k) for k in turns if np.ptp(r[k - 1 : k + 2]) > 0)
    # a rise waits on each rate until the current has passed its largest so far; a fall, from the other end
    rise = np.maximum.accumulate(I) <= I
    fall = np.minimum.accumulate(I[::-1])[::-1] >= I
    return Steady(I, r, stable, (I[rise], r[rise]), (I[fall], r[fall]), folds)


def _summit(u: np.ndarray, I: np.ndarray, r: np.ndarray, k: int) -> tuple[float, float]:
    """The top of the parabola through three points of the curve."""
    a, b, c = np.polyfit(u[k - 1 : k + 2] - u[k], I[k - 1 : k + 2], 2)
    at = -b / (2 * a)
    return float(c - b * b / (4 * a)), float(np.interp(u[k] + at, u, r))


def _followed(s: Subject, w: float) -> Steady:
    """For a derivative of another form: its branches, one after the other."""
    found = phase.bifurcations(s.model, "I_ext", CURRENTS, {"r": (-0.1 * s.top, 1.1 * s.top)}, cycles=False, w=w)
    gap = [math.nan]
    I, r, stable = (
        np.concatenate([part for b in found.branches for part in (take(b), gap)] or [gap])
        for take in (lambda b: b.values, lambda b: b.state["r"], lambda b: b.stable.astype(float))
    )
    nothing = np.zeros(0), np.zeros(0)
    return Steady(I, r, stable == 1, nothing, nothing, ())


@lru_cache(maxsize=8)
def folds(s: Subject) -> tuple[np.ndarray, np.ndarray] | None:
    """The (I_ext, w) where two steady rates meet, w Φ'(u) = 1; None for a derivative of another form."""
    if not s.usual:
        return None
    u, r = s.Phi
    slope = np.gradient(r, u)
    with np.errstate(all="ignore"):
        w = 1 / slope
    w = np.where((slope > 0) & (w <= 2 * WEIGHTS[1]), w, np.nan)
    return u - w * r, w
