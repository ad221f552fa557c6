"""A rule of a student's own: its answer, or a French sentence that says what is wrong with it."""

import inspect
from collections.abc import Callable

import numpy as np

from course._check import shown


class Wrong(Exception):
    """What a rule does wrong, as the end of « Votre règle… »."""


def answer(update: Callable, w: np.ndarray, u: np.ndarray, v: float, epsilon: float) -> np.ndarray:
    """The new weights that `update` gives; it receives copies, and cannot spoil the run of the course's rule."""
    given = w.copy()
    if not fits(update):
        raise Wrong("doit recevoir quatre arguments, (w, u, v, epsilon)")
    try:
        new = update(given, u.copy(), v, epsilon)
    except Exception as error:  # whatever it is, it is shown: the explorer goes on
        text = " ".join(str(error).split())
        raise Wrong(f"lève {type(error).__name__}" + (f"\u00a0: {text}" if text else "")) from error
    if new is None:
        raise Wrong("ne rend rien\u00a0: il lui manque return")
    if not np.array_equal(given, w):
        raise Wrong("change le tableau w qu'elle reçoit\u00a0: rendez w + …, n'écrivez pas w += …")
    two = f"doit rendre deux poids, un par entrée\u00a0; elle rend {shown(new)}"
    try:
        a = np.asarray(new)
    except ValueError as error:  # lists of unequal lengths
        raise Wrong(two) from error
    if a.dtype.kind not in "iuf" or a.shape != (2,):
        raise Wrong(two)
    if not np.isfinite(a).all():
        raise Wrong(f"rend un poids qui n'est pas un nombre fini\u00a0: {shown(new)}")
    return a.astype(float)


def fits(update: Callable) -> bool:
    """Whether it can be called with four arguments; what has no signature is tried."""
    try:
        inspect.signature(update).bind(None, None, None, None)
    except TypeError:
        return False
    except ValueError:
        return True
    return True
