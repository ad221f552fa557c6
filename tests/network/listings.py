"""The networks of the thesis's listings, as the library writes them."""

import numpy as np

from course.dynamics import Model
from course.inputs import step
from course.network import Network
from course.neurons import izhikevich
from course.synapses import Alpha, Exponential, Pulse

U_FIRST = Model(
    "du/dt = a*(b*v - u)\ndv/dt = 0.04*v**2 + 5*v + 140 - u + I",
    init=izhikevich.init, spike="v >= 30", reset="v = c; u = u + d", **izhikevich.parameters,
)  # fmt: skip


def program_14(unit=1.0, self_weight=0.5, dt=0.3, model=izhikevich) -> Network:
    """Two populations of ten; `unit=dt` reads the kernels in steps, as the listing does."""
    net = Network(dt=dt, seed=1, method="semi_implicit")
    start = {"v": -65.0, "u": -13.0}
    net.population("N1", 10, model, current=step(5, 0, 15), start=start)
    net.population("N2", 10, model, current=0.0, start=start)
    net.connect("N1", "N2", 1.0, delay=30, kernel=Exponential(10 * unit, cut=30 * unit))
    net.connect("N1", "N1", self_weight, delay=50, kernel=Alpha(50 * unit, cut=100 * unit))
    return net


def program_15(n, model=U_FIRST, dtype=np.float32) -> Network:
    """All to all, simple weights without delay; drawn as there (seed 123), in float32."""
    draw = np.random.RandomState(123)
    excitatory, inhibitory = round(n * 0.6), round(n * 0.4)
    re, ri = (draw.rand(m, 1).astype(np.float32)[:, 0] for m in (excitatory, inhibitory))
    one, two = np.ones(excitatory), np.ones(inhibitory)
    columns = {
        "a": (0.02 * one, 0.02 + 0.08 * ri), "b": (0.2 * one, 0.25 - 0.05 * ri),
        "c": (-65 + 15 * re**2, -65 * two), "d": (8 - 6 * re**2, 2 * two),
    }  # fmt: skip
    p = {k: np.concatenate(v).astype(np.float32).astype(float) for k, v in columns.items()}
    W = draw.rand(n, n)
    W[:excitatory] *= 0.5
    W[excitatory:] *= -1
    net = Network(dt=0.2, seed=1, method="semi_implicit")
    net.population("N", n, model, current=5.0, start={"u": -65 * p["b"]}, **p)
    net.connect("N", "N", W.astype(np.float32).astype(dtype), kernel=Pulse())
    return net
