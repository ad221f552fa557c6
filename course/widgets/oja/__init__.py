"""`explore_oja()`: a neuron of two inputs learns from a cloud of points, one presentation after the other.

compute   the values of the controls -> the cloud, its axes, the weights after each presentation
own       a student's rule, asked politely: what it answers, or what is wrong with it
play      the explorer, which goes on by itself while the page shows its pictures
view      -> the scene; words -> the sentence; code -> the Python text
"""

import math
from collections.abc import Callable
from dataclasses import replace

from course import _check
from course.plot.french import short
from course.widgets.controls import Choice, Slider, Verb
from course.widgets.explorer import Explorer
from course.widgets.oja.code import code
from course.widgets.oja.compute import STEPS, computation
from course.widgets.oja.play import Player
from course.widgets.oja.view import scene
from course.widgets.oja.words import describe
from course.widgets.stroke import Stroke

RULES = (("Oja", "oja"), ("Hebb", "hebb"), ("covariance", "covariance"))
FAR = 3.0  # how far the mean goes from the origin
CURSOR = Slider("step", "le nombre de présentations", 0, STEPS, 1, value=0)


def explore_oja(
    update: Callable | None = None, *, rule: str = "oja", angle: float = 30.0, elongation: float = 3.0,
    epsilon: float = 0.02, alpha: float = 1.0, shift: float = 0.0,
) -> Explorer:  # fmt: skip
    """A cloud of points and the weights w that it teaches: Hebb, Oja or covariance, or one's own rule beside.

    Drag in the cloud to turn it, to move it away from the origin, or to place the first weights.

    Args:
        update: a rule of one's own, `update(w, u, v, epsilon) -> new w`, v = w·u. What is wrong with it is said below
            the picture, where the rule of the course goes on alone.
        rule: "oja", "hebb" or "covariance". angle: of the first principal axis (°). elongation: the cloud's length
            over its width. epsilon: the rate of learning. alpha: Oja's. shift: of the mean from the origin.

    Raises:
        ValueError: « explore_oja.alpha : un nombre de 0,25 à 4, reçu 0 ».
    """
    if update is not None and not callable(update):
        raise _check.refuse("explore_oja.update", "une fonction (w, u, v, epsilon) qui rend les nouveaux poids", update)
    _check.one_of("explore_oja.rule", rule, [name for _, name in RULES])
    start = {"angle": angle, "elongation": elongation, "epsilon": epsilon, "alpha": alpha, "shift": shift}
    return Player(
        label="Explorateur des règles de Hebb et d'Oja. Touche\u00a0? pour la liste des touches.",
        controls=controls(rule, start), cursor=CURSOR, compute=computation(update), scene=scene, describe=describe,
        code=lambda values: code(values, update is not None), verbs=verbs(), pen=pen,
        more={"norm": 0.5, "seed": 0, "play": False}, apart=("play",),
    )  # fmt: skip


def controls(rule: str, start: dict) -> list:
    """In reading order; the first slider turns the cloud."""
    sliders = [
        Slider("angle", "Orientation du nuage", -180, 180, 1, "°"),
        Slider("elongation", "Allongement", 1, 5, 0.1),
        Slider("epsilon", "Pas d'apprentissage ε", 0.002, 0.2, 0.002),
        Slider("alpha", "Oubli α", 0.25, 4, 0.05, shown=lambda values: values["rule"] == "oja"),
        Slider("shift", "Distance de la moyenne à l'origine", 0, FAR, 0.1),
        Slider("heading", "Direction de la moyenne", -180, 180, 1, "°", 140.0, lambda values: values["shift"] > 0),
        Slider("start", "Direction de w au départ", -180, 180, 1, "°", 100.0, lambda values: values["hand"] == "start"),
    ]
    return [
        Choice("rule", "Règle", RULES, rule, key="o"),
        Choice("hand", "Souris", (("tourne le nuage", "turn"), ("déplace le nuage", "move"),
               ("place w au départ", "start")), "turn", key="m"),
        Choice("pace", "Par image", (("1 point", 1), ("5 points", 5), ("20 points", 20)), 1, key="v"),
        *(_starting(slider, start) for slider in sliders),
    ]  # fmt: skip


def _starting(slider: Slider, start: dict) -> Slider:
    """The slider at the value that was asked for, if it has it."""
    if slider.name not in start:
        return slider
    rule, given = f"un nombre de {short(slider.min)} à {short(slider.max)}", start[slider.name]
    where = f"explore_oja.{slider.name}"
    value = _check.number(where, given, rule)
    if not slider.min <= value <= slider.max:
        raise _check.refuse(where, rule, given)
    return replace(slider, value=value)


def verbs() -> list[Verb]:
    """Every verb, in the order of the buttons."""
    last = f"La dernière présentation, {STEPS}, est atteinte."
    return [
        Verb("Enter", "présenter les points l'un après l'autre", play, "Jouer", shown=lambda v: not v["play"]),
        Verb("Enter", "arrêter les présentations", lambda _: {"play": False}, "Pause", shown=lambda v: v["play"]),
        Verb(" ", "présenter un point", lambda v: {"step": min(STEPS, v["step"] + 1)}, "1 point", idle=last),
        Verb("b", "revenir aux poids de départ", lambda _: {"step": 0, "play": False}, "Début",
             idle="Ce sont les poids de départ."),
        Verb("d", "repartir du w d'ici\u00a0: tournez ensuite le nuage, et jouez", lambda _: None, "Repartir d'ici"),
        Verb("n", "présenter les points dans un autre ordre", lambda v: {"seed": v["seed"] + 1}, "Autre ordre"),
    ]  # fmt: skip


def play(values: dict) -> dict:
    """Once more from the first weights where the last presentation has been."""
    return {"play": True} | ({"step": 0} if values["step"] >= STEPS else {})


def pen(values: dict, stroke: Stroke) -> dict:
    """Turns the cloud around its mean, moves the mean, or places the first weights."""
    event, first = stroke.now, stroke.first
    if event["panel"] != "cloud":
        return {}
    here = event["x"], event["y"]
    if values["hand"] == "turn":
        shift, heading = values["shift"], math.radians(values["heading"])
        mean = shift * math.cos(heading), shift * math.sin(heading)
        turned = polar(here, mean)[1] - polar((first["x"], first["y"]), mean)[1]
        return {"angle": whole(stroke.values["angle"] + turned)}
    r, toward = polar(here)
    if values["hand"] == "move":
        return {"shift": round(min(FAR, r), 1), "heading": whole(toward)}
    return {"norm": round(min(FAR, max(0.1, r)), 2), "start": whole(toward), "step": 0, "play": False}


def polar(place: tuple, centre: tuple = (0.0, 0.0)) -> tuple[float, float]:
    """(distance, direction in degrees) of a place, seen from a centre."""
    x, y = place[0] - centre[0], place[1] - centre[1]
    return math.hypot(x, y), math.degrees(math.atan2(y, x))


def whole(degrees: float) -> float:
    """Whole degrees, from -180 to 180."""
    return float((round(degrees) + 180) % 360 - 180)
