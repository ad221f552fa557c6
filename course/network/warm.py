"""What the first neuron and the first network of a machine would wait for, compiled beforehand.

`python -m course.network.warm` runs beside the course while a student reads its first page; it gives way to all else.
"""

import os

from course.network.network import Network
from course.neurons import hodgkin_huxley, izhikevich


def warm() -> None:
    """Compile the kernels of Hodgkin-Huxley's neuron, Izhikevich's, and the loop of all networks, into the cache."""
    hodgkin_huxley.simulate(1.0)
    net = Network(dt=1.0, seed=0)
    net.population("N", 1, izhikevich)
    net.run(1.0, progress=False)


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(15)
    warm()
