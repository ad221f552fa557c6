"""An epoch of a restricted Boltzmann machine, 784-256 on 10 000 digits, beside scikit-learn's BernoulliRBM."""

import time
import warnings
from collections.abc import Callable

import numpy as np

from tests.bench.measure import _busy
from tests.bench.table import Row

LIMITS = {"numpy": 0.5, "torch": 0.3}
BATCH, ROUNDS = 100, 6


def generative(peers: set[str]) -> list[Row]:
    import torch
    from sklearn.neural_network import BernoulliRBM

    from course.data import load
    from course.generative import RBM, Learning

    torch.set_num_threads(2)
    x = (load("mnist", subset=10_000).x_train.reshape(-1, 784) > 0.5).astype(np.float32)
    ours = {name: Learning(RBM(784, 256, engine=name), x, batch_size=BATCH) for name in LIMITS}
    theirs = BernoulliRBM(256, learning_rate=0.05, batch_size=BATCH, n_iter=1, random_state=0)

    def batches(learning: Learning) -> None:
        for _ in range(len(x) // BATCH):
            learning.step()

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        steps = {name: lambda learning=learning: batches(learning) for name, learning in ours.items()}
        seconds, quiet = by_turns({"scikit-learn": lambda: theirs.fit(x), **steps})
    peer = seconds["scikit-learn"]
    rows = [Row("generative", "RBM 784-256, an epoch, scikit-learn", peer, 1.0, quiet=quiet)]
    for name, limit in LIMITS.items():
        what = f"RBM 784-256, an epoch, {name}"
        rows.append(Row("generative", what, seconds[name], seconds[name] / peer, limit, quiet))
    return rows


def by_turns(steps: dict[str, Callable]) -> tuple[dict[str, float], bool]:
    """The best time of each, in turn, and whether nobody else was at work."""
    best, busy, own, start = dict.fromkeys(steps, np.inf), _busy(), time.process_time(), time.perf_counter()
    for _ in range(ROUNDS):
        for name, step in steps.items():
            step()  # the threads of the one before are asleep when the clock starts
            begin = time.perf_counter()
            step()
            best[name] = min(best[name], time.perf_counter() - begin)
    others = 0.0 if busy is None else (_busy() - busy) - (time.process_time() - own)
    return best, others < 0.1 * (time.perf_counter() - start)
