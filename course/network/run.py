"""What a run of a network returns: spikes, rates, traces, and the picture one asks first."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from course import _check

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from course.network.learning import Weights


class Spikes(NamedTuple):
    """Times [ms] in order, and which neuron fired."""

    times: np.ndarray
    indices: np.ndarray


@dataclass(frozen=True, eq=False)
class Run:
    """A simulation of a network.

    Attributes:
        T: duration that was run [ms]; `complete` is False when it was stopped before its end.
        sizes: population -> number of neurons. spikes: population -> (times [ms], indices).
        recorded: (population, name) -> array (time, neuron). neurons: (population, name) -> their indices.
        delivered: (source, target) -> number of synaptic events.
        weights: (source, target) -> the `Weights` of a connection that learned: .t, .values, .final.
    """

    T: float
    dt: float
    seed: int
    sizes: dict[str, int]
    spikes: dict[str, Spikes]
    recorded: dict[tuple[str, str], np.ndarray] = field(default_factory=dict)
    neurons: dict[tuple[str, str], np.ndarray] = field(default_factory=dict)
    delivered: dict[tuple[str, str], int] = field(default_factory=dict)
    complete: bool = True
    weights: "dict[tuple[str, str], Weights]" = field(default_factory=dict)

    @property
    def t(self) -> np.ndarray:
        """Instants of the traces [ms], the start included."""
        return self.dt * np.arange(round(self.T / self.dt) + 1)

    def rate(self, name: str) -> float:
        """Spikes a neuron and a second [Hz]."""
        self._known("rate", name)
        return len(self.spikes[name].times) / self.sizes[name] / (self.T / 1000)

    def rates(self) -> dict[str, float]:
        return {name: self.rate(name) for name in self.sizes}

    def rate_of_each(self, name: str) -> np.ndarray:
        """The rate of each neuron [Hz], (neuron,)."""
        self._known("rate_of_each", name)
        count = np.bincount(self.spikes[name].indices, minlength=self.sizes[name])
        return count / (self.T / 1000)

    def population_rate(self, name: str, bin: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
        """Middle of each bin [ms], and the rate of the population in it [Hz]."""
        self._known("population_rate", name)
        bin = _check.positive("Run.population_rate.bin", bin, "ms")
        n = max(1, int(self.T / bin + 1e-9))
        inside = (self.spikes[name].times / bin + 1e-9).astype(int)
        count = np.bincount(inside[inside < n], minlength=n)
        return bin * (np.arange(n) + 0.5), count / self.sizes[name] / (bin / 1000)

    def trace(self, name: str, variable: str) -> np.ndarray:
        """What was recorded, (time, neuron)."""
        self._known("trace", name)
        if (name, variable) not in self.recorded:
            known = [v for p, v in self.recorded if p == name]
            hint = _check.nearest(variable, known)
            rule = f"une grandeur de {name} que record demandait{hint}"
            raise _check.refuse("Run.trace", rule, variable)
        return self.recorded[name, variable]

    def raster(self, *names: str) -> "Figure":
        """A dot a spike, a band a population, time in ms."""
        from matplotlib.figure import Figure

        names = names or tuple(self.sizes)
        figure = Figure(figsize=(8, min(8.0, 1.5 + 0.9 * len(names))), layout="constrained")
        ax, base, middles = figure.subplots(), 0, []
        for name in names:
            self._known("raster", name)
            times, indices = self.spikes[name]
            ax.plot(times, base + indices, ".", ms=2, rasterized=len(times) > 20_000)
            middles.append(base + self.sizes[name] / 2)
            base += self.sizes[name]
            ax.axhline(base, color="0.8", lw=0.5)
        ax.set(xlabel="temps (ms)", xlim=(0, self.T), ylim=(0, base), yticks=middles)
        ax.set_yticklabels([f"{n} ({self.sizes[n]})" for n in names])
        return figure

    def to_npz(self, path: str | Path) -> Path:
        """Write the spikes (`E.times`, `E.indices`) and what was recorded (`E.v`) to one file."""
        path = Path(path)
        arrays = {"T": np.array(self.T), "dt": np.array(self.dt), "seed": np.array(self.seed)}
        for name, s in self.spikes.items():
            arrays |= {f"{name}.times": s.times, f"{name}.indices": s.indices}
        arrays |= {f"{p}.{v}": a for (p, v), a in self.recorded.items()}
        with path.open("wb") as f:
            np.savez_compressed(f, **arrays)
        return path

    def _known(self, where: str, name: str) -> None:
        _check.one_of(f"Run.{where}", name, self.sizes)

    def __repr__(self) -> str:
        n = sum(len(s.times) for s in self.spikes.values())
        end = "" if self.complete else ", interrompue"
        return f"<Run {self.T:g} ms, {sum(self.sizes.values())} neurones, {n} potentiels d'action{end}>"
