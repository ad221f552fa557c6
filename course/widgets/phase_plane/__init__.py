"""`explore_phase_plane()`: the plane of any model of two variables, its nullclines under one's hand.

subject   what is looked at, checked, and the ranges that suit it (ranges)
flow      the runs, all in one batch; resets and drawn put the spikes back
analysis  nullclines, fixed points, threshold, cycles, from `course.dynamics.phase`
compute   the values of the controls -> all of these; the diagram on another thread
view      -> the scene (diagrams, looks); words -> the sentences; code -> the Python text
acts      what one does, as changes of the values
"""

from collections.abc import Mapping, Sequence

from course._check import one_of
from course.dynamics import Model
from course.plot.french import short
from course.widgets.background import Background
from course.widgets.controls import Choice, Slider, Switch, Verb
from course.widgets.explorer import Explorer
from course.widgets.phase_plane import acts
from course.widgets.phase_plane.code import code
from course.widgets.phase_plane.compute import computation
from course.widgets.phase_plane.flow import Run
from course.widgets.phase_plane.ranges import ceil_125, floor_125
from course.widgets.phase_plane.subject import Subject, subject
from course.widgets.phase_plane.view import scene
from course.widgets.phase_plane.words import describe, unit


def explore_phase_plane(
    model: Model,
    x: str,
    y: str,
    window: Mapping | Sequence,
    *,
    parameter: str | None = None,
    bounds: Mapping[str, Sequence[float]] | None = None,
) -> Explorer:
    """The phase plane of `model`: launch, slide the nullclines, see what rests, what oscillates and what decides.

    Args:
        model: any model of two variables, without noise, its parameters constant.
        x, y: the variable drawn across, the variable drawn upwards.
        window: `((-2.5, 2.5), (-1, 2))`, an interval for x and one for y.
        parameter: the one that is under the hand first; I, or the first of the model, when None.
        bounds: (lowest, highest) for the parameters whose usual range does not suit.

    Raises:
        ValueError: `explore_phase_plane.argument : règle, reçu valeur`.
    """
    s = subject(model, x, y, window, bounds or {})
    first = "I" if "I" in model.parameters else next(iter(model.parameters))
    chosen = one_of("explore_phase_plane.parameter", parameter or first, model.parameters)
    start = beginning(s)
    cycles, diagrams = Background(patience=0.015), Background()
    explorer = Explorer(
        label=f"Explorateur du plan de phase, {x} et {y}. Touche\u00a0? pour la liste des touches.",
        controls=controls(s, chosen, start), cursor=cursor(s), compute=computation(s, cycles, diagrams),
        scene=scene, describe=describe, code=lambda values: code(s, values), verbs=verbs(s),
        pen=acts.pen(s), arrows=lambda values: ("x0", "y0") if values["aim"] else None,
        apart=("x0", "y0", "aim"), settle=settle, wait=cycles.wait,
        more={"runs": (Run(*start),), "view": s.window, "pinned": None},
    )  # fmt: skip
    cycles.done = diagrams.done = explorer.redraw
    explorer.diagrams = diagrams
    return explorer


def beginning(s: Subject) -> tuple[float, float]:
    """A first start, off every axis of symmetry."""
    return tuple(
        float(f"{low + share * (high - low):.3g}")
        for (low, high), share in zip(s.window, (0.55, 0.3), strict=True)
    )


def controls(s: Subject, chosen: str, start: tuple[float, float]) -> list:
    """In reading order: what is chosen, the parameter under the hand, the stimulus, the crosshair."""
    names, currents = tuple(s.model.parameters), "I" in s.model.parameters
    ms = f"\u00a0{unit(s)}" if unit(s) else ""
    kicks = ((("courant I", "I"),) if currents else ()) + ((f"saut de {s.x}", "x"),)
    (x0, x1), T = s.window[0], s.durations[1]
    reach = (
        ceil_125((s.bounds["I"][1] - s.bounds["I"][0]) / 2) if currents else ceil_125((x1 - x0) / 2)
    )
    return [
        Choice("parameter", "Paramètre", tuple((name, name) for name in names), chosen, key="n"),
        Choice("T", "Durée", tuple((f"{short(T)}{ms}", T) for T in s.durations), T, key="d"),
        Switch("backward", "Remonter le temps", key="b"),
        Switch("aim", "Flèches\u00a0: mire", key="m"),
        Switch("strip", "Bifurcations", True, key="g"),
        Choice("kick", "Stimulation", kicks, kicks[0][1], key="k"),
        *(s.slider(name, lambda values, name=name: values["parameter"] == name) for name in names),
        Slider("strength", "Stimulation, force", -reach, reach, floor_125(reach / 100), value=reach / 2),
        Slider("width", "Stimulation, durée", floor_125(T / 200), T / 2, floor_125(T / 200), unit(s),
               floor_125(T / 50), lambda values: values["kick"] == "I"),
        *(place(name, label, interval, value) for name, label, interval, value in zip(
            ("x0", "y0"), (f"Mire en {s.x}", f"Mire en {s.y}"), s.window, start, strict=True)),
    ]  # fmt: skip


def place(name: str, label: str, interval: tuple[float, float], value: float) -> Slider:
    low, high = interval
    half = (high - low) / 2
    return Slider(name, label, low - half, high + half, floor_125((high - low) / 200), value=value)


def cursor(s: Subject) -> Slider:
    """Where one looks in time, before or after the launch."""
    longest = s.durations[-1]
    return Slider(
        "t", "le curseur de temps", -longest, longest, floor_125(s.durations[1] / 200), unit(s), 0.0
    )


def settle(values: dict) -> dict:
    """The cursor stays where there is time."""
    ways = {run.backward for run in values["runs"]} or {values["backward"]}
    low, high = (-values["T"] if True in ways else 0.0), (values["T"] if False in ways else 0.0)
    return values | {"t": min(high, max(low, values["t"]))}


def verbs(s: Subject) -> list[Verb]:
    """Every verb, in the order of the buttons."""
    return [
        Verb("Enter", "lancer une trajectoire depuis la mire", acts.launch, "Lancer",
             idle="Une trajectoire part déjà d'ici\u00a0: déplacez la mire."),
        Verb("i", "stimuler brièvement le neurone au repos", acts.stimulate(s), "Stimuler",
             idle="Cette stimulation est déjà tracée\u00a0: changez sa force ou sa durée."),
        Verb("e", "effacer les trajectoires", lambda _: {"runs": ()}, "Effacer",
             said="Trajectoires effacées.", idle="Rien à effacer."),
        Verb("p", "épingler ces nullclines, pour les comparer aux suivantes",
             lambda values: {"pinned": tuple(acts.parameters(values).items())}, "Épingler"),
        Verb("o", "ôter les nullclines épinglées", lambda _: {"pinned": None}, "Ôter l'épingle",
             shown=lambda values: values["pinned"] is not None),
        Verb("+", "agrandir deux fois autour de la mire", acts.zoom(s, 2.0), "×\u00a02",
             idle="On ne peut pas agrandir davantage."),
        Verb("-", "réduire deux fois autour de la mire", acts.zoom(s, 0.5), "÷\u00a02",
             idle="Rien n'est calculé plus loin."),
        Verb("f", "cadrer le point fixe le plus proche de la mire", acts.onto_point(s), "Point fixe",
             idle="Aucun point fixe à cadrer."),
        Verb("0", "revenir à la fenêtre entière", lambda _: {"view": s.window}, "Tout voir"),
    ]  # fmt: skip
