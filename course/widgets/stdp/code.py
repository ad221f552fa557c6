"""The Python text that reproduces what the explorer of STDP shows."""

from course.plasticity import TripletSTDP
from course.widgets.stdp.compute import N, Subject

IMPORT = "from course.plasticity import {names}"


def code(s: Subject, values: dict) -> str:
    """The same spikes, the same rule: the weight after each of them."""
    rule = s.rule_of(values)
    kind, triplet = type(rule).__name__, isinstance(rule, TripletSTDP)
    free = values["mode"] == "free"
    w0 = 1.0 if triplet else values["w"]
    names = ", ".join(sorted({kind, "stdp"} | (set() if free else {"pairing_protocol"})))
    lines = ["import numpy as np", IMPORT.format(names=names), ""]
    if free:
        lines += [f"{side} = np.array([{', '.join(f'{x:g}' for x in values[side])}])  # ms" for side in ("pre", "post")]
    else:
        lines.append(f"pre, post = pairing_protocol({values['f']:g}, {values['delta']:g}, n={N})")
    if triplet and values["tissue"] != "given":
        made = f"TripletSTDP.{values['tissue']}(\"{rule.pairing}\")"
        lines.append(f"regle = {made}")
    else:
        shown = [f"{name}={value!r}" for name, value in vars(rule).items()]
        shown = [text.replace("=inf", '=float("inf")').replace("=-inf", '=-float("inf")') for text in shown]
        lines += [f"regle = {kind}(", *(f"    {text}," for text in shown), ")"]
    lines += [f"run = stdp(pre, post, {w0!r}, regle)", "print(run.w)"]
    if s.own:
        lines.append("# votre fenêtre f, sur les mêmes paires\u00a0:")
        lines.append("# sum(f(dt) for dt in spike_pairs(pre, post).delta_t)")
    return "\n".join([*lines, ""])
