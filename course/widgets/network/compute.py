"""The values of the controls become a network, scaled and lesioned, and its run: shorter first, the same seed."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from course.network import Network, Run
from course.widgets.background import Growing

ROWS = 40  # of the raster, for each nucleus
STAGES = (0.1, 0.35, 1.0)  # of the duration: each run begins by the one before
SILENCE = 40.0  # ms before a burst
BIN = 4.0  # ms
Lesion = tuple[str, int, int]  # population, first neuron, one past the last


class Asked:
    """The run that somebody wants to stop, and which whole runs have been seen, in order."""

    def __init__(self) -> None:
        self.stop: tuple | None = None
        self.ended: list[tuple] = []

    def end(self, key: tuple) -> None:
        self.ended = [k for k in self.ended if k != key][-7:] + [key]

    def before(self, key: tuple) -> tuple | None:
        """The whole run seen last, other than `key`, of the same length and seed."""
        like = [k for k in self.ended if k != key and k[3:] == key[3:]]
        return like[-1] if like else None


@dataclass(frozen=True, eq=False)
class Seen:
    """What is drawn of a run.

    Attributes:
        rates: population -> [Hz]. rows: population -> (times, row of the raster).
        course: population -> (middles of the bins, rate [Hz]). bursts: population -> their beginnings [ms].
    """

    T: float
    rates: dict[str, float]
    rows: dict[str, tuple[np.ndarray, np.ndarray]]
    course: dict[str, tuple[np.ndarray, np.ndarray]]
    bursts: dict[str, np.ndarray]


def key_of(values: dict) -> tuple:
    """What a run depends on: g, delays, lesions, then the duration and the seed."""
    return values["g"], values["delay"], values["lesions"], values["T"], values["seed"]


def computation(net: Network, growing: Growing, asked: Asked) -> Callable[..., dict]:
    def compute(**values) -> dict:
        key = key_of(values)
        seen = growing.ask(key, lambda tell: simulated(net, key, tell, asked))
        if key in asked.ended:
            asked.end(key)  # it is seen again: the next one is compared with it
        before = asked.before(key)
        return {
            "net": net, "values": values, "seen": seen, "sizes": {p.name: p.n for p in net.populations.values()},
            "before": kept(growing, before) if before else None, "key_before": before,
        }  # fmt: skip

    return compute


def kept(growing: Growing, key: tuple) -> Seen | None:
    """A run that has ended, if it is still there; nothing is computed."""
    future = growing.background.known(key)
    return future.result() if future else None


def simulated(net: Network, key: tuple, tell: Callable[[Seen], None], asked: Asked) -> Seen:
    """The runs of the stages; the last one unless it was stopped, and then the longest that was done."""
    g, delay, lesions, T, seed = key
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a duration rounded to dt
        now = changed(net, g, delay, lesions, seed)
        for share in STAGES:
            seen = look(now.run(round(T * share / net.dt) * net.dt, progress=False))
            if share < 1 and asked.stop == key:
                return seen
            if share < 1:
                tell(seen)
    asked.end(key)
    return seen


def changed(net: Network, g: float, delay: float, lesions: tuple[Lesion, ...], seed: int) -> Network:
    """The network with its weights times g, its delays times `delay`, without some neurons, another noise."""
    now = scaled(net, g, delay).copy()
    now.seed = net.seed + seed
    for name, first, last in lesions:
        whole = last - first == net.populations[name].n
        now = now.lesion(name, indices=None if whole else range(first, last))
    return now


@lru_cache(maxsize=2)
def scaled(net: Network, g: float, delay: float) -> Network:
    now = net.copy()
    now.connections = [
        replace(
            c, weight=(c.weight * g).astype(c.weight.dtype) if isinstance(c.weight, np.ndarray) else c.weight * g,
            delay_steps=late(c.delay_steps, delay),
        )
        for c in net.connections
    ]  # fmt: skip
    return now


def late(steps: int | np.ndarray, times: float) -> int | np.ndarray:
    """Delays times `times`, in whole steps, one at least."""
    new = np.maximum(1, np.floor(np.asarray(steps) * times + 0.5)).astype(np.asarray(steps).dtype)
    return new if isinstance(steps, np.ndarray) else int(new)


def look(run: Run) -> Seen:
    rows, course, bursts = {}, {}, {}
    for name, n in run.sizes.items():
        t, i = run.spikes[name]
        shown = np.unique(np.linspace(0, n - 1, ROWS).astype(int))
        row = np.searchsorted(shown, i)
        hit = shown[np.minimum(row, len(shown) - 1)] == i
        rows[name] = t[hit], row[hit] * (ROWS / len(shown))
        course[name] = run.population_rate(name, BIN)
        bursts[name] = beginnings(t)
    return Seen(run.T, run.rates(), rows, course, bursts)


def beginnings(times: np.ndarray, silence: float = SILENCE) -> np.ndarray:
    """The times [ms] of the spikes that a silence of the whole population precedes, the first one included."""
    return times[np.diff(times, prepend=-np.inf) > silence]


def merged(lesions: tuple[Lesion, ...], more: tuple[Lesion, ...]) -> tuple[Lesion, ...]:
    """Ranges that touch are one; in the order of their names and places."""
    out: list[Lesion] = []
    for name, first, last in sorted({*lesions, *more}):
        if out and out[-1][0] == name and first <= out[-1][2]:
            out[-1] = (name, out[-1][1], max(last, out[-1][2]))
        else:
            out.append((name, first, last))
    return tuple(out)
