"""The compiled engine against plain numpy, spike for spike, and against the convolution of its own spikes."""

import numpy as np
import pytest

from course.dynamics import Model
from course.inputs import step
from course.network import Network
from course.neurons import izhikevich
from course.synapses import Alpha, DoubleExponential, Exponential, Kernel, Pulse
from tests.network import plain

U_FIRST = Model(
    "du/dt = a*(b*v - u)\ndv/dt = 0.04*v**2 + 5*v + 140 - u + I",
    init=izhikevich.init, spike="v >= 30", reset="v = c; u = u + d", **izhikevich.parameters,
)  # fmt: skip
KERNELS = [
    Exponential(4.0), Exponential(4.0, cut=9.0), Alpha(3.0, cut=11.1), Alpha(3.0), DoubleExponential(1.0, 6.0, cut=20),
    Pulse(), Pulse(2.0), Kernel("exp(-t/5)*(1 + cos(t))", cut=12), Kernel("t*exp(-t/2)*(1 + sin(t))"),
    Kernel("exp(-(t/4)**2)", cut=9),
]  # fmt: skip


def pair(kernel, dt=0.3, method="semi_implicit", model=izhikevich, reversal=(None, None), seed=3):
    """Twenty excitatory and thirteen inhibitory neurons, all different, delays of their own; and the same, plain."""
    rng = np.random.default_rng(seed)
    net = Network(dt=dt, seed=1, method=method)
    populations, links = {}, []
    for name, n, c, d in (("E", 20, -65.0, 8.0), ("I", 13, -60.0, 2.0)):
        a, I = rng.uniform(0.02, 0.1, n), rng.uniform(2, 14, n)
        start = {"v": -65.0, "u": rng.uniform(-16, -12, n)}
        net.population(name, n, model, current=I, start=start, a=a, c=c, d=d)
        populations[name] = {"n": n, "a": a, "b": 0.2, "c": c, "d": d, "I": I, **start}
    for pre, post, scale, E in (
        ("E", "I", 1.0, reversal[0]),
        ("E", "E", 0.6, reversal[0]),
        ("I", "E", -1.0, reversal[1]),
    ):
        shape = populations[pre]["n"], populations[post]["n"]
        W = rng.uniform(0, 2, shape) * scale
        if E is not None:
            W = np.abs(W) / 20
        steps = rng.integers(1, 20, shape)
        net.connect(pre, post, weight=W, delay=steps * dt, kernel=kernel, reversal=E)
        K = (lambda t, k=kernel: k(t)) if kernel != Pulse() else (lambda t: 1.0 * (t < dt / 2))
        links.append((pre, post, W, steps, K, E))
    return net, populations, links


@pytest.mark.parametrize("kernel", KERNELS, ids=repr)
@pytest.mark.parametrize(
    ("model", "order"), [(izhikevich, "vu"), (U_FIRST, "uv")], ids=["v first", "u first"]
)
def test_the_same_spikes_and_currents_as_plain_numpy(kernel, model, order):
    net, populations, links = pair(kernel, model=model)
    run = net.run(120, record={"E": ["I"], "I": ["I"]})
    fired, inputs = plain.izhikevich(populations, links, 0.3, 400, order)
    for name in ("E", "I"):
        assert plain.pairs(run, name) == fired[name]
        assert np.abs(run.trace(name, "I")[:-1] - inputs[name]).max() < 1e-9
    assert len(fired["E"]) > 20
    assert len(fired["I"]) > 20


def test_euler_is_the_same_too():
    net, populations, links = pair(Alpha(3.0), method="euler")
    fired, _ = plain.izhikevich(populations, links, 0.3, 400, "both")
    run = net.run(120)
    assert all(plain.pairs(run, name) == fired[name] for name in ("E", "I"))


def test_conductances_follow_the_potential():
    """One step behind nothing: the potential is that of the start of the step."""
    net, populations, links = pair(Alpha(3.0, cut=20), method="euler", reversal=(0.0, -80.0))
    for p in populations.values():
        p["v_at"] = np.full(p["n"], p["v"])
    fired, inputs = plain.izhikevich(populations, links, 0.3, 400, "both")
    run = net.run(120, record={"E": ["I"]})
    assert plain.pairs(run, "E") == fired["E"]
    assert np.abs(run.trace("E", "I")[:-1] - inputs["E"]).max() < 1e-9


@pytest.mark.parametrize("kernel", KERNELS, ids=repr)
def test_the_current_is_the_convolution_of_the_spikes(kernel):
    """Σ w K(t - t_i - delay), every t_i of the run's own."""
    net = Network(dt=0.1, seed=1)
    net.population("E", 4, izhikevich, current=np.array([4.0, 6, 9, 14]))
    net.population("S", 1, izhikevich, current=0.0)
    W = np.array([[1.0], [-2.0], [0.5], [3.0]])
    net.connect("E", "S", weight=W, delay=1.5, kernel=kernel)
    run = net.run(300, record={"S": ["I"]})
    times, indices = run.spikes["E"]
    assert len(times) > 20
    t = run.t[:, None]
    lag = np.round((t - times - 1.5) / 0.1) * 0.1
    K = 1.0 * (np.abs(lag) < 0.05) if kernel == Pulse() else kernel(lag + 1e-9 * (lag > 0))
    expected = (W[indices, 0] * K * (lag > -0.05)).sum(axis=1)
    assert np.abs(run.trace("S", "I")[:, 0] - expected).max() < 1e-6


def test_alone_a_population_is_simulate():
    """Without synapses, the steps of `Model.simulate` on its grid; its stamp is the end of the step, ours the start."""
    I = np.linspace(3, 12, 21)
    for method in ("euler", "heun", "rk4", "exponential_euler"):
        net = Network(dt=0.2, seed=1, method=method)
        net.population("E", 21, izhikevich, current=I)
        run = net.run(200, record={"E": ["v", "u"]})
        trace = izhikevich.simulate(200, 0.2, method, spike_time="step", I=I)
        for j in range(21):
            own = run.spikes["E"].times[run.spikes["E"].indices == j]
            assert np.allclose(own + 0.2, trace.spikes[j], atol=1e-9)
        assert np.abs(run.trace("E", "v") - trace["v"]).max() < 1e-6


def test_an_input_is_a_function_of_time_for_all_or_for_each():
    for current in (
        step(5, 0, 15),
        lambda t: 5.0 * (t < 15),
        lambda t: 5 * np.ones((3, 1)) * (t < 15),
    ):
        net = Network(dt=0.3, seed=1)
        net.population("E", 3, izhikevich, current=current)
        run = net.run(60, record={"E": ["I"]})
        assert (run.trace("E", "I")[:50] == 5).all()
        assert (run.trace("E", "I")[50:] == 0).all()
        assert len(run.spikes["E"].times) == 3
