"""What is seen of one population: its rate in time, what moves it, where it rests as the current changes, the folds."""

import math

import numpy as np

from course.plot.french import quantity, short
from course.plot.scene import Arrows, Axis, Line, Mark, Panel, Points, Scene
from course.widgets.population.curves import CURRENTS, WEIGHTS

STARTS = (  # a run keeps its look in every panel
    {"colour": "blue", "dash": "solid", "marker": "triangle"},
    {"colour": "vermillion", "dash": "long", "marker": "square"},
    {"colour": "purple", "dash": "dashdot", "marker": "diamond"},
    {"colour": "orange", "dash": "dash", "marker": "circle"},
    {"colour": "green", "dash": "dot", "marker": "diamond"},
    {"colour": "sky", "dash": "solid", "marker": "circle"},
)
STATE = {True: {"marker": "circle", "size": 12}, False: {"marker": "circle", "size": 11, "filled": False}}
UP, DOWN = {"colour": "vermillion", "dash": "dash"}, {"colour": "blue", "dash": "dashdot"}
_ARROWS = 13


def scene(arrays: dict) -> Scene:
    """Time above dr/dt on the left; on the right the steady rates above the plane of the folds."""
    left = time(arrays), slope(arrays)
    right = (steady(arrays), folds(arrays)) if arrays["folds"] else (steady(arrays),)
    t = arrays["values"]["t"]
    return Scene((left, right), (1.15, 1), height=540, cursor=t, note=f"t = {quantity(t, 'ms', 0)}")


def rate(arrays: dict, label: str = "r") -> Axis:
    top = arrays["subject"].top
    return Axis(label, "Hz", (-0.04 * top, 1.06 * top))


def time(arrays: dict) -> Panel:
    """The rates against time, the steady ones dotted across."""
    run, at, top = arrays["run"], arrays["at"], arrays["subject"].top
    items = [Mark(y=float(r), dash="solid" if slope < 0 else "dot", colour="field")
             for r, slope in zip(arrays["states"], arrays["slopes"], strict=True)]  # fmt: skip
    names = ["r(0) = 0", f"r(0) = {short(round(top, 1))}"]
    for k, (r, look) in enumerate(zip(run["r"].T, STARTS, strict=False)):
        items.append(Line(run.t, r, names[k] if k < 2 else "", look["colour"], look["dash"], 2.0))
    for r, look in zip(run["r"].T, STARTS, strict=False):
        items.append(Points(run.t[at], r[at], "", look["colour"], look["marker"], 8))
    across = Axis("temps t", "ms", (0.0, float(arrays["values"]["T"])))
    return Panel("time", across, rate(arrays), tuple(items), "Taux de décharge", 1.1, follows=True)


def slope(arrays: dict) -> Panel:
    """dr/dt against r: the rate goes right where it is positive, rests where it crosses zero."""
    (r, change), run, at = arrays["slope"], arrays["run"], arrays["at"]
    top = ceil_nice(float(np.abs(change).max()))
    items = [Mark(y=0.0, dash="solid"), Line(r, change, "", "ink", "solid", 2.2, under=0.0)]
    items.append(flow(r, change))
    for k, look in enumerate(STARTS[: run["r"].shape[1]]):
        here = float(run["r"][at, k])
        items.append(Points(here, float(np.interp(here, r, change)), "", look["colour"], look["marker"], 8))
    items += markers(arrays, arrays["states"], np.zeros(len(arrays["states"])))
    across = Axis("taux r", "Hz", (-0.02 * r[-1], float(r[-1])))
    title = "Ce qui fait bouger le taux"
    return Panel("slope", across, Axis("dr/dt", "Hz/ms", (-top, top)), tuple(items), title, 1.0, pen=True)


def flow(r: np.ndarray, change: np.ndarray) -> Arrows:
    """Along the axis, which way the rate goes."""
    at = np.linspace(0.03, 0.97, _ARROWS) * r[-1]
    way = np.sign(np.interp(at, r, change))
    length = 0.045 * r[-1]
    return Arrows(at - way * length / 2, np.zeros(len(at)), way * length, np.zeros(len(at)), colour="grey", width=2.0)


def markers(arrays: dict, x: np.ndarray, y: np.ndarray) -> list[Points]:
    """Full where the steady rate is stable, hollow where it is not."""
    stable = arrays["slopes"] < 0
    return [
        Points(x[stable == kept], y[stable == kept], label, **STATE[kept])
        for kept, label in ((True, "stable"), (False, "instable"))
    ]


def steady(arrays: dict) -> Panel:
    """The effective f–I curve: which rates rest at each current, and which of them a slow current finds."""
    found, values, s = arrays["steady"], arrays["values"], arrays["subject"]
    u, Phi = s.Phi
    items = [Mark(x=values["I_ext"], colour="ink", dash="solid")]
    items.append(Line(u, Phi, "Φ", "grey", "long", 1.4))
    items += pieces(found)
    if values["hysteresis"] and len(found.up[0]) and found.folds:
        items.append(Line(*found.up, "aller", UP["colour"], UP["dash"], 2.8))
        items.append(Line(*found.down, "retour", DOWN["colour"], DOWN["dash"], 2.8))
    if found.folds:
        x, y = np.array(found.folds).T
        items.append(Points(x, y, "nœud-col", "orange", "diamond", 9))
    items += [
        Points(values["I_ext"], float(r), "", **STATE[bool(slope < 0)])
        for r, slope in zip(arrays["states"], arrays["slopes"], strict=True)
    ]
    title = f"Courbe f–I effective, w = {short(values['w'])}"
    across = Axis("courant I_{ext}", "u. arb.", CURRENTS)
    return Panel("steady", across, rate(arrays, "r*"), tuple(items), title, 1.3, pen=True)


def pieces(found) -> list[Line]:
    """Stable stretches in full, the others dotted."""
    seen = np.where(np.isfinite(found.I) & (2 * CURRENTS[0] < found.I) & (2 * CURRENTS[1] > found.I), 1, 0)
    lines = []
    for stable, look in ((True, ("ink", "solid", 2.2)), (False, ("ink", "dot", 2.0))):
        chosen = (found.stable == stable) & (seen == 1)
        chosen[1:] |= chosen[:-1] & (seen[1:] == 1) & (not stable)  # a dotted stretch joins its full neighbours
        if chosen.any():
            lines.append(Line(found.I, np.where(chosen, found.r, math.nan), "", *look))
    return lines


def folds(arrays: dict) -> Panel:
    """Between the two curves of folds, two stable rates; the crosshair is where one is."""
    values = arrays["values"]
    I, w = arrays["folds"]
    items = [Line(I, w, "", "orange", "solid", 2.4)]
    if np.isfinite(w).any():
        k = int(np.nanargmin(w))
        items.append(Points(I[k], w[k], "", "orange", "diamond", 9))
        items.append(Mark(float(I[k]) - 44, float(w[k]) + 0.105, "deux taux stables", colour="ink"))
        items.append(Mark(CURRENTS[0] + 4, -0.05, "un seul", colour="ink"))
    items.append(Mark(y=0.0, dash="dot"))
    items.append(Points(values["I_ext"], values["w"], "", "ink", "plus", 13))
    across, up = Axis("courant I_{ext}", "u. arb.", CURRENTS), Axis("poids w", "", WEIGHTS)
    return Panel("folds", across, up, tuple(items), "Combien d'états stables\u00a0?", 0.95, pen=True)


def ceil_nice(x: float) -> float:
    """The next of 1, 2, 3, 5, 10..., so that axes move seldom."""
    power = 10.0 ** math.floor(math.log10(max(x, 1e-9)))
    return power * min(k for k in (1, 2, 3, 5, 10) if k * power >= x * (1 - 1e-9))
