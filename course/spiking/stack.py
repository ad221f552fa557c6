"""What the fused kernel works in: where each layer's arrays lie, and the memory that the batches share."""

import functools
import threading
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from course.spiking.events import Events
from course.spiking.patches import Patches, tables
from course.spiking.threads import share, together

Arrays = list[np.ndarray]


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


@dataclass(frozen=True)
class Dense:
    """A layer that a matrix feeds: what it receives comes from neurons side by side, or from a convolution."""

    n_in: int
    n_out: int
    before: Patches | None = None

    @property
    def row(self) -> int:
        """Its neurons, rounded up."""
        return -(-self.n_out // 16) * 16

    @property
    def out(self) -> int:
        return self.n_out

    @property
    def many(self) -> int:
        return self.n_out

    @property
    def held(self) -> int:
        """How many numbers its weights take."""
        return (self.before.out if self.before else self.n_in) * self.row

    @property
    def below(self) -> int:
        """What it receives from, rounded up: a row of the turned weights."""
        return self.before.out if self.before else -(-self.n_in // 16) * 16

    @property
    def turned(self) -> int:
        return self.n_out * self.below

    def pack(self, W: np.ndarray, place: np.ndarray) -> None:
        inside = place.reshape(-1, self.row)[:, : self.n_out]
        if self.before:
            self.before.places_first(W, inside)
        else:
            inside[...] = W

    def turn(self, W: np.ndarray, place: np.ndarray) -> None:
        turned = place.reshape(self.n_out, -1)
        if self.before:
            self.before.places_first(W, turned.T)
        else:
            turned[:, : self.n_in] = W.T

    def unpacked(self, G: np.ndarray) -> np.ndarray:
        G = G.reshape(-1, self.row)[:, : self.n_out]
        return self.before.channels_first(G) if self.before else G.copy()


class Plan:
    """The places of a stack's arrays, and the memory that its batches share."""

    @staticmethod
    @functools.lru_cache(8)
    def made(shapes: tuple[tuple[int, int], ...], patches: tuple[Patches, ...], steps: int) -> "Plan":
        last = patches[-1:] or (None,)
        return Plan((*patches, Dense(*shapes[0], *last), *(Dense(*shape) for shape in shapes[1:])), steps)

    def __init__(self, layers: tuple[Patches | Dense, ...], steps: int) -> None:
        self.layers, self.steps, self.classes, self.busy = layers, steps, layers[-1].out, threading.Lock()
        self.patches = tuple(layer for layer in layers if isinstance(layer, Patches))
        table, w, v, m, i, p = [], 0, 0, 0, 0, 0
        for layer in layers:
            words = -(-layer.row // 64)
            table.append([layer.row // 16, w, 0, v, m, i, p, layer.many, words])
            w += layer.held
            v += (steps + 3) * layer.row
            m, i, p = m + steps * words, i + steps * layer.out, p + steps + 1
        self.gradients = w
        for l, layer in enumerate(layers[1:], 1):
            table[l][2] = w
            w += layer.turned
        self.kinds = tuple(layer.row // 16 for layer in layers)
        self.left = tuple(layer.out // 16 for layer in self.patches)
        # D holds dL/ds of a layer, then the same before its pool
        below = (steps + 3) * max((layer.below for layer in layers[1:]), default=0)
        self.table = np.array(table, np.int64)
        self.walks = tables(self.patches, p, below)
        before = max((block.row for block in self.patches if block.pool > 1), default=0)
        self.weights = np.zeros(w, np.float32)
        self.room = (v, below + (steps + 3) * before, 2 * self.classes, m, i, p)
        self.threads: list[tuple] = []

    def _scratch(self, n: int) -> list[tuple]:
        """The memory of n threads: gradients, potentials, gradients of spikes, bits, spikes, starts."""
        v, d, c, m, i, p = self.room
        while len(self.threads) < n:
            room = (np.zeros(self.gradients, np.float32), np.zeros(v, np.float32), np.zeros(d, np.float32))
            starts = np.zeros(p + self.steps + 1, np.int64)  # the last ones: of an empty list
            for l, at in enumerate(self.table[:, 6]):
                starts[at] = self.table[l, 5]
            room += (np.zeros(c, np.float32), np.zeros(m, np.int64), np.zeros(i, np.int32), starts)
            self.threads.append((*room, np.zeros(c, np.int64)))
        return self.threads[:n]

    def _pack(self, weights: Arrays) -> None:
        for l, (W, layer, (_, w, u, *_)) in enumerate(zip(weights, self.layers, self.table, strict=True)):
            layer.pack(W, self.weights[w : w + layer.held])
            if l:
                layer.turn(W, self.weights[u : u + layer.turned])

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
        widths = [layer.out for layer in self.layers]
        counts, losses = np.zeros((threads, sum(widths)), np.int64), np.zeros((threads, 1))

        def part(k: int) -> None:
            G, S, D, U, MASK, IDX, P, ORDER = rooms[k]
            if learn:
                G.fill(0.0)
            run(
                edges[k], edges[k + 1], self.steps, 1.0 / samples, mean, int(learn), theta, slope, events.index, ptr,
                labels, self.table, decay, *self.walks, self.weights, G, S, D, U, MASK, IDX, P, ORDER, scores,
                counts[k], losses[k],
            )  # fmt: skip

        rooms = self._scratch(threads)
        together(part, threads)
        gradients = self._gradients(rooms) if learn else []
        fired = np.split(counts.sum(0), np.cumsum(widths)[:-1])[:-1]
        for l, block in enumerate(self.patches):
            fired[l] = block.channels_first(fired[l])
        return Step(float(losses.sum()), gradients, scores, fired)

    def _gradients(self, rooms: list[tuple]) -> Arrays:
        found = []
        for layer, w in zip(self.layers, self.table[:, 1], strict=True):
            total = rooms[0][0][w : w + layer.held]
            if len(rooms) > 1:
                total = total + rooms[1][0][w : w + layer.held]
            for G, *_ in rooms[2:]:
                total += G[w : w + layer.held]
            found.append(layer.unpacked(total))
        return found
