"""What is ordered of the machine, and what is seen of it."""

from typing import NamedTuple

import numpy as np

from course.generative import RBM
from course.widgets.rbm.lessons import Run
from course.widgets.rbm.subject import Settings
from course.widgets.school import RunSchool


class Order(NamedTuple):
    """Which run, with how many hidden units, whether it goes on, at least until which batch, with what."""

    run: int
    hidden: int
    play: bool
    target: int
    now: Settings


class View(NamedTuple):
    """All that is shown, never changed once it is there; energies (n, 3): batch, learnt letters, unseen ones."""

    run: int
    rbm: RBM
    errors: np.ndarray
    energies: np.ndarray
    settings: tuple[tuple[int, Settings], ...]
    lost: bool


class School(RunSchool):
    """Of the machine."""

    name = "machine de Boltzmann"
    pace = 0.003

    @property
    def _so_far(self) -> int:
        return len(self._run.errors)

    def _length(self, view: View) -> int:
        return len(view.errors)

    def _begin(self, order: Order) -> Run:
        return Run(self.s, order.hidden, order.now)

    def _begun(self, order: Order) -> None:
        self._show(order)

    def _see(self, order: Order) -> View:
        run = self._run
        # of a lost one, the last that was shown
        rbm = self.view.rbm if run.lost and self.view else run.copy()
        return View(self._number, rbm, np.array(run.errors), np.array(run.energies), run.settings, run.lost)
