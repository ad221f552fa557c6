"""A curve of many points, reduced to what a screen can show without losing a spike."""

import numpy as np


def envelope(x: np.ndarray, y: np.ndarray, columns: int) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and the highest point of each of about `columns` equal runs of samples.

    Args:
        x, y: a sampled curve, in order; returned as they are when they hold at most 3 points a column.
        columns: width of the drawing in device pixels.

    Returns:
        Two arrays of about 2 × columns points. Extremes keep their abscissa order, the last sample is
        kept, so that a spike one sample wide still reaches its height.

    >>> x = np.arange(10_000.0); y = np.zeros(10_000); y[4321] = 40
    >>> thin_x, thin_y = envelope(x, y, 500)
    >>> len(thin_x), float(thin_y.max()), float(thin_x[thin_y.argmax()]) // 20 == 4321 // 20
    (1001, 40.0, True)
    """
    if len(x) <= 3 * columns:
        return x, y
    run = -(-len(x) // columns)
    whole = len(x) // run
    runs = y[: whole * run].reshape(whole, run)
    order = np.sort(np.stack((runs.argmin(axis=1), runs.argmax(axis=1)), axis=1), axis=1)
    kept = (order + run * np.arange(whole)[:, None]).ravel()
    tail = np.arange(whole * run, len(x))
    kept = np.concatenate((kept, tail if len(tail) else [len(x) - 1]))
    return x[kept], y[kept]
