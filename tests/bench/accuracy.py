"""How often the networks of TD08 are right, on the whole test sets: `python -m tests.bench accuracy`.

Learning takes minutes, so it is no part of the suite. The data are read where `COURSE_DATA` says; a set that is not
there in full is left out, and said. Seeds are 0, 1, 2... as written; `ratio` is the error rate over the error allowed.

The small convolutional network of Fashion-MNIST needs a quarter of an hour: `python -m tests.bench.accuracy conv`.
"""

import sys
import time

import numpy as np

from course import nn
from course.data import load
from tests.bench.table import Row, show


def accuracy(peers: set[str]) -> list[Row]:
    return [
        iris(),
        dense("mnist", 8, 0.980, seeds=3),
        dense("mnist", 15, 0.958, first=10_000),
        dense("fashion_mnist", 10, 0.886),
        dense("kmnist", 15, 0.81, first=7011),
        convolutional("kmnist", 14, 6, 0.89, first=7011),
    ]


def row(name: str, right: float, least: float, seconds: float, note: str = "") -> Row:
    return Row("accuracy", name, seconds, (1 - right) / (1 - least), 1.0, note=f"{100 * right:.2f} % {note}")


def learn(net, data, optimiser, plan, rng) -> None:
    """`plan` holds (lr, epochs), one after the other."""
    for lr, epochs in plan:
        optimiser.lr = lr
        nn.fit(net, data, loss=nn.CrossEntropyLoss(), optimizer=optimiser, epochs=epochs, rng=rng, progress=False)


def dense(name: str, epochs: int, least: float, first: int | None = None, seeds: int = 1) -> Row:
    """784-256-10, momentum, then four epochs ten times slower, as in the lab."""
    d, found, start = load(name, subset=first), [], time.perf_counter()
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        net = nn.Sequential(nn.Linear(784, 256, rng=rng), nn.ReLU(), nn.Linear(256, 10, rng=rng))
        sgd = nn.SGD(net.parameters(), 0.05, momentum=0.9, weight_decay=1e-4)
        learn(net, d, sgd, ((0.05, epochs), (0.005, 4)), rng)
        found.append(nn.accuracy(net, d.x_test, d.y_test))
    seconds = (time.perf_counter() - start) / seeds
    note = f"{seeds} seed(s), {len(d.x_train)} images, {d.source}"
    return row(f"{name} 784-256-10", float(np.mean(found)), least, seconds, note)


def convolutional(name: str, fast: int, slow: int, least: float, first: int | None = None, units: int = 128) -> Row:
    """Two convolutions 3 × 3 of 16 and 32 filters, `units`, dropout 0.25, Adam, as in the lab."""
    d, rng, start = load(name, subset=first), np.random.default_rng(0), time.perf_counter()
    net = nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1, rng=rng), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1, rng=rng), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Dropout(0.25, rng=rng), nn.Linear(1568, units, rng=rng), nn.ReLU(),
        nn.Dropout(0.25, rng=rng), nn.Linear(units, 10, rng=rng),
    )  # fmt: skip
    images = d.x_train.reshape(-1, 1, 28, 28), d.y_train
    learn(net, images, nn.Adam(net.parameters()), ((1e-3, fast), (2e-4, slow)), rng)
    right = nn.accuracy(net, d.x_test.reshape(-1, 1, 28, 28), d.y_test)
    note = f"{len(d.x_train)} images, {d.source}"
    return row(f"{name} convolutional", right, least, time.perf_counter() - start, note)


def iris(turns: int = 10) -> Row:
    """4-16-3 with tanh; each fifth of a permutation is the test of the four others."""
    d, found, start = load("iris"), [], time.perf_counter()
    X, Y = np.concatenate([d.x_train, d.x_test]), np.concatenate([d.y_train, d.y_test])
    for seed in range(turns):
        order = np.random.default_rng(seed).permutation(len(X))
        for test in (order[k::5] for k in range(5)):
            rest, rng = np.setdiff1d(order, test), np.random.default_rng(seed)
            x = (X - X[rest].mean(axis=0)) / X[rest].std(axis=0)
            net = nn.Sequential(nn.Linear(4, 16, init="glorot", rng=rng), nn.Tanh(), nn.Linear(16, 3, rng=rng))
            nn.fit(net, (x[rest], Y[rest]), loss=nn.CrossEntropyLoss(), optimizer=nn.Adam(net.parameters(), 0.01),
                   epochs=60, batch_size=30, rng=rng, progress=False)  # fmt: skip
            found.append(nn.accuracy(net, x[test], Y[test]))
    return row("iris 4-16-3", float(np.mean(found)), 0.95, time.perf_counter() - start, f"{turns} × 5 folds")


if __name__ == "__main__" and "conv" in sys.argv:
    show([convolutional("fashion_mnist", 10, 4, 0.913, units=48)])
