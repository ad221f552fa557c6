"""The ring attractor: one second of memory, fifty trials together, the map of its regimes, after compilation."""

import numpy as np

from course.rates import Cue, RingAttractor, bump_regimes
from tests.bench.measure import best
from tests.bench.table import Row

RINGS = {"cosine": RingAttractor(), "Gaussian": RingAttractor(J0=-0.25, J1=0.6, width=30)}
MAP = np.linspace(-0.8, 0.2, 40), np.linspace(0, 1.2, 40)


def ring(peers: set[str]) -> list[Row]:
    rows = []

    def add(case: str, f, goal: float) -> None:
        seconds, quiet = best(f, runs=3)
        rows.append(Row("ring", case, seconds, None, goal, quiet, absolute=True))

    for name, one in RINGS.items():
        noisy = one.with_(sigma=1.0)
        add(f"{name}, 128 units, 1 s", lambda one=one: one.simulate(1000, Cue(90)), 0.020)
        add(f"{name}, noisy", lambda noisy=noisy: noisy.simulate(1000, Cue(90)), 0.020)
        add(f"{name}, 50 noisy trials", lambda noisy=noisy: many(noisy), 1.0)
        add(f"{name}, 40 x 40 regimes", lambda one=one: bump_regimes(one, *MAP), 2.0)
    return rows


def many(ring: RingAttractor) -> object:
    return ring.simulate(1000, Cue(90), trials=50, every=10)
