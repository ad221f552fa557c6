"""Which digits a model draws: what the LeNet reads in its images."""

from dataclasses import dataclass

import numpy as np

from course.generative.features import LENET

LEAST = 0.02  # of the images: below it, a digit is not covered


@dataclass(frozen=True)
class Modes:
    """`shares` (10,): the part of the images read as each digit; `sure`: how sure the LeNet is, on average, of what it
    reads (1: never hesitates; it is also sure of images that are nothing).

    >>> Modes(np.array([0.5, 0.49, 0.01, 0, 0, 0, 0, 0, 0, 0]), 0.9).covered
    2
    """

    shares: np.ndarray
    sure: float

    @property
    def covered(self) -> int:
        """How many digits have at least 2 % of the images."""
        return int((self.shares >= LEAST).sum())

    @property
    def missing(self) -> list[int]:
        return np.flatnonzero(self.shares < LEAST).tolist()

    def __repr__(self) -> str:
        parts = ", ".join(f"{digit}\u00a0: {100 * s:.0f}\u00a0%" for digit, s in enumerate(self.shares))
        return f"{self.covered} chiffres sur 10 ({parts})"


def modes(images: object) -> Modes:
    """The share of each digit in images (n, 784)."""
    p = LENET.probabilities(images)
    return Modes(np.bincount(p.argmax(axis=1), minlength=10) / len(p), float(p.max(axis=1).mean()))
