"""Why a result is wrong, as an idea: a known misconception, a parameter that is not used, a broken
property.

Called after the values were found different; the first reason found is told. Nothing here is about
one exercise.
"""

import itertools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course.exercises.calling import copied
from course.exercises.compare import Mismatch, Part, compare
from course.exercises.declare import Exercise
from course.exercises.french import number

Inputs = dict[str, Any]
_DRAWS = 6  # a word, or a count, may well stay the same from one draw to the next


def misconception(exercise: Exercise, inputs: Sequence[Inputs], outputs: Sequence[Any]) -> str:
    """The sentence of the first misconception that gives what the student gives, on every draw."""
    for known in exercise.misconceptions:
        if all(
            _same(exercise, known.function(**copied(draw)), output)
            for draw, output in zip(inputs, outputs, strict=True)
        ):
            return known.sentence
    return ""


def not_a_number(inputs: Sequence[Inputs], parts: Sequence[Sequence[Part]]) -> str:
    """The sentence for NaN or an infinity where a number was expected."""
    for compared in parts:
        for part in compared:
            if np.issubdtype(np.asarray(part.obtained).dtype, np.inexact):
                bad = part.wrong & ~np.isfinite(part.obtained)
                if bad.any():
                    if np.isnan(np.asarray(part.obtained)[bad]).any():
                        return (
                            "Votre fonction rend par endroits NaN, « pas un nombre » : une division 0/0, une "
                            "racine ou un logarithme d'un nombre négatif ?"
                        )
                    return (
                        "Votre fonction rend par endroits l'infini : un dénominateur nul, une exponentielle ?"
                    )
    return ""


def unused(exercise: Exercise, inputs: Sequence[Inputs], call: Callable[[Inputs], Any]) -> str:
    """The sentence for a parameter that changes the reference's result and, on no pair of draws, the student's."""
    pairs = list(itertools.pairwise(inputs[:_DRAWS]))
    before: dict[int, Any] = {}
    for name in exercise.parameters:
        if name in exercise.constant:
            continue
        matters = False
        for k, (first, second) in enumerate(pairs):
            changed = {**first, name: second[name]}
            try:
                expected = exercise.reference(**copied(changed))
            except Exception:  # two draws need not fit together (arrays of different lengths): nothing to learn
                continue
            if _same(exercise, exercise.reference(**copied(first)), expected):
                continue
            if k not in before:
                before[k] = call(copied(first))
            if not _identical(before[k], call(copied(changed))):
                break
            matters = True
        else:
            if matters:
                return f"Votre résultat ne dépend pas de `{name}` : que change ce paramètre ?"
    return ""


def fickle(draw: Inputs, call: Callable[[Inputs], Any]) -> str:
    """The sentence for a result that changes from one call to the next."""
    if _identical(call(copied(draw)), call(copied(draw))):
        return ""
    return "Deux appels avec les mêmes valeurs donnent deux résultats différents : d'où vient le hasard ?"


def factor(parts: Sequence[Sequence[Part]]) -> float | None:
    """The constant by which all the values differ from the right ones, None when there is none."""
    ratios = []
    for part in (part for compared in parts for part in compared):
        if isinstance(part.expected, str) or not np.issubdtype(np.asarray(part.expected).dtype, np.number):
            return None
        expected, obtained = (np.ravel(np.asarray(x)) for x in (part.expected, part.obtained))
        large = np.abs(expected) > 1e-9 * np.max(np.abs(expected), initial=0)
        with np.errstate(all="ignore"):
            ratios.append((obtained / expected)[large])
            if np.any(np.abs(obtained[~large]) > 1e-6 * np.max(np.abs(obtained), initial=0)):
                return None
    ratio = np.concatenate(ratios) if ratios else np.empty(0)
    if ratio.size < 2 or np.iscomplexobj(ratio) or not np.all(np.isfinite(ratio)) or ratio[0] == 0:
        return None
    k = float(np.median(ratio))
    if not np.allclose(ratio, k, rtol=1e-6, atol=0):
        return None
    return k


def of_factor(k: float | None) -> str:
    """The sentence for values that are all the right ones up to the constant factor `k`."""
    if k is None:
        return ""
    if np.isclose(k, -1):
        return "Vos valeurs sont partout les opposées des valeurs attendues : quel signe, quelle convention ?"
    side, size = ("grandes", abs(k)) if abs(k) > 1 else ("petites", 1 / abs(k))
    sign = ", et de signe opposé" if k < 0 else ""
    return f"Vos valeurs sont partout {number(size)} fois trop {side}{sign} : une unité, un facteur ?"


def _same(exercise: Exercise, expected: Any, obtained: Any) -> bool:
    try:
        parts = compare(expected, obtained, exercise.tolerance, exercise.absolute, exercise.outputs)
    except Mismatch:
        return False
    return not any(part.wrong.any() for part in parts)


def _identical(a: Any, b: Any) -> bool:
    try:
        return not any(part.wrong.any() for part in compare(a, b, 0.0))
    except Mismatch:
        return False
