"""Chance in the kernel: the generator against its published answers, the laws, and what they must not depend on."""

import math

import numpy as np
import pytest
from scipy import stats

from course.analysis import siegert_rate
from course.dynamics import Model
from course.network import Network, Noise
from course.neurons import izhikevich
from course.synapses import Exponential, Pulse, VoltageJump

SILENT = Model("dV/dt = -V/tau + I : mV", tau=10.0, I=0.0)
LIF = Model(
    "dV/dt = -V/tau : mV",
    spike="V >= theta",
    reset="V = V_r",
    refractory=2.0,
    tau=20.0,
    theta=20.0,
    V_r=10.0,
)


def test_philox_gives_the_published_answers():
    """The known answers of Random123 (kat_vectors, philox4x32, 10 rounds)."""
    from numba import njit

    from course.network.draws import philox

    turn = njit(lambda a, b, c, d, k, l: philox(a, b, c, d, k, l))

    def words(*address):
        return [int(x) for x in turn(*map(np.uint64, address))]

    assert words(0, 0, 0, 0, 0, 0) == [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]
    assert words(*[0xFFFFFFFF] * 6) == [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD]
    pi = (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344, 0xA4093822, 0x299F31D0)
    assert words(*pi) == [0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1]


def noisy(dt=0.1, every=0.1, sd=2.0, n=300, seed=3, T=200.0):
    net = Network(dt=dt, seed=seed)
    net.population("A", n, SILENT, current=1.0, noise=Noise(sd, every))
    return net.run(T, record={"A": ["I"]}).trace("A", "I")[:-1]


def test_the_noise_is_gaussian_and_independent():
    I = noisy()
    x = (I - 1) / 2
    assert stats.kstest(x.ravel()[::7], "norm").pvalue > 1e-3
    assert abs(np.corrcoef(x[:, 0], x[:, 1])[0, 1]) < 0.1
    for lag in (1, 2, 3, 4, 8):
        assert abs((x[lag:] * x[:-lag]).mean()) < 0.01
    assert abs((x[:, 1:] * x[:, :-1]).mean()) < 0.01
    assert not np.array_equal(x, (noisy(seed=4) - 1) / 2)


def test_the_noise_is_drawn_at_its_own_instants_whatever_the_step():
    coarse, fine = noisy(dt=0.2, every=0.2), noisy(dt=0.1, every=0.2)
    assert np.array_equal(fine[::2], coarse)
    assert np.array_equal(fine[1::2], coarse)
    slow = noisy(dt=0.1, every=0.25)
    changes = np.flatnonzero((np.diff(slow[:, 0]) != 0)[:40]) + 1
    assert changes.tolist() == [
        math.ceil(0.25 * m / 0.1 - 1e-9) for m in range(1, len(changes) + 1)
    ]


def test_xi_is_white_noise_for_each_neuron():
    """An Ornstein-Uhlenbeck process: variance σ²τ/2 in continuous time; (1 - a²) with a = 1 - dt/τ on the grid."""
    ou = Model("dx/dt = -x/tau + sigma*xi", tau=5.0, sigma=1.0)
    net = Network(dt=0.1, seed=2)
    net.population("A", 400, ou)
    x = net.run(200, record={"A": ["x"]}).trace("A", "x")[500:]
    assert x.var() == pytest.approx(0.1 / (1 - 0.98**2), rel=0.03)
    assert abs(np.corrcoef(x[:, 0], x[:, 1])[0, 1]) < 0.3


@pytest.mark.parametrize("rate", [300.0, 20_000.0])
def test_the_trains_are_poisson(rate):
    """The jumps of a step, of weight 1 on a model that forgets at once."""
    reader = Model("dx/dt = -x/dt_ + I", dt_=0.1, I=0.0)
    net = Network(dt=0.1, seed=2)
    net.population("A", 200, reader)
    net.poisson("A", rate, 1.0, kernel=Pulse())
    count = net.run(100, record={"A": ["I"]}).trace("A", "I")[:-1].ravel().round().astype(int)
    mean = rate * 0.1 / 1000
    assert count.mean() == pytest.approx(mean, abs=5 * math.sqrt(mean / count.size))
    most = int(stats.poisson.ppf(0.999, mean))
    observed = np.bincount(np.minimum(count, most + 1), minlength=most + 2)
    expected = count.size * np.append(
        stats.poisson.pmf(range(most + 1), mean), stats.poisson.sf(most, mean)
    )
    keep = expected > 5
    assert (
        stats.chisquare(
            observed[keep], expected[keep] * observed[keep].sum() / expected[keep].sum()
        ).pvalue
        > 1e-3
    )


def random_net(seed=7):
    net = Network(dt=0.2, seed=seed, method="semi_implicit")
    net.population("E", 160, izhikevich, current=5.0, noise=Noise(8, every=0.2))
    net.population("I", 90, izhikevich, current=4.0, noise=Noise(6, every=1.0), a=0.1, d=2.0)
    kernel = Exponential(5, cut=20)
    net.connect("E", "I", 0.6, delay=2, kernel=kernel, probability=0.3, jitter=0.5)
    net.connect("E", "E", 0.3, delay=np.full((160, 160), 1.0), kernel=kernel, release=0.5)
    net.connect("I", "E", -0.5, delay=1, kernel=kernel, degree=20)
    net.connect("I", "I", -0.5, delay=3, kernel=kernel, autapses=False)
    net.poisson("I", 200, 1.0, kernel=kernel)
    return net


def same(a, b):
    return all(
        np.array_equal(a.spikes[n].times, b.spikes[n].times)
        and np.array_equal(a.spikes[n].indices, b.spikes[n].indices)
        for n in a.sizes
    )


def test_the_same_seed_gives_the_same_spikes_whatever_is_recorded_and_however_many_threads():
    net = random_net()
    run = net.run(200)
    assert len(run.spikes["E"].times) > 500
    assert same(run, net.run(200))
    assert same(run, random_net().run(200))
    assert same(run, net.run(200, record={"E": ["v", "I"], "I": {"u": [3]}}))
    for threads in (2, 3):
        other = net.run(200, record={"E": ["v"]}, threads=threads)
        assert same(run, other)
        assert other.delivered == run.delivered
        assert np.array_equal(
            other.trace("E", "v"), net.run(200, record={"E": ["v"]}).trace("E", "v")
        )
    assert not same(run, random_net(seed=8).run(200))


def test_every_spike_is_delivered_to_each_of_its_targets():
    """Conservation: the events are the out-degrees of those that fired; with release, a binomial part of them."""
    net = random_net()
    run = net.run(200)
    for c in net.connections:
        expected = c.out_degree[run.spikes[c.pre].indices].sum()
        if c.release == 1:
            assert run.delivered[c.pre, c.post] == expected
        else:
            assert abs(run.delivered[c.pre, c.post] - expected / 2) < 5 * math.sqrt(expected / 4)
    assert sum(run.delivered.values()) > 100_000


def test_a_release_is_drawn_for_each_synapse():
    net = Network(dt=0.1, seed=1)
    net.population("A", 1, izhikevich, current=15.0)
    net.population("B", 4000, SILENT)
    net.connect("A", "B", 1.0, delay=1, kernel=Pulse(), release=0.3)
    run = net.run(100, record={"B": ["I"]})
    arrived = run.trace("B", "I")[:-1]
    steps = np.flatnonzero(arrived.sum(axis=1))
    assert len(steps) == len(run.spikes["A"].times) > 2
    released = arrived[steps]
    assert np.abs(released.mean(axis=1) - 0.3).max() < 0.04
    assert abs(np.corrcoef(released[0], released[1])[0, 1]) < 0.06


@pytest.mark.parametrize("rate", [19_500.0, 23_000.0])
def test_integrate_and_fire_under_bombardment_fires_at_siegerts_rate(rate):
    """Jumps of 0.05 mV, as good as a diffusion: mean J·rate·τ, deviation J·√(rate·τ/2)."""
    J, dt = 0.05, 0.05
    net = Network(dt=dt, seed=5)
    net.population("L", 600, LIF)
    net.poisson("L", rate, J, kernel=VoltageJump())
    run = net.run(1500)
    late = run.spikes["L"].times > 300
    ours = late.sum() / 600 / 1.2
    mean, sd = J * rate * 0.02, J * math.sqrt(rate * 0.02 / 2)
    membrane = {"tau": 20.0, "theta": 20.0, "reset": 10.0, "refractory": 2.0}
    assert ours == pytest.approx(siegert_rate(mean, sd * math.sqrt(2), dt=dt, **membrane), rel=0.03)
