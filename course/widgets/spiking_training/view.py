"""What is seen: the loss and the accuracy, the digit and the confusion, spikes layer after layer and membranes."""

import numpy as np

from course.plot.french import short
from course.plot.scene import Axis, Image, Item, Line, Mark, Panel, Points, Scene
from course.widgets.spiking_training.drawing import inked, segments
from course.widgets.spiking_training.school import Curves
from course.widgets.spiking_training.subject import SIDE, Subject

SMOOTH = 10  # batches of a running mean
T = 100.0


def scene(arrays: dict) -> Scene:
    """Three columns."""
    values = arrays["values"]
    columns = (loss(arrays), accuracy(arrays)), (digit(arrays), confused(arrays)), tuple(layers(arrays))
    note = f"{short(round(values['t']))}\u00a0ms"
    return Scene(columns, (1.15, 0.85, 1.3), height=455, cursor=float(values["t"]), note=note)


def smoothed(y: np.ndarray) -> np.ndarray:
    """The mean over the last batches, ten at most."""
    total = np.concatenate([[0.0], np.cumsum(y)])
    end = np.arange(1, len(y) + 1)
    begin = np.maximum(0, end - SMOOTH)
    return (total[end] - total[begin]) / (end - begin)


def runs(arrays: dict) -> list[tuple[Curves, bool]]:
    """(curves, whether it is the run before), the palest first."""
    view = arrays["view"]
    if view is None:
        return []
    return [*([(view.before, True)] if view.before else []), (view.curves, False)]


def across(arrays: dict, shown: bool) -> Axis:
    """Whole epochs: twice as many when the curve reaches the end."""
    s: Subject = arrays["subject"]
    longest = max((len(curves.loss) for curves, _ in runs(arrays)), default=0)
    end = s.per_epoch
    while end < min(longest + 1, s.last):
        end = min(2 * end, s.last)
    return Axis("lots", "", (0.0, float(end)), shown=shown)


def changed(arrays: dict) -> list[Mark]:
    """Where the settings of this run were changed."""
    if arrays["view"] is None:
        return []
    return [Mark(x=float(k), colour="grey") for k, _ in arrays["view"].curves.settings[1:]]


def loss(arrays: dict) -> Panel:
    items: list[Item] = changed(arrays)
    for curves, before in runs(arrays):
        at = np.arange(1, len(curves.loss) + 1)
        if before:
            items.append(Line(at, smoothed(curves.loss), "essai d'avant", "field", "solid", 3.0))
        else:
            items.append(Line(at, smoothed(curves.loss), "essai", "vermillion", "solid", 2.0))
    top = max([2.5, *(min(10.0, curves.loss.max()) for curves, _ in runs(arrays) if len(curves.loss))])
    up = Axis("entropie croisée", "", (0.0, float(np.ceil(top))))
    return Panel("loss", across(arrays, False), up, tuple(items), "Perte")


def accuracy(arrays: dict) -> Panel:
    items: list[Item] = changed(arrays)
    for curves, before in runs(arrays):
        at, right = np.arange(1, len(curves.accuracy) + 1), 100 * smoothed(curves.accuracy)
        x, y = curves.valid.reshape(-1, 2).T
        if before:
            items.append(Line(x, 100 * y, "", "field", "solid", 3.0))
        else:
            items.append(Line(at, right, "apprentissage", "blue", "dash", 1.6))
            items.append(Line(x, 100 * y, "", "green", "solid", 2.0))
            items.append(Points(x, 100 * y, "validation", "green", "diamond", 6))
    return Panel("accuracy", across(arrays, True), Axis("% juste", "", (0.0, 100.0)), tuple(items), "Exactitude")


def digit(arrays: dict) -> Panel:
    values = arrays["values"]
    own = values["mode"] == "own"
    pixels = inked(segments(values["drawn"])) if own else arrays["picture"].reshape(SIDE, SIDE)
    items: list[Item] = [Image(pixels[::-1], (0.0, SIDE), (0.0, SIDE), (0.0, 1.0))]
    if own:
        look = "circle" if values["down"] else "plus"
        items.append(Points(values["px"], values["py"], "", "vermillion", look, 12, filled=values["down"]))
    title = "Votre chiffre" if own else "Dessinez ici"
    ends = (0.0, float(SIDE))
    return Panel("picture", Axis("", "", ends, (), False), Axis("", "", ends, ()), tuple(items), title, pen=True)


def confused(arrays: dict) -> Panel:
    """A row a true digit, the 9 at the top; a column an answer."""
    ends, ticks = (-0.5, 9.5), (0.0, 2.0, 4.0, 6.0, 8.0)
    items = ()
    if arrays["view"] is not None:
        counts = arrays["view"].confusion
        items = (Image(counts / np.maximum(1, counts.sum(1, keepdims=True)), ends, ends, (0.0, 1.0)),)
    axes = Axis("réponse", "", ends, ticks), Axis("vrai", "", ends, ticks)
    return Panel("confusion", *axes, items, "Confusion")


def layers(arrays: dict) -> list[Panel]:
    """A raster a layer, then the membranes of the readout."""
    s, view = arrays["subject"], arrays["view"]
    time, panels = Axis("t", "ms", (0.0, T), shown=False), []
    for k, n in enumerate(s.sizes[:-1]):
        items = () if view is None else (Points(*view.seen.spikes[k], "", "blue" if k else "ink", "circle", 4),)
        which = f" {k}" if len(s.hidden) > 1 else ""
        title = f"Impulsions de la couche cachée{which}" if k else "Impulsions des entrées"
        up = Axis("n°", "", (-1.0, float(n)), (0.0, float(n - 1)))
        panels.append(Panel(f"layer {k}", time, up, items, title, 0.8, follows=True))
    return [*panels, membranes(arrays)]


def membranes(arrays: dict) -> Panel:
    """Ten curves; the answer's is thick, the true digit's beside it when it is another one."""
    values, view = arrays["values"], arrays["view"]
    time = Axis("t", "ms", (0.0, T))
    if view is None:
        return Panel("membranes", time, Axis("v", "", (0.0, 1.0)), (), "Lecture", follows=True)
    v = view.seen.membranes
    at, answer = np.arange(len(v)), view.seen.answer
    true = values["digit"] if values["mode"] == "given" else answer
    items: list[Item] = [Line(at, v[:, k], "", "grey", "solid", 1.0) for k in range(10) if k not in (answer, true)]
    if true != answer:
        items.append(Line(at, v[:, true], f"{true}, le vrai", "green", "dash", 2.2))
    colour = "green" if values["mode"] == "given" and true == answer else "vermillion"
    items.append(Line(at, v[:, answer], f"{answer}, la réponse", colour, "solid", 2.4))
    low, high = float(v.min()), float(v.max())
    edge = 0.08 * max(high - low, 0.1)
    return Panel("membranes", time, Axis("v", "", (low - edge, high + edge)), tuple(items), "Lecture", 1.5,
                 follows=True)  # fmt: skip
