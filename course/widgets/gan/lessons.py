"""One run: the adversaries, their batches one after the other, and moments kept on the way."""

from typing import NamedTuple

import numpy as np

from course.generative import GAN, Diverged, Training, modes
from course.widgets.gan.subject import ASKED, BATCH, SHOWN, Settings, Subject

BINS = np.linspace(0, 1, 21)


class Moment(NamedTuple):
    """What they are after `batch` batches.

    drawn (SHOWN, pixels): the same codes each time. shares (10,): what the LeNet reads in ASKED drawings. real, fake:
    how many images the judge puts in each bin of P(real); trust, doubt: its mean for unseen digits, for drawings.
    """

    batch: int
    drawn: np.ndarray
    shares: np.ndarray
    covered: int
    real: np.ndarray
    fake: np.ndarray
    trust: float
    doubt: float


class Run:
    """`learn()` is one batch; `moments` grow every `s.every` batches."""

    def __init__(self, s: Subject, penalty: str, now: Settings) -> None:
        self.s, self.penalty = s, penalty
        self.gan = GAN(hidden=s.hidden, penalty=penalty, seed=s.seed)
        self.training = Training(self.gan, s.train, batch_size=BATCH, lr=now.lr)
        self.settings: tuple[tuple[int, Settings], ...] = ()
        self.losses: list[tuple[float, float]] = []
        self.lost = False
        self.adopt(now)
        self.moments = [self.moment()]

    def adopt(self, now: Settings) -> None:
        """From the next batch on."""
        if self.settings and self.settings[-1][1] == now:
            return
        n = len(self.losses)
        self.settings = (*(pair for pair in self.settings if pair[0] < n), (n, now))
        self.training.lr, self.training.factors = now.lr, [1.0, now.ratio]

    def learn(self) -> None:
        try:
            done = self.training.step()
        except Diverged:
            self.lost = True
            return
        self.losses.append((done["generator"], done["judge"]))
        if len(self.losses) % self.s.every == 0:
            self.moments.append(self.moment())

    def moment(self) -> Moment:
        drawn = self.gan.sample(ASKED, seed=self.s.seed + 1)
        read, trust, doubt = modes(drawn), self.gan.judge(self.s.unseen), self.gan.judge(drawn)
        real, fake = (np.histogram(p, BINS)[0] / len(p) for p in (trust, doubt))
        return Moment(len(self.losses), drawn[:SHOWN], read.shares, read.covered, real, fake,
                      float(trust.mean()), float(doubt.mean()))
