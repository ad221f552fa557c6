"""What one does in the plane, as changes of the values: launching, sliding a curve, stimulating, zooming."""

from collections.abc import Callable

import numpy as np

from course.widgets.phase_plane import analysis
from course.widgets.phase_plane.flow import KEPT, Run
from course.widgets.phase_plane.subject import Subject, View, digits
from course.widgets.stroke import Stroke

STILL = 0.008  # of the window: a pointer that has moved less was a click


def parameters(values: dict) -> dict[str, float]:
    """The parameters of the model, as the sliders have them."""
    return {name[2:]: value for name, value in values.items() if name.startswith("p.")}


def with_run(values: dict, run: Run) -> dict:
    """One run more; the oldest of nine is forgotten."""
    runs = values["runs"]
    return {} if runs and runs[-1] == run else {"runs": (*runs, run)[-KEPT:]}


def launch(values: dict) -> dict:
    """A run from the crosshair."""
    return with_run(values, Run(values["x0"], values["y0"], values["backward"]))


def stimulate(s: Subject) -> Callable[[dict], dict]:
    """A run from rest that receives the brief stimulus; from the crosshair where nothing rests."""

    def act(values: dict) -> dict:
        width = values["width"] if values["kick"] == "I" else 0.0
        stimulus = values["kick"], values["strength"], width
        return with_run(values, Run(values["x0"], values["y0"], False, *stimulus, rested=True))

    return act


def rest(s: Subject, now: analysis.Values, near: tuple[float, float]) -> tuple[float, float] | None:
    """The stable fixed point nearest to a place."""
    return nearest(s, near, [p for p in analysis.points(s, now) if p.stable])


def nearest(s: Subject, near: tuple[float, float], found) -> tuple[float, float] | None:
    sizes = [high - low for low, high in s.window]
    places = [(p[s.x], p[s.y]) for p in found]
    gaps = [
        sum(((a - b) / size) ** 2 for a, b, size in zip(p, near, sizes, strict=True))
        for p in places
    ]
    return places[int(np.argmin(gaps))] if places else None


# -- the window


def zoom(s: Subject, factor: float) -> Callable[[dict], dict]:
    """The window around the crosshair, `factor` times smaller; never more than what is computed, nor a speck."""

    def act(values: dict) -> dict:
        found = around(values["view"], (values["x0"], values["y0"]), factor)
        view = tuple(
            (max(low, a), min(high, b))
            for (a, b), (low, high) in zip(found, s.wide.values(), strict=True)
        )
        small = any(b - a < 1e-5 * (d - c) for (a, b), (c, d) in zip(view, s.window, strict=True))
        return {} if small else {"view": view}

    return act


def around(view: View, centre: tuple[float, float], factor: float) -> View:
    half = [(high - low) / (2 * factor) for low, high in view]
    return tuple((c - h, c + h) for c, h in zip(centre, half, strict=True))


def onto_point(s: Subject) -> Callable[[dict], dict]:
    """An eighth of the whole window around the fixed point nearest to the crosshair."""

    def act(values: dict) -> dict:
        found = analysis.points(s, tuple(parameters(values).items()))
        centre = nearest(s, (values["x0"], values["y0"]), found)
        return {"view": around(s.window, centre, 8.0)} if centre else {}

    return act


# -- the pointer


def pen(s: Subject) -> Callable[[dict, Stroke], dict]:
    """A click launches, a drag slides a nullcline; on the strip, both say the value of the parameter."""

    def changes(values: dict, stroke: Stroke) -> dict:
        name = values["parameter"]
        if stroke.now["panel"] == "strip":
            return {f"p.{name}": bounded(s, name, stroke.now["x"])}
        (x0, x1), (y0, y1) = values["view"]
        dx, dy = (
            (stroke.now[a] - stroke.first[a]) / size for a, size in (("x", x1 - x0), ("y", y1 - y0))
        )
        dragged = values[f"p.{name}"] != stroke.values[f"p.{name}"]
        if max(abs(dx), abs(dy)) > STILL or dragged:
            return {f"p.{name}": bounded(s, name, slid(s, name, values, stroke))}
        if stroke.now["phase"] != "up":
            return {}
        steps = ((b - a) / 200 for a, b in s.window)
        x, y = (
            round(stroke.first[axis], digits(step) + 1)
            for axis, step in zip("xy", steps, strict=True)
        )
        return {"x0": x, "y0": y} | with_run(values, Run(x, y, values["backward"]))

    return changes


def bounded(s: Subject, name: str, value: float) -> float:
    """`value` brought between the bounds of the slider, to a twentieth of its step."""
    slider = s.slider(name, bool)
    grain = slider.step / 20
    return slider.bounded(round(value / grain) * grain)


def slid(s: Subject, name: str, values: dict, stroke: Stroke) -> float:
    """The value of a parameter for which the curve under the hand has followed the hand.

    The hand holds the curve on which a derivative has the value it had where it was pressed: a nullcline (zero) when
    it was pressed on one. Of the two derivatives, the one whose nullcline was nearest, if the parameter moves it.
    """
    before, old = parameters(stroke.values), stroke.values[f"p.{name}"]
    low, high = s.bounds[name]
    reach = np.linspace(min(low, old), max(high, old), 257)
    sizes = [b - a for a, b in values["view"]]
    here, there = ((e["x"], e["y"]) for e in (stroke.first, stroke.now))
    held = []
    for v in (s.x, s.y):
        f = lambda at, p, v=v: s.model.evaluate(  # noqa: E731
            f"d{v}/dt", **{**before, name: p, s.x: at[0], s.y: at[1]}
        )
        level = float(f(here, old))
        if np.ptp(f(here, reach)) > 0:
            nudged = (
                f((here[0] + 1e-4 * sizes[0], here[1]), old),
                f((here[0], here[1] + 1e-4 * sizes[1]), old),
            )
            slope = np.hypot(*((float(n) - level) / 1e-4 for n in nudged))
            held.append((abs(level) / max(slope, 1e-300), f, level))
    if not held:
        return values[f"p.{name}"]
    distance, f, level = min(held, key=lambda candidate: candidate[0])
    gap = f(there, reach) - (0.0 if distance < 0.03 else level)
    return crossing(reach, gap, values[f"p.{name}"])


def crossing(p: np.ndarray, gap: np.ndarray, current: float) -> float:
    """The zero of `gap` nearest to `current`; where there is none, the end that comes nearest to zero."""
    places = np.flatnonzero(
        np.isfinite(gap[:-1]) & np.isfinite(gap[1:]) & (gap[:-1] * gap[1:] <= 0)
    )
    if not len(places):
        return float(p[np.nanargmin(np.abs(gap))])
    a, b = gap[places], gap[places + 1]
    share = np.divide(a, a - b, out=np.zeros_like(a), where=a != b)
    roots = p[places] + share * (p[places + 1] - p[places])
    return float(roots[np.abs(roots - current).argmin()])
