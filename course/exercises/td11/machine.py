"""The machines on which TD11's exercises are tried: a few units, weights large enough to matter."""

import itertools

import numpy as np

SHAPES = ((4, 3), (3, 5))


def sigmoid(x):
    return 0.5 * (1 + np.tanh(np.asarray(x) / 2))


def states(n):
    """The 2ⁿ states of n binary units, (2ⁿ, n)."""
    return np.array(list(itertools.product((0.0, 1.0), repeat=n)))


def machine(rng, spread=1.0):
    """W (visible, hidden), a, b; never as many visible units as hidden ones."""
    n, m = SHAPES[int(rng.integers(len(SHAPES)))]
    return {
        "W": rng.normal(0, spread, (n, m)),
        "a": rng.normal(0, spread, n),
        "b": rng.normal(0, spread, m),
    }


def batch(rng, n, low=3, high=7):
    """Some binary rows of n units, not all alike."""
    while True:
        v = (rng.random((int(rng.integers(low, high)), n)) < 0.5) * 1.0
        if not np.all(v == v[0]):
            return v
