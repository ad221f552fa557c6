"""Pictures and labels, encoded once when nothing is random, batch after batch when spikes are drawn."""

import numpy as np
import torch

from course import _check
from course.spiking import given
from course.spiking.encode import Latency
from course.spiking.events import Events

Batch = tuple[Events | torch.Tensor, np.ndarray]


class Samples:
    """Checked pictures (or Events) and labels of `net`."""

    def __init__(self, where: str, data: object, net) -> None:
        if not (isinstance(data, tuple | list) and len(data) == 2):
            raise _check.refuse(where, "(images, étiquettes), ou un jeu de données de course.data", data)
        x, y = data
        self.encoder = net.encoder
        self.x = net.encode(x) if isinstance(x, Events) else given.pixels(f"{where}.x", x, net.n_in)
        self.y = given.labels(f"{where}.y", y, len(self.x), net.classes)
        if not len(self.y):
            raise _check.refuse(where, "au moins un exemple", data)
        if isinstance(self.encoder, Latency) and not isinstance(self.x, Events):
            self.x = self.encoder(self.x)

    def __len__(self) -> int:
        return len(self.y)

    def batch(self, rows: np.ndarray | slice, seed: object) -> Batch:
        """What enters the network for these rows, and their labels; `seed` draws the spikes of a random code."""
        x = self.x[rows]
        return (x if isinstance(x, Events) else self.encoder(x, np.random.default_rng(seed))), self.y[rows]

    @classmethod
    def of(cls, x: object, like: "Samples") -> "Samples":
        """Other inputs of the same samples."""
        other = object.__new__(cls)
        other.encoder, other.x, other.y = like.encoder, x, like.y
        return other

    def part(self, rows: np.ndarray) -> "Samples":
        """Some of the samples."""
        other = Samples.of(self.x[rows], self)
        other.y = self.y[rows]
        return other


def train_part(data: object) -> object:
    """(x, y) of a Dataset's training part; anything else as it is."""
    return (data.x_train, data.y_train) if hasattr(data, "x_train") else data


def test_part(data: object) -> object:
    return (data.x_test, data.y_test) if hasattr(data, "x_test") else data


def aside(samples: Samples, valid: object, net, seed: int) -> tuple[Samples, Samples | None]:
    """What is learnt from, and what is set aside: a fraction drawn by `seed`, other data, or nothing."""
    if valid is None:
        return samples, None
    if isinstance(valid, tuple | list) or hasattr(valid, "x_test"):
        return samples, Samples("fit.valid", test_part(valid), net)
    rule = "une fraction de ]0, 1[, ou (images, étiquettes), ou None"
    n = round(_check.number("fit.valid", valid, rule) * len(samples))
    if not (0 < valid < 1 and 0 < n < len(samples)):
        raise _check.refuse("fit.valid", rule, valid)
    order = np.random.default_rng([seed, 0]).permutation(len(samples))
    return samples.part(np.sort(order[n:])), samples.part(np.sort(order[:n]))
