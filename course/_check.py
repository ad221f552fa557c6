"""Arguments are refused here, before any work, in words a student understands.

Every message has one form, `Objet.argument : règle, reçu valeur`, so that the place, the rule and the
value are always named. The functions return the value they accept, in the type the code wants.
"""

import difflib
import math
from collections.abc import Iterable
from numbers import Real


def refuse(where: str, rule: str, value: object) -> ValueError:
    """The one wording of a refusal; `raise refuse("simulate.dt", "un nombre positif (ms)", dt)`."""
    return ValueError(f"{where}\u00a0: {rule}, reçu {shown(value)}")


def shown(value: object) -> str:
    """`value` as it is quoted in a message: short, on one line."""
    text = " ".join(repr(value).split())
    return text if len(text) <= 60 else text[:57] + "..."


def number(where: str, value: object, rule: str = "un nombre fini") -> float:
    """A finite real number; booleans, strings, NaN and infinities are refused."""
    if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
        raise refuse(where, rule, value)
    return float(value)


def positive(where: str, value: object, unit: str = "") -> float:
    """A finite number > 0."""
    rule = "un nombre strictement positif" + (f" ({unit})" if unit else "")
    x = number(where, value, rule)
    if x <= 0:
        raise refuse(where, rule, value)
    return x


def not_negative(where: str, value: object, unit: str = "") -> float:
    """A finite number ≥ 0."""
    rule = "un nombre positif ou nul" + (f" ({unit})" if unit else "")
    x = number(where, value, rule)
    if x < 0:
        raise refuse(where, rule, value)
    return x


def one_of(where: str, value: object, choices: Iterable[str]) -> str:
    """One of `choices`; the nearest one is proposed for a misspelling."""
    choices = list(choices)
    if value not in choices:
        raise refuse(where, "un de " + ", ".join(choices) + nearest(value, choices), value)
    return value


def nearest(name: object, known: Iterable[str]) -> str:
    """« (vouliez-vous dire g_Na ?) » when a known name resembles `name`, else nothing."""
    by_case = {k.casefold(): k for k in sorted(known)}
    close = difflib.get_close_matches(str(name).casefold(), by_case, n=1, cutoff=0.5)
    return f" (vouliez-vous dire {by_case[close[0]]}\u00a0?)" if close else ""
