"""The map of regimes of two parameters, on another thread, with how far it is."""

from collections.abc import Callable

import numpy as np

from course.dynamics import Model
from course.rates import Regimes, regimes
from course.widgets.background import Background
from course.widgets.ei_network.subject import BOUNDS

_CELLS = 40


class Mapper:
    """`ask(x, y, parameters)`: the map or None; `share` says how much of the one under way is done."""

    def __init__(self, model: Model) -> None:
        self.model, self.share = model, 0.0
        self.background = Background(pause=0.15)

    @property
    def done(self) -> Callable[[], None]:
        return self.background.done

    @done.setter
    def done(self, redraw: Callable[[], None]) -> None:
        self.background.done = redraw

    def wait(self) -> None:
        self.background.wait()

    def ask(self, x: str, y: str, parameters: dict[str, float]) -> Regimes | None:
        others = {name: value for name, value in parameters.items() if name not in (x, y)}

        def progress(share: float) -> None:
            self.share = share
            self.background.done()

        def work() -> Regimes:
            self.share = 0.0
            xs, ys = (centres(name) for name in (x, y))
            return regimes(x, xs, y, ys, self.model, progress, **others)

        return self.background.ask((x, y, *others.items()), work)


def centres(name: str) -> np.ndarray:
    """The middles of the cells along one parameter."""
    low, high = BOUNDS[name]
    return low + (np.arange(_CELLS) + 0.5) * (high - low) / _CELLS
