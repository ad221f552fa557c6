"""The formulas of TD10's exercises against course.spiking, in float64, and against torch's own gradients."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from course.exercises.judge import judge
from course.exercises.td10 import EXERCISES
from course.exercises.td10.backward import retropropagation
from course.exercises.td10.decoding import reponse
from course.exercises.td10.encoding import latence
from course.exercises.td10.flat import pente
from course.exercises.td10.gauges import derivee_echelle, exactitude
from course.exercises.td10.museum import couche_binaire
from course.exercises.td10.network import reseau
from course.exercises.td10.reset import remise_juste
from course.exercises.td10.step import pas_lif
from course.exercises.td10.surrogate import derivee_super_spike
from course.spiking import Latency, LIFLayer, LIReadout, Surrogate, decode

ROOT = Path(__file__).parents[2]


def tensor(x):
    return torch.tensor(np.asarray(x), dtype=torch.float64)


def layer(kind, rng, n_in, n_out, **settings):
    """A layer in float64, with weights strong enough to fire, or to be heard."""
    made = kind(n_in, n_out, **settings).double()
    made.W.data = tensor(rng.normal(0.05, 0.4, (n_in, n_out)))
    return made


def spikes(rng, *shape):
    return (rng.random(shape) < 0.3).astype(float)


def weights(of):
    return of.W.detach().numpy()


def test_one_step_is_the_layer_s():
    rng = np.random.default_rng(1)
    lif = layer(LIFLayer, rng, 6, 5, theta=1.3, tau_syn=4, tau_mem=9)
    x, i, v, s = spikes(rng, 6), rng.normal(size=5), rng.uniform(0, 2, 5), np.array([1.0, 0, 1, 0, 1])
    theirs = lif.step(tensor(x) @ lif.W, *map(tensor, (i, v, s)), lif.alpha, lif.beta)
    ours = pas_lif(x, weights(lif), i, v, s, float(lif.alpha), float(lif.beta), 1.3)
    assert np.allclose(ours, [part.detach().numpy() for part in theirs], atol=1e-12)


def test_at_the_threshold_neither_fires():
    lif = LIFLayer(1, 1, theta=1.3).double()
    _, _, theirs = lif.step(tensor([1.3]), *map(tensor, ([0.0], [0.0], [0.0])), lif.alpha, lif.beta)
    *_, ours = pas_lif(np.ones(1), np.full((1, 1), 1.3), *np.zeros((3, 1)), 0.5, 0.5, 1.3)
    assert ours.tolist() == theirs.tolist() == [0.0]


def test_a_network_is_a_layer_and_a_readout_for_one_picture_or_several():
    rng = np.random.default_rng(2)
    lif, readout = layer(LIFLayer, rng, 7, 5, theta=1.2), layer(LIReadout, rng, 5, 3)
    x = spikes(rng, 40, 4, 7)
    hidden = lif(tensor(x))
    assert 0.05 < hidden.mean() < 0.5
    theirs = readout(hidden).detach().numpy()
    numbers = weights(lif), weights(readout), float(lif.alpha), float(lif.beta), 1.2
    assert np.allclose(reseau(x, *numbers), theirs, atol=1e-12)
    assert np.allclose(reseau(x[:, 2], *numbers), theirs[:, 2], atol=1e-12)


def test_the_number_of_spikes_is_a_staircase():
    """Zero almost everywhere; where a step is met, the slope is as large as 1/h wants."""
    rng = np.random.default_rng(3)
    lif, x = layer(LIFLayer, rng, 3, 1), tensor(spikes(rng, 60, 1, 3))

    def count(w):
        lif.W.data[0] = w
        with torch.no_grad():
            return float(lif(x).sum())

    for h in (1e-3, 1e-4):
        slopes = np.array([pente(count, w, h) for w in np.linspace(0.1, 0.8, 80)])
        assert np.mean(slopes == 0) > 0.8
        assert np.allclose(slopes * 2 * h, np.round(slopes * 2 * h))
    assert count(0.8) > count(0.1)


def test_the_slope_of_a_smooth_step_is_torch_s():
    smooth = Surrogate("sigmoid", 3.0).function
    w = torch.tensor(0.4, dtype=torch.float64, requires_grad=True)
    (smooth(2 * w - 1) * smooth(w)).backward()
    ours = pente(lambda w: float(smooth(2 * tensor(w) - 1) * smooth(tensor(w))), 0.4, 1e-4)
    assert ours == pytest.approx(w.grad.item(), rel=1e-6)


@pytest.mark.parametrize("scale", [0.3, 1.7, 10.0])
def test_the_derivatives_are_the_library_s(scale):
    x = np.linspace(-3, 3, 41)
    assert np.allclose(derivee_super_spike(x, scale), Surrogate("super_spike", scale).derivative(tensor(x)))
    assert np.allclose(derivee_echelle(x, scale), Surrogate("triangular", scale).derivative(tensor(x)))


@pytest.mark.parametrize("seed", range(4))
def test_the_walk_back_is_torch_s(seed):
    rng = np.random.default_rng(seed)
    lif = layer(LIFLayer, rng, 6, 4, theta=1.1, tau_syn=3, tau_mem=12, surrogate=("super_spike", 5.0))
    x, g = spikes(rng, 30, 6), rng.normal(size=(30, 4))
    record = lif.run(lif.current(tensor(x[:, None])))
    assert record.s.sum() > 5
    (tensor(g[:, None]) * record.s).sum().backward()
    slopes = derivee_super_spike(record.v.detach().numpy()[:, 0] - 1.1, 5.0)
    ours = retropropagation(g, slopes, x, float(lif.alpha), float(lif.beta))
    assert np.allclose(ours, lif.W.grad, rtol=1e-10, atol=1e-10)


def test_a_reset_that_carries_the_gradient_gives_another_one():
    """The exercise detaches it: this is a choice, and it is seen."""
    rng = np.random.default_rng(5)
    x, g = spikes(rng, 30, 1, 6), rng.normal(size=(30, 1, 4))
    found = []
    for detach in (True, False):
        lif = layer(LIFLayer, np.random.default_rng(6), 6, 4, detach=detach)
        (tensor(g) * lif(tensor(x))).sum().backward()
        found.append(lif.W.grad)
    assert (found[0] - found[1]).abs().max() > 0.01


def test_instants_are_the_encoder_s_and_fall_in_its_steps():
    x = np.random.default_rng(7).uniform(0, 1, (3, 50))
    x[0, :3] = 0, 0.25, 1
    encoder = Latency(steps=80, tau=15, threshold=0.25)
    ours = np.stack([latence(row, 15, 0.25) for row in x])
    assert np.allclose(ours, encoder.times(x))
    sample, step, pixel = (np.asarray(part) for part in encoder(x).where())
    assert len(step) == np.sum(ours < 80) > 50
    assert np.array_equal(step, np.floor(ours[sample, pixel]))


def test_the_answer_is_the_decoder_s():
    v = np.random.default_rng(8).normal(size=(30, 200, 10))
    assert np.array_equal(reponse(v), decode(tensor(v), "max").argmax(-1))


def test_a_binary_layer_is_the_library_s_when_the_synapse_forgets_at_once():
    rng = np.random.default_rng(9)
    lif = LIFLayer(1, 4, theta=0.9, tau_syn=1e-3, surrogate=("sigmoid", 4.0)).double()
    current = rng.normal(0.3, 0.4, (40, 4))
    with torch.no_grad():
        record = lif.run(tensor(current[:, None]))
    s, slopes = couche_binaire(current, float(lif.beta), 0.9, 4.0)
    assert np.array_equal(s, record.s[:, 0])
    assert 0.05 < s.mean() < 0.5
    assert np.allclose(slopes, lif.surrogate.derivative(record.v[:, 0] - 0.9))


@pytest.mark.parametrize(("reset", "right"), [("soft", True), ("hard", False)])
def test_the_test_of_the_reset_knows_the_library_s(reset, right):
    lif = LIFLayer(1, 1, reset=reset).double()

    def rule(v, i, s, beta, theta):
        lif.theta = theta
        return float(lif.step(tensor(i), *map(tensor, (0.0, v, s)), 0.0, beta)[1])

    assert remise_juste(rule) is right


def test_the_accuracy_of_an_epoch_is_that_of_its_pictures():
    rng = np.random.default_rng(10)
    right = rng.random((4, 107)) < 0.7
    cuts = np.arange(20, 107, 20)
    batches = np.array([[part.sum() for part in np.split(row, cuts)] for row in right])
    sizes = np.diff(np.concatenate([[0], cuts, [107]]))
    assert np.allclose(exactitude(batches, sizes), right.mean(axis=1))


@pytest.mark.parametrize("known", EXERCISES, ids=lambda known: known.id)
def test_the_solution_shown_runs_in_a_notebook_that_has_numpy(known):
    names = {"np": np}
    exec(known.solution, names)
    assert judge(known, names[known.reference.__name__]).passed


@pytest.mark.parametrize("known", EXERCISES, ids=lambda known: known.id)
def test_there_are_three_hints_and_none_is_the_answer(known):
    lines = {line.strip() for line in known.solution.splitlines()[1:] if len(line.strip()) > 12}
    assert len(known.hints) == 3
    assert not [line for line in lines for hint in known.hints if line in hint]


def test_checking_does_not_load_torch():
    code = (
        "import sys\nfrom course.exercises.judge import judge\nfrom course.exercises.td10 import EXERCISES\n"
        "assert all(judge(one, one.reference).passed for one in EXERCISES)\nprint('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
