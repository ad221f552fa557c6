"""Where a convolution's spikes go: the places of a picture, the taps of a kernel, tabulated once for the fused kernel.

Inside it a picture is laid out place after place, the channels of a place side by side, rounded up to sixteen: one
spike of a channel adds one short row of weights at each place that sees it. Stride, padding and pool are only in these
tables.
"""

import math
from dataclasses import dataclass

import numpy as np

from course import _check


@dataclass(frozen=True)
class Patches:
    """The shapes of a ConvLIF: what arrives, what fires, (channels, height, width) each, and its kernel.

    first: what arrives are the input's events, channel after channel; else another block's, place after place.
    """

    given: tuple[int, int, int]
    fired: tuple[int, int, int]
    kernel: int
    stride: int
    padding: int
    pool: int
    first: bool

    @property
    def taps(self) -> int:
        return self.kernel**2

    @property
    def wide(self) -> int:
        """The channels of a place, rounded up."""
        return -(-self.fired[0] // 16) * 16

    @property
    def arriving(self) -> int:
        """The channels that arrive at a place, as they are laid out."""
        return self.given[0] if self.first else -(-self.given[0] // 16) * 16

    @property
    def left(self) -> tuple[int, int]:
        """(height, width) of what leaves."""
        return self.fired[1] // self.pool, self.fired[2] // self.pool

    @property
    def shape(self) -> tuple[int, int, int, int]:
        return self.fired[0], self.given[0], self.kernel, self.kernel

    @property
    def n_in(self) -> int:
        return math.prod(self.given)

    @property
    def row(self) -> int:
        """Its neurons, as they are laid out."""
        return self.fired[1] * self.fired[2] * self.wide

    @property
    def out(self) -> int:
        """What leaves it, as it is laid out."""
        return math.prod(self.left) * self.wide

    @property
    def many(self) -> int:
        return self.fired[0]

    @property
    def held(self) -> int:
        """How many numbers its weights take."""
        return self.taps * self.arriving * self.wide

    turned = held

    @property
    def below(self) -> int:
        """What it receives from, as it is laid out."""
        return 0 if self.first else self.given[1] * self.given[2] * self.arriving

    def links(self) -> list[list[int]]:
        """For each place that arrives, those that see it and through which tap: [place, tap, place, tap, ...]."""
        _, high, broad = self.fired
        found = [[] for _ in range(self.given[1] * self.given[2])]
        for y, x, a, b in np.ndindex(high, broad, self.kernel, self.kernel):
            down, right = y * self.stride + a - self.padding, x * self.stride + b - self.padding
            if 0 <= down < self.given[1] and 0 <= right < self.given[2]:
                found[down * self.given[2] + right] += [y * broad + x, a * self.kernel + b]
        return found

    def windows(self) -> list[list[int]]:
        """For each place that leaves, those of its pool."""
        corners = np.ndindex(self.left)
        inside = list(np.ndindex(self.pool, self.pool))
        return [[(y * self.pool + a) * self.fired[2] + x * self.pool + b for a, b in inside] for y, x in corners]

    def checked(self, where: str, W: np.ndarray) -> None:
        if W.shape != self.shape:
            raise _check.refuse(where, f"des poids de forme {self.shape}", W.shape)

    def pack(self, W: np.ndarray, place: np.ndarray) -> None:
        """Lays W out as (tap, channel in, channel out)."""
        W = W.reshape(*self.shape[:2], -1)
        place.reshape(self.taps, self.arriving, self.wide)[:, : self.given[0], : self.fired[0]] = W.transpose(2, 1, 0)

    def turn(self, W: np.ndarray, place: np.ndarray) -> None:
        """Lays W out as (tap, channel out, channel in)."""
        W = W.reshape(*self.shape[:2], -1)
        place.reshape(self.taps, self.wide, self.arriving)[:, : self.fired[0], : self.given[0]] = W.transpose(2, 0, 1)

    def unpacked(self, G: np.ndarray) -> np.ndarray:
        """A gradient of pack's layout as one of W."""
        G = G.reshape(self.taps, self.arriving, self.wide)[:, : self.given[0], : self.fired[0]]
        return G.transpose(2, 1, 0).copy().reshape(self.shape)

    def channels_first(self, x: np.ndarray) -> np.ndarray:
        """What leaves, (out, ...) place after place, as (channel, height, width) flattened."""
        x = x.reshape(math.prod(self.left), self.wide, *x.shape[1:])[:, : self.fired[0]]
        return x.swapaxes(0, 1).copy().reshape(-1, *x.shape[2:])

    def places_first(self, x: np.ndarray, place: np.ndarray) -> None:
        """The inverse: `place` is (out, ...)."""
        places = math.prod(self.left)
        inside = place.reshape(places, self.wide, *x.shape[1:])[:, : self.fired[0]]
        inside[...] = x.reshape(self.fired[0], places, *x.shape[1:]).swapaxes(0, 1)


def tables(patches: tuple[Patches, ...], zeros: int, rest: int) -> tuple[np.ndarray, np.ndarray]:
    """CONV, a row each block, and LINK, the lists that it points at.

    CONV: whether it is the first, places and channels that arrive, channels a place, places that leave,
    where its links begin, its windows (0: no pool), the `rest` of D (dL/ds before a pool), and, in P, the `zeros` of an
    empty list.
    """
    rows, flat = [], [0]
    for block in patches:
        starts = []
        for lists in (block.links(), block.windows() if block.pool > 1 else []):
            starts.append(len(flat) if lists else 0)
            ends = len(flat) + len(lists) + 1 + np.cumsum([0, *map(len, lists)])
            flat += ends.tolist() if lists else []
            flat += [x for one in lists for x in one]
        places = block.given[1] * block.given[2]
        rows.append([int(block.first), places, block.arriving, block.wide, math.prod(block.left), *starts, rest, zeros])
    return np.array(rows, np.int64).reshape(-1), np.array(flat, np.int64)
