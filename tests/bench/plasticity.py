"""Synapses that learn against hand-written C: 1000 inputs at 10 Hz onto one neuron, 100 s of its life."""

import ctypes

import numpy as np

from course.inputs import poisson
from course.network import Network
from course.neurons import lif
from course.plasticity import Additive
from course.synapses import Exponential
from tests.bench.measure import best
from tests.bench.peers import compiled, in_own_environment
from tests.bench.table import Row

N, T, DT, RATE, TAU_S, W0 = 1000, 100_000.0, 0.1, 10.0, 5.0, 0.02
RULE = Additive(0.005, 20, 0.00525, 20, high=0.04)


def trains() -> list[np.ndarray]:
    rng = np.random.default_rng(0)
    return [poisson(RATE, T, rng) for _ in range(N)]


def network(given: list[np.ndarray], rule: Additive | None) -> Network:
    net = Network(DT, seed=1)
    net.source("in", given)
    net.population("N", 1, lif, current=0.0)
    net.connect("in", "N", W0, kernel=Exponential(TAU_S), plasticity=rule)
    return net


def plasticity(peers: set[str]) -> list[Row]:
    case, made = "stdp-1000", trains()
    learning, fixed = network(made, RULE), network(made, None)
    ours, quiet = best(lambda: learning.run(T, progress=False), 3)
    without, _ = best(lambda: fixed.run(T, progress=False), 3)
    whole, _ = best(lambda: network(trains(), RULE).run(T, progress=False), 3)
    run = learning.run(T, progress=False)
    fired, w = len(run.spikes["N"].times), run.weights["in", "N"].final[:, 0]
    note = f"{len(run.spikes['in'].times)} inputs, {fired} spikes, mean weight {w.mean():.4f}"
    rows = [
        Row(case, "course, trains given, learning", ours, quiet=quiet, note=note),
        Row(case, "course, trains given, fixed weights", without, quiet=quiet),
        Row(case, "course, trains drawn too, learning", whole, quiet=quiet),
    ]
    if c := compiled("plasticity", "-fno-math-errno"):
        rows += _against(c, case, run, ours, whole)
    numbers = [str(x) for x in (RULE.c_p, RULE.c_d, RULE.high, W0)]
    if "brian2" in peers and (brian := in_own_environment("brian2", "brian2_plasticity.py", *numbers)):
        assert abs(brian["spikes"] / fired - 1) < 0.1, (brian, fired)
        seconds, note = brian["seconds"], f"{brian['spikes']} spikes"
        rows.append(Row(case, "Brian2, Cython, trains drawn", seconds, whole / seconds, 0.1, note=note))
    return rows


def _against(c: ctypes.CDLL, case: str, run: object, ours: float, whole: float) -> list[Row]:
    numbers = np.array([DT, 10.0, TAU_S, RULE.tau_p, RULE.tau_d, RULE.c_p, RULE.c_d, RULE.high])
    k, j = np.round(run.spikes["in"].times / DT).astype(np.int64) + 1, run.spikes["in"].indices
    steps, w, r, last = round(T / DT), np.empty(N), np.empty(N), np.empty(N)

    def call(function: object, *arguments: object) -> int:
        w[:] = W0
        pointers = (ctypes.c_void_p(a.ctypes.data) if isinstance(a, np.ndarray) else a for a in arguments)
        return function(ctypes.c_long(N), ctypes.c_long(steps), *pointers)

    def given() -> int:
        return call(c.given, ctypes.c_long(len(k)), k, j, numbers, w, r, last)

    def drawn() -> int:
        return call(c.drawn, ctypes.c_double(RATE), numbers, w, r)

    ends = run.weights["in", "N"].final[:, 0]
    fired = len(run.spikes["N"].times)
    assert given() == fired
    assert np.abs(w - ends).max() < 1e-9
    assert abs(drawn() / fired - 1) < 0.1
    one, quiet = best(given, 3)
    two, calm = best(drawn, 3)
    return [
        Row(case, "C, trains given, gcc -O3 -march=native", one, ours / one, None, quiet),
        Row(case, "C, trains drawn step by step", two, whole / two, 1.5, calm),
    ]
