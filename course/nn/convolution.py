"""A convolution is a matrix product, once the image is unfolded into columns (im2col).

The same small filter looks at every window of the image. Write each window as one column: with one channel, a 2 × 2
filter and a 3 × 3 image, there are four windows,

    a b c                       a b d e     what the corner w₀₀ of the filter multiplies
    d e f    becomes    cols =  b c e f     what w₀₁ multiplies
    g h i                       d e g h     what w₁₀ multiplies
                                e f h i     what w₁₁ multiplies

and filtering is w · cols, with w = (w₀₀, w₀₁, w₁₀, w₁₁): one product for all windows, images and filters. Each *row* of
cols is the image itself, moved by (i, j): size² copies build it, no loop over pixels. A convolution is thus a Linear
whose weights are shared between places; its gradients are those of Linear, and the way back from columns to image
(col2im) adds what each pixel received from all the windows that saw it.
"""

import numpy as np
from numpy.typing import DTypeLike

from course import _check
from course.nn.given import count, floats, generator
from course.nn.initial import draw
from course.nn.linear import real
from course.nn.module import Module, Parameter


class Conv2d(Module):
    """Filters of size × size seen by every place of an image: (n, c_in, h, w) becomes (n, c_out, h', w').

    h' = (h + 2 padding - size) // stride + 1. As everywhere in the field it is a correlation: no filter is flipped.

    Args:
        c_in, c_out: channels that come in, filters.
        size: side of a filter, in pixels. stride: pixels between two windows. padding: zeros added on each side.

    Raises:
        ValueError: « Conv2d(1, 8, 3).forward : des images d'au moins 3 pixels de côté (marge comprise), reçu … ».

    >>> conv = Conv2d(1, 8, 3, padding=1, rng=0)
    >>> conv(np.zeros((2, 1, 28, 28), np.float32)).shape
    (2, 8, 28, 28)
    """

    def __init__(
        self,
        c_in: int,
        c_out: int,
        size: int,
        stride: int = 1,
        padding: int = 0,
        *,
        bias: bool = True,
        init: str = "he",
        rng: np.random.Generator | int | None = None,
        dtype: DTypeLike = np.float32,
    ) -> None:
        c_in, c_out = count("Conv2d.c_in", c_in), count("Conv2d.c_out", c_out)
        self.size, self.stride = count("Conv2d.size", size), count("Conv2d.stride", stride)
        self.padding = count("Conv2d.padding", padding, least=0)
        # a number of the output depends on c_in size² numbers of the input
        fans = c_in * size**2, c_out * size**2
        W = draw("Conv2d.init", init, (c_out, c_in, size, size), *fans, generator("Conv2d.rng", rng))
        self.W = Parameter(W.astype(real("Conv2d.dtype", dtype)), "W")
        self.b = Parameter(np.zeros(c_out, dtype), "b") if bias else None

    def forward(self, x: np.ndarray) -> np.ndarray:
        c_out, c_in = self.W.value.shape[:2]
        x = floats(f"{self!r}.forward", x, ("n", c_in, "h", "w"))
        if min(x.shape[2:]) + 2 * self.padding < self.size:
            rule = f"des images d'au moins {self.size} pixels de côté (marge comprise)"
            raise _check.refuse(f"{self!r}.forward", rule, x.shape)
        self.shape = x.shape
        self.cols = self.unfold(x)
        y = self.W.value.reshape(c_out, -1) @ self.cols
        if self.b is not None:
            y += self.b.value[:, None]
        return channel_second(y.reshape(c_out, len(x), *self.places()))

    def accumulate(self, grad: np.ndarray) -> np.ndarray:
        """Adds ∂L/∂W = g colsᵀ and ∂L/∂b = Σ g; returns g, one row a filter."""
        cols, c_out = self.remembered("cols"), len(self.W.value)
        grad = floats(f"{self!r}.backward", grad, (self.shape[0], c_out, *self.places()))
        g = channel_first(grad).reshape(c_out, -1)
        self.W.add((g @ cols.T).reshape(self.W.value.shape))
        if self.b is not None:
            self.b.add(g.sum(axis=1))
        return g

    def backward(self, grad: np.ndarray) -> np.ndarray:
        g = self.accumulate(grad)
        return self.fold(self.W.value.reshape(len(g), -1).T @ g)

    def unfold(self, x: np.ndarray) -> np.ndarray:
        """im2col: (n, c, h, w) becomes (c size², n h' w')."""
        n, c = x.shape[:2]
        p, k = self.padding, self.size
        if p:
            x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
        cols = np.empty((c, k, k, n, *self.places()), x.dtype)
        for i in range(k):
            for j in range(k):
                cols[:, i, j] = x[self.moved(i, j)].transpose(1, 0, 2, 3)
        return cols.reshape(c * k * k, -1)

    def fold(self, cols: np.ndarray) -> np.ndarray:
        """col2im: each pixel takes the sum of its copies."""
        n, c, h, w = self.shape
        p, k = self.padding, self.size
        cols = cols.reshape(c, k, k, n, *self.places())
        x = np.zeros((c, n, h + 2 * p, w + 2 * p), cols.dtype)
        for i in range(k):
            for j in range(k):
                x[self.moved(i, j)] += cols[:, i, j]
        return channel_second(x[:, :, p : p + h, p : p + w])

    def places(self) -> tuple[int, int]:
        """(h', w'): where a window fits."""
        h, w = ((side + 2 * self.padding - self.size) // self.stride + 1 for side in self.shape[2:])
        return h, w

    def moved(self, i: int, j: int) -> tuple:
        """The pixels that the weight (i, j) of the filter meets."""
        s, (h, w) = self.stride, self.places()
        return (slice(None), slice(None), slice(i, i + s * h, s), slice(j, j + s * w, s))

    def parameters(self) -> list[Parameter]:
        return [self.W] if self.b is None else [self.W, self.b]

    def __repr__(self) -> str:
        c_out, c_in, size, _ = self.W.value.shape
        extra = f", stride={self.stride}" * (self.stride > 1) + f", padding={self.padding}" * (self.padding > 0)
        return f"Conv2d({c_in}, {c_out}, {size}{extra})"


def channel_first(x: np.ndarray) -> np.ndarray:
    """(n, c, h, w) becomes (c, n, h, w): one matrix of all images."""
    return np.ascontiguousarray(x.transpose(1, 0, 2, 3))


channel_second = channel_first  # the same exchange of two axes, the other way
