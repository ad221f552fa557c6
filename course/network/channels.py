"""Channels: the synapses of one population that share a kernel share its traces, whatever their weights and delays."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from course.network.connection import Connection
from course.network.trains import Train
from course.synapses import Kernel, Pulse
from course.synapses.modes import entry, propagator, reading

if TYPE_CHECKING:
    from course.network.cell import Cell
    from course.network.network import Network


@dataclass
class Channel:
    """What arrives at one population through one kernel.

    Attributes:
        reach: the longest delay [steps]. cut: how many steps a spike lasts, 0 for ever.
        width: its neurons, a multiple of the lanes. reversal: E_s of conductances, None for currents.
    """

    post: str
    kernel: Kernel
    reversal: float | None
    cut: int
    width: int
    reach: int = 1

    def takes(self, source: "Connection | Train") -> bool:
        same = source.post == self.post and source.kernel == self.kernel
        return same and source.reversal == self.reversal

    @property
    def linear(self) -> bool:
        """Traces; a window of one step is what arrives, as it is."""
        return self.kernel.jump or (self.kernel.modes is not None and self.cut != 1)

    @property
    def target(self) -> int:
        return 2 if self.kernel.jump else 0 if self.reversal is None else 1

    @property
    def states(self) -> int:
        return sum(m.size for m in self.kernel.modes or ()) if self.linear else 0

    @property
    def slots(self) -> int:
        return self.reach + self.cut + 1

    @property
    def ring(self) -> int:
        return self.slots * self.width

    def numbers(self, dt: float, stages: int) -> np.ndarray:
        """P, what a spike adds, what is left of it at the cut, and the reading at each stage; or the window."""
        if self.kernel.jump:
            return np.zeros(0)
        within = np.array([0.0, 0.5, 1.0])[:stages] * dt
        if not self.linear:
            lags = dt * np.arange(self.cut)
            return np.concatenate(
                [np.asarray(self.kernel._formula(lags + s), float) for s in within]
            )
        modes = self.kernel.modes
        gone = propagator(modes, self.cut * dt) @ entry(modes) * (self.cut > 0)
        readings = [reading(modes) @ propagator(modes, s) for s in within]
        return np.concatenate([propagator(modes, dt).ravel(), entry(modes), gone, *readings])


def steps_of_cut(kernel: Kernel, dt: float) -> int:
    """How many steps K lasts: those at lags below the cut; 0 when it has none."""
    if kernel.cut is not None:
        return max(1, math.ceil(kernel.cut / dt - 1e-9))
    return 1 if isinstance(kernel, Pulse) else 0


def channels(net: "Network", cells: "list[Cell]") -> list[Channel]:
    """The channels of each population, population after population."""
    found: list[Channel] = []
    for c in cells:
        for source in (*net.connections, *net.trains):
            if source.post != c.population.name:
                continue
            own = next((ch for ch in found if ch.takes(source)), None)
            if own is None:
                cut = steps_of_cut(source.kernel, net.dt)
                own = Channel(source.post, source.kernel, source.reversal, cut, c.padded)
                found.append(own)
            own.reach = max(own.reach, int(np.max(source.delay_steps, initial=1)))
    return found
