"""A picture becomes spikes: bright pixels early, or often, or a current that never stops."""

from dataclasses import dataclass

import numpy as np
import torch

from course import _check
from course.spiking.events import Events, gather
from course.spiking.given import generator, pixels, whole


@dataclass(frozen=True)
class Latency:
    """One spike for each pixel brighter than `threshold`, the brighter the earlier.

        t(x) = τ ln(x / (x - x₀))       when a leaky membrane driven by the current x reaches x₀

    Args:
        steps: length of the train [steps]; a spike that would come after the end never comes.
        tau: τ, how far times are spread [ms]. threshold: x₀ in ]0, 1[. dt: length of a step [ms].

    Source: Zenke, SpyTorch tutorial 2 (τ = 20 ms, x₀ = 0.2).

    >>> Latency(steps=100).times(np.array([[1.0, 0.5, 0.25, 0.2, 0.0]])).round(1)
    array([[ 4.5, 10.2, 32.2,  inf,  inf]])
    """

    steps: int = 100
    tau: float = 20.0
    threshold: float = 0.2
    dt: float = 1.0
    random = False

    def __post_init__(self) -> None:
        whole("Latency.steps", self.steps)
        _check.positive("Latency.tau", self.tau, "ms")
        _check.positive("Latency.dt", self.dt, "ms")
        if not 0 < _check.number("Latency.threshold", self.threshold) < 1:
            raise _check.refuse("Latency.threshold", "un nombre de ]0, 1[", self.threshold)

    def times(self, x: np.ndarray) -> np.ndarray:
        """The time of each pixel's spike [ms]; infinite: it never fires."""
        x = np.asarray(x)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(x > self.threshold, self.tau * np.log(x / (x - self.threshold)), np.inf)

    def __call__(self, x: np.ndarray, rng: np.random.Generator | int | None = None) -> Events:
        """The events of pictures (samples, pixels) in [0, 1]; nothing is drawn at random."""
        x = pixels("Latency.x", x)
        sample, pixel = np.nonzero(x > self.threshold)
        step = self.times(x[sample, pixel]) / self.dt
        kept = step < self.steps
        sample, step, pixel = sample[kept], step[kept].astype(np.int64), pixel[kept]
        return gather(sample, step, pixel, len(x), self.steps, x.shape[1])


@dataclass(frozen=True)
class Rate:
    """At each step, a pixel x fires with probability p = x · rate · dt, whatever it did before.

    Drawn as events, without a number for every silent step: the spikes of a Poisson process of intensity λ are
    counted (Poisson, mean λ · steps), thrown uniformly over the steps, and a step that receives several keeps one;
    it receives at least one with probability 1 - exp(-λ), which is p when λ = -ln(1 - p).

    Args:
        steps: length of the train [steps]. rate: of a white pixel [Hz], such that p < 1. dt: length of a step [ms].
    """

    steps: int = 100
    rate: float = 100.0
    dt: float = 1.0
    random = True

    def __post_init__(self) -> None:
        whole("Rate.steps", self.steps)
        _check.positive("Rate.dt", self.dt, "ms")
        if not _check.positive("Rate.rate", self.rate, "Hz") * self.dt < 1000:
            raise _check.refuse("Rate.rate", f"moins d'une impulsion par pas (< {1000 / self.dt:g}\u00a0Hz)", self.rate)

    def __call__(self, x: np.ndarray, rng: np.random.Generator | int | None = None) -> Events:
        """The events of pictures (samples, pixels) in [0, 1]; the same `rng` gives the same spikes."""
        x, rng = pixels("Rate.x", x), generator("Rate.rng", rng)
        sample, pixel = np.nonzero(x)
        intensity = -np.log1p(-x[sample, pixel].astype(float) * (self.rate * self.dt / 1000))
        counts = rng.poisson(intensity * self.steps)
        step = rng.integers(self.steps, size=counts.sum())
        return gather(np.repeat(sample, counts), step, np.repeat(pixel, counts), len(x), self.steps, x.shape[1])


@dataclass(frozen=True)
class Constant:
    """No spikes: at each step, a pixel x injects the current gain · x."""

    steps: int = 100
    gain: float = 0.1
    random = False

    def __post_init__(self) -> None:
        whole("Constant.steps", self.steps)
        _check.positive("Constant.gain", self.gain)

    def __call__(self, x: np.ndarray, rng: np.random.Generator | int | None = None) -> torch.Tensor:
        """(steps, samples, pixels), one picture seen `steps` times: not copied."""
        x = torch.from_numpy(pixels("Constant.x", x))
        return (self.gain * x).expand(self.steps, *x.shape)


ENCODERS = {"latency": Latency, "rate": Rate, "constant": Constant}


def encoder(given: "str | Latency | Rate | Constant", steps: int, dt: float, where: str) -> "Latency | Rate | Constant":
    """An encoder from its name, or itself."""
    if isinstance(given, tuple(ENCODERS.values())):
        return given
    made = ENCODERS[_check.one_of(where, given, ENCODERS)]
    return made(steps) if made is Constant else made(steps, dt=dt)
