"""1000 Poisson inputs at 10 Hz onto one neuron, additive STDP, 100 s, by Brian2 (Cython): a warm `run`, its spikes."""

import json
import sys
import time

from brian2 import (
    Hz,
    NeuronGroup,
    PoissonGroup,
    SpikeMonitor,
    Synapses,
    defaultclock,
    ms,
    prefs,
    run,
    start_scope,
)

prefs.codegen.target = "cython"
c_p, c_d, high, w0 = map(float, sys.argv[1:])


def once() -> tuple[float, int]:
    start_scope()
    defaultclock.dt = 0.1 * ms
    inputs = PoissonGroup(1000, rates=10 * Hz)
    neuron = NeuronGroup(
        1, "du/dt = (-u + s)/(10*ms) : 1\nds/dt = -s/(5*ms) : 1", threshold="u >= 1", reset="u = 0", method="exact"
    )
    synapses = Synapses(
        inputs,
        neuron,
        "w : 1\ndr/dt = -r/(20*ms) : 1 (event-driven)\ndo/dt = -o/(20*ms) : 1 (event-driven)",
        on_pre="s_post += w\nr += 1\nw = clip(w - c_d*o, 0, high)",
        on_post="o += 1\nw = clip(w + c_p*r, 0, high)",
        namespace={"c_p": c_p, "c_d": c_d, "high": high},
    )
    synapses.connect()
    synapses.w = w0
    spikes = SpikeMonitor(neuron)
    run(0 * ms)
    start = time.perf_counter()
    run(100_000 * ms)
    return time.perf_counter() - start, int(spikes.num_spikes)


once()
results = [once() for _ in range(2)]
print(json.dumps({"seconds": min(r[0] for r in results), "spikes": results[0][1]}))
