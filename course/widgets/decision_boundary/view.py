"""What is seen of a network that learns: its map, its loss, one picture a unit."""

import numpy as np

from course.plot.french import decimal, short
from course.plot.scene import Axis, Image, Line, Mark, Panel, Points, Scene
from course.widgets.decision_boundary.compute import SIDE
from course.widgets.decision_boundary.learning import STEPS

CLASSES = (
    {"label": "ronds", "colour": "blue", "marker": "circle", "size": 7},
    {"label": "carrés", "colour": "vermillion", "marker": "square", "size": 7},
)
_TILE = 0.47  # half the width of a unit's picture
_DIM = 0.6  # how much of the ramp the map uses: points stay readable on it


def scene(arrays: dict) -> Scene:
    """The map on the left; on the right the loss above the units."""
    step = arrays["values"]["step"]
    right = loss(arrays), units(arrays)
    return Scene(((boundary(arrays),), right), (1.05, 1), height=520, cursor=step, note=f"pas {short(step)}")


def boundary(arrays: dict) -> Panel:
    """The colour is the share of squares; it jumps where the answer changes."""
    p, x, y = arrays["map"], arrays["x"], arrays["y"]
    shade = 0.5 + _DIM * (p - 0.5) + np.where(p > 0.5, 0.12, -0.12)
    window = (-SIDE, SIDE)
    items = [Image(shade, window, window, (0.0, 1.0))]
    for unit in arrays["units"]:
        if unit["edge"] is not None:
            items.append(Line(*unit["edge"].T, "", "snow", "dash", 1.2))
    for k, look in enumerate(CLASSES):
        here = x[y == k].T
        items.append(Points(*here, "", "snow", look["marker"], look["size"] + 3))
        items.append(Points(*here, **look))
    across, up = (Axis(f"x_{{{i}}}", "", window) for i in (1, 2))
    return Panel("map", across, up, tuple(items), "Ce que répond le réseau", 1.0, pen=True)


def loss(arrays: dict) -> Panel:
    losses = arrays["losses"]
    top = max(1.0, float(np.ceil(4 * np.nanmax(losses)) / 4))
    items = [Mark(y=float(np.log(2)), dash="dot"), Line(np.arange(len(losses)), losses, "", "ink", "solid", 2.2)]
    items.append(Points(len(losses) - 1, losses[-1], "", "ink", "circle", 8))
    across = Axis("pas", "", (0.0, float(STEPS)))
    return Panel("loss", across, Axis("perte", "", (0.0, top)), tuple(items), "Perte", 1.0, follows=True)


def units(arrays: dict) -> Panel:
    """What each unit says of the plane; above it, its weight in favour of the squares."""
    found, items = arrays["units"], []
    for k, unit in enumerate(found, start=1):
        picture = unit["picture"]
        low, high = float(picture.min()), float(picture.max())
        if not low < high:
            high = low + 1.0
        items.append(Image(picture, (k - _TILE, k + _TILE), (-1.0, 1.0), (low, high)))
        if unit["weight"] is not None:
            items.append(Mark(k - 0.3, 1.12, signed(unit["weight"]), colour="ink"))
    numbers = tuple(float(k) for k in range(1, len(found) + 1))
    across = Axis("unité cachée", "", (0.5, max(4, len(found)) + 0.5), numbers)
    title = "Ce que voit chaque unité, et son poids pour les carrés"
    return Panel("units", across, Axis("", "", (-1.02, 1.4), ()), tuple(items), title, 0.9)


def signed(x: float) -> str:
    return ("+" if x >= 0 else "−") + decimal(abs(x), 1)
