"""A student's exception, told shortly: their own lines, the message, and what it usually means in French."""

import difflib
import linecache
import os
import re
import sysconfig
import types
from traceback import walk_tb

from course.exercises import slips

FRAMES = 3
PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LIBRARIES = tuple(
    {
        PACKAGE + os.sep,
        *(sysconfig.get_path(name) + os.sep for name in ("stdlib", "platstdlib", "purelib", "platlib")),
    }
)
ARRAY_REFUSALS = (
    "truth value of an array",
    "only length-1 array",
    "only 0-dimensional",
    "only integer scalar arrays",
    "cannot be interpreted as an integer",
    "inhomogeneous shape",
    "unhashable type: 'numpy.ndarray'",
)

MEANINGS: dict[type[BaseException], str] = {
    RecursionError: "Votre fonction s'appelle elle-même sans fin.",
    UnboundLocalError: "Une variable est lue avant d'avoir reçu une valeur dans la fonction.",
    NameError: "Ce nom n'est pas défini : est-il bien orthographié, la cellule qui le définit "
    "a-t-elle été exécutée ?",
    ModuleNotFoundError: "Ce module n'est pas installé : son nom est-il bien orthographié ?",
    ZeroDivisionError: "Un dénominateur s'annule : que vaut la limite ?",
    OverflowError: "Un nombre devient trop grand pour être représenté, souvent dans une exponentielle.",
    IndexError: "Un indice sort du tableau : le premier élément a l'indice 0, le dernier l'indice n − 1.",
    KeyError: "Ce nom n'est pas une clé du dictionnaire.",
    AttributeError: "Cet objet n'a pas l'attribut demandé : est-il bien du type attendu ?",
    AssertionError: "Une de vos propres vérifications (assert) échoue.",
    MemoryError: "Votre fonction demande plus de mémoire que la machine n'en a.",
    KeyboardInterrupt: "Votre fonction lève elle-même KeyboardInterrupt.",
}


def meaning(error: BaseException) -> str:
    """What this kind of exception usually means, "" when its own message says it all."""
    if array_refused(error):
        return "Une opération prévue pour un seul nombre (if, math, float) reçoit un tableau."
    if isinstance(error, TypeError) and (slip := slips.of_type(message(error), _code(error))):
        return slip
    if isinstance(error, TypeError) and "not callable" in message(error):
        return "Des parenthèses suivent ce qui n'est pas une fonction : manque-t-il un signe * ?"
    if isinstance(error, TypeError) and "required positional argument" in message(error):
        return "Une fonction est appelée avec trop peu d'arguments."
    if isinstance(error, TypeError) and "positional argument" in message(error):
        return "Une fonction est appelée avec trop d'arguments."
    if isinstance(error, ValueError) and "could not be broadcast" in message(error):
        return "Deux tableaux de tailles différentes sont combinés."
    if isinstance(error, ValueError) and "to unpack" in message(error):
        return "Il n'y a pas autant de noms à gauche du signe = que de valeurs à droite."
    if isinstance(error, ValueError) and "math domain error" in message(error):
        return "Une fonction mathématique sort de son domaine (racine ou logarithme d'un nombre négatif)."
    if isinstance(error, NameError):
        return _named(error)
    if isinstance(error, AttributeError) and (slip := slips.of_attribute(error)):
        return slip
    return next((text for kind, text in MEANINGS.items() if isinstance(error, kind)), "")


def _named(error: NameError) -> str:
    """Where the name lives, else « Vouliez-vous dire kappa ? », among those that the student's line can see."""
    usual = MEANINGS.get(type(error), MEANINGS[NameError])
    frames = _frames(error)
    if not frames or not error.name:
        return usual
    known = {**frames[-1].f_globals, **frames[-1].f_locals}
    if type(error) is NameError and (slip := slips.of_name(error.name, known)):
        return slip
    close = difflib.get_close_matches(error.name, known, n=1, cutoff=0.7)
    return usual + (f" Vouliez-vous dire `{close[0]}` ?" if close else "")


def _frames(error: BaseException) -> list:
    return [frame for frame, _ in walk_tb(error.__traceback__) if _is_student(frame.f_code.co_filename)]


def _code(error: BaseException) -> types.CodeType | None:
    frames = _frames(error)
    return frames[-1].f_code if frames else None


def array_refused(error: BaseException) -> bool:
    """True when the code only knew what to do with a number, and received an array."""
    return isinstance(error, (ValueError, TypeError)) and any(
        part in message(error) for part in ARRAY_REFUSALS
    )


def short_traceback(error: BaseException, named: bool = True) -> str:
    """The student's own frames only, then the exception: what they need, nothing of the checker;
    `named=False` leaves the exception out.

    ligne 3, dans n_inf
        return 1 / (V - V)
    ZeroDivisionError: float division by zero
    """
    frames = [
        (frame.f_code, line)
        for frame, line in walk_tb(error.__traceback__)
        if _is_student(frame.f_code.co_filename)
    ]
    lines = ["…"] if len(frames) > FRAMES else []
    for code, number in frames[-FRAMES:]:
        lines.append(f"ligne {number}, dans {code.co_name}")
        source = linecache.getline(code.co_filename, number).strip()
        if source:
            lines.append(f"    {source[:120]}")
    said = message(error)
    if named:
        lines.append(type(error).__name__ + (f": {said}" if said else ""))
    return "\n".join(lines)


def _is_student(filename: str) -> bool:
    return not filename.startswith(("<frozen", "<__array", *LIBRARIES))


def message(error: BaseException) -> str:
    try:
        text = re.sub(r"\S*<locals>\.", "", " ".join(str(error).split()))
    except Exception:  # the student's own exception class may fail to describe itself
        return ""
    return text if len(text) <= 200 else text[:197] + "..."
