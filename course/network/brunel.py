"""Brunel's sparse balanced network: excitation, stronger inhibition, and a bombardment from outside."""

from course import _check
from course.dynamics import Model
from course.network.network import Network
from course.synapses import VoltageJump

_NEURON = Model(
    "dV/dt = -V/tau : mV",
    spike="V >= theta",
    reset="V = V_r",
    refractory=2.0,
    tau=20.0,
    theta=20.0,
    V_r=10.0,
)


def brunel(
    N: int = 12_500, g: float = 5.0, eta: float = 2.0, J: float = 0.1, delay: float = 1.5, dt: float = 0.1,
    epsilon: float = 0.1, seed: int = 1,
) -> Network:  # fmt: skip
    """Four fifths of the neurons excite, one fifth inhibits; each receives from a fraction `epsilon` of both.

    Args:
        g: how much stronger inhibition is: its jumps are -g·J. The balance is at g = 4.
        eta: rate of the bombardment, in units of what brings V to its threshold on average.
        J: [mV] jump of an excitatory synapse.

    Regimes (the paper's figure 8): g = 3, eta = 2 synchronous and regular; g = 6, eta = 4 synchronous, fast and
    irregular; g = 5, eta = 2 asynchronous and irregular; g = 4.5, eta = 0.9 synchronous, slow and irregular.

    Source: Brunel, J. Comput. Neurosci. 8 (2000) 183-208, model A: tau 20 ms, threshold 20 mV, reset 10 mV, refractory
    period 2 ms. Here delays are all the same, as there.
    """
    if not 0 < epsilon <= 1:
        raise _check.refuse("brunel.epsilon", "une fraction, entre 0 et 1", epsilon)
    inhibitory = N // 5
    excitatory = N - inhibitory
    net = Network(dt, seed)
    for name, n in (("E", excitatory), ("I", inhibitory)):
        net.population(name, n, _NEURON)
    sources = {"E": (round(epsilon * excitatory), J), "I": (round(epsilon * inhibitory), -g * J)}
    for pre, (degree, weight) in sources.items():
        for post in ("E", "I"):
            others = net.populations[pre].n - (pre == post)
            net.connect(
                pre, post, weight, delay, VoltageJump(), degree=min(degree, others), autapses=False
            )
    # the rate of the bombardment that brings the mean of V to the threshold: θ = J C ν τ
    threshold = 20.0 / (J * sources["E"][0] * 20.0) * 1000
    for post in ("E", "I"):
        net.poisson(post, eta * threshold * sources["E"][0], J)
    return net
