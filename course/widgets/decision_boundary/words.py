"""What is said of a network that learns."""

import numpy as np

from course.plot.french import count, decimal, quantity, short


def describe(arrays: dict) -> str:
    """Where one is, how many are right, what the units do."""
    return " ".join(filter(None, (now(arrays), units(arrays), progress(arrays))))


def now(arrays: dict) -> str:
    right, n = int(arrays["right"].sum()), len(arrays["y"])
    loss = decimal(float(arrays["losses"][-1]), 3)
    step = short(arrays["step"])
    if arrays["lost"]:
        return f"Les nombres ont débordé après le pas {step}\u00a0: le pas d'apprentissage est trop grand."
    return f"Pas {step}\u00a0: perte {loss}, {right} points sur {n} bien classés ({quantity(100 * right / n, '%', 0)})."


def units(arrays: dict) -> str:
    values, found = arrays["values"], arrays["units"]
    if values["activation"] == "none":
        return "Sans activation, la frontière reste une droite."
    dead = [k for k, unit in enumerate(found, start=1) if not np.any(unit["picture"])]
    if dead:
        names = ", ".join(map(str, dead))
        if len(dead) == 1:
            return f"L'unité {names} est éteinte sur tout le plan\u00a0: son gradient est nul."
        return f"Les unités {names} sont éteintes sur tout le plan\u00a0: leur gradient est nul."
    return f"{count(len(found), 'unité cachée', 'unités cachées').capitalize()}."


def progress(arrays: dict) -> str:
    """Whether the loss goes up and down instead of down."""
    losses = arrays["losses"]
    if len(losses) < 20:
        return ""
    rises = float((np.diff(losses[-50:]) > 1e-9).mean())
    return f"La perte remonte {quantity(100 * rises, '%', 0)} du temps\u00a0: le pas est grand." if rises > 0.2 else ""
