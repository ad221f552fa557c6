"""The layer y = x W + b, and the layer that borrows the W of another one."""

import numpy as np
from numpy.typing import DTypeLike

from course import _check
from course.nn.given import count, floats, generator
from course.nn.initial import draw
from course.nn.module import Module, Parameter


class Linear(Module):
    """y = x W + b: one row a sample, one column a neuron.

    On paper, yₙⱼ = Σᵢ xₙᵢ Wᵢⱼ + bⱼ. With g = ∂L/∂y, of the shape of y, the chain rule gives

        ∂L/∂Wᵢⱼ = Σₙ xₙᵢ gₙⱼ        that is xᵀ g
        ∂L/∂bⱼ  = Σₙ gₙⱼ
        ∂L/∂xₙᵢ = Σⱼ gₙⱼ Wᵢⱼ        that is g Wᵀ

    Args:
        n_in, n_out: features that come in, neurons.
        bias: False leaves b out.
        init: « he » (for ReLU), « glorot » (for tanh and sigmoid), « lecun », « petit » or « zero »; b starts at 0.
        rng: a generator or a seed.

    Raises:
        ValueError: « Linear(784, 9).forward : un tableau de forme (n, 784), reçu un tableau float64 de forme (8, 9) ».

    >>> layer = Linear(3, 2, rng=0, dtype=np.float64)
    >>> layer(np.ones((5, 3))).shape, [p.name for p in layer.parameters()]
    ((5, 2), ['W', 'b'])
    """

    def __init__(
        self,
        n_in: int,
        n_out: int,
        bias: bool = True,
        *,
        init: str = "he",
        rng: np.random.Generator | int | None = None,
        dtype: DTypeLike = np.float32,
    ) -> None:
        n_in, n_out = count("Linear.n_in", n_in), count("Linear.n_out", n_out)
        W = draw("Linear.init", init, (n_in, n_out), n_in, n_out, generator("Linear.rng", rng))
        self.W = Parameter(W.astype(real("Linear.dtype", dtype)), "W")
        self.b = Parameter(np.zeros(n_out, dtype), "b") if bias else None

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.x = floats(f"{self!r}.forward", x, ("n", len(self.W.value)))
        y = self.x @ self.W.value
        if self.b is not None:
            y += self.b.value
        return y

    def accumulate(self, grad: np.ndarray) -> None:
        x = self.remembered("x")
        grad = floats(f"{self!r}.backward", grad, (len(x), self.W.value.shape[1]))
        self.W.add(x.T @ grad)
        if self.b is not None:
            self.b.add(grad.sum(axis=0))

    def backward(self, grad: np.ndarray) -> np.ndarray:
        self.accumulate(grad)
        return grad @ self.W.value.T

    def parameters(self) -> list[Parameter]:
        return [self.W] if self.b is None else [self.W, self.b]

    @staticmethod
    def tied(other: "Linear", bias: bool = True) -> "TiedLinear":
        """The layer that goes back, with the transpose of the weights of `other`: one W for both."""
        return TiedLinear(other, bias)

    def __repr__(self) -> str:
        return "Linear({}, {})".format(*self.W.value.shape)


class TiedLinear(Module):
    """y = x Wᵀ + b, where W is the Parameter of another Linear: one value, one gradient, the sum of the two.

    >>> there = Linear(4, 2, rng=0)
    >>> back = Linear.tied(there)
    >>> back.W is there.W, back(there(np.ones((1, 4), np.float32))).shape
    (True, (1, 4))
    """

    def __init__(self, other: Linear, bias: bool = True) -> None:
        if not isinstance(other, Linear):
            raise _check.refuse("Linear.tied.other", "un module Linear", other)
        self.W = other.W
        self.b = Parameter(np.zeros(len(self.W.value), self.W.value.dtype), "b") if bias else None

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.x = floats(f"{self!r}.forward", x, ("n", self.W.value.shape[1]))
        y = self.x @ self.W.value.T
        if self.b is not None:
            y += self.b.value
        return y

    def accumulate(self, grad: np.ndarray) -> None:
        x = self.remembered("x")
        grad = floats(f"{self!r}.backward", grad, (len(x), len(self.W.value)))
        self.W.add(grad.T @ x)  # the transpose of xᵀ g, since W is used the other way round
        if self.b is not None:
            self.b.add(grad.sum(axis=0))

    def backward(self, grad: np.ndarray) -> np.ndarray:
        self.accumulate(grad)
        return grad @ self.W.value

    def parameters(self) -> list[Parameter]:
        return [self.W] if self.b is None else [self.W, self.b]

    def __repr__(self) -> str:
        return "Linear.tied({1}, {0})".format(*self.W.value.shape)


def real(where: str, dtype: DTypeLike) -> np.dtype:
    """float32 or float64."""
    if dtype not in (np.float32, np.float64, "float32", "float64"):
        raise _check.refuse(where, "float32 ou float64", dtype)
    return np.dtype(dtype)
