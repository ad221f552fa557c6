"""A remembered angle wanders: noise pushes the bump along the ring, where nothing brings it back.

Theory. Without noise the ring r = Φ(h), h = I + W r, holds a bump R(θ - ψ) at every ψ. Let the current of unit i
fluctuate by a small η_i(t), and δr be the deviation from the bump:

    τ dδr/dt = -δr + D (W δr + η),        D = diag Φ'(h).

A shift is the deviation R' = dR/dθ, and D W R' = R': it neither grows nor decays. W is symmetric, so that the row
vector v = h' = W R' obeys v D W = (W D W R')ᵀ = (W R')ᵀ = v: along v the deviation neither grows nor decays either,
and what is projected on v is the displacement ψ, for every other mode dies out. With δr = -ψ R' + …, and v D = R',

    dψ/dt = -(1/τ) Σ_i R'_i η_i / Σ_i R'_i h'_i.

The η_i are independent, and the integral of each over t has the variance 2σ²τ_n t for t ≫ τ_n. Hence

    Var ψ(t) = 2 D t,      2 D = (2σ²τ_n/τ²) Σ R'_i² / (Σ R'_i h'_i)²      [radians² per unit of time].

Both sums grow like n: the variance goes like 1/n, and like σ². It holds as long as noise bends Φ little.

Source: the projection on the adjoint null vector is that of Kilpatrick & Ermentrout, SIAM J. Appl. Dyn. Syst. 12 (2013)
61-94, for a noisy neural field, and of Burak & Fiete, PNAS 109 (2012) 17645-17650, for spikes; derived here for a noise
inside Φ.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from course import _check
from course.rates.ring_angles import population_vector

if TYPE_CHECKING:
    from course.rates.ring import RingAttractor

_KEPT = 5.0  # ms between two positions that are kept
_SETTLED = (
    10  # times (tau + tau_noise): how long the other modes take to reach their own fluctuations
)


@dataclass(frozen=True, eq=False)
class Diffusion:
    """Trials that left the same bump.

    Attributes:
        t: instants [ms] (time,), from 0.
        displacement: [degrees] (time, trial), turns counted.
        slope: measured growth of the variance [degrees²/s]; interval: its 95 % confidence interval.
        theory: the growth that the theory gives, None where it says nothing.
    """

    t: np.ndarray
    displacement: np.ndarray
    slope: float
    interval: tuple[float, float]
    theory: float | None

    @property
    def variance(self) -> np.ndarray:
        """Mean square displacement [degrees²] (time,)."""
        return (self.displacement**2).mean(axis=1)


def diffusion(
    ring: "RingAttractor", T: float, trials: int, dt: float, rng: np.random.Generator | int | None
) -> Diffusion:
    """What `RingAttractor.diffusion` documents.

    The displacements of one trial over consecutive windows much longer than τ are independent: with K windows and N
    trials, the sum of their squares over the true variance is a χ² of N K degrees, which gives the interval.
    """
    where = "RingAttractor.diffusion"
    T = _check.positive(f"{where}.T", T, "ms")
    if isinstance(trials, bool) or not isinstance(trials, int | np.integer) or trials < 2:
        raise _check.refuse(f"{where}.trials", "un entier, deux au moins", trials)
    if ring.given["sigma"] == 0:
        raise _check.refuse(f"{where}.sigma", "un anneau bruité (sigma > 0)", 0.0)
    begin = ring.bump()
    if begin is None:
        raise ValueError(
            f"{where}\u00a0: cet anneau ne garde aucune bosse, il n'a rien à oublier\u00a0; "
            "augmentez J1, ou voyez bump_regimes"
        )
    fast = ring.given["tau"] + ring.given["tau_noise"]
    if 10 * fast > T:
        raise _check.refuse(
            f"{where}.T", f"au moins {10 * fast:g}\u00a0ms, dix fois τ + τ_bruit", T
        )
    every = max(1, round(_KEPT / dt))
    settled = round(_SETTLED * fast / (every * dt)) * every * dt
    steps = round(T / (every * dt)) * every * dt
    run = ring.simulate(
        settled + steps, dt=dt, every=every, trials=int(trials), start=begin, rng=rng
    )
    angles = np.degrees(np.unwrap(np.radians(population_vector(run.r)[0]), axis=0))
    first = round(settled / (every * dt))
    angles, t = angles[first:] - angles[first], run.t[first:] - run.t[first]
    slope, interval = growth(t, angles, 20 * fast)
    return Diffusion(t, angles, slope, interval, ring.diffusion_theory())


def growth(
    t: np.ndarray, displacement: np.ndarray, window: float
) -> tuple[float, tuple[float, float]]:
    """The growth of the variance [degrees²/s] and its 95 % interval, from windows of `window` ms at least."""
    from scipy.stats import chi2

    count = max(1, int(t[-1] / window))
    edges = np.linspace(0, len(t) - 1, count + 1).round().astype(int)
    jumps = np.diff(displacement[edges], axis=0) ** 2 / np.diff(t[edges])[:, None]
    slope, free = 1000 * jumps.mean(), jumps.size
    low, high = chi2.ppf([0.025, 0.975], free)
    return float(slope), (float(slope * free / high), float(slope * free / low))


def scatter(trials: int) -> tuple[float, float]:
    """Between which multiples of the true variance the variance of so many trials falls, 95 times in a hundred.

    >>> [round(x, 2) for x in scatter(50)]
    [0.64, 1.43]
    """
    from scipy.stats import chi2

    low, high = chi2.ppf([0.025, 0.975], trials - 1) / (trials - 1)
    return float(low), float(high)
