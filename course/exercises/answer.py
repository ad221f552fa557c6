"""The verdict on an answer that is a value: a measure, an estimate, a choice, several of them in a
dict.

The expected value is computed at check time and never shown: only on which side the answer lies.
"""

import re
from typing import Any

import numpy as np

from course.exercises.compare import Mismatch, Part, compare
from course.exercises.declare import Exercise, Interval
from course.exercises.french import NBSP, number, sentence
from course.exercises.verdict import ALMOST, NOT_YET, PASSED, TO_DO, Table, Verdict


def judge_answer(exercise: Exercise, answer: Any) -> Verdict:
    """The verdict on `answer`, compared with `exercise.reference()`."""
    if nothing(answer):
        return Verdict(TO_DO, "Cet exercice attend votre réponse.")
    expected = exercise.reference()
    parts, problem = _compared(exercise, expected, answer)
    right = not problem and not any(part.wrong.any() for part in parts)
    broken = "" if problem else _broken(exercise, answer)
    if right and not broken:
        return Verdict(PASSED, _accepted(exercise, answer), function=answer)
    for known in exercise.misconceptions:
        same, refused = _compared(exercise, known.function(), answer)
        if not refused and not any(part.wrong.any() for part in same):
            return Verdict(ALMOST, sentence(known.sentence), idea=known.sentence)
    if broken:
        return Verdict(ALMOST, broken, idea=broken)
    return Verdict(
        NOT_YET,
        _typing_slip(expected, answer) or problem or _side(exercise, parts),
        table=_table(exercise, parts) if len(parts) > 1 else None,
    )


def nothing(answer: Any) -> bool:
    """None, `...`, an empty text, or a container of nothing else."""
    if isinstance(answer, dict):
        return all(nothing(x) for x in answer.values())
    if isinstance(answer, (list, tuple)):
        return all(nothing(x) for x in answer)
    return answer is None or answer is Ellipsis or (isinstance(answer, str) and not answer.strip())


def to_go_on(expected: Any) -> Any:
    """The expected value with each interval replaced by its middle: what the lab goes on with."""
    if isinstance(expected, Interval):
        return expected.middle
    if isinstance(expected, dict):
        return {key: to_go_on(x) for key, x in expected.items()}
    if isinstance(expected, (list, tuple)):
        return type(expected)(to_go_on(x) for x in expected)
    return expected


def _compared(exercise: Exercise, expected: Any, answer: Any) -> tuple[list[Part], str]:
    try:
        return compare(expected, answer, exercise.tolerance, exercise.absolute, exercise.outputs), ""
    except Mismatch as problem:
        return [], str(problem).replace("Votre fonction rend", "Vous donnez")


def _broken(exercise: Exercise, answer: Any) -> str:
    for invariant in exercise.invariants:
        said = invariant.broken(lambda **changes: answer, {}, answer)
        if said:
            return said
    return ""


def _accepted(exercise: Exercise, answer: Any) -> str:
    if isinstance(answer, (int, float, np.number)) and not isinstance(answer, bool):
        unit = f"{NBSP}{exercise.unit}" if exercise.unit else ""
        return f"Vous trouvez {number(answer)}{unit}, dans l'intervalle attendu."
    return "Votre réponse est celle qu'on attend."


def _side(exercise: Exercise, parts: list[Part]) -> str:
    wrong = sum(int(part.wrong.sum()) for part in parts)
    if len(parts) > 1 or np.size(parts[0].wrong) > 1:
        return (
            "Une des valeurs n'est pas celle" if wrong == 1 else "Certaines valeurs ne sont pas celles"
        ) + (" qu'on attend.")
    if isinstance(parts[0].expected, str):
        return "Cette réponse n'est pas celle qu'on attend."
    unit = f"{NBSP}{exercise.unit}" if exercise.unit else ""
    return f"Vous trouvez {number(parts[0].obtained.item())}{unit} : c'est {_direction(parts[0])}."


def _direction(part: Part) -> str:
    if not part.wrong.any():
        return "juste"
    if isinstance(part.expected, str) or np.size(part.obtained) != 1 or np.iscomplexobj(part.obtained):
        return "à revoir"
    low = part.expected.low if isinstance(part.expected, Interval) else part.expected
    return "trop petit" if part.obtained < low else "trop grand" if part.obtained >= low else "à revoir"


def _table(exercise: Exercise, parts: list[Part]) -> Table:
    rows = []
    for part in parts:
        unit = exercise.units.get(part.name, exercise.unit)
        rows.append((part.name, _shown(part.obtained, unit), _direction(part)))
    return Table(("grandeur", "votre réponse", ""), tuple(rows))


def _shown(obtained: Any, unit: str) -> str:
    if isinstance(obtained, str):
        return obtained[:40]
    return f"{number(obtained.item())}{NBSP}{unit}".strip() if np.size(obtained) == 1 else "tableau"


def _typing_slip(expected: Any, answer: Any) -> str:
    """A decimal comma makes a tuple, quotes make a text."""
    if not isinstance(expected, (int, float, np.number, Interval)):
        return ""
    if isinstance(answer, tuple) and len(answer) == 2 and all(isinstance(x, int) for x in answer):
        return f"En Python, la virgule sépare deux valeurs : écrivez `{answer[0]}.{answer[1]}` avec un point."
    if isinstance(answer, str) and re.fullmatch(r"\s*[-+]?\d+([.,]\d+)?\s*", answer):
        return f"Écrivez le nombre sans guillemets : `{answer.strip().replace(',', '.')}`."
    if callable(answer):
        return "On attend une valeur et non une fonction : manque-t-il les parenthèses de l'appel ?"
    return ""
