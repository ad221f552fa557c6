"""Stacks of convolutions in the fused kernel, against plain torch in float64: spikes first, then gradients."""

from copy import deepcopy

import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy

from course.spiking import ConvLIF, SpikingNetwork, fit, paths
from tests.spiking.plain import trains

STACKS = {  # blocks, sizes, options
    "one, then the readout": ([((1, 10, 10), 4, 3, {"stride": 2})], [5], {}),
    "pooled, then the readout": ([((1, 9, 9), 5, 3, {"pool": 2})], [5], {"decoder": "mean"}),
    "two, colours, edges, a dense layer": (
        [((2, 8, 8), 18, 3, {"stride": 2, "padding": 1}), ((18, 4, 4), 20, 3, {"padding": 1, "pool": 2})], [24, 5], {}),
    "through a hard reset": (
        [((1, 8, 8), 6, 3, {"pool": 2}), ((6, 3, 3), 7, 2, {})], [5], {"reset": "hard", "detach": False}),
}


@pytest.fixture(autouse=True)
def one_thread():
    """Arrays so small are only waited for by a second thread of torch."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def problem(kind, steps=19, samples=7):
    """(network, events, labels); every layer fires, and none all the time."""
    blocks, sizes, options = STACKS[kind]
    built = [ConvLIF(shape, channels, kernel, reset=options.get("reset", "soft"), detach=options.get("detach", True),
                     weight_scale=9.0, **more) for shape, channels, kernel, more in blocks]
    net = SpikingNetwork([*built, *sizes], steps=steps, weight_scale=9.0, seed=1, **options)
    rng = np.random.default_rng(0)
    return net, trains(rng, samples, steps, net.n_in, 0.15), rng.integers(0, 5, samples)


def near(ours, theirs):
    """Equal within 1e-4 of the greatest."""
    return ours.shape == theirs.shape and (ours.double() - theirs).abs().max() <= 1e-4 * theirs.abs().max()


@pytest.mark.parametrize("kind", STACKS)
def test_spikes_scores_and_gradients_are_those_of_plain_torch(kind):
    net, events, labels = problem(kind)
    labels = torch.from_numpy(labels)
    exact = deepcopy(net).double()
    found = paths.outputs(exact, events, "reference")
    assert all(0.01 < s.mean() < 0.6 for s in found[:-1]), "a silent or saturated layer proves nothing"
    scores = paths.decode(found[-1], net.decoder)
    loss = cross_entropy(scores, labels)
    loss.backward()

    assert paths.chosen(net, "auto") == "fused"
    ours, said = paths.loss(net, events, labels, "fused")
    ours.backward()
    fired = paths.fired(net, events, "fused")
    assert all(np.array_equal(f, s.sum((0, 1)).detach()) for f, s in zip(fired, found, strict=False))
    assert ours.item() == pytest.approx(loss.item(), rel=1e-5)
    assert near(said, scores.detach())
    with torch.no_grad():
        assert torch.equal(net(events), said)  # nothing is kept of a run that nobody learns from
    assert all(near(W.grad, W64.grad) for W, W64 in zip(net.weights, exact.weights, strict=True))


def test_a_network_of_pictures_learns_by_itself_on_that_path():
    x = np.zeros((60, 36), np.float32)
    y = np.arange(60) % 2
    x[y == 0, :6] = 1  # a line at the top, or at the bottom
    x[y == 1, 30:] = 1
    net = SpikingNetwork([ConvLIF((1, 6, 6), 4, 3), 2], steps=20)
    history = fit(net, (x, y), valid=None, epochs=15, batch_size=20, lr=0.01, progress=False)
    assert (history.path, net.path_taken) == ("fused", "fused")
    assert history.accuracy[-1] == 1
    assert history.rates[-1][0] > 0
