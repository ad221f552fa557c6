"""A scene: what is drawn, as plain data that a canvas, matplotlib and a test all read.

A scene is columns of stacked panels; a panel is two axes and the items drawn between them. Coordinates
are data coordinates, colours, dashes and markers are names of `course.plot.style`, and « I_{Na} » in any
text is I with a subscript.

    >>> from course.plot.scene import Axis, Line, Panel, Scene
    >>> t = np.linspace(0, 10, 200)
    >>> wave = Panel("onde", Axis("t", "ms", (0, 10)), Axis("x", "", (-1, 1)), (Line(t, np.sin(t)),))
    >>> Scene(((wave,),)).panel("onde").items[0].y.max().round(2)
    np.float64(1.0)
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from course._check import one_of, refuse
from course.plot.style import COLOURS, DASHES, MARKERS


def _same_length(item: object, *names: str) -> None:
    """Turns the named fields of a frozen `item` into arrays and refuses unequal lengths."""
    arrays = {name: np.atleast_1d(np.asarray(getattr(item, name))) for name in names}
    kind = type(item).__name__
    first = len(arrays[names[0]])
    for name, array in arrays.items():
        if array.ndim != 1 or len(array) != first:
            raise refuse(f"{kind}.{name}", f"{first} valeurs, comme {names[0]}", array.shape)
        object.__setattr__(item, name, array)
    one_of(f"{kind}.colour", item.colour, COLOURS)


@dataclass(frozen=True)
class Axis:
    """A labelled axis; `shown=False` keeps the grid and drops the numbers (stacked panels share them)."""

    label: str
    unit: str = ""
    limits: tuple[float, float] = (0.0, 1.0)
    ticks: tuple[float, ...] | None = None
    shown: bool = True

    def __post_init__(self):
        low, high = self.limits
        if not low < high:
            raise refuse("Axis.limits", "deux bornes croissantes", self.limits)

    @property
    def title(self) -> str:
        """« V (mV) »."""
        return f"{self.label} ({self.unit})" if self.unit else self.label


@dataclass(frozen=True, eq=False)
class Line:
    """A curve; `under` fills lightly the area between it and that ordinate."""

    x: np.ndarray
    y: np.ndarray
    label: str = ""
    colour: str = "ink"
    dash: str = "solid"
    width: float = 1.8
    under: float | None = None

    def __post_init__(self):
        _same_length(self, "x", "y")
        one_of("Line.dash", self.dash, DASHES)


@dataclass(frozen=True, eq=False)
class Points:
    """Markers, full or hollow; `size` is their diameter in pixels."""

    x: np.ndarray
    y: np.ndarray
    label: str = ""
    colour: str = "ink"
    marker: str = "circle"
    size: float = 8
    filled: bool = True

    def __post_init__(self):
        _same_length(self, "x", "y")
        one_of("Points.marker", self.marker, MARKERS)


@dataclass(frozen=True, eq=False)
class Arrows:
    """From (x, y) to (x + dx, y + dy)."""

    x: np.ndarray
    y: np.ndarray
    dx: np.ndarray
    dy: np.ndarray
    label: str = ""
    colour: str = "ink"
    width: float = 1.4

    def __post_init__(self):
        _same_length(self, "x", "y", "dx", "dy")


@dataclass(frozen=True, eq=False)
class Image:
    """`values[row, column]` over a rectangle, the first row at the bottom, colours from low to high."""

    values: np.ndarray
    x: tuple[float, float]
    y: tuple[float, float]
    limits: tuple[float, float]

    def __post_init__(self):
        if np.ndim(self.values) != 2:
            raise refuse("Image.values", "un tableau à deux dimensions", np.shape(self.values))

    @property
    def shape(self) -> tuple[int, int]:
        return np.shape(self.values)


@dataclass(frozen=True, eq=False)
class Raster:
    """One small bar per spike: at time x, on row y."""

    x: np.ndarray
    y: np.ndarray
    label: str = ""
    colour: str = "ink"

    def __post_init__(self):
        _same_length(self, "x", "y")


@dataclass(frozen=True)
class Mark:
    """A vertical line (x alone), a horizontal one (y alone), or a text at (x, y)."""

    x: float | None = None
    y: float | None = None
    text: str = ""
    colour: str = "grey"
    dash: str = "dot"

    def __post_init__(self):
        if self.x is None and self.y is None:
            raise refuse("Mark.x", "une abscisse, une ordonnée, ou les deux", None)


Item = Line | Points | Arrows | Image | Raster | Mark


@dataclass(frozen=True, eq=False)
class Panel:
    """Two axes and what stands between them; `follows=True` shows the scene's cursor, `pen` a drawing pen."""

    name: str
    x: Axis
    y: Axis
    items: tuple[Item, ...] = ()
    title: str = ""
    height: float = 1.0
    follows: bool = False
    pen: bool = False


@dataclass(frozen=True, eq=False)
class Scene:
    """Columns of stacked panels, `widths` their shares of the width; `cursor` is an abscissa, `note` its label."""

    columns: tuple[tuple[Panel, ...], ...]
    widths: tuple[float, ...] = (1.0,)
    height: int = 480
    cursor: float | None = None
    note: str = ""

    def __post_init__(self):
        if len(self.widths) != len(self.columns):
            raise refuse("Scene.widths", f"{len(self.columns)} largeurs", self.widths)
        names = [panel.name for panel in self.panels()]
        if len(set(names)) < len(names):
            raise refuse("Scene.columns", "des noms de panneaux distincts", names)

    def panels(self) -> Iterator[Panel]:
        """Every panel, column after column."""
        for column in self.columns:
            yield from column

    def panel(self, name: str) -> Panel:
        """The panel of that name."""
        found = {panel.name: panel for panel in self.panels()}
        return found[one_of("Scene.panel", name, found)]
