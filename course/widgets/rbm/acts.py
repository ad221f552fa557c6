"""What one does, as changes of the values."""

from collections.abc import Callable

from course.widgets.controls import Verb
from course.widgets.rbm.chain import STEPS
from course.widgets.rbm.places import pixels, unit_at
from course.widgets.rbm.school import School
from course.widgets.rbm.subject import COLUMNS, ROWS
from course.widgets.stroke import Stroke


def settle(values: dict) -> dict:
    """Another number of hidden units is another machine; an eraser that is down erases where it is."""
    hidden = round(values["hidden"])
    if hidden != values["of"]:
        silent = tuple(j for j in values["silent"] if j < hidden)
        values = values | {"of": hidden, "run": values["run"] + 1, "play": False, "target": 0, "silent": silent}
    values = values | {"unit": min(values["unit"], float(hidden))}
    if values["rubber"] and values["down"]:
        values = values | {"erased": erased(values, values["px"], values["py"])}
    if not values["rubber"]:
        values = values | {"down": False}
    return values


def erased(values: dict, x: float, y: float) -> tuple[int, ...]:
    """Those already erased and those under the eraser."""
    return tuple(sorted({*values["erased"], *pixels(x, y)}))


def toggled(silent: tuple[int, ...], unit: int) -> dict:
    return {"silent": tuple(sorted({*silent} ^ {unit}))}


def pen(values: dict, stroke: Stroke) -> dict:
    """The pointer erases on the image, and silences a filter or lets it speak again."""
    event = stroke.now
    x, y = event["x"], event["y"]
    if event["panel"] == "filters" and event["phase"] == "down":
        unit = unit_at(round(values["hidden"]), x, y)
        return {} if unit is None else {"unit": unit + 1.0, **toggled(values["silent"], unit)}
    if event["panel"] == "pair" and 0 <= x < COLUMNS and 0 <= y < ROWS and event["phase"] != "up":
        return {"px": round(x, 1), "py": round(y, 1), "down": False, "erased": erased(values, x, y)}
    return {}


def put(values: dict) -> dict:
    """Puts the eraser down where it is, or lifts it."""
    return {"rubber": True, "down": not (values["down"] and values["rubber"])}


def verbs(school: School) -> list[Verb]:
    """Every verb, in the order of the buttons."""
    last = "Le dernier lot est passé\u00a0: recommencez."

    def until(further: Callable[[int], int]) -> Callable[[dict], dict]:
        def act(values: dict) -> dict:
            here = school.batches if values["play"] else max(school.batches, values["target"])
            return {} if school.ended else {"play": False, "target": min(school.s.last, further(here))}

        return act

    def epoch(here: int) -> int:
        return (here // school.s.per_epoch + 1) * school.s.per_epoch

    def again(values: dict) -> dict:
        return {"run": values["run"] + 1, "target": 0, "play": False}

    def silence(values: dict) -> dict:
        return toggled(values["silent"], round(values["unit"]) - 1)

    return [
        Verb("Enter", "apprendre, lot après lot", lambda _: {"play": not school.ended}, "▶ Apprendre", idle=last,
             shown=lambda v: not v["play"]),
        Verb("Enter", "arrêter l'apprentissage", lambda v: {"play": False, "target": 0}, "❚❚ Pause",
             shown=lambda v: v["play"]),
        Verb(" ", "apprendre un lot de plus", until(lambda here: here + 1), "1 lot", idle=last),
        Verb("t", "apprendre jusqu'à la fin de l'époque", until(epoch), "1 époque", idle=last),
        Verb("b", "recommencer avec les poids de départ", again, "Recommencer"),
        Verb("v", "tenir les pixels qui restent et laisser la machine dessiner les autres",
             lambda _: {"clamp": True, "t": float(STEPS)}, "Réparer", idle="C'est déjà réparé."),
        Verb("i", "poser ou lever la gomme, que déplacent les flèches", put),
        Verb("e", "rendre à l'image les pixels gommés", lambda _: {"erased": (), "down": False}, "Image entière",
             idle="Rien n'est gommé."),
        Verb("u", "faire taire l'unité choisie, ou lui rendre la parole", silence, "Taire l'unité"),
        Verb("a", "rendre la parole à toutes les unités", lambda _: {"silent": ()}, "Toutes parlent",
             idle="Aucune unité ne se tait.", shown=lambda v: bool(v["silent"])),
    ]  # fmt: skip
