"""The two diagrams beside the plane: trace and determinant, and the bifurcations of the chosen parameter."""

import math
from functools import lru_cache

import numpy as np

from course.dynamics.phase import Diagram
from course.plot.scene import Axis, Line, Mark, Panel, Points
from course.widgets.phase_plane.looks import POINTS, kind
from course.widgets.phase_plane.subject import Subject


def traces(arrays: dict) -> Panel:
    """The parabola under which a point is a node and above which it is a focus; the fixed points on the map."""
    s = arrays["subject"]
    found = arrays["plane"].points
    needed = [max(1.2 * abs(p.trace), 2.2 * math.sqrt(abs(p.determinant))) for p in found]
    T = ceil_nice(max([n for n in needed if math.isfinite(n)], default=1.0))
    D = T * T / 4
    trace = np.linspace(-T, T, 81)
    items = [
        Mark(x=0.0, dash="solid"), Mark(y=0.0, dash="solid"),
        Line(trace, trace**2 / 4, "", "grey", "solid", 1.4),
    ]  # fmt: skip
    for x, y, text in (
        (-0.78, 0.86, "foyers stables"),
        (0.02, 0.86, "foyers instables"),
        (-0.98, 0.08, "nœuds"),
        (-0.98, -0.4, "cols"),
        (0.7, 0.3, "Δ = 0"),
    ):
        items.append(Mark(x * T, y * D, text))
    items += [Points(p.trace, p.determinant, **POINTS[kind(p)]) for p in found]
    per = "1/ms" if s.model.units.get(s.x, "") not in ("", "1") else ""
    across, up = (
        Axis("trace", per, (-T, T)),
        Axis("déterminant", f"{per}²" if per else "", (-D / 2, D)),
    )
    return Panel("traces", across, up, tuple(items), "Trace et déterminant", 1.0)


def ceil_nice(x: float) -> float:
    """The next of 1, 2, 3, 5, 10..., so that axes move seldom."""
    power = 10.0 ** math.floor(math.log10(max(x, 1e-12)))
    return power * min(k for k in (1, 2, 3, 5, 10) if k * power >= x * (1 - 1e-9))


def strip(arrays: dict) -> Panel:
    """The fixed points and the envelope of the oscillations as the chosen parameter moves; a click says its value."""
    s, name, found = arrays["subject"], arrays["values"]["parameter"], arrays["diagram"]
    title = f"Bifurcations selon {name}"
    if found is None:
        title += "\u00a0: calcul…"
    elif not found.cycles and not s.model.called:
        title += "\u00a0: cycles en cours de calcul…"
    items = [Mark(x=arrays["parameters"][name], colour="ink", dash="solid")]
    if found is not None:
        threshold = arrays["plane"].threshold
        items += drawn(s, found, None if threshold is None else float(threshold[0][0, 0]))
    unit = "" if s.model.units.get(s.x) == "1" else s.model.units.get(s.x, "")
    return Panel(
        "strip",
        Axis(name, "", s.bounds[name]),
        Axis(s.x, unit, s.window[0]),
        tuple(items),
        title,
        0.85,
        pen=True,
    )


@lru_cache(maxsize=32)
def drawn(s: Subject, found: Diagram, top: float | None) -> list:
    """What does not move with the parameter."""
    return branches(s, found) + envelopes(s, found, top) + special(s, found)


def envelopes(s: Subject, found: Diagram, top: float | None) -> list[Line]:
    """The least and the greatest of each oscillation; a spike that is cut is cut at `top`."""
    lines = []
    for sweep, label in zip(found.cycles, ("oscillation", ""), strict=False):
        swinging = np.isfinite(sweep.period)
        high = sweep.high[s.x] if top is None else np.full(len(swinging), top)
        for side, named in ((sweep.low[s.x], ""), (high, label)):
            lines.append(
                Line(sweep.values, np.where(swinging, side, np.nan), named, "green", "solid", 2.4)
            )
    return lines


def branches(s: Subject, found: Diagram) -> list[Line]:
    """Stable stretches in full, the others dotted."""
    lines = []
    for branch in found.branches:
        cuts = 1 + np.flatnonzero(np.diff(branch.stable.astype(int)))
        for part in np.split(np.arange(len(branch.values)), cuts):
            reach = np.arange(part[0], min(part[-1] + 2, len(branch.values)))
            stable = bool(branch.stable[part[0]])
            style = ("ink", "solid", 2.2) if stable else ("grey", "dot", 1.8)
            lines.append(Line(branch.values[reach], branch.state[s.x][reach], "", *style))
    return lines


def special(s: Subject, found: Diagram) -> list[Points]:
    """Where rest is lost or points meet."""
    items = []
    for values, label, marker in (
        (found.hopf, "Hopf", "square"),
        (found.saddle_nodes, "nœud-col", "diamond"),
    ):
        places = [(value, y) for value in values for y in heights(s, found, value)]
        if places:
            x, y = np.array(places).T
            items.append(Points(x, y, label, "vermillion", marker, 8))
    return items


def heights(s: Subject, found: Diagram, value: float) -> list[float]:
    """The branch point nearest to a special value of the parameter."""
    gaps = [
        (np.abs(b.values - value).min(), b.state[s.x][np.abs(b.values - value).argmin()])
        for b in found.branches
    ]
    return [float(min(gaps)[1])] if gaps else []
