"""Neurons silenced at random while the network learns, so that none is indispensable."""

import numpy as np

from course.nn.given import floats, generator
from course.nn.module import Module
from course.nn.optimisers import fraction


class Dropout(Module):
    """y = x m/(1 - p), where m is 0 with probability p and 1 otherwise; y = x after `eval()`.

    Dividing by 1 - p keeps the mean of y: nothing is to be changed when the network answers.

    Raises:
        ValueError: « Dropout.p : un nombre de [0, 1[, reçu 1 ».

    >>> drop = Dropout(0.5, rng=0)
    >>> drop(np.ones((1, 6))), drop.eval()(np.ones((1, 6)))
    (array([[2., 2., 2., 0., 0., 0.]]), array([[1., 1., 1., 1., 1., 1.]]))
    """

    def __init__(self, p: float = 0.5, rng: np.random.Generator | int | None = None) -> None:
        self.p = fraction("Dropout.p", p)
        self.rng = generator("Dropout.rng", rng)

    def forward(self, x: np.ndarray) -> np.ndarray:
        x = floats(f"{self!r}.forward", x)
        kept = self.rng.random(x.shape, np.float32) >= self.p if self.training else True
        self.mask = np.multiply(kept, 1 / (1 - self.p) if self.training else 1, dtype=x.dtype)
        return x * self.mask

    def backward(self, grad: np.ndarray) -> np.ndarray:
        return grad * self.remembered("mask")

    def __repr__(self) -> str:
        return f"Dropout({self.p:g})"
