"""What a run returns: times, recorded quantities, spikes, and the pictures one asks first."""

import csv
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from course import _check

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, eq=False)
class Trace:
    """A simulation.

    Attributes:
        t: instants [ms], shape (time,), the start included.
        recorded: name -> array (time,) for one neuron, (time, *batch) for a batch; also `trace["V"]`.
        spikes: times [ms] of one neuron; a list of such arrays, in the batch's flat order, for a batch.
        end: name -> state at the end, what `start=` accepts to go on (a refractory period under way is not kept).
    """

    t: np.ndarray
    recorded: dict[str, np.ndarray]
    spikes: np.ndarray | list[np.ndarray]
    end: dict[str, float | np.ndarray]
    units: dict[str, str] = field(default_factory=dict)
    batch: tuple[int, ...] = ()

    def __getitem__(self, name: str) -> np.ndarray:
        if name not in self.recorded:
            raise LookupError(
                f"Trace[{name!r}]\u00a0: n'est pas enregistré{_check.nearest(name, self.recorded)}"
            )
        return self.recorded[name]

    def __repr__(self) -> str:
        n = sum(map(len, self.spikes)) if self.batch else len(self.spikes)
        neurons = f", {int(np.prod(self.batch))} neurones" if self.batch else ""
        return f"<Trace {self.t[-1]:g} ms{neurons}, {', '.join(self.recorded)}, {n} potentiels d'action>"

    def rate(self) -> float | np.ndarray:
        """Number of spikes over the duration [Hz]: a number, or an array of the batch's shape."""
        seconds = (self.t[-1] - self.t[0]) / 1000
        if not self.batch:
            return len(self.spikes) / seconds
        return np.array([len(s) for s in self.spikes]).reshape(self.batch) / seconds

    def plot(self, *names: str) -> "Figure":
        """One panel a quantity against time; the first one recorded when none is named."""
        from matplotlib.figure import Figure

        names = names or tuple(self.recorded)[:1]
        figure = Figure(figsize=(8, 2.2 * len(names) + 0.6), layout="constrained")
        for ax, name in zip(
            np.atleast_1d(figure.subplots(len(names), sharex=True)), names, strict=True
        ):
            ax.plot(self.t, self[name].reshape(len(self.t), -1), lw=1.4)
            ax.set_ylabel(self._label(name))
        ax.set_xlabel("temps (ms)")
        return figure

    def portrait(self, x: str, y: str) -> "Figure":
        """One quantity against another; the start is a circle, the end a square."""
        from matplotlib.figure import Figure

        figure = Figure(figsize=(5, 4.2), layout="constrained")
        ax = figure.subplots()
        a, b = self[x].reshape(len(self.t), -1), self[y].reshape(len(self.t), -1)
        ax.plot(a, b, lw=1.2)
        ax.plot(a[0], b[0], "o", mfc="white", mec="black", ls="none", label="départ")
        ax.plot(a[-1], b[-1], "s", color="black", ls="none", label="fin")
        ax.set(xlabel=self._label(x), ylabel=self._label(y))
        ax.legend(frameon=False)
        return figure

    def to_csv(self, path: str | Path) -> Path:
        """Write `t` and what was recorded, one column a quantity (and a neuron: `V[0]`, `V[1]`...)."""
        columns = {"t": self.t}
        for name, values in self.recorded.items():
            flat = values.reshape(len(self.t), -1)
            columns |= {
                f"{name}[{i}]" if self.batch else name: flat[:, i] for i in range(flat.shape[1])
            }
        path = Path(path)
        with path.open("w", newline="", encoding="utf-8") as f:
            writer = csv.writer(f)
            writer.writerow(columns)
            writer.writerows(np.column_stack(list(columns.values())).tolist())
        return path

    def _label(self, name: str) -> str:
        unit = self.units.get(name, "")
        return f"{name} ({unit})" if unit and unit != "1" else name
