"""What is seen: error and free energies; the filters; the image, what the machine makes of it, and its chain."""

import numpy as np

from course.plot.french import decimal
from course.plot.scene import Axis, Image, Item, Line, Mark, Panel, Points, Scene
from course.widgets.rbm.chain import STEPS
from course.widgets.rbm.places import HIGH, WIDE, across, corner, down, page
from course.widgets.rbm.subject import COLUMNS, ROWS, Subject

SMOOTH = 20  # batches of a running mean
SHOWN = 6  # steps of the strip
SECOND = COLUMNS + 4  # where the second image of the pair begins


def scene(arrays: dict) -> Scene:
    """Three columns; the cursor is the step of the chain."""
    t = round(arrays["values"]["t"])
    columns = (error(arrays), energies(arrays), chain_energy(arrays)), (filters(arrays),), (pair(arrays), strip(arrays))
    return Scene(columns, (0.95, 1.15, 1.0), height=500, cursor=float(t), note=f"pas {t}")


def batches(arrays: dict, shown: bool) -> Axis:
    """Whole epochs: twice as many when the curve reaches the end."""
    s: Subject = arrays["subject"]
    n, end = len(arrays["view"].errors) if arrays["view"] else 0, 5 * s.per_epoch
    while end < min(n + 1, s.last):
        end = min(2 * end, s.last)
    return Axis("lots", "", (0.0, float(end)), shown=shown)


def changed(arrays: dict) -> list[Item]:
    """Where the settings of this run were changed."""
    return [Mark(x=float(k)) for k, _ in arrays["view"].settings[1:]] if arrays["view"] else []


def smoothed(y: np.ndarray) -> np.ndarray:
    """The mean over the last batches, twenty at most."""
    total, end = np.concatenate([[0.0], np.cumsum(y)]), np.arange(1, len(y) + 1)
    begin = np.maximum(0, end - SMOOTH)
    return (total[end] - total[begin]) / (end - begin)


def error(arrays: dict) -> Panel:
    items, top = changed(arrays), 0.3
    if arrays["view"] is not None and len(arrays["view"].errors):
        y = smoothed(arrays["view"].errors)
        items.append(Line(np.arange(1, len(y) + 1), y, "", "vermillion"))
        top = max(top, float(y.max()) * 1.05)
    return Panel("error", batches(arrays, False), Axis("par pixel", "", (0.0, top)), tuple(items), "Erreur, au carré")


def around(*values: np.ndarray) -> tuple[float, float]:
    """Limits that leave some air."""
    low, high = min(float(v.min()) for v in values), max(float(v.max()) for v in values)
    air = 0.08 * max(high - low, 1.0)
    return low - air, high + air


def energies(arrays: dict) -> Panel:
    items, limits = changed(arrays), (-1.0, 1.0)
    if arrays["view"] is not None:
        at, learnt, unseen = arrays["view"].energies.T
        items += [Line(at, learnt, "apprises", "blue"), Line(at, unseen, "jamais vues", "green", "dash")]
        limits = around(learnt, unseen)
    return Panel("energies", batches(arrays, True), Axis("nats", "", limits), tuple(items), "Énergie libre")


def chain_energy(arrays: dict) -> Panel:
    """That of each image of the chain, under the cursor."""
    items, limits, t = [], (-1.0, 1.0), round(arrays["values"]["t"])
    if arrays["walk"] is not None:
        F = arrays["walk"].energies
        items = [Line(np.arange(len(F)), F, "", "purple", "solid", 1.8), Points([t], F[[t]], "", "purple", "circle", 8)]
        limits = around(F)
    return Panel("chain_energy", Axis("pas de Gibbs", "", (0.0, float(STEPS))), Axis("nats", "", limits), tuple(items),
                 "F le long de la chaîne", follows=True)  # fmt: skip


def filters(arrays: dict) -> Panel:
    """One signed scale for all; a dot where the unit is on at this step, a cross where it is silent."""
    values, view, items, title = arrays["values"], arrays["view"], [], "Filtres"
    hidden = round(values["hidden"])
    ends = (0.0, float(WIDE * across(hidden))), (0.0, float(HIGH * down(hidden)))
    if view is not None:
        W = view.rbm.W
        far = float(abs(W).max())
        items.append(Image(page(W), *ends, (-far, far)))
        title = f"Filtres, de −{decimal(far, 2)} à {decimal(far, 2)}"
        on = np.flatnonzero(arrays["walk"].h[round(values["t"])])
        x, y = corner(hidden, on)
        items.append(Points(x + 3.0, y + 3.0, "allumée", "orange", "circle", 6))
        x, y = corner(hidden, np.array(values["silent"], int))
        items.append(Points(x + WIDE / 2, y + HIGH / 2, "muette", "vermillion", "cross", 16))
        x, y = corner(hidden, round(values["unit"]) - 1)
        items.append(Line(*box(x, y, WIDE, HIGH), "", "vermillion", "solid", 2.0))
    axes = (Axis("", "", end, (), shown=False) for end in ends)
    return Panel("filters", *axes, tuple(items), title, pen=True)


def box(x: float, y: float, wide: float, high: float) -> tuple[np.ndarray, np.ndarray]:
    """The outline of a rectangle."""
    return x + wide * np.array([0.0, 1, 1, 0, 0]), y + high * np.array([0.0, 0, 1, 1, 0])


def drawn(pixels: np.ndarray) -> np.ndarray:
    """The first row at the bottom."""
    return pixels.reshape(ROWS, COLUMNS)[::-1]


def pair(arrays: dict) -> Panel:
    """The image, erased pixels blank, and P(v = 1 | h) at the step of the cursor."""
    values, walk, t = arrays["values"], arrays["walk"], round(arrays["values"]["t"])
    gone = np.array(values["erased"], int)
    first = arrays["start"].copy()
    first[gone] = np.nan
    end, high = float(SECOND + COLUMNS), (0.0, float(ROWS))
    items: list[Item] = [Image(drawn(first), (0.0, float(COLUMNS)), high, (0.0, 1.0)),
                         Line(*box(0.0, 0.0, COLUMNS, ROWS), "", "grey", "solid", 1.0)]  # fmt: skip
    if walk is not None:
        items.append(Image(drawn(walk.p[t]), (float(SECOND), end), high, (0.0, 1.0)))
        items.append(Line(*box(float(SECOND), 0.0, COLUMNS, ROWS), "", "grey", "solid", 1.0))
    items.append(Mark(COLUMNS + 0.7, ROWS / 2, "→", "ink"))
    if values["rubber"]:
        look = "circle" if values["down"] else "plus"
        items.append(Points(values["px"], values["py"], "", "vermillion", look, 12, filled=values["down"]))
    axes = Axis("", "", (0.0, end), (), shown=False), Axis("", "", high, ())
    return Panel("pair", *axes, tuple(items), f"À gommer → la machine au pas {t}", 1.25, pen=True)


def strip(arrays: dict) -> Panel:
    """The last steps: v above, h below it, the step of the cursor framed."""
    walk, t = arrays["walk"], round(arrays["values"]["t"])
    first = min(max(0, t - SHOWN + 2), STEPS - SHOWN + 1)
    wide, items = COLUMNS + 2, []
    high = (-2.0, 2.0 * ROWS + 2)
    for k in range(SHOWN) if walk is not None else ():
        left = float(wide * k)
        items.append(Image(drawn(walk.v[first + k]), (left + 1, left + 1 + COLUMNS), (ROWS + 2.0, 2.0 * ROWS + 2),
                           (0.0, 1.0)))  # fmt: skip
        items.append(Image(units(walk.h[first + k]), (left + 1, left + 1 + COLUMNS), (0.0, ROWS - 1.0), (0.0, 1.0)))
    if walk is not None:
        frame = box(wide * (t - first) + 0.3, -1.0, wide - 0.6, 2 * ROWS + 3.4)
        items.append(Line(*frame, "", "vermillion", "solid", 2.0))
    axes = Axis("", "", (0.0, float(wide * SHOWN)), (), shown=False), Axis("", "", high, ())
    title = f"La chaîne, pas {first} à {first + SHOWN - 1}\u00a0: v, puis h"
    return Panel("strip", *axes, tuple(items), title)


def units(h: np.ndarray) -> np.ndarray:
    """The hidden units in the order of the filters, the first row at the bottom; NaN where there is none."""
    n = across(len(h))
    made = np.full(n * down(len(h)), np.nan, np.float32)
    made[: len(h)] = h
    return made.reshape(-1, n)[::-1]
