"""The same network on whole arrays (numpy, torch), in Brian2, and how the time grows with the number of neurons."""

import numpy as np

from course.network import Network
from course.neurons import izhikevich
from course.synapses import Exponential
from tests.bench.listing_15 import program_15
from tests.bench.measure import best
from tests.bench.peers import in_own_environment
from tests.bench.table import Row

STEPS, DT = 1000, 0.2


def by_numpy(parameters: dict[str, np.ndarray], W: np.ndarray, events: bool) -> int:
    """Program 15 as arrays: the rows of those that fired are added, or the whole matrix multiplied."""
    a, b, c, d = (parameters[k] for k in "abcd")
    v, u, I, total = np.full(len(W), -65.0), -65 * b, np.full(len(W), 5.0), 0
    fired = np.zeros(len(W), bool)
    for _ in range(STEPS):
        u[fired] += d[fired]
        v[fired] = c[fired]
        u += DT * a * (b * v - u)
        v += DT * ((0.04 * v + 5) * v + 140 - u + I)
        fired = v >= 30
        I = 5 + (W[fired].sum(axis=0) if events else fired.astype(np.float32) @ W)
        total += int(fired.sum())
    return total


def by_torch(parameters: dict[str, np.ndarray], W: np.ndarray) -> int:
    """The same, with the product of the whole matrix."""
    import torch

    a, b, c, d = (torch.as_tensor(parameters[k]) for k in "abcd")
    w, total = torch.as_tensor(W), torch.zeros((), dtype=torch.int64)
    v, u, I = torch.full((len(W),), -65.0, dtype=torch.float64), -65 * b, 5.0
    fired = torch.zeros(len(W), dtype=torch.bool)
    with torch.no_grad():
        for _ in range(STEPS):
            u, v = torch.where(fired, u + d, u), torch.where(fired, c, v)
            u = u + DT * a * (b * v - u)
            v = v + DT * ((0.04 * v + 5) * v + 140 - u + I)
            fired = v >= 30
            I = 5.0 + fired.to(torch.float32) @ w
            total += fired.sum()
    return int(total)


def arrays(ours: float, spikes: int, peers: set[str], n: int = 1000) -> list[Row]:
    """What numpy, torch and Brian2 take, beside `ours` seconds."""
    import torch

    case, (parameters, W) = f"dense-{n}", program_15(n)
    torch.set_num_threads(1)
    ways = {
        "numpy, rows of those that fired": lambda: by_numpy(parameters, W, True),
        "numpy, dense product": lambda: by_numpy(parameters, W, False),
        "torch, dense product, 1 thread": lambda: by_torch(parameters, W),
    }
    rows = []
    for what, way in ways.items():
        count = way()
        assert abs(count - spikes) < 0.03 * spikes, (what, count, spikes)
        seconds, quiet = best(way, 2, tries=4)
        rows.append(Row(case, what, seconds, ours / seconds, None, quiet, note=f"{count} spikes"))
    if "brian2" in peers and (brian := in_own_environment("brian2", "brian2_network.py")):
        assert abs(brian["spikes"] - spikes) < 0.03 * spikes, (brian, spikes)
        note = f"{brian['spikes']} spikes"
        rows.append(Row(case, "Brian2, Cython", brian["seconds"], ours / brian["seconds"], 1 / 30, note=note))
    return rows


def sparse(n: int) -> Network:
    """As many synapses a spike whatever n."""
    net = Network(dt=DT, seed=1)
    net.population("N", n, izhikevich, current=np.linspace(3, 9, n))
    net.connect("N", "N", 0.2, delay=2, kernel=Exponential(5), degree=100)
    return net


def growth() -> list[Row]:
    """Exponents over n: the time must follow the events, and never be 2 where a spike keeps its synapses."""
    sizes, found = (2000, 4000, 8000, 16_000), []
    for n in sizes:
        net = sparse(n)
        seconds, quiet = best(lambda net=net: net.run(200, progress=False, threads=1), 2, tries=6)
        run = net.run(200, progress=False, threads=1)
        work = sum(run.delivered.values()) + n * 1000
        found.append((seconds, work, quiet))
    seconds, work, quiet = (np.array(x) for x in zip(*found, strict=True))
    time, events = (float(np.polyfit(np.log(sizes), np.log(y), 1)[0]) for y in (seconds, work))
    note = f"100 synapses a spike, {sizes[0]} to {sizes[-1]} neurons: time ~ n^{time:.2f}, events ~ n^{events:.2f}"
    what = "course, exponent of time/of events"
    return [Row("growth", what, seconds[-1], time / events, 1.3, bool(quiet.all()), note=note)]
