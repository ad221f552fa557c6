"""A network as the arrays that its compiled loop reads: see `loop` for what each row says."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from course import _check
from course.dynamics.load import functions
from course.network.cell import Cell, cell
from course.network.channels import channels
from course.network.connection import Connection
from course.network.lanes import DEAD, STAGES, WIDTH
from course.network.learning import Learning
from course.network.load import advance
from course.network.memory import refuse_memory
from course.network.source import Source
from course.network.trains import GUIDE

if TYPE_CHECKING:
    from course.network.network import Network

_BITS = {np.dtype(np.float64): 1, np.dtype(np.float32): 2}


class Tables:
    """Every array of the loop but the spikes and what is recorded."""

    def __init__(self, net: "Network", threads: int) -> None:
        self.dt, self.threads = net.dt, threads
        self.names = list(net.populations)
        hurt = {c.post for c in net.connections if c.reversal is not None}
        self.cells = [cell(p, net.method, p.name in hurt) for p in net.populations.values()]
        self.stages = max(STAGES[c.method] for c in self.cells)
        self.channels = channels(net, self.cells)
        at = first = inputs = 0
        for c in self.cells:
            c.at, c.first, c.inputs = at, first, inputs
            at, first, inputs = at + c.size, first + c.padded, inputs + c.fields.rows * c.padded
        refuse_memory("Network.run", 8.0 * (at + inputs + sum(c.ring for c in self.channels)))
        self.M, self.INPUT = np.zeros(at), np.zeros(inputs)
        self.EXT = np.zeros(first)
        self._populations()
        self._channels()
        self._connections(net)
        self.learning = Learning(net, self.names, self._channel, self._address)
        self.PLA, self.PLF = self.learning.PLA, self.learning.PLF
        self._given()
        self._sources(net)

    def _populations(self) -> None:
        self.POP = np.zeros((len(self.cells), 19), np.int64)
        self.REF = np.array([c.population.model.refractory for c in self.cells])
        self.BLK = np.zeros((self.threads, len(self.cells), 2), np.int64)
        for p, c in enumerate(self.cells):
            own = [
                i for i, channel in enumerate(self.channels) if channel.post == c.population.name
            ]
            f, silent = c.fields, isinstance(c.population, Source)
            self.POP[p, :17] = (
                c.population.n, c.padded, c.at, f.size, 0 if silent else advance(c.spec, c.method), c.first,
                min(own, default=0), max(own, default=-1) + 1, 0, 0, 0, c.inputs, len(c.spec.drives), f.rows, c.first,
                -1, 0,
            )  # fmt: skip
            self.POP[p, 10] = any(self.channels[i].target == 2 for i in own)
            blocks = 0 if silent else c.padded // WIDTH
            self.BLK[:, p] = [
                (blocks * th // self.threads, blocks * (th + 1) // self.threads) for th in range(self.threads)
            ]
            self._state(c)

    def _state(self, c: Cell) -> None:
        padded = np.empty(c.padded)

        def fill(field: int, values: np.ndarray) -> None:
            padded[: c.population.n] = values
            padded[c.population.n :] = padded[c.population.n - 1]
            c.lanes(field, self.M)[:] = padded.reshape(-1, WIDTH)

        population, spec = c.population, c.spec
        for i, v in enumerate(spec.variables):
            fill(c.fields.x + i, population.start[v])
        for i, row in enumerate(c.constants):
            fill(c.fields.c + i, row)
        waiting = np.zeros(population.n)
        if spec.spike is not None:
            x = [np.broadcast_to(population.start[v], population.n) for v in spec.variables]
            inputs = [0.0] * len(spec.drives)
            with np.errstate(all="ignore"):
                g = functions(spec, "numpy").g(0.0, *x, *inputs, *c.constants)[0]
            above = np.broadcast_to(g >= 0.0, population.n)
            if spec.reset and above.any():
                rule = f"un état initial sous le seuil ({spec.spike.line.text} y est déjà vrai)"
                at = {
                    v: float(row[np.argmax(above)])
                    for v, row in zip(spec.variables, x, strict=True)
                }
                raise _check.refuse(f"Network.population.start ({population.name})", rule, at)
            waiting[above] = -1.0
        waiting[sorted(population.dead)] = DEAD
        fill(c.fields.r, waiting)
        current = population.current
        if isinstance(current, np.ndarray):
            self.EXT[c.first : c.first + population.n] = current

    def _channels(self) -> None:
        self.CH = np.zeros((len(self.channels), 10), np.int64)
        self.CHF = np.array([c.reversal or 0.0 for c in self.channels])
        numbers: list[np.ndarray] = []
        ring = z = pf = seen = 0
        for i, c in enumerate(self.channels):
            own = c.numbers(self.dt, self.stages)
            self.CH[i] = (
                not c.linear, c.target, c.states, ring, c.slots, c.cut, z, pf, c.width, seen
            )  # fmt: skip
            numbers.append(own)
            ring, pf, seen = ring + c.ring, pf + len(own), seen + c.slots + 1
            z += c.states * c.width * (2 if c.states > 2 else 1)
        self.RING, self.Z = np.zeros(ring), np.zeros(z)
        self.PF = np.concatenate([*numbers, np.zeros(1)])
        self.TOUCH = np.zeros((self.threads, seen), np.int64)

    def _connections(self, net: "Network") -> None:
        fixed = [c for c in net.connections if c.plasticity is None]
        self.connections = sorted(fixed, key=lambda c: self.names.index(c.pre))
        self.kept: list[np.ndarray] = []  # what the addresses point at
        self.CON = np.zeros((len(self.connections), 12), np.int64)
        self.CONF = np.zeros((len(self.connections), 2))
        for e, c in enumerate(self.connections):
            channel = self._channel(c)
            several = isinstance(c.delay_steps, np.ndarray)
            array = isinstance(c.weight, np.ndarray)
            self.CON[e] = (
                self.names.index(c.pre), self.names.index(c.post), channel, -1 if several else c.delay_steps, c.full,
                _BITS[c.weight.dtype] if array else 0, self._address(c.weight), self._address(c.targets),
                self._address(c.rows), self._address(c.delay_steps), not c.autapses, c.number,
            )  # fmt: skip
            self.CONF[e] = 0.0 if array else c.weight, c.release
        sources = self.CON[:, 0]
        self.FIRST = np.searchsorted(sources, np.arange(len(self.cells) + 1)).astype(np.int64)
        self.EV = np.zeros((self.threads, len(self.connections)), np.int64)

    def _channel(self, c: Connection) -> int:
        return next(i for i, ch in enumerate(self.channels) if ch.takes(c))

    def _given(self) -> None:
        """The spikes given beforehand, in order of time."""
        parts = [np.zeros((3, 0), np.int64)]
        for p, c in enumerate(self.cells):
            if isinstance(c.population, Source):
                k, j = c.population.steps(self.dt)
                parts.append(np.stack([k, np.full_like(k, p), j]))
        every = np.concatenate(parts, axis=1)
        self.GIV = np.ascontiguousarray(every[:, np.argsort(every[0], kind="stable")])
        self.NEXT = np.zeros(1, np.int64)
        self.given = sum(c.population.n for c in self.cells if isinstance(c.population, Source))

    def _address(self, a: object) -> int:
        if not isinstance(a, np.ndarray):
            return 0
        a = np.ascontiguousarray(a)
        self.kept.append(a)
        return a.ctypes.data

    def _sources(self, net: "Network") -> None:
        """What is random: the noises of each population, then the Poisson trains."""
        noises, numbers, poisson, weights, tables, rows = [], [], [], [], [], 0
        for p, c in enumerate(self.cells):
            self.POP[p, 8] = len(noises)
            stream = 16 * c.population.stream
            if (noise := c.population.noise) is not None:
                noises.append((rows, stream, 0, 1))
                numbers.append((noise.sd, noise.every))
                rows += 4 * c.padded
            for i, _ in enumerate(c.spec.equations.noises):
                noises.append((rows, stream + 1 + i, c.fields.row(c.fields.z + i), 0))
                numbers.append((math.sqrt(self.dt), self.dt))
                rows += 4 * c.padded
            self.POP[p, 9] = len(noises)
        for source in net.trains:
            p = self.names.index(source.post)
            cdf = source.table(self.dt)
            channel = next(i for i, ch in enumerate(self.channels) if ch.takes(source))
            poisson.append((p, channel, sum(map(len, tables)), GUIDE, rows, source.stream))
            weights.append(source.weight)
            tables.append(cdf)
            rows += 4 * self.cells[p].padded
        self.NB = np.zeros(rows + 1)
        self.NOI = np.array(noises, np.int64).reshape(len(noises), 4)
        self.NOF = np.array(numbers, float).reshape(len(numbers), 2)
        self.POI = np.array(poisson, np.int64).reshape(len(poisson), 6)
        self.POF = np.array(weights, float)
        self.CDF = np.concatenate([*tables, np.zeros(1)])
        self.LAST = np.full((self.threads, len(noises) + len(poisson)), -1, np.int64)

    def show(self, wanted: Mapping[str, Mapping[str, np.ndarray]]) -> np.ndarray:
        """The columns to record: (population, neuron, field or -1 for the input, field of V with conductances)."""
        lines: list[tuple[int, int, int, int]] = []
        for p, c in enumerate(self.cells):
            self.POP[p, 17] = len(lines)
            for name, neurons in wanted.get(c.population.name, {}).items():
                if name in c.spec.variables:
                    field, V = c.fields.x + c.spec.variables.index(name), -1
                else:
                    held = c.spec.held[0] if c.spec.held else c.spec.variables[0]
                    V = c.fields.x + c.spec.variables.index(held) if len(c.spec.drives) == 3 else -1
                    field = -1
                lines += [(p, int(j), field, V) for j in neurons]
            self.POP[p, 18] = len(lines)
        return np.array(lines, np.int64).reshape(len(lines), 4)
