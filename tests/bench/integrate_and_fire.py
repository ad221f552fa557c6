"""Integrate-and-fire: an f(I) curve against Brian2, a long noisy run, and how long the explorer's curve takes."""

import numpy as np

from course.analysis import fi_curve
from course.neurons import ADEX, hodgkin_huxley, lif, noisy_lif
from tests.bench.measure import best
from tests.bench.peers import in_own_environment
from tests.bench.table import Row

CURRENTS = np.linspace(0, 4, 200)


def curve(peers: set[str]) -> list[Row]:
    """200 currents × 1 s at dt 0.05."""

    def run(method: str) -> np.ndarray:
        return fi_curve(lif, CURRENTS, T=1000, transient=0, dt=0.05, method=method)

    ours, quiet = best(lambda: run("exponential_euler"))
    rk4, calm = best(lambda: run("rk4"))
    spikes = sum(map(len, lif.simulate(1000, 0.05, record=[], I=CURRENTS).spikes))
    note = f"{spikes} spikes, located in their step"
    rows = [
        Row("lif-fi", "course, exact method", ours, quiet=quiet, note=note),
        Row("lif-fi", "course, RK4", rk4, quiet=calm, note=note),
    ]
    if "brian2" in peers and (brian := in_own_environment("brian2", "brian2_lif.py")):
        assert abs(brian["spikes"] / spikes - 1) < 0.03  # Brian2 stays on the grid
        ratio = ours / brian["seconds"]
        rows.append(Row("lif-fi", "Brian2, Cython, exact method", brian["seconds"], ratio, 0.1, quiet))
    return rows


def noisy(peers: set[str]) -> list[Row]:
    """One neuron, 20 s at dt 0.1."""
    seconds, quiet = best(lambda: noisy_lif.simulate(20_000, 0.1, rng=0))
    return [Row("noisy-20s", "course, u recorded", seconds, None, 0.03, quiet, absolute=True)]


def explorer(peers: set[str]) -> list[Row]:
    """The 200 currents of `explore_fi_curve` after a control is released, as they are at its opening."""
    from course.widgets.fi_curve import run
    from course.widgets.fi_curve.subject import subject

    rows = []
    models = (
        ("lif", lif, 0),
        ("noisy", noisy_lif, 0.3),
        ("adex", ADEX["tonic"], 0),
        ("hh", hodgkin_huxley, 0),
    )
    for name, model, sigma in models:
        s = subject(model, None, "I", None, None)
        T = 1000.0 if len(model.variables) < 3 else 500.0  # as at its opening
        seconds, quiet = best(
            lambda s=s, sigma=sigma, T=T: run.curve.__wrapped__(s, sigma, 0.0, T, 1, 0)
        )
        rows.append(Row("fi-explorer", name, seconds, None, 0.3, quiet, absolute=True))
    return rows
