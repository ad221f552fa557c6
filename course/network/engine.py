"""The run of a network on the processor: chunks of the compiled loop, on one thread or on several."""

import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from typing import TYPE_CHECKING

import numpy as np

from course.dynamics import SimulationError
from course.dynamics.progress import progress as bar
from course.network.lanes import WIDTH
from course.network.learning import Kept
from course.network.load import run as compiled
from course.network.loop import ARGUMENTS
from course.network.request import Drives, Request, request, shortest
from course.network.run import Run, Spikes
from course.network.stop import ctrl_c, stopped
from course.network.tables import Tables

if TYPE_CHECKING:
    from course.network.network import Network

_PATIENCE = 0.05  # seconds between two looks at Ctrl-C
_SOON = 4_000_000  # neuron-steps of the first look
_ROOM = 65_536  # spikes kept between two looks


def _silent(ms: float) -> None:
    """No bar."""


def run(
    net: "Network",
    T: float,
    record: Mapping[str, object] | None,
    device: str,
    progress: bool,
    threads: int | None,
    every: float | None = None,
) -> Run:
    """The run that `Network.run` documents."""
    asked = request(net, T, record, device, threads)
    if device != "cpu":
        from course.network.gpu import run as on_torch

        return on_torch(net, asked, progress)
    return Engine(net, asked, every).run(progress)


class Engine:
    """One run: its arrays, its compiled loop, what it kept."""

    def __init__(self, net: "Network", asked: Request, every: float | None) -> None:
        self.net, self.steps, self.wanted = net, asked.steps, asked.wanted
        self.tables = t = Tables(net, asked.threads)
        self.show = t.show(asked.wanted)
        self.kept = Kept(t.learning, every, asked.steps, net.dt)
        self.drives = Drives(net, asked.steps, t.stages)
        for p, name in enumerate(t.names):
            if name in self.drives.columns:
                t.POP[p, 15], t.POP[p, 16] = self.drives.columns[name]
        self.REC = np.zeros((self.steps + 1 if len(self.show) else 0, len(self.show)))
        self.kernel = compiled()
        self.window = min(shortest(net), 1024)
        neurons = int(t.POP[:, 1].sum()) + t.given
        room = max(_ROOM, 4 * neurons) if asked.threads == 1 else max(_ROOM, neurons * self.window)
        self.OUT = [np.zeros((3, room), np.int64) for _ in range(asked.threads)]
        self.addresses = [np.zeros(5, np.int64) for _ in range(asked.threads)]
        self.found: list[np.ndarray] = []  # (3, spikes): step, population, neuron
        self.waiting = np.zeros((3, 0), np.int64)  # spikes of the last window, not yet delivered
        self.done = 0

    def run(self, progress: bool) -> Run:
        shows = bar(self.steps * self.net.dt) if progress else nullcontext(_silent)
        with ctrl_c() as asked, shows as advance:
            self.asked = asked
            if self.tables.threads == 1:
                self._alone(advance)
            else:
                self._together(advance)
        complete = self.done == self.steps
        if not complete:
            stopped(self.done * self.net.dt)
        self.kept.look(self.done, last=True)
        if self.waiting.shape[1]:
            for th in range(self.tables.threads):
                self._call(th, self.done, 0, self.waiting)
            self.waiting = self.waiting[:, :0]
        if len(self.show):
            for th in range(self.tables.threads):
                self._call(th, self.done, 1, self.waiting, last=1)
        return self._result(complete)

    def _call(self, th: int, k0: int, steps: int, coming: np.ndarray, last: int = 0) -> np.ndarray:
        """One call of the loop, on the neurons of a thread; its status."""
        t, net, out = self.tables, self.net, self.OUT[th]
        st = np.zeros(8, np.int64)
        alone = int(t.threads == 1)
        values = {
            "k0": k0, "steps": steps, "dt": net.dt, "th": th, "alone": alone, "last": last,
            "seed0": net.seed & 0xFFFFFFFF, "seed1": net.seed >> 32, "u0": self.u0, "nin": coming.shape[1],
            "stages": t.stages, "lanes": WIDTH, "given": t.given * (th == 0),
            "addresses": self.addresses[th].ctypes.data,
            "U": self.U, "REC": self.REC, "SHOW": self.show, "ST": st,
            "IK": coming[0], "IP": coming[1], "IJ": coming[2], "OK": out[0], "OP": out[1], "OJ": out[2],
        } if self._sampled(k0, steps) else {}  # fmt: skip
        self.kernel(*(values[n] if n in values else getattr(t, n) for n in ARGUMENTS))
        return st

    def _sampled(self, k0: int, steps: int) -> bool:
        """The currents of these steps are in U."""
        if not (hasattr(self, "U") and self.u0 <= k0 and k0 + steps <= self.u0 + len(self.U)):
            self.u0, self.U = k0, self.drives(k0, steps)
        return True

    def _alone(self, advance: Callable[[float], object]) -> None:
        most = max(16, 2**22 // max(1, 3 * self.drives.width))
        size = max(16, _SOON // int(self.tables.POP[:, 1].sum()))
        while self.done < self.steps and not self.asked():
            size = min(size, most)
            self.kept.look(self.done)
            steps = min(size, self.steps - self.done, self.kept.left(self.done))
            began = time.perf_counter()
            st = self._call(0, self.done, steps, self.waiting[:, :0])
            self._keep(self.OUT[0][:, : st[1]])
            self._fail(st)
            reached = int(st[2]) if st[0] == 1 else self.done + steps
            advance((reached - self.done) * self.net.dt)
            self.done = reached
            spent = time.perf_counter() - began
            size = (
                size * 2
                if spent < _PATIENCE / 2
                else max(1, size // 2)
                if spent > 2 * _PATIENCE
                else size
            )

    def _together(self, advance: Callable[[float], object]) -> None:
        """Each thread has its neurons; what one sends reaches the others in the next window at the soonest."""
        with ThreadPoolExecutor(self.tables.threads) as pool:
            while self.done < self.steps and not self.asked():
                steps = min(self.window, self.steps - self.done)
                self._sampled(self.done, min(steps * 64, self.steps - self.done))
                calls = [
                    pool.submit(self._call, th, self.done, steps, self.waiting)
                    for th in range(self.tables.threads)
                ]
                states = [c.result() for c in calls]
                for st in states:
                    self._fail(st)
                found = [self.OUT[th][:, : st[1]] for th, st in enumerate(states)]
                spikes = np.concatenate(found, axis=1)
                order = np.lexsort((spikes[2], spikes[1], spikes[0]))
                self.waiting = np.ascontiguousarray(spikes[:, order])
                self._keep(self.waiting)
                self.done += steps
                advance(steps * self.net.dt)

    def _keep(self, spikes: np.ndarray) -> None:
        if spikes.shape[1]:
            self.found.append(spikes.copy())

    def _fail(self, st: np.ndarray) -> None:
        if st[0] < 2:
            return
        _, _, k, p, j = st[:5].tolist()
        name = self.tables.names[p]
        at = f"à t = {k * self.net.dt:g}\u00a0ms".replace(".", ",")
        if st[0] == 2:
            advice = f"réduisez dt ({self.net.dt:g}\u00a0ms)".replace(".", ",")
            raise SimulationError(
                f"Network.run\u00a0: {name} n'est plus un nombre fini {at} (neurone {j})\u00a0; "
                f"{advice}, les poids ou les courants"
            )
        raise SimulationError(
            f"Network.run\u00a0: {at}, la remise à zéro laisse {name} au-dessus de son seuil (neurone {j})"
        )

    def _result(self, complete: bool) -> Run:
        t, net = self.tables, self.net
        found = self.found or [np.zeros((3, 0), np.int64)]
        k, of, j = found[0] if len(found) == 1 else np.concatenate(found, axis=1)
        end = int(np.searchsorted(k, self.done))
        times, of, j = k[:end] * net.dt, of[:end], j[:end]
        by_name = {}
        for p, name in enumerate(t.names):
            own = np.flatnonzero(of == p)
            by_name[name] = Spikes(times[own], j[own])
        recorded, neurons, column = {}, {}, 0
        for name, quantities in ((n, self.wanted.get(n, {})) for n in t.names):
            for quantity, j in quantities.items():
                recorded[name, quantity] = self.REC[: self.done + 1, column : column + len(j)]
                neurons[name, quantity] = j
                column += len(j)
        delivered: dict[tuple[str, str], int] = {}
        for c, n in zip(t.connections, t.EV.sum(axis=0).tolist(), strict=True):
            delivered[c.pre, c.post] = delivered.get((c.pre, c.post), 0) + n
        for c, n in zip(t.learning.connections, t.learning.delivered(), strict=True):
            delivered[c.pre, c.post] = delivered.get((c.pre, c.post), 0) + n
        sizes = {p.name: p.n for p in net.populations.values()}
        return Run(
            self.done * net.dt,
            net.dt,
            net.seed,
            sizes,
            by_name,
            recorded,
            neurons,
            delivered,
            complete,
            self.kept.weights(),
        )
