"""The thread on which the network learns: it does what the last order says, and nobody waits for it."""

import threading
import time
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from course.spiking import decisions, decode
from course.spiking.paths import quiet
from course.spiking.trainer import Diverged
from course.widgets.spiking_training.learning import adopt, batches, begin, confusion
from course.widgets.spiking_training.subject import Settings, Subject

PAUSE = 0.1  # between two pictures of a network that learns [s]


class Order(NamedTuple):
    """Which run, whether it goes on, at least until which batch, with what, and the picture that is looked at."""

    run: int
    play: bool
    target: int
    now: Settings
    picture: bytes


class Curves(NamedTuple):
    """One run so far: loss and accuracy of each batch, the validation (batch, accuracy), settings from each batch."""

    loss: np.ndarray
    accuracy: np.ndarray
    valid: np.ndarray
    settings: tuple[tuple[int, Settings], ...]


class Seen(NamedTuple):
    """One picture in the network: spikes of each layer (step, row), membranes of the readout, the answer."""

    spikes: list[tuple[np.ndarray, np.ndarray]]
    membranes: np.ndarray
    answer: int
    decided: int


class View(NamedTuple):
    """All that is shown, never changed once it is there."""

    run: int
    curves: Curves
    before: Curves | None
    confusion: np.ndarray
    seen: Seen
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
        self._run, self._trainer, self._encoded = None, None, ()
        self._looked: tuple | None = None
        self._shown = -np.inf

    @property
    def batches(self) -> int:
        """How many the run that was ordered has learnt, as far as it is shown."""
        mine = self.view is not None and self._order is not None and self.view.run == self._order.run
        return len(self.view.curves.loss) if mine else 0

    @property
    def ended(self) -> bool:
        """Nothing is left to learn from in this run."""
        view, order = self.view, self._order
        mine = view is not None and order is not None and view.run == order.run
        return mine and (view.lost or self.batches >= self.s.last)

    def order(self, order: Order) -> None:
        with self._change:
            self._order = order
            if self._thread is None and self.error is None:
                self._thread = threading.Thread(target=self._work, name="apprentissage", daemon=True)
                self._thread.start()

    def wait(self) -> None:
        """Until the order is done and shown; a network that is asked to play is waited for until its end."""
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
        return order.run, len(self._loss) if self._run is not None else 0, order.now, order.picture

    def _left(self, order: Order) -> bool:
        """Whether a batch is left to learn."""
        goal = self.s.last if order.play else min(order.target, self.s.last)
        return order.run != self._run or (not self._lost and len(self._loss) < goal)

    def _do(self, order: Order) -> None:
        if order.run != self._run:
            self._begin(order)
        if order.now != self._settings[-1][1]:
            adopt(self._trainer, order.now)
            last = self._settings[-1][0]
            kept = self._settings[:-1] if last == len(self._loss) else self._settings
            self._settings = (*kept, (len(self._loss), order.now))
        if self._left(order):
            self._learn()
        if not self._left(order) or self.clock() - self._shown > PAUSE:
            self._show(order)

    def _begin(self, order: Order) -> None:
        before = self.view.curves if self.view and len(self.view.curves.loss) else None
        self._before = before or (self.view.before if self.view else None)
        self._trainer = begin(self.s, order.now, *self._encoded)
        known = self._trainer.train, self._trainer.valid
        self._encoded = tuple((samples.x, samples.y) for samples in known)  # encoded once
        self._rows = batches(self._trainer)
        self._loss, self._right, self._lost = [], [], False
        self._settings = ((0, order.now),)
        self._run, self._valid, self._seen = order.run, [], look(self._trainer.net, order.picture)
        self._judge()

    def _judge(self) -> None:
        self._confusion = confusion(self._trainer)
        self._valid.append((len(self._loss), self._confusion.trace() / self._confusion.sum()))

    def _learn(self) -> None:
        rows, seed = next(self._rows)
        try:
            with quiet(self._trainer.path):
                done = self._trainer.step(rows, seed)
        except Diverged:
            self._lost = True
            return
        self._loss.append(done.loss)
        self._right.append(done.right / len(rows))
        if len(self._loss) % self.s.every == 0:
            self._judge()

    def _show(self, order: Order) -> None:
        if not self._lost:
            self._seen = look(self._trainer.net, order.picture)
        curves = Curves(*map(np.array, (self._loss, self._right, self._valid)), self._settings)
        self.view = View(self._run, curves, self._before, self._confusion, self._seen, self._lost)
        self._looked, self._shown = self._key(order), self.clock()
        self.done()


def look(net, picture: bytes) -> Seen:
    """What one picture does in the network."""
    x = net.encode(np.frombuffer(picture, np.float32)[None])
    records = net.record(x)
    _, steps, rows = x.where()
    fired = [record.s[:, 0].numpy().nonzero() for record in records[:-1]]
    output = records[-1].v
    answer = int(decode(output, net.decoder)[0].argmax())
    return Seen([(steps, rows), *fired], output[:, 0].numpy(), answer, int(decisions(output, net.decoder)[0]))
