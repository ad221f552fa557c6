"""Colours, dashes and markers, once for the canvas and for matplotlib.

The hues are Okabe and Ito's, which colour-blind readers tell apart; where a hue is too pale for a thin
line it is darkened (on white) or lightened (on black) until its contrast reaches 3:1. Colour never stands
alone: a dash or a marker doubles it.
"""

import numpy as np

# name: (on a light ground, on a dark ground)
COLOURS = {
    "ink": ("#1b1f27", "#eceef2"),
    "grey": ("#6b7280", "#9aa3af"),
    "blue": ("#0072b2", "#4ba3e3"),
    "vermillion": ("#d55e00", "#f0823e"),
    "green": ("#00855f", "#2bbf94"),
    "purple": ("#a8558a", "#d98bb5"),
    "orange": ("#b07000", "#e69f00"),
    "sky": ("#2484bd", "#8ccbf0"),
    "snow": ("#ffffff", "#ffffff"),
    "grid": ("#e4e7eb", "#3a3f47"),
    "field": ("#c3cad3", "#565d68"),
}

# lengths of ink and of gap, in pixels for a line 1 pixel wide or more
DASHES = {
    "solid": (),
    "dash": (7, 4),
    "dot": (1.5, 3),
    "dashdot": (8, 3, 1.5, 3),
    "long": (13, 4),
}

# name: matplotlib's letter
MARKERS = {"circle": "o", "square": "s", "triangle": "^", "diamond": "D", "cross": "X", "plus": "P"}

# nine anchors of viridis, from the lowest value to the highest
RAMP = (
    "#440154", "#472d7b", "#3b528b", "#2c728e", "#21918c", "#28ae80", "#5ec962", "#addc30", "#fde725",
)  # fmt: skip


def ramp(steps: int = 256) -> list[list[int]]:
    """`steps` colours [red, green, blue], 0 to 255, straight between the anchors of `RAMP`.

    >>> ramp()[0], ramp()[-1]
    ([68, 1, 84], [253, 231, 37])
    """
    anchors = [[int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in RAMP]
    places = np.linspace(0, len(RAMP) - 1, steps)
    channels = (np.interp(places, range(len(RAMP)), channel) for channel in zip(*anchors, strict=True))
    return np.stack(list(channels), axis=1).round().astype(int).tolist()


def contrast(colour: str, ground: str) -> float:
    """Ratio of luminances, 1 to 21 (WCAG 2.2, « contrast ratio »); 3 is enough for a line.

    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    low, high = sorted((_luminance(colour), _luminance(ground)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
