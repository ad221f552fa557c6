"""Slips of the hand that Python answers in its own English: a power, a decimal comma, a name that lives in numpy."""

import difflib
import inspect
import re
import types
from collections.abc import Callable

import numpy as np

RENAMED = {
    "trapz": "`np.trapz` s'appelle maintenant `np.trapezoid`.",
    "ln": "En numpy, le logarithme népérien s'écrit `np.log`.",
}
COMMA = re.compile(r"(?<![\w.])\d+,\d+(?![\w.,])")
DECIMAL = "La virgule décimale s'écrit avec un point : `{}`."


def of_type(message: str, code: types.CodeType | None) -> str:
    """The slip behind a TypeError."""
    if "for ^:" in message or "bitwise_xor" in message:
        return "En Python, la puissance s'écrit `**` : `n**4`."
    if "tuple" in message or "can't multiply sequence" in message:
        return decimal_comma(code)
    return ""


def decimal_comma(code: Callable | types.CodeType | None) -> str:
    """« La virgule décimale s'écrit avec un point : 273.15 », when the source of `code` holds such a number."""
    try:
        found = COMMA.search(inspect.getsource(code)) if code else None
    except (OSError, TypeError):  # no source, or a callable of another kind
        return ""
    return DECIMAL.format(found.group().replace(",", ".")) if found else ""


def of_attribute(error: AttributeError) -> str:
    """A function that this module does not have, or has under another name."""
    module = getattr(error, "obj", None)
    if not isinstance(module, types.ModuleType) or not error.name:
        return ""
    if module is np and error.name in RENAMED:
        return RENAMED[error.name]
    close = difflib.get_close_matches(error.name, dir(module), n=1, cutoff=0.7)
    guess = f" Vouliez-vous dire `{close[0]}` ?" if close else ""
    return f"Le module {module.__name__} n'a pas de fonction `{error.name}`.{guess}"


def of_name(name: str, known: dict) -> str:
    """A function of numpy written without its `np.`, or a module that was not imported."""
    if name in ("ln", "trapz"):
        return RENAMED[name]
    if name in ("math", "numpy", "np"):
        wanted = "import numpy as np" if name == "np" else f"import {name}"
        others = " ; numpy a aussi `np.exp`, `np.log`, `np.sqrt`" if known.get("np") is np else ""
        return f"Ce module n'est pas importé : écrivez `{wanted}`{others}."
    if known.get("np") is np and (name == "pi" or callable(getattr(np, name, None))):
        return f"Ce nom vient de numpy : écrivez `np.{name}`."
    return ""
