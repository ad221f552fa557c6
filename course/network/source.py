"""Neurons that are only their spikes: trains given beforehand, Poisson, correlated or measured."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from course import _check
from course.dynamics import Model
from course.network.population import Population

_SILENT = Model("dx/dt = 0", init={"x": 0.0})
_RULE = "une liste de trains, un tableau d'instants (ms) par neurone"


@dataclass(frozen=True, eq=False)
class Source(Population):
    """A population without dynamics: neuron `neurons[i]` fires at `times[i]` [ms], in order of time."""

    times: np.ndarray = None
    neurons: np.ndarray = None

    def steps(self, dt: float) -> tuple[np.ndarray, np.ndarray]:
        """The step and the neuron of each spike: one spike a neuron and a step, and none of the dead."""
        places = np.floor(self.times / dt + 1e-6).astype(np.int64) * self.n + self.neurons
        if self.dead:
            places = places[~np.isin(self.neurons, sorted(self.dead))]
        places.sort(kind="stable")  # nearly done: they are in order of time
        places = places[np.diff(places, prepend=-1) != 0]
        return places // self.n, places % self.n


def source(name: str, trains: Sequence[np.ndarray], stream: int) -> Source:
    """A checked population of given trains.

    Raises:
        ValueError: `Network.source.argument : règle, reçu valeur`.
    """
    where = "Network.source"
    if not isinstance(name, str) or not name:
        raise _check.refuse(f"{where}.name", "un nom", name)
    if isinstance(trains, str | dict) or not hasattr(trains, "__len__") or not len(trains):
        raise _check.refuse(f"{where}.trains", _RULE, trains)
    times = [_train(f"{where}.trains[{i}]", train) for i, train in enumerate(trains)]
    neurons = np.repeat(np.arange(len(times)), [len(t) for t in times])
    every = np.concatenate(times)
    order = np.lexsort((neurons, every))
    return Source(
        name, len(times), _SILENT, {}, {"x": np.zeros(())}, None, np.zeros(()), None, stream,
        times=every[order], neurons=neurons[order],
    )  # fmt: skip


def _train(where: str, given: object) -> np.ndarray:
    t = np.asarray(given)
    if t.size == 0:
        return np.zeros(0)
    if t.ndim != 1 or t.dtype.kind not in "iuf" or not np.isfinite(t).all():
        raise _check.refuse(where, "un tableau d'instants finis (ms)", given)
    if t.min() < 0:
        raise _check.refuse(where, "des instants positifs ou nuls (ms)", float(t.min()))
    if (np.diff(t) < 0).any():
        raise _check.refuse(where, "des instants dans l'ordre (np.sort les y met)", given)
    return t.astype(float)
