"""One run: a machine, its batches one after the other, and the free energies measured on the way."""

import numpy as np

from course.generative import RBM, Learning
from course.generative.contrast import WILD
from course.widgets.rbm.subject import BATCH, Settings, Subject


class Run:
    """`learn()` is one batch; `energies` (batch, learnt letters, unseen ones) grow every `s.every` batches."""

    def __init__(self, s: Subject, hidden: int, now: Settings) -> None:
        self.s = s
        self.rbm = RBM(s.train.shape[1], hidden, seed=s.seed)
        self.learning = Learning(self.rbm, s.train, batch_size=BATCH, lr=now.lr, seed=s.seed)
        self.settings: tuple[tuple[int, Settings], ...] = ()
        self.errors: list[float] = []
        self.energies: list[tuple[int, float, float]] = []
        self.lost = False
        self.adopt(now)
        self.measure()

    def adopt(self, now: Settings) -> None:
        """From the next batch on."""
        if self.settings and self.settings[-1][1] == now:
            return
        n = len(self.errors)
        self.settings = (*(pair for pair in self.settings if pair[0] < n), (n, now))
        self.learning.lr, self.learning.k, self.learning.persistent = now

    def learn(self) -> None:
        error = self.learning.step()
        wild = max(float(abs(p).max()) for p in (self.rbm.W, self.rbm.a, self.rbm.b))
        if not wild < WILD:  # a NaN is not
            self.lost = True
            return
        self.errors.append(error)
        if len(self.errors) % self.s.every == 0:
            self.measure()

    def measure(self) -> None:
        learnt, unseen = (float(self.rbm.free_energy(x).mean()) for x in (self.s.train, self.s.unseen))
        self.energies.append((len(self.errors), learnt, unseen))

    def copy(self) -> RBM:
        """The machine as it is now, which learns no more."""
        made = RBM(self.rbm.n_visible, self.rbm.n_hidden, seed=self.s.seed)
        made.W, made.a, made.b = (np.array(p) for p in (self.rbm.W, self.rbm.a, self.rbm.b))
        return made
