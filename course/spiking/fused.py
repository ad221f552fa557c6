"""The fast path of a feed-forward stack: each sample goes through the whole network and back in one compiled call.

A sample's potentials stay in the processor's nearest caches; its events walk rows of weights, and of gradients. The
samples are cut over the threads, each with its own copy of the gradients, added at the end: the same number of threads
gives the same bits, another one the same numbers but for rounding.
"""

import functools
import threading
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from course import _check
from course.spiking.events import Events
from course.spiking.sample import ARGUMENTS, source
from course.spiking.surrogate import Surrogate
from course.spiking.surrogate import surrogate as read
from course.spiking.threads import in_bounds, share, together

Arrays = list[np.ndarray]
_NOBODY = np.empty(0, np.int64)


@dataclass(frozen=True, eq=False)
class Step:
    """What a batch gave: mean loss, dL/dW of each layer, scores (samples, classes), spikes of each hidden neuron."""

    loss: float
    gradients: Arrays
    scores: np.ndarray
    fired: list[np.ndarray]

    @property
    def spikes(self) -> list[int]:
        """How many in each hidden layer."""
        return [int(neurons.sum()) for neurons in self.fired]


def loss_and_gradients(
    weights: Arrays, events: Events, labels: np.ndarray, *, alphas: list[float], betas: list[float],
    theta: float = 1.0, reset: str = "soft", detach: bool = True, surrogate: str | Surrogate = "super_spike",
    decode: str = "max", threads: int | None = None,
) -> Step:  # fmt: skip
    """The cross-entropy of a batch and its gradient.

    Args:
        weights: (inputs, neurons) float32 of each layer, the last one the readout's; they are read in place.
        events: the batch.
        labels: (samples,) integers.
        alphas, betas: the decay per step of the current and of the potential of each layer.
        theta: the threshold.
        reset: "soft" subtracts θ, "hard" goes back to 0.
        detach: no gradient goes through the reset.
        surrogate: σ', its name or a `Surrogate`.
        decode: a class's score is its greatest potential over time, "max", or the mean one, "mean".
        threads: None: the cores that this process may use.
    """
    labels = np.ascontiguousarray(labels, np.int64)
    classes = weights[-1].shape[1]
    if labels.shape != (events.samples,) or (labels.size and not 0 <= labels.min() <= labels.max() < classes):
        rule = f"{events.samples} entiers de 0 à {classes - 1}"
        raise _check.refuse("loss_and_gradients.labels", rule, labels.tolist())
    rest = (alphas, betas, theta, reset, detach, surrogate, decode, threads)
    return _run("loss_and_gradients", weights, events, labels, *rest, learn=True)


def forward(
    weights: Arrays, events: Events, labels: np.ndarray | None = None, *, alphas: list[float], betas: list[float],
    theta: float = 1.0, reset: str = "soft", detach: bool = True, surrogate: str | Surrogate = "super_spike",
    decode: str = "max", threads: int | None = None,
) -> Step:  # fmt: skip
    """The scores and the spikes of a batch, and its loss if `labels` are given; no gradient."""
    labels = _NOBODY if labels is None else np.ascontiguousarray(labels, np.int64)
    rest = (alphas, betas, theta, reset, detach, surrogate, decode, threads)
    return _run("forward", weights, events, labels, *rest, learn=False)


def _run(
    where: str, weights: Arrays, events: Events, labels: np.ndarray, alphas: list[float], betas: list[float],
    theta: float, reset: str, detach: bool, given: str | Surrogate, decode: str, threads: int | None, learn: bool,
) -> Step:  # fmt: skip
    _check.one_of(f"{where}.reset", reset, ("soft", "hard"))
    _check.one_of(f"{where}.decode", decode, ("max", "mean"))
    chosen = read(given, f"{where}.surrogate")
    in_bounds(f"{where}.events", events, weights[0].shape[0])
    plan = _Plan.made((weights[0].shape[0], *(w.shape[1] for w in weights)), events.steps)
    run = _kernel(chosen.name, reset, detach, plan.kinds)
    decay = np.array([alphas, betas], np.float64).T.copy()
    numbers = (decay, _check.positive(f"{where}.theta", theta), chosen.scale, int(decode == "mean"))
    with plan.busy:
        return plan.run(run, weights, events, labels, *numbers, threads, learn)


@functools.cache
def _kernel(name: str, reset: str, detach: bool, kinds: tuple[int, ...]) -> Callable[..., None]:
    from course.spiking.load import kernel

    formula = Surrogate(name).family.derivative
    title = f"l'apprentissage par impulsions ({name})"
    return kernel("fused", title, source(reset, detach, formula, kinds), ARGUMENTS)


class _Plan:
    """The places of a stack's arrays, and the memory that its batches share."""

    @staticmethod
    @functools.lru_cache(8)
    def made(sizes: tuple[int, ...], steps: int) -> "_Plan":
        return _Plan(sizes, steps)

    def __init__(self, sizes: tuple[int, ...], steps: int) -> None:
        self.sizes, self.steps, self.classes, self.busy = sizes, steps, sizes[-1], threading.Lock()
        rows = [-(-n // 16) * 16 for n in sizes[1:]]
        table, w, v, m, i, p = [], 0, 0, 0, 0, 0
        for l, row in enumerate(rows):
            words = -(-row // 64)
            table.append([row // 16, w, 0, v, m, i, p, sizes[l + 1], words])
            w += sizes[l] * row
            v += (steps + 3) * row
            m, i, p = m + steps * words, i + steps * sizes[l + 1], p + steps + 1
        self.gradients = w
        for l in range(1, len(rows)):
            table[l][2] = w
            w += sizes[l + 1] * rows[l - 1]
        self.kinds = tuple(row // 16 for row in rows)
        self.table, self.rows = np.array(table, np.int64), rows
        self.weights = np.zeros(w, np.float32)
        self.room = (v, (steps + 3) * max(rows), 2 * self.classes, m, i, p)
        self.threads: list[tuple] = []

    def _scratch(self, n: int) -> list[tuple]:
        """The memory of n threads: gradients, potentials, gradients of spikes, bits, spikes, starts."""
        v, d, c, m, i, p = self.room
        while len(self.threads) < n:
            room = (np.zeros(self.gradients, np.float32), np.zeros(v, np.float32), np.zeros(d, np.float32))
            starts = np.zeros(p, np.int64)
            for l, at in enumerate(self.table[:, 6]):
                starts[at] = self.table[l, 5]
            room += (np.zeros(c, np.float32), np.zeros(m, np.int64), np.zeros(i, np.int32), starts)
            self.threads.append((*room, np.zeros(c, np.int64)))
        return self.threads[:n]

    def _pack(self, weights: Arrays) -> None:
        for l, (W, (_, w, u, *_)) in enumerate(zip(weights, self.table, strict=True)):
            inside = self.weights[w : w + W.shape[0] * self.rows[l]].reshape(-1, self.rows[l])
            inside[:, : W.shape[1]] = W
            if l:
                turned = self.weights[u : u + W.shape[1] * self.rows[l - 1]].reshape(-1, self.rows[l - 1])
                turned[:, : W.shape[0]] = W.T

    def run(
        self, run: Callable, weights: Arrays, events: Events, labels: np.ndarray, decay: np.ndarray, theta: float,
        slope: float, mean: int, threads: int | None, learn: bool,
    ) -> Step:  # fmt: skip
        samples = events.samples
        edges = share(samples, threads)
        threads = len(edges) - 1
        self._pack(weights)
        ptr = np.ascontiguousarray(events.ptr).reshape(-1)
        scores = np.empty((samples, self.classes), np.float32)
        counts, losses = np.zeros((threads, sum(self.sizes[1:])), np.int64), np.zeros((threads, 1))

        def part(k: int) -> None:
            G, S, D, U, MASK, IDX, P, ORDER = rooms[k]
            if learn:
                G.fill(0.0)
            run(
                edges[k], edges[k + 1], self.steps, 1.0 / samples, mean, int(learn), theta, slope, events.index, ptr,
                labels, self.table, decay, self.weights, G, S, D, U, MASK, IDX, P, ORDER, scores, counts[k],
                losses[k],
            )  # fmt: skip

        rooms = self._scratch(threads)
        together(part, threads)
        gradients = self._gradients(rooms) if learn else []
        fired = np.split(counts.sum(0), np.cumsum(self.sizes[1:])[:-1])[:-1]
        return Step(float(losses.sum()), gradients, scores, fired)

    def _gradients(self, rooms: list[tuple]) -> Arrays:
        found = []
        for l, row in enumerate(self.rows):
            w, n = self.table[l, 1], self.sizes[l]
            copies = [G[w : w + n * row].reshape(n, row)[:, : self.sizes[l + 1]] for G, *_ in rooms]
            total = np.ascontiguousarray(copies[0]) if len(copies) == 1 else copies[0] + copies[1]
            for other in copies[2:]:
                total += other
            found.append(total if total.base is None else total.copy())
        return found
