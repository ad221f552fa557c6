"""What two adversaries learn from, how large they are, and the settings that change while they learn."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from course import _check
from course.data import load
from course.nn.given import count
from course.profile import budget

BATCH = 100
SIDE = 28
SHOWN = 28  # drawings on the page
ASKED = 400  # drawings that the LeNet reads, and that the judge looks at
WHERE = "explore_gan"


class Settings(NamedTuple):
    """What one changes while they learn: the rate, and by how much the judge's is larger."""

    lr: float
    ratio: float


@dataclass(frozen=True, eq=False)
class Subject:
    """Digits to learn from, others that the judge has never seen, the hidden neurons of each adversary."""

    train: np.ndarray
    unseen: np.ndarray
    hidden: tuple[int, ...]
    seed: int
    epochs: int

    @classmethod
    def checked(cls, hidden: object, seed: object) -> "Subject":
        layers = hidden if isinstance(hidden, list | tuple) else (hidden,)
        if not 1 <= len(layers) <= 3:
            raise _check.refuse(f"{WHERE}.hidden", "une à trois couches", hidden)
        sizes = tuple(count(f"{WHERE}.hidden", n) for n in layers)
        learnt, epochs = budget(flash=(1000, 3), td=(5000, 30), complet=(10_000, 60))
        data = digits()
        return cls(data.x_train[:learnt], data.x_test[:ASKED], sizes, count(f"{WHERE}.seed", seed, 0), epochs)

    @property
    def per_epoch(self) -> int:
        return -(-len(self.train) // BATCH)

    @property
    def last(self) -> int:
        """The last batch."""
        return self.per_epoch * self.epochs

    @property
    def every(self) -> int:
        """Batches between two moments that are kept."""
        return max(1, self.per_epoch // 5)


@lru_cache(maxsize=1)
def digits():
    """The embedded extract of MNIST, or the same pictures of the whole set."""
    return load("mnist", subset=(10_000, 2000))
