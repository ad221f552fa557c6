"""Hodgkin-Huxley 100 ms at dt 0.01 by RK4 in Brian2 (Cython): seconds of a warm `run`, and the spikes."""

import json
import time

from brian2 import (
    NeuronGroup,
    SpikeMonitor,
    StateMonitor,
    defaultclock,
    ms,
    prefs,
    run,
    start_scope,
)

prefs.codegen.target = "cython"
EQUATIONS = """
dV/dt = (I - 120*m**3*h*(V - 50) - 36*n**4*(V + 77) - 0.3*(V + 54.4))/ms : 1
dn/dt = (0.1/exprel((-V - 55)/10)*(1 - n) - 0.125*exp((-V - 65)/80)*n)/ms : 1
dm/dt = (1/exprel((-V - 40)/10)*(1 - m) - 4*exp((-V - 65)/18)*m)/ms : 1
dh/dt = (0.07*exp((-V - 65)/20)*(1 - h) - 1/(1 + exp((-V - 35)/10))*h)/ms : 1
I : 1
"""


def once() -> tuple[float, int]:
    start_scope()
    defaultclock.dt = 0.01 * ms
    group = NeuronGroup(1, EQUATIONS, method="rk4", threshold="V > 0", refractory="V > 0")
    group.V, group.n, group.m, group.h, group.I = -60, 1 / 3, 0, 2 / 3, 10
    trace, spikes = StateMonitor(group, ["V", "n", "m", "h"], record=True), SpikeMonitor(group)
    run(0 * ms)
    start = time.perf_counter()
    run(100 * ms)
    assert trace.V.shape == (1, 10000)
    return time.perf_counter() - start, int(spikes.num_spikes)


once()
results = [once() for _ in range(5)]
print(json.dumps({"seconds": min(r[0] for r in results), "spikes": results[0][1]}))
