"""What can be said of a ring without simulating it: rest, bump, their stability, and how fast noise moves the bump."""

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import brentq

from course.rates.ring_angles import population_vector, wrapped

if TYPE_CHECKING:
    from course.rates.ring import RingAttractor

_STILL = 1e-9  # Hz: a change of rate below this is rounding


def transfer_of(ring: "RingAttractor", h: float | np.ndarray) -> np.ndarray:
    """Φ(h), read in the text of the ring: τ dr/dt at r = 0."""
    quiet = ring.quiet.model
    return ring.given["tau"] * quiet.evaluate("dr/dt", r=0.0, I=0.0, alive=1.0, s=np.asarray(h))


def slope_of(ring: "RingAttractor", h: float | np.ndarray) -> np.ndarray:
    """Φ' at h, by a central difference."""
    h = np.asarray(h, float)
    return (transfer_of(ring, h + 1e-4) - transfer_of(ring, h - 1e-4)) / 2e-4


def answer(ring: "RingAttractor", r: np.ndarray, cue: float | np.ndarray = 0.0) -> np.ndarray:
    """What the units answer to the rates r (..., unit): Φ(I + s + cue), 0 in a lesion."""
    return ring.alive * transfer_of(ring, ring.current + ring.coupling.of(r) + cue)


def rest(ring: "RingAttractor") -> float:
    """The lowest uniform rate that answers to itself, heterogeneity and lesion left aside."""
    mean, I = float(ring.coupling.kernel.sum()), ring.given["I"]

    def excess(r: float | np.ndarray) -> float | np.ndarray:
        return transfer_of(ring, I + mean * np.asarray(r)) - r

    top = ring.given["r_max"] if ring.given["Phi"] is None else 1.0
    while excess(top) > 0:
        top *= 2
    grid = top * np.linspace(0, 1, 401) ** 3  # fine where a sigmoid has its low rates
    first = int(np.argmax(excess(grid) <= 0))
    return float(brentq(excess, grid[max(first - 1, 0)], grid[first])) if first else 0.0


def rest_gain(ring: "RingAttractor") -> float:
    """By how much the ring multiplies a small unevenness of its rest: rest is unstable beyond 1.

    Linearised, the harmonic k of the rates obeys τ dr_k/dt = (Φ'(h) J_k - 1) r_k with J_k that of J, J1/2 for the
    cosine.
    """
    h = ring.given["I"] + float(ring.coupling.kernel.sum()) * rest(ring)
    return float(slope_of(ring, h) * ring.coupling.spectrum[1:].max())


def bump(ring: "RingAttractor", angle: float) -> np.ndarray | None:
    """The self-consistent bump r = Φ(I + W r) around an angle: left to settle after a cue, then Newton's method."""
    r, cue = np.full(ring.n, rest(ring)), 10 * wrapped(ring.theta - angle, 25.0)
    for k in range(600):
        change = answer(ring, r, cue if k < 60 else 0.0) - r
        r = r + 0.2 * change
        if k > 60 and np.abs(change).max() < 1e-4:
            break
    distance = (np.arange(ring.n)[:, None] - np.arange(ring.n)) % ring.n
    W = ring.coupling.kernel[distance]
    for _ in range(20):
        gap = answer(ring, r) - r
        if np.abs(gap).max() < _STILL:
            break
        slope = ring.alive * slope_of(ring, ring.current + ring.coupling.of(r))
        # along the ring the jacobian is singular: the shortest step stays where it is
        r = r - np.linalg.lstsq(slope[:, None] * W - np.eye(ring.n), gap, rcond=1e-9)[0]
    else:
        return None
    uneven = np.ptp(r[ring.alive > 0]) > 0.02 * r.max()
    return r if uneven and population_vector(r)[1] > 0.05 else None


def diffusion_theory(ring: "RingAttractor") -> float | None:
    """The growth of the variance [degrees²/s]; derived in `course.rates.ring_diffusion`."""
    if ring.given["lesion"] is not None or ring.given["heterogeneity"] > 0:
        return None  # the bump has places that it prefers: it does not wander freely
    r = bump(ring, 180.0)
    if r is None:
        return None
    dr, dh = along(r), along(ring.coupling.of(r))
    sigma, tau_noise, tau = (ring.given[name] for name in ("sigma", "tau_noise", "tau"))
    growth = 2 * sigma**2 * tau_noise / tau**2 * (dr @ dr) / (dr @ dh) ** 2  # radians² per ms
    return float(np.degrees(np.degrees(growth)) * 1000)


def along(x: np.ndarray) -> np.ndarray:
    """The derivative around the ring, per radian, by Fourier transform."""
    k = np.arange(len(x) // 2 + 1) * 1j
    if len(x) % 2 == 0:
        k[-1] = 0
    return np.fft.irfft(k * np.fft.rfft(x), len(x))
