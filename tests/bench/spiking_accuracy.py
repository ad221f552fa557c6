"""How often networks that spike are right, on the whole of MNIST: `python -m tests.bench spiking-accuracy`.

Minutes of learning, so no part of the suite. Latency code, the defaults of `fit` (a tenth of the images chooses the
epoch that is kept), seeds 0 to 2; the WORST seed is held against the figure. `ratio`: its error over the one allowed.
"""

import time

from course.data import load
from tests.bench.table import Row

SEEDS = range(3)
WANTED = [  # hidden neurons, epochs, pixels by which a picture moves while learning, least
    (100, 10, 0, 0.970),
    (100, 30, 1, 0.977),
    (256, 10, 0, 0.977),
]


def spiking_accuracy(peers: set[str]) -> list[Row]:
    return [dense(*one) for one in WANTED]


def dense(hidden: int, epochs: int, shift: int, least: float) -> Row:
    from course.spiking import SpikingNetwork, fit, test

    d, found, seconds = load("mnist"), [], []
    for seed in SEEDS:
        net, start = SpikingNetwork([784, hidden, 10], seed=seed), time.perf_counter()
        fit(net, d, epochs=epochs, shift=shift, seed=seed, progress=False)
        seconds.append(time.perf_counter() - start)
        found.append(test(net, d, noise=(), jitter=(), deleted=()).accuracy)
    what = f"784-{hidden}-10, {epochs} epochs" + (f", moved by {shift}" if shift else "")
    said = ", ".join(f"{100 * right:.2f}" for right in found)
    note = f"{said} % ({len(d.x_train)} images, {d.source}), {max(seconds):.0f} s at most"
    ratio = (1 - min(found)) / (1 - least)
    return Row("spiking-accuracy", what, sum(seconds) / len(seconds), ratio, 1.0, note=note)
