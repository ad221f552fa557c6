"""`explore_population()`: one population that excites or inhibits itself, what it remembers and when it jumps.

compute   the values of the controls -> runs, steady states, curves (curves: what does not depend on the runs)
view      -> the scene; words -> the sentence; code -> the Python text
"""

from collections.abc import Callable

from course import _check
from course.rates import population, with_derivative, with_transfer
from course.widgets.controls import Choice, Slider, Switch, Verb
from course.widgets.explorer import Explorer
from course.widgets.population.code import code
from course.widgets.population.compute import beside, computation
from course.widgets.population.curves import CURRENTS, WEIGHTS, Subject
from course.widgets.population.view import scene
from course.widgets.population.words import describe
from course.widgets.stroke import Stroke

KEPT = 4  # runs of one's own, beside the two from 0 and from the top

CONTROLS = [
    Choice("T", "Durée", tuple((f"{T}\u00a0ms", T) for T in (100, 200, 400, 1000)), 200, key="d"),
    Switch("hysteresis", "Aller et retour du courant", True, key="h"),
    Slider("I_ext", "Courant I_ext", *CURRENTS, 0.05, value=-2, wide=True),
    Slider("w", "Poids récurrent w", *WEIGHTS, 0.001, value=0.1, wide=True),
    Slider("tau", "Constante de temps τ", 5, 100, 1, "ms", 20),
]
CURSOR = Slider("t", "le curseur de temps", 0, 1000, 1, "ms", 60)


def explore_population(
    fI: Callable[[float], float] | None = None, drdt: Callable[..., float] | None = None
) -> Explorer:
    """The rate of one population: r(t), dr/dt, the steady rate against the current, the folds in I_ext and w.

    Args:
        fI: a transfer function of one's own, `fI(I)` [Hz], in the place of Φ.
        drdt: a derivative of one's own, `drdt(r, I_ext, w)` [Hz/ms], in the place of (Φ(I_ext + w r) - r)/τ.

    Raises:
        ValueError: « explore_population.drdt : fI ou drdt, pas les deux, reçu … », and those of `with_transfer` and
            `with_derivative`.
    """
    if fI is not None and drdt is not None:
        raise _check.refuse("explore_population.drdt", "fI ou drdt, pas les deux", drdt)
    model = population
    if fI is not None:
        model = with_transfer(population, fI)
    elif drdt is not None:
        model = with_derivative(population, drdt)
    s = Subject(model)
    return Explorer(
        label="Explorateur d'une population récurrente. Touche\u00a0? pour la liste des touches.",
        controls=[c for c in CONTROLS if c.name != "tau" or "tau" in model.parameters],
        cursor=CURSOR, compute=computation(s), scene=scene, describe=describe,
        code=lambda values: code(s, values), pen=pen(s), settle=settle, more={"starts": ()},
        verbs=[
            Verb("Enter", "partir de 1,01\u00a0r* près de chaque état stationnaire",
                 lambda values: {"starts": beside(s, values)}, "Partir de 1,01\u00a0r*",
                 idle="Ces départs sont déjà tracés."),
            Verb("e", "effacer les départs ajoutés", lambda _: {"starts": ()}, "Effacer",
                 said="Départs effacés.", idle="Rien à effacer."),
        ],
    )  # fmt: skip


def settle(values: dict) -> dict:
    """The cursor stays inside the run."""
    return values | {"t": min(values["t"], float(values["T"]))}


def pen(s: Subject) -> Callable[[dict, Stroke], dict]:
    """Where one points: a rate to start from, a current, or a current and a weight."""
    I, w = CONTROLS[2], CONTROLS[3]

    def changes(values: dict, stroke: Stroke) -> dict:
        event = stroke.now
        match event["panel"]:
            case "steady":
                return {"I_ext": I.stepped(event["x"])}
            case "folds":
                return {"I_ext": I.stepped(event["x"]), "w": w.stepped(event["y"])}
            case "slope" if event["phase"] == "up":
                start = round(min(s.top, max(0.0, event["x"])), 1)
                return {"starts": (*values["starts"], start)[-KEPT:]}
        return {}

    return changes
