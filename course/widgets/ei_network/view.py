"""What is seen of two populations: their plane, both rates in time, the bifurcations, the map of regimes."""

import numpy as np

from course.plot.french import quantity
from course.plot.scene import Arrows, Axis, Image, Line, Mark, Panel, Points, Scene
from course.rates.plane import OSCILLATION, REST, REST_OR_OSCILLATION, TWO_RESTS
from course.widgets.ei_network.compute import view
from course.widgets.ei_network.subject import subscripted
from course.widgets.phase_plane import diagrams
from course.widgets.phase_plane.drawn import closed, thinned
from course.widgets.phase_plane.looks import CYCLES, POINTS, RUNS, kind
from course.widgets.phase_plane.subject import Subject

# a population keeps its colour and its dash: excitation vermillion, inhibition blue
E = {"colour": "vermillion", "dash": "solid"}
I = {"colour": "blue", "dash": "dashdot"}
UP, DOWN = {"colour": "purple", "dash": "dash"}, {"colour": "sky", "dash": "long"}
_WIDE = 4  # values of the grid: a hysteresis that one can see
# code of a regime: where it stands on the ramp of colours, and its name
REGIMES = {
    REST: (0.2, "repos"),
    OSCILLATION: (0.62, "oscillation"),
    TWO_RESTS: (0.42, "deux repos"),
    REST_OR_OSCILLATION: (0.9, "repos ou oscillation"),
}


def scene(arrays: dict) -> Scene:
    """The plane on the left; time, diagram, and the map when it is asked for, on the right."""
    right = (time(arrays), diagram(arrays))
    left = (plane(arrays),)
    if arrays["values"]["map"]:
        left, right = (plane(arrays), time(arrays)), (diagram(arrays), regimes(arrays))
    t = arrays["values"]["t"]
    note = f"t = {quantity(t, 'ms', 0)}"
    return Scene((left, right), (1.15, 1), height=560, cursor=t, note=note)


def plane(arrays: dict) -> Panel:
    s, seen, run = arrays["subject"], arrays["plane"], arrays["run"]
    window = view(arrays["values"])
    items = [Arrows(*seen.arrows, colour="field", width=1.0)]
    for name, curve, look in zip(("r_{E}", "r_{I}"), seen.nullclines, (E, I), strict=True):
        items.append(Line(*curve.T, f"d{name}/dt = 0", look["colour"], look["dash"], 2.4))
    if len(seen.separatrix):
        items.append(Line(*seen.separatrix.T, "séparatrice", "ink", "dot", 2.6))
    for r_E, r_I, look in lanes(run):
        path = thinned(np.stack([r_E, r_I], axis=1), window)
        items.append(Line(*path.T, "", look["colour"], look["dash"], 1.7))
    for cycle in arrays["cycles"] or ():
        label, look = CYCLES[cycle.stable]
        items.append(Line(*closed(s, cycle).T, label, **look))
    at = place(arrays)
    for r_E, r_I, look in lanes(run):
        style = {"colour": look["colour"], "marker": look["marker"]}
        items.append(Points(r_E[0], r_I[0], "", size=7, filled=False, **style))
        items.append(Points(r_E[at], r_I[at], "", size=9, **style))
    items += [Points(p["r_E"], p["r_I"], **POINTS[kind(p)]) for p in seen.points]
    across, up = (Axis(name, "Hz", limits) for name, limits in zip(("r_{E}", "r_{I}"), window, strict=True))
    return Panel("plane", across, up, tuple(items), "Plan de phase", 1.6, pen=True)


def lanes(run) -> list[tuple[np.ndarray, np.ndarray, dict]]:
    return [] if run is None else list(zip(run["r_E"].T, run["r_I"].T, RUNS, strict=False))


def place(arrays: dict) -> int:
    run = arrays["run"]
    return 0 if run is None else min(len(run.t) - 1, round(arrays["values"]["t"] / run.t[1]))


def time(arrays: dict) -> Panel:
    """The two rates of the last run."""
    run, at, top = arrays["run"], place(arrays), arrays["values"]["top"]
    items = []
    if run is not None:
        for name, look, marker in (("r_E", E, "circle"), ("r_I", I, "square")):
            r = run[name][:, -1]
            items.append(Line(run.t, r, f"r_{{{name[-1]}}}", look["colour"], look["dash"], 2.0))
            items.append(Points(run.t[at], r[at], "", look["colour"], marker, 8))
    across = Axis("temps t", "ms", (0.0, float(arrays["values"]["T"])))
    up = Axis("r", "Hz", (-0.03 * top, 1.03 * top))
    return Panel("time", across, up, tuple(items), "Au cours du temps", 1.0, follows=True)


def diagram(arrays: dict) -> Panel:
    """What rests and what oscillates along the chosen parameter; a click says its value."""
    s, values, found = arrays["subject"], arrays["values"], arrays["diagram"]
    name, shown = values["parameter"], values["shown"]
    title = f"Bifurcations selon {subscripted(name)}"
    if found is None:
        title += "\u00a0: calcul…"
    elif not found.cycles and not s.model.called:
        title += "\u00a0: oscillations…"
    items = [Mark(x=values[name], colour="ink", dash="solid")]
    if found is not None:
        seen = Subject(s.model, shown, "r_I" if shown == "r_E" else "r_E", s.window, s.given)
        items += diagrams.envelopes(seen, found, None)
        if values["sweeps"]:
            items += there_and_back(found, shown)
        items += diagrams.branches(seen, found) + diagrams.special(seen, found)
        items += [
            Points(values[name], p[shown], **POINTS[kind(p)]) for p in arrays["plane"].points
        ]
    up = Axis(f"r_{{{shown[-1]}}}", "Hz", view(values)[0])
    return Panel("diagram", Axis(subscripted(name), "", s.bounds[name]), up, tuple(items), title, 1.15, pen=True)


def there_and_back(found, shown: str) -> list[Line]:
    """The rates that a slow rise of the parameter finds, and a slow fall, where the two differ."""
    if len(found.cycles) != 2:
        return []
    up, down = found.cycles
    lows = [sweep.low[shown][:: 1 if sweep is up else -1] for sweep in (up, down)]
    highs = [sweep.high[shown][:: 1 if sweep is up else -1] for sweep in (up, down)]
    differs = np.maximum(np.abs(lows[0] - lows[1]), np.abs(highs[0] - highs[1])) > 1.0
    near = differs.copy()
    near[1:] |= differs[:-1]
    near[:-1] |= differs[1:]
    if differs.sum() < _WIDE:
        return []
    lines = []
    for low, high, label, look in ((lows[0], highs[0], "aller", UP), (lows[1], highs[1], "retour", DOWN)):
        for side, named in ((low, label), (high, "")):
            lines.append(Line(up.values, np.where(near, side, np.nan), named, look["colour"], look["dash"], 3.2))
    return lines


def regimes(arrays: dict) -> Panel:
    """What each pair of values leads to; a click says both."""
    s, values, found = arrays["subject"], arrays["values"], arrays["map"]
    x, y = values["parameter"], values["second"]
    title = "Carte des régimes"
    if s.model.called:
        title += "\u00a0: trop longue avec une fonction appelée"
    elif found is None:
        title += f"\u00a0: {quantity(100 * arrays['share'], '%', 0)}"
    items = []
    if found is not None:
        ramp = np.array([REGIMES[code][0] for code in sorted(REGIMES)])
        items.append(Image(ramp[found.codes], s.bounds[x], s.bounds[y], (0.0, 1.0)))
        items += names(found)
    items.append(Points(values[x], values[y], "", "ink", "plus", 15))
    across, up = (Axis(subscripted(name), "", s.bounds[name]) for name in (x, y))
    return Panel("map", across, up, tuple(items), title, 1.0, pen=True)


def names(found) -> list[Mark]:
    """The name of each regime, where it is widest."""
    marks = []
    for code, (_, text) in REGIMES.items():
        where = found.codes == code
        if where.sum() < 12:
            continue
        depth = inside(where)
        j, i = np.unravel_index(int(depth.argmax()), depth.shape)
        shift = 0.012 * len(text) * (found.x[-1] - found.x[0])
        left = min(max(found.x[i] - shift, found.x[0]), found.x[-1] - 2.2 * shift)
        marks.append(Mark(float(left), float(found.y[j]), text, "ink"))
    return marks


def inside(where: np.ndarray) -> np.ndarray:
    """How far each cell of a region is from its edge, in cells: the region eaten away layer after layer."""
    depth, left = np.zeros(where.shape), np.pad(where, 1)
    while left.any():
        depth += left[1:-1, 1:-1]
        around = left[:-2, 1:-1] & left[2:, 1:-1] & left[1:-1, :-2] & left[1:-1, 2:]
        left = np.pad(left[1:-1, 1:-1] & around, 1)
    return depth
