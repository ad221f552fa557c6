"""The door: delays, rules of connection, lesions, what a run gives."""

import signal
import threading
import warnings

import numpy as np
import pytest
from scipy import sparse

from course.dynamics import Model
from course.inputs import noise
from course.network import Network, Noise, brunel
from course.neurons import hodgkin_huxley, izhikevich
from course.synapses import Exponential, Kernel, Pulse, VoltageJump

SILENT = Model("dV/dt = -V/tau + I : mV", tau=10.0, I=0.0)


def one_to_one(delay, dt=0.3, kernel=None, **options):
    """One neuron that fires, one that listens; when the first fires and when the second hears."""
    net = Network(dt=dt, seed=1)
    net.population("A", 1, izhikevich, current=15.0)
    net.population("B", 1, SILENT)
    net.connect("A", "B", 2.0, delay=delay, kernel=kernel or Pulse(), **options)
    run = net.run(60, record={"B": ["I", "V"]})
    return run.spikes["A"].times[0], run.t[np.flatnonzero(run.trace("B", "I")[:, 0])], run


def test_a_spike_arrives_after_its_delay():
    for delay, taken in ((0, 0.3), (0.3, 0.3), (30, 30.0)):
        fired, heard, _ = one_to_one(delay)
        assert heard[0] - fired == pytest.approx(taken)
    with pytest.warns(
        UserWarning, match=r"50\s?ms n'est pas un nombre entier de pas\s?; 50,1\s?ms"
    ):
        fired, heard, _ = one_to_one(50)
    assert heard[0] - fired == pytest.approx(50.1)
    with pytest.warns(UserWarning, match="pris"):
        fired, heard, _ = one_to_one(0.45)  # half a step goes up
    assert heard[0] - fired == pytest.approx(0.6)


def test_a_jump_moves_the_potential_by_its_weight_whatever_the_step():
    for dt in (0.3, 0.1):
        fired, _, run = one_to_one(1.2, dt, kernel=VoltageJump())
        V = run.trace("B", "V")[:, 0]
        k = np.flatnonzero(V)[0]
        assert V[k] == 2.0
        assert run.t[k] == pytest.approx(
            fired + 1.2 + dt
        )  # at the end of the step where it arrives


def test_a_pulse_brings_less_when_the_step_is_shorter_and_a_jump_does_not():
    coarse, fine = (one_to_one(1.2, dt, Pulse())[2].trace("B", "V").max() for dt in (0.3, 0.1))
    assert coarse > 2.5 * fine


def test_connections_are_what_was_asked():
    net = Network(dt=0.1, seed=3)
    net.population("A", 200, izhikevich)
    net.population("B", 100, izhikevich)
    half = net.connect("A", "B", 1.0, probability=0.25)
    assert half.n_synapses == pytest.approx(5000, abs=5 * np.sqrt(5000 * 0.75))
    degree = net.connect("A", "A", 1.0, degree=20, autapses=False)
    W = degree.weights.toarray()
    assert (W.sum(axis=0) == 20).all()
    assert W.max() == 1  # never twice the same source
    assert not W.diagonal().any()
    assert degree.out_degree.sum() == 4000
    everyone = net.connect("A", "A", 1.0, autapses=False)
    assert everyone.n_synapses == 200 * 199
    assert not everyone.weights.diagonal().any()
    ruled = net.connect("A", "B", weight=lambda i, j: np.exp(-((i - 2 * j) ** 2) / 50.0))
    assert ruled.weights[20, 10] == 1
    assert ruled.weights[30, 10] == pytest.approx(np.exp(-2))
    matrix = sparse.random_array((200, 100), density=0.05, rng=np.random.default_rng(1))
    assert (net.connect("A", "B", weight=matrix).weights != matrix).nnz == 0
    dense = np.random.default_rng(1).normal(size=(200, 100))
    assert np.array_equal(net.connect("A", "B", weight=dense).weights, dense)
    jittered = net.connect("A", "B", weight=-2.0, jitter=1.0).weights
    assert jittered.max() == 0
    assert jittered.mean() == pytest.approx(-2 * 1.0833, abs=0.05)


def test_a_pathway_taken_away_leaves_neurons_alone():
    """Without any connection the network is its isolated neurons; the noises stay what they were."""
    net = Network(dt=0.2, seed=3)
    net.population("A", 30, izhikevich, current=6.0, noise=Noise(5, every=0.2))
    net.population("B", 20, izhikevich, current=5.0, noise=Noise(5, every=0.2))
    alone = net.run(200)
    net.connect("A", "B", 2.0, delay=1)
    net.connect("B", "A", -1.0, delay=2)
    net.connect("B", "B", -1.0, delay=2)
    whole = net.run(200)
    cut = net.lesion("A", "B").lesion("B", "A").lesion("B", "B").run(200)
    for name in ("A", "B"):
        assert np.array_equal(cut.spikes[name].times, alone.spikes[name].times)
        assert not np.array_equal(whole.spikes[name].times, alone.spikes[name].times)
    deaf = net.lesion("B").run(200)
    assert np.array_equal(deaf.spikes["A"].times, alone.spikes["A"].times)
    assert len(deaf.spikes["B"].times) == 0
    lonely = net.lesion("A").lesion("B", "B").run(200)
    assert np.array_equal(lonely.spikes["B"].times, alone.spikes["B"].times)
    assert np.array_equal(lonely.spikes["B"].indices, alone.spikes["B"].indices)
    nobody = net.lesion("A").lesion("B").run(200, record={"A": ["v"]})
    assert sum(len(s.times) for s in nobody.spikes.values()) == sum(nobody.delivered.values()) == 0
    assert (nobody.trace("A", "v") == -65).all()
    some = net.lesion("A", indices=[0, 7]).run(200)
    assert not {0, 7} & set(some.spikes["A"].indices.tolist())
    assert len(some.spikes["A"].times) > 0
    assert len(net.run(200).spikes["B"].times) == len(
        whole.spikes["B"].times
    )  # the network itself is untouched


def test_any_model_makes_a_population():
    """The squid axon, whose spike resets nothing, excites another through a conductance."""
    net = Network(dt=0.01, seed=1, method="rk4")
    net.population("A", 2, hodgkin_huxley, current=np.array([10.0, 0.0]))
    net.population("B", 1, hodgkin_huxley)
    net.connect("A", "B", 0.3, delay=2, kernel=Exponential(3), reversal=0.0)
    run = net.run(60, record={"A": ["V"], "B": ["V", "I"]})
    trace = hodgkin_huxley.simulate(60, 0.01, spike_time="step", I=10.0)
    fired = run.spikes["A"].times[run.spikes["A"].indices == 0]
    assert np.allclose(fired + 0.01, trace.spikes)
    assert np.abs(run.trace("A", "V")[:, 0] - trace["V"]).max() < 1e-6
    assert 1 not in run.spikes["A"].indices
    assert len(run.spikes["B"].times) >= 1
    g = run.trace("B", "I")[:, 0] / (0.0 - run.trace("B", "V")[:, 0])
    lag = run.t - fired[0] - 2
    first = (lag > 0) & (run.t < fired[1] + 2 - 1e-6)
    assert np.allclose(g[first], 0.3 * np.exp(-lag[first] / 3), rtol=1e-6)


def test_methods_keep_their_order_through_a_synapse():
    """With the spikes given, the potential of a passive membrane converges as its method does."""
    errors = {}
    for method in ("euler", "heun", "rk4"):
        found = []
        for dt in (0.2, 0.1, 0.05):
            net = Network(dt=dt, seed=1, method=method)
            net.population(
                "A",
                1,
                Model("dx/dt = 1/20", spike="x >= 1", reset="x = -1e9"),
                start={"x": 1 - 1.999 / 20},
            )
            net.population("B", 1, SILENT)
            net.connect("A", "B", 1.0, delay=2, kernel=Exponential(4))
            run = net.run(20, record={"B": ["V"]})
            assert len(run.spikes["A"].times) == 1
            s = 20 - run.spikes["A"].times[0] - 2
            exact = (np.exp(-s / 10) - np.exp(-s / 4)) / (1 / 4 - 1 / 10)
            found.append(abs(run.trace("B", "V")[-1, 0] - exact))
        errors[method] = np.log2(np.array(found[:-1]) / found[1:]).mean()
    assert errors["euler"] == pytest.approx(1, abs=0.15)
    assert errors["heun"] == pytest.approx(2, abs=0.2)
    assert errors["rk4"] == pytest.approx(4, abs=0.4)


def test_a_run_says_what_happened(tmp_path):
    net = Network(dt=0.5, seed=1)
    net.population("A", 4, izhikevich, current=np.array([0.0, 10, 10, 20]))
    run = net.run(400, record={"A": {"v": [1, 3]}})
    each = run.rate_of_each("A")
    assert each[0] == 0
    assert each[1] == each[2] > 0
    assert run.rate("A") == pytest.approx(each.mean())
    at, rate = run.population_rate("A", bin=100)
    assert at.tolist() == [50, 150, 250, 350]
    assert rate.mean() == pytest.approx(run.rate("A"))
    assert run.trace("A", "v").shape == (801, 2)
    assert len(run.raster().axes[0].lines) == 2
    with np.load(run.to_npz(tmp_path / "run.npz")) as f:
        assert np.array_equal(f["A.times"], run.spikes["A"].times)
        assert np.array_equal(f["A.v"], run.trace("A", "v"))


@pytest.mark.parametrize("threads", [1, 2])
def test_ctrl_c_keeps_what_was_recorded(threads):
    net = Network(dt=0.1, seed=1)
    net.population("A", 128, izhikevich, current=10.0)
    net.connect("A", "A", 0.01, delay=2)
    net.run(1)
    timer = threading.Timer(0.3, signal.raise_signal, [signal.SIGINT])
    timer.start()
    with pytest.warns(UserWarning, match="arrêté à"):
        run = net.run(1e6, record={"A": {"v": [0, 127]}}, threads=threads)
    assert not run.complete
    assert 10 < run.T < 1e6
    assert len(run.trace("A", "v")) == len(run.t)
    assert run.spikes["A"].times[-1] > run.T - 200
    whole = net.run(round(run.T, 6), record={"A": {"v": [0, 127]}}, threads=1)
    assert np.array_equal(run.trace("A", "v"), whole.trace("A", "v"))
    assert np.array_equal(run.spikes["A"].times, whole.spikes["A"].times)
    assert run.delivered == whole.delivered


def test_a_random_input_is_common_and_the_same_at_each_run():
    net = Network(dt=0.1, seed=1)
    net.population("A", 3, SILENT, current=noise(1.0))
    one, two = (net.run(20, record={"A": ["I"]}).trace("A", "I") for _ in range(2))
    assert np.array_equal(one, two)
    assert (one[:, 0] == one[:, 2]).all()
    assert one.std() > 0.5


def test_a_window_ends_at_its_cut():
    net = Network(dt=0.1, seed=1)
    net.population("A", 1, izhikevich, current=5.0)
    net.population("B", 1, SILENT)
    net.connect("A", "B", 1.0, delay=1, kernel=Kernel("1/(1 + t)", cut=5))
    run = net.run(20, record={"B": ["I"]})
    assert len(run.spikes["A"].times) == 1
    s = run.spikes["A"].times[0] + 1
    lag = run.t - s
    inside = (lag > -1e-9) & (lag < 5 - 1e-9)
    assert np.allclose(run.trace("B", "I")[inside, 0], 1 / (1 + lag[inside]))
    assert not run.trace("B", "I")[~inside].any()


def test_brunels_network_is_balanced_or_not():
    """Excitation wins at g = 3: nearly the highest rate; at g = 5 a rate that the bombardment explains alone."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        strong = brunel(N=1000, g=3.0, J=0.5).run(200)
        weak = brunel(N=1000, g=5.0, J=0.5).run(200)
    assert strong.rate("E") > 2.5 * weak.rate("E")
    assert 15 < weak.rate("E") < 80
