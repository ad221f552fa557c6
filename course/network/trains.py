"""Poisson trains from outside: on each neuron of a population its own, drawn in the kernel."""

import math
from dataclasses import dataclass

import numpy as np

from course import _check
from course.network.population import Population
from course.synapses import Kernel

GUIDE = 1024


@dataclass(frozen=True)
class Train:
    """`rate` [Hz] spikes of weight `weight` on each neuron of `post`."""

    post: str
    rate: float
    weight: float
    kernel: Kernel
    stream: int
    reversal: float | None = None
    delay_steps: int = 1

    def distribution(self, dt: float) -> np.ndarray:
        """P(N ≤ m) for the number N of spikes of a step, m = 0, 1... until what is left is below 2^-33."""
        mean = self.rate * dt / 1000
        size = int(mean + 12 * math.sqrt(mean) + 24)
        logs = (
            np.arange(size) * math.log(mean)
            - mean
            - np.array([math.lgamma(m + 1.0) for m in range(size)])
        )
        cdf = np.cumsum(np.exp(logs))
        return cdf[: int(np.searchsorted(cdf, 1 - 2.0**-33)) + 1]

    def table(self, dt: float) -> np.ndarray:
        """The distribution as the loop reads it: for each of GUIDE equal parts of (0, 1) the first m worth trying, then
        P(N ≤ m), ended by a number that nothing passes."""
        cdf = np.append(self.distribution(dt), 2.0)
        return np.concatenate([np.searchsorted(cdf, np.arange(GUIDE) / GUIDE), cdf])


def train(target: Population, rate: float, weight: float, kernel: Kernel, stream: int) -> Train | None:
    """A checked train; None when it never fires.

    Raises:
        ValueError: `Network.poisson.argument : règle, reçu valeur`.
    """
    rate = _check.not_negative("Network.poisson.rate", rate, "Hz")
    weight = _check.number("Network.poisson.weight", weight)
    if not isinstance(kernel, Kernel):
        raise _check.refuse("Network.poisson.kernel", "un noyau de course.synapses", kernel)
    if not kernel.jump and target.input is None:
        rule = f"un modèle qui reçoive un courant (paramètre I)\u00a0; {target.name} n'en a pas"
        raise _check.refuse("Network.poisson.kernel", rule, kernel)
    return Train(target.name, rate, weight, kernel, stream) if rate else None
