"""The thread on which it learns: it does what the last order says, and nobody waits for it."""

import threading
import time
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from course.generative import RBM
from course.widgets.rbm.lessons import Run
from course.widgets.rbm.subject import Settings, Subject

PAUSE = 0.1  # between two pictures while it learns [s]
PACE = 0.003  # after a batch that is played: eyes follow, and the page has its turn [s]


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


class School:
    """`order(…)` is heard at once, and replaces the one before; `view` is the last that is known, or None.

    `done()` is called on the thread when there is something new to see. The thread ends when all is done, or at
    `close()`, after which no order is heard.
    """

    def __init__(self, s: Subject, clock: Callable[[], float] = time.perf_counter) -> None:
        self.s, self.clock = s, clock
        self.done: Callable[[], None] = lambda: None
        self.view: View | None = None
        self.error: BaseException | None = None
        self.closed = False
        self._order: Order | None = None
        self._thread: threading.Thread | None = None
        self._change = threading.Condition()
        self._run: Run | None = None
        self._number, self._looked, self._shown = None, None, -np.inf

    @property
    def first(self) -> Settings:
        """Those that the run begins with, as far as it is known."""
        return self.view.settings[0][1] if self._mine() else self._order.now

    @property
    def batches(self) -> int:
        """How many the run that was ordered has learnt, as far as it is shown."""
        return len(self.view.errors) if self._mine() else 0

    @property
    def ended(self) -> bool:
        """Nothing is left to learn from in this run."""
        return self._mine() and (self.view.lost or self.batches >= self.s.last)

    def _mine(self) -> bool:
        return self.view is not None and self._order is not None and self.view.run == self._order.run

    def order(self, order: Order) -> None:
        with self._change:
            self._order = order
            self._change.notify_all()
            if self._thread is None and self.error is None and not self.closed:
                self._thread = threading.Thread(target=self._work, name="machine de Boltzmann", daemon=True)
                self._thread.start()

    def wait(self) -> None:
        """Until the order is done and shown; a machine that is asked to play is waited for until its end."""
        with self._change:
            self._change.wait_for(lambda: self._thread is None)

    def close(self) -> None:
        """The batch that is being learnt is the last one."""
        with self._change:
            self.closed = True
            self._change.notify_all()

    # -- on the thread

    def _work(self) -> None:
        try:
            while (order := self._next()) is not None:
                self._do(order)
        except Exception as error:  # raised where the picture is asked for
            self.error = error
            raise
        finally:
            with self._change:
                self._thread = None
                self._change.notify_all()

    def _next(self) -> Order | None:
        with self._change:
            order = self._order
            if self.closed or (self._looked == self._key(order) and not self._left(order)):
                self._thread = None  # under the lock: who orders from now on starts another
                return None
            if order.play and order.run == self._number:
                self._change.wait(PACE)
            return self._order

    def _key(self, order: Order) -> tuple:
        return order.run, len(self._run.errors) if self._run else 0, order.now

    def _left(self, order: Order) -> bool:
        """Whether a batch is left to learn."""
        goal = self.s.last if order.play else min(order.target, self.s.last)
        return order.run != self._number or (not self._run.lost and len(self._run.errors) < goal)

    def _do(self, order: Order) -> None:
        if order.run != self._number:
            self._run, self._number = Run(self.s, order.hidden, order.now), order.run
            self._show(order)
        self._run.adopt(order.now)
        if self._left(order):
            self._run.learn()
        if not self._left(order) or self.clock() - self._shown > PAUSE:
            self._show(order)

    def _show(self, order: Order) -> None:
        run = self._run
        if not run.lost or self.view is None:
            rbm = run.copy()
        else:
            rbm = self.view.rbm  # the last that was shown
        self.view = View(self._number, rbm, np.array(run.errors), np.array(run.energies), run.settings, run.lost)
        self._looked, self._shown = self._key(order), self.clock()
        if not self.closed:
            self.done()
