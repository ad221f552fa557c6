"""How often networks that spike are right, on the whole of MNIST: `python -m tests.bench spiking-accuracy`.

Minutes of learning, so no part of the suite. Latency code, the defaults of `fit` (a tenth of the images chooses the
epoch that is kept), seeds 0 to 2; the WORST seed is held against the figure. `ratio`: its error over the one allowed.
Convolutions: `python -m tests.bench spiking-conv`.
"""

import time

import numpy as np

from course.data import load
from tests.bench.measure import once
from tests.bench.spiking import in_turn
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


SIZES = ((1, 28, 28), 16), ((16, 12, 12), 32)


def pictures(seed: int, path: str = "auto"):
    """Two convolutions of stride 2 and a readout, 20 steps."""
    from course.spiking import ConvLIF, Latency, SpikingNetwork

    blocks = [ConvLIF(shape, channels, 5, stride=2) for shape, channels in SIZES]
    return SpikingNetwork([*blocks, 10], encoder=Latency(20, tau=8), seed=seed, path=path)


def spiking_conv(peers: set[str]) -> list[Row]:
    """What this network knows, how long it took to learn it, and a batch on two paths."""
    from course.spiking import fit, test

    d, found, walls, used, calm = load("mnist"), [], [], [], []
    for seed in SEEDS:
        net = pictures(seed)
        learn = {"epochs": 12, "batch_size": 128, "lr": 5e-3, "lr_decay": 0.8, "shift": 1, "seed": seed}
        wall, cpu, quiet = once(lambda net=net, learn=learn: fit(net, d, progress=False, **learn))
        walls, used, calm = [*walls, wall], [*used, cpu], [*calm, quiet]
        found.append(test(net, d, noise=(), jitter=(), deleted=()).accuracy)
    said = ", ".join(f"{100 * right:.2f}" for right in found)
    ratio, case, what = (1 - min(found)) / 0.015, "spiking-conv", "16 and 32 channels, 12 epochs, moved by 1"
    times = f"{', '.join(f'{s:.0f}' for s in walls)} s; {max(used):.0f} s of processor at most"
    return [
        Row(case, what, sum(walls) / len(walls), ratio, 1.0, note=f"{said} % ({len(d.x_train)} images, {d.source})"),
        Row(case, "its longest learning", max(walls), limit=180.0, quiet=all(calm), absolute=True, note=times),
        batch(d),
    ]


def batch(d) -> Row:
    """256 pictures, the same step: one call for the whole stack, and one for each layer."""
    from course.spiking import Trainer

    paths = "fused", "scan"
    trainers = {path: Trainer(pictures(0, path), (d.x_train[:256], d.y_train[:256])) for path in paths}
    steps = {path: lambda t=trainers[path]: t.step(np.arange(256)) for path in paths}
    for step in steps.values():
        step()
    seconds, quiet = in_turn(steps)
    ratio = seconds["fused"] / seconds["scan"]
    return Row("spiking-conv", "a batch of 256, fused over per layer", seconds["fused"], ratio, quiet=quiet)
