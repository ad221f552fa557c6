"""log Z by annealed importance sampling: from a machine without weights, whose Z is known, to this one.

    p_β(v) ∝ exp(a·v) Π_j (1 + exp(β (b_j + (v W)_j)))      Z_0 = 2^hidden Π_i (1 + exp(a_i))

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


def ais(rbm, chains: int, steps: int, seed: int) -> Estimate:  # noqa: ANN001
    rng = np.random.default_rng(seed)
    W, a, b = (rbm.E.numpy(x).astype(float) for x in (rbm.W, rbm.a, rbm.b))
    v = (rng.random((chains, len(a))) < 1 / (1 + np.exp(-a))).astype(float)
    log_w, betas = np.zeros(chains), np.linspace(0, 1, steps + 1)
    for before, beta in zip(betas[:-1], betas[1:], strict=True):
        z = b + v @ W
        log_w += np.logaddexp(0, beta * z).sum(axis=1) - np.logaddexp(0, before * z).sum(axis=1)
        h = rng.random(z.shape) < _logistic(beta * z)
        v = (rng.random(v.shape) < _logistic(a + beta * (h @ W.T))).astype(float)
    log_z0 = len(b) * np.log(2) + np.logaddexp(0, a).sum()
    top = log_w.max()
    weights = np.exp(log_w - top)
    mean, error = weights.mean(), 3 * weights.std(ddof=1) / np.sqrt(chains)
    around = [float(log_z0 + top + np.log(m)) for m in (mean, max(mean - error, 1e-300), mean + error)]
    return Estimate(*around)


def _logistic(z: np.ndarray) -> np.ndarray:
    return 0.5 * (1 + np.tanh(z / 2))
