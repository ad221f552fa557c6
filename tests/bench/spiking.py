"""A step of learning of 784-H-10, 100 steps of time, 256 digits, two threads: forward, backward, Adam.

Our two paths and the peers that are installed take turns, so that a ratio (ours over snnTorch) is that of one moment;
before, the first losses must be equal.
"""

import ctypes
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

import numpy as np

from tests.bench.measure import _busy
from tests.bench.spiking_peers import ALPHA, BETA, learn, others, weights
from tests.bench.table import Row

T, B, ROUNDS = 100, 256, 6
LIMITS = {  # (code, H): ours over snnTorch, fused and per layer
    ("latency", 100): (1 / 40, 1 / 8),
    ("rate", 100): (1 / 15, 1 / 5),
    ("latency", 256): (1 / 35, None),
}


def spiking(peers: set[str]) -> list[Row]:
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        rows = [row for (code, H), limits in LIMITS.items() for row in steps(code, H, *limits)]
    finally:
        torch.set_num_threads(before)
    return [*rows, *memory(), first_call(), epoch()]


def digits(n: int) -> tuple[np.ndarray, np.ndarray]:
    """The first pictures of the embedded extract, again and again, in [0, 1]."""
    from course.data import load

    data = load("mnist")
    rows = np.arange(n) % len(data.x_train)
    return data.x_train[rows].reshape(n, -1), data.y_train[rows]


def ours(H: int) -> dict[str, Callable]:
    """Our two paths, each `step(events, dense, labels)` -> loss."""
    import torch

    from course.spiking import fused, scan

    def made() -> tuple:
        P = [torch.nn.Parameter(torch.from_numpy(w)) for w in weights(H)]
        return P, torch.optim.Adam(P, 1e-3, fused=True)

    (P, adam), (Q, adam_too) = made(), made()

    def one(events, dense, labels):  # noqa: ANN001, ANN202
        arrays, decays = [p.detach().numpy() for p in P], {"alphas": [ALPHA] * 2, "betas": [BETA] * 2}
        step = fused.loss_and_gradients(arrays, events, labels.numpy(), **decays, threads=2)
        for p, g in zip(P, step.gradients, strict=True):
            p.grad = torch.from_numpy(g)
        adam.step()
        return step.loss

    def two(events, dense, labels):  # noqa: ANN001, ANN202
        spikes = scan.lif(events, Q[0], alpha=ALPHA, beta=BETA)
        scores = scan.li(spikes, Q[1], alpha=ALPHA, beta=BETA).max(0).values
        return learn(torch, scores, labels, adam_too)

    return {"fused": one, "per layer": two}


def steps(code: str, H: int, limit: float, limit_per_layer: float | None) -> list[Row]:
    import torch

    from course.spiking.encode import Latency, Rate

    x, y = digits(B)
    events = Latency(T)(x) if code == "latency" else Rate(T)(x, np.random.default_rng(0))
    given = (events, events.dense(), torch.from_numpy(y))
    steps = {**ours(H), **others(H)}
    first = {name: step(*given) for name, step in steps.items()}
    same = [first[name] for name in ("fused", "per layer", "snntorch") if name in first]
    assert np.ptp(same) < 1e-4 * same[0], f"not the same network: {first}"
    seconds, quiet = in_turn({name: lambda step=step: step(*given) for name, step in steps.items()})
    peer = seconds.get("snntorch")
    rows = []
    for name in steps:
        allowed = {"fused": limit, "per layer": limit_per_layer}.get(name)
        ratio = seconds[name] / peer if peer else None
        note = f"{1 / ratio:.1f} × snnTorch" if ratio and name != "snntorch" else ""
        allowed = allowed if peer else None
        rows.append(Row("spiking", f"{code}, 784-{H}-10, {name}", seconds[name], ratio, allowed, quiet, note=note))
    return rows


def in_turn(steps: dict[str, Callable]) -> tuple[dict[str, float], bool]:
    """The best time of each, a tenth of a second of each by turns, and whether they had the machine for themselves."""
    best, busy, own, start = dict.fromkeys(steps, math.inf), _busy(), time.process_time(), time.perf_counter()
    for _ in range(ROUNDS):
        for name, step in steps.items():
            end = time.perf_counter() + 0.1
            while True:
                begin = time.perf_counter()
                step()
                now = time.perf_counter()
                best[name] = min(best[name], now - begin)
                if now > end:
                    break
    wall = time.perf_counter() - start
    others = 0.0 if busy is None else (_busy() - busy) - (time.process_time() - own)
    return best, others < 0.1 * wall


_PEAK = """
import ctypes, sys, torch
from tests.bench import spiking as s
from course.spiking.encode import Latency
torch.set_num_threads(2)
steps = {**s.ours(100), **s.others(100)}
step = steps[sys.argv[1]]
x, y = s.digits(s.B)
events, labels = Latency(s.T)(x), torch.from_numpy(y)
dense = None if sys.argv[1] in ("fused", "per layer") else events.dense()
few = Latency(20)(x[:2])  # another shape: what it keeps does not serve again
step(few, few.dense(), labels[:2])
def read(name):
    lines = open("/proc/self/status").read().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024
ctypes.CDLL(None).malloc_trim(0)  # what is free and kept would be used first, uncounted
open("/proc/self/clear_refs", "w").write("5")
before = read("VmRSS")
step(events, dense, labels)
print(read("VmHWM") - before)
"""


def memory() -> list[Row]:
    """MiB that one step adds at its highest, its code loaded and its input made; glibc only."""
    if not (os.path.exists("/proc/self/clear_refs") and hasattr(ctypes.CDLL(None), "malloc_trim")):
        return []
    names = ["fused", "per layer"] + [name for name in others(100) if name == "snntorch"]
    found = {}
    for name in names:
        done = subprocess.run([sys.executable, "-c", _PEAK, name], capture_output=True, text=True, check=True)
        found[name] = float(done.stdout.split()[-1])
    rows = []
    for name, most in found.items():
        ratio = most / found["snntorch"] if "snntorch" in found else None
        allowed = {"fused": 10 / found.get("snntorch", math.nan), "per layer": 1.2}.get(name) if ratio else None
        rows.append(Row("spiking", f"peak memory of a step, {name}", 0.0, ratio, allowed, note=f"{most:.1f} MiB"))
    return rows


_FIRST = """
import time, numpy as np, torch
from tests.bench import spiking as s
from course.spiking import fused
from course.spiking.encode import Latency
x, y = s.digits(2)
given, begin = (s.weights(100), Latency(s.T)(x), y), time.perf_counter()
fused.loss_and_gradients(*given, alphas=[s.ALPHA] * 2, betas=[s.BETA] * 2)
print(time.perf_counter() - begin)
"""


def first_call() -> Row:
    """The first batch on a machine, compilation included; and in the next process."""
    with tempfile.TemporaryDirectory() as cache:
        found = []
        for _ in range(2):
            done = subprocess.run([sys.executable, "-c", _FIRST], capture_output=True, text=True, check=True,
                                  env={**os.environ, "COURSE_CACHE": cache})  # fmt: skip
            found.append(float(done.stdout.split()[-1]))
    note = f"{found[1]:.2f} s in the next process"
    return Row("spiking", "first call, fused", found[0], limit=5.0, absolute=True, note=note)


def epoch() -> Row:
    """As many digits as MNIST has, those of the extract again and again."""
    from course.spiking.network import SpikingNetwork
    from course.spiking.trainer import Trainer

    x, y = digits(60_000)

    def encoded_and_learnt() -> None:
        Trainer(SpikingNetwork([784, 100, 10]), (x, y), batch_size=B).epoch()

    encoded_and_learnt()
    seconds, quiet = in_turn({"epoch": encoded_and_learnt})
    what = "60 000 digits encoded, then an epoch"
    return Row("spiking", what, seconds["epoch"], limit=2.5, quiet=quiet, absolute=True)
