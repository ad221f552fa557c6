"""Numbers as a French reader writes them: a comma, a true minus sign, a space before the unit."""

import math
import re

NBSP = "\u00a0"
MINUS = "\u2212"
WORDS = ("aucun", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix")


def decimal(value: float, digits: int = 1) -> str:
    """`value` with `digits` decimals.

    >>> decimal(-61.27)
    '−61,3'
    >>> decimal(-0.01)
    '0,0'
    """
    if not math.isfinite(value):
        return {math.inf: "+∞", -math.inf: MINUS + "∞"}.get(value, "indéfini")
    text = f"{abs(value):.{digits}f}"
    negative = value < 0 and float(text) != 0
    return (MINUS if negative else "") + text.replace(".", ",")


def short(value: float) -> str:
    """`value` with just the decimals it needs, six at most.

    >>> short(6.3), short(10.0), short(-0.05)
    ('6,3', '10', '−0,05')
    """
    text = decimal(value, 6)
    return text.rstrip("0").rstrip(",") if "," in text else text


def quantity(value: float, unit: str, digits: int = 1) -> str:
    """A number and its unit that no line break separates.

    >>> quantity(-61.3, "mV").replace(NBSP, "~")
    '−61,3~mV'
    """
    return decimal(value, digits) + (NBSP + unit if unit else "")


def parse(text: str) -> float:
    """The number a person typed, with a comma or a point.

    >>> parse("0,5"), parse(" −12.5 "), parse("1 000")
    (0.5, -12.5, 1000.0)

    Raises:
        ValueError: « « 0;5 » n'est pas un nombre : écrivez par exemple 0,5. »
    """
    plain = re.sub(r"\s", "", text).replace(MINUS, "-").replace(",", ".")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", plain, re.IGNORECASE):
        raise ValueError(
            f"«{NBSP}{text.strip()}{NBSP}» n'est pas un nombre{NBSP}: écrivez par exemple 0,5."
        )
    return float(plain)


def count(n: int, singular: str, plural: str) -> str:
    """`n` things, in words up to ten.

    >>> count(2, "potentiel d'action", "potentiels d'action")
    "deux potentiels d'action"
    >>> count(0, "potentiel d'action", "potentiels d'action")
    "aucun potentiel d'action"
    """
    word = WORDS[n] if n < len(WORDS) else str(n)
    return f"{word} {plural if n > 1 else singular}"
