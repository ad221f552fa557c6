"""The lesson of a large machine, on two cores: the rows of a batch in two halves, then the visible units in two halves.

The same lesson as `contrast`, to rounding, from the same uniform numbers. Each half draws from its own stream, so that
the draws do not depend on how many cores there are. Where the products are limited to one thread, so are the halves.
"""

import functools
from collections.abc import Callable, Sequence
from threading import Barrier

import numpy as np

from course.generative.kernels import NARROW, loop, rooms

LEAST = 4_000_000  # multiplications of one product: below, waking a second core costs more than it brings


def worth(E, rows: int, W) -> bool:  # noqa: ANN001
    """Are these weights many enough, and where the loops can reach them?"""
    if not E.on_processor or rows * W.shape[0] * W.shape[1] < LEAST or min(W.shape) < NARROW or rows == 1:
        return False
    weights = E.numpy(W)
    return weights.dtype == np.float32 and weights.flags.c_contiguous


@functools.cache
def _blas():  # noqa: ANN202
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


class Halves:
    """Where the lessons of `rows` rows are worked out. X: the rows; Y: the chain, which goes on from there.

    P, Q: P(h | v) of X and of Y, (rows, m); V: P(v | h) at the last step, (rows, n). machine: W, a, b; speed: their
    last changes. streams: what draws for each half.
    """

    def __init__(self, rows: int, machine: Sequence[np.ndarray], speed: Sequence[np.ndarray], streams: list) -> None:
        (W, a, b), (S, sa, sb) = machine, speed
        n, m = W.shape
        self.streams, self.cut, self.units = streams, (0, rows // 2, rows), (0, n // 32 * 16, n)
        self.X, self.Y, self.V, self.Uv = (np.zeros((rows, n), np.float32) for _ in range(4))
        self.P, self.Q, self.H, self.Uh = (np.zeros((rows, m), np.float32) for _ in range(4))
        X, Y, V, Uv, P, Q, H, Uh, w, s = (
            x.reshape(-1) for x in (self.X, self.Y, self.V, self.Uv, self.P, self.Q, self.H, self.Uh, W, S)
        )
        near = [rooms(rows, n, m) for _ in range(2)]
        self.rise = [loop("rise").bound(n, m, X, w, b, Uh, P, H, T, ON) for T, ON, _ in near]
        self.again = [loop("rise").bound(n, m, Y, w, b, Uh, Q, H, T, ON) for T, ON, _ in near]
        self.fall = [loop("fall").bound(m, n, H, w, a, Uv, V, Y, T, ON) for T, ON, _ in near]
        self.move = [loop("learn").bound(X, P, Y, Q, w, s, a, sa, b, sb, T, IDX) for T, _, IDX in near]
        self.sizes = n, m, rows
        self.alone = all(library["num_threads"] == 1 for library in _blas().info())  # somebody wants one core used

    def lesson(self, k: int, on: bool, momentum: float, rate: float, decay: float) -> None:
        """`dream`, then `learn`, in one call of the other core: to wake it takes as long as a tenth of a lesson."""
        from course.spiking.threads import cores

        if self.alone or cores() == 1:
            self.dream(k, on)
            self.learn(momentum, rate, decay)
            return
        dreamt = Barrier(2)

        def part(half: int) -> None:
            try:
                self._dream(half, k, on)
                dreamt.wait()
                self._learn(half, momentum, rate, decay)
            except BaseException:  # interrupted: the other half must not wait for this one
                dreamt.abort()
                raise

        self._both(part)

    def _both(self, part: Callable[[int], None]) -> None:
        from course.spiking.threads import together

        if self.alone:
            part(0)
            part(1)
        else:
            together(part, 2)

    def dream(self, k: int, on: bool) -> None:
        """k steps from X, or, where the chain goes `on`, from Y."""
        self._both(lambda half: self._dream(half, k, on))

    def _dream(self, half: int, k: int, on: bool) -> None:
        first, stop = self.cut[half : half + 2]
        here, stream = slice(first, stop), self.streams[half]
        stream.random(out=self.Uh[here], dtype=np.float32)
        self.rise[half](first, stop)
        if on:
            self.again[half](first, stop)
        for left in reversed(range(k)):
            stream.random(out=self.Uv[here], dtype=np.float32)
            self.fall[half](first, stop)
            if left:
                stream.random(out=self.Uh[here], dtype=np.float32)
            self.again[half](first, stop)

    def learn(self, momentum: float, rate: float, decay: float) -> None:
        """The machine and its speed are moved, in place, by the contrast of (X, P) and (Y, Q)."""
        self._both(lambda half: self._learn(half, momentum, rate, decay))

    def _learn(self, half: int, momentum: float, rate: float, decay: float) -> None:
        self.move[half](*self.units[half : half + 2], *self.sizes, momentum, rate, decay)
