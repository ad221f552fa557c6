"""What is asked of `Network.run`, checked before any work."""

import math
import os
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from course import _check
from course.inputs import Input
from course.network.lanes import WIDTH
from course.network.memory import refuse_memory
from course.network.population import Population
from course.network.source import Source

if TYPE_CHECKING:
    from course.network.network import Network

DEVICES = ("cpu", "cuda", "torch")


@dataclass
class Request:
    """Steps, threads, and which neurons to record: population -> name -> indices."""

    steps: int
    threads: int
    wanted: dict[str, dict[str, np.ndarray]]
    device: str


def request(
    net: "Network", T: float, record: Mapping[str, object] | None, device: str, threads: int | None
) -> Request:
    T = _check.positive("Network.run.T", T, "ms")
    _check.one_of("Network.run.device", device, DEVICES)
    if not net.populations:
        raise _check.refuse("Network.run", "un réseau d'au moins une population", net)
    learns = [f"{c.pre} → {c.post}" for c in net.connections if c.plasticity is not None]
    given = [p.name for p in net.populations.values() if isinstance(p, Source)]
    if device != "cpu" and (learns or given):
        what = "des synapses plastiques" if learns else "des trains donnés"
        rule = f"cpu, le seul qui ait {what} ({', '.join(learns or given)})"
        raise _check.refuse("Network.run.device", rule, device)
    if learns and threads not in (None, 1):
        raise _check.refuse("Network.run.threads", f"un seul, avec des synapses plastiques ({learns[0]})", threads)
    if net.dt > T:
        rule = f"une durée d'au moins un pas ({net.dt:g}\u00a0ms)".replace(".", ",")
        raise _check.refuse("Network.run.T", rule, T)
    steps = round(T / net.dt)
    if abs(steps * net.dt - T) > 1e-9 * T:
        said = f"{T:g}\u00a0ms n'est pas un multiple de dt = {net.dt:g}\u00a0ms"
        said += f"\u00a0; durée arrondie à {steps * net.dt:g}\u00a0ms"
        warnings.warn(f"Network.run.T\u00a0: {said.replace('.', ',')}", stacklevel=4)
    wanted = _wanted(net, record)
    threads = 1 if learns else threads
    columns = sum(len(j) for names in wanted.values() for j in names.values())
    refuse_memory("Network.run.record", 8.0 * columns * (steps + 1))
    return Request(steps, _threads(net, threads), wanted, device)


def _wanted(
    net: "Network", record: Mapping[str, object] | None
) -> dict[str, dict[str, np.ndarray]]:
    if record is not None and not isinstance(record, Mapping):
        raise _check.refuse("Network.run.record", "un dictionnaire, comme {'E': ['v']}", record)
    wanted: dict[str, dict[str, np.ndarray]] = {}
    for name, what in (record or {}).items():
        _check.one_of("Network.run.record", name, net.populations)
        p = net.populations[name]
        if isinstance(what, str):
            what = [what]
        if not isinstance(what, Mapping):
            what = dict.fromkeys(what)
        known = [*p.model.variables, *(("I",) if p.input else ())]
        wanted[name] = {}
        for quantity, indices in what.items():
            _check.one_of(f"Network.run.record[{name!r}]", quantity, known)
            j = np.arange(p.n) if indices is None else np.atleast_1d(np.asarray(indices))
            if j.size and (j.dtype.kind not in "iu" or j.min() < 0 or j.max() >= p.n):
                rule = f"des indices de neurones, de 0 à {p.n - 1}"
                raise _check.refuse(f"Network.run.record[{name!r}][{quantity!r}]", rule, indices)
            wanted[name][quantity] = j
    return wanted


def _threads(net: "Network", threads: int | None) -> int:
    """As many as asked; by itself, several only where each has much to do between two meetings.

    Threads meet once every shortest delay, which costs about 0.1 ms.
    """
    if threads is not None:
        if isinstance(threads, bool) or not isinstance(threads, int | np.integer) or threads < 1:
            raise _check.refuse("Network.run.threads", "un nombre entier, au moins 1", threads)
        return int(threads)
    cores = (
        len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )
    synapses = sum(c.n_synapses for c in net.connections)
    much = synapses > 1_000_000 and shortest(net) >= 4
    return max(1, min(cores, 16)) if much else 1


def shortest(net: "Network") -> int:
    """The shortest delay [steps]: so long do parts of the network need nothing of each other."""
    return min((int(np.min(c.delay_steps, initial=2**30)) for c in net.connections), default=1024)


class Drives:
    """Currents that vary in time, as the loop reads them: (step, stage, column)."""

    def __init__(self, net: "Network", steps: int, stages: int) -> None:
        self.dt, self.stages = net.dt, stages
        self.signals: list[tuple[Population, Callable, int]] = []
        self.columns: dict[str, tuple[int, bool]] = {}  # population -> first column, one a neuron?
        self.width = 0
        for p in net.populations.values():
            if isinstance(p.current, np.ndarray):
                continue
            rng = np.random.default_rng([net.seed, p.stream])
            signal = (
                p.current.realise(steps * net.dt, net.dt, rng)
                if isinstance(p.current, Input)
                else p.current
            )
            n = self._columns(p, signal)
            self.columns[p.name] = self.width, n > 1
            self.signals.append((p, signal, n))
            self.width += n if n == 1 else -(-n // WIDTH) * WIDTH

    def _columns(self, p: Population, signal: Callable) -> int:
        if isinstance(p.current, Input):
            return 1
        first = np.asarray(signal(self.dt * 1e-6), float)
        if first.size not in (1, p.n) or not np.isfinite(first).all():
            rule = f"une fonction de t qui rend un nombre, ou {p.n} nombres finis"
            raise _check.refuse(f"Network.population.current ({p.name})", rule, first)
        return first.size if first.ndim else 1

    def __call__(self, k0: int, steps: int) -> np.ndarray:
        """The values of `steps` steps from k0 on; a jump that falls on the grid belongs to the step that it opens."""
        within = np.array([1e-6, 0.5, 1 - 1e-6])[: self.stages]
        t = self.dt * (k0 + np.arange(steps)[:, None] + within)
        U = np.zeros((steps, self.stages, max(1, self.width)))
        for p, signal, n in self.signals:
            column, _ = self.columns[p.name]
            if isinstance(p.current, Input):
                values = np.asarray(signal(t), float)[..., None]
            else:
                values = np.array(
                    [np.asarray(signal(x), float).reshape(-1) for x in t.ravel().tolist()]
                )
                values = values.reshape(*t.shape, n)
            if not np.isfinite(values).all():
                rule = "une fonction de t partout finie"
                raise _check.refuse(f"Network.population.current ({p.name})", rule, math.nan)
            U[:, :, column : column + n] = values
        return U
