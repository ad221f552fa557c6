"""Program 15, 1000 neurons, 200 ms by Brian2 (Cython): seconds of a warm `run`, and the spikes."""

import json
import time

from brian2 import NeuronGroup, SpikeMonitor, Synapses, defaultclock, ms, prefs, run, start_scope
from listing_15 import program_15

prefs.codegen.target = "cython"
PARAMETERS, W = program_15(1000)


def once() -> tuple[float, int]:
    start_scope()
    defaultclock.dt = 0.2 * ms
    names = "\n".join(f"{name} : 1" for name in "vuIabcd")
    group = NeuronGroup(1000, names, threshold="v >= 30", reset="v = c; u += d")
    # u before v, and a current that lasts one step: the listing's own order
    step = "u += 0.2*a*(b*v - u)\nv += 0.2*(0.04*v**2 + 5*v + 140 - u + I)\nI = 5"
    group.run_regularly(step, when="groups")
    group.v, group.I, group.u = -65, 5, -65 * PARAMETERS["b"]
    for name, values in PARAMETERS.items():
        setattr(group, name, values)
    synapses = Synapses(group, group, "w : 1", on_pre="I_post += w")
    synapses.connect()
    synapses.w = W.ravel()
    spikes = SpikeMonitor(group)
    run(0 * ms)
    start = time.perf_counter()
    run(200 * ms)
    return time.perf_counter() - start, int(spikes.num_spikes)


once()
results = [once() for _ in range(3)]
print(json.dumps({"seconds": min(r[0] for r in results), "spikes": results[0][1]}))
