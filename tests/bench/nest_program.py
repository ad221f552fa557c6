"""`nest_program.py PROGRAM T THREADS`: seconds that NEST takes for T ms of a program of `to_nest`, run once."""

import json
import runpy
import sys
import time
from pathlib import Path

sys.path.pop(0)  # this folder has a nest.py of its own

import nest  # noqa: E402
import numpy as np  # noqa: E402

program, T, threads = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
space = runpy.run_path(program)
with np.load(Path(program).with_suffix(".npz")) as file:
    arrays = dict(file)
seconds, spikes, built = [], [], []
for _ in range(1):
    start = time.perf_counter()
    _, recorders = space["build"](arrays, threads)
    nest.Prepare()
    built.append(time.perf_counter() - start)
    start = time.perf_counter()
    nest.Run(T)
    seconds.append(time.perf_counter() - start)
    nest.Cleanup()
    spikes.append(sum(r.n_events for r in recorders.values()))
print(
    json.dumps(
        {"seconds": min(seconds), "spikes": spikes[0], "built": min(built), "version": nest.__version__}
    )
)
