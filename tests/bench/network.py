"""Spiking networks against hand-written C and others: 1000 and 10 000 neurons all to all, the basal ganglia, Brunel."""

import ctypes

import numpy as np

from course.dynamics import Model
from course.network import Network, basal_ganglia, brunel
from course.network.basal_ganglia import NAMES, PARAMETERS, WEIGHTS
from course.network.trains import Train
from course.neurons import izhikevich
from course.synapses import Pulse, VoltageJump
from tests.bench.listing_15 import program_15
from tests.bench.measure import best
from tests.bench.network_arrays import arrays, growth
from tests.bench.peers import compiled
from tests.bench.table import Row

U_FIRST = Model(
    "du/dt = a*(b*v - u)\ndv/dt = 0.04*v**2 + 5*v + 140 - u + I",
    init=izhikevich.init, spike="v >= 30", reset="v = c; u = u + d", **izhikevich.parameters,
)  # fmt: skip


def dense(parameters: dict[str, np.ndarray], W: np.ndarray) -> Network:
    net = Network(dt=0.2, seed=1, method="semi_implicit")
    net.population(
        "N", len(W), U_FIRST, current=5.0, start={"u": -65 * parameters["b"]}, **parameters
    )
    net.connect("N", "N", W, kernel=Pulse())
    return net


def network(peers: set[str]) -> list[Row]:
    c = compiled("network", "-fno-math-errno")
    small = _dense(c, 1000, 5)
    others = arrays(small[0].seconds, int(small[0].note.split()[0]), peers)
    return [*small, *others, *_dense(c, 10_000, 2), *growth(), *_nuclei(c), *_brunel(c)]


def _dense(c: ctypes.CDLL | None, n: int, runs: int) -> list[Row]:
    case, (parameters, W) = f"dense-{n}", program_15(n)
    net = dense(parameters, W)
    ours, quiet = best(lambda: net.run(200, progress=False, threads=1), runs)
    run = net.run(200, progress=False, threads=1)
    spikes = len(run.spikes["N"].times)
    rows = [Row(case, "course, 200 ms, 1 thread", ours, quiet=quiet, note=f"{spikes} spikes")]
    if c:
        start = np.full(n, -65.0), -65 * parameters["b"]
        order = [parameters[k] for k in "abcd"]

        def peer() -> int:
            v, u, I, fired = start[0].copy(), start[1].copy(), np.zeros(n), np.zeros(n, np.int32)
            arrays = [a.ctypes.data_as(ctypes.c_void_p) for a in (*order, W, v, u, I, fired)]
            size = ctypes.c_long(n), ctypes.c_long(1000), ctypes.c_double(0.2), ctypes.c_double(5.0)
            return c.dense(*size, *arrays)

        count = peer()
        assert abs(count - spikes) < 0.03 * spikes, (count, spikes)
        seconds, quiet = best(peer, runs)
        rows.append(
            Row(
                case,
                "C, gcc -O3 -march=native",
                seconds,
                ours / seconds,
                1.5,
                quiet,
                note=f"{count} spikes",
            )
        )
    return rows


def _nuclei(c: ctypes.CDLL | None) -> list[Row]:
    net, case = basal_ganglia(), "basal ganglia"
    ours, quiet = best(lambda: net.run(1000, progress=False, threads=1), 3)
    run = net.run(1000, progress=False, threads=1)
    rows = [
        Row(case, "course, 1000 ms, 1 thread", ours, None, 0.3, quiet, absolute=True,
            note=f"{sum(run.delivered.values()) / 1e6:.0f} M events"),
    ]  # fmt: skip
    if c:
        P, n = len(NAMES), np.array([p.n for p in net.populations.values()], np.int64)
        keep = {(NAMES.index(x.pre), NAMES.index(x.post)): x for x in net.connections}
        W = (ctypes.c_void_p * (P * P))(*[
            keep[i, j].weight.ctypes.data if (i, j) in keep else None for i in range(P) for j in range(P)
        ])  # fmt: skip
        D = np.array(
            [[keep[i, j].delay_steps if (i, j) in keep else 0 for j in range(P)] for i in range(P)],
            np.int64,
        )
        positive = (np.array(WEIGHTS) > 0).astype(np.uint8)
        par = np.array([[p[k] for k in "abcd"] for p in PARAMETERS])
        spikes = np.zeros(P, np.int64)
        rng = np.random.default_rng(1)

        def peer() -> None:
            noise = rng.standard_normal((5000, int(n[0])))
            arrays = [ctypes.c_void_p(a.ctypes.data) for a in (n, par)]
            c.nuclei(
                ctypes.c_long(P), *arrays, W, *(ctypes.c_void_p(a.ctypes.data) for a in (D, positive)),
                ctypes.c_long(5000), ctypes.c_double(0.2), ctypes.c_double(7.0), ctypes.c_void_p(noise.ctypes.data),
                ctypes.c_long(100), ctypes.c_long(500), ctypes.c_void_p(spikes.ctypes.data),
            )  # fmt: skip

        peer()
        for i, name in enumerate(NAMES):
            assert abs(spikes[i] / n[i] - run.rate(name)) < max(2.0, 0.15 * run.rate(name)), (
                name,
                spikes[i] / n[i],
            )
        seconds, quiet = best(peer, 3)
        rows.append(Row(case, "C, noise by numpy", seconds, ours / seconds, 1.5, quiet))
    return rows


def _brunel(c: ctypes.CDLL | None) -> list[Row]:
    net, case = brunel(), "brunel-12500"
    ours, quiet = best(lambda: net.run(1000, progress=False, threads=1), 1, tries=3)
    run = net.run(1000, progress=False, threads=1)
    count = sum(len(s.times) for s in run.spikes.values())
    note = f"{count} spikes, {sum(run.delivered.values()) / 1e6:.0f} M events"
    rows = [Row(case, "course, 1000 ms, 1 thread", ours, quiet=quiet, note=note)]
    if c:
        by = {(x.pre, x.post): x.weights for x in net.connections}
        from scipy.sparse import block_array

        whole = block_array([[by[pre, post] for post in "EI"] for pre in "EI"]).tocsr()
        targets, starts = whole.indices.astype(np.int32), whole.indptr.astype(np.int64)
        cdf = Train("E", net.trains[0].rate, 0.1, VoltageJump(), 0).distribution(0.1)

        def peer() -> int:
            return c.brunel(
                ctypes.c_long(12_500), ctypes.c_long(10_000), ctypes.c_void_p(targets.ctypes.data),
                ctypes.c_void_p(starts.ctypes.data), ctypes.c_double(0.1), ctypes.c_double(-0.5), ctypes.c_long(15),
                ctypes.c_long(20), ctypes.c_long(10_000), ctypes.c_double(1 - 0.1 / 20),
                ctypes.c_void_p(cdf.ctypes.data), ctypes.c_long(len(cdf)),
            )  # fmt: skip

        spikes = peer()
        assert abs(spikes - count) < 0.05 * count, (spikes, count)
        seconds, quiet = best(peer, 1, tries=3)
        rows.append(
            Row(
                case,
                "C, gcc -O3 -march=native",
                seconds,
                ours / seconds,
                1.3,
                quiet,
                note=f"{spikes} spikes",
            )
        )
    return rows
