"""What is seen and said of a run of Hodgkin and Huxley's axon."""

import math

import numpy as np

from course.plot.french import count, decimal, quantity
from course.plot.scene import Arrows, Axis, Line, Mark, Panel, Points, Scene
from course.widgets.hodgkin_huxley.run import RECORDED, STIFF, UNIT

# one channel, one colour: sodium vermillion, potassium blue; h, the other gate of sodium, purple
STYLES = {
    "m": {"colour": "vermillion", "dash": "solid"},
    "h": {"colour": "purple", "dash": "dash"},
    "n": {"colour": "blue", "dash": "dashdot"},
    "I_Na": {"colour": "vermillion", "dash": "solid"},
    "I_K": {"colour": "blue", "dash": "dashdot"},
    "I_L": {"colour": "green", "dash": "dot"},
}
SHAPES = {"m": "triangle", "h": "square", "n": "circle", "I_Na": "triangle", "I_K": "circle", "I_L": "diamond"}
LABELS = {"I_Na": "I_{Na}", "I_K": "I_{K}", "I_L": "I_{L}"}


def scene(arrays: dict) -> Scene:
    """Against time: stimulus, V, gates, currents; against V: time constants and equilibrium values."""
    right = (_against_V(arrays, "tau"), _against_V(arrays, "inf"))
    left = (_stimulus(arrays), _voltage(arrays), _gates(arrays), _currents(arrays))
    note = f"t = {quantity(arrays['cursor'], 'ms')}"
    return Scene((left, right), (1.75, 1), height=500, cursor=arrays["cursor"], note=note)


def _time(arrays: dict, shown: bool = False) -> Axis:
    return Axis("temps t", "ms", (0.0, float(arrays["values"]["T"])), shown=shown)


def _now(arrays: dict, name: str) -> float:
    return float(arrays[name][arrays["at"]])


def _stimulus(arrays: dict) -> Panel:
    shown = [arrays["I"], arrays["pinned"]["I"]] if arrays["pinned"] else [arrays["I"]]
    low, high = min(map(np.min, shown)), max(map(np.max, shown))
    drawn = arrays["values"]["stimulus"] == "drawn"
    floor, ceiling = (-20.0, 60.0) if drawn else (-2.0, 20.0)
    limits = (min(floor, _round_up(low)), max(ceiling, _round_up(high)))
    items = (
        *_pinned(arrays, "I"),
        Line(arrays["t"], arrays["I"], colour="orange", width=1.8, under=0.0),
        _dot(arrays, "I", "orange", "diamond"),
    )
    return Panel(
        "stimulus", _time(arrays), Axis("I", UNIT, limits), items,
        "Courant à dessiner" if drawn else "Courant injecté", 1.2 if drawn else 0.72,
        follows=True, pen=drawn,
    )  # fmt: skip


def _voltage(arrays: dict) -> Panel:
    items = (
        *_pinned(arrays, "V"),
        Line(arrays["t"], arrays["V"], "V" if arrays["pinned"] else "", width=2.0),
        _dot(arrays, "V", "ink", "circle"),
    )
    axis = Axis("V", "mV", arrays["span"])
    return Panel("V", _time(arrays), axis, items, "Potentiel de membrane", 1.5, follows=True)


def _gates(arrays: dict) -> Panel:
    items = []
    for gate in "mhn":
        label = f"{gate} = {decimal(_now(arrays, gate), 2)}"
        items += [Line(arrays["t"], arrays[gate], label, **STYLES[gate])]
    items += [_dot(arrays, gate, STYLES[gate]["colour"], SHAPES[gate]) for gate in "mhn"]
    axis = Axis("fraction ouverte", "", (-0.02, 1.02), (0, 0.5, 1))
    return Panel("gates", _time(arrays), axis, tuple(items), "Portes", 0.95, follows=True)


def _currents(arrays: dict) -> Panel:
    names = ("I_Na", "I_K", "I_L")
    top = _round_up(max(np.abs(arrays[name]).max() for name in names) * 1.05)
    items = [Line(arrays["t"], arrays[n], LABELS[n], **STYLES[n]) for n in names]
    items += [_dot(arrays, n, STYLES[n]["colour"], SHAPES[n]) for n in names]
    axis = Axis(f"{UNIT}, entrant si négatif", "", (-top, top), (-top, 0.0, top))
    return Panel(
        "currents", _time(arrays, shown=True), axis, (Mark(y=0.0, dash="solid"), *items),
        "Courants ioniques", 1.05, follows=True,
    )  # fmt: skip


def _against_V(arrays: dict, kind: str) -> Panel:
    """tau(V) or the equilibrium values, with the points that follow V at the cursor."""
    curves, V = arrays["curves"], _now(arrays, "V")
    infinite = kind == "inf"
    lines, points = [], []
    for gate in "mhn":
        y = curves[f"{gate}_{kind}" if infinite else f"tau_{gate}"]
        label = f"{gate}_{{∞}}" if infinite else f"τ_{{{gate}}}"
        lines.append(Line(curves["V"], y, label, **STYLES[gate]))
        target = float(np.interp(V, curves["V"], y))
        style = {"colour": STYLES[gate]["colour"], "marker": SHAPES[gate]}
        if infinite:
            value = _now(arrays, gate)
            points.append(Arrows(V, value, 0.0, target - value, colour=style["colour"]))
            points.append(Points(V, value, filled=False, **style))
        points.append(Points(V, target, **style))
    top = _round_up(max(curves[f"tau_{gate}"].max() for gate in "mhn"))
    axis = Axis("", "", (-0.02, 1.02), (0, 0.5, 1)) if infinite else Axis("τ", "ms", (0.0, top))
    return Panel(
        kind, Axis("V", "mV", arrays["span"], shown=infinite), axis,
        (Mark(x=V, dash="solid"), *lines, *points),
        "Valeurs d'équilibre" if infinite else "Constantes de temps", 1.0,
    )  # fmt: skip


def _dot(arrays: dict, name: str, colour: str, marker: str) -> Points:
    return Points(arrays["cursor"], _now(arrays, name), colour=colour, marker=marker)


def _pinned(arrays: dict, name: str) -> tuple[Line, ...]:
    if not arrays["pinned"]:
        return ()
    label = "épinglée" if name == "V" else ""
    run = arrays["pinned"]
    return (Line(run["t"], run[name], label, "grey", "long", 1.6),)


def _round_up(x: float) -> float:
    """The next of 1, 1.5, 2, 3, 5, 7.5, 10... away from zero, so that axes move seldom."""
    if x == 0:
        return 0.0
    power = 10 ** math.floor(math.log10(abs(x)))
    return math.copysign(power * min(k for k in (1, 1.5, 2, 3, 5, 7.5, 10) if k * power >= abs(x)), x)


def describe(arrays: dict) -> str:
    """The run, the pinned run, and the values at the cursor."""
    sentences = [_summary(arrays)]
    if arrays["pinned"]:
        summary = _summary(arrays["pinned"])
        sentences.append(f"Trace épinglée\u00a0: {summary[0].lower()}{summary[1:]}")
    now = {name: arrays[name][arrays["at"]] for name in (*RECORDED, "I")}
    gates = ", ".join(f"{gate} = {decimal(now[gate], 2)}" for gate in "mhn")
    currents = ", ".join(
        f"{label} = {decimal(now[name], 1)}"
        for label, name in (("I", "I"), ("I Na", "I_Na"), ("I K", "I_K"), ("I L", "I_L"))
    )
    sentences.append(
        f"À t = {quantity(arrays['cursor'], 'ms')}\u00a0: V = {quantity(now['V'], 'mV')}, {gates}\u00a0; "
        f"{currents}\u00a0{UNIT}."
    )
    return " ".join(sentences)


def _summary(run: dict) -> str:
    spikes, values = run["spikes"], run["values"]
    n = len(spikes)
    said = count(n, "potentiel d'action", "potentiels d'action").capitalize()
    if n == 1:
        said += f", à {quantity(spikes[0], 'ms')}"
    elif n:
        said += f", le premier à {quantity(spikes[0], 'ms')}"
    if n > 2:
        said += f", puis un toutes les {quantity(np.diff(spikes).mean(), 'ms')} en moyenne"
    said += f"\u00a0; V culmine à {quantity(run['V'].max(), 'mV', 0)}"
    blocked = [name for key, name in (("ttx", "Na (TTX)"), ("tea", "K (TEA)")) if values[key]]
    if blocked:
        said += f"\u00a0; canaux bloqués\u00a0: {' et '.join(blocked)}"
    if run["scheme"] is STIFF:
        said += "\u00a0; portes trop rapides pour RK4, calcul par Euler exponentiel"
    return said + "."
