"""Small pictures that a network learns in seconds: four noisy patterns of twenty pixels."""

import numpy as np

PIXELS, CLASSES = 20, 4


def patterns(n: int = 160, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    y = rng.integers(CLASSES, size=n)
    centres = np.random.default_rng(99).random((CLASSES, PIXELS)) > 0.6
    x = np.clip(0.8 * centres[y] + 0.1 * rng.standard_normal((n, PIXELS)), 0, 1)
    return x.astype(np.float32), y
