"""What is seen of a phase plane: the plane itself, the runs in time, trace and determinant, the bifurcations."""

import numpy as np

from course.plot.french import quantity
from course.plot.scene import Arrows, Axis, Line, Panel, Points, Scene
from course.widgets.phase_plane.diagrams import strip, traces
from course.widgets.phase_plane.drawn import closed
from course.widgets.phase_plane.flow import DELAY
from course.widgets.phase_plane.looks import CROSSHAIR, CYCLES, NULLCLINES, POINTS, RUNS, kind
from course.widgets.phase_plane.subject import Subject
from course.widgets.phase_plane.words import unit


def scene(arrays: dict) -> Scene:
    """The plane and the strip on the left, time and the parabola on the right."""
    left = (plane(arrays), strip(arrays)) if arrays["values"]["strip"] else (plane(arrays),)
    cursor = arrays["values"]["t"]
    note = f"t = {quantity(cursor, unit(arrays['subject']))}"
    columns = left, (in_time(arrays), traces(arrays))
    return Scene(columns, (1.7, 1), height=540, cursor=cursor, note=note)


def axis(s: Subject, name: str, limits: tuple[float, float]) -> Axis:
    named = s.model.units.get(name, "")
    return Axis(name, "" if named == "1" else named, limits)


def plane(arrays: dict) -> Panel:
    s, values, seen = arrays["subject"], arrays["values"], arrays["plane"]
    items = [Arrows(*seen.arrows, colour="field", width=1.0)]
    items += pinned(arrays)
    for name, curve, look in zip((s.x, s.y), seen.nullclines, NULLCLINES, strict=True):
        items.append(Line(*curve.T, f"d{name}/dt = 0", **look))
    items += jumps(arrays)
    if len(seen.separatrix):
        items.append(Line(*seen.separatrix.T, "vrai seuil", "ink", "dot", 2.6))
    for (curve, leaps), look in zip(arrays["in_plane"], RUNS, strict=False):
        items.append(Line(*curve.T, "", look["colour"], look["dash"], 1.7))
        if len(leaps):
            items.append(Line(*leaps.T, "", look["colour"], "dot", 1.0))
    for cycle in arrays["cycles"] or ():
        label, look = CYCLES[cycle.stable]
        items.append(Line(*closed(s, cycle).T, label, **look))
    items += markers(arrays)
    items += points(s, seen.points)
    items.append(Points(values["x0"], values["y0"], **CROSSHAIR))
    return Panel(
        "plane", axis(s, s.x, values["view"][0]), axis(s, s.y, values["view"][1]), tuple(items),
        "Plan de phase", 2.6, pen=True,
    )  # fmt: skip


def pinned(arrays: dict) -> list:
    """The nullclines and the fixed points of the parameters one compares with."""
    if not arrays["pinned"]:
        return []
    s, old = arrays["subject"], arrays["pinned"]
    lines = [
        Line(*curve.T, "", "grey", look["dash"], 1.3)
        for curve, look in zip(old.nullclines, NULLCLINES, strict=True)
    ]
    dots = [
        Points(p[s.x], p[s.y], "", "grey", POINTS[kind(p)]["marker"], 8, False) for p in old.points
    ]
    return [*lines, *dots]


def jumps(arrays: dict) -> list:
    """Where a spike is cut, and where it lands."""
    found = arrays["plane"].threshold
    if found is None:
        return []
    threshold, landing = found
    return [
        Line(*threshold.T, "impulsion", "orange", "solid", 1.6),
        Line(*landing.T, "remise", "orange", "dashdot", 1.6),
    ]


def points(s: Subject, found) -> list[Points]:
    return [Points(p[s.x], p[s.y], **POINTS[kind(p)]) for p in found]


def markers(arrays: dict) -> list[Points]:
    """Where each run starts, hollow, and where it is at the cursor."""
    t, found = arrays["values"]["t"], []
    for path, look in zip(arrays["paths"], RUNS, strict=False):
        style = {"colour": look["colour"], "marker": look["marker"]}
        found.append(Points(path.x[0], path.y[0], "", size=7, filled=False, **style))
        at = place_at(path, t)
        if at is not None:
            found.append(Points(path.x[at], path.y[at], "", size=9, **style))
    return found


def place_at(path, t: float) -> int | None:
    """The sample of a run at time t, None where it is not there."""
    if len(path.t) < 2 or t * path.t[1] < 0:
        return None
    at = round(t / path.t[1])
    return at if at < len(path.t) else None


def in_time(arrays: dict) -> Panel:
    s, values = arrays["subject"], arrays["values"]
    T, t = values["T"], values["t"]
    ways = {path.run.backward for path in arrays["paths"]} or {values["backward"]}
    limits = (-T if True in ways else 0.0, T if False in ways else 0.0)
    low, high = values["view"][0]
    items = []
    pulses = [path.run for path in arrays["paths"] if path.run.kick == "I"]
    if pulses:
        begin, end = DELAY * T, DELAY * T + pulses[-1].width
        level = low + 0.02 * (high - low)
        items.append(
            Line(np.array([begin, end]), np.full(2, level), "stimulation", "orange", "solid", 5)
        )
    for path, (at, x), look in zip(arrays["paths"], arrays["in_time"], RUNS, strict=False):
        items.append(Line(at, x, "", look["colour"], look["dash"], 1.7))
        place = place_at(path, t)
        if place is not None:
            items.append(Points(t, path.x[place], "", look["colour"], look["marker"], 8))
    across = Axis("temps t", unit(s), limits)
    return Panel(
        "time",
        across,
        axis(s, s.x, values["view"][0]),
        tuple(items),
        "Au cours du temps",
        1.3,
        follows=True,
    )
