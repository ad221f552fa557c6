"""Functions applied to every number (tanh, sigmoid, ReLU) or to every row (softmax), and their derivatives."""

import numpy as np

from course import _check
from course.nn.given import floats
from course.nn.module import Module


class Activation(Module):
    """Keeps x and y = f(x) of the last forward; a child says f in `value` and ∂L/∂x in `slope`."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.x = floats(f"{self!r}.forward", x)
        self.y = self.value(self.x)
        return self.y

    def backward(self, grad: np.ndarray) -> np.ndarray:
        y = self.remembered("y")
        return self.slope(floats(f"{self!r}.backward", grad, y.shape))

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class Tanh(Activation):
    """y = tanh x, and dy/dx = 1 - y²."""

    def value(self, x: np.ndarray) -> np.ndarray:
        return np.tanh(x)

    def slope(self, grad: np.ndarray) -> np.ndarray:
        return grad * (1 - self.y**2)


class Sigmoid(Activation):
    """y = σ(x) = 1/(1 + e⁻ˣ), and dy/dx = y (1 - y).

    >>> Sigmoid()(np.array([-1e4, 0.0, 1e4]))
    array([0. , 0.5, 1. ])
    """

    def value(self, x: np.ndarray) -> np.ndarray:
        return sigmoid(x)

    def slope(self, grad: np.ndarray) -> np.ndarray:
        return grad * self.y * (1 - self.y)


class ReLU(Activation):
    """y = max(0, x), and dy/dx = 1 where x > 0, else 0 (at 0 too, by convention)."""

    def value(self, x: np.ndarray) -> np.ndarray:
        return np.maximum(x, 0)

    def slope(self, grad: np.ndarray) -> np.ndarray:
        return grad * (self.y > 0)


class LeakyReLU(Activation):
    """y = x where x > 0, `slope` × x elsewhere: a neuron that never fires still learns."""

    def __init__(self, slope: float = 0.01) -> None:
        self.leak = _check.not_negative("LeakyReLU.slope", slope)

    def value(self, x: np.ndarray) -> np.ndarray:
        return np.where(x > 0, x, x * self.leak)

    def slope(self, grad: np.ndarray) -> np.ndarray:
        return np.where(self.x > 0, grad, grad * self.leak)

    def __repr__(self) -> str:
        return f"LeakyReLU({self.leak:g})"


class Softmax(Activation):
    """yᵢ = e^xᵢ / Σⱼ e^xⱼ over the last axis: positive numbers whose sum is 1.

    ∂yᵢ/∂xⱼ = yᵢ (δᵢⱼ - yⱼ), hence ∂L/∂xⱼ = yⱼ (gⱼ - Σᵢ gᵢ yᵢ).

    >>> Softmax()(np.array([[1e4, 0.0], [0.0, 0.0]]))
    array([[1. , 0. ],
           [0.5, 0.5]])
    """

    def value(self, x: np.ndarray) -> np.ndarray:
        return np.exp(log_softmax(x))

    def slope(self, grad: np.ndarray) -> np.ndarray:
        return self.y * (grad - (grad * self.y).sum(axis=-1, keepdims=True))


class LogSoftmax(Activation):
    """yᵢ = xᵢ - log Σⱼ e^xⱼ, and ∂L/∂xⱼ = gⱼ - e^yⱼ Σᵢ gᵢ."""

    def value(self, x: np.ndarray) -> np.ndarray:
        return log_softmax(x)

    def slope(self, grad: np.ndarray) -> np.ndarray:
        return grad - np.exp(self.y) * grad.sum(axis=-1, keepdims=True)


def sigmoid(x: np.ndarray) -> np.ndarray:
    """1/(1 + e⁻ˣ) = eˣ/(1 + eˣ): whichever exponential is small is the one that is computed."""
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)


def log_softmax(x: np.ndarray) -> np.ndarray:
    """x - log Σ eˣ. A constant taken off x changes nothing: with max x taken off, no exponential exceeds 1."""
    x = x - x.max(axis=-1, keepdims=True)
    return x - np.log(np.exp(x).sum(axis=-1, keepdims=True))
