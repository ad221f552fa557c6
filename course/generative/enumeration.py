"""Everything exact, by adding over all the states of the smaller layer: the judge of what is estimated elsewhere.

With the visible units summed away, Σ_v exp(-E(v, h)) = exp(b·h) Π_i (1 + exp(a_i + (W h)_i)); by symmetry, the
same with the hidden ones.
"""

from collections.abc import Iterator

import numpy as np

from course.generative.rbm import Gradient

MOST = 20  # units of the layer that is enumerated: a million states
ROWS = 4096


def states(n: int) -> Iterator[np.ndarray]:
    """The 2ⁿ rows of n units of 0 and 1, a few thousand at a time, in float64."""
    for first in range(0, 2**n, ROWS):
        numbers = np.arange(first, min(first + ROWS, 2**n))
        yield (numbers[:, None] >> np.arange(n) & 1).astype(float)


def small(rbm) -> tuple[np.ndarray, np.ndarray, np.ndarray, bool]:  # noqa: ANN001
    """(W, own, other, turned): float64, the enumerated layer first in W."""
    W, a, b = (rbm.E.numpy(x).astype(float) for x in (rbm.W, rbm.a, rbm.b))
    turned = rbm.n_hidden < rbm.n_visible
    n = min(W.shape)
    if n > MOST:
        rule = f"au plus {MOST} unités dans la plus petite couche (au-delà\u00a0: ais)"
        raise ValueError(f"RBM.log_partition\u00a0: {rule}, reçu {n}")
    return (W.T, b, a, True) if turned else (W, a, b, False)


def log_partition(rbm) -> float:  # noqa: ANN001
    W, own, other, _ = small(rbm)
    return float(np.logaddexp.reduce([np.logaddexp.reduce(_weights(s, W, own, other)) for s in states(len(own))]))


def exact_gradient(rbm, v) -> Gradient:  # noqa: ANN001
    """<v h>_data - <v h>_model, <v>_data - <v>_model, <h>_data - <h>_model."""
    W, own, other, turned = small(rbm)
    log_z = log_partition(rbm)
    both, mine, theirs = np.zeros(W.shape), np.zeros(len(own)), np.zeros(len(other))
    for s in states(len(own)):
        p = np.exp(_weights(s, W, own, other) - log_z)
        mean = 1 / (1 + np.exp(-(other + s @ W)))
        both += (p[:, None] * s).T @ mean
        mine += p @ s
        theirs += p @ mean
    if turned:
        both, mine, theirs = both.T, theirs, mine
    h, v = rbm.E.numpy(rbm._up(v)).astype(float), rbm.E.numpy(v).astype(float)
    return Gradient(v.T @ h / len(v) - both, v.mean(0) - mine, h.mean(0) - theirs)


def _weights(s: np.ndarray, W: np.ndarray, own: np.ndarray, other: np.ndarray) -> np.ndarray:
    """log Σ over the other layer of exp(-E), for each state s of this one."""
    return s @ own + np.logaddexp(0, other + s @ W).sum(axis=1)
