"""What is learnt, by which network, and the settings that change while it learns."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from course import _check
from course.data import load
from course.profile import budget

BATCH = 100
SIDE = 28
WHERE = "explore_spiking_training"


class Settings(NamedTuple):
    """What one changes while the network learns."""

    lr: float
    surrogate: str
    scale: float
    beta: float

    @property
    def tau_mem(self) -> float:
        """[ms], for steps of 1 ms."""
        return -1 / math.log(self.beta)


@dataclass(frozen=True, eq=False)
class Subject:
    """The pictures and labels to learn from, those of the validation, the hidden layers, the first weights."""

    train: tuple[np.ndarray, np.ndarray]
    valid: tuple[np.ndarray, np.ndarray]
    hidden: tuple[int, ...]
    seed: int
    epochs: int

    @classmethod
    def checked(cls, hidden: object, seed: object) -> "Subject":
        layers = tuple(hidden) if isinstance(hidden, Sequence) and not isinstance(hidden, str) else (hidden,)
        rule = "un entier de 1 à 400, ou une liste de un à trois"
        if not (1 <= len(layers) <= 3 and all(whole(n) and 1 <= n <= 400 for n in layers)):
            raise _check.refuse(f"{WHERE}.hidden", rule, hidden)
        if not (whole(seed) and seed >= 0):
            raise _check.refuse(f"{WHERE}.seed", "un entier positif ou nul", seed)
        learnt, kept, epochs = budget(flash=(1000, 200, 3), td=(5000, 1000, 10), complet=(10_000, 2000, 20))
        data = digits()
        train, valid = ((x[:n], y[:n]) for x, y, n in ((data.x_train, data.y_train, learnt),
                                                       (data.x_test, data.y_test, kept)))  # fmt: skip
        return cls(train, valid, tuple(map(int, layers)), int(seed), epochs)

    @property
    def sizes(self) -> list[int]:
        return [SIDE * SIDE, *self.hidden, 10]

    @property
    def per_epoch(self) -> int:
        """Batches of an epoch."""
        return -(-len(self.train[1]) // BATCH)

    @property
    def last(self) -> int:
        """The last batch."""
        return self.per_epoch * self.epochs

    @property
    def every(self) -> int:
        """Batches between two validations."""
        return max(1, self.per_epoch // 5)

    def example(self, digit: int, number: int) -> np.ndarray:
        """A picture of that digit in the validation; after the last one comes the first."""
        rows = np.flatnonzero(self.valid[1] == digit)
        return self.valid[0][rows[number % len(rows)]]


def whole(n: object) -> bool:
    return isinstance(n, int | np.integer) and not isinstance(n, bool)


@lru_cache(maxsize=1)
def digits():
    """The embedded extract of MNIST, or the same pictures of the whole set."""
    return load("mnist", subset=(10_000, 2000))
