"""What a machine learns from, how many hidden units it may have, and the settings that change while it learns."""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from course import _check
from course.data import load
from course.nn.given import count
from course.profile import budget

BATCH = 10
ROWS, COLUMNS = 20, 16
HIDDEN = (10, 200, 10)  # fewest, most, step
EXAMPLES = 8  # unseen images of each letter
WHERE = "explore_rbm"


class Settings(NamedTuple):
    """What one changes while it learns."""

    lr: float
    k: int
    persistent: bool


@dataclass(frozen=True, eq=False)
class Subject:
    """Letters to learn (n, 320) and others never learnt, of 0 and 1, in the order of `letters`."""

    train: np.ndarray
    unseen: np.ndarray
    of_unseen: np.ndarray
    letters: str
    seed: int
    epochs: int

    @classmethod
    def checked(cls, letters: object, seed: object) -> "Subject":
        seed = count(f"{WHERE}.seed", seed, 0)
        asked = known(letters)
        data = alphadigits()
        numbers = [data.classes.index(letter) for letter in asked]
        own, other = np.isin(data.y_train, numbers), np.isin(data.y_test, numbers)
        train, unseen = ((x > 0.5).astype(np.float32) for x in (data.x_train[own], data.x_test[other]))
        epochs = budget(flash=20, td=400, complet=1000)
        return cls(train, unseen, data.y_test[other], asked, seed, epochs)

    @property
    def per_epoch(self) -> int:
        return -(-len(self.train) // BATCH)

    @property
    def last(self) -> int:
        """The last batch."""
        return self.per_epoch * self.epochs

    @property
    def every(self) -> int:
        """Batches between two measures of the free energies."""
        return max(1, self.per_epoch // 2)

    def example(self, letter: str, number: int) -> np.ndarray:
        """An image of that letter that is never learnt; after the last one comes the first."""
        rows = np.flatnonzero(self.of_unseen == alphadigits().classes.index(letter))
        return self.unseen[rows[number % len(rows)]]


def known(letters: object) -> str:
    """Capital letters and digits, each once.

    Raises:
        ValueError: « explore_rbm.letters : des chiffres et des lettres majuscules sans accent…, reçu 'É' ».
    """
    rule = "des chiffres de 0 à 9 et des lettres de A à Z, sans accent, comme «\u00a0ABC\u00a0»"
    if not isinstance(letters, str) or not letters:
        raise _check.refuse(f"{WHERE}.letters", rule, letters)
    asked = "".join(dict.fromkeys(letters.upper()))
    for letter in asked:
        if letter not in alphadigits().classes:
            raise _check.refuse(f"{WHERE}.letters", rule, letter)
    return asked


@lru_cache(maxsize=1)
def alphadigits():
    """The 39 drawings of each of the 36 characters."""
    return load("alphadigits")
