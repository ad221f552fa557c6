"""What an exercise is, as data: one declaration serves the lab, the grading and its own tests."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course.exercises.invariants import Invariant


@dataclass(frozen=True)
class Misconception:
    """A typical wrong answer, and the sentence that names the missing idea.

    Args:
        function: called by name with the arguments of the reference; gives what a student with this
            idea gives (for an exercise whose answer is a value: no argument).
        sentence: French, completes « Presque. »; it names the idea, never the line of code.
    """

    function: Callable
    sentence: str


@dataclass(frozen=True)
class Interval:
    """An expected number known up to an interval, bounds included; anywhere in a reference's result."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        """What the lab goes on with when the student has no value yet."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """One idea to code: a right function, where it is tried, and what is said of wrong ones.

    Two kinds. With `samples`, the answer is a function: the student's is called on the same inputs
    as `reference` and compared. Without, the answer is a value (number, text, array, list, dict,
    `Interval` inside): `reference()` computes it at check time, `misconceptions`, `alternatives`,
    `mutants` are functions without arguments that return values.

    Args:
        id: « 01.2 », TD then number; the TD part names the module that declares it (td01).
        title: French, a few words.
        reference: the right function; its signature is the exercise's signature.
        samples: `samples(rng) -> dict`, one draw of *every* parameter of the reference (arrays,
            numbers, functions, anything that can be copied). Called `draws` times with one
            generator.
        invariants: what any right answer satisfies; see `course.exercises.invariants`.
        misconceptions: the first one whose results are the student's is named.
        hints: from the vaguest to the most explicit; each call of `.hint()` shows one more.
        alternatives: five other right ways, different in algorithm or data type.
        mutants: three wrong ways that no misconception describes, one idea each.
        tolerance: accepted gap, relative to the largest expected value of the draw; float32 results
            get at least 1e-4.
        absolute: accepted gap added to it, in the unit of the result.
        unit, units: units of the result and of the parameters, shown in tables: {"V": "mV"}.
        outputs: names of the parts when the result is a tuple, shown in tables.
        vectorised: True when the function must take an array in one call; else a function that only
            knows numbers is called element by element (when the reference itself works element by
            element).
        constant: parameters that need not change the result (a function, a duration): the generic
            test does not demand that ignoring them be refused.
        stub: the untouched function, when it returns something else than None; same results, « à
            faire ».
        solution: source shown by `.solution()`; the reference's own source without it.
        slips: part of Python's message on an error -> the French sentence that this exercise adds to it.
        time_limit: seconds of the student's own code in one check.
        told: what the one who marks by hand should know, from the numbers that the notebook names (a seed).
    """

    id: str
    title: str
    reference: Callable
    samples: Callable[[np.random.Generator], dict[str, Any]] | None = None
    invariants: Sequence[Invariant] = ()
    misconceptions: Sequence[Misconception] = ()
    hints: Sequence[str] = ()
    alternatives: Sequence[Callable] = ()
    mutants: Sequence[Callable] = ()
    tolerance: float = 1e-6
    absolute: float = 0.0
    unit: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    outputs: Sequence[str] = ()
    vectorised: bool = False
    constant: Sequence[str] = ()
    stub: Callable | None = None
    solution: str = ""
    slips: Mapping[str, str] = field(default_factory=dict)
    draws: int = 8
    seed: int = 2018
    time_limit: float = 5.0
    told: Callable[[Mapping[str, float]], str] | None = None

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names of the reference's arguments, in order."""
        return tuple(inspect.signature(self.reference).parameters)

    def inputs(self, seed: int | None = None) -> list[dict[str, Any]]:
        """The draws the function is tried on; `seed` replaces the declared one (grading draws its own)."""
        rng = np.random.default_rng(self.seed if seed is None else seed)
        draws = [self.samples(rng) for _ in range(self.draws)]
        return [{name: draw[name] for name in self.parameters} for draw in draws]
