"""`explore_hodgkin_huxley()`: the action potential, its gates, its currents, and the curves that drive them.

    run     the values of the controls -> one simulation, the curves, the Python text
    view    arrays -> the scene and the sentence
"""

import numpy as np

from course.inputs import step
from course.widgets.controls import Choice, Slider, Switch, Verb
from course.widgets.explorer import Explorer
from course.widgets.hodgkin_huxley.run import BIN, BINS, PHYSICS, UNIT, code, compute
from course.widgets.hodgkin_huxley.view import describe, scene
from course.widgets.stroke import Stroke


def _is(*kinds):
    return lambda values: values["stimulus"] in kinds


CONTROLS = [
    Choice(
        "stimulus", "Stimulus",
        (("Échelon", "step"), ("Impulsion", "pulse"), ("Bruit", "noise"), ("Dessiné", "drawn")),
        "step", key="s",
    ),
    Choice("T", "Durée", tuple((f"{T}\u00a0ms", T) for T in (20, 50, 100, 200)), 50, key="d"),
    Switch("ttx", "Bloquer Na (TTX)", key="n"),
    Switch("tea", "Bloquer K (TEA)", key="k"),
    Slider("I", "Courant I", -20, 100, 0.1, UNIT, 10, wide=True),
    Slider("start", "Début", 0, 50, 0.5, "ms", 5, _is("step", "pulse")),
    Slider("duration", "Largeur", 0.2, 20, 0.2, "ms", 1, _is("pulse")),
    Slider("sd", "Écart-type", 0, 50, 0.5, UNIT, 10, _is("noise")),
    Slider("celsius", "Température", 0, 30, 0.1, "°C", 6.3),
]  # fmt: skip
CURSOR = Slider("t", "le curseur de temps", 0, 200, 0.1, "ms", 8)


def explore_hodgkin_huxley() -> Explorer:
    """The axon of Hodgkin and Huxley, under a current that one chooses or draws.

    Leaves out what `course.neurons.hodgkin_huxley` leaves out; the blockers are ideal (conductance 0), and
    the temperature changes the speed of the gates only, by φ = 3^((T - 6,3)/10).
    """
    return Explorer(
        label="Explorateur du modèle de Hodgkin et Huxley. Touche\u00a0? pour la liste des touches.",
        controls=CONTROLS, cursor=CURSOR, compute=compute, scene=scene, describe=describe, code=code,
        pen=pen, settle=settle, more={"seed": 0, "drawn": None, "pinned": None},
        verbs=[
            Verb("Enter", "relancer, avec un nouveau tirage du bruit", relaunch, "Relancer",
                 idle="Sans bruit, le modèle est déterministe\u00a0: même courant, même trace."),
            Verb("p", "épingler la trace, pour la comparer aux suivantes", pin, "Épingler",
                 said="Trace épinglée."),
            Verb("o", "ôter la trace épinglée", lambda _: {"pinned": None}, "Ôter l'épingle",
                 shown=lambda values: values["pinned"] is not None),
            Verb(" ", "stimulus dessiné\u00a0: tracer 1\u00a0ms de courant d'intensité I au curseur, et avancer",
                 write, idle="Choisissez le stimulus dessiné (touche S) pour tracer un courant."),
            Verb("Delete", "stimulus dessiné\u00a0: tout effacer",
                 lambda _: {"drawn": (0.0,) * BINS}, "Effacer", shown=_is("drawn")),
        ],
    )  # fmt: skip


# -- what one does, as changes of the values


def settle(values: dict) -> dict:
    """The cursor stays inside the run; a drawing starts from the step one was looking at."""
    values = values | {"t": min(values["t"], float(values["T"]))}
    if values["stimulus"] == "drawn" and values["drawn"] is None:
        base = step(values["I"], values["start"])(BIN * np.arange(BINS))
        values["drawn"] = tuple(base.tolist())
    return values


def relaunch(values: dict) -> dict:
    return {"seed": values["seed"] + 1} if values["stimulus"] == "noise" else {}


def pin(values: dict) -> dict:
    return {"pinned": tuple(values[name] for name in PHYSICS)}


def write(values: dict) -> dict:
    """One millisecond of current of intensity I at the cursor, which moves on."""
    if values["stimulus"] != "drawn":
        return {}
    t = values["t"]
    drawn = _drawn_over(values["drawn"], (t, values["I"]), (t + 1 - BIN, values["I"]))
    return {"drawn": drawn, "t": t + 1}


def pen(values: dict, stroke: Stroke) -> dict:
    """A straight stroke from where the pen was to where it is."""
    low, high = CONTROLS[4].min, CONTROLS[4].max
    ends = ((e["x"], round(2 * min(high, max(low, e["y"]))) / 2) for e in (stroke.before, stroke.now))
    return {"drawn": _drawn_over(values["drawn"], *ends), "t": CURSOR.bounded(stroke.now["x"])}


def _drawn_over(drawn: tuple, a: tuple, b: tuple) -> tuple:
    (t0, I0), (t1, I1) = sorted((a, b))
    first, last = (min(BINS - 1, max(0, int(t / BIN + 1e-9))) for t in (t0, t1))
    stroke = np.round(np.linspace(I0, I1, last - first + 1), 1)
    return (*drawn[:first], *stroke.tolist(), *drawn[last + 1 :])
