"""The program written for NEST: its models, its refusals; and, where NEST is installed, its spikes against ours."""

import ast
import importlib.util

import numpy as np
import pytest

from course.dynamics import Model
from course.inputs import step
from course.network import Network, Noise, brunel
from course.neurons import ADEX, fitzhugh_nagumo, izhikevich, lif, lif_mV, noisy_lif
from course.synapses import Alpha, DoubleExponential, Exponential, Kernel, Pulse, VoltageJump

installed = importlib.util.find_spec("nest") is not None
on_nest = pytest.mark.skipif(not installed, reason="NEST n'est pas installé (paquet nest-simulator)")


def pair(model=lif_mV, kernel=None, weight=1.0, reversal=None, n=2, dt=0.1, method="euler", **options):
    net = Network(dt=dt, seed=1, method=method)
    net.population("A", n, model, **options)
    if kernel is not None:
        net.connect("A", "A", weight, 1.0, kernel, reversal=reversal, autapses=False)
    return net


@pytest.mark.parametrize(
    ("model", "kernel", "reversal", "expected"),
    [
        (lif, VoltageJump(), None, "iaf_psc_delta"),
        (lif_mV, VoltageJump(), None, "iaf_psc_delta"),
        (lif_mV, Exponential(5), None, "iaf_psc_exp"),
        (lif_mV, Alpha(5), None, "iaf_psc_alpha"),
        (lif_mV, Exponential(5), 0.0, "iaf_cond_exp"),
        (lif_mV, Alpha(5), 0.0, "iaf_cond_alpha"),
        (lif_mV, DoubleExponential(1, 5), 0.0, "iaf_cond_beta"),
        (izhikevich, VoltageJump(), None, "izhikevich"),
        (izhikevich, Pulse(), None, "izhikevich"),
        (ADEX["tonic"], VoltageJump(), None, "aeif_psc_delta"),
        (ADEX["tonic"], Exponential(5), None, "aeif_psc_exp"),
        (ADEX["tonic"], Alpha(5), -80.0, "aeif_cond_alpha"),
    ],
)
def test_the_model_is_told_by_the_equations(model, kernel, reversal, expected):
    script = pair(model, kernel, reversal=reversal).to_nest().script
    calls = [n for n in ast.walk(ast.parse(script)) if isinstance(n, ast.Call)]
    created = [n.args[0].value for n in calls if getattr(n.func, "attr", "") == "Create"]
    assert created == [expected, "spike_recorder"]


def test_names_do_not_matter():
    """A membrane with names of its own: τ = C/g = 20 ms, E = -60 mV, and a current of 1 nA is 1000 pA on 200 pF."""
    own = Model(
        "dx/dt = (g*(rest - x) + drive)/cap", init={"x": -60}, spike="x >= top", reset="x = low",
        g=0.01, rest=-60.0, cap=0.2, drive=0.3, top=-50.0, low=-58.0,
    )  # fmt: skip
    net = Network(dt=0.1, seed=1)
    net.population("A", 1, own, input="drive", cap=0.2)
    text = net.to_nest().script
    for said in ("'E_L': -60.0", "'tau_m': 20.0", "'C_m': 200.0", "'I_e': 300.0", "'V_th': -50.0", "'V_reset': -58.0"):
        assert said in text


@pytest.mark.parametrize(
    ("net", "said"),
    [
        (lambda: pair(fitzhugh_nagumo), r"to_nest\.population \(A\).*membrane linéaire"),
        (lambda: pair(noisy_lif), r"to_nest\.population \(A\).*xi"),
        (lambda: pair(lif_mV, Exponential(5, cut=20)), r"kernel \(vers A\).*sans coupure.*cut=20"),
        (lambda: pair(lif_mV, Pulse()), r"kernel \(vers A\).*reçu Pulse\(\)"),
        (lambda: pair(lif_mV, Kernel("exp(-t/5)")), r"kernel \(vers A\).*VoltageJump, Exponential"),
        (lambda: pair(lif_mV, DoubleExponential(1, 5)), r"kernel \(vers A\).*conductance"),
        (lambda: pair(izhikevich, Exponential(5)), r"kernel \(vers A\).*sauts de v"),
        (lambda: pair(current=step(1, 0, 5)), r"to_nest\.T.*courant de A.*reçu None"),
        (lambda: pair(dt=0.0005), r"to_nest\.dt.*0,001"),
        (lambda: pair(noise=Noise(1, every=0.25)), r"noise\.every \(A\).*multiple de dt"),
        (lambda: Network(dt=0.1, seed=1), r"to_nest.*au moins une population"),
    ],
)
def test_what_nest_cannot_express_is_refused(net, said):
    with pytest.raises(ValueError, match=said):
        net().to_nest()


def test_another_parabola_is_not_izhikevichs():
    text = izhikevich.text.replace("0.04", "0.05")
    other = Model(text, init=izhikevich.init, spike="v >= 30", reset="v = c; u = u + d", **izhikevich.parameters)
    with pytest.raises(ValueError, match=r"course\.neurons\.izhikevich"):
        pair(other).to_nest()


def test_two_kinds_of_synapses_on_one_population_are_refused():
    net = pair(lif_mV, Exponential(5))
    net.connect("A", "A", 1.0, 1.0, VoltageJump())
    with pytest.raises(ValueError, match="une seule sorte de synapses"):
        net.to_nest()


def test_the_program_is_saved_with_its_numbers(tmp_path):
    program = brunel(N=100, J=1.0).to_nest()
    path = program.save(tmp_path / "reseau.py")
    with np.load(tmp_path / "reseau.npz") as numbers:
        assert len(numbers["connection_0.targets"]) == 80 * 8
    assert "poisson_generator" in path.read_text(encoding="utf-8")


@pytest.mark.skipif(installed, reason="NEST est installé")
def test_without_nest_the_run_says_so():
    with pytest.raises(ValueError, match=r"NestProgram\.run.*NEST installé"):
        pair().to_nest().run(10)


def same(net, T, steps=0):
    """Spikes of NEST and ours, each within so many steps; how many."""
    ours, theirs = net.run(T, progress=False), net.to_nest(T).run(T)
    count = 0
    for name, s in ours.spikes.items():
        other = theirs.spikes[name]
        for j in np.unique(s.indices):
            a, b = s.times[s.indices == j], other.times[other.indices == j]
            assert len(a) == len(b), (name, j, a, b)
            np.testing.assert_allclose(a, b, atol=(steps + 1e-6) * net.dt)
            count += len(a)
        assert len(s.times) == len(other.times)
    return count


@on_nest
def test_a_chain_of_two_jumps_has_the_same_spikes_to_the_step():
    net = Network(dt=0.1, seed=1, method="exponential_euler")
    net.population("A", 1, lif_mV, current=0.25)
    net.population("B", 1, lif_mV.with_(refractory=2.0), current=0.15)
    net.connect("A", "B", 6.0, 1.5, VoltageJump())
    assert same(net, 500) > 15


@on_nest
def test_many_random_jumps_have_the_same_spikes_to_the_step():
    rng = np.random.default_rng(3)
    net = Network(dt=0.1, seed=1, method="exponential_euler")
    each = {"current": rng.uniform(0.15, 0.4, 40), "tau": rng.uniform(10, 30, 40)}
    net.population("A", 40, lif_mV.with_(refractory=2.0), **each)
    weights, delays = rng.normal(0, 0.5, (40, 40)), rng.integers(1, 30, (40, 40)) * 0.1
    net.connect("A", "A", weights, delays, VoltageJump(), autapses=False)
    net.connect("A", "A", 0.3, 0.7, VoltageJump(), degree=5)
    assert same(net, 300) > 300


@on_nest
@pytest.mark.parametrize("kernel", [VoltageJump(), Pulse()])
def test_izhikevich_under_euler_has_the_same_spikes_to_the_step(kernel):
    rng = np.random.default_rng(3)
    net = Network(dt=0.25, seed=1)
    net.population("A", 20, izhikevich, current=rng.uniform(4, 12, 20), d=rng.uniform(2, 8, 20))
    net.connect("A", "A", rng.uniform(-1, 2, (20, 20)), 2.0, kernel)
    assert same(net, 300) > 100


@on_nest
@pytest.mark.parametrize(
    ("kernel", "weight", "reversal"),
    [(Exponential(5), 0.1, None), (Alpha(3), 0.1, None), (Exponential(5), -0.1, None),
     (Exponential(5), 0.002, 0.0), (Alpha(3), 0.002, 0.0), (DoubleExponential(1, 5), 0.002, 0.0)],
)  # fmt: skip
def test_lasting_synapses_agree_within_two_steps(kernel, weight, reversal):
    """The unit of each weight, and the instant where the current starts: a fine step of ours against NEST's."""
    net = Network(dt=0.02, seed=1, method="rk4")
    net.population("A", 1, lif_mV, current=0.25)
    net.population("B", 1, lif_mV, current=0.22)
    net.connect("A", "B", weight, 2.0, kernel, reversal=reversal)
    alone = net.lesion("A", "B").run(200, progress=False)
    assert same(net, 200, steps=3) > 8
    assert abs(len(alone.spikes["B"].times) - len(net.run(200, progress=False).spikes["B"].times)) >= 1


@on_nest
def test_two_time_constants_take_two_receptors():
    net = Network(dt=0.02, seed=1, method="rk4")
    net.population("A", 1, lif_mV, current=0.25)
    net.population("B", 1, lif_mV, current=0.22)
    net.connect("A", "B", 0.1, 2.0, Exponential(5))
    net.connect("A", "B", -0.05, 4.0, Exponential(15))
    assert "iaf_psc_exp_multisynapse" in net.to_nest().script
    assert same(net, 200, steps=3) > 8


@on_nest
def test_adex_is_late_by_a_step_and_its_stopped_exponential_at_most():
    """NEST resets inside the step, ours at its end; an exponent stopped at 10 takes 30/(ΔT e¹⁰/τ) = 11 µs to 0 mV."""
    net = Network(dt=0.02, seed=1, method="rk4")
    net.population("A", 1, ADEX["adapting"])
    net.population("B", 1, ADEX["tonic"], current=200.0)
    net.connect("A", "B", 300.0, 2.0, Exponential(5))
    ours, theirs = net.run(150, progress=False), net.to_nest().run(150)
    late = ours.spikes["A"].times - theirs.spikes["A"].times
    assert len(late) == 6
    assert (np.abs(late) <= np.arange(1, 7) * (0.02 + 0.011) + 0.02).all()
    np.testing.assert_allclose(ours.spikes["B"].times, theirs.spikes["B"].times, atol=0.2)
    assert len(ours.spikes["B"].times) > len(net.lesion("A", "B").run(150, progress=False).spikes["B"].times)


@on_nest
def test_a_current_in_steps_acts_at_the_same_step():
    net = Network(dt=0.1, seed=1, method="exponential_euler")
    net.population("A", 1, lif_mV, current=step(0.4, 20.3, 60))
    assert same(net, 100) >= 2


@on_nest
def test_a_lesion_holds_on_nest():
    net = pair(lif_mV, VoltageJump(), 3.0, n=6, method="exponential_euler", current=np.linspace(0.21, 0.3, 6))
    assert same(net.lesion("A", indices=[5, 1]), 200) > 10


@on_nest
def test_brunels_network_has_the_same_rates_and_irregularity():
    """Chance is drawn otherwise: rates within 5 %, CV within 0.07 (each over seeds spreads by less than half of it)."""
    net = brunel(N=1000, J=0.2, g=5.0, eta=2.0)
    ours, theirs = net.run(1500, progress=False), net.to_nest().run(1500)
    for name in ("E", "I"):
        assert theirs.rate(name) == pytest.approx(ours.rate(name), rel=0.05)
    assert irregularity(theirs) == pytest.approx(irregularity(ours), abs=0.07)
    assert theirs.rate("E") > 5


def irregularity(run):
    times, indices = run.spikes["E"]
    found = [np.diff(times[indices == j]) for j in range(200)]
    return float(np.mean([d.std() / d.mean() for d in found if len(d) > 5]))


@on_nest
def test_noise_gives_the_same_rate():
    net = Network(dt=0.1, seed=2, method="exponential_euler")
    net.population("A", 300, lif_mV, current=0.18, noise=Noise(0.4, every=1.0))
    ours, theirs = net.run(1000, progress=False).rate("A"), net.to_nest().run(1000).rate("A")
    assert theirs == pytest.approx(ours, rel=0.06)


@on_nest
def test_the_same_seed_gives_the_same_spikes():
    program = brunel(N=200, J=0.5).to_nest()
    a, b, c = program.run(200), program.run(200), program.run(200, seed=5)
    np.testing.assert_array_equal(a.spikes["E"].times, b.spikes["E"].times)
    assert not np.array_equal(a.spikes["E"].times, c.spikes["E"].times)
