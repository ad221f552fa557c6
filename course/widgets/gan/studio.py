"""The explorer whose state is also an order to the thread that learns, and what one does there."""

from collections.abc import Callable

from course.widgets.controls import Verb
from course.widgets.explorer import Explorer
from course.widgets.gan.lessons import Moment
from course.widgets.gan.school import Order, School, View
from course.widgets.gan.subject import Settings


class Studio(Explorer):
    """Every change of its values is an order to `school`; what comes back is drawn when it has come."""

    def __init__(self, school: School, **arguments) -> None:
        self.school = school
        super().__init__(**arguments)

    def _show(self, notice: str) -> None:
        self.school.order(ordered(self.values))
        super()._show(notice)

    def hear(self) -> None:
        """On the thread that learns: there is something new to see, or nothing left to do."""
        if self.school.ended and self.values["play"]:
            self.change({"play": False}, "play")
        else:
            self.redraw()


def ordered(values: dict) -> Order:
    now = Settings(values["lr"], values["ratio"])
    return Order(values["run"], values["penalty"], values["play"], values["target"], now)


def computation(school: School) -> Callable[..., dict]:
    """`compute(**values) -> arrays`: the last that is known, at once, and the moment under the cursor.

    Raises:
        Exception: what has stopped the thread.
    """

    def compute(**values) -> dict:
        if school.error is not None:
            raise school.error
        view = school.view
        return {"values": values, "subject": school.s, "view": view, "moment": moment(view, values["t"])}

    return compute


def moment(view: View | None, t: float) -> Moment | None:
    """The last one kept at the cursor, or before it."""
    if view is None:
        return None
    return [m for m in view.moments if m.batch <= t or m.batch == 0][-1]


def settle(values: dict) -> dict:
    """Another penalty is another judge: it begins again."""
    if values["penalty"] != values["of"]:
        values = values | {"of": values["penalty"], "run": values["run"] + 1, "play": False, "target": 0}
    return values


def verbs(school: School) -> list[Verb]:
    """Every verb, in the order of the buttons."""
    last = "Le dernier lot est passé\u00a0: recommencez."
    end = {"t": float(school.s.last)}  # what is learnt is looked at

    def until(further: Callable[[int], int]) -> Callable[[dict], dict]:
        def act(values: dict) -> dict:
            here = school.batches if values["play"] else max(school.batches, values["target"])
            return {} if school.ended else {"play": False, "target": min(school.s.last, further(here)), **end}

        return act

    def epoch(here: int) -> int:
        return (here // school.s.per_epoch + 1) * school.s.per_epoch

    def again(values: dict) -> dict:
        return {"run": values["run"] + 1, "target": 0, "play": False, **end}

    def play(values: dict) -> dict:
        return {} if school.ended else {"play": True, **end}

    return [
        Verb("Enter", "apprendre, lot après lot", play, "▶ Apprendre", idle=last, shown=lambda v: not v["play"]),
        Verb("Enter", "arrêter l'apprentissage", lambda v: {"play": False, "target": 0}, "❚❚ Pause",
             shown=lambda v: v["play"]),
        Verb(" ", "apprendre un lot de plus", until(lambda here: here + 1), "1 lot", idle=last),
        Verb("t", "apprendre jusqu'à la fin de l'époque", until(epoch), "1 époque", idle=last),
        Verb("b", "recommencer avec les poids de départ", again, "Recommencer"),
    ]  # fmt: skip
