"""The thread on which something learns: it does what the last order says, and nobody waits for it."""

import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np


class School:
    """`order(…)` is heard at once, and replaces the one before; `view` is the last that is known, or None.

    An order has a `run`, `play` (whether it goes on), a `target` (at least until which batch) and `now`, its settings;
    a view has its `run` and whether it is `lost`. `done()` is called on the thread when there is something new to see.
    The thread ends when all is done, or at `close()`, after which no order is heard.

    A school of its own says how to `_begin`, `_adopt` settings, `_learn` one batch and `_see`, and what is known:
    `_so_far` batches, `_lost`, and how many a view has, `_length`.
    """

    name = "apprentissage"  # of the thread
    pause = 0.1  # between two pictures while it learns [s]
    pace = 0.0  # after a batch that is played: eyes follow, and the page has its turn [s]

    def __init__(self, s: Any, clock: Callable[[], float] = time.perf_counter) -> None:
        self.s, self.clock = s, clock
        self.done: Callable[[], None] = lambda: None
        self.view: Any = None
        self.error: BaseException | None = None
        self.closed = False
        self._order: Any = None
        self._thread: threading.Thread | None = None
        self._change = threading.Condition()
        self._run, self._number, self._looked, self._shown = None, None, None, -np.inf

    @property
    def batches(self) -> int:
        """How many the run that was ordered has learnt, as far as it is shown."""
        return self._length(self.view) if self._mine() else 0

    @property
    def ended(self) -> bool:
        """Nothing is left to learn from in this run."""
        return self._mine() and (self.view.lost or self.batches >= self.s.last)

    def _mine(self) -> bool:
        return self.view is not None and self._order is not None and self.view.run == self._order.run

    def order(self, order: Any) -> None:
        with self._change:
            self._order = order
            self._change.notify_all()
            if self._thread is None and self.error is None and not self.closed:
                self._thread = threading.Thread(target=self._work, name=self.name, daemon=True)
                self._thread.start()

    def wait(self) -> None:
        """Until the order is done and shown; a run that is asked to play is waited for until its end."""
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

    def _next(self) -> Any:
        with self._change:
            order = self._order
            if self.closed or (self._looked == self._key(order) and not self._left(order)):
                self._thread = None  # under the lock: who orders from now on starts another
                return None
            if self.pace and order.play and order.run == self._number:
                self._change.wait(self.pace)
            return self._order

    def _key(self, order: Any) -> tuple:
        return order.run, self._so_far if self._run is not None else 0, order.now

    def _left(self, order: Any) -> bool:
        """Whether a batch is left to learn."""
        goal = self.s.last if order.play else min(order.target, self.s.last)
        return order.run != self._number or (not self._lost and self._so_far < goal)

    def _do(self, order: Any) -> None:
        if order.run != self._number:
            self._run, self._number = self._begin(order), order.run
            self._begun(order)
        self._adopt(order.now)
        if self._left(order):
            self._learn()
        if not self._left(order) or self.clock() - self._shown > self.pause:
            self._show(order)

    def _begun(self, order: Any) -> None:
        """A run has just begun: nothing is shown of it yet."""

    def _show(self, order: Any) -> None:
        self.view = self._see(order)
        self._looked, self._shown = self._key(order), self.clock()
        if not self.closed:
            self.done()


class RunSchool(School):
    """Whose runs know how to `adopt`, to `learn`, and whether they are `lost`."""

    @property
    def first(self) -> Any:
        """The settings that the run begins with, as far as it is known."""
        return self.view.settings[0][1] if self._mine() else self._order.now

    @property
    def _lost(self) -> bool:
        return self._run.lost

    def _adopt(self, now: Any) -> None:
        self._run.adopt(now)

    def _learn(self) -> None:
        self._run.learn()
