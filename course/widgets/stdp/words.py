"""What is said of a synapse that learns."""

import math

import numpy as np

from course.plot.french import WORDS, decimal, quantity, short
from course.widgets.stdp.compute import N
from course.widgets.stdp.disagreement import compared
from course.widgets.stdp.letters import lettered

SIDES = {"pre": "présynaptique", "post": "postsynaptique"}
SAID = 3  # pairs of the chosen spike that are told


def describe(arrays: dict) -> str:
    """What there is, what it makes of the weight, the chosen spike or the reason, the student's window, the cursor."""
    free = arrays["by_frequency"] is None
    told = (there(arrays), chosen(arrays)) if free else (sixty(arrays), why(arrays))
    return " ".join(filter(None, (*told, compared(arrays), now(arrays))))


def some(n: int, noun: str) -> str:
    """« deux impulsions présynaptiques », « aucune paire »: what is counted is feminine."""
    number = {0: "aucune", 1: "une"}.get(n) or (WORDS[n] if n < len(WORDS) else str(n))
    return " ".join([number, *(f"{word}s" if n > 1 else word for word in noun.split())])


def signed(x: float, digits: int = 4) -> str:
    text = decimal(x, digits)
    return "+" + text if x > 0 and any(c in "123456789" for c in text) else text


def there(arrays: dict) -> str:
    """« Deux impulsions présynaptiques, une postsynaptique : deux paires comptent. Le poids passe… »"""
    values, delta_t = arrays["values"], arrays["pairs"].delta_t
    n = {lane: len(values[lane]) for lane in SIDES}
    if values["chosen"] is None:
        return "Aucune impulsion\u00a0: cliquez sur une ligne pour en poser une."
    said = f"{some(n['pre'], 'impulsion présynaptique')}, {some(n['post'], 'postsynaptique')}"
    verb = "compte" if len(delta_t) <= 1 else "comptent"
    none = "ne " if not len(delta_t) else ""
    return f"{said.capitalize()}\u00a0: {some(len(delta_t), 'paire')} {none}{verb}. {change(arrays)}"


def change(arrays: dict) -> str:
    """From where to where, in words; the bound that stopped it."""
    run, w0 = arrays["run"], arrays["w0"]
    if np.ptp(run.weights) < 1e-12:
        return f"Le poids reste à {decimal(w0, 4)}."
    part = f" ({signed(100 * (run.w - w0) / w0, 1)}\u00a0%)" if w0 else ""
    said = f"Le poids passe de {decimal(w0, 4)} à {decimal(run.w, 4)}{part}."
    k = np.flatnonzero((run.weights[1:] == run.rule.low) | (run.weights[1:] == run.rule.high))
    if len(k):
        bound = short(float(run.weights[1 + k[0]]))
        said += f" La borne {bound} l'arrête à {quantity(run.times[k[0]], 'ms', 0)}."
    return said


def chosen(arrays: dict) -> str:
    """The pairs of the chosen spike, by their letters."""
    values = arrays["values"]
    if values["chosen"] is None:
        return ""
    lane, at = values["chosen"]
    said = f"Choisie\u00a0: la {SIDES[lane]} de {quantity(at, 'ms', 0)}"
    found = lettered(arrays)
    if not found:
        return said + ", d'aucune paire."
    told = [
        f"paire {x.name}, Δt = {signed(x.delta_t, 0)}\u00a0ms, Δw = {signed(x.change)}" for x in found[:SAID]
    ]  # fmt: skip
    more = f"\u00a0; et {some(len(found) - SAID, 'autre')}" if len(found) > SAID else ""
    return "\u00a0; ".join([said, *told]) + f"{more}."


def sixty(arrays: dict) -> str:
    values = arrays["values"]
    delta = signed(values["delta"], 0)
    return f"{N} paires à {short(values['f'])}\u00a0Hz, Δt = {delta}\u00a0ms. {change(arrays)}"


def why(arrays: dict) -> str:
    """Which part of the change comes from the pairs one makes, from their neighbours, from triplets."""
    values, pairs = arrays["values"], arrays["pairs"]
    if values["rule"] == "triplet":
        twos, threes = float(arrays["twos"].sum()), float(arrays["threes"].sum())
        tau, gap = arrays["rule"].tau_y, 1000 / values["f"]
        lends = math.exp(-gap / tau)
        said = f"Les paires apportent {signed(twos, 3)}, les triplets {signed(threes, 3)}"
        return (
            f"{said}\u00a0: d'une impulsion postsynaptique à la suivante, {quantity(gap, 'ms', 0)} plus tard,"
            f" il reste {quantity(100 * lends, '%', 0)} de sa trace lente o₂."
        )
    own = pairs.pre == pairs.post
    mine, others = float(arrays["each"][own].sum()), float(arrays["each"][~own].sum())
    return (
        f"Les paires voulues apportent {signed(mine, 3)}, celles que forment les impulsions voisines"
        f" {signed(others, 3)}\u00a0: à cette fréquence, une période dure {quantity(1000 / values['f'], 'ms', 0)}."
    )


def now(arrays: dict) -> str:
    values, run = arrays["values"], arrays["run"]
    t = values["t"]
    used = ("r1", "o1", "r2", "o2") if values["rule"] == "triplet" else ("r1", "o1")
    names = {"1": "₁", "2": "₂"}
    told = [f"{name[0]}{names[name[1]]} = {decimal(float(run.trace(name, t)), 2)}" for name in used]
    return f"À {quantity(t, 'ms', 0)}\u00a0: {', '.join(told)}, w = {decimal(float(run.weight(t)), 4)}."
