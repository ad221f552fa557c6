"""Where a student's function is tried: potentials, gates, rates; the same at every run."""

import numpy as np

_RANGES = ((-90.0, 50.0), (0.0, 1.0), (0.0, 60.0), (-90.0, 50.0))


def points(arity: int) -> np.ndarray:
    """Sixteen points, drawn without round numbers: (16, arity)."""
    rng = np.random.default_rng(1952)
    return np.concatenate([rng.uniform(low, high, (4, arity)) for low, high in _RANGES])
