"""Contrastive divergence: what the data say of v and h together, less what the machine says of them by itself."""

import time
from collections.abc import Callable
from types import SimpleNamespace

import numpy as np

from course import _check
from course.generative.bits import bits
from course.generative.diverged import Diverged
from course.generative.halves import Halves, worth
from course.generative.series import History
from course.nn.given import count
from course.nn.samples import bar

WILD = 100.0  # a weight as large holds its units at 0 or at 1 whatever happens


def contrast(rbm, v, chain, k: int, rng) -> tuple:  # noqa: ANN001
    """Sums over the rows: (∂W, ∂a, ∂b), then the chain after k steps and P(v = 1) at its last one.

    v: the data; chain: where the negative phase starts (v itself: CD-k; the last chain: PCD). The hidden units of the
    statistics are probabilities, those of the walk are drawn.
    """
    E = rbm.E
    up = rbm._up(v)
    h = E.bernoulli(up if chain is v else rbm._up(chain), rng)
    for left in reversed(range(k)):
        back = rbm._down(h)
        chain = E.bernoulli(back, rng)
        down = rbm._up(chain)
        if left:
            h = E.bernoulli(down, rng)
    return v.T @ up - chain.T @ down, v.sum(0) - chain.sum(0), up.sum(0) - down.sum(0), chain, back


class Learning:
    """The lessons of one machine: `step` by `step`, or by `epoch`; every setting may change while it runs.

    Args:
        x: rows of 0 and 1; with `draw`, probabilities, drawn anew at each batch. batch_size: rows a step.
        lr: the gradients are means: the rate does not depend on the batch. k: steps of Gibbs of the negative phase.
        persistent: its chains go on from batch to batch (PCD). momentum: share of the last change that is kept.
        weight_decay: share of the weights (not of the biases) that each step takes away, times lr.
        valid: rows whose free energy is compared to that of as many rows of x. seed: of the order and of the draws.
    """

    def __init__(self, rbm, x: object, *, batch_size: int = 100, lr: float = 0.05, k: int = 1,  # noqa: ANN001
                 persistent: bool = False, momentum: float = 0.5, weight_decay: float = 0.0, valid: object = None,
                 draw: bool = False, seed: int = 0) -> None:  # fmt: skip
        self.rbm, self.E, self.draw = rbm, rbm.E, bool(draw)
        self.x = bits(self.E, "fit.x", x, rbm.n_visible, self.draw)
        self.valid = None if valid is None else bits(self.E, "fit.valid", valid, rbm.n_visible, self.draw)
        self.batch_size, self.k = count("fit.batch_size", batch_size), count("fit.k", k)
        self.lr, self.persistent = _check.positive("fit.lr", lr), bool(persistent)
        self.momentum = _check.not_negative("fit.momentum", momentum)
        if self.momentum >= 1:
            raise _check.refuse("fit.momentum", "un nombre de 0 à 1, 1 exclu", momentum)
        self.weight_decay = _check.not_negative("fit.weight_decay", weight_decay)
        self.order = np.random.default_rng(count("fit.seed", seed, 0))
        self.rng, self.streams = self.E.generator(seed), np.random.default_rng(seed).spawn(2)
        self.halves: Halves | None = None
        self.speed = [0 * p for p in self._parameters]
        self.history = History("error", "pseudo_likelihood", "gap")
        self.left: list[np.ndarray] = []
        self.chain = None
        self.good = [self.E.array(p) for p in self._parameters]

    @property
    def _parameters(self) -> tuple:
        return self.rbm.W, self.rbm.a, self.rbm.b

    def step(self) -> float:
        """One batch; the mean squared error of a reconstruction of it. Rows are drawn again when all were seen."""
        if not self.left:
            self.left = self._batches()
        rows = self.left.pop()
        with np.errstate(over="ignore", invalid="ignore"):
            return (self._halved if worth(self.E, len(rows), self.rbm.W) else self._whole)(rows)

    def _whole(self, rows: np.ndarray) -> float:
        v, n = self.E.rows(self.x, rows), len(rows)
        if self.draw:
            v = self.E.bernoulli(v, self.rng)
        *sums, chain, back = contrast(self.rbm, v, self.chain[:n] if self._goes_on else v, self.k, self.rng)
        for p, speed, total in zip(self._parameters, self.speed, sums, strict=True):
            self._move(p, speed, total, n)
        self._kept(chain)
        if self._lost:
            back = self._reconstructed(v)
        return float(((v - back) ** 2).mean())

    def _halved(self, rows: np.ndarray) -> float:
        """The same in compiled loops, on two cores."""
        E, n = self.E, len(rows)
        machine, speed, x = [E.numpy(p) for p in self._parameters], [E.numpy(s) for s in self.speed], E.numpy(self.x)
        given = n, *(t.ctypes.data for t in machine + speed)
        if self.halves is None or self.given != given:
            self.halves, self.given = Halves(n, machine, speed, self.streams), given
        room, on = self.halves, self._goes_on
        np.take(x, rows, axis=0, out=room.X, mode="clip")  # clip: straight into X
        if self.draw:
            room.X[:] = self.rng.random(room.X.shape, dtype=np.float32) < room.X
        if on:
            room.Y[:] = E.numpy(self.chain)[:n]
        room.lesson(self.k, on, self.momentum, self.lr / n, self.lr * self.weight_decay)
        self._kept(E.lent(room.Y))
        back = E.numpy(self._reconstructed(E.lent(room.X))) if self._lost else room.V
        gap = np.subtract(room.X, back, out=room.Uv)  # those draws are over
        return float(np.vdot(gap, gap)) / gap.size

    @property
    def _goes_on(self) -> bool:
        """Does the negative phase start where the last one stopped?"""
        return self.persistent and self.chain is not None and len(self.chain) == self.batch_size

    @property
    def _lost(self) -> bool:
        """Is the end of the chain not, or no longer, a reconstruction of the batch?"""
        return self.persistent or self.k > 1

    def _kept(self, chain) -> None:  # noqa: ANN001
        if self.persistent and (self.chain is None or len(chain) == self.batch_size):
            self.chain = chain

    def _reconstructed(self, v):  # noqa: ANN001, ANN202
        return self.rbm._down(self.E.bernoulli(self.rbm._up(v), self.rng))

    def _move(self, p, speed, total, n: int) -> None:  # noqa: ANN001
        speed *= self.momentum
        total *= self.lr / n
        speed += total
        if self.weight_decay and p is self.rbm.W:
            speed -= self.lr * self.weight_decay * p
        p += speed

    def _batches(self) -> list[np.ndarray]:
        rows = self.order.permutation(len(self.x))
        return np.array_split(rows, range(self.batch_size, len(rows), self.batch_size))[::-1]

    def epoch(self) -> History:
        """Every row once, then what is watched."""
        begin, seen, total, self.left = time.perf_counter(), 0, 0.0, self._batches()
        while self.left:
            n = len(self.left[-1])
            total, seen = total + n * self.step(), seen + n
        wild = max(float(abs(p).max()) for p in self._parameters)
        if not wild < WILD:  # a NaN is not
            for p, good in zip(self._parameters, self.good, strict=True):
                p[:] = good
            raise Diverged(len(self.history) + 1, self.lr, "un poids dépasse 100 ou")
        self.good = [self.E.array(p) for p in self._parameters]
        some = self._drawn(self.x[:1000])
        values = {"error": total / seen, "pseudo_likelihood": self.rbm._pseudo(some, self.order)}
        if self.valid is not None:
            valid = self._drawn(self.valid)
            seen = self._drawn(self.x[: len(valid)])
            values["gap"] = float(self.rbm._free(valid).mean() - self.rbm._free(seen).mean())
        self.history.add(**values, seconds=time.perf_counter() - begin)
        return self.history

    def _drawn(self, x):  # noqa: ANN001, ANN202
        return self.E.bernoulli(x, self.rng) if self.draw else x

    def run(self, epochs: int, progress: bool = True, each: Callable[[History], object] | None = None) -> History:
        """`epochs` of them, unless `each` says to stop."""
        with bar(epochs, progress) as show:
            for _ in range(epochs):
                self.epoch()
                show(SimpleNamespace(val_loss=[], loss=self.history.error))
                if each is not None and each(self.history) is True:
                    break
        return self.history
