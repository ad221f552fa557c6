"""Rules that know the times of spikes, each as its own few numbers; and the one form that all of them have.

    a postsynaptic spike: w ← w + r₁ (p₀ + p₁ w + p₃ o₂) - (h₀ + h₁ w) + σ w √(r₁₁) ν
    a presynaptic spike:  w ← w - o₁ (d₀ + d₁ w + d₃ r₂) + σ w √(o₁₁) ν     then w is brought back within its bounds

r₁ and r₂ are traces of the presynaptic spikes, o₁ and o₂ of the postsynaptic ones: each spike adds 1 to them ("all"),
or sets them to 1 ("nearest"), after they were read. r₁₁ and o₁₁ are r₁ and o₁ with half their time: the variance of a
sum of independent noises, one a pair. At coincident spikes the presynaptic one comes first.
"""

import math
from dataclasses import dataclass, fields
from typing import ClassVar

from course import _check
from course.plasticity.window import PAIRINGS


@dataclass(frozen=True)
class Terms:
    """A rule in the form that the loops read; the times of traces that are not used are infinite."""

    tau_p: float
    tau_d: float
    p0: float = 0.0
    p1: float = 0.0
    d0: float = 0.0
    d1: float = 0.0
    p3: float = 0.0
    d3: float = 0.0
    tau_x: float = math.inf  # of r₂
    tau_y: float = math.inf  # of o₂
    noise: float = 0.0
    low: float = 0.0
    high: float = math.inf
    h0: float = 0.0
    h1: float = 0.0
    nearest: bool = False


class Rule:
    """What every rule offers: its checked numbers, and its `terms`."""

    times: ClassVar[tuple[str, ...]] = ("tau_p", "tau_d")
    low: float
    high: float
    pairing: str

    def __post_init__(self) -> None:
        name = type(self).__name__
        for f in (f.name for f in fields(self)):
            where, value = f"{name}.{f}", getattr(self, f)
            if f in self.times:
                value = _check.positive(where, value, "ms")
            elif f not in ("low", "high", "pairing"):
                value = _check.not_negative(where, value)
            elif f != "pairing":
                value = _bound(where, value)
            object.__setattr__(self, f, value)
        _check.one_of(f"{name}.pairing", self.pairing, PAIRINGS)
        if not self.low < self.high:
            raise _check.refuse(f"{name}.high", f"une borne au-dessus de l'autre ({self.low:g})", self.high)

    @property
    def terms(self) -> Terms:
        raise NotImplementedError


def _bound(where: str, value: object) -> float:
    if isinstance(value, int | float) and math.isinf(value):
        return float(value)
    return _check.number(where, value, "une borne (un nombre, ou ±math.inf)")


@dataclass(frozen=True)
class Additive(Rule):
    """Δw does not depend on w: c_p exp(-Δt/τ_p) or -c_d exp(Δt/τ_d), and hard bounds.

    Weights end at one bound or the other.

    Source: Song, Miller & Abbott, Nature Neurosci. 3 (2000) 919-926, whose values these are, in units of the highest
    weight (c_d/c_p = 1.05).
    """

    c_p: float = 0.005
    tau_p: float = 20.0
    c_d: float = 0.00525
    tau_d: float = 20.0
    low: float = 0.0
    high: float = 1.0
    pairing: str = "all"

    @property
    def terms(self) -> Terms:
        return Terms(
            self.tau_p, self.tau_d, p0=self.c_p, d0=self.c_d, low=self.low, high=self.high,
            nearest=self.pairing == "nearest",
        )  # fmt: skip


@dataclass(frozen=True)
class Multiplicative(Rule):
    """Soft bounds: c_p (high - w) and -c_d (w - low) take the place of c_p and -c_d. Weights stay around one value.

    Source: Kistler & van Hemmen, Neural Comput. 12 (2000) 385-405; Rubin, Lee & Sompolinsky, Phys. Rev. Lett. 86 (2001)
    364-367.
    """

    c_p: float = 0.005
    tau_p: float = 20.0
    c_d: float = 0.00525
    tau_d: float = 20.0
    low: float = 0.0
    high: float = 1.0
    pairing: str = "all"

    def __post_init__(self) -> None:
        super().__post_init__()
        for name in ("low", "high"):
            if math.isinf(value := getattr(self, name)):
                raise _check.refuse(f"Multiplicative.{name}", "une borne finie (la règle s'y adoucit)", value)

    @property
    def terms(self) -> Terms:
        return Terms(
            self.tau_p, self.tau_d, p0=self.c_p * self.high, p1=-self.c_p, d0=-self.c_d * self.low, d1=self.c_d,
            low=self.low, high=self.high, nearest=self.pairing == "nearest",
        )  # fmt: skip


@dataclass(frozen=True)
class VanRossum(Rule):
    """(c_p + ν w) exp(-Δt/τ_p) or (-c_d w + ν w) exp(Δt/τ_d), ν Gaussian of deviation `noise`, drawn for each pair.

    Potentiation is additive, depression proportional: under independent trains the weights (pS)
    gather around c_p/c_d.

    Source: van Rossum, Bi & Turrigiano, J. Neurosci. 20 (2000) 8812-8821.
    """

    c_p: float = 7.0
    tau_p: float = 20.0
    c_d: float = 0.003
    tau_d: float = 20.0
    noise: float = 0.015
    low: float = 0.0
    high: float = math.inf
    pairing: str = "all"

    @property
    def terms(self) -> Terms:
        return Terms(
            self.tau_p, self.tau_d, p0=self.c_p, d1=self.c_d, noise=self.noise, low=self.low, high=self.high,
            nearest=self.pairing == "nearest",
        )  # fmt: skip


@dataclass(frozen=True)
class Instar(Rule):
    """At each postsynaptic spike w ← w + η (r₁ - w): the weights go to what the inputs did just before it.

    r₁ is the trace of the presynaptic spikes, about τ_p times their rate: inputs that were silent are weakened too,
    which a pair of spikes cannot do. A neuron that fires for one kind of input alone becomes its mean image.

    Source: Grossberg, Biol. Cybern. 23 (1976) 121-134, for rates; Diehl & Cook, Front. Comput. Neurosci. 9 (2015) 99,
    for a trace read at the postsynaptic spike.
    """

    times: ClassVar[tuple[str, ...]] = ("tau_p",)

    eta: float = 0.05
    tau_p: float = 20.0
    low: float = 0.0
    high: float = math.inf
    pairing: str = "all"

    @property
    def terms(self) -> Terms:
        return Terms(
            self.tau_p, self.tau_p, p0=self.eta, h1=self.eta, low=self.low, high=self.high,
            nearest=self.pairing == "nearest",
        )  # fmt: skip
