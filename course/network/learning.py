"""The connections of a run that learn: their weights of this run, their traces, and what is kept of the weights."""

from collections.abc import Callable
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

import numpy as np

from course import _check
from course.network import plastic
from course.network.connection import Connection
from course.network.memory import refuse_memory

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from course.network.network import Network


@dataclass(frozen=True, eq=False)
class Weights:
    """The weights of a connection that learned.

    Attributes:
        t: instants [ms]: the start, every so often, the end.
        values: the weights at these instants, (time, pre, post) when every pair is connected, else (time, synapse).
        connection: whose they are, with its weights at the start.
    """

    t: np.ndarray
    values: np.ndarray
    connection: Connection

    @property
    def final(self) -> "np.ndarray | csr_array":
        """The last weights as a matrix (pre, post), which `Network.connect` takes back."""
        c = self.connection
        if c.full:
            return self.values[-1].copy()
        from scipy.sparse import csr_array

        return csr_array((self.values[-1], c.targets, c.rows), shape=c.shape)

    def __repr__(self) -> str:
        return f"<Weights {self.connection.pre} → {self.connection.post}, {len(self.t)} instants>"


class Learning:
    """What `plastic` reads and writes during one run; `address` keeps an array and says where it is."""

    def __init__(
        self, net: "Network", names: list[str], channel: Callable[[Connection], int], address: Callable[[object], int]
    ) -> None:
        self.connections = [c for c in net.connections if c.plasticity is not None]
        self.PLA = np.zeros((len(self.connections), plastic.COLUMNS_OF_PLA), np.int64)
        self.PLF = np.zeros((len(self.connections), plastic.COLUMNS_OF_PLF))
        self.weights = []
        for q, c in enumerate(self.connections):
            (pre, post), terms = c.shape, c.plasticity.terms
            shape = c.shape if c.full else c.targets.shape
            room = pre * c.delay_steps + 1
            refuse_memory("Network.run", 8.0 * np.prod(shape) + 16.0 * room)
            self.weights.append(np.array(np.broadcast_to(c.weight, shape), float, order="C"))
            traces = [np.zeros(n) for n in (pre, post) * 3]
            columns, back, sources = (None,) * 3 if c.full else transposed(c)
            self.PLA[q] = (
                names.index(c.pre), names.index(c.post), channel(c), c.delay_steps, c.full, pre, post,
                address(self.weights[q]), address(c.targets), address(c.rows), address(columns), address(back),
                address(sources), address(np.zeros((room, 2), np.int64)), room, 0, 0,
                *(address(a) for a in traces), 0, terms.nearest, c.number, 0,
            )  # fmt: skip
            *numbers, _ = astuple(terms)
            self.PLF[q] = *numbers, 30.0 * min(terms.tau_p, terms.tau_d, terms.tau_x, terms.tau_y)

    def delivered(self) -> list[int]:
        return self.PLA[:, plastic.EVENTS].tolist()


def transposed(c: Connection) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The synapses target after target: where each target starts, the place of each in the rows, its source."""
    back = np.argsort(c.targets, kind="stable").astype(np.int64)
    columns = np.concatenate([[0], np.cumsum(np.bincount(c.targets, minlength=c.shape[1]))]).astype(np.int64)
    sources = np.repeat(np.arange(c.shape[0], dtype=np.int32), np.diff(c.rows))[back]
    return columns, back, sources


class Kept:
    """The weights of a run at its start, every `every` ms and at its end."""

    def __init__(self, learning: Learning, every: float | None, steps: int, dt: float) -> None:
        self.learning, self.dt = learning, dt
        self.stride = steps if every is None else max(1, round(_check.positive("Network.run.every", every, "ms") / dt))
        if not learning.connections:
            self.stride = steps
        size = 8.0 * sum(w.size for w in learning.weights) * (steps // self.stride + 2)
        refuse_memory("Network.run.every", size)
        self.steps: list[int] = []
        self.values: list[list[np.ndarray]] = []

    def left(self, done: int) -> int:
        """The steps to the next time that weights are kept."""
        return self.stride - done % self.stride

    def look(self, done: int, last: bool = False) -> None:
        if (done % self.stride == 0 or last) and done not in self.steps[-1:]:
            self.steps.append(done)
            self.values.append([w.copy() for w in self.learning.weights])

    def weights(self) -> dict[tuple[str, str], Weights]:
        t = self.dt * np.array(self.steps)
        return {
            (c.pre, c.post): Weights(t, np.stack([v[q] for v in self.values]), c)
            for q, c in enumerate(self.learning.connections)
        }
