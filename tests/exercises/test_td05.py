"""The formulas of TD05's exercises, found again by the library: its kernels, its networks, its membranes."""

import numpy as np
import pytest

from course.dynamics import Model
from course.exercises.td05.delays import pas_de_delai
from course.exercises.td05.echo import charge, poids_de_bascule
from course.exercises.td05.kernels import noyau_alpha, noyau_exp
from course.exercises.td05.kinetics import ouverture
from course.exercises.td05.psp import ppse
from course.exercises.td05.quanta import quanta
from course.exercises.td05.shunt import equilibre
from course.exercises.td05.sums import somme
from course.exercises.td05.traces import trace_alpha, trace_exp
from course.network import Network
from course.synapses import Alpha, Exponential
from tests.network.listings import program_14


def test_the_kernels_are_the_library_s():
    t = np.linspace(-10, 60, 500)
    assert noyau_exp(t, 7) == pytest.approx(Exponential(7)(t))
    assert noyau_alpha(t, 7) == pytest.approx(Alpha(7)(t))


@pytest.mark.parametrize(("trace", "kernel"), [(trace_exp, Exponential(9)), (trace_alpha, Alpha(9))])
def test_the_traces_are_the_sums(trace, kernel):
    n = np.random.default_rng(1).poisson(0.1, 400)
    t = 0.5 * np.arange(400)
    assert trace(n, 0.5, 9) == pytest.approx(somme(t + 1e-9, np.repeat(t, n), kernel, 0.0), abs=1e-6)


def test_a_network_delivers_the_same_sum():
    """One neuron that fires once: what its target records is the kernel, its delay after."""
    still = Model("dv/dt = I", spike="v >= 30", reset="v = -9999", init={"v": 0}, I=0)
    net = Network(dt=0.1)
    net.population("A", 1, still, current=100.0)
    net.population("B", 1, Model("dv/dt = I", init={"v": 0}, I=0))
    net.connect("A", "B", 2.0, delay=3, kernel=Alpha(5))
    run = net.run(40, record={"B": ["I"]}, progress=False)
    I = run.trace("B", "I")[:, 0]
    (fired,) = run.spikes["A"].times
    expected = 2 * somme(run.t[-len(I):], [fired], lambda s: noyau_alpha(s, 5), 3.0)
    assert min(np.abs(np.roll(I, k) - expected).max() for k in (-1, 0, 1)) < 1e-3


def test_channels_are_a_model_of_one_equation():
    gate = Model("dP/dt = alpha*(1 - P) - beta*P", init={"P": 0.3}, alpha=0.7, beta=0.2)
    run = gate.simulate(10, dt=0.01)
    assert ouverture(run.t, 0.3, 0.7, 0.2) == pytest.approx(run["P"], abs=1e-6)


def test_the_potential_and_its_rest_are_those_of_a_membrane():
    fed = Model("du/dt = -u/20 + w*s\nds/dt = -s/5", init={"u": 0, "s": 1}, w=1.3)
    run = fed.simulate(60, dt=0.01)
    assert ppse(run.t, 1.3, 20.0, 5.0) == pytest.approx(run["u"], abs=1e-6)
    open_ = Model("dV/dt = (10*(-70 - V) + 7*(-60 - V) + I)/200", init={"V": -70}, I=120)
    assert open_.simulate(500, dt=0.1)["V"][-1] == pytest.approx(equilibre(120, 10, -70, 7, -60), abs=1e-6)


def test_release_is_found_again_from_responses():
    r = 0.4 * np.random.default_rng(2).binomial(6, 0.3, 200_000)
    assert quanta(r.mean(), r.var(), 6) == pytest.approx((0.3, 0.4), rel=0.03)


@pytest.mark.filterwarnings("ignore:Network.connect.delay")
@pytest.mark.parametrize(("delay", "dt"), [(0.3, 0.1), (30, 0.3), (5.7, 0.1), (1.4, 0.7)])
def test_a_delay_is_the_network_s(delay, dt):
    net = Network(dt=dt)
    net.population("A", 1, Model("dv/dt = I", spike="v >= 30", reset="v = 0", init={"v": 0}, I=0))
    made = net.connect("A", "A", 1.0, delay=delay)
    assert np.all(np.asarray(made.delay_steps) == pas_de_delai(delay, dt))


def test_the_charge_is_the_area_of_the_library_s_kernel():
    t = np.arange(0, 100, 0.001)
    assert charge(50, 100) == pytest.approx(0.001 * Alpha(50, cut=100)(t).sum(), rel=1e-4)


@pytest.mark.filterwarnings("ignore:Network.connect.delay")
def test_the_two_weights_are_those_where_the_echo_changes():
    one, ever = poids_de_bascule()
    count = [len(np.unique(program_14(self_weight=w).run(3000, progress=False).spikes["N1"].times))
             for w in (one.low, one.high, ever.low, ever.high)]  # fmt: skip
    assert count[:3] == [1, 2, 2]
    assert count[3] > 20
