"""The network of LeCun and others (1998) for 28 × 28 digits, and the part of it that describes an image.

44 426 parameters. Its last hidden layer, 84 numbers after their ReLU, is what the Fréchet distance of
`course.generative` compares; the ten outputs behind it say which digit an image looks like.
"""

import numpy as np

from course import nn

DIMENSION = 84  # of the last hidden layer
PLAN = (1e-3, 8), (2e-4, 4)  # (lr, epochs), Adam


def network(rng: np.random.Generator) -> nn.Sequential:
    """Two convolutions 5 × 5, each with its pooling, then 256 → 120 → 84 → 10."""
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, rng=rng), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5, rng=rng), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(256, 120, rng=rng), nn.ReLU(),
        nn.Linear(120, DIMENSION, rng=rng), nn.ReLU(), nn.Linear(DIMENSION, 10, rng=rng),
    )  # fmt: skip


def halves(net: nn.Sequential) -> tuple[nn.Sequential, nn.Sequential]:
    """Up to the last hidden layer, and from it to the ten answers."""
    return nn.Sequential(*net.modules[:-1]), nn.Sequential(net.modules[-1])
