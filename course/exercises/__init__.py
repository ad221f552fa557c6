"""Exercises: declared once, they give feedback in the lab, grade a submission, and are themselves
tested.

    n_inf = exercise("01.2").check(n_inf)     feedback; the function the lab goes on with
    exercise("01.2").hint()                   one more hint each call
    exercise("01.2").solution()               after an attempt
    pronostic("01.a", impulsions=None)        a prediction, noted before the result
    comparer("01.a", impulsions=7)            the prediction beside the result

Reading order: declare (what an exercise is), judge (inputs, student's results, verdict), sheet
(what a student holds), feedback (how it is shown), progress (where it is written). One module per
TD declares its exercises.
"""

from course.exercises.catalogue import every_exercise, exercise
from course.exercises.declare import Exercise, Interval, Misconception
from course.exercises.invariants import (
    Invariant,
    between,
    conserved,
    decreasing,
    holds,
    increasing,
    order,
    value,
)
from course.exercises.predictions import comparer, pronostic

__all__ = [
    "Exercise",
    "Interval",
    "Invariant",
    "Misconception",
    "between",
    "comparer",
    "conserved",
    "decreasing",
    "every_exercise",
    "exercise",
    "holds",
    "increasing",
    "order",
    "pronostic",
    "value",
]
