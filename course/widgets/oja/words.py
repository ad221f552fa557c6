"""What is said of the weights that learn."""

import numpy as np

from course.plot.french import decimal, quantity
from course.widgets.oja.compute import LIMIT, apart

RULES = {"oja": "règle d'Oja", "hebb": "règle de Hebb", "covariance": "règle de covariance"}


def describe(arrays: dict) -> str:
    """Where w is, what holds it or does not, what one's own rule does beside."""
    return " ".join(filter(None, (now(arrays), ended(arrays), own(arrays))))


def now(arrays: dict) -> str:
    values, walk = arrays["values"], arrays["walks"][0]
    n = len(walk["w"]) - 1
    length = decimal(float(np.hypot(*walk["w"][-1])), 2)
    target = f" (1/√α = {decimal(values['alpha'] ** -0.5, 2)})" if values["rule"] == "oja" else ""
    when = f"Après {n} présentation{'s' if n > 1 else ''}" if n else "Au départ"
    return f"{when}, {RULES[values['rule']]}\u00a0: ‖w‖ = {length}{target}\u00a0; {where(arrays, walk)}."


def where(arrays: dict, walk: dict) -> str:
    """The angle of w to the axis, and to the mean where there is one."""
    values, said = arrays["values"], []
    if values["shift"]:
        said.append(f"à {degrees(apart(walk['w'][-1:], arrays['mean'])[0])} de la direction de la moyenne")
    if values["elongation"] > 1:
        said.append(f"à {degrees(walk['angle'][-1])} de l'axe principal")
    text = "w est " + " et ".join(said) if said else ""
    if values["elongation"] > 1:
        return text
    return (f"{text}\u00a0; " if text else "") + "le nuage est rond, il n'a pas d'axe principal"


def degrees(x: float) -> str:
    return quantity(float(x), "°").replace("\u00a0°", "°")


def ended(arrays: dict) -> str:
    """The norm that stops all."""
    walk = arrays["walks"][0]
    if not walk["ended"]:
        return ""
    cause = "le pas ε est trop grand" if arrays["values"]["rule"] == "oja" else "rien ne la retient"
    return f"La norme a atteint {decimal(LIMIT, 0)}\u00a0: {cause}, et l'explorateur s'arrête là."


def own(arrays: dict) -> str:
    """What is wrong with the student's rule, or how far it is from the course's."""
    if len(arrays["walks"]) < 2:
        return ""
    theirs, mine = arrays["walks"]
    n = len(mine["w"]) - 1
    if mine["wrong"]:
        return f"À la présentation {n + 1}, votre règle {mine['wrong']}." if n else f"Votre règle {mine['wrong']}."
    if not arrays["step"]:
        return "Votre règle part des mêmes poids."
    common = min(len(mine["w"]), len(theirs["w"]))
    gap = np.hypot(*(mine["w"][:common] - theirs["w"][:common]).T)
    if mine["ended"] and len(mine["w"]) < len(theirs["w"]):
        return f"Avec votre règle, la norme a atteint {decimal(LIMIT, 0)} après {n} présentations."
    if gap.max() <= 1e-9 * max(1.0, np.hypot(*theirs["w"].T).max()):
        return "Votre règle donne les mêmes poids."
    length = decimal(float(np.hypot(*mine["w"][-1])), 2)
    return f"Le w de votre règle est à {decimal(float(gap[-1]), 3)} de celui-là, avec ‖w‖ = {length}."
