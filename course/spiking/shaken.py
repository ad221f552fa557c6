"""Pictures and spikes as a bad sensor would give them."""

import math

import numpy as np

from course import _check
from course.spiking import given
from course.spiking.events import Events, gather


def noisy(x: np.ndarray, sigma: float, rng: np.random.Generator | int | None = None) -> np.ndarray:
    """Pixels to which Gaussian noise of standard deviation `sigma` is added, cut to [0, 1]."""
    x, rng = given.pixels("noisy.x", x), given.generator("noisy.rng", rng)
    draws = rng.standard_normal(x.shape, dtype=np.float32)
    return np.clip(x + np.float32(_check.not_negative("noisy.sigma", sigma)) * draws, 0, 1)


def jittered(events: Events, sigma: float, rng: np.random.Generator | int | None = None) -> Events:
    """Each spike moved by a Gaussian time of standard deviation `sigma` [steps], rounded, kept inside the run.

    Two spikes of an input that meet in a step are one.
    """
    rng = given.generator("jittered.rng", rng)
    sample, step, neuron = events.where()
    moved = step + np.rint(_check.not_negative("jittered.sigma", sigma) * rng.standard_normal(len(step)))
    moved = np.clip(moved, 0, events.steps - 1).astype(np.int64)
    return gather(sample, moved, neuron, events.samples, events.steps, events.n)


def thinned(events: Events, p: float, rng: np.random.Generator | int | None = None) -> Events:
    """Each spike deleted with probability `p`."""
    rng = given.generator("thinned.rng", rng)
    kept = rng.random(int(events.counts.sum())) >= given.fraction("thinned.p", p)
    return only(events, kept, events.index[events.places()])


def shifted(events: Events, most: int, rng: np.random.Generator | int | None = None) -> Events:
    """Each picture moved by at most `most` pixels along each axis; what leaves the frame is lost.

    Raises:
        ValueError: « shifted.events : des images carrées reçu 20 entrées ».
    """
    rng, most = given.generator("shifted.rng", rng), given.whole("shifted.most", most, 0)
    width = square("shifted.events", events.n)
    down, right = np.repeat(rng.integers(-most, most + 1, (2, events.samples)), events.counts, axis=1)
    row, column = np.divmod(events.index[events.places()], width)
    row, column = row + down, column + right
    kept = (row >= 0) & (row < width) & (column >= 0) & (column < width)
    return only(events, kept, (row * width + column).astype(np.int32))


def only(events: Events, kept: np.ndarray, index: np.ndarray) -> Events:
    """The spikes that are `kept`, under their new `index`; both in the order of `events.places()`."""
    before = np.concatenate([[0], np.cumsum(kept)])  # how many are kept before each
    starts = np.cumsum(events.counts) - events.counts
    return Events(before[events.ptr - events.ptr[:, :1] + starts[:, None]], index[kept], events.n)


def square(where: str, n: int) -> int:
    """The side of a square picture of n pixels."""
    side = math.isqrt(n)
    if side * side != n:
        raise _check.refuse(where, "des images carrées", f"{n} entrées")
    return side
