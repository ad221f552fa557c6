"""Brunel's network of 12 500 neurons, and 1000 neurons of Izhikevich all to all, against NEST on as many threads.

NEST runs the program that `Network.to_nest` writes: the same synapses, one by one, its own random numbers outside.
Seconds are those of the simulation alone, for both; what builds the network is not counted.
"""

import importlib.util
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from course.network import Network, brunel
from course.neurons import izhikevich
from course.synapses import Pulse
from tests.bench.measure import best
from tests.bench.network import program_15
from tests.bench.peers import HERE, in_own_environment
from tests.bench.table import Row


def izhikevich_1000() -> Network:
    """Program 15 under the explicit Euler rule, the one that NEST has."""
    parameters, W = program_15(1000)
    net = Network(dt=0.2, seed=1)
    start = {"u": -65 * parameters["b"]}
    net.population("N", 1000, izhikevich, current=5.0, start=start, **parameters)
    net.connect("N", "N", W, kernel=Pulse())
    return net


def nest(peers: set[str]) -> list[Row]:
    if "nest" not in peers:
        return []
    rows = []
    cases = ("brunel-12500", brunel(), 200, 0.2), ("izhikevich-1000", izhikevich_1000(), 200, None)
    for case, net, T, limit in cases:
        with tempfile.TemporaryDirectory() as folder:
            program = str(net.to_nest().save(Path(folder) / "program.py"))
            for threads in (1, 2):
                rows += _row(case, net, T, limit, program, threads)
    return rows


def _row(case: str, net: Network, T: float, limit: float | None, program: str, threads: int) -> list[Row]:
    ours, quiet = best(lambda: net.run(T, progress=False, threads=threads), 1, tries=3)
    run = net.run(T, progress=False, threads=threads)
    count = sum(len(s.times) for s in run.spikes.values())
    what = f"{T:g} ms, {threads} thread{'s' * (threads > 1)}"
    rows = [Row(case, f"course, {what}", ours, quiet=quiet, note=f"{count} spikes")]
    peer = _peer(program, str(T), str(threads))
    if peer is None:
        return rows
    # in 200 ms the count of spikes wanders by 2 % from one seed to the next
    assert abs(peer["spikes"] - count) < 0.08 * count, (peer["spikes"], count)
    note = f"{peer['spikes']} spikes, built in {peer['built']:.1f} s"
    seconds, what = peer["seconds"], f"NEST {peer['version']}, {what}"
    return [*rows, Row(case, what, seconds, ours / seconds, limit, note=note)]


def _peer(*arguments: str) -> dict | None:
    if importlib.util.find_spec("nest") is None:
        return in_own_environment("nest-simulator", "nest_program.py", *arguments)
    command = [sys.executable, str(HERE / "nest_program.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1])
