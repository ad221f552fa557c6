"""What is ordered of the adversaries, and what is seen of them."""

from typing import NamedTuple

import numpy as np

from course.widgets.gan.lessons import Moment, Run
from course.widgets.gan.subject import Settings
from course.widgets.school import RunSchool


class Order(NamedTuple):
    """Which run, with which penalty, whether it goes on, at least until which batch, with what."""

    run: int
    penalty: str
    play: bool
    target: int
    now: Settings


class View(NamedTuple):
    """All that is shown, never changed once it is there; losses (batches, 2): the generator's, the judge's."""

    run: int
    losses: np.ndarray
    moments: tuple[Moment, ...]
    settings: tuple[tuple[int, Settings], ...]
    lost: bool


class School(RunSchool):
    """Of the adversaries."""

    name = "adversaires"
    pause = 0.15

    @property
    def penalty(self) -> str:
        """That of the run that was ordered."""
        return self._order.penalty

    @property
    def _so_far(self) -> int:
        return len(self._run.losses)

    def _length(self, view: View) -> int:
        return len(view.losses)

    def _begin(self, order: Order) -> Run:
        return Run(self.s, order.penalty, order.now)

    def _see(self, order: Order) -> View:
        run = self._run
        losses, moments = np.array(run.losses).reshape(-1, 2), tuple(run.moments)
        if moments[-1].batch != len(losses) and not self._left(order):
            moments = (*moments, run.moment())  # where it stops, between two that are kept
        return View(self._number, losses, moments, run.settings, run.lost)
