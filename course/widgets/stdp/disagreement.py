"""Where the student's window and the reference part, in words."""

import numpy as np

from course.plot.french import decimal, quantity, short
from course.widgets.stdp.own import GRID, second


def compared(arrays: dict) -> str:
    """The first pair, in time, on which they differ; else the Δt nearest to 0 where the curves do; else agreement."""
    if "own" not in arrays:
        return ""
    own = arrays["own"]
    if own.fault:
        at, what = own.fault
        return f"À Δt = {number(at)}\u00a0ms, votre fonction {what}."
    each, mine = arrays["each"], arrays["own_each"]
    base, curve = arrays["window"], arrays["own_window"]
    apart = differs(mine, each)
    whole = overall(curve, base)
    if apart.any():
        k = int(np.flatnonzero(apart)[0])
        t = arrays["run"].times[second(arrays["pairs"], arrays["run"])[k]]
        said = f"Premier désaccord à {quantity(t, 'ms', 0)}, paire de Δt = {number(arrays['pairs'].delta_t[k])}\u00a0ms"
        return f"{said}\u00a0: votre fonction donne {figures(mine[k])}, la référence {figures(each[k])}{whole}."
    parting = np.flatnonzero(differs(curve, base))
    if len(parting):
        k = min(parting, key=lambda i: (abs(GRID[i]), GRID[i] < 0))
        said = f"Ces paires ne les départagent pas\u00a0; à Δt = {number(GRID[k])}\u00a0ms, votre fonction donne"
        return f"{said} {figures(curve[k])}, la référence {figures(base[k])}{whole}."
    return "Votre fonction s'accorde avec la référence, sur ces paires et sur toute la fenêtre."


def differs(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return ~np.isclose(a, b, rtol=1e-6, atol=1e-9)


def overall(curve: np.ndarray, base: np.ndarray) -> str:
    """« (partout l'opposé) », « (partout 200 fois) », or nothing."""
    known = np.abs(base) > 1e-9
    if not known.any():
        return ""
    ratio = curve[known] / base[known]
    if not np.allclose(ratio, ratio[0], rtol=1e-6) or np.isclose(ratio[0], 1):
        return ""
    if np.isclose(ratio[0], 0, atol=1e-12):
        return " (elle est nulle partout)"
    return " (partout l'opposé)" if np.isclose(ratio[0], -1) else f" (partout {figures(ratio[0])} fois)"


def figures(x: float) -> str:
    """Four significant figures, never with an exponent."""
    if x == 0 or abs(x) < 1e-12:
        return "0"
    digits = max(0, 3 - int(np.floor(np.log10(abs(x)))))
    text = decimal(float(x), min(digits, 12))
    return text.rstrip("0").rstrip(",") if "," in text else text


def number(x: float) -> str:
    return ("+" if x > 0 else "") + short(float(x))
