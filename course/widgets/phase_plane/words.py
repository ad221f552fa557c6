"""What is said of a phase plane: its fixed points, its cycle, the last run."""

import math

import numpy as np

from course.dynamics.phase import Cycle, FixedPoint
from course.plot.french import count, decimal, quantity, short
from course.widgets.phase_plane.flow import Path
from course.widgets.phase_plane.subject import Subject

NEAR = 0.01  # of the window: a run that ends this near to a point has joined it


def describe(arrays: dict) -> str:
    """The fixed points; what oscillates, and what coexists; how the last run ends."""
    said = [fixed(arrays), oscillation(arrays), last_run(arrays), pinned(arrays), numerical(arrays)]
    return " ".join(filter(None, said))


# -- numbers


def unit(s: Subject) -> str:
    """« ms », or nothing where the model has no units."""
    units = {s.model.units.get(v, "") for v in (s.x, s.y)}
    return "" if units <= {"", "1"} else "ms"


def time(s: Subject, t: float, digits: int | None = None) -> str:
    digits = (
        digits if digits is not None else max(0, min(3, 2 - math.floor(math.log10(abs(t) or 1.0))))
    )
    return quantity(t, unit(s), digits)


def place(s: Subject, x: float, y: float) -> str:
    """« (v = −1,20 ; w = −0,62) », to a two-hundredth of the window."""
    said = []
    for name, value, (low, high) in zip((s.x, s.y), (x, y), s.window, strict=True):
        said.append(f"{name} = {decimal(value, max(0, round(2.7 - math.log10(high - low))))}")
    return f"({said[0]}\u00a0; {said[1]})"


def eigenvalues(point: FixedPoint) -> str:
    """« −0,118 ± 0,349 i », « −0,21 et −1,45 », three figures of the larger."""
    values = point.eigenvalues
    size = float(np.abs(values).max())
    digits = max(0, min(6, 2 - math.floor(math.log10(size)))) if size > 0 else 1
    a, b = values
    if a.imag == 0:
        return f"{decimal(a.real, digits)} et {decimal(b.real, digits)}"
    real = f"{decimal(a.real, digits)} ± " if abs(a.real) > 1e-7 * size else "± "
    return f"{real}{decimal(abs(a.imag), digits)}\u00a0i"


# -- sentences


def fixed(arrays: dict) -> str:
    s, seen, away = arrays["subject"], arrays["plane"].points, arrays["plane"].away
    if not seen:
        if not away:
            return "Aucun point fixe dans la fenêtre."
        where = "\u00a0; ".join(f"{p.words} en {place(s, p[s.x], p[s.y])}" for p in away)
        return f"Aucun point fixe dans la fenêtre\u00a0; hors d'elle, {where}."
    each = [
        f"{p.words} en {place(s, p[s.x], p[s.y])}, valeurs propres {eigenvalues(p)}" for p in seen
    ]
    if len(each) == 1:
        said = each[0][0].upper() + each[0][1:]
    else:
        title = count(len(each), "point fixe", "points fixes")
        said = f"{title[0].upper()}{title[1:]}\u00a0: " + "\u00a0; ".join(each)
    return f"{said}{beyond(away)}."


def beyond(away: tuple[FixedPoint, ...]) -> str:
    if not away:
        return ""
    words = ", ".join(p.words for p in away)
    return f"\u00a0; hors de la fenêtre, {words}"


def oscillation(arrays: dict) -> str:
    s, cycles = arrays["subject"], arrays["cycles"]
    if cycles is None:
        return "Recherche d'un cycle limite…"
    points = (*arrays["plane"].points, *arrays["plane"].away)
    resting = [p for p in points if p.stable]
    stable = next((c for c in cycles if c.stable), None)
    if stable and resting:
        between = next((c for c in cycles if not c.stable), None)
        limit = f", séparés par un cycle instable (période {period(s, between)})" if between else ""
        return f"Bistabilité\u00a0: le repos et {a_cycle(s, stable)} coexistent{limit}."
    if stable:
        return f"Cycle limite stable, de période {period(s, stable)}."
    if len(resting) > 1:
        saddle = any(p.kind == "col" for p in points)
        limit = ", séparés par le vrai seuil, la séparatrice du col" if saddle else ""
        return f"Bistabilité\u00a0: {count(len(resting), 'point fixe stable', 'points fixes stables')}{limit}."
    if any(p.kind == "centre" for p in points):
        return "Autour du centre, des orbites fermées voisines, que rien n'attire\u00a0: aucun cycle limite."
    return "Aucun cycle limite."


def a_cycle(s: Subject, cycle: Cycle) -> str:
    return f"un cycle limite stable (période {period(s, cycle)})"


def period(s: Subject, cycle: Cycle) -> str:
    return time(s, cycle.period)


def last_run(arrays: dict) -> str:
    s, paths = arrays["subject"], arrays["paths"]
    if not paths:
        return ""
    path, rank = paths[-1], len(paths)
    run = path.run
    begin = f"Trajectoire {rank}, de {place(s, run.x, run.y)}{kick(s, run)}\u00a0: "
    return begin + ", ".join(filter(None, (spikes(s, path), end(arrays, path)))) + "."


def kick(s: Subject, run) -> str:
    if run.kick == "I":
        return f", stimulation de {short(run.strength)} sur I pendant {time(s, run.width)}"
    return f", saut de {short(run.strength)} sur {s.x}" if run.kick else ""


def spikes(s: Subject, path: Path) -> str:
    if s.model.spec((), "rk").spike is None or path.run.backward:
        return ""
    return count(len(path.spikes), "potentiel d'action", "potentiels d'action")


def end(arrays: dict, path: Path) -> str:
    s, points = arrays["subject"], (*arrays["plane"].points, *arrays["plane"].away)
    back = path.run.backward
    if path.gone is not None:
        away = "vient de loin, avant" if back else "part au loin, après"
        return f"{away} t = {time(s, path.gone)}"
    sizes = [high - low for low, high in s.window]
    for p in points:
        gaps = [
            abs(axis[-1] - p[v]) / size
            for axis, v, size in zip((path.x, path.y), (s.x, s.y), sizes, strict=True)
        ]
        if max(gaps) < NEAR:
            return f"{'vient du' if back else 'rejoint le'} {p.words}"
    stable = any(c.stable for c in arrays["cycles"] or ())
    if stable and not back:
        return "suit le cycle limite" if turns(arrays, path) else "est encore en chemin"
    return "remonte encore le temps" if back else "est encore en chemin"


def turns(arrays: dict, path: Path) -> bool:
    """Has it had the time to come near the cycle, and does it move as widely?"""
    cycle = next(c for c in arrays["cycles"] if c.stable)
    lasting = path.t >= path.t[-1] - cycle.period
    if path.t[-1] < 1.5 * cycle.period:
        return False
    s = arrays["subject"]
    return bool(np.ptp(path.x[lasting]) > 0.9 * np.ptp(cycle.orbit[s.x]))


def pinned(arrays: dict) -> str:
    if not arrays["pinned"]:
        return ""
    old, now = dict(arrays["values"]["pinned"]), arrays["parameters"]
    moved = ", ".join(f"{name} = {short(old[name])}" for name in now if old[name] != now[name])
    words = ", ".join(p.words for p in arrays["pinned"].points) or "aucun point fixe"
    return f"Épinglé ({moved or 'mêmes paramètres'})\u00a0: {words}."


def numerical(arrays: dict) -> str:
    """Which functions a student has written that are called and not read."""
    called = arrays["subject"].model.called
    if not called:
        return ""
    names, plural = " et ".join(called), "s" if len(called) > 1 else ""
    return f"Fonction{plural} appelée{plural} numériquement\u00a0: {names} (pente par différences finies)."
