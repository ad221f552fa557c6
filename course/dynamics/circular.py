"""A coupling around a ring: each unit receives a sum over the others that depends on their distance alone.

It stands for a parameter of a model, and its value at each unit is computed by the engine while the units move:

    Model("dr/dt = (Phi(I + s) - r)/tau ...", s=Circular("r", kernel))        s_i = sum_j kernel[(i - j) mod n] r_j

The sum is done in the harmonics of the ring, where it is a product: s = sum_k K_k (C_k cos kθ + S_k sin kθ)/n, with
C_k = sum_j r_j cos kθ_j, S_k likewise and K_k the Fourier coefficients of the kernel. A kernel J0 + J1 cos has three
terms, a smooth one a few tens: `harmonics` keeps all those above rounding, `of` does the same by Fourier transform.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from course import _check

ROUNDING = 2e-15  # of the sum of |kernel|: what a Fourier coefficient is known to


@dataclass(frozen=True, eq=False)
class Circular:
    """A sum of `variable` over a ring of n units, `kernel` (..., n) its weights by distance: one kernel, or one a ring.

    Raises:
        ValueError: `Circular.kernel : règle, reçu valeur`.

    >>> ring = Circular("r", np.array([0.0, 1, 0, 0, 0, 1]))  # the two neighbours
    >>> ring.of(np.array([1.0, 2, 3, 4, 5, 6])).round(9)
    array([ 8.,  4.,  6.,  8., 10.,  6.])
    """

    variable: str
    kernel: np.ndarray

    def __post_init__(self) -> None:
        kernel = np.array(self.kernel, float)
        if kernel.ndim == 0 or kernel.shape[-1] < 2 or not np.isfinite(kernel).all():
            rule = "un poids fini pour chaque distance le long de l'anneau, deux au moins"
            raise _check.refuse("Circular.kernel", rule, self.kernel)
        odd = kernel - np.roll(kernel[..., ::-1], 1, axis=-1)
        if np.abs(odd).max() > 1e-12 * np.abs(kernel).max():
            rule = (
                "un profil pair\u00a0: le même poids à gauche et à droite (kernel[i] = kernel[-i])"
            )
            raise _check.refuse("Circular.kernel", rule, self.kernel)
        kernel.flags.writeable = False
        object.__setattr__(self, "kernel", kernel)

    @property
    def n(self) -> int:
        return self.kernel.shape[-1]

    @cached_property
    def spectrum(self) -> np.ndarray:
        """The Fourier coefficients of the kernel, real because it is even: (..., n//2 + 1)."""
        return np.fft.rfft(self.kernel).real

    def of(self, x: np.ndarray) -> np.ndarray:
        """The sum received by each unit, for `x` (..., n)."""
        return np.fft.irfft(np.fft.rfft(x) * self.spectrum, self.n)

    @cached_property
    def harmonics(self) -> tuple[np.ndarray, np.ndarray]:
        """Rows (row, n), cosines and sines around the ring, and gains (..., row): s = sum of gain·row·(row·x)."""
        size = np.abs(self.kernel).sum(axis=-1, keepdims=True)
        above = np.abs(self.spectrum) > ROUNDING * size
        angle = 2 * np.pi * np.arange(self.n) / self.n
        rows, gains = [np.zeros((0, self.n))], [np.zeros((*self.kernel.shape[:-1], 0))]
        for k in np.flatnonzero(above.reshape(-1, above.shape[-1]).any(axis=0)):
            alone = k == 0 or 2 * k == self.n  # no sine there
            rows.append(np.array([np.cos(k * angle), np.sin(k * angle)][: 1 if alone else 2]))
            gain = self.spectrum[..., k, None] * (1 if alone else 2) / self.n
            gains.append(np.repeat(gain, len(rows[-1]), axis=-1))
        return np.concatenate(rows), np.concatenate(gains, axis=-1)
