"""The thread on which they learn: it does what the last order says, and nobody waits for it."""

import threading
import time
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from course.widgets.gan.lessons import Moment, Run
from course.widgets.gan.subject import Settings, Subject

PAUSE = 0.15  # between two pictures while they learn [s]


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


class School:
    """`order(…)` is heard at once, and replaces the one before; `view` is the last that is known, or None.

    `done()` is called on the thread when there is something new to see. The thread ends when all is done.
    """

    def __init__(self, s: Subject, clock: Callable[[], float] = time.perf_counter) -> None:
        self.s, self.clock = s, clock
        self.done: Callable[[], None] = lambda: None
        self.view: View | None = None
        self.error: BaseException | None = None
        self._order: Order | None = None
        self._thread: threading.Thread | None = None
        self._change = threading.Condition()
        self._number, self._run, self._looked, self._shown = None, None, None, -np.inf

    @property
    def penalty(self) -> str:
        """That of the run that was ordered."""
        return self._order.penalty

    @property
    def first(self) -> Settings:
        """Those that the run begins with, as far as it is known."""
        return self.view.settings[0][1] if self._mine() else self._order.now

    @property
    def batches(self) -> int:
        """How many the run that was ordered has learnt, as far as it is shown."""
        return len(self.view.losses) if self._mine() else 0

    @property
    def ended(self) -> bool:
        """Nothing is left to learn from in this run."""
        return self._mine() and (self.view.lost or self.batches >= self.s.last)

    def _mine(self) -> bool:
        return self.view is not None and self._order is not None and self.view.run == self._order.run

    def order(self, order: Order) -> None:
        with self._change:
            self._order = order
            if self._thread is None and self.error is None:
                self._thread = threading.Thread(target=self._work, name="adversaires", daemon=True)
                self._thread.start()

    def wait(self) -> None:
        """Until the order is done and shown; adversaries that are asked to play are waited for until their end."""
        with self._change:
            self._change.wait_for(lambda: self._thread is None)

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
            if self._looked == self._key(order) and not self._left(order):
                self._thread = None  # under the lock: who orders from now on starts another
                return None
            return order

    def _key(self, order: Order) -> tuple:
        return order.run, len(self._run.losses) if self._run else 0, order.now

    def _left(self, order: Order) -> bool:
        """Whether a batch is left to learn."""
        goal = self.s.last if order.play else min(order.target, self.s.last)
        return order.run != self._number or (not self._run.lost and len(self._run.losses) < goal)

    def _do(self, order: Order) -> None:
        if order.run != self._number:
            self._run, self._number = Run(self.s, order.penalty, order.now), order.run
        self._run.adopt(order.now)
        if self._left(order):
            self._run.learn()
        if not self._left(order) or self.clock() - self._shown > PAUSE:
            self._show(order)

    def _show(self, order: Order) -> None:
        run = self._run
        losses, moments = np.array(run.losses).reshape(-1, 2), tuple(run.moments)
        if moments[-1].batch != len(losses) and not self._left(order):
            moments = (*moments, run.moment())  # where it stops, between two that are kept
        self.view = View(self._number, losses, moments, run.settings, run.lost)
        self._looked, self._shown = self._key(order), self.clock()
        self.done()
