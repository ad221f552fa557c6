"""A module computes forward, and says backward what each of its numbers was worth."""

import numpy as np


class Parameter:
    """An array that learns: its `value`, the gradient `grad` of the loss with respect to it, and its `name`.

    `grad` holds a sum: every `backward` adds to it, `zero_grad` empties it.

    >>> W = Parameter(np.ones((2, 3)), "W")
    >>> W.add(np.full((2, 3), 0.5)); W.add(np.full((2, 3), 0.5)); float(W.grad[0, 0])
    1.0
    """

    def __init__(self, value: np.ndarray, name: str) -> None:
        self.value = value
        self.name = name
        self._sum = None  # a sum without a term yet: the first term is kept, not added to zeros

    @property
    def grad(self) -> np.ndarray:
        if self._sum is None:
            self._sum = np.zeros_like(self.value)
        return self._sum

    def add(self, grad: np.ndarray) -> None:
        """grad += ∂L/∂value."""
        if grad.shape != self.value.shape:
            raise ValueError(
                f"Parameter({self.name}).add\u00a0: un gradient de la forme du paramètre, {self.value.shape}, "
                f"reçu {grad.shape}"
            )
        if self._sum is None:
            self._sum = grad.astype(self.value.dtype)
        else:
            self._sum += grad

    def zero_grad(self) -> None:
        self._sum = None

    def __repr__(self) -> str:
        return f"Parameter({self.name}, {self.value.shape}, {self.value.dtype})"


class Module:
    """What every module has; one of your own defines `forward` and `backward`, and `parameters` if it learns.

    With y = f(x) and L the loss at the end of the network, `backward` is given ∂L/∂y and returns ∂L/∂x. It
    remembers what it needs from the last `forward`, in attributes one can read.

    >>> class Square(Module):
    ...     def forward(self, x):
    ...         self.x = x
    ...         return x**2
    ...     def backward(self, grad):
    ...         return grad * 2 * self.x
    >>> m = Square()
    >>> m(np.array([1.0, -3.0])), m.backward(np.ones(2))
    (array([1., 9.]), array([ 2., -6.]))
    """

    training = True

    def forward(self, x: np.ndarray) -> np.ndarray:
        raise NotImplementedError(f"{type(self).__name__}.forward\u00a0: à écrire")

    def backward(self, grad: np.ndarray) -> np.ndarray:
        """From ∂L/∂y, adds ∂L/∂θ to each parameter θ and returns ∂L/∂x."""
        raise NotImplementedError(f"{type(self).__name__}.backward\u00a0: à écrire")

    def accumulate(self, grad: np.ndarray) -> None:
        """`backward` without ∂L/∂x: nobody asks how the data should change."""
        self.backward(grad)

    def __call__(self, x: np.ndarray) -> np.ndarray:
        return self.forward(x)

    def parameters(self) -> list[Parameter]:
        """What learns here, each Parameter once."""
        return []

    def zero_grad(self) -> None:
        for p in self.parameters():
            p.zero_grad()

    def train(self) -> "Module":
        """From now on the module learns: a Dropout drops."""
        self.training = True
        return self

    def eval(self) -> "Module":
        """From now on the module answers: a Dropout lets everything through."""
        self.training = False
        return self

    def remembered(self, name: str) -> np.ndarray:
        """What the last `forward` kept under `name`."""
        if name not in vars(self):
            raise ValueError(f"{type(self).__name__}.backward\u00a0: forward d'abord, aucun passage avant en mémoire")
        return vars(self)[name]
