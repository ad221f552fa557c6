"""What is seen of a ring: space against time, the error, the bump now, the trials, and where the coupling stands."""

import numpy as np

from course.plot.french import quantity
from course.plot.scene import Axis, Image, Line, Mark, Panel, Points, Scene
from course.rates import scatter
from course.rates.ring_angles import difference
from course.widgets.bump.compute import DURATION, J0, J1, SETTLED

DEGREES = (0, 90, 180, 270, 360)
LOOKS = (
    {"colour": "orange", "marker": "triangle", "label": "indice"},
    {"colour": "sky", "marker": "diamond", "label": "distracteur"},
)
SHADES = (0.02, 0.52, 0.27)  # of the map: each dark enough for a white name
FAINT = 0.12  # strength of the population vector below which it says nothing


def scene(arrays: dict) -> Scene:
    """Time on the left, the ring and its coupling on the right; the trials below them when they are asked for."""
    cursor = arrays["values"]["t"]
    left = [space_time(arrays), error(arrays)]
    right = [profile(arrays), regime_map(arrays)]
    if arrays["values"]["trials"]:
        left.append(variance(arrays))
        right.append(histogram(arrays))
    note = f"t = {quantity(cursor, 'ms', 0)}"
    height = 760 if arrays["values"]["trials"] else 600
    return Scene((tuple(left), tuple(right)), (1.85, 1), height=height, cursor=cursor, note=note)


def time_axis(arrays: dict, shown: bool) -> Axis:
    return Axis("temps t", "ms", (0.0, float(arrays["run"].t[-1])), shown=shown)


def decoded(arrays: dict) -> np.ndarray:
    """The decoded direction, NaN where it says nothing or goes over the edge."""
    run = arrays["run"]
    jump = np.abs(np.diff(run.angle, prepend=run.angle[0])) > 180
    return np.where(jump | (run.strength < FAINT), np.nan, run.angle)


def space_time(arrays: dict) -> Panel:
    run, step = arrays["run"], arrays["run"].theta[1]
    items = [
        Image(run.r.T, (0.0, float(run.t[-1])), (-step / 2, 360 - step / 2), (0.0, top(arrays))),
        Line(run.t, decoded(arrays), "direction décodée", "vermillion", "solid", 2.2),
    ]
    for cue, look in zip(arrays["cues"], LOOKS, strict=False):
        ends = np.array([cue.start, cue.start + cue.duration])
        items.append(Line(ends, np.full(2, cue.angle), "", look["colour"], "solid", 6))
        items.append(Points(cue.start, cue.angle, size=12, **look))
    at = arrays["at"]
    if run.strength[at] >= FAINT:
        items.append(Points(run.t[at], run.angle[at], colour="vermillion", size=10))
    title = "Espace et temps"
    colours = f"direction (°)\u00a0; de 0 (violet) à {quantity(top(arrays), 'Hz', 0)} (jaune)"
    axis = Axis(colours, "", (0.0, 360.0), DEGREES)
    return Panel(
        "space", time_axis(arrays, False), axis, tuple(items), title, 2.6, follows=True, pen=True
    )


def top(arrays: dict) -> float:
    return float(arrays["ring"].given["r_max"])


def error(arrays: dict) -> Panel:
    """The decoded direction less that of the cue, within what the theory of the wandering expects."""
    run, cues = arrays["run"], arrays["cues"]
    across = time_axis(arrays, not arrays["values"]["trials"])
    cue = cues[0]
    off = difference(run.angle, cue.angle)
    after = (run.t >= cue.start + DURATION) & (run.strength >= FAINT)
    seen = np.where(after, off, np.nan)
    items, theory = [Mark(y=0.0, dash="solid")], arrays["theory"]
    late, reach = run.t > cue.start + DURATION, np.nanmax(np.abs(seen), initial=2.0)
    if theory and theory.growth and late.any():
        t = run.t[late]
        sd = 2 * np.sqrt(theory.growth * (t - cue.start - DURATION) / 1000)
        for y, label in ((sd, f"{theory_name(arrays)}, ± 2 écarts-types"), (-sd, "")):
            items.append(Line(t, y, label, "grey", "dash", 1.4))
        reach = max(reach, sd[-1])
    items.append(Line(run.t, seen, "cet essai", "vermillion", "solid", 2.0))
    for extra, look in zip(cues[1:], LOOKS[1:], strict=False):
        items.append(Mark(x=extra.start, colour=look["colour"], dash="dot"))
    at = arrays["at"]
    if np.isfinite(seen[at]):
        items.append(Points(run.t[at], seen[at], colour="vermillion"))
    reach = nice(float(reach))
    axis = Axis("degrés", "", (-reach, reach), (-reach, 0.0, reach))
    return Panel("error", across, axis, tuple(items), "Erreur de mémoire", 1.0, follows=True)


def theory_name(arrays: dict) -> str:
    """The theory knows of one cue."""
    return "théorie" if len(arrays["cues"]) == 1 else "théorie sans distracteur"


def profile(arrays: dict) -> Panel:
    """The rates at the cursor, and the bump that the equations hold."""
    run, ring, theory = arrays["run"], arrays["ring"], arrays["theory"]
    now = run.r[arrays["at"]]
    items = []
    if theory and theory.bump is not None and not ring.given["lesion"]:
        angle = run.angle[arrays["at"]] if run.strength[arrays["at"]] >= FAINT else 180.0
        turned = np.interp((run.theta - angle + 180) % 360, run.theta, theory.bump, period=360)
        items.append(Line(run.theta, turned, "bosse stationnaire", "grey", "dash", 1.6))
    items.append(Line(run.theta, now, "taux", "blue", "solid", 2.2, under=0.0))
    for cue, look in zip(arrays["cues"], LOOKS, strict=False):
        items.append(Points(cue.angle, 0.0, "", look["colour"], look["marker"], 11))
    high = top(arrays) * 1.04
    if ring.given["lesion"]:
        centre, width = ring.given["lesion"]
        edges = (centre + np.array([-width / 2, width / 2])) % 360
        items += [Mark(x=float(e), colour="ink", dash="dash") for e in edges]
        items.append(Mark(x=float(edges[0]), y=high * 0.9, text="lésion", colour="ink"))
    axis = Axis("Hz", "", (0.0, high))
    across = Axis("direction préférée", "°", (0.0, 360.0), DEGREES)
    return Panel("profile", across, axis, tuple(items), "L'anneau à cet instant", 1.15)


def regime_map(arrays: dict) -> Panel:
    """What the ring does of a cue for each J0 and J1; the ring of the sliders is the cross."""
    values, codes = arrays["values"], arrays["map"]
    items = []
    if codes is not None:
        shades = np.where(codes < 0, np.nan, np.choose(np.clip(codes, 0, 2), SHADES))
        half = [(high - low) / (len(codes) - 1) / 2 for low, high in (J0, J1)]
        across, upwards = (
            (low - h, high + h) for (low, high), h in zip((J0, J1), half, strict=True)
        )
        items.append(Image(shades, across, upwards, (0.0, 1.0)))
        items += names(codes)
    place = Points(values["J0"], values["J1"], "", "vermillion", "plus", 17)
    items += [Points(values["J0"], values["J1"], "", "ink", "plus", 22), place]
    return Panel(
        "map", Axis("J_{0}", "", J0, (-0.8, -0.4, 0.0)), Axis("J_{1}", "", J1), tuple(items),
        "Que fait-il d'un indice\u00a0?", 1.5, pen=True,
    )  # fmt: skip


def names(codes: np.ndarray) -> list[Mark]:
    """The name of each regime, inside it."""
    found = []
    said = ((0, "oubli"), (1, "bosse"), (2, "emballement"))
    for code, text in said:
        rows, columns = np.nonzero(codes == code)
        if len(rows) > 30:
            row = int(np.median(rows))
            here = np.sort(columns[rows == row]) if (rows == row).any() else columns
            half = 0.016 * len(text)  # of a name, on the scale of J0
            middle = J0[0] + (J0[1] - J0[0]) * np.median(here) / (codes.shape[1] - 1)
            x = min(middle - half, J0[1] - 2 * half)
            y = J1[0] + (J1[1] - J1[0]) * row / (codes.shape[0] - 1)
            found.append(Mark(float(x), float(y), text, "ink"))
    return found


def variance(arrays: dict) -> Panel:
    trials, theory = arrays["trials"], arrays["theory"]
    items, high = [], 1.0
    if trials is not None:
        begin = arrays["cues"][0].start + DURATION + SETTLED
        n, t = trials.displacement.shape[1], trials.t + begin
        v = trials.variance
        high = float(v.max())
        if theory and theory.growth:
            line = v[0] + theory.growth * trials.t / 1000
            low, most = scatter(n)
            items.append(Line(t, line, theory_name(arrays), "grey", "dash", 1.8))
            items += [
                Line(t, line * s, "95\u00a0%" if s == low else "", "grey", "dot", 1.3)
                for s in (low, most)
            ]
            high = max(high, float(line[-1] * most))
        items.append(Line(t, v, f"{n} essais", "green", "solid", 2.2))
    axis = Axis("degrés²", "", (0.0, nice(high)))
    title = "Variance de l'angle retenu"
    return Panel("variance", time_axis(arrays, True), axis, tuple(items), title, 1.0, follows=True)


def histogram(arrays: dict) -> Panel:
    trials, theory, items, reach, high = arrays["trials"], arrays["theory"], [], 5.0, 10.0
    if trials is not None:
        last = trials.displacement[-1]
        n = len(last)
        reach = nice(max(2.0, float(np.abs(last).max()) * 1.02))
        counts, edges = np.histogram(last, bins=21, range=(-reach, reach))
        x, y = np.repeat(edges, 2), np.concatenate([[0], np.repeat(counts, 2), [0]])
        items.append(Line(x, y, f"{n} essais", "green", "solid", 1.8, under=0.0))
        high = float(counts.max())
        if theory and theory.growth:
            sd = np.sqrt(trials.variance[0] + theory.growth * trials.t[-1] / 1000)
            at = np.linspace(-reach, reach, 201)
            curve = (
                n
                * (edges[1] - edges[0])
                * np.exp(-((at / sd) ** 2) / 2)
                / (sd * np.sqrt(2 * np.pi))
            )
            items.append(Line(at, curve, theory_name(arrays), "grey", "dash", 1.8))
            high = max(high, float(curve.max()))
    across = Axis("erreur à la fin", "°", (-reach, reach))
    return Panel(
        "histogram",
        across,
        Axis("essais", "", (0.0, nice(high))),
        tuple(items),
        "Dérive de 50 essais",
        1.0,
    )


def nice(x: float) -> float:
    """The next of 1, 1.5, 2, 3, 5, 7.5, 10... so that axes move seldom."""
    power = 10.0 ** np.floor(np.log10(x))
    return float(power * min(k for k in (1, 1.5, 2, 3, 5, 7.5, 10) if k * power >= x * (1 - 1e-9)))
