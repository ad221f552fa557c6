"""The course's solutions, lent to a notebook that goes on without its own answer; and what it may do with them.

A notebook that was lent the solution of an exercise, then passed it, may have copied values out of it. It is run a
second time, where that solution gives other values: an answer of one's own does not see the difference.
"""

import random
from collections.abc import Callable
from typing import Any

import numpy as np

from course.exercises.answer import to_go_on
from course.exercises.declare import Exercise


class Lending:
    """What stands in for the answers that did not pass.

    Attributes:
        judging: the exercise whose answer is being judged, "" between two.
        called: exercises whose solution was called while they were judged.
        lent: exercises whose solution was used at any time.
        withheld: exercises whose solution gives other values than the right ones.
    """

    def __init__(self, exercises: dict[str, Exercise], withheld: frozenset[str] = frozenset()):
        self.exercises, self.withheld = exercises, withheld
        self.judging = ""
        self.called: set[str] = set()
        self.lent: set[str] = set()
        self._chance = random.SystemRandom()

    def onward(self, id: Any) -> Any:
        """A function, or a value, that the notebook can go on with; None for what is no exercise."""
        exercise = self.exercises.get(id) if isinstance(id, str) else None
        if exercise is None:
            return None
        if exercise.samples is None:
            self.lent.add(id)
            return self._told(id, to_go_on(exercise.reference()))

        def solution(*args: Any, **kwargs: Any) -> Any:
            self.lent.add(id)
            if self.judging == id:
                self.called.add(id)
            return self._told(id, exercise.reference(*args, **kwargs))

        return solution

    def _told(self, id: str, x: Any) -> Any:
        return other(x, self._chance.uniform) if id in self.withheld else x


def other(x: Any, chance: Callable[[float, float], float]) -> Any:
    """Something of the same kind and shape, with other values."""
    if isinstance(x, dict):
        return {key: other(y, chance) for key, y in x.items()}
    if isinstance(x, (list, tuple)):
        return type(x)(other(y, chance) for y in x)
    if isinstance(x, (np.ndarray, np.generic)) and x.dtype.kind in "fc":
        return x * x.dtype.type(chance(2, 9)) + x.dtype.type(chance(2, 9))
    if isinstance(x, (float, complex)):
        return x * chance(2, 9) + chance(2, 9)
    if isinstance(x, (np.ndarray, np.generic)):
        return np.zeros_like(x)[()]
    return type(x)() if isinstance(x, (bool, int, str)) else x
