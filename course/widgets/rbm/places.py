"""Where things are on the panels: the pixels under the eraser, the filters on their page."""

import math

import numpy as np

from course.widgets.rbm.subject import COLUMNS, ROWS

WIDE, HIGH = COLUMNS + 2, ROWS + 2  # of a filter on its page, its margin included
RUBBER = 1.3  # half the width of the eraser, in pixels


def pixels(x: float, y: float) -> list[int]:
    """The numbers of the pixels under the eraser at (x, y), y upwards."""
    middle = np.arange(COLUMNS) + 0.5, ROWS - np.arange(ROWS) - 0.5
    under = np.maximum(abs(middle[0][None] - x), abs(middle[1][:, None] - y)) <= RUBBER
    return [int(k) for k in np.flatnonzero(under)]


def across(hidden: int) -> int:
    """Filters in a row."""
    return max(1, math.ceil(math.sqrt(hidden * HIGH / WIDE)))


def down(hidden: int) -> int:
    """Rows of filters."""
    return -(-hidden // across(hidden))


def corner(hidden: int, unit: int | np.ndarray) -> tuple:
    """(x, y) of the bottom left of its cell, y upwards."""
    n = across(hidden)
    return WIDE * (unit % n), HIGH * (down(hidden) - 1 - unit // n)


def unit_at(hidden: int, x: float, y: float) -> int | None:
    """The unit whose filter is there."""
    column, row = math.floor(x / WIDE), down(hidden) - 1 - math.floor(y / HIGH)
    unit = row * across(hidden) + column
    return unit if 0 <= column < across(hidden) and row >= 0 and 0 <= unit < hidden else None


def page(W: np.ndarray) -> np.ndarray:
    """Every column of W as an image, NaN between them; the first row at the bottom."""
    hidden = W.shape[1]
    made = np.full((HIGH * down(hidden), WIDE * across(hidden)), np.nan, np.float32)
    for unit in range(hidden):
        x, y = corner(hidden, unit)
        made[y + 1 : y + 1 + ROWS, x + 1 : x + 1 + COLUMNS] = W[:, unit].reshape(ROWS, COLUMNS)[::-1]
    return made
