"""Hodgkin-Huxley: one neuron 100 ms, and 200 currents 1000 ms, against C, LSODA and Brian2."""

import ctypes
import os

import numpy as np

from course.neurons import hodgkin_huxley as hh
from tests.bench.measure import best
from tests.bench.peers import compiled, in_own_environment
from tests.bench.table import Row

START = {"V": -60.0, "n": 1 / 3, "m": 0.0, "h": 2 / 3}
_array = np.ctypeslib.ndpointer(np.float64, flags="C")


def single(peers: set[str]) -> list[Row]:
    ours, quiet = best(lambda: hh.simulate(100, 0.01, start=START, I=10.0))
    spikes = len(hh.simulate(100, 0.01, start=START, I=10.0).spikes)
    rows = [
        Row(
            "hh-100ms",
            "course",
            ours,
            quiet=quiet,
            note=f"{spikes} spikes, four variables recorded",
        )
    ]
    if c := compiled("hh"):
        c.single.argtypes = [ctypes.c_double, ctypes.c_double, ctypes.c_long, _array, _array]
        out = np.zeros((4, 10_001))

        def run() -> int:
            return c.single(10.0, 0.01, 10_000, np.array(list(START.values())), out)

        assert run() == spikes
        seconds, quiet = best(run)
        rows.append(
            Row("hh-100ms", "C, gcc -O3 -march=native", seconds, ours / seconds, 1.5, quiet)
        )
    seconds, quiet = best(_lsoda, runs=2)
    rows.append(Row("hh-100ms", "scipy LSODA, rtol 1e-6", seconds, ours / seconds, None, quiet))
    if "brian2" in peers and (brian := in_own_environment("brian2", "brian2_hh.py")):
        assert brian["spikes"] == spikes
        rows.append(
            Row("hh-100ms", "Brian2, Cython", brian["seconds"], ours / brian["seconds"], None)
        )
    return rows


def _lsoda() -> None:
    from scipy.integrate import solve_ivp

    def rhs(t: float, y: np.ndarray) -> tuple[float, ...]:
        V, n, m, h = y
        e = np.exp
        an, bn = 0.01 * (-V - 55) / (e((-V - 55) / 10) - 1), 0.125 * e((-V - 65) / 80)
        am, bm = 0.1 * (-V - 40) / (e((-V - 40) / 10) - 1), 4 * e((-V - 65) / 18)
        ah, bh = 0.07 * e((-V - 65) / 20), 1 / (1 + e((-V - 35) / 10))
        dV = 10 - 120 * m**3 * h * (V - 50) - 36 * n**4 * (V + 77) - 0.3 * (V + 54.4)
        return dV, an * (1 - n) - bn * n, am * (1 - m) - bm * m, ah * (1 - h) - bh * h

    solve_ivp(rhs, (0, 100), list(START.values()), method="LSODA", rtol=1e-6, atol=1e-8)


def batch(peers: set[str]) -> list[Row]:
    """Both on one core first, then ours on all of them."""
    I = np.linspace(0, 20, 208)[:200]
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else None

    def run() -> object:
        return hh.simulate(1000, 0.01, start=START, I=I, record=[])

    run()
    if cores:
        os.sched_setaffinity(0, {min(cores)})
    try:
        ours, quiet = best(run, runs=2, tries=6)
        rows = [Row("hh-200×1000ms", "course, 1 thread", ours, quiet=quiet)]
        if c := compiled("hh", "-ffast-math", "-fopenmp-simd"):
            c.batch.argtypes = [_array, ctypes.c_double, ctypes.c_long, _array, ctypes.c_long]
            c.batch.restype = ctypes.c_long
            padded = np.concatenate([I, np.full(8, I[-1])])

            def peer() -> int:
                x = np.array(list(START.values()))[:, None] * np.ones((1, 208))
                return c.batch(padded, 0.01, 100_000, x, 208)

            seconds, quiet = best(peer, runs=2, tries=6)
            rows.append(
                Row("hh-200×1000ms", "C, vector exp, 1 thread", seconds, ours / seconds, 1.5, quiet)
            )
    finally:
        if cores:
            os.sched_setaffinity(0, cores)
    threaded, quiet = best(run, runs=2, tries=6)
    rows.append(Row("hh-200×1000ms", f"course, {os.cpu_count()} threads", threaded, quiet=quiet))
    return rows
