"""What is seen of an f(I) curve and of one of its points."""

import numpy as np

from course.plot.scene import Axis, Line, Mark, Panel, Points, Raster, Scene
from course.widgets.fi_curve.run import SHOWN
from course.widgets.fi_curve.said import amount, fitted, rate_here
from course.widgets.fi_curve.subject import rounded


def scene(arrays: dict) -> Scene:
    """f(I), and at the current chosen on it: the potential in time, and the plane, the line or the intervals."""
    right = [_spikes(arrays), _voltage(arrays)]
    if arrays["plane"]:
        right.append(_plane(arrays))
    elif arrays["intervals"]:
        right.append(_intervals(arrays))
    elif arrays["line"]:
        right.append(_line(arrays))
    s = arrays["subject"]
    note = f"{s.current} = {amount(arrays, arrays['I'])}"
    return Scene(((_curve(arrays),), tuple(right)), (1.15, 1), 470, arrays["I"], note)


# -- the curve


def _curve(arrays: dict) -> Panel:
    s, (I, f) = arrays["subject"], arrays["curve"]
    low, high = arrays["window"]
    items, tops = [], [f]
    if arrays["pinned"]:
        items.append(Line(*arrays["pinned"], "épinglée", "grey", "long", 1.6))
        tops.append(arrays["pinned"][1])
    law, until = fitted(arrays)
    if law:
        x = law.current + (until - law.current) * np.linspace(0, 1, 300) ** 3
        items.append(Line(x, law.fit(x), "loi ajustée", "vermillion", "dash", 3.0))
        items.append(Mark(x=law.current, text=f"{s.current}_{{c}}", colour="vermillion"))
    label = "calcul en cours" if arrays["stale"] else "f" if arrays["pinned"] or law else ""
    style = {"colour": "grey", "dash": "dot"} if arrays["stale"] else {"colour": "blue"}
    items.append(Line(I, f, label, width=2.2, **style))
    items.append(Points(arrays["I"], rate_here(arrays), colour="blue", size=10, filled=not arrays["stale"]))
    inside = [y[(x >= low) & (x <= high)] for x, y in (arrays["curve"], *filter(None, [arrays["pinned"]]))]
    top = max((y.max() for y in inside if len(y)), default=0.0)
    axis = Axis("f", "Hz", (-0.03 * (_top(top)), _top(top)))
    across = Axis(f"courant {s.current}", s.unit, (low, high))
    return Panel("f(I)", across, axis, tuple(items), "Fréquence de décharge", follows=True)


def _top(rate: float) -> float:
    return rounded(1.08 * rate) if rate > 0 else 10.0


# -- one point of it


def _time(shown: bool) -> Axis:
    return Axis("temps t", "ms", (0.0, SHOWN), shown=shown)


def _spikes(arrays: dict) -> Panel:
    spikes = arrays["trace"].spikes
    items = (Raster(spikes, np.zeros(len(spikes)), colour="blue"),) if len(spikes) else ()
    at = f"{arrays['subject'].current} = {amount(arrays, arrays['I'])}"
    return Panel("spikes", _time(False), Axis("", "", (-0.5, 0.5), ()), items, f"Impulsions à {at}", 0.16)


def _voltage(arrays: dict) -> Panel:
    s, (t, V) = arrays["subject"], arrays["time"]
    low, high = _reach(V, s.model.parameters.get("theta"))
    items = [Line(t, V, width=1.6)]
    if "theta" in s.model.parameters:
        items.append(Mark(y=float(s.model.parameters["theta"]), text="seuil"))
    return Panel("V", _time(True), Axis(s.variable, _unit(s), (low, high)), tuple(items), "", 1.0)


def _reach(V: np.ndarray, threshold: float | None) -> tuple[float, float]:
    """Limits that hold V and its threshold with some air."""
    low, high = float(V.min()), float(V.max())
    if threshold is not None:
        high = max(high, float(threshold))
    air = 0.12 * (high - low) or 0.5
    return low - air, high + air


def _unit(s) -> str:
    unit = s.model.units[s.variable]
    return "" if unit == "1" else unit


def _plane(arrays: dict) -> Panel:
    s, plane = arrays["subject"], arrays["plane"]
    items = []
    for curve, colour, dash in zip(plane["nullclines"], ("vermillion", "green"), ("dash", "dashdot"), strict=True):
        for i, piece in enumerate(curve.pieces):
            label = f"d{curve.variable}/dt = 0" if i == 0 else ""
            items.append(Line(piece[:, 0], piece[:, 1], label, colour, dash, 1.6))
    items.append(Line(*plane["path"], "", "blue", width=1.6))
    for point in plane["points"]:
        items.append(Points(point[s.variable], point[s.second], size=10, filled=point.stable))
    x, y = plane["window"]
    unit = s.model.units[s.second]
    across = Axis(s.variable, _unit(s), x)
    return Panel("plane", across, Axis(s.second, "" if unit == "1" else unit, y), tuple(items), "Plan de phase", 1.5)


def _line(arrays: dict) -> Panel:
    """Of one variable: where the derivative vanishes before the threshold, V stops there."""
    s, (V, dV) = arrays["subject"], arrays["line"]
    usual = 8 * float(np.median(np.abs(dV)))  # an upstroke would flatten the rest
    low, high = min(0.0, float(dV.min())), max(0.0, min(float(dV.max()), usual))
    air = 0.15 * (high - low)
    items = [Mark(y=0.0, dash="solid"), Line(V, dV, colour="vermillion", dash="dash")]
    crossings = np.flatnonzero(np.sign(dV[:-1]) * np.sign(dV[1:]) < 0)
    for i in crossings:
        at = V[i] - dV[i] * (V[i + 1] - V[i]) / (dV[i + 1] - dV[i])
        items.append(Points(at, 0.0, size=10, filled=bool(dV[i] > 0)))
    if "theta" in s.model.parameters:
        items.append(Mark(x=float(s.model.parameters["theta"]), text="seuil"))
    unit = _unit(s)
    axis = Axis(f"d{s.variable}/dt", f"{unit}/ms" if unit else "1/ms", (low - air, high + air))
    return Panel("line", Axis(s.variable, unit, (V[0], V[-1])), axis, tuple(items), "Vitesse", 0.9)


def _intervals(arrays: dict) -> Panel:
    _, (edges, density) = arrays["intervals"]
    x, y = np.repeat(edges, 2)[1:-1], np.repeat(density, 2)
    top = max(float(density.max()), 1e-3)
    far = rounded(max(float(edges[-1]), 10.0))
    items = (Line(x, y, colour="green", under=0.0),)
    title = "Intervalles entre impulsions"
    axes = Axis("intervalle", "ms", (0.0, far)), Axis("densité", "1/ms", (0.0, 1.1 * top))
    return Panel("intervals", *axes, items, title, 0.9)
