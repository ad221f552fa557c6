"""Every module with random shapes, and its twin in torch with the same weights."""

import numpy as np
from hypothesis import strategies as st

from course import nn

sides = st.integers(1, 6)
seeds = st.integers(0, 2**32 - 1)


def away_from_ties(rng, shape):
    """Numbers at least 0.005 from each other and from 0: no ReLU and no maximum is at its corner."""
    n = int(np.prod(shape))
    return ((rng.permutation(n) - n // 2 + 0.5) / 100 + rng.uniform(-0.002, 0.002, n)).reshape(shape)


@st.composite
def flat(draw):
    """(x, module) for a module that takes (n, features)."""
    rng = np.random.default_rng(draw(seeds))
    n, d, k = draw(sides), draw(sides), draw(sides)
    here = {"rng": rng, "dtype": np.float64}
    module = draw(st.sampled_from([
        lambda: nn.Linear(d, k, **here), lambda: nn.Linear(d, k, bias=False, init="glorot", **here),
        lambda: nn.Linear.tied(nn.Linear(k, d, **here)), nn.Tanh, nn.Sigmoid, nn.ReLU, nn.LeakyReLU,
        lambda: nn.LeakyReLU(0.3), nn.Softmax, nn.LogSoftmax,
    ]))()
    return away_from_ties(rng, (n, d)), module


@st.composite
def imaged(draw):
    """(x, module) for a module that takes (n, channel, h, w)."""
    rng = np.random.default_rng(draw(seeds))
    n, c, k = draw(st.integers(1, 3)), draw(st.integers(1, 3)), draw(st.integers(1, 3))
    size, stride, padding = draw(st.integers(1, 3)), draw(st.integers(1, 3)), draw(st.integers(0, 2))
    h, w = draw(st.integers(size, 7)), draw(st.integers(size, 7))
    module = draw(st.sampled_from([
        lambda: nn.Conv2d(c, k, size, stride, padding, rng=rng, dtype=np.float64),
        lambda: nn.Conv2d(c, k, size, bias=False, rng=rng, dtype=np.float64),
        lambda: nn.MaxPool2d(size), lambda: nn.Upsample(size), nn.Flatten,
    ]))()
    return away_from_ties(rng, (n, c, h, w)), module
