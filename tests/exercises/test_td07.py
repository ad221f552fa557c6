"""The formulas of TD07's exercises, found again by other ways: the library's engine, its matrices, simulations."""

import numpy as np
import pytest
from scipy.integrate import quad

from course.exercises.judge import judge
from course.exercises.td07.lesions import KEPT, garder, plus_petit
from course.exercises.td07.noise import ecart_type_du_pas
from course.exercises.td07.step import un_pas
from course.exercises.td07.sums import entree_par_boucles, entree_par_evenements
from course.exercises.td07.tables import hausse, tirer_poids
from course.exercises.td07.traffic import octets_copies, octets_lus, toit
from course.network import Network, Noise
from course.neurons import izhikevich
from tests.network.listings import program_15


def simulated(n, received):
    """Program 15 with the exercises' step, from the weights of the library's network: (step, neuron)."""
    net = program_15(n)
    p, (c,) = net.populations["N"], net.connections
    W, parameters = c.weights.astype(float), [p.values[k] for k in "abcd"]
    v, u, fired, I, spikes = np.full(n, -65.0), p.start["u"].copy(), np.zeros(n, bool), np.full(n, 5.0), []
    for k in range(1000):
        v, u, fired = un_pas(v, u, fired, I, *parameters, 0.2)
        I = 5 + received(W, fired)
        spikes += [(k, j) for j in np.flatnonzero(fired)]
    return spikes


@pytest.mark.parametrize("n", [100, 1000])
def test_a_step_and_the_events_are_program_15(n):
    spikes = simulated(n, lambda W, fired: entree_par_evenements(W, np.flatnonzero(fired)))
    times, neurons = program_15(n).run(200, progress=False).spikes["N"]
    early = [s for s in spikes if s[0] < 100]
    assert len(early) == {100: 139, 1000: 463}[n]
    ours = list(zip(np.round(times / 0.2).astype(int).tolist(), neurons.tolist(), strict=True))
    assert ours[: len(early)] == early
    assert len(spikes) == pytest.approx({100: 611, 1000: 4958}[n], rel=0.01)


def test_loops_and_events_say_the_same():
    rng = np.random.default_rng(0)
    W, fired = rng.uniform(-1, 1, (40, 40)), rng.random(40) < 0.2
    expected = fired @ W
    assert entree_par_boucles(W, fired) == pytest.approx(expected)
    assert entree_par_evenements(W, np.flatnonzero(fired)) == pytest.approx(expected)


def test_a_history_that_is_stacked_is_written_so_often():
    written, rows = 0, np.zeros((1, 7), np.float32)
    for _ in range(1, 50):
        rows = np.vstack((rows, np.zeros((1, 7), np.float32)))
        written += rows.nbytes
    assert octets_copies(7, 50, 4) == written


def test_the_bytes_are_those_of_the_arrays():
    W = np.zeros((30, 30), np.float32)
    assert octets_lus(30, 4, 4) == (W.nbytes, W[[1, 2, 3, 4]].nbytes)
    assert toit(1000, 50, 10) == 50
    assert toit(0.5, 50, 10) == 5


def test_the_weights_drawn_are_the_library_s_and_rise_as_the_paper_says():
    net = Network(dt=0.2, seed=1)
    for name, n in (("A", 900), ("B", 500)):
        net.population(name, n, izhikevich)
    theirs = net.connect("A", "B", -12 / 900, jitter=1.0).weights
    ours = tirer_poids(-12, np.random.default_rng(2).standard_normal((900, 500)))
    for w in (ours, theirs):
        assert w.mean() * 900 / -12 - 1 == pytest.approx(float(hausse(1.0)), abs=0.004)
        assert w.std() == pytest.approx(ours.std(), rel=0.01)
        assert (w == 0).mean() == pytest.approx(0.1587, abs=0.002)


@pytest.mark.parametrize("s", [0.3, 1.0, 3.0])
def test_the_rise_is_the_integral(s):
    mean = quad(lambda x: (1 + s * x) * np.exp(-x * x / 2) / np.sqrt(2 * np.pi), -1 / s, 12)[0]
    assert float(hausse(s)) == pytest.approx(mean - 1, abs=1e-9)


def test_what_is_kept_depends_on_the_order_and_the_smallest_does_not():
    def capable(parts):
        return set("ABCD") <= set(parts) or "E" in parts

    assert garder(list("ABCDE"), capable) == ["E"]
    assert garder(list("EABCD"), capable) == list("ABCD")
    assert plus_petit(list("ABCDE"), capable) == plus_petit(list("EABCD"), capable) == ["E"]


def test_a_noise_so_corrected_does_not_depend_on_the_step():
    """The cortex of Program 17, alone: nothing comes back to it."""

    def cortex(dt, noise):
        net = Network(dt, seed=123)
        net.population("CTX", 2000, izhikevich, current=7.0, noise=noise, start={"u": -13.0}, a=0.02, b=0.2, c=-65.0,
                       d=8.0)  # fmt: skip
        return net.run(1000, progress=False).rate("CTX")

    assert cortex(0.2, Noise(21, every=0.2)) == pytest.approx(27.6, abs=0.1)
    assert cortex(0.1, Noise(21, every=0.1)) == pytest.approx(22.9, abs=0.2)
    assert cortex(0.1, Noise(ecart_type_du_pas(21, 0.2, 0.1), every=0.1)) == pytest.approx(27.6, abs=0.5)


def test_a_set_is_told_that_a_list_is_expected():
    verdict = judge(KEPT, lambda parties, capable: set(garder(parties, capable)))
    assert verdict.status == "pas encore"
    assert verdict.sentence.startswith("Votre fonction rend un objet de type `set` ; on attend une liste de ")
