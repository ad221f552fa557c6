"""The same network on NEST: a PyNEST program that stands alone, and its run brought back as a run of ours."""

import importlib.util
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from course import _check
from course.network.run import Run, Spikes

if TYPE_CHECKING:
    from course.network.network import Network


@dataclass(frozen=True, eq=False)
class NestProgram:
    """A network written for NEST.

    NEST stamps a spike with the end of its step, k·dt + dt; `run` brings the times back to ours, k·dt.

    Attributes:
        script: the program, in Python. arrays: the numbers that it reads: weights, targets, what each neuron has.
        notes: in French, what is not quite the same as in `Network.run`.
    """

    script: str
    arrays: dict[str, np.ndarray]
    sizes: dict[str, int]
    dt: float
    seed: int
    T: float | None
    notes: tuple[str, ...] = field(default=())

    def save(self, path: str | Path) -> Path:
        """Write the program to `path`, and beside it, in .npz, the numbers that it reads."""
        path = Path(path)
        path.write_text(self.script, encoding="utf-8")
        with path.with_suffix(".npz").open("wb") as f:
            np.savez(f, **self.arrays)
        return path

    def run(self, T: float, threads: int = 1, seed: int | None = None) -> Run:
        """Run the program on NEST, in this process: it starts NEST anew.

        Raises:
            ValueError: NEST is not installed; T goes beyond what was written of the currents.
        """
        T = _check.positive("NestProgram.run.T", T, "ms")
        if self.T is not None and T > self.T * (1 + 1e-9):
            rule = f"une durée d'au plus {self.T:g}\u00a0ms, celle des courants écrits par to_nest(T)"
            raise _check.refuse("NestProgram.run.T", rule.replace(".", ","), T)
        if isinstance(threads, bool) or not isinstance(threads, int | np.integer) or threads < 1:
            raise _check.refuse("NestProgram.run.threads", "un nombre entier, au moins 1", threads)
        if importlib.util.find_spec("nest") is None:
            rule = "NEST installé (pip install nest-simulator)"
            raise _check.refuse("NestProgram.run", rule, "aucun module nest")
        steps = max(1, round(T / self.dt))
        space = {"__name__": "nest_program", "__file__": "nest_program.py"}
        exec(compile(self.script, "nest_program.py", "exec"), space)  # written by us, from checked numbers
        seed = self.seed if seed is None else seed
        found = space["simulate"](steps * self.dt, self.arrays, int(threads), seed)
        spikes = {name: self._ours(*found[name]) for name in self.sizes}
        return Run(steps * self.dt, self.dt, seed, dict(self.sizes), spikes)

    def _ours(self, times: np.ndarray, indices: np.ndarray) -> Spikes:
        k = np.rint(np.asarray(times) / self.dt).astype(int) - 1
        order = np.lexsort((indices, k))
        return Spikes(k[order] * self.dt, np.asarray(indices, int)[order])

    def __repr__(self) -> str:
        return f"<NestProgram {', '.join(f'{n} {s}' for n, s in self.sizes.items())}, dt = {self.dt:g}\u00a0ms>"


def to_nest(net: "Network", T: float | None = None) -> NestProgram:
    from course.network.nest_script import Writer

    if not net.populations:
        raise _check.refuse("Network.to_nest", "un réseau d'au moins une population", net)
    ticks = net.dt * 1000
    if abs(ticks - round(ticks)) > 1e-6 or round(ticks) < 1:
        rule = "un pas multiple de 0,001\u00a0ms, le grain du temps de NEST"
        raise _check.refuse("Network.to_nest.dt", rule, net.dt)
    w = Writer(net, T)
    sizes = {p.name: p.n for p in net.populations.values()}
    return NestProgram(w.script(), w.arrays, sizes, net.dt, net.seed, w.until, tuple(dict.fromkeys(w.notes)))
