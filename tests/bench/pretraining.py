"""What machines learnt first give to a classifier, on the whole of MNIST: `python -m tests.bench pretraining`.

A quarter of an hour, so no part of the suite. 784-500-500-10, Adam at 0.001 for seven tenths of the epochs, then at
0.0001; two machines by CD-1 on the 60 000 images without labels. Subsets of labels: seeds 0 to 4, as many of each
class; a gain is the mean of paired differences, with its 95 % interval. `ratio`: the gain asked over the gain found.
"""

import time

import numpy as np
from scipy.special import stdtrit

from course.data import load
from tests.bench.table import Row

SIZES = (784, 500, 500, 10)
WANTED = {100: (0.015, 100), 1000: (0.018, 60), 10_000: (0.010, 30)}  # labels: least gain, epochs
SUBSETS, WHOLE = 5, 20


def pretraining(peers: set[str]) -> list[Row]:
    from course.generative import DBN, DNN

    d = load("mnist")
    x, y = d.x_train.reshape(-1, 784), d.y_train
    test = d.x_test.reshape(-1, 784), d.y_test
    start, dbn = time.perf_counter(), DBN(SIZES[:-1])
    dbn.fit(x, 15, draw=True, lr=0.05, momentum=0.9, weight_decay=2e-4, progress=False)
    rows = [Row("pretraining", f"DBN {SIZES[:-1]}, 15 epochs", time.perf_counter() - start, note=d.source)]
    makers = {
        "pretrained": lambda seed: DNN.from_dbn(dbn, seed=seed),
        "random": lambda seed: DNN(SIZES, seed=seed),
        "relu": lambda seed: DNN(SIZES, activation="relu", seed=seed),
    }
    for n, (least, epochs) in WANTED.items():
        found, begin = {name: [] for name in (*makers, "frozen", "pixels")}, time.perf_counter()
        for seed in range(SUBSETS):
            few = subset(y, n, seed)
            given = x[few], y[few], epochs, seed, min(100, n // 10)
            for name, make in makers.items():
                found[name].append(learnt(make(seed), *given, *test))
            found["frozen"].append(learnt(makers["pretrained"](seed), *given, *test, frozen=2))
            found["pixels"].append(learnt(DNN((784, 10), seed=seed), *given, *test))
        rows += [gain(f"{n} labels", found, least, time.perf_counter() - begin), *others(n, found)]
    return rows + whole(makers, x, y, test)


def whole(makers: dict, x: np.ndarray, y: np.ndarray, test: tuple) -> list[Row]:
    """One seed, every label: the pretrained network, its gain, and the ReLU beside."""
    begin = time.perf_counter()
    right = {name: learnt(make(0), x, y, WHOLE, 0, 100, *test) for name, make in makers.items()}
    spent = time.perf_counter() - begin
    asked = (1 - right["pretrained"]) / (1 - 0.982)
    more = right["pretrained"] - right["random"]
    said = ", ".join(f"{name} {100 * value:.2f}" for name, value in right.items())
    return [
        Row("pretraining", "60 000 labels, pretrained", spent, asked, 1.0, note=f"{said} %"),
        Row("pretraining", "60 000 labels, gain", spent, 0.003 / max(more, 1e-9), 1.0, note=f"{100 * more:.2f} points"),
    ]


def subset(y: np.ndarray, n: int, seed: int) -> np.ndarray:
    """n rows, as many of each class."""
    order = np.random.default_rng(seed).permutation(len(y))
    return np.sort(np.concatenate([order[y[order] == c][: n // 10] for c in range(10)]))


def learnt(dnn, x, y, epochs: int, seed: int, batch: int, x_test, y_test, frozen: int = 0) -> float:  # noqa: ANN001
    for part, (lr, share) in enumerate(((1e-3, 0.7), (1e-4, 0.3))):
        settings = {"lr": lr, "batch_size": batch, "frozen": frozen, "seed": 2 * seed + part}
        dnn.fit(x, y, round(epochs * share), **settings, progress=False)
    return dnn.accuracy(x_test, y_test)


def gain(what: str, found: dict[str, list[float]], least: float, seconds: float) -> Row:
    mean, half = interval(np.subtract(found["pretrained"], found["random"]))
    means = ", ".join(f"{name} {100 * np.mean(v):.2f}" for name, v in found.items())
    note = f"{100 * mean:.2f} ± {100 * half:.2f} points; {means} %"
    return Row("pretraining", f"{what}, gain", seconds, least / max(mean, 1e-9), 1.0, note=note)


def others(n: int, found: dict[str, list[float]]) -> list[Row]:
    mean, half = interval(np.subtract(found["frozen"], found["pixels"]))
    note = f"{100 * mean:.2f} ± {100 * half:.2f} points over the pixels, both read by a regression"
    return [Row("pretraining", f"{n} labels, frozen features", 0.0, note=note)]


def interval(x: np.ndarray) -> tuple[float, float]:
    return float(x.mean()), float(stdtrit(len(x) - 1, 0.975) * x.std(ddof=1) / len(x) ** 0.5)
