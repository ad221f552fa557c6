"""A sum of t^j exp(at) cos ωt and t^j exp(at) sin ωt: a kernel that a few numbers carry from step to step, exactly.

A mode with a power J and no frequency has the state z_j = Σ w (t - s)^j exp(a(t - s)), j = 0..J, over the spikes
arrived at s with the weight w. As (t + h - s)^j = Σ_i C(j, i) h^(j-i) (t - s)^i,

    z_j(t + h) = exp(ah) Σ_i C(j, i) h^(j-i) z_i(t)

and a spike adds w to z_0 alone. With a frequency there are two states a power, one with cos ω(t - s), one with
sin ω(t - s), which a rotation of ωh mixes.
"""

import functools
import math
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Mode:
    """exp(rate·t) Σ_j t^j (cos[j] cos(frequency·t) + sin[j] sin(frequency·t)); rates in 1/ms."""

    rate: float
    frequency: float
    cos: tuple[float, ...]
    sin: tuple[float, ...] = ()

    def __call__(self, t: np.ndarray) -> np.ndarray:
        # Horner on each polynomial: the highest power first
        even, odd = np.polyval(self.cos[::-1], t), np.polyval((self.sin or (0.0,))[::-1], t)
        wave = even * np.cos(self.frequency * t) + odd * np.sin(self.frequency * t)
        return np.exp(self.rate * t) * wave

    @property
    def size(self) -> int:
        return len(self.cos) * (2 if self.frequency else 1)

    def matrix(self, h: float) -> np.ndarray:
        """What carries the states from t to t + h."""
        n = len(self.cos)
        shift = np.array(
            [
                [math.comb(j, i) * h ** (j - i) if i <= j else 0.0 for i in range(n)]
                for j in range(n)
            ]
        )
        if not self.frequency:
            return math.exp(self.rate * h) * shift
        c, s = math.cos(self.frequency * h), math.sin(self.frequency * h)
        return math.exp(self.rate * h) * np.kron(shift, np.array([[c, -s], [s, c]]))

    @property
    def entry(self) -> np.ndarray:
        """What a spike of weight 1 adds to the states."""
        return np.eye(self.size)[0]

    @property
    def reading(self) -> np.ndarray:
        """The states' coefficients in the kernel."""
        if not self.frequency:
            return np.array(self.cos)
        return np.array([self.cos, self.sin or (0.0,) * len(self.cos)]).T.ravel()


@functools.lru_cache(256)
def propagator(modes: tuple[Mode, ...], h: float) -> np.ndarray:
    """The states of all the modes, carried over h: block after block. Kept: every run of a network asks again."""
    size = sum(m.size for m in modes)
    P, k = np.zeros((size, size)), 0
    for m in modes:
        P[k : k + m.size, k : k + m.size] = m.matrix(h)
        k += m.size
    P.flags.writeable = False
    return P


def entry(modes: tuple[Mode, ...]) -> np.ndarray:
    return np.concatenate([m.entry for m in modes])


def reading(modes: tuple[Mode, ...]) -> np.ndarray:
    return np.concatenate([m.reading for m in modes])
