"""What one does, as changes of the values."""

from collections.abc import Callable

from course.spiking import FAMILIES
from course.widgets.controls import Verb
from course.widgets.spiking_training.drawing import KEPT
from course.widgets.spiking_training.school import School
from course.widgets.spiking_training.subject import SIDE
from course.widgets.stroke import Stroke


def settle(values: dict) -> dict:
    """Another surrogate comes with its own scale; a pen that is down leaves its ink where it is."""
    if values["surrogate"] != values["of"]:
        values = values | {"scale": FAMILIES[values["surrogate"]].default, "of": values["surrogate"]}
    place = values["px"], values["py"]
    if values["mode"] == "own" and values["down"] and values["drawn"][-1:] != (place,):
        values = values | {"drawn": (*values["drawn"], place)[-KEPT:]}
    return values


def pen(values: dict, stroke: Stroke) -> dict:
    """The pointer draws on the picture; on the picture of a digit of the validation, it begins one of its own."""
    event = stroke.now
    if event["panel"] != "picture":
        return {}
    place = tuple(round(min(float(SIDE), max(0.0, event[axis])), 1) for axis in "xy")
    kept = values["drawn"]
    if event["phase"] == "down":
        kept = (*kept, None) if values["mode"] == "own" else ()
    more = () if kept[-1:] == (place,) else (place,)
    return {"mode": "own", "down": False, "px": place[0], "py": place[1], "drawn": (*kept, *more)[-KEPT:]}


def ink(values: dict) -> dict:
    """Puts the pen down where it is, or lifts it."""
    if values["down"]:
        return {"down": False}
    return {"down": True, "drawn": (*values["drawn"], None, (values["px"], values["py"]))[-KEPT:]}


def verbs(school: School) -> list[Verb]:
    """Every verb, in the order of the buttons."""
    last = "Le dernier lot est passé\u00a0: recommencez."
    own = dict(shown=lambda v: v["mode"] == "own")  # noqa: C408

    def until(further: Callable[[int], int]) -> Callable[[dict], dict]:
        def act(values: dict) -> dict:
            here = school.batches if values["play"] else max(school.batches, values["target"])
            return {"play": False, "target": min(school.s.last, further(here))} if not school.ended else {}

        return act

    def epoch(here: int) -> int:
        return (here // school.s.per_epoch + 1) * school.s.per_epoch

    def again(values: dict) -> dict:
        return {"run": values["run"] + 1, "target": 0, "play": False}

    def play(values: dict) -> dict:
        return {"play": not school.ended}

    return [
        Verb("Enter", "apprendre, lot après lot", play, "▶ Apprendre", idle=last, shown=lambda v: not v["play"]),
        Verb("Enter", "arrêter l'apprentissage", lambda v: {"play": False, "target": 0}, "❚❚ Pause",
             shown=lambda v: v["play"]),
        Verb(" ", "apprendre un lot de plus", until(lambda here: here + 1), "1 lot", idle=last),
        Verb("t", "apprendre jusqu'à la fin de l'époque", until(epoch), "1 époque", idle=last),
        Verb("b", "recommencer avec les poids de départ\u00a0; la courbe d'avant reste, pâle", again, "Recommencer"),
        Verb("i", "poser ou lever le crayon, que déplacent les flèches", ink, "Crayon", **own),
        Verb("e", "effacer votre chiffre", lambda _: {"drawn": (), "down": False}, "Effacer", said="Dessin effacé.",
             idle="Rien à effacer.", **own),
    ]  # fmt: skip
