"""The text of a NEST program: a line a population, a connection, a generator; long arrays stay beside it."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from course import _check
from course.inputs import Input
from course.network.connection import Connection
from course.network.nest_models import neuron
from course.network.nest_synapses import Inputs, delay, inputs
from course.network.population import Population

if TYPE_CHECKING:
    from course.network.network import Network

class Writer:
    def __init__(self, net: "Network", T: float | None) -> None:
        self.net, self.until = net, None
        self.arrays: dict[str, np.ndarray] = {}
        self.notes: list[str] = []
        self.lines: list[str] = []
        self.inputs: dict[str, Inputs] = {}
        self.pA: dict[str, float] = {}
        for p in net.populations.values():
            self._population(p)
        for p in net.populations.values():
            self._current(p, T)
        for k, c in enumerate(net.connections):
            self._connection(k, c)
        for train in net.trains:
            port, scale = self.inputs[train.post].of(train)
            weight, generator = float(train.weight * scale), {"rate": float(train.rate)}
            spec = {"weight": weight, "delay": net.dt, "receptor_type": port}
            made = f'nest.Create("poisson_generator", params={generator})'
            self._say(f"nest.Connect({made}, P[{train.post!r}], syn_spec={spec})")
        for p in net.populations.values():
            alive = "" if not p.dead else f"[{self._array(f'{p.name}.alive', alive_of(p))}.tolist()]"
            self._say(f'recorders[{p.name!r}] = nest.Create("spike_recorder")')
            if len(p.dead) < p.n:
                self._say(f"nest.Connect(P[{p.name!r}]{alive}, recorders[{p.name!r}])")

    def script(self) -> str:
        notes = ["Un potentiel d'action du pas k est daté k·dt + dt par NEST, k·dt par course.", *self.notes]
        filled = {
            "@notes@": "\n".join(dict.fromkeys(notes)), "@dt@": repr(self.net.dt), "@seed@": repr(self.net.seed),
            "@lines@": "\n".join(f"    {line}" for line in self.lines),
        }  # fmt: skip
        text = (Path(__file__).parent / "nest_program.txt").read_text(encoding="utf-8")
        for mark, value in filled.items():
            text = text.replace(mark, value)
        return text

    def _say(self, line: str) -> None:
        self.lines.append(line)

    def _array(self, key: str, value: np.ndarray) -> str:
        self.arrays[key] = value
        return f"A[{key!r}]"

    def _population(self, p: Population) -> None:
        net = self.net
        cell = neuron(p)
        sources = [s for s in (*net.connections, *net.trains) if s.post == p.name]
        received = inputs(p.name, cell, sources, net.dt)
        self.inputs[p.name], self.pA[p.name] = received, cell.pA
        self.notes += cell.notes
        if cell.family == "izhikevich" and net.method != "euler":
            self.notes.append(f"method={net.method!r} est remplacée par Euler explicite dans {p.name}.")
        values = {**cell.values, **received.values}
        if isinstance(p.current, np.ndarray) and p.input:
            values["I_e"] = p.current * cell.pA
        lists = {k: v for k, v in values.items() if isinstance(v, list)}
        own = {k: np.broadcast_to(v, p.n) for k, v in values.items() if k not in lists}
        same = {k: float(v[0]) for k, v in own.items() if (v == v[0]).all()}
        own = {k: v for k, v in own.items() if k not in same}
        self._say(f"P[{p.name!r}] = nest.Create({received.model!r}, {p.n}, {same | lists})")
        if own:
            each = ", ".join(f"{k!r}: {self._array(f'{p.name}.{k}', np.array(v))}" for k, v in own.items())
            self._say(f"P[{p.name!r}].set({{{each}}})")

    def _current(self, p: Population, T: float | None) -> None:
        dt, to = self.net.dt, f"P[{p.name!r}], syn_spec={{'delay': dt}}"
        if p.noise is not None and p.noise.sd:
            if abs(p.noise.every / dt - round(p.noise.every / dt)) > 1e-6:
                rule = f"un intervalle de tirage multiple de dt ({dt:g}\u00a0ms)".replace(".", ",")
                raise _check.refuse(f"Network.to_nest.noise.every ({p.name})", rule, p.noise.every)
            drawn = {"std": float(p.noise.sd * self.pA[p.name]), "dt": round(round(p.noise.every / dt) * dt, 9)}
            self._say(f'nest.Connect(nest.Create("noise_generator", params={drawn}), {to})')
        if isinstance(p.current, np.ndarray):
            return
        if T is None:
            rule = f"une durée (ms) jusqu'à laquelle écrire le courant de {p.name}, fonction du temps"
            raise _check.refuse("Network.to_nest.T", rule, T)
        self.until = _check.positive("Network.to_nest.T", T, "ms")
        u = self._sampled(p, round(T / dt)) * self.pA[p.name]
        # a value written at t acts from t + dt on, and t > 0: the first two steps have that of the start
        changes = np.flatnonzero(np.diff(u)) + 1
        changes, last = np.maximum(changes, 2), u[0]
        kept = {int(k): float(u[k]) - last for k in changes if k < len(u)}
        self._say(f"P[{p.name!r}].I_e = {float(last)!r}")
        if kept:
            times = self._array(f"{p.name}.times", np.round((np.array(list(kept)) - 1) * dt, 9))
            values = self._array(f"{p.name}.values", np.array(list(kept.values())))
            steps = f"{{'amplitude_times': {times}, 'amplitude_values': {values}}}"
            self._say(f'nest.Connect(nest.Create("step_current_generator", params={steps}), {to})')

    def _sampled(self, p: Population, steps: int) -> np.ndarray:
        """The current at each step, as `Network.run` reads it."""
        from course.network.request import Drives

        drives = Drives(self.net, steps, 1)
        column, each = drives.columns[p.name]
        if each and not isinstance(p.current, Input):
            rule = "une fonction du temps commune à la population (un générateur de NEST par population)"
            raise _check.refuse(f"Network.to_nest.current ({p.name})", rule, p.current)
        return drives(0, steps)[:, 0, column]

    def _connection(self, k: int, c: Connection) -> None:
        net, received = self.net, self.inputs[c.post]
        pre = net.populations[c.pre]
        port, scale = received.of(c)
        if len(pre.dead) == pre.n or not c.n_synapses:
            return
        if received.late and int(np.min(c.delay_steps)) == 1:
            said = "le courant commence un pas plus tard que le délai de course."
            self.notes.append(f"{c.pre} → {c.post}\u00a0: {said}")
        d, name, key = delay(c.delay_steps, received.late, net.dt), f"synapse_{k}", f"connection_{k}"
        one = np.ndim(c.weight) == 0 and np.ndim(c.delay_steps) == 0
        model = "bernoulli_synapse" if c.release < 1 else "static_synapse_hom_w" if one else "static_synapse"
        settings = {"receptor_type": port, "delay": float(np.min(d))}
        if np.ndim(c.weight) == 0:
            settings["weight"] = float(c.weight * scale)
        if c.release < 1:
            settings["p_transmit"] = c.release
        self._say(f"nest.CopyModel({model!r}, {name!r}, {settings})")
        if one and c.full and not pre.dead:
            rule = {"rule": "all_to_all", "allow_autapses": c.autapses}
            self._say(f"nest.Connect(P[{c.pre!r}], P[{c.post!r}], {rule}, {{'synapse_model': {name!r}}})")
            return
        rows, targets, weight, d = explicit(c, c.weight, d)
        if pre.dead:
            source = np.repeat(np.arange(c.shape[0]), np.diff(rows))
            keep = ~np.isin(source, list(pre.dead))
            targets, weight, d = targets[keep], _kept(weight, keep), _kept(d, keep)
            rows = np.concatenate([[0], np.cumsum(np.bincount(source[keep], minlength=c.shape[0]))])
        self.arrays |= {f"{key}.rows": rows, f"{key}.targets": targets}
        if not one:  # NEST wants both or neither, synapse by synapse
            self.arrays[f"{key}.weight"] = np.broadcast_to(weight * scale, targets.shape)
            self.arrays[f"{key}.delay"] = np.broadcast_to(d, targets.shape)
        self._say(f"pairs(A, {key!r}, P[{c.pre!r}], P[{c.post!r}], {name!r})")


def alive_of(p: Population) -> np.ndarray:
    return np.setdiff1d(np.arange(p.n), list(p.dead))


def _kept(a: np.ndarray, keep: np.ndarray) -> np.ndarray:
    return a if np.ndim(a) == 0 else a[keep]


def explicit(c: Connection, weight: np.ndarray, d: np.ndarray) -> tuple:
    """rows, targets, weights and delays (a number, or one a synapse) of a connection, full or not."""
    if not c.full:
        return c.rows, c.targets, np.asarray(weight), d
    there = np.ones(c.shape, bool)
    if not c.autapses:
        np.fill_diagonal(there, False)
    flat = [np.asarray(a) if np.ndim(a) == 0 else np.reshape(a, c.shape)[there] for a in (weight, d)]
    rows = np.concatenate([[0], np.cumsum(there.sum(1))])
    return rows, np.nonzero(there)[1].astype(np.int32), *flat
