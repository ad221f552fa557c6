"""Unsupervised digits: accuracy over four seeds, its ablations, and the time of one seed."""

import time

import numpy as np

from tests.bench.table import Row
from tests.plasticity.digits import accuracy, images

NETWORKS = (
    ("200 neurons", 200, 0.90, {}),
    ("100 neurons", 100, 0.86, {}),
    ("100, no homeostasis", 100, None, {"step": 0.0}),
    ("100, no inhibition", 100, None, {"inhibition": 0.0}),
    ("100, frozen random weights", 100, None, {"rule": None}),
)


def digits(peers: set[str]) -> list[Row]:
    rows = []
    for name, n, least, options in NETWORKS:
        start = time.perf_counter()
        found = [accuracy(n, seed, **options) for seed in range(4)]
        seconds = (time.perf_counter() - start) / 4
        assert least is None or np.mean(found) >= least, (name, found)
        note = f"mean {np.mean(found):.3f}, " + " ".join(f"{a:.3f}" for a in found)
        rows.append(Row("digits", f"course, {name}", seconds, note=note))
    return [*rows, *_neighbours()]


def _neighbours() -> list[Row]:
    """What other means make of the same images: k-means named in the same way, and labels used to learn."""
    from sklearn.cluster import KMeans
    from sklearn.linear_model import LogisticRegression

    means, taught = [], []
    for seed in range(4):
        X, y, Z, z = images(seed)
        clusters = KMeans(100, n_init=3, random_state=seed).fit(X)
        digit = np.array([np.bincount(y[clusters.labels_ == c], minlength=10).argmax() for c in range(100)])
        means.append(np.mean(digit[clusters.predict(Z)] == z))
        taught.append(LogisticRegression(C=10, max_iter=2000).fit(X, y).score(Z, z))
    return [
        Row("digits", "k-means, 100 centres", 0.0, note=f"mean {np.mean(means):.3f}"),
        Row("digits", "logistic regression", 0.0, note=f"mean {np.mean(taught):.3f}"),
    ]
