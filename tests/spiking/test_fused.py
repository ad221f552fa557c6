"""The fused path against the plain network in float64: its scores and spikes first, then its gradients."""

import numpy as np
import pytest
import torch

from course.spiking import fused
from course.spiking.events import Events, gather
from course.spiking.formula import on_lanes
from course.spiking.load import kernel
from course.spiking.surrogate import FAMILIES, Surrogate
from tests.spiking.plain import alpha, beta, network, problem

SIZES = (40, 100, 30, 5)  # tiles of one to four sixteens
SMALL = (40, 16, 12, 5)  # of one: less to compile
KINDS = {  # surrogate, reset, detached: each its kernel
    "plain": (SIZES, "super_spike", "soft", True),
    "through the reset": (SMALL, "triangular", "soft", False),
    "hard": (SMALL, "gaussian", "hard", True),
    "through the hard reset": (SMALL, "sigmoid", "hard", False),
}


@pytest.fixture(autouse=True)
def one_thread():
    """Arrays so small are only waited for by a second thread of torch."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def near(ours, theirs):
    """Equal within 1e-4 of the greatest."""
    return np.abs(ours - theirs).max() <= 1e-4 * np.abs(theirs).max()


def decays(weights):
    return {"alphas": [alpha] * len(weights), "betas": [beta] * len(weights)}


def same(given, threads=2, **options):
    """The fused step of a problem, once it is found to be that of the plain network."""
    weights, events, labels = given
    loss, gradients, scores, spikes, _ = network(weights, events, labels, **options)
    step = fused.loss_and_gradients(weights, events, labels, threads=threads, **decays(weights), **options)
    assert step.spikes == [s.sum() for s in spikes]
    assert all(np.array_equal(f, s.sum((0, 1))) for f, s in zip(step.fired, spikes, strict=True))
    assert all(0.02 < s.mean() < 0.6 for s in spikes), "a silent or saturated layer proves nothing"
    assert near(step.scores, scores)
    assert step.loss == pytest.approx(loss, rel=1e-5)
    assert all(near(g, h) for g, h in zip(step.gradients, gradients, strict=True))
    return step


@pytest.mark.parametrize("kind", KINDS)
def test_scores_and_gradients_through_three_layers(kind):
    sizes, surrogate, reset, detach = KINDS[kind]
    same(problem(sizes), surrogate=surrogate, reset=reset, detach=detach)


def test_every_formula_on_lanes():
    one = "@inline\ndef s{0}(x, k):\n    return {1}\n\n"
    text = "".join(one.format(k, on_lanes(f.derivative)) for k, f in enumerate(FAMILIES.values()))
    text += "@kernel\ndef run(X, K, Y):\n    for j in range(0, X.shape[0], 64):\n"
    for k in range(len(FAMILIES)):
        value = f"s{k}(load4(start(X), j), every4(K[{k}]))"
        text += f"        store(start(Y), {k}*X.shape[0] + j, {value})\n"
    arguments = {"X": (np.float32, 1), "K": (float, 1), "Y": (np.float32, 2)}
    x = np.linspace(-6, 6, 960, dtype=np.float32)
    y = np.empty((len(FAMILIES), 960), np.float32)
    scales = np.array([f.default for f in FAMILIES.values()])
    kernel("formulas", "sept formules", text, arguments)(x, scales, y)
    for name, ours in zip(FAMILIES, y, strict=True):
        exact = Surrogate(name).derivative(torch.tensor(x, dtype=torch.float64)).numpy()
        np.testing.assert_allclose(ours, exact, rtol=2e-6, atol=1e-7 * exact.max(), err_msg=name)


def test_the_scale_the_threshold_and_the_mean_are_read():
    given = problem(SIZES)
    narrow = same(given, surrogate=Surrogate("super_spike", 25.0))
    wide = same(given, surrogate=Surrogate("super_spike", 1.0))
    assert np.abs(narrow.gradients[0]).max() < 0.5 * np.abs(wide.gradients[0]).max()
    same(given, theta=0.7)
    same(given, decode="mean")


@pytest.mark.parametrize("threads", [1, 3, 40])
def test_threads_change_nothing_but_the_last_digits(threads):
    same(problem(SIZES, samples=7), threads=threads)


def test_the_same_threads_give_the_same_bits():
    weights, events, labels = problem(SIZES)
    one, two = (fused.loss_and_gradients(weights, events, labels, threads=2, **decays(weights)) for _ in range(2))
    assert one.loss == two.loss
    assert all(np.array_equal(a, b) for a, b in zip(one.gradients, two.gradients, strict=True))


def test_a_batch_is_rows_of_the_events():
    weights, events, labels = problem(SIZES)
    rows = np.array([5, 0, 9])
    part = fused.forward(weights, events[rows], **decays(weights))
    whole = fused.forward(weights, events, **decays(weights))
    assert np.array_equal(part.scores, whole.scores[rows])
    same((weights, events[rows], labels[rows]))


def test_an_input_that_fires_twice_in_a_step_counts_twice():
    weights, events, labels = problem(SIZES)
    sample, step, neuron = (np.concatenate([a, a[::3]]) for a in events.where())
    same((weights, gather(sample, step, neuron, events.samples, events.steps, events.n), labels), threads=1)


def test_weights_that_are_not_numbers_are_seen_in_the_gradients():
    weights, events, labels = problem(SIZES)
    for layer in range(3):
        spoilt = [w.copy() for w in weights]
        spoilt[layer][:] = np.nan
        step = fused.loss_and_gradients(spoilt, events, labels, **decays(weights))
        assert not all(np.isfinite(g).all() for g in step.gradients)
    assert np.isnan(step.loss)


def test_refusals():
    weights, events, labels = problem(SIZES)

    def run(match, events=events, labels=labels, **options):
        with pytest.raises(ValueError, match=match):
            fused.loss_and_gradients(weights, events, labels, **decays(weights), **options)

    run("labels.: 12 entiers de 0 à 4, reçu", labels=labels + 3)
    run("labels.: 12 entiers", labels=labels[:5])
    run("reset.: un de soft, hard", reset="dur")
    run("decode.: un de max, mean", decode="first")
    run("theta.: un nombre strictement positif", theta=0)
    run("events.: des événements de 40 entrées", events=Events(events.ptr, events.index, 41))
    run("events.: des débuts croissants", events=Events(events.ptr, events.index + 1, 40))
    run("events.: des débuts croissants", events=Events(events.ptr + 1, events.index, 40))
    run("events.: au moins un exemple et un pas", events=Events(events.ptr[:, :1], events.index, 40))
