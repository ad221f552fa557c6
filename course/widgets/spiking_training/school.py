"""What is ordered of the network, and what is seen of it."""

from typing import NamedTuple

import numpy as np

from course.spiking import decisions, decode
from course.spiking.paths import quiet
from course.spiking.trainer import Diverged
from course.widgets import school as learning
from course.widgets.spiking_training.learning import adopt, batches, begin, confusion
from course.widgets.spiking_training.subject import Settings


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


class School(learning.School):
    """Of the network; a picture is looked at in it while it learns."""

    _encoded = ()

    @property
    def _so_far(self) -> int:
        return len(self._loss)

    def _length(self, view: View) -> int:
        return len(view.curves.loss)

    def _key(self, order: Order) -> tuple:
        return *super()._key(order), order.picture

    def _begin(self, order: Order) -> int:
        before = self.view.curves if self.view and len(self.view.curves.loss) else None
        self._before = before or (self.view.before if self.view else None)
        self._trainer = begin(self.s, order.now, *self._encoded)
        known = self._trainer.train, self._trainer.valid
        self._encoded = tuple((samples.x, samples.y) for samples in known)  # encoded once
        self._rows = batches(self._trainer)
        self._loss, self._right, self._lost = [], [], False
        self._settings = ((0, order.now),)
        self._valid, self._seen = [], look(self._trainer.net, order.picture)
        self._judge()
        return order.run

    def _adopt(self, now: Settings) -> None:
        if now != self._settings[-1][1]:
            adopt(self._trainer, now)
            last = self._settings[-1][0]
            kept = self._settings[:-1] if last == len(self._loss) else self._settings
            self._settings = (*kept, (len(self._loss), now))

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

    def _see(self, order: Order) -> View:
        if not self._lost:
            self._seen = look(self._trainer.net, order.picture)
        curves = Curves(*map(np.array, (self._loss, self._right, self._valid)), self._settings)
        return View(self._number, curves, self._before, self._confusion, self._seen, self._lost)


def look(net, picture: bytes) -> Seen:
    """What one picture does in the network."""
    x = net.encode(np.frombuffer(picture, np.float32)[None])
    records = net.record(x)
    _, steps, rows = x.where()
    fired = [record.s[:, 0].numpy().nonzero() for record in records[:-1]]
    output = records[-1].v
    answer = int(decode(output, net.decoder)[0].argmax())
    return Seen([(steps, rows), *fired], output[:, 0].numpy(), answer, int(decisions(output, net.decoder)[0]))
