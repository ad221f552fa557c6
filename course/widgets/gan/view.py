"""What is seen: the two losses, whom the judge believes, the drawings, what they are."""

import numpy as np

from course.plot.scene import Axis, Image, Item, Line, Mark, Panel, Points, Scene
from course.widgets.gan.lessons import BINS, Moment
from course.widgets.gan.subject import SIDE, Subject

ACROSS = 4  # drawings in a row
SMOOTH = 10  # batches of a running mean


def scene(arrays: dict) -> Scene:
    """Three columns; the cursor goes back to an earlier moment."""
    at = arrays["moment"].batch if arrays["moment"] else 0
    columns = (losses(arrays), belief(arrays)), (drawings(arrays),), (opinion(arrays), shares(arrays))
    return Scene(columns, (1.05, 1.2, 0.95), height=455, cursor=float(at), note=f"lot {at}")


def across(arrays: dict, shown: bool) -> Axis:
    """Whole epochs: twice as many when the curve reaches the end."""
    s: Subject = arrays["subject"]
    n, end = len(arrays["view"].losses) if arrays["view"] else 0, s.per_epoch
    while end < min(n + 1, s.last):
        end = min(2 * end, s.last)
    return Axis("lots", "", (0.0, float(end)), shown=shown)


def changed(arrays: dict) -> list[Item]:
    """Where the settings of this run were changed."""
    return [Mark(x=float(k)) for k, _ in arrays["view"].settings[1:]] if arrays["view"] else []


def smoothed(y: np.ndarray) -> np.ndarray:
    """The mean over the last batches, ten at most."""
    total, end = np.concatenate([[0.0], np.cumsum(y)]), np.arange(1, len(y) + 1)
    begin = np.maximum(0, end - SMOOTH)
    return (total[end] - total[begin]) / (end - begin)


def losses(arrays: dict) -> Panel:
    items, top = changed(arrays), 3.0
    if arrays["view"] is not None and len(arrays["view"].losses):
        generator, judge = (smoothed(y) for y in arrays["view"].losses.T)
        at = np.arange(1, len(generator) + 1)
        items += [Line(at, generator, "générateur", "vermillion"), Line(at, judge, "juge", "blue", "dash")]
        top = max(top, min(12.0, float(max(generator.max(), judge.max()))))
    items.append(Mark(y=2 * np.log(2), text=""))  # a judge that tosses a coin
    return Panel("losses", across(arrays, False), Axis("perte", "", (0.0, float(np.ceil(top)))), tuple(items),
                 "Pertes", follows=True)  # fmt: skip


def belief(arrays: dict) -> Panel:
    items = [*changed(arrays), Mark(y=50.0)]
    if arrays["view"] is not None:
        at, trust, doubt = np.array([(m.batch, m.trust, m.doubt) for m in arrays["view"].moments]).T
        items += [Line(at, 100 * trust, "", "green"), Points(at, 100 * trust, "chiffres jamais vus", "green", size=6),
                  Line(at, 100 * doubt, "", "vermillion", "dash"),
                  Points(at, 100 * doubt, "dessins", "vermillion", "diamond", 6)]  # fmt: skip
    return Panel("belief", across(arrays, True), Axis("% de «\u00a0vrai\u00a0»", "", (0.0, 100.0)), tuple(items),
                 "Le juge croit", follows=True)  # fmt: skip


def drawings(arrays: dict) -> Panel:
    """The same codes at each moment."""
    m: Moment | None = arrays["moment"]
    title, items, rows = "Dessins", (), 7
    if m is not None:
        page = m.drawn.reshape(-1, ACROSS, SIDE, SIDE).transpose(0, 2, 1, 3).reshape(-1, ACROSS * SIDE)
        rows = len(page) // SIDE
        items = (Image(page[::-1], (0.0, float(ACROSS)), (0.0, float(rows)), (0.0, 1.0)),)
        title = f"Dessins au lot {m.batch}, mêmes codes"
    axes = (Axis("", "", (0.0, float(n)), (), shown=False) for n in (ACROSS, rows))
    return Panel("drawings", *axes, items, title)


def stairs(edges: np.ndarray, heights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The outline of a histogram."""
    return edges.repeat(2), np.concatenate([[0.0], heights.repeat(2), [0.0]])


def opinion(arrays: dict) -> Panel:
    m, items = arrays["moment"], []
    if m is not None:
        items = [Line(*stairs(BINS, 100 * m.real), "chiffres jamais vus", "green", "solid", 2.0),
                 Line(*stairs(BINS, 100 * m.fake), "dessins", "vermillion", "dash", 2.0, 0.0)]  # fmt: skip
    return Panel("opinion", Axis("P(vrai) selon le juge", "", (0.0, 1.0)), Axis("% des images", "", (0.0, 100.0)),
                 tuple(items), "L'avis du juge")  # fmt: skip


def shares(arrays: dict) -> Panel:
    m, items, title, top = arrays["moment"], [Mark(y=2.0, dash="dash")], "Chiffres lus", 40.0
    if m is not None:
        items.insert(0, Line(*stairs(np.arange(11) - 0.5, 100 * m.shares), "", "blue", "solid", 2.0, 0.0))
        title = f"Chiffres lus\u00a0: {m.covered} sur 10"
        top = 100.0 if m.shares.max() > 0.4 else top
    return Panel("shares", Axis("chiffre", "", (-0.5, 9.5), tuple(map(float, range(10)))),
                 Axis("%", "", (0.0, top)), tuple(items), title)  # fmt: skip
