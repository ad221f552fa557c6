"""What is said of a network that learns."""

import numpy as np

from course.plot.french import decimal, quantity
from course.widgets.spiking_training.view import SMOOTH


def describe(arrays: dict) -> str:
    """How far it is, how well it does against the run before, what it answers to the digit that is shown."""
    if arrays["view"] is None:
        return "Le réseau se prépare\u00a0: ses images deviennent des impulsions."
    return " ".join(filter(None, (progress(arrays), before(arrays), answer(arrays))))


def percent(x: float) -> str:
    return quantity(100 * float(x), "%")


def progress(arrays: dict) -> str:
    view, s = arrays["view"], arrays["subject"]
    curves, n = view.curves, len(view.curves.loss)
    known = f"{percent(curves.valid[-1][1])} de la validation"
    if view.lost:
        what = "baissez le pas d'apprentissage et recommencez"
        return f"Au lot {n + 1}, les poids ne sont plus des nombres\u00a0: {what}."
    if not n:
        return f"Avant d'apprendre, le réseau reconnaît {known}."
    epochs = decimal(n / s.per_epoch)
    last = min(n, SMOOTH)
    over = f"sur les {last} derniers lots" if last > 1 else "sur ce lot"
    loss, right = (float(np.mean(y[-last:])) for y in (curves.loss, curves.accuracy))
    going = "" if n < s.last else ", la fin"
    return (f"Lot {n} sur {s.last} (époque {epochs}{going})\u00a0: {over}, perte {decimal(loss, 2)} et "
            f"{percent(right)} de réponses justes\u00a0; {known}.")  # fmt: skip


def before(arrays: dict) -> str:
    """The run before, where this one is."""
    view = arrays["view"]
    if view.before is None:
        return ""
    at, right = view.curves.valid[-1]
    same = [y for x, y in view.before.valid if x == at]
    if not same:
        return "L'essai d'avant n'était pas allé jusque-là."
    return f"Au lot {int(at)}, l'essai d'avant en reconnaissait {percent(same[0])}, celui-ci {percent(right)}."


def answer(arrays: dict) -> str:
    values, seen = arrays["values"], arrays["view"].seen
    own = values["mode"] == "own"
    if own and not values["drawn"]:
        return "Dessinez un chiffre à la souris, ou posez le crayon (I) et déplacez-le avec les flèches."
    shown = "Votre chiffre" if own else f"Ce {values['digit']}"
    fired = sum(len(steps) for steps, _ in seen.spikes[1:])
    spikes = f"{fired} impulsion{'s' if fired > 1 else ''} cachée{'s' if fired > 1 else ''}"
    right = "" if own else ", juste" if seen.answer == values["digit"] else ", faux"
    when = f"décidé à {quantity(seen.decided + 1, 'ms', 0)}"
    t = min(len(seen.membranes) - 1, round(values["t"]))
    best = int(seen.membranes[t].argmax())
    return (f"{shown}\u00a0: le réseau répond {seen.answer}{right} ({when}, {spikes})\u00a0; à {quantity(t, 'ms', 0)}, "
            f"la lecture la plus haute est celle du {best}.")  # fmt: skip
