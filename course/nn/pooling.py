"""Images made smaller (MaxPool2d), larger (Upsample), or flat (Flatten)."""

import numpy as np

from course import _check
from course.nn.given import count, floats
from course.nn.module import Module


class MaxPool2d(Module):
    """The largest of each square of size × size pixels; the gradient goes to the pixel that won, the first if they tie.

    Rows and columns that do not fill a square are left out: 7 pixels become 3.

    >>> pool = MaxPool2d(2)
    >>> pool(np.arange(16.0).reshape(1, 1, 4, 4))[0, 0]
    array([[ 5.,  7.],
           [13., 15.]])
    """

    def __init__(self, size: int = 2) -> None:
        self.size = count("MaxPool2d.size", size)

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.x = floats(f"{self!r}.forward", x, ("n", "c", "h", "w"))
        if min(x.shape[2:]) < self.size:
            rule = f"des images d'au moins {self.size} pixels de côté"
            raise _check.refuse(f"{self!r}.forward", rule, x.shape)
        places = self.places()
        self.y = x[places[0]].copy()
        for place in places[1:]:
            np.maximum(self.y, x[place], out=self.y)
        return self.y

    def backward(self, grad: np.ndarray) -> np.ndarray:
        y = self.remembered("y")
        left = floats(f"{self!r}.backward", grad, y.shape).copy()  # what no pixel has taken yet
        out = np.zeros_like(self.x, dtype=left.dtype)
        for place in self.places():
            np.multiply(left, self.x[place] == y, out=out[place])
            left -= out[place]
        return out

    def places(self) -> list[tuple]:
        """For each pixel (i, j) of a square, its copies in all the squares."""
        k = self.size
        h, w = (side // k * k for side in self.x.shape[2:])
        both = slice(None), slice(None)
        return [(*both, slice(i, h, k), slice(j, w, k)) for i in range(k) for j in range(k)]

    def __repr__(self) -> str:
        return f"MaxPool2d({self.size})"


class Upsample(Module):
    """Each pixel becomes a square of size × size equal pixels; backward, the square adds its gradients.

    >>> Upsample(2)(np.array([[[[1.0, 2.0]]]]))[0, 0]
    array([[1., 1., 2., 2.],
           [1., 1., 2., 2.]])
    """

    def __init__(self, size: int = 2) -> None:
        self.size = count("Upsample.size", size)

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.shape = floats(f"{self!r}.forward", x, ("n", "c", "h", "w")).shape
        return x.repeat(self.size, axis=2).repeat(self.size, axis=3)

    def backward(self, grad: np.ndarray) -> np.ndarray:
        n, c, h, w = self.remembered("shape")
        k = self.size
        grad = floats(f"{self!r}.backward", grad, (n, c, k * h, k * w))
        return grad.reshape(n, c, h, k, w, k).sum(axis=(3, 5))

    def __repr__(self) -> str:
        return f"Upsample({self.size})"


class Flatten(Module):
    """(n, c, h, w) becomes (n, c h w): between convolutions and Linear."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.shape = floats("Flatten.forward", x).shape
        return x.reshape(len(x), -1)

    def backward(self, grad: np.ndarray) -> np.ndarray:
        return grad.reshape(self.remembered("shape"))

    def __repr__(self) -> str:
        return "Flatten()"
