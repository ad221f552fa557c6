"""The explorer whose state is also an order to the thread that learns."""

from collections.abc import Callable

import numpy as np

from course.widgets.explorer import Explorer
from course.widgets.spiking_training.drawing import normalised
from course.widgets.spiking_training.school import Order, School
from course.widgets.spiking_training.subject import Settings, Subject


class Studio(Explorer):
    """Every change of its values is an order to `school`; what comes back is drawn when it has come."""

    def __init__(self, school: School, **arguments) -> None:
        self.school = school
        super().__init__(**arguments)

    def _show(self, notice: str) -> None:
        self.school.order(ordered(self.school.s, self.values))
        super()._show(notice)

    def hear(self) -> None:
        """On the thread that learns: there is something new to see, or nothing left to do."""
        if self.school.ended and self.values["play"]:
            self.change({"play": False}, "play")
        else:
            self.redraw()


def ordered(s: Subject, values: dict) -> Order:
    now = Settings(*(values[name] for name in Settings._fields))
    return Order(values["run"], values["play"], values["target"], now, picture(s, values).tobytes())


def picture(s: Subject, values: dict) -> np.ndarray:
    """What enters the network: (784,), from 0 to 1."""
    if values["mode"] == "own":
        return normalised(values["drawn"]).ravel()
    return np.ascontiguousarray(s.example(values["digit"], round(values["example"]) - 1), np.float32)


def computation(school: School) -> Callable[..., dict]:
    """`compute(**values) -> arrays`: the last that is known, at once.

    Raises:
        Exception: what has stopped the thread.
    """

    def compute(**values) -> dict:
        if school.error is not None:
            raise school.error
        return {"values": values, "subject": school.s, "view": school.view, "picture": picture(school.s, values)}

    return compute
