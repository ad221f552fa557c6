"""A scene -> a matplotlib figure, for what must stand still: reports, static pages, the README.

The only file of `plot` that imports matplotlib; the figure belongs to no window and to no global list.
"""

import re
from functools import singledispatch

from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.ticker import FuncFormatter, MaxNLocator

from course.plot.french import short
from course.plot.scene import Arrows, Image, Line, Mark, Panel, Points, Raster, Scene
from course.plot.style import COLOURS, DASHES, MARKERS, RAMP

_RAMP = LinearSegmentedColormap.from_list("rampe", RAMP)
_GRID, _INK, _MUTED = (COLOURS[name][0] for name in ("grid", "ink", "grey"))


def draw(scene: Scene, width: float = 9.0) -> Figure:
    """The still picture of `scene`, `width` inches wide, in the canvas's colours and dashes.

    >>> from course.plot.scene import Axis, Line
    >>> panel = Panel("V", Axis("t", "ms", (0, 10)), Axis("V", "mV", (-90, 50)), (Line([0, 9], [0, 1]),))
    >>> draw(Scene(((panel,),))).axes[0].get_xlabel()
    't (ms) →'
    """
    figure = Figure(figsize=(width, scene.height / 100), dpi=150, layout="constrained")
    columns = figure.subfigures(1, len(scene.columns), width_ratios=scene.widths, squeeze=False)[0]
    for place, panels, share in zip(columns, scene.columns, scene.widths, strict=True):
        ratios = [panel.height for panel in panels]
        axes = place.subplots(len(panels), 1, height_ratios=ratios, squeeze=False)[:, 0]
        for axis, panel in zip(axes, panels, strict=True):
            _panel(axis, panel, scene, width * share / sum(scene.widths))
    return figure


def _panel(ax, panel: Panel, scene: Scene, inches: float) -> None:
    ax.set(xlim=panel.x.limits, ylim=panel.y.limits, autoscale_on=False)
    for item in panel.items:
        _item(item, ax)
    if panel.follows and scene.cursor is not None:
        ax.axvline(scene.cursor, color=_INK, linewidth=1)
        if panel.x.shown:
            ax.annotate(
                scene.note, (scene.cursor, 0), (0, -9), xycoords=("data", "axes fraction"),
                textcoords="offset points", fontsize=8, ha="center", va="center", color="white",
                bbox={"boxstyle": "round,pad=0.3", "color": _INK},
            )  # fmt: skip
    _axes(ax, panel)
    _heading(ax, panel, inches)


def _axes(ax, panel: Panel) -> None:
    ax.grid(color=_GRID, linewidth=0.8)
    ax.set_axisbelow(True)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.spines["bottom"].set_color(_MUTED)
    ax.tick_params(colors=_MUTED, labelsize=8, length=0, labelbottom=panel.x.shown)
    for axis, spec in ((ax.xaxis, panel.x), (ax.yaxis, panel.y)):
        axis.set_major_formatter(FuncFormatter(lambda value, _: short(value)))
        axis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
        if spec.ticks is not None:
            axis.set_ticks(spec.ticks)
    if panel.x.shown:
        ax.set_xlabel(_rich(f"{panel.x.title} →" if panel.x.title else ""), fontsize=8, color=_MUTED, loc="right")


def _heading(ax, panel: Panel, inches: float) -> None:
    """Title, ordinate, legend: on one line, or the legend on its own when they do not fit."""
    labels = [item.label for item in panel.items if getattr(item, "label", "")]
    letters = 1.2 * len(panel.title) + len(panel.y.title) + sum(len(label) + 7 for label in labels)
    below = bool(labels) and letters > 13 * inches
    style = {"weight": "bold", "color": _INK} if panel.title else {"color": _MUTED}
    title = ax.set_title(
        _rich(panel.title or panel.y.title), fontsize=9, loc="left", pad=20 if below else 6, **style
    )
    if panel.title:
        ax.annotate(
            _rich(panel.y.title), (1, 0), (6, 2.5), xycoords=title, textcoords="offset points",
            fontsize=8, color=_MUTED, annotation_clip=False,
        )  # fmt: skip
    if labels:
        ax.legend(
            loc="lower left" if below else "lower right", bbox_to_anchor=(0 if below else 1, 1.0),
            ncols=6, fontsize=8, frameon=False, borderaxespad=0.1, handlelength=2.4,
            columnspacing=1.2,
        )  # fmt: skip


@singledispatch
def _item(item, ax) -> None:
    raise TypeError(f"un élément de scène est attendu, reçu {type(item).__name__}")


@_item.register
def _(item: Line, ax) -> None:
    colour = COLOURS[item.colour][0]
    dash = (0, tuple(n / item.width for n in DASHES[item.dash])) if DASHES[item.dash] else "solid"
    ax.plot(
        item.x, item.y, color=colour, linewidth=item.width * 0.72, linestyle=dash,
        label=_rich(item.label) or "_",
    )  # fmt: skip
    if item.under is not None:
        ax.fill_between(item.x, item.y, item.under, color=colour, alpha=0.12, linewidth=0)


@_item.register
def _(item: Points, ax) -> None:
    colour = COLOURS[item.colour][0]
    ax.plot(
        item.x, item.y, MARKERS[item.marker], color=colour, markersize=item.size * 0.72,
        markerfacecolor=colour if item.filled else "white", label=_rich(item.label) or "_",
    )  # fmt: skip


@_item.register
def _(item: Arrows, ax) -> None:
    for x, y, dx, dy in zip(item.x, item.y, item.dx, item.dy, strict=True):
        style = {"arrowstyle": "-|>", "color": COLOURS[item.colour][0], "linewidth": item.width}
        ax.annotate("", (x + dx, y + dy), (x, y), arrowprops=style | {"shrinkA": 0, "shrinkB": 0})


@_item.register
def _(item: Image, ax) -> None:
    low, high = item.limits
    ax.imshow(
        item.values, extent=(*item.x, *item.y), origin="lower", aspect="auto", cmap=_RAMP,
        vmin=low, vmax=high, interpolation="nearest",
    )  # fmt: skip


@_item.register
def _(item: Raster, ax) -> None:
    colour = COLOURS[item.colour][0]
    ax.vlines(item.x, item.y - 0.4, item.y + 0.4, color=colour, linewidth=0.9, label=_rich(item.label) or "_")


@_item.register
def _(item: Mark, ax) -> None:
    colour = COLOURS[item.colour][0]
    gaps = DASHES[item.dash]
    style = {"color": colour, "linewidth": 1, "linestyle": (0, gaps) if gaps else "solid"}
    if item.y is None:
        ax.axvline(item.x, **style)
    elif item.x is None:
        ax.axhline(item.y, **style)
    if item.text:
        x = ax.get_xlim()[1] if item.x is None else item.x
        y = 0.97 if item.y is None else item.y
        side = "right" if item.x is None else "left"
        where = ax.get_xaxis_transform() if item.y is None else ax.transData
        top = "top" if item.y is None else "bottom"
        text = ax.text(x, y, _rich(item.text), transform=where, fontsize=8, color=colour, ha=side, va=top)
        if None not in (item.x, item.y):
            text.set_path_effects([withStroke(linewidth=3, foreground="white")])


def _rich(text: str) -> str:
    """« I_{Na} » with its subscript in matplotlib's notation."""
    return re.sub(r"(\S)_\{(.*?)\}", r"\1$_{\\mathrm{\2}}$", text)
