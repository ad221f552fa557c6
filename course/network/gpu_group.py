"""The populations of one model as one tensor: their state, their channels, their noises, and a step of all of them."""

import math
from typing import TYPE_CHECKING

import numpy as np

from course.dynamics.load import functions, key
from course.network.cell import Cell, cell
from course.network.channels import Channel, channels
from course.network.gpu_channel import Shared
from course.network.gpu_draws import normals, uniforms
from course.network.gpu_step import moved
from course.network.lanes import DEAD, PENDING, STAGES
from course.network.load import jumped
from course.network.population import Population

if TYPE_CHECKING:
    import torch

    from course.network.network import Network


class Group:
    """Neurons of one model, population after population: `parts` says where each stands."""

    def __init__(self, cells: list[Cell], net: "Network", device: str) -> None:
        import torch

        def tensor(a: np.ndarray) -> "torch.Tensor":
            return torch.as_tensor(np.ascontiguousarray(a, float), device=device)

        first = cells[0]
        self.spec, self.method, self.dt, self.seed = first.spec, first.method, net.dt, net.seed
        self.stages, self.model = STAGES[first.method], first.population.model
        self.f = functions(self.spec, "torch")
        self.parts: list[tuple[Population, int, int]] = []
        at = 0
        for c in cells:
            self.parts.append((c.population, at, at + c.population.n))
            at += c.population.n
        self.n = at
        everyone = [c.population for c in cells]

        def joined(rows: list[np.ndarray]) -> "torch.Tensor":
            whole = [np.broadcast_to(r, p.n) for r, p in zip(rows, everyone, strict=True)]
            return tensor(np.concatenate(whole))

        self.x = [joined([p.start[v] for p in everyone]) for v in self.spec.variables]
        self.c = [
            tensor(np.concatenate(rows)) for rows in zip(*(c.constants for c in cells), strict=True)
        ]
        fixed = [p.current if isinstance(p.current, np.ndarray) else np.zeros(()) for p in everyone]
        self.external = joined(fixed)
        dead = [np.isin(np.arange(p.n), sorted(p.dead)) * DEAD for p in everyone]
        self.r = joined(dead)
        self.spikes = torch.zeros(self.n, dtype=torch.bool, device=device)
        self.held = [i for i, v in enumerate(self.spec.variables) if v in self.spec.held]
        self.jumping, self.zero = (
            jumped(self.spec),
            torch.zeros(self.n, dtype=torch.float64, device=device),
        )
        self.inputs = [self.zero] * (len(self.spec.drives) * self.stages)
        self.index = {p.name: torch.arange(p.n, device=device) for p in everyone}
        self.jump, self.white = self.zero, []
        self._start_above()
        self._shared(net, cells, device)

    def _start_above(self) -> None:
        import torch

        if self.spec.spike is None or self.spec.reset:
            return
        drives = [self.zero] * len(self.spec.drives)
        above = self.f.g(self.zero, *self.x, *drives, *self.c)[0] >= 0
        self.r = torch.where((self.r == 0) & above, -1.0 + self.zero, self.r)

    def _shared(self, net: "Network", cells: list[Cell], device: str) -> None:
        import torch

        self.channels: list[Shared] = []
        models: list[Channel] = []
        for own in channels(net, cells):
            twin = next(
                (m for m in models if (m.kernel, m.reversal) == (own.kernel, own.reversal)), None
            )
            if twin is None:
                models.append(own)
            else:
                twin.reach = max(twin.reach, own.reach)
        self.channels = [Shared(m, self.n, net.dt, self.stages, device) for m in models]
        names = [p.name for p, _, _ in self.parts]
        self.trains = []
        for t in net.trains:
            if t.post in names:
                cdf = torch.as_tensor(t.distribution(net.dt), device=device)
                self.trains.append((t, self.channel(t), cdf, *self.parts[names.index(t.post)][1:]))

    def channel(self, source: object) -> Shared:
        found = ((c.model.kernel, c.model.reversal) for c in self.channels)
        return self.channels[list(found).index((source.kernel, source.reversal))]

    def tensors(self) -> list["torch.Tensor"]:
        """All that a step changes."""
        return [*self.x, self.r, self.spikes, *(t for c in self.channels for t in (c.ring, c.z))]

    def draw(self, k: "torch.Tensor") -> None:
        """All that is random in the steps `k`, which follow one another: (step, neuron)."""
        import torch

        self.drawn = {}
        for p, _, _ in self.parts:
            if p.noise is not None:
                m = torch.floor(k.to(torch.float64) * self.dt / p.noise.every + 1e-9).to(torch.int64)
                drawn = normals(self.index[p.name], m, 16 * p.stream, self.seed)
                self.drawn[p.name] = p.noise.sd * drawn
        self.counts = []
        for train, _, cdf, _, _ in self.trains:
            u = uniforms(self.index[train.post], k, train.stream, self.seed)
            self.counts.append(torch.searchsorted(cdf, u).to(torch.float64))
        self.whites = []
        for i, _ in enumerate(self.spec.equations.noises):
            drawn = [normals(self.index[p.name], k, 16 * p.stream + 1 + i, self.seed) for p, _, _ in self.parts]
            self.whites.append(math.sqrt(self.dt) * torch.cat(drawn, dim=1))

    def receive(
        self, k: "torch.Tensor", i: "torch.Tensor", U: "torch.Tensor", columns: dict[str, tuple[int, bool]]
    ) -> None:
        """The inputs of the step k, the i-th of those drawn: external current, noises, trains, channels."""
        i = i.reshape(1)
        drives, stages = len(self.spec.drives), self.stages
        I = [self.external.clone() for _ in range(stages)]
        for p, a, b in self.parts:
            if p.name in columns:
                column, each = columns[p.name]
                for s in range(stages):
                    I[s][a:b] += U[s, column : column + p.n] if each else U[s, column]
            if p.noise is not None:
                drawn = self.drawn[p.name].index_select(0, i)[0]
                for s in range(stages):
                    I[s][a:b] += drawn
        for (train, channel, _, a, b), counts in zip(self.trains, self.counts, strict=True):
            slot = (k % len(channel.ring)).reshape(1)
            channel.ring[:, a:b].index_add_(0, slot, train.weight * counts.index_select(0, i))
        rows = [I, [self.zero] * stages, [self.zero] * stages]
        self.jump = self.zero
        for c in self.channels:
            value = c.current(k)
            if c.model.target == 2:
                self.jump = self.jump + value[0]
            elif c.model.target == 0:
                rows[0] = [i + v for i, v in zip(rows[0], value, strict=True)]
            else:
                rows[1] = [i + v for i, v in zip(rows[1], value, strict=True)]
                rows[2] = [i + c.model.reversal * v for i, v in zip(rows[2], value, strict=True)]
        self.inputs = [v for row in rows[:drives] for v in row]
        self.white = [w.index_select(0, i)[0] for w in self.whites]

    def shown(self, quantity: str) -> "torch.Tensor":
        if quantity in self.spec.variables:
            return self.x[self.spec.variables.index(quantity)]
        value = self.inputs[0]
        if len(self.spec.drives) == 3:
            V = self.x[self.held[0] if self.held else 0]
            value = value + self.inputs[2 * self.stages] - V * self.inputs[self.stages]
        return value

    def at(self, stage: int) -> list["torch.Tensor"]:
        return [self.inputs[d * self.stages + stage] for d in range(len(self.spec.drives))]

    def advance(self, k: "torch.Tensor") -> None:
        import torch

        t, h, spec, zero = k.to(torch.float64) * self.dt, self.dt, self.spec, self.zero
        r, deferred = self.r, spec.reset and self.method == "semi_implicit"
        if deferred:
            pending = r == PENDING
            after = self.f.reset(t, *self.x, *self.at(0), *self.c)
            for x, new in zip(self.x, after, strict=True):
                x.copy_(torch.where(pending, new, x))
            r = torch.where(pending, self.model.refractory + zero, r)
        live = (r <= 0.0).to(torch.float64)
        s = moved(self, t, live)
        s[self.jumping] = s[self.jumping] + self.jump * live
        if spec.spike is not None:
            end = self.at(self.stages - 1)
            g = self.f.g(t + h, *s, *end, *self.c)[0] + zero
            spikes = (g >= 0.0) & (r == 0.0)
            left = torch.where(r - h > 1e-9 * h, r - h, zero)
            r = torch.where(r > 0.0, left, torch.where((r < 0.0) & (g < 0.0), zero, r))
            if deferred:
                s[self.jumping] = torch.where(spikes, s[self.jumping] - g, s[self.jumping])
                r = torch.where(spikes, PENDING + zero, r)
            elif spec.reset:
                after = self.f.reset(t + h, *s, *end, *self.c)
                s = [torch.where(spikes, a, b) for a, b in zip(after, s, strict=True)]
                r = torch.where(spikes, self.model.refractory + zero, r)
            else:
                r = torch.where(spikes, -1.0 + zero, r)
            self.spikes.copy_(spikes)
        self.r.copy_(r)
        for x, new in zip(self.x, s, strict=True):
            x.copy_(new + zero)

    def finite(self) -> bool:
        return all(bool(v.isfinite().all()) for v in self.x)


def groups(net: "Network", device: str) -> list[Group]:
    """The populations put together by model and refractory period."""
    hurt = {c.post for c in net.connections if c.reversal is not None}
    found: dict[tuple, list[Cell]] = {}
    for p in net.populations.values():
        c = cell(p, net.method, p.name in hurt)
        found.setdefault((key(c.spec), c.method, p.model.refractory), []).append(c)
    return [Group(cells, net, device) for cells in found.values()]
