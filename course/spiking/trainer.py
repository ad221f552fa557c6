"""Learning, one batch or one epoch at a time: what `fit` repeats, and what an explorer drives step by step."""

import math
import time

import numpy as np
import torch

from course import _check
from course.spiking import given, paths
from course.spiking.checkpoint import checked_weights, fingerprint
from course.spiking.encode import Constant
from course.spiking.events import Events
from course.spiking.history import History
from course.spiking.learn import Costs, Learnt, Teacher, judge, learn
from course.spiking.samples import Samples, aside, train_part
from course.spiking.shaken import shifted, square, thinned

GAUGE = 256  # pictures from which rates and dead neurons are read


class Diverged(Exception):
    """The weights are no longer numbers."""


class Trainer:
    """Adam on the cross-entropy of `net`'s scores; `lr` and everything in `net` may change between two steps.

    The order of the samples, and the spikes of a random code, are drawn from (seed, epoch, batch): an apprenticeship
    taken up again sees what it would have seen.

    Args:
        train: (pictures, labels), pictures in [0, 1] or Events, or a Dataset. valid: the fraction of it set aside,
            other data, or None. batch_size. lr: Adam's step; lr_decay: what multiplies it after each epoch.
        drop: share of the input spikes that are lost while learning, drawn anew for each batch: what the network
            cannot count on, it does not learn by heart. shift: pixels by which a picture may be moved, likewise.
        rate_cost, dead_cost: what firing too much, or never, adds to the loss (see `Costs`).
        seed: of every draw. path: None is the network's own.
    """

    def __init__(self, net, train: object, valid: object = None, *, batch_size: int = 256, lr: float = 1e-3,
                 lr_decay: float = 0.9, drop: float = 0.0, shift: int = 0, rate_cost: float = 0.0,
                 dead_cost: float = 0.0, seed: int = 0, path: str | None = None) -> None:
        if not hasattr(net, "encoder"):
            raise _check.refuse("fit.net", "un SpikingNetwork", net)
        self.net, self.batch_size = net, given.whole("fit.batch_size", batch_size)
        self.lr, self.lr_decay = _check.positive("fit.lr", lr), _check.positive("fit.lr_decay", lr_decay)
        self.costs = Costs(_check.not_negative("fit.rate_cost", rate_cost),
                           _check.not_negative("fit.dead_cost", dead_cost))
        self.seed = given.whole("fit.seed", seed, 0)
        self.drop = given.fraction("fit.drop", drop)
        self.shift = given.whole("fit.shift", shift, 0)
        if (self.drop or self.shift) and isinstance(net.encoder, Constant):
            rule = "0 pour un courant constant, qui n'a pas d'impulsions"
            raise _check.refuse("fit.drop, shift", rule, (drop, shift))
        if self.shift:
            square("fit.shift", net.n_in)
        checked_weights("fit.net", net)
        self.learns = [p for p in net.parameters() if p.requires_grad]
        if not self.learns:
            raise _check.refuse("fit.net", "au moins une couche qui apprend", "toutes gelées")
        self.train, self.valid = aside(Samples("fit.train", train_part(train), net), valid, net, self.seed)
        self.path = paths.chosen(net, path or net.path, any(self.costs))
        self.model = Teacher(net)
        self.optimizer = torch.optim.Adam(self.learns, lr=self.lr, fused=True)
        self.history = History(path=self.path)
        self.rank, self.world = 0, 1

    def settings(self) -> dict[str, object]:
        """What must be the same for an apprenticeship to be taken up again."""
        plain = {name: getattr(self, name) for name in ("batch_size", "lr", "lr_decay", "drop", "shift", "seed")}
        layers = [layer.learning() for layer in self.net.layers]
        return {**plain, "costs": tuple(self.costs), "données": fingerprint(self.train),
                "validation": fingerprint(self.valid), "couches": layers}

    def order(self, epoch: int) -> list[np.ndarray]:
        """The rows of each batch of an epoch (from 0)."""
        rows = np.random.default_rng([self.seed, 1, epoch]).permutation(len(self.train))
        batches = [rows[k : k + self.batch_size] for k in range(0, len(rows), self.batch_size)]
        return [batch for batch in batches if len(batch) >= self.world]

    def step(self, rows: np.ndarray, seed: object = 0) -> Learnt:
        """One batch: gradients, then Adam.

        Raises:
            Diverged: a weight, or the loss, is no longer a number.
        """
        x, y = self.train.batch(rows, seed)
        if self.drop:
            x = thinned(x, self.drop, np.random.default_rng([5, *np.atleast_1d(seed)]))
        if self.shift:
            x = shifted(x, self.shift, np.random.default_rng([6, *np.atleast_1d(seed)]))
        if self.world > 1:  # the spikes are drawn for all, then shared out
            mine = slice(self.rank, None, self.world)
            x, y = x[mine] if isinstance(x, Events) else x[:, mine], y[mine]
        done = learn(self.model, x, y, self.path, self.costs, len(y) * self.world / len(rows))
        for group in self.optimizer.param_groups:
            group["lr"] = self.lr * self.lr_decay ** len(self.history)
        self.optimizer.step()
        # a NaN weight makes a silent neuron, and a loss that looks like one: weights are looked at too
        if not (math.isfinite(done.loss) and all(bool(torch.isfinite(p.sum())) for p in self.learns)):
            raise Diverged
        return done

    def epoch(self) -> History:
        """Every sample once, then the validation and the gauges."""
        with paths.quiet(self.path):
            return self._epoch()

    def _epoch(self) -> History:
        start, epoch = time.perf_counter(), len(self.history)
        total, right, norms = 0.0, 0, np.zeros(len(self.net.weights))
        batches = self.order(epoch)
        for k, rows in enumerate(batches):
            done = self.step(rows, [self.seed, 2, epoch, k])
            total += done.loss * len(rows) / self.world
            right += done.right
            norms += [0.0 if W.grad is None else float(W.grad.norm()) for W in self.net.weights]
        total, right = self.together(total, right)
        self.history.loss.append(total / len(self.train))
        self.history.accuracy.append(right / len(self.train))
        self.history.gradients.append((norms / len(batches)).tolist())
        if self.valid is not None:
            loss, accuracy = score(self.net, self.valid, self.path, self.seed)
            self.history.val_loss.append(loss)
            self.history.val_accuracy.append(accuracy)
        rates, dead = gauges(self.net, self.valid or self.train, self.path, self.seed)
        self.history.rates.append(rates)
        self.history.dead.append(dead)
        self.history.seconds.append(time.perf_counter() - start)
        return self.history

    def together(self, loss: float, right: int) -> tuple[float, int]:
        """The sums over the processes that learn together; here, one."""
        return loss, right


def score(net, samples: Samples, path: str, seed: int = 0, batch_size: int = 1000) -> tuple[float, float]:
    """Mean loss and accuracy; a random code is drawn from `seed`, the same spikes each time."""
    total, right = 0.0, 0
    for k in range(0, len(samples), batch_size):
        x, y = samples.batch(slice(k, k + batch_size), [seed, 3, k])
        done = judge(net, x, y, path)
        total += done.loss * len(y)
        right += done.right
    return total / len(samples), right / len(samples)


def gauges(net, samples: Samples, path: str, seed: int = 0) -> tuple[list[float], list[float]]:
    """The rate [Hz] and the share of silent neurons of each hidden layer, for the first pictures."""
    x, y = samples.batch(slice(0, GAUGE), [seed, 4])
    duration = len(y) * net.steps * net.dt / 1000
    layers = paths.fired(net, x, path)
    return [float(z.mean()) / duration for z in layers], [float((z == 0).mean()) for z in layers]
