"""What is said of one population."""

import numpy as np

from course.plot.french import count, decimal, quantity, short


def describe(arrays: dict) -> str:
    """The steady rates and their stability, where they would be lost, the rates at the cursor."""
    return " ".join(filter(None, (resting(arrays), folds(arrays), now(arrays), numerical(arrays))))


def hertz(r: float) -> str:
    return quantity(r, "Hz", 1 if r < 100 else 0)


def resting(arrays: dict) -> str:
    states, slopes = arrays["states"], arrays["slopes"]
    if not len(states):
        return "Aucun état stationnaire entre 0 et le taux le plus haut de la fenêtre."
    stable = [f"r* = {hertz(r)}" for r in states[slopes < 0]]
    lost = [f"{hertz(r)}" for r in states[slopes >= 0]]
    if len(states) == 1:
        (r,), (slope,) = states, slopes
        back = f"un écart s'y éteint en {quantity(-1 / slope, 'ms')}" if slope < 0 else "instable"
        return f"Un seul état stationnaire, r* = {hertz(r)}\u00a0: {back}."
    between = f", séparés par {' et '.join(lost)}, instable" if lost else ""
    title = "Bistabilité" if len(stable) == 2 else count(len(stable), "état stable", "états stables").capitalize()
    return f"{title}\u00a0: {' et '.join(stable)}{between}."


def folds(arrays: dict) -> str:
    w, found = arrays["values"]["w"], sorted(I for I, _ in arrays["steady"].folds)
    if len(found) == 2:
        low, high = (decimal(I, 2) for I in found)
        return f"À w = {short(w)}, deux taux stables pour I_ext entre {low} et {high}."
    if arrays["folds"] and len(found) == 0:
        least = np.nanmin(arrays["folds"][1], initial=np.inf)
        if np.isfinite(least):
            return f"À w = {short(w)}, un seul à tout courant\u00a0: il en faut plus de {decimal(least, 3)} pour deux."
    return ""


def now(arrays: dict) -> str:
    run, at = arrays["run"], arrays["at"]
    ends = ", ".join(hertz(r) for r in run["r"][at])
    starts = ", ".join(short(round(float(r), 2)) for r in run["r"][0])
    return f"À t = {quantity(float(run.t[at]), 'ms', 0)}, partis de {starts}\u00a0Hz\u00a0: {ends}."


def numerical(arrays: dict) -> str:
    """Which function a student has written that is called and not read."""
    called = arrays["subject"].model.called
    return f"Fonction appelée numériquement\u00a0: {' et '.join(called)}." if called else ""
