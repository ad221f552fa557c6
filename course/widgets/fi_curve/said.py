"""What is said of an f(I) curve and of one of its points."""

import math

import numpy as np

from course.analysis import Onset
from course.plot.french import decimal, quantity, short
from course.widgets.fi_curve.run import SHOWN


def describe(arrays: dict) -> str:
    """The curve, its onset, then the neuron at the chosen current."""
    wait = "La courbe est en cours de calcul\u00a0; l'ancienne est en gris."
    sentences = [wait if arrays["stale"] else _told(arrays)]
    if arrays["pinned"]:
        rate = np.interp(arrays["I"], *arrays["pinned"])
        setting = _setting(arrays["pinned_values"])
        sentences.append(f"Courbe épinglée ({setting})\u00a0: {_hertz(rate)} au même courant.")
    sentences.append(_told_here(arrays))
    return " ".join(sentences)


def _told(arrays: dict) -> str:
    s, (I, f) = arrays["subject"], arrays["curve"]
    if not f.any():
        return f"Aucune décharge soutenue de {s.current} = {amount(arrays, I[0])} à {amount(arrays, I[-1])}."
    most = f"jusqu'à {_hertz(f.max())} à {s.current} = {amount(arrays, I[f.argmax()])}"
    if arrays["values"]["sigma"]:
        first = np.flatnonzero(f > 0)[0]
        since = f"dès {s.current} = {amount(arrays, I[first])}"
        return f"Le bruit efface le seuil\u00a0: décharge {since} ou avant, {most}."
    law, _ = fitted(arrays)
    if law is None:
        return f"Décharge {most}."
    words = law.words.replace("I_c", f"{s.current}c").replace("(I", f"({s.current}")
    jump = f" à {_hertz(law.rate)}" if law.kind == 2 else ""
    return f"Décharge au-delà de {s.current}c = {amount(arrays, law.current, 2)}, {most}\u00a0; {words}{jump}."


def _told_here(arrays: dict) -> str:
    s, spikes = arrays["subject"], arrays["trace"].spikes
    said = f"À {s.current} = {amount(arrays, arrays['I'])}\u00a0: "
    rate = rate_here(arrays)
    if arrays["stale"]:
        said += f"{_impulses(len(spikes))} en {SHOWN:g}\u00a0ms"
    elif rate > 0:
        said += f"{_hertz(rate)}, une impulsion toutes les {quantity(1000 / rate, 'ms')}"
    else:
        said += f"{_impulses(len(spikes))} au début, puis le silence" if len(spikes) else "silence"
    if arrays["intervals"] and len(arrays["intervals"][0]) > 1:
        gaps = arrays["intervals"][0]
        said += f"\u00a0; coefficient de variation des intervalles {decimal(gaps.std() / gaps.mean(), 2)}"
    if arrays["plane"] and arrays["plane"]["points"]:
        said += "\u00a0; " + ", ".join(
            f"{p.words} en {s.variable} = {decimal(p[s.variable])}" for p in arrays["plane"]["points"]
        )
    return said + "."


def _impulses(n: int) -> str:
    return ("aucune", "une")[n] + " impulsion" if n < 2 else f"{n} impulsions"


def _setting(values: dict) -> str:
    said = [f"σ = {short(values['sigma'])}"]
    if values["refractory"]:
        said.append(f"période réfractaire {quantity(values['refractory'], 'ms')}")
    return ", ".join(said)


def amount(arrays: dict, I: float, finer: int = 0) -> str:
    """A current, with the digits that the window distinguishes, or `finer` more."""
    low, high = arrays["window"]
    digits = max(0, 2 + finer - math.floor(math.log10(high - low)))
    unit = arrays["subject"].unit
    return decimal(I, digits) + (f"\u00a0{unit}" if unit else "")


def _hertz(rate: float) -> str:
    return quantity(float(rate), "Hz", 1 if rate < 100 else 0)


def rate_here(arrays: dict) -> float:
    """The rate of the curve at the chosen current, between two of its points."""
    return float(np.interp(arrays["I"], *arrays["curve"]))


def fitted(arrays: dict) -> tuple[Onset | None, float]:
    """The law of the onset and up to where it was fitted; none when noise or haste hides it."""
    found = arrays["onset"] or (None, 0.0)
    return (None, 0.0) if arrays["values"]["sigma"] or arrays["stale"] else found
