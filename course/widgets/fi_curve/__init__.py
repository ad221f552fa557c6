"""`explore_fi_curve(model)`: how often it fires against the current it receives, and what each point of the curve is.

    subject     the model, its current, its bounds, the noise one may add to it
    run         the values of the controls -> curves (on another thread), the trace
    portrait    one point of the curve: the trace in time and in the plane
    view, said  arrays -> the scene, the sentence
    text        the Python text that repeats the state
"""

from course.dynamics import Model
from course.widgets.background import Background
from course.widgets.controls import Choice, Slider, Verb
from course.widgets.explorer import Explorer
from course.widgets.fi_curve.portrait import portrait
from course.widgets.fi_curve.run import CURVE, computation, window
from course.widgets.fi_curve.said import describe
from course.widgets.fi_curve.subject import Subject, rounded, subject
from course.widgets.fi_curve.text import code
from course.widgets.fi_curve.view import scene

ZOOMS = ((1, "tous"), (10, "autour du seuil, loupe ×10"), (100, "autour du seuil, loupe ×100"))


def explore_fi_curve(
    model: Model, currents: tuple[float, float] | None = None, *, current: str = "I",
    variable: str | None = None, spike: str | None = None,
) -> Explorer:  # fmt: skip
    """The f(I) curve of `model` at 200 currents, and the neuron at the one chosen on it.

    Args:
        model: any model with a spike condition, or without one and `spike`.
        currents: (lowest, highest); found from the model when None.
        current: the parameter that varies.
        variable: the one that is drawn against time, the first when None.
        spike: "V >= 0", what is counted, for a model that has no spike condition.
    """
    s = subject(model, currents, current, variable, spike)
    background = Background()
    curves = computation(s, background)
    explorer = Explorer(
        label="Explorateur de la courbe f(I). Touche\u00a0? pour la liste des touches.",
        controls=controls(s), cursor=cursor(s), compute=lambda **values: portrait(curves(**values)),
        scene=scene, describe=describe, code=lambda values: code(s, values),
        settle=lambda values: settled(s, values),
        more={"seed": 0, "pinned": None} | ({} if s.model.reset else {"refractory": 0.0}),
        verbs=[
            Verb("Enter", "refaire, avec un nouveau tirage du bruit", again, "Refaire",
                 idle="Sans bruit, le modèle est déterministe\u00a0: même courant, même fréquence."),
            Verb("p", "épingler la courbe, pour la comparer aux suivantes", pin, "Épingler",
                 said="Courbe épinglée."),
            Verb("o", "ôter la courbe épinglée", lambda _: {"pinned": None}, "Ôter l'épingle",
                 shown=lambda values: values["pinned"] is not None),
        ],
    )  # fmt: skip
    explorer.background, background.done = background, explorer.redraw
    return explorer


def controls(s: Subject) -> list:
    """Duration and magnifying glass; noise, and refractory period where there is a reset."""
    sigma = float(s.model.parameters[s.noise]) if s.noise else 0.0
    T = 1000.0 if len(s.model.variables) < 3 else 500.0  # channels take longer
    scale = 1.0 if s.model.units[s.variable] in ("", "1") else 5.0
    made = [
        Choice("T", "Durée comptée", tuple((f"{n}\u00a0s".replace(".", ","), 1000.0 * n) for n in (0.5, 1, 2, 5)),
               T, key="d"),
        Choice("zoom", "Courants", tuple((text, zoom) for zoom, text in ZOOMS), 1, key="s"),
        Slider("sigma", "Bruit σ", 0, max(scale, rounded(2 * sigma) if sigma else 0), scale / 50, s.noise_unit, sigma),
    ]  # fmt: skip
    if s.model.reset:
        longest = max(20.0, s.model.refractory)
        made.append(Slider("refractory", "Période réfractaire", 0, longest, 0.5, "ms", s.model.refractory))
    return made


def cursor(s: Subject) -> Slider:
    """The current under examination: at first the model's own, or the middle of the bounds."""
    own = s.model.parameters[s.current]
    inside = isinstance(own, int | float) and s.low < own < s.high
    step = (s.high - s.low) / 200
    return Slider(
        "I", "le courant choisi", s.low, s.high, step, s.unit,
        float(own) if inside else round((s.low + s.high) / 2, 9), finer=lambda values: values["zoom"],
    )  # fmt: skip


def settled(s: Subject, values: dict) -> dict:
    """The current stays in sight."""
    low, high = window(s, values["zoom"])
    return values | {"I": min(high, max(low, values["I"]))}


def again(values: dict) -> dict:
    return {"seed": values["seed"] + 1} if values["sigma"] else {}


def pin(values: dict) -> dict:
    return {"pinned": tuple(values[name] for name in CURVE)}
