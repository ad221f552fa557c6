"""200 leaky integrate-and-fire neurons, 1 s at dt 0.05 by Brian2 (Cython): seconds of a warm `run`, and the spikes."""

import json
import time

import numpy as np
from brian2 import NeuronGroup, SpikeMonitor, defaultclock, ms, prefs, run, start_scope

prefs.codegen.target = "cython"


def once() -> tuple[float, int]:
    start_scope()
    defaultclock.dt = 0.05 * ms
    group = NeuronGroup(
        200, "du/dt = (-u + I)/(10*ms) : 1\nI : 1", method="exact", threshold="u > 1", reset="u = 0"
    )
    group.I = np.linspace(0, 4, 200)
    spikes = SpikeMonitor(group)
    run(0 * ms)
    start = time.perf_counter()
    run(1000 * ms)
    return time.perf_counter() - start, int(spikes.num_spikes)


once()
results = [once() for _ in range(5)]
print(json.dumps({"seconds": min(r[0] for r in results), "spikes": results[0][1]}))
