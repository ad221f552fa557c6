"""Numbers and sentences as a French reader expects them: decimal comma, true minus, non-breaking spaces."""

import math
import re
from numbers import Integral, Real

NBSP = "\u00a0"
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
BEFORE = re.compile(r"(?<=\S) (?=[:;?!%»](?:\s|[.,)…]|$))")
AFTER = re.compile(r"« (?=\S)")


def number(x: Real, digits: int = 4) -> str:
    """A number with `digits` significant digits.

    >>> number(-65.0), number(0.31768), number(1.5e-7), number(1600000)
    ('−65', '0,3177', '1,5·10⁻⁷', '1\u202f600\u202f000')
    """
    if isinstance(x, bool):
        return "vrai" if x else "faux"
    if isinstance(x, Integral) and abs(x) < 10**15:
        return _grouped(str(int(x)))
    x = float(x)
    if math.isnan(x):
        return "NaN"
    if math.isinf(x):
        return "∞" if x > 0 else "−∞"
    mantissa, exponent = f"{x:.{digits - 1}e}".split("e")
    power = int(exponent)
    if -4 < power < max(digits, 6):
        return _grouped(_trimmed(f"{x:.{max(digits - 1 - power, 0)}f}"))
    return _grouped(_trimmed(mantissa)) + "·10" + str(power).translate(SUPERSCRIPTS)


def pair(x: Real, y: Real) -> tuple[str, str]:
    """Two numbers with digits enough to see that they differ."""
    for digits in (4, 6, 9, 12, 16):
        shown = number(x, digits), number(y, digits)
        if shown[0] != shown[1]:
            break
    return shown


def plural(count: int, singular: str, many: str = "") -> str:
    """« 1 valeur », « 200 valeurs », with a non-breaking space.

    >>> plural(2, "jeu", "jeux")
    '2\xa0jeux'
    """
    return f"{number(count)}{NBSP}{singular if abs(count) < 2 else many or singular + 's'}"


def listed(words: list[str], last: str = "et") -> str:
    """« a, b et c »."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + f" {last} {words[-1]}" if words else ""


def sentence(idea: str) -> str:
    """The idea with a capital and a full stop.

    >>> sentence("le facteur ½ manque")
    'Le facteur ½ manque.'
    """
    idea = idea.strip()
    return idea[:1].upper() + idea[1:] + ("" if idea.endswith((".", "?", "…")) else ".")


def typeset(text: str) -> str:
    """Non-breaking spaces where French wants them; what stands between backquotes is left alone.

    >>> typeset("Que vaut « a » ?")
    'Que vaut «\xa0a\xa0»\xa0?'
    """
    pieces = text.split("`")  # every other one is code
    plain = AFTER.sub("«" + NBSP, BEFORE.sub(NBSP, "\0".join(pieces[::2])))
    pieces[::2] = plain.split("\0")
    return "`".join(pieces)


def _trimmed(decimal: str) -> str:
    return decimal.rstrip("0").rstrip(".") if "." in decimal else decimal


def _grouped(decimal: str) -> str:
    whole, _, fraction = decimal.partition(".")
    sign, whole = ("−", whole[1:]) if whole.startswith("-") else ("", whole)
    if len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", "\u202f")
    if not fraction and whole.strip("0") == "":
        sign = ""
    return sign + whole + ("," + fraction if fraction else "")
