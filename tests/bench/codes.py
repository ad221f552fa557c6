"""What the auto-encoders and the maps of TD09 are worth on real digits: `python -m tests.bench codes`.

Minutes of learning, so no part of the suite. Errors are mean squares over the pixels of the test images; `ratio` is
what is found over what is allowed. PCA is exact: the covariance's eigenvectors, from the network's own training images.
"""

import time

import numpy as np

from course import nn
from course.data import load
from tests.bench.table import Row

SIZE = 32  # numbers in the code


def codes(peers: set[str]) -> list[Row]:
    return [*errors("784-256-32-256-784", deep, 2e-3, first=10_000, epochs=10, most=0.6, seeds=3),
            *errors("784-256-32-256-784", deep, 2e-3, first=None, epochs=5, most=0.6),
            *errors("784-32-784 linear code", shallow, 3e-3, first=10_000, epochs=10, most=1.0, seeds=3),
            *errors("784-32-784 linear code", shallow, 3e-3, first=None, epochs=10, most=1.0),
            *maps()]  # fmt: skip


def deep(rng) -> nn.Sequential:
    return nn.Sequential(
        nn.Linear(784, 256, rng=rng), nn.ReLU(), nn.Linear(256, SIZE, rng=rng),
        nn.Linear(SIZE, 256, rng=rng), nn.ReLU(), nn.Linear(256, 784, rng=rng), nn.Sigmoid(),
    )  # fmt: skip


def shallow(rng) -> nn.Sequential:
    """No hidden layer: the code is linear, as PCA's; only the sigmoid of the output differs."""
    # before a sigmoid, Glorot's first weights: he's are larger, and cost two epochs of 10 000 images
    there, back = nn.Linear(784, SIZE, init="glorot", rng=rng), nn.Linear(SIZE, 784, init="glorot", rng=rng)
    return nn.Sequential(there, back, nn.Sigmoid())


def axes(x: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """The mean, and the k directions along which the images vary most, one a column."""
    x = x.astype(float)
    mean = x.mean(axis=0)
    return mean, np.linalg.eigh((x - mean).T @ (x - mean))[1][:, ::-1][:, :k]


def errors(name, build, lr, first, epochs, most, seeds=1) -> list[Row]:
    """The error at the end over PCA's, worst seed; and the first epoch below PCA's, over five."""
    d = load("mnist", subset=first)
    mean, V = axes(d.x_train, SIZE)
    linear = float(np.mean((mean + (d.x_test - mean) @ V @ V.T - d.x_test) ** 2))
    curves, start = [], time.perf_counter()
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        net = build(rng)
        h = nn.fit(net, d.x_train, loss=nn.MSELoss(), optimizer=nn.Adam(net.parameters(), lr), epochs=epochs,
                   validation=(d.x_test, d.x_test), rng=rng, progress=False)  # fmt: skip
        curves.append(np.array(h.val_loss) / linear)
    seconds = (time.perf_counter() - start) / seeds
    said = f"{seeds} seed(s), {len(d.x_train)} images, {len(d.x_test)} of test, {d.source}"
    below = [next((k + 1 for k, v in enumerate(c) if v < 1), np.inf) for c in curves]
    ends = " ".join(f"{c[-1]:.3f}" for c in curves)
    return [Row("codes", f"{name} / PCA", seconds, max(c[-1] for c in curves) / most, 1.0, note=f"{ends}; {said}"),
            Row("codes", f"{name}, epoch below PCA", seconds, max(below) / 5, 1.0, note=f"{below}")]  # fmt: skip


def nearest(plane: np.ndarray, y: np.ndarray) -> float:
    """How often the nearest other point has the same label."""
    gaps = np.square(plane[:, None] - plane[None]).sum(axis=2)
    np.fill_diagonal(gaps, np.inf)
    return float(np.mean(y[gaps.argmin(axis=1)] == y))


def maps(n: int = 2000, least: float = 0.85) -> list[Row]:
    """t-SNE (perplexity 30) of the first training digits, PCA's plane beside it; three seeds, the worst one judged."""
    from sklearn.manifold import TSNE

    d, start = load("mnist", subset=n), time.perf_counter()
    found = [nearest(TSNE(random_state=s, init="random").fit_transform(d.x_train), d.y_train) for s in range(3)]
    seconds = (time.perf_counter() - start) / 3
    mean, V = axes(d.x_train, 2)
    plane = nearest((d.x_train - mean) @ V, d.y_train)
    said = " ".join(f"{100 * v:.2f}" for v in found)
    note = f"{said} %; PCA's plane {100 * plane:.2f} %; {d.source}"
    return [Row("codes", f"t-SNE of {n} digits", seconds, (1 - min(found)) / (1 - least), 1.0, note=note)]
