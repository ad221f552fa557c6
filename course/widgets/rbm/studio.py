"""The explorer whose state is also an order to the thread that learns."""

from collections.abc import Callable

from course.widgets.explorer import Explorer
from course.widgets.rbm.chain import start, walk
from course.widgets.rbm.school import Order, School
from course.widgets.rbm.subject import Settings


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

    def close(self) -> None:
        """Whoever closes it stops the thread."""
        self.school.close()
        super().close()


def ordered(values: dict) -> Order:
    now = Settings(values["lr"], round(values["k"]), values["persistent"])
    return Order(values["run"], round(values["hidden"]), values["play"], values["target"], now)


def computation(school: School) -> Callable[..., dict]:
    """`compute(**values) -> arrays`: the last machine that is known, at once, and its chain.

    Raises:
        Exception: what has stopped the thread.
    """

    def compute(**values) -> dict:
        if school.error is not None:
            raise school.error
        view, s = school.view, school.s
        fits = view is not None and view.rbm.n_hidden == round(values["hidden"])  # else it is on its way
        return {"values": values, "subject": s, "view": view if fits else None, "start": start(s, values),
                "walk": walk(view.rbm, s, values) if fits else None}  # fmt: skip

    return compute
