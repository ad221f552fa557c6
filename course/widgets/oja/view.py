"""What is seen: the cloud and the weights, their norm and their angle against the presentations."""

import numpy as np

from course.plot.french import count, short
from course.plot.scene import Arrows, Axis, Line, Mark, Panel, Points, Scene
from course.widgets.oja.compute import STEPS, apart

NAMES = {"oja": "Oja", "hebb": "Hebb", "covariance": "covariance"}
_OWN = {"colour": "purple", "dash": "dash"}
FURTHER = (1, 2, 3, 5, 8, 12)  # how many times further one stands as w grows
_TURN = np.linspace(0, 2 * np.pi, 181)


def looks(arrays: dict) -> list[dict]:
    """The name, the colour and the dash of each walk."""
    first = {"label": f"w, {NAMES[arrays['values']['rule']]}", "colour": "vermillion", "dash": "solid"}
    return [first, {"label": "w, votre règle", **_OWN}][: len(arrays["walks"])]


def scene(arrays: dict) -> Scene:
    """The plane on the left; on the right the norm above the angle."""
    step = arrays["step"]
    right = norm(arrays), angle(arrays)
    note = count(step, "point", "points")
    return Scene(((plane(arrays),), right), (1.12, 1.0), height=445, cursor=float(step), note=note)


def widest(arrays: dict) -> tuple[float, int]:
    """(half the side of the plane, how many times that is what the cloud asks): the smallest that holds w."""
    base = float(np.ceil(np.hypot(*arrays["points"].T).max()))
    longest = max(np.hypot(*walk["w"][-1]) for walk in arrays["walks"])
    times = next((n for n in FURTHER if n * base >= 1.05 * longest), None) or int(np.ceil(1.05 * longest / base))
    return times * base, times


def plane(arrays: dict) -> Panel:
    """The points, the one that is presented, the axes, the circle, each w and its path."""
    values, (side, times) = arrays["values"], widest(arrays)
    mean = values["shift"] * arrays["mean"]
    items = [Points(*arrays["points"].T, "", "grey", "circle", 5 if times == 1 else 3)]
    if values["elongation"] > 1:
        ends = np.outer((-3 * side, 3 * side), arrays["axis"]) + mean
        items.append(Line(*ends.T, "axe principal", "ink", "dash", 1.6))
    if values["shift"]:
        ends = np.outer((-3 * side, 3 * side), arrays["mean"])
        items.append(Line(*ends.T, "vers la moyenne", "green", "dashdot", 1.6))
        items.append(Points(*mean[:, None], "", "green", "diamond", 11))
    if values["rule"] == "oja":
        r = values["alpha"] ** -0.5
        items.append(Line(r * np.cos(_TURN), r * np.sin(_TURN), "‖w‖² = 1/α", "blue", "dot", 1.8))
    if arrays["now"] is not None:
        items.append(Points(*arrays["now"][:, None], "u présenté", "orange", "square", 10 if times == 1 else 6))
    for walk, look, width in zip(arrays["walks"], looks(arrays), (4.0, 1.8), strict=False):
        items.append(Line(*walk["w"].T, look["label"], look["colour"], look["dash"], 1.3))
        items.append(Arrows([0], [0], *walk["w"][-1:].T, "", look["colour"], width))
    title = "Le nuage et w" if times == 1 else f"Le nuage et w, vus de {times}\u00a0fois plus loin"
    axes = (Axis(name, "", (-side, side)) for name in ("u_{1}, w_{1}", "u_{2}, w_{2}"))
    return Panel("cloud", *axes, tuple(items), title, pen=True)


def norm(arrays: dict) -> Panel:
    items, top = [], 2.0
    if arrays["values"]["rule"] == "oja":
        target = arrays["values"]["alpha"] ** -0.5
        items.append(Mark(y=target, text=f"1/√α = {short(round(target, 2))}", colour="blue", dash="dot"))
        top = max(top, 1.25 * target)
    lengths = [np.hypot(*walk["w"].T) for walk in arrays["walks"]]
    while top < max(length.max() for length in lengths):
        top *= 2
    return Panel("norm", across(False), Axis("‖w‖", "", (0.0, top)), (*items, *curves(arrays, lengths)), "Norme de w",
                 follows=True)  # fmt: skip


def angle(arrays: dict) -> Panel:
    angles = [walk["angle"] for walk in arrays["walks"]]
    items = curves(arrays, angles) if arrays["values"]["elongation"] > 1 else []
    if arrays["values"]["shift"]:
        toward = apart(arrays["walks"][0]["w"], arrays["mean"])
        items = [Line(np.arange(len(toward)), toward, "à la moyenne", "green", "dashdot", 1.8), *items]
    up = Axis("degrés", "", (0.0, 92.0), (0.0, 30.0, 60.0, 90.0))
    return Panel("angle", across(True), up, tuple(items), "Angle de w à l'axe principal", follows=True)


def across(shown: bool) -> Axis:
    return Axis("points présentés", "", (0.0, float(STEPS)), shown=shown)


def curves(arrays: dict, series: list[np.ndarray]) -> list:
    """A line a walk, and where it is."""
    items = []
    for y, look in zip(series, looks(arrays), strict=True):
        items.append(Line(np.arange(len(y)), y, "", look["colour"], look["dash"], 2.2))
        items.append(Points(len(y) - 1, y[-1], "", look["colour"], "circle", 8))
    return items
