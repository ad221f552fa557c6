"""Programs 15 and 16 of Granier's thesis: all to all, drawn as there. Nothing but numpy: peers read it too."""

import numpy as np


def program_15(n: int, rate: float = 0.6) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Parameters and weights (seed 123, in float32)."""
    draw = np.random.RandomState(123)
    excitatory, inhibitory = round(n * rate), round(n * (1 - rate))
    re, ri = (draw.rand(m, 1).astype(np.float32)[:, 0] for m in (excitatory, inhibitory))
    one, two = np.ones(excitatory), np.ones(inhibitory)
    columns = {
        "a": (0.02 * one, 0.02 + 0.08 * ri), "b": (0.2 * one, 0.25 - 0.05 * ri),
        "c": (-65 + 15 * re**2, -65 * two), "d": (8 - 6 * re**2, 2 * two),
    }  # fmt: skip
    W = draw.rand(n, n)
    W[:excitatory] *= 0.5
    W[excitatory:] *= -1
    parameters = {k: np.concatenate(v).astype(np.float32).astype(float) for k, v in columns.items()}
    return parameters, W.astype(np.float32)
