"""What is seen of a network: its raster by nucleus, the rates now and before, the course of one nucleus."""

import numpy as np

from course.plot.french import quantity
from course.plot.scene import Axis, Line, Mark, Panel, Points, Raster, Scene
from course.widgets.network.compute import ROWS

BAND = 1.2 * ROWS  # of a nucleus, the gap included
MARGIN = 0.09  # left of the raster, for the names, as a share of T
COLOURS = ("blue", "vermillion", "green", "purple", "orange", "sky", "ink")


def bottom(names: list[str], name: str) -> float:
    """Where the band of a nucleus begins; the first nucleus is on top."""
    return (len(names) - 1 - names.index(name)) * BAND


def scene(arrays: dict) -> Scene:
    cursor = arrays["values"]["t"]
    note = f"t = {quantity(cursor, 'ms', 0)}"
    left, right = (raster(arrays), course(arrays)), (rates(arrays),)
    return Scene((left, right), (2.1, 1), height=620, cursor=cursor, note=note)


def time_axis(arrays: dict, shown: bool) -> Axis:
    T = arrays["values"]["T"]
    return Axis("temps t", "ms", (-MARGIN * T, T), tuple(np.linspace(0, T, 6)), shown)


def colour(names: list[str], name: str) -> str:
    return COLOURS[names.index(name) % len(COLOURS)]


def raster(arrays: dict) -> Panel:
    names, T, seen = list(arrays["sizes"]), arrays["values"]["T"], arrays["seen"]
    items = []
    for name, first, last in arrays["values"]["lesions"]:
        low, high = (bottom(names, name) + ROWS * x / arrays["sizes"][name] for x in (first, last))
        items.append(Line([0, T], [high, high], "", "field", "solid", 0.8, under=low))
        items.append(Mark(0.4 * T, (low + high) / 2, "lésion", "grey"))
    for name in names:
        base, tint = bottom(names, name), colour(names, name)
        if seen is not None:
            t, row = seen.rows[name]
            items.append(Raster(t, base + row, "", tint))
        chosen = "▸\u00a0" if name == arrays["values"]["nucleus"] else ""
        items.append(Mark(-MARGIN * T, base + 0.4 * ROWS, chosen + name, tint))
    if seen is not None and seen.T < T:
        items.append(Mark(x=seen.T, colour="ink", dash="dash"))
    axis = Axis("peindre\u00a0: une lésion", "", (0, len(names) * BAND), ())
    title = "Diagramme de décharges, par noyau"
    return Panel("raster", time_axis(arrays, False), axis, tuple(items), title, 2.6, follows=True, pen=True)


def course(arrays: dict) -> Panel:
    name, top, items = arrays["values"]["nucleus"], 10.0, []
    for which, label, style in (
        ("before", "simulation précédente", ("grey", "dash", 1.4)), ("seen", "maintenant", ("blue", "solid", 1.8)),
    ):  # fmt: skip
        if arrays[which] is not None:
            t, f = arrays[which].course[name]
            items.append(Line(t, f, label, *style))
            top = max(top, float(f.max(initial=0)))
    axis = Axis("Hz", "", (0, 1.1 * top))
    title = f"Taux de {name} au cours du temps"
    return Panel("course", time_axis(arrays, True), axis, tuple(items), title, 1.0, follows=True)


def rates(arrays: dict) -> Panel:
    """A dot for each nucleus, at the height of its band; hollow: before."""
    names, items, top = list(arrays["sizes"]), [], 20.0
    y = np.array([bottom(names, n) + 0.5 * ROWS for n in names])
    found = {
        which: None if arrays[which] is None else np.array([arrays[which].rates[n] for n in names])
        for which in ("before", "seen")
    }
    if found["before"] is not None and found["seen"] is not None:
        items += [Line([a, b], [h, h], "", "grey", "solid", 1.4) for a, b, h in zip(*found.values(), y, strict=True)]
    for which, label, look in (
        ("before", "simulation précédente", {"colour": "grey", "filled": False, "marker": "square"}),
        ("seen", "maintenant", {"colour": "blue"}),
    ):
        if found[which] is not None:
            items.append(Points(found[which], y, label, size=9, **look))
            top = max(top, float(found[which].max()))
    items += [Mark(0.02 * top, h + 0.3 * ROWS, n, colour(names, n)) for n, h in zip(names, y, strict=True)]
    across = Axis("taux", "Hz", (-0.03 * top, 1.15 * top))
    return Panel("rates", across, Axis("noyaux", "", (0, len(names) * BAND), ()), tuple(items), "Taux moyens")
