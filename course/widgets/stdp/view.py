"""What is seen of a synapse that learns: its spikes and their pairs, the traces, the weight, the window."""

import numpy as np

from course.plot.french import quantity, short
from course.plot.scene import Axis, Line, Mark, Panel, Points, Raster, Scene
from course.widgets.stdp.acts import LANES
from course.widgets.stdp.compute import FREQUENCIES, TIMES, N, T, final
from course.widgets.stdp.letters import lettered
from course.widgets.stdp.own import GRID

SIDE = 85.0  # ms of the window that are seen
FEET = {"pre": 1.58, "post": 0.42}  # where the bars of a lane end, and a pair is joined: their rows are 2 and 0
TRACES = {
    "r1": ("r_{1} (pré)", "blue", "solid"), "o1": ("o_{1} (post)", "vermillion", "dash"),
    "r2": ("r_{2} (pré, lente)", "sky", "dot"), "o2": ("o_{2} (post, lente)", "vermillion", "dashdot"),
}  # fmt: skip
UP, DOWN = {"colour": "green", "marker": "circle"}, {"colour": "purple", "marker": "diamond"}
MINE = "orange"
# Sjöström, Turrigiano & Nelson, Neuron 32 (2001), as in Pfister & Gerstner's table 1: Hz, then % for Δt = ±10 ms
MEASURED = (0.1, 10.0, 20.0, 40.0, 50.0), {10.0: (-4, 14, 29, 53, 56), -10.0: (-29, -41, -34, 56, 75)}


def scene(arrays: dict) -> Scene:
    """What happens in time on the left; on the right the window, and the protocol at every frequency."""
    t, free = arrays["values"]["t"], arrays["by_frequency"] is None
    left = spikes(arrays), traces(arrays), weight(arrays)
    right = (window(arrays),) if free else (window(arrays), frequencies(arrays))
    return Scene((left, right), (1.3, 1), height=500, cursor=t, note=f"t = {quantity(t, 'ms', 0)}")


def time(shown: bool) -> Axis:
    return Axis("temps t", "ms", (0.0, T), shown=shown)


def spikes(arrays: dict) -> Panel:
    """Two lanes, the pairs that count between them; the letters of those of the chosen spike."""
    values, run, pairs = arrays["values"], arrays["run"], arrays["pairs"]
    free = arrays["by_frequency"] is None
    before, after = run.times[~run.post], run.times[run.post]
    items = joins(before[pairs.pre], after[pairs.post], pairs.delta_t, near(arrays))
    for letter in lettered(arrays):
        there, here = letter.other, letter.chosen
        colour = UP["colour"] if letter.delta_t >= 0 else DOWN["colour"]
        ends = tuple(FEET[lane] for lane in (LANES if letter.lane == "pre" else LANES[::-1]))
        items.append(Line([here, there], ends, "", colour, "solid" if letter.delta_t >= 0 else "dash", 2.4))
        x, y = here + 0.75 * (there - here), ends[0] + 0.75 * (ends[1] - ends[0])
        items.append(Mark(x - 2.0, y - 0.22, letter.name, colour))
    for times, row, name, colour in ((before, 2, "pré", "blue"), (after, 0, "post", "vermillion")):
        seen = times[times <= T]
        items.append(Raster(seen, np.full(len(seen), row), name, colour))
    if free and values["chosen"]:
        lane, at = values["chosen"]
        items.append(Points(at, 2.6 if lane == "pre" else -0.6, "", "ink", "diamond", 8))
    title = "Impulsions\u00a0: cliquez, glissez" if free else f"Les {quantity(T, 'ms', 0)} du début"
    lanes = Axis("", "", (-0.8, 2.8), ())
    return Panel("spikes", time(False), lanes, tuple(items), title, 1.0, follows=not free, pen=free)


def near(arrays: dict) -> np.ndarray:
    """The pairs that are joined: all, or in the protocol those of neighbours, in what is seen."""
    pairs, run = arrays["pairs"], arrays["run"]
    if arrays["by_frequency"] is None:
        return np.ones(len(pairs.pre), bool)
    close = np.abs(pairs.pre - pairs.post) <= 1
    return close & (run.times[~run.post][pairs.pre] <= T) & (run.times[run.post][pairs.post] <= T)


def joins(before: np.ndarray, after: np.ndarray, delta_t: np.ndarray, kept: np.ndarray) -> list:
    """One broken line for the pairs that potentiate, one for those that depress."""
    made = []
    for chosen, look, dash in ((kept & (delta_t >= 0), UP, "solid"), (kept & (delta_t < 0), DOWN, "dash")):
        n = int(chosen.sum())
        x = np.stack([before[chosen], after[chosen], after[chosen]], axis=1).ravel()
        y = np.tile([FEET["pre"], FEET["post"], np.nan], n)
        made += [Line(x, y, "", look["colour"], dash, 1.0)] if n else []
    return made


def traces(arrays: dict) -> Panel:
    """Those that the rule uses."""
    used = ("r1", "o1", "r2", "o2") if arrays["values"]["rule"] == "triplet" else ("r1", "o1")
    found = {name: arrays["traces"][name] for name in used}
    top = 1.1 * max(1.0, *(float(y.max()) for y in found.values()))
    items = [Line(TIMES, y, *TRACES[name], 1.8) for name, y in found.items()]
    return Panel("traces", time(False), Axis("", "", (0.0, top)), tuple(items), "Traces", 1.0, follows=True)


def steps(times: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A staircase from 0 to T."""
    kept = times <= T
    x, y = np.repeat(times[kept], 2), np.repeat(weights[: kept.sum() + 1], 2)
    return np.concatenate([[0.0], x, [T]]), y


def weight(arrays: dict) -> Panel:
    """The weight in time, and the student's; the axis follows them."""
    run, t = arrays["run"], arrays["values"]["t"]
    items = [Line(*steps(run.times, run.weights), "référence" if "own" in arrays else "", "ink", "solid", 2.2)]
    if "own" in arrays:
        items.append(Line(*steps(run.times, arrays["own_weights"]), "la vôtre", MINE, "dash", 2.2))
    items.append(Points(t, run.weight(t), "", "ink"))
    seen = np.concatenate([item.y for item in items])
    low, high = float(np.nanmin(seen)), float(np.nanmax(seen))
    pad = max(0.15 * (high - low), 0.002 * max(1.0, abs(high)))
    return Panel("weight", time(True), Axis("w", "", (low - pad, high + pad)), tuple(items), "Poids", 1.0, follows=True)


def window(arrays: dict) -> Panel:
    """What one pair alone does, and a point for each pair that counts."""
    each, pairs, base = arrays["each"], arrays["pairs"], arrays["window"]
    items = [Mark(x=0.0), Mark(y=0.0)]
    named = "une paire seule"
    curves = [(base, named, "ink", "solid")]
    if "own" in arrays:
        curves.append((arrays["own_window"], "la vôtre", MINE, "dash"))
    for y, label, colour, dash in curves:
        for half, text in ((GRID < 0, ""), (GRID >= 0, label)):
            items.append(Line(GRID[half], y[half], text, colour, dash, 2.0))
    seen = shown_pairs(arrays)
    for sign, look in ((seen & (pairs.delta_t >= 0), UP), (seen & (pairs.delta_t < 0), DOWN)):
        if sign.any():
            items.append(Points(pairs.delta_t[sign], each[sign], "", **look, size=7))
    values = [base, each[seen], *([arrays["own_window"]] if "own" in arrays else [])]
    top = 1.18 * (float(np.nanmax(np.abs(np.concatenate(values)))) or 1.0)
    for x, y, names in clusters(arrays, top):
        items.append(Mark(x, y, names, "ink"))
    across = Axis("Δt = t_{post} − t_{pré}", "ms", (-SIDE, SIDE), (-80.0, -40.0, 0.0, 40.0, 80.0))
    return Panel("window", across, Axis("Δw", "", (-top, top)), tuple(items), "Ce que fait chaque paire", 1.0)


def shown_pairs(arrays: dict) -> np.ndarray:
    """In the protocol, the pairs of the spikes seen: the window would be black with 3600 points."""
    pairs, run = arrays["pairs"], arrays["run"]
    return (run.times[~run.post][pairs.pre] <= T) & (run.times[run.post][pairs.post] <= T) & (
        np.abs(pairs.delta_t) <= SIDE)


def clusters(arrays: dict, top: float) -> list[tuple[float, float, str]]:
    """The letters beside their points; those of points that touch are written together."""
    found: list[tuple[float, float, str]] = []
    for letter in lettered(arrays):
        if abs(letter.delta_t) > SIDE:
            continue
        x, y = letter.delta_t, letter.change
        k = next((k for k, (a, b, _) in enumerate(found) if abs(a - x) < 9 and abs(b - y) < 0.12 * top), None)
        if k is None:
            found.append((x, y, letter.name))
        else:
            found[k] = (*found[k][:2], f"{found[k][2]}, {letter.name}")
    return [(x + (1.0 if x >= 0 else 0.0), y + 0.02 * top, names) for x, y, names in found]


def frequencies(arrays: dict) -> Panel:
    """The change after the whole protocol, for Δt and its opposite; what was measured, where it was."""
    values, found = arrays["values"], arrays["by_frequency"]
    f, delta = values["f"], values["delta"]
    items, seen = [Mark(y=0.0)], [0.0]
    for at, y in found.items():
        look, dash = (UP, "solid") if at >= 0 else (DOWN, "dash")
        items.append(Line(FREQUENCIES, y, f"Δt = {sign(at)}\u00a0ms", look["colour"], dash, 2.0))
        seen += [*y]
        if measured(values) and at in MEASURED[1]:
            items.append(Points(MEASURED[0], MEASURED[1][at], "", **look, size=8, filled=False))
            seen += MEASURED[1][at]
    here = final(arrays["rule"], f, delta, arrays["w0"])
    items.append(Points(f, here, "", "ink", "circle", 9))
    seen.append(here)
    if "own" in arrays and np.isfinite(arrays["own_weights"][-1]):
        mine = 100 * (arrays["own_weights"][-1] - arrays["w0"]) / (arrays["w0"] or 1.0)
        items.append(Points(f, mine, "la vôtre", MINE, "square", 8))
        seen.append(mine)
    low, high = min(seen), max(seen)
    pad = max(1.0, 0.1 * (high - low))
    title = f"Après {N} paires" + (" (creux\u00a0: mesures)" if measured(values) else "")
    across, up = Axis("fréquence f", "Hz", (0.0, 60.0)), Axis("Δw", "%", (low - pad, high + pad))
    return Panel("frequency", across, up, tuple(items), title, 0.9)


def measured(values: dict) -> bool:
    return values["rule"] == "triplet" and values["tissue"] == "visual_cortex" and abs(values["delta"]) == 10


def sign(x: float) -> str:
    return ("+" if x > 0 else "") + short(x)
