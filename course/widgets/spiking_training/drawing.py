"""A digit drawn with the mouse or the keys, as the network receives it: of the size and at the place of those of MNIST.

A drawing is points (x, y) from 0 to 28, y upwards, and None where the pen is lifted.
"""

import numpy as np

from course.widgets.spiking_training.subject import SIDE

BOX = 20.0  # the longer side of a digit of MNIST, whose centre of mass is in the middle
_INK = 1.1  # half the width of the pen, in pixels
KEPT = 1500


def segments(drawn: tuple) -> np.ndarray:
    """(n, 2, 2): the two ends of each; a point alone is a segment of no length."""
    found = []
    for before, here in zip((None, *drawn), drawn, strict=False):
        if here is not None:
            found.append((before or here, here))
    return np.array(found, float).reshape(-1, 2, 2)


def inked(lines: np.ndarray) -> np.ndarray:
    """(28, 28) from 0 to 1, the first row at the top: how much of each pixel is under the pen."""
    middle = np.arange(SIDE) + 0.5
    x, y = np.meshgrid(middle, SIDE - middle)
    a, b = lines[:, 0, :, None, None], lines[:, 1, :, None, None]
    along = b - a
    length = np.maximum((along**2).sum(1), 1e-12)
    share = np.clip(((x - a[:, 0]) * along[:, 0] + (y - a[:, 1]) * along[:, 1]) / length, 0, 1)
    far = np.hypot(x - a[:, 0] - share * along[:, 0], y - a[:, 1] - share * along[:, 1])
    return np.clip(_INK + 0.5 - far.min(axis=0, initial=np.inf), 0, 1).astype(np.float32)


def normalised(drawn: tuple) -> np.ndarray:
    """(28, 28): enlarged or reduced to the size of the digits of MNIST, its centre of mass in the middle."""
    lines = segments(drawn)
    if not len(lines):
        return np.zeros((SIDE, SIDE), np.float32)
    low, high = lines.min(axis=(0, 1)), lines.max(axis=(0, 1))
    lines = (lines - (low + high) / 2) * min(4.0, (BOX - 2 * _INK) / max(*(high - low), 1e-6)) + SIDE / 2
    ink = inked(lines)
    middle = np.arange(SIDE) + 0.5
    centre = np.array([(ink.sum(0) * middle).sum(), (ink.sum(1) * (SIDE - middle)).sum()]) / ink.sum()
    return inked(lines + SIDE / 2 - centre)
