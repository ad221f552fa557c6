"""log Z by annealed importance sampling: from a machine without weights, whose Z is known, to this one.

    p_β(v) ∝ exp((1 - β) c·v + β a·v) Π_j (1 + exp(β (b_j + (v W)_j)))      Z_0 = 2^hidden Π_i (1 + exp(c_i))

c is a, or, from `start` images, what gives each pixel their mean: on a machine that has learnt letters, the same steps
are then wrong by one nat and not by ten.

Each chain walks β from 0 to 1, multiplying the ratios p_β'(v) / p_β(v) before each step of Gibbs; the mean of
these weights is Z / Z_0. Source: Neal 2001; Salakhutdinov & Murray 2008.
"""

from typing import NamedTuple

import numpy as np


class Estimate(NamedTuple):
    """log Z [nats] and where it lies, three standard errors of the mean weight on each side."""

    log_z: float
    low: float
    high: float


def ais(rbm, chains: int, steps: int, seed: int, start: np.ndarray | None = None) -> Estimate:  # noqa: ANN001
    rng = np.random.default_rng(seed)
    W, a, b = (rbm.E.numpy(x).astype(float) for x in (rbm.W, rbm.a, rbm.b))
    c = a
    if start is not None:
        mean = (start.sum(axis=0) + 1) / (len(start) + 2)  # never 0 nor 1
        c = np.log(mean / (1 - mean))
    v = (rng.random((chains, len(a))) < _logistic(c)).astype(float)
    log_w, betas = np.zeros(chains), np.linspace(0, 1, steps + 1)
    for before, beta in zip(betas[:-1], betas[1:], strict=True):
        z = b + v @ W
        log_w += np.logaddexp(0, beta * z).sum(axis=1) - np.logaddexp(0, before * z).sum(axis=1)
        log_w += (beta - before) * (v @ (a - c))
        h = rng.random(z.shape) < _logistic(beta * z)
        v = (rng.random(v.shape) < _logistic((1 - beta) * c + beta * (a + h @ W.T))).astype(float)
    log_z0 = len(b) * np.log(2) + np.logaddexp(0, c).sum()
    top = log_w.max()
    weights = np.exp(log_w - top)
    mean, error = weights.mean(), 3 * weights.std(ddof=1) / np.sqrt(chains)
    around = [float(log_z0 + top + np.log(m)) for m in (mean, max(mean - error, 1e-300), mean + error)]
    return Estimate(*around)


def _logistic(z: np.ndarray) -> np.ndarray:
    return 0.5 * (1 + np.tanh(z / 2))
