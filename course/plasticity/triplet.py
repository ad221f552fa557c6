"""Triplets of spikes: what a pair does depends on how recently the same neuron had fired before."""

import math
from dataclasses import dataclass
from typing import ClassVar

from course import _check
from course.plasticity.rules import Rule, Terms
from course.plasticity.window import PAIRINGS

# a2_p, a3_p, a2_d, a3_d, tau_x, tau_y: tables 3 and 4 of the article, the models with every parameter free
_FITTED = {
    ("visual_cortex", "all"): (5e-10, 6.2e-3, 7e-3, 2.3e-4, 101.0, 125.0),
    ("visual_cortex", "nearest"): (8.8e-11, 5.3e-2, 6.6e-3, 3.1e-3, 714.0, 40.0),
    ("hippocampus", "all"): (6.1e-3, 6.7e-3, 1.6e-3, 1.4e-3, 946.0, 27.0),
    ("hippocampus", "nearest"): (4.6e-3, 9.1e-3, 3e-3, 7.5e-9, 575.0, 47.0),
}


@dataclass(frozen=True)
class TripletSTDP(Rule):
    """Potentiation r₁ (A₂⁺ + A₃⁺ o₂), depression o₁ (A₂⁻ + A₃⁻ r₂); r₂ and o₂ read just before the spike itself.

    Weights are in units of the weight before the experiment. Without a2_p (visual cortex) two spikes far from any other
    only depress: potentiation needs two postsynaptic spikes, and so a high frequency.

    Source: Pfister & Gerstner, J. Neurosci. 26 (2006) 9673-9682, eqs. 2-5; τ_p = 16.8 and τ_d = 33.7 ms are Bi & Poo's.
    """

    times: ClassVar[tuple[str, ...]] = ("tau_p", "tau_d", "tau_x", "tau_y")

    a2_p: float
    a3_p: float
    a2_d: float
    a3_d: float
    tau_x: float
    tau_y: float
    tau_p: float = 16.8
    tau_d: float = 33.7
    low: float = 0.0
    high: float = math.inf
    pairing: str = "all"

    @classmethod
    def visual_cortex(cls, pairing: str = "all", **bounds: float) -> "TripletSTDP":
        """The parameters fitted to Sjöström, Turrigiano & Nelson (2001); `low` and `high` may be given."""
        return cls._fitted("visual_cortex", pairing, bounds)

    @classmethod
    def hippocampus(cls, pairing: str = "all", **bounds: float) -> "TripletSTDP":
        """The parameters fitted to Wang, Gerkin, Nauen & Bi (2005), hippocampal cultures."""
        return cls._fitted("hippocampus", pairing, bounds)

    @classmethod
    def _fitted(cls, tissue: str, pairing: str, bounds: dict) -> "TripletSTDP":
        _check.one_of(f"TripletSTDP.{tissue}.pairing", pairing, PAIRINGS)
        return cls(*_FITTED[tissue, pairing], pairing=pairing, **bounds)

    @property
    def terms(self) -> Terms:
        return Terms(
            self.tau_p, self.tau_d, p0=self.a2_p, p3=self.a3_p, d0=self.a2_d, d3=self.a3_d, tau_x=self.tau_x,
            tau_y=self.tau_y, low=self.low, high=self.high, nearest=self.pairing == "nearest",
        )  # fmt: skip
