"""One spike train: its intervals, and the few numbers that say how regular they are.

Every function takes the times of one neuron, or the list of a batch (`trace.spikes`), and answers in kind: a number
or an array of one neuron, an array or a list of a batch.
"""

import math
from collections.abc import Callable, Sequence

import numpy as np

from course import _check

Spikes = np.ndarray | Sequence[float] | Sequence[np.ndarray]


def isi(spikes: Spikes) -> np.ndarray | list[np.ndarray]:
    """The intervals between spikes [ms]; a list of arrays for a batch.

    >>> isi([10.0, 20.0, 35.0])
    array([10., 15.])
    """
    trains, batch = _trains("isi", spikes)
    intervals = [np.diff(train) for train in trains]
    return intervals if batch else intervals[0]


def cv(spikes: Spikes) -> float | np.ndarray:
    """Coefficient of variation of the intervals, deviation (n - 1) over mean: 0 for a clock, 1 for a Poisson process.

    With fewer than two intervals there is no deviation, and the answer is NaN. From n intervals of a Poisson process
    the answer itself strays by about 1/√n.

    >>> cv([0.0, 10.0, 30.0, 40.0, 60.0]), cv([0.0, 5.0])
    (0.384900179459750..., nan)
    """

    def one(train: np.ndarray) -> float:
        intervals = np.diff(train)
        return float(intervals.std(ddof=1) / intervals.mean()) if len(intervals) > 1 else math.nan

    return _each("cv", one, spikes)


def adaptation_index(spikes: Spikes) -> float | np.ndarray:
    """Mean of (next - this)/(next + this) over successive intervals: 0 steady, > 0 slowing down, < 0 hurrying.

    NaN with fewer than two intervals. A regular burst repeated at length gives nearly 0: look at the intervals.

    >>> adaptation_index([0.0, 10.0, 30.0])
    0.333333333333333...
    """

    def one(train: np.ndarray) -> float:
        intervals = np.diff(train)
        if len(intervals) < 2:
            return math.nan
        return float(np.mean(np.diff(intervals) / (intervals[1:] + intervals[:-1])))

    return _each("adaptation_index", one, spikes)


def latency(spikes: Spikes, start: float = 0.0) -> float | np.ndarray:
    """How long after `start` [ms] the next spike comes; infinite when none does.

    >>> latency([12.5, 20.0], start=10), latency([])
    (2.5, inf)
    """
    start = _check.number("latency.start", start)

    def one(train: np.ndarray) -> float:
        after = train[train >= start]
        return float(after[0] - start) if len(after) else math.inf

    return _each("latency", one, spikes)


def isi_histogram(
    spikes: Spikes, width: float = 5.0, longest: float | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Histogram of the intervals, those of a batch together.

    Args:
        width: [ms] of a class.
        longest: [ms] where the last class ends at the latest; the longest interval when None.

    Returns:
        edges [ms], one more than the classes, from 0; density [1/ms], whose integral is the share of the intervals
        that the classes hold: 1 when `longest` cuts none.

    >>> edges, density = isi_histogram([0.0, 4.0, 7.0, 14.0], width=5)
    >>> edges.tolist(), (density * 5 * 3).round().tolist()
    ([0.0, 5.0, 10.0], [2.0, 1.0])
    """
    width = _check.positive("isi_histogram.width", width, "ms")
    intervals = np.concatenate([np.diff(t) for t in _trains("isi_histogram", spikes)[0]])
    if longest is None:
        longest = intervals.max() if len(intervals) else width
    else:
        longest = _check.positive("isi_histogram.longest", longest, "ms")
    edges = width * np.arange(max(1, math.ceil(longest / width - 1e-9)) + 1)
    counts, _ = np.histogram(intervals, edges)
    return edges, counts / (max(1, len(intervals)) * width)


def _each(name: str, one: Callable[[np.ndarray], float], spikes: Spikes) -> float | np.ndarray:
    trains, batch = _trains(name, spikes)
    return np.array([one(train) for train in trains]) if batch else one(trains[0])


def _trains(name: str, spikes: Spikes) -> tuple[list[np.ndarray], bool]:
    """Arrays of increasing times, and whether there are several neurons."""
    several = isinstance(spikes, list | tuple) and len(spikes) > 0 and np.ndim(spikes[0]) == 1
    trains = []
    for train in spikes if several else [spikes]:
        try:
            times = np.asarray(train, float)
        except (TypeError, ValueError):
            times = np.full((1, 1), np.nan)
        if times.ndim != 1 or not np.isfinite(times).all() or (np.diff(times) < 0).any():
            raise _check.refuse(f"{name}.spikes", "des instants croissants (ms)", train)
        trains.append(times)
    return trains, several
