"""An integrate-and-fire neuron of unknown parameters: one of its own for each seed, to be probed and estimated."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from numbers import Integral
from typing import Any

import numpy as np

from course import _check
from course.dynamics.trace import Trace
from course.neurons import lif

NOISE = 0.5  # mV, deviation of the noise of the amplifier
JITTER = 0.2  # ms, deviation of the error on the time of a spike
STEP = 0.1  # ms, between two samples
LONGEST = 10_000  # ms
UNITS = {"tau": "ms", "R": "MΩ", "theta": "mV", "D": "ms"}
WIDE = {
    "tau": 0.1,
    "R": 0.1,
    "theta": 0.1,
    "D": 0.25,
}  # relative uncertainty past which nothing is learnt
REACH = 3  # standard deviations between an estimate and the truth, at most

COVERED, OUTSIDE, TOO_WIDE, NO_BAR = (
    "couvert",
    "hors des barres",
    "barre trop large",
    "barre manquante",
)


def neurone_mystere(graine: int) -> "NeuroneMystere":
    """The neuron of this seed: τ du/dt = -u + R I, a threshold, a reset to 0, a refractory period D, all unknown."""
    if isinstance(graine, bool) or not isinstance(graine, Integral) or graine < 0:
        raise _check.refuse("neurone_mystere.graine", "un entier positif ou nul", graine)
    rng = np.random.default_rng([1907, int(graine)])
    ranges = {"tau": (8, 30), "R": (60, 200), "theta": (10, 20), "D": (1, 5)}
    return NeuroneMystere(
        int(graine), {name: float(rng.uniform(*ends)) for name, ends in ranges.items()}
    )


@dataclass
class NeuroneMystere:
    """What the electrode shows of it: u [mV] above rest, in noise, and the times of its spikes [ms]."""

    graine: int
    _truth: Mapping[str, float] = field(repr=False)
    _experiments: int = field(default=0, repr=False)

    def mesurer(self, I: float, T: float = 400.0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Step of I [nA] held from 0 to T [ms]: times, u [mV] with its noise, times of the spikes."""
        trace, rng = self._run(I, T)
        return trace.t, trace["u"] + rng.normal(0, NOISE, len(trace.t)), _dated(trace.spikes, rng)

    def impulsions(self, I: float, T: float = 2000.0) -> np.ndarray:
        """The times of the spikes alone, as from outside the cell."""
        trace, rng = self._run(I, T)
        return _dated(trace.spikes, rng)

    def confronter(self, estimation: Mapping[str, Any] | None) -> dict[str, str] | None:
        """What the estimate {"tau": (value, uncertainty), …} is worth, parameter by parameter.

        The uncertainty is a standard deviation: the truth must lie within three of them.
        """
        if not estimation or all(x is None for x in estimation.values()):
            return None
        for name in UNITS:
            if name not in estimation:
                raise _check.refuse(
                    "confronter.estimation", "les clés tau, R, theta et D", list(estimation)
                )
        return {name: self._verdict(name, estimation[name]) for name in UNITS}

    def _verdict(self, name: str, pair: Any) -> str:
        if np.shape(pair) != (2,):
            return NO_BAR
        value, bar = map(float, pair)
        if not bar > 0:
            return NO_BAR
        truth = self._truth[name]
        if bar > WIDE[name] * truth:
            return TOO_WIDE
        return COVERED if abs(value - truth) <= REACH * bar else OUTSIDE

    def _run(self, I: float, T: float) -> tuple[Trace, np.random.Generator]:
        """What happens in the cell, and the noise of this recording: never twice the same."""
        I = _check.number("neurone.I", I)
        T = _check.positive("neurone.T", T, "ms")
        if abs(I) > 2:
            raise _check.refuse(
                "neurone.I", "un courant entre −2 et 2\u00a0nA (au-delà, la cellule meurt)", I
            )
        if T > LONGEST:
            raise _check.refuse("neurone.T", f"{LONGEST}\u00a0ms au plus", T)
        truth = self._truth
        model = lif.with_(
            refractory=truth["D"], tau=truth["tau"], R=truth["R"], theta=truth["theta"]
        )
        self._experiments += 1
        trace = model.simulate(STEP * max(1, round(T / STEP)), dt=STEP, I=I)
        return trace, np.random.default_rng([self.graine, self._experiments])


def _dated(spikes: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The times as they are read; two spikes are too far apart to be exchanged."""
    return spikes + rng.normal(0, JITTER, len(spikes))
