"""Colours, dashes and markers of the plane: a thing keeps its look in every panel, and colour is never alone."""

from course.dynamics.phase import FixedPoint

# a run: the marker of its start and of its present place, doubled by the dash
RUNS = tuple(
    {"colour": colour, "dash": dash, "marker": marker}
    for colour, dash, marker in (
        ("ink", "solid", "circle"), ("purple", "solid", "square"), ("sky", "solid", "triangle"),
        ("orange", "solid", "diamond"), ("purple", "long", "circle"), ("ink", "long", "square"),
        ("orange", "long", "triangle"), ("sky", "long", "diamond"),
    )
)  # fmt: skip

# where the first variable stands still, where the second does
NULLCLINES = (
    {"colour": "vermillion", "dash": "dash", "width": 2.4},
    {"colour": "blue", "dash": "dashdot", "width": 2.4},
)

# a limit cycle, by whether it is stable: its name in the legend and its look
CYCLES = {
    True: ("cycle limite", {"colour": "green", "dash": "solid", "width": 3.2}),
    False: ("cycle instable", {"colour": "green", "dash": "dot", "width": 2.4}),
}

# a fixed point: full when it attracts, hollow when it repels, a cross for a saddle
POINTS = {
    "stable": {"marker": "circle", "size": 13, "filled": True},
    "instable": {"marker": "circle", "size": 12, "filled": False},
    "col": {"marker": "cross", "size": 13, "filled": True},
    "centre": {"marker": "diamond", "size": 11, "filled": False},
    "col-nœud": {"marker": "triangle", "size": 12, "filled": False},
}

CROSSHAIR = {"colour": "ink", "marker": "plus", "size": 13, "filled": True}


def kind(point: FixedPoint) -> str:
    """How a point is marked: « stable », « instable », or the name of what is neither."""
    if point.kind in ("col", "centre", "col-nœud"):
        return point.kind
    return "stable" if point.stable else "instable"
