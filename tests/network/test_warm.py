"""What is compiled beforehand is what the first labs ask for."""

import os
import subprocess
import sys

ASK = """
from course.neurons import hodgkin_huxley, izhikevich
from course.network import Network
from course.synapses import Exponential
hodgkin_huxley.simulate(100, I=10)
net = Network(dt=0.2, seed=1)
net.population("E", 20, izhikevich, current=10)
net.connect("E", "E", weight=0.5, delay=2, kernel=Exponential(10))
net.run(20, progress=False)
"""


def test_nothing_is_left_to_compile(tmp_path):
    surroundings = os.environ | {"COURSE_CACHE": str(tmp_path)}
    subprocess.run([sys.executable, "-m", "course.network.warm"], env=surroundings, check=True)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.o")}
    subprocess.run([sys.executable, "-c", ASK], env=surroundings, check=True)
    after = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.o")}
    assert before
    assert after == before
