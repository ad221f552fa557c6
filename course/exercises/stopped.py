"""The verdict on a function that did not finish: too slow, asked to exit, or raised an exception."""

from typing import Any

import numpy as np

from course.exercises import fault
from course.exercises.declare import Exercise
from course.exercises.french import NBSP, listed, number
from course.exercises.guard import Asked, Exited, Outcome
from course.exercises.verdict import ERROR, TO_DO, Verdict


def stopped_verdict(exercise: Exercise, stop: Outcome, draw: dict[str, Any], written: str) -> Verdict:
    """What to say of `stop`, met while the function was called with `draw`."""
    if stop.late:
        return Verdict(
            ERROR,
            f"Votre fonction n'a pas fini au bout de {number(exercise.time_limit)}{NBSP}s : une boucle "
            "sans fin, ou beaucoup plus de pas que nécessaire ? Si une cellule reste bloquée, menu "
            "« Noyau », « Redémarrer le noyau ».",
        )
    error = stop.error
    if isinstance(error, (Exited, SystemExit)):
        return Verdict(
            ERROR,
            "Votre fonction demande au programme de s'arrêter (`exit`, `quit`) : remplacez par `return`.",
            trace=fault.short_traceback(error, named=False),
        )
    if isinstance(error, Asked):
        return Verdict(
            ERROR,
            "Votre fonction pose une question avec `input` : elle reçoit ses valeurs par ses arguments.",
            trace=fault.short_traceback(error, named=False),
        )
    if written == "à compléter" and isinstance(error, NameError):
        return Verdict(
            TO_DO,
            "Cet exercice attend votre réponse : la ligne « À compléter » est encore là.",
            trace=fault.short_traceback(error),
        )
    where = _where(draw)
    sentence = f"Votre fonction s'arrête sur une erreur{where}."
    meanings = [fault.meaning(error), *(said for part, said in exercise.slips.items() if part in fault.message(error))]
    said = " ".join([sentence, *(meaning for meaning in meanings if meaning)])
    return Verdict(ERROR, said, trace=fault.short_traceback(error))


def _where(draw: dict[str, Any]) -> str:
    """« , appelée avec V = −65 et n = 0,3 »: the numbers only, few of them."""
    numbers = [
        f"`{name}` = {number(x)}" for name, x in draw.items() if isinstance(x, (int, float, np.number))
    ]
    return f", appelée avec {listed(numbers)}" if 0 < len(numbers) <= 4 else ""
