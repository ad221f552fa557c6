"""The same network on torch tensors: on a GPU, or on the processor to check it.

Populations of one model are one tensor, and every shape is fixed: a step holds no decision of Python's. On a GPU some
steps are recorded once as a CUDA graph, and played again.
"""

import warnings
from contextlib import nullcontext
from typing import TYPE_CHECKING

import numpy as np

from course import _check
from course.dynamics import SimulationError
from course.dynamics.progress import progress as bar
from course.network.gpu_group import Group, groups
from course.network.gpu_rows import Rows, rows
from course.network.request import Drives, Request
from course.network.run import Run, Spikes
from course.network.stop import ctrl_c, stopped

if TYPE_CHECKING:
    import torch

    from course.network.network import Network

_TOGETHER = 50  # steps of a CUDA graph, and of a look at the clock


def run(net: "Network", asked: Request, progress: bool) -> Run:
    """The run that `Network.run` documents, for device "cuda" or "torch".

    Raises:
        ValueError: « Network.run.device : un GPU CUDA visible de torch, reçu 'cuda' ».
    """
    import torch

    if asked.device == "cuda" and not torch.cuda.is_available():
        rule = 'un GPU CUDA visible de torch (sans lui, device="cpu")'
        raise _check.refuse("Network.run.device", rule, "cuda")
    if any(c.release < 1 for c in net.connections):
        rule = 'device="cpu" avec une probabilité de libération (chaque synapse tire la sienne)'
        raise _check.refuse("Network.run.device", rule, asked.device)
    return Engine(net, asked, "cuda" if asked.device == "cuda" else "cpu").run(progress)


class Engine:
    """One run: its groups, its connections as matrices, what it kept."""

    def __init__(self, net: "Network", asked: Request, device: str) -> None:
        import torch

        self.net, self.steps, self.wanted, self.device = net, asked.steps, asked.wanted, device
        self.groups: list[Group] = groups(net, device)
        self.where = {p.name: (g, a, b) for g in self.groups for p, a, b in g.parts}
        self.rows: list[Rows] = rows(net, self.where, device)
        self.drives = Drives(net, asked.steps, self.groups[0].stages)
        self.k = torch.zeros(
            (), dtype=torch.int64, device=device
        )  # the step, and its place in the chunk
        self.i = torch.zeros((), dtype=torch.int64, device=device)
        self.later = torch.arange(_TOGETHER, device=device)
        sizes = [g.n for g in self.groups]
        self.fired = [torch.zeros((_TOGETHER, n), dtype=torch.bool, device=device) for n in sizes]
        shape = _TOGETHER, self.groups[0].stages, max(1, self.drives.width)
        self.U = torch.zeros(shape, dtype=torch.float64, device=device)
        columns = [len(j) for names in self.wanted.values() for j in names.values()]
        self.shown = torch.zeros((_TOGETHER, sum(columns)), dtype=torch.float64, device=device)
        self._columns = self._places()

    def _places(self) -> list[tuple[Group, str, "torch.Tensor"]]:
        """What to record: group, quantity, places in the group, in the order of the populations."""
        import torch

        found = []
        for name in self.net.populations:
            for quantity, j in self.wanted.get(name, {}).items():
                group, a, _ = self.where[name]
                found.append((group, quantity, torch.as_tensor(a + j, device=self.device)))
        return found

    def _draw(self) -> None:
        """What is random in the steps of this chunk, at once."""
        for g in self.groups:
            g.draw(self.k + self.later)

    def _receive(self) -> None:
        """The inputs of this step, and what is recorded of it."""
        import torch

        U = self.U.index_select(0, self.i.reshape(1))[0]
        for g in self.groups:
            g.receive(self.k, self.i, U, self.drives.columns)
        if self._columns:
            values = torch.cat([g.shown(quantity)[j] for g, quantity, j in self._columns])
            self.shown.index_copy_(0, self.i.reshape(1), values[None])

    def _step(self) -> None:
        self._receive()
        for g, fired in zip(self.groups, self.fired, strict=True):
            g.advance(self.k)
            fired.index_copy_(0, self.i.reshape(1), g.spikes[None])
        for r in self.rows:
            r.deliver(self.k)
        self.k += 1
        self.i += 1

    def _chunk(self) -> "torch.cuda.CUDAGraph | None":
        """_TOGETHER steps as one graph. Its warming-up changes the state, which is put back."""
        import torch

        kept = [(t, t.clone()) for g in self.groups for t in g.tensors()]
        side = torch.cuda.Stream()
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):
            self._draw()
            for _ in range(3):
                self._step()
        torch.cuda.current_stream().wait_stream(side)
        for t, value in kept:
            t.copy_(value)
        self.k.zero_()
        self.i.zero_()
        graph = torch.cuda.CUDAGraph()
        try:
            with torch.cuda.graph(graph, capture_error_mode="thread_local"):
                self._draw()
                for _ in range(_TOGETHER):
                    self._step()
        except RuntimeError as error:  # an operation of this network that CUDA cannot record
            said = f"Network.run\u00a0: pas de graphe CUDA pour ce réseau ({error})\u00a0; pas à pas, plus lentement"
            warnings.warn(said, stacklevel=5)
            return None
        return graph

    def run(self, progress: bool) -> Run:
        import torch

        self.found: list[list[np.ndarray]] = [[] for _ in self.groups]
        self.trace = np.zeros((self.steps + 1, self.shown.shape[1]))
        self.done = 0
        shows = bar(self.steps * self.net.dt) if progress else nullcontext(lambda ms: None)
        with torch.no_grad(), ctrl_c() as asked, shows as advance:
            graph = self._chunk() if self.device == "cuda" and self.steps >= _TOGETHER else None
            while self.done < self.steps and not asked():
                steps = min(_TOGETHER, self.steps - self.done)
                self._together(steps, graph if steps == _TOGETHER else None)
                self._fail(self.done)
                advance(steps * self.net.dt)
            self._last()
        if self.done < self.steps:
            stopped(self.done * self.net.dt)
        return self._result()

    def _together(self, steps: int, graph: "torch.cuda.CUDAGraph | None") -> None:
        """A chunk, and what it leaves."""
        import torch

        self.U[:steps] = torch.as_tensor(self.drives(self.done, steps))
        self.i.zero_()
        if graph is not None:
            graph.replay()
        else:
            self._draw()
            for _ in range(steps):
                self._step()
        for kept, fired in zip(self.found, self.fired, strict=True):
            k, j = np.nonzero(fired[:steps].cpu().numpy())
            kept.append(np.array([k + self.done, j]))
        self.trace[self.done : self.done + steps] = self.shown[:steps].cpu().numpy()
        self.done += steps

    def _last(self) -> None:
        """What is recorded at the end."""
        import torch

        self.U[:1] = torch.as_tensor(self.drives(self.done, 1))
        self.i.zero_()
        self._draw()
        self._receive()
        self.trace[self.done] = self.shown[0].cpu().numpy()

    def _fail(self, done: int) -> None:
        for g in self.groups:
            if not g.finite():
                at = f"{done * self.net.dt:g}".replace(".", ",")
                names = ", ".join(p.name for p, _, _ in g.parts)
                raise SimulationError(
                    f"Network.run\u00a0: {names} n'est plus un nombre fini avant t = {at}\u00a0ms\u00a0; réduisez dt"
                )

    def _result(self) -> Run:
        net, spikes = self.net, {}
        for g, parts in zip(self.groups, self.found, strict=True):
            k, j = np.concatenate([*parts, np.zeros((2, 0), np.int64)], axis=1)
            for p, a, b in g.parts:
                own = (j >= a) & (j < b)
                spikes[p.name] = Spikes(k[own] * net.dt, j[own] - a)
        recorded, neurons, column = {}, {}, 0
        for name in net.populations:
            for quantity, j in self.wanted.get(name, {}).items():
                recorded[name, quantity] = self.trace[: self.done + 1, column : column + len(j)]
                neurons[name, quantity] = j
                column += len(j)
        delivered: dict[tuple[str, str], int] = {}
        for c in net.connections:
            n = int(c.out_degree[spikes[c.pre].indices].sum())
            delivered[c.pre, c.post] = delivered.get((c.pre, c.post), 0) + n
        sizes = {p.name: p.n for p in net.populations.values()}
        ordered = {name: spikes[name] for name in net.populations}
        return Run(
            self.done * net.dt, net.dt, net.seed, sizes, ordered, recorded, neurons, delivered,
            self.done == self.steps,
        )
