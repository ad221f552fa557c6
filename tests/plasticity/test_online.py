"""Synapses that learn in a network: the rule on given trains is the reference, spike by spike."""

import math

import numpy as np
import pytest
from scipy import sparse

from course.dynamics import Model
from course.inputs import correlated_poisson, poisson
from course.network import Network
from course.neurons import lif
from course.plasticity import Additive, Instar, Multiplicative, TripletSTDP, VanRossum, stdp
from course.synapses import Exponential, Pulse, VoltageJump
from tests.plasticity.plain import french

CLOCK = Model("dx/dt = a + b*I", spike="x >= 1", reset="x = 0", a=0.03, b=0.0, I=0.0)  # deaf: its spikes are known
RELAY = Model("dx/dt = -x/tau + I", spike="x >= 1", reset="x = 0", tau=10.0, I=0.0)  # a jump of 2 is a spike
DEAF = Model("dx/dt = -x/tau + b*I", spike="x >= 1", reset="x = 0", tau=10.0, b=0.0, I=0.0)  # to currents, not to jumps
RULES = [
    Additive(0.02, 17, 0.03, 34),
    Multiplicative(0.02, 17, 0.03, 34, low=0.1, pairing="nearest"),
    TripletSTDP.visual_cortex(high=50),
    TripletSTDP.hippocampus("nearest"),
    VanRossum(c_p=0.02, c_d=0.03, noise=0),
    Instar(0.1, 17),
]


def trains(n, T, seed=0, rate=30.0):
    rng = np.random.default_rng(seed)
    return [poisson(rate, T, rng) for _ in range(n)]


def offline(run, c, i, j, w, rule, T):
    """The same synapse on the trains of the run, on its grid."""
    (pre, post), dt = (run.spikes[c.pre], run.spikes[c.post]), run.dt
    a = np.round(pre.times[pre.indices == i] / dt).astype(int) + c.delay_steps
    b = np.round(post.times[post.indices == j] / dt).astype(int)
    return stdp(a[a < round(T / dt)] * dt, b * dt, w, rule).w


@pytest.mark.parametrize("rule", RULES, ids=lambda r: type(r).__name__ + r.pairing)
@pytest.mark.parametrize("delay", [0, 3.5])
def test_a_network_learns_as_its_rule_says(rule, delay):
    """All to all, each pair with a probability, and a population upon itself; long enough for the origin to move."""
    T = 3000.0
    net = Network(dt=0.5, seed=3)
    net.source("in", trains(12, T))
    net.population("N", 5, lif, current=np.linspace(18, 28, 5), R=0.05)
    net.connect("in", "N", 0.4, delay=delay, kernel=Exponential(5), plasticity=rule)
    net.connect("N", "N", 0.2, delay=delay, kernel=Exponential(5), autapses=False, plasticity=rule)
    net.population("P", 6, lif, current=21.0, R=0.05)
    net.connect("in", "P", lambda i, j: 0.2 + 0.02 * i + 0.01 * j, delay=delay, probability=0.6, plasticity=rule)
    run = net.run(T, every=700)
    assert run.rate("N") > 5
    for c in net.connections:
        before, after = (sparse.csr_array(m).toarray() for m in (c.weights, run.weights[c.pre, c.post].final))
        assert np.array_equal(before > 0, after > 0) or type(rule) is not Multiplicative
        for i, j in np.argwhere(before)[::3]:
            assert after[i, j] == pytest.approx(offline(run, c, i, j, before[i, j], rule, T), abs=1e-11), (c, i, j)
        assert np.ptp(after[before > 0]) > 1e-3
    assert run.weights["in", "N"].t.tolist() == [0, 700, 1400, 2100, 2800, 3000]
    assert run.weights["in", "N"].values.shape == (6, 12, 5)
    assert np.array_equal(run.weights["in", "N"].values[0], np.full((12, 5), 0.4))
    assert run.delivered["in", "N"] == 5 * len(run.spikes["in"].times)


def test_a_spike_brings_the_weight_of_its_arrival():
    """The current of one step is the weight that the spikes before had left, not the one when it set out."""
    T, rule = 400.0, Additive(0.05, 20, 0.04, 20)
    net = Network(dt=0.5, seed=1)
    net.source("in", [np.arange(3.0, T, 23.0)])
    net.population("N", 1, CLOCK)
    c = net.connect("in", "N", 0.5, delay=10, kernel=Pulse(), plasticity=rule)
    run = net.run(T, record={"N": ["I"]})
    heard = run.trace("N", "I")[:, 0]
    arrivals = np.round(run.spikes["in"].times / 0.5).astype(int) + c.delay_steps
    arrivals = arrivals[arrivals < 800]
    known = stdp(arrivals * 0.5, run.spikes["N"].times, 0.5, rule)
    assert heard[arrivals] == pytest.approx(known.weights[:-1][~known.post], abs=1e-12)
    assert np.count_nonzero(heard) == len(arrivals)
    assert np.ptp(heard[arrivals]) > 0.05


def test_an_arrival_and_a_spike_of_one_step_are_causal():
    net = Network(dt=1.0, seed=1)
    net.source("in", [[4.0]])
    net.population("N", 1, RELAY)
    net.connect("in", "N", 0.5, delay=1, kernel=VoltageJump(), plasticity=Additive(0.1, 20, 0.2, 20))
    net.source("push", [[4.0]])
    net.connect("push", "N", 2.0, delay=1, kernel=VoltageJump())
    run = net.run(10)
    assert run.spikes["N"].times.tolist() == [5.0]  # where the arrival is
    assert run.weights["in", "N"].final[0, 0] == pytest.approx(0.6)


def test_noise_in_a_network_has_the_law_of_the_rule():
    rule, T = VanRossum(noise=0.05), 120.0
    net = Network(dt=0.5, seed=5)
    net.source("in", [[5.0, 40.0, 44.0, 90.0]])
    net.population("N", 4000, CLOCK)
    c = net.connect("in", "N", 1000.0, delay=2, kernel=Exponential(5), plasticity=rule)
    run = net.run(T)
    w = run.weights["in", "N"].final[0]
    pre, post = run.spikes["in"].times + 2, run.spikes["N"].times[run.spikes["N"].indices == 0]
    assert len(post) == 3
    known = stdp(pre, post, np.full(20_000, 1000.0), rule, rng=2).w
    assert w.mean() == pytest.approx(known.mean(), abs=4 * known.std() / math.sqrt(4000))
    assert w.std() == pytest.approx(known.std(), rel=4 / math.sqrt(8000))
    assert abs(np.corrcoef(w[:-1], w[1:])[0, 1]) < 0.07
    assert np.array_equal(net.run(T).weights["in", "N"].final[0], w)
    assert np.array_equal(net.lesion("N", indices=[7]).run(T).weights["in", "N"].final[0][8:], w[8:])
    assert c.weights.tolist() == [[1000.0] * 4000]  # the network itself has learned nothing


def test_the_stationary_mean_of_van_rossum_in_a_network():
    """Independent trains of r = 50 Hz forget in 1/(c_d r² τ) = 6.7 s. On a grid the pairs of one step are causal: the
    mean is c_p/c_d times Σ_{m≥0} e^{-m dt/τ} / Σ_{m≥1} e^{-m dt/τ} = e^{dt/τ}."""
    T, dt, rule = 200_000.0, 0.5, VanRossum(noise=0.015)
    means = []
    for seed in (1, 2):
        net = Network(dt=dt, seed=seed)
        net.source("in", trains(40, T, seed, rate=50))
        net.population("N", 8, DEAF)
        net.source("out", trains(8, T, 100 + seed, rate=50))
        net.connect("out", "N", sparse.eye_array(8).tocsr() * 2.0, kernel=VoltageJump())
        net.connect("in", "N", 1000.0, kernel=Exponential(1), plasticity=rule)
        run = net.run(T, every=2000)
        kept = run.weights["in", "N"]
        means.append(kept.values[kept.t > 70_000].mean())
    assert np.mean(means) == pytest.approx(7 / 0.003 * math.exp(dt / 20), rel=0.03)


def correlated(seed, rule, n, R, c, rate, T, dt=0.5):
    """`n` inputs, the first half correlated, on one neuron: their weights in the end."""
    rng = np.random.default_rng(seed)
    halves = correlated_poisson(n // 2, rate, c, T, rng) + correlated_poisson(n // 2, rate, 0, T, rng)
    net = Network(dt=dt, seed=seed)
    net.source("in", halves)
    net.population("N", 1, lif, current=0.0, R=R)
    net.connect("in", "N", 0.5, kernel=Exponential(5), plasticity=rule)
    run = net.run(T)
    assert 2 < run.rate("N") < 100
    return run.weights["in", "N"].final[:, 0]


def test_correlated_inputs_win_in_twenty_seeds_of_twenty():
    for seed in range(20):
        w = correlated(seed, Additive(0.02, 20, 0.021, 20), 100, 0.15, 0.2, 15, 20_000)
        assert w[:50].mean() > w[50:].mean() + 0.2


def test_additive_weights_part_and_multiplicative_ones_gather():
    """Song, Miller & Abbott against van Rossum, Bi & Turrigiano, on the same independent inputs."""
    both = (Additive(0.02, 20, 0.022, 20), Multiplicative(0.02, 20, 0.021, 20))
    part, gather = (correlated(1, rule, 200, 0.1, 0, 20, 100_000) for rule in both)
    assert np.mean((part < 0.2) | (part > 0.8)) > 0.6
    assert min(np.mean(part < 0.2), np.mean(part > 0.8)) > 0.15
    assert gather.min() > 0.3
    assert gather.max() < 0.7


def test_networks_without_plasticity_are_as_they_were():
    """The same spikes whether the synapses could learn with a rule that changes nothing, or cannot."""

    def spikes(rule):
        net = Network(dt=0.5, seed=1)
        net.source("in", trains(20, 2000.0, 4))
        net.population("N", 9, lif, current=0.5)
        net.connect("in", "N", 0.3, delay=2, probability=0.7, plasticity=rule)
        net.connect("N", "N", 0.1, delay=4, plasticity=rule)
        return net.run(2000)

    fixed, still = spikes(None), spikes(Additive(0, 20, 0, 20))
    assert np.array_equal(fixed.spikes["N"].times, still.spikes["N"].times)
    assert len(fixed.spikes["N"].times) > 100
    assert fixed.delivered == still.delivered
    assert fixed.weights == {}


def test_weights_come_back_and_zeros_may_grow():
    net = Network(dt=0.5, seed=1)
    net.source("in", [[5.0], [7.0], []])
    net.population("N", 2, CLOCK)
    w = np.zeros((3, 2))
    net.connect("in", "N", w, plasticity=Additive(0.1, 20, 0.1, 20))
    final = net.run(60).weights["in", "N"].final
    assert (final[:2] > 0.01).all()
    assert not final[2].any()
    again = Network(dt=0.5, seed=1)
    again.source("in", [[5.0], [7.0], []])
    again.population("N", 2, CLOCK)
    assert np.array_equal(again.connect("in", "N", final, plasticity=Additive()).weights, final)


def test_a_source_is_its_trains():
    net = Network(dt=0.5, seed=1)
    net.source("in", [[0.0, 1.0, 1.2, 9.9], [], [1.0, 30.0]])
    net.population("N", 2, RELAY)
    net.connect("in", "N", [[2.0, 0], [2.0, 2.0], [0, 2.0]], delay=1, kernel=VoltageJump())
    run = net.run(20)
    assert run.spikes["in"].times.tolist() == [0, 1, 1, 9.5]
    assert run.spikes["in"].indices.tolist() == [0, 0, 2, 0]
    assert run.spikes["N"].times.tolist() == [1, 2, 2, 10.5]
    hurt = net.lesion("in", indices=[0]).run(20)
    assert hurt.spikes["in"].times.tolist() == [1]
    two = net.run(20, threads=2)
    assert np.array_equal(two.spikes["N"].times, run.spikes["N"].times)
    assert np.array_equal(two.spikes["in"].times, run.spikes["in"].times)


def plastic(**options):
    net = Network(dt=0.5, seed=1)
    net.source("in", [[1.0], [2.0]])
    net.population("N", 2, CLOCK)
    given = {"weight": 0.5, "plasticity": Additive()}
    net.connect("in", "N", **{**given, **options})
    return net


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: plastic(plasticity=0.1), "Network.connect.plasticity : une règle de course.plasticity"),
        (lambda: plastic(delay=np.ones((2, 2))), "Network.connect.delay : un seul délai pour toute une voie plastique"),
        (lambda: plastic(release=0.5), "Network.connect.release : 1, sur une voie plastique, reçu 0.5"),
        (lambda: plastic(weight=3.0), "Network.connect.weight (Additive) : des poids entre les bornes de la règle"),
        (lambda: plastic().run(10, device="torch"), "Network.run.device : cpu, le seul qui ait des synapses"),
        (lambda: plastic(plasticity=None).run(10, device="cuda"), "Network.run.device : cpu, le seul qui ait"),
        (lambda: plastic().run(10, threads=2), "Network.run.threads : un seul, avec des synapses plastiques (in → N)"),
        (lambda: plastic().run(10, every=0), "Network.run.every : un nombre strictement positif (ms), reçu 0"),
        (lambda: plastic().connect("in", "N", plasticity=Additive()), "Network.connect.plasticity : une seule voie"),
        (lambda: plastic().connect("N", "in"), "Network.connect.post : une population qui reçoit"),
        (lambda: plastic().poisson("in", 10, 1), "Network.poisson.post : une population qui reçoit"),
        (lambda: plastic().source("N", [[1.0]]), "Network.source.name : un nom qui n'est pas déjà pris"),
        (lambda: plastic().source("S", []), "Network.source.trains : une liste de trains"),
        (lambda: plastic().source("S", [[2.0, 1.0]]), "Network.source.trains[0] : des instants dans l'ordre"),
        (lambda: plastic().source("S", [[1.0], [-1.0]]), "Network.source.trains[1] : des instants positifs"),
    ],
)  # fmt: skip
def test_refusals(call, said):
    with pytest.raises(ValueError, match=french(said)):
        call()
