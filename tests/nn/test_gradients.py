"""Every module and every loss: against finite differences, and against torch, on random shapes."""

import copy

import numpy as np
import pytest
import torch
from hypothesis import given, settings

from course import nn
from tests.nn.shapes import away_from_ties, flat, imaged, seeds, sides
from tests.nn.twins import gradients, twin

few = settings(deadline=None, max_examples=60, derandomize=True)


@few
@given(flat())
def test_flat_modules_against_finite_differences(drawn):
    x, module = drawn
    assert nn.gradient_check(module, x) < 1e-6


@settings(few, max_examples=30)
@given(imaged())
def test_image_modules_against_finite_differences(drawn):
    x, module = drawn
    assert nn.gradient_check(module, x, most=40) < 1e-6


def compare(x, module):
    t = torch.tensor(x, requires_grad=True)
    other = twin(module)
    y, z = module(x), other(t)
    assert y.shape == z.shape
    assert np.abs(y - z.detach().numpy()).max() < 1e-10
    g = np.random.default_rng(0).normal(size=y.shape)
    z.backward(torch.tensor(g))
    assert np.abs(module.backward(g) - t.grad.numpy()).max() < 1e-10
    theirs = gradients(other)
    ours = [p.grad for p in module.parameters()]
    assert len(ours) == len(theirs)
    for a, b in zip(ours, theirs, strict=True):
        assert a.shape == b.shape
        assert np.abs(a - b).max() < 1e-10


@settings(few, max_examples=150)
@given(flat())
def test_flat_modules_against_torch(drawn):
    x, module = drawn
    (compare_tied if isinstance(module, nn.TiedLinear) else compare)(x, module)


def compare_tied(x, module):
    """W is (out, in) for torch already: no transpose."""
    t, g = torch.tensor(x, requires_grad=True), np.random.default_rng(0).normal(size=(len(x), len(module.W.value)))
    W, b = (torch.tensor(p.value, requires_grad=True) for p in module.parameters())
    torch.nn.functional.linear(t, W, b).backward(torch.tensor(g))
    module(x)
    assert np.abs(module.backward(g) - t.grad.numpy()).max() < 1e-10
    assert np.abs(module.W.grad - W.grad.numpy()).max() < 1e-10
    assert np.abs(module.b.grad - b.grad.numpy()).max() < 1e-10


@settings(few, max_examples=150)
@given(imaged())
def test_image_modules_against_torch(drawn):
    compare(*drawn)


@settings(few, max_examples=20)
@given(seeds, sides, sides)
def test_losses(seed, n, k):
    rng = np.random.default_rng(seed)
    z, t = rng.normal(size=(n, k)) * 3, rng.uniform(size=(n, k))
    y = rng.integers(0, k, n)
    F = torch.nn.functional
    for loss, theirs, target in (
        (nn.MSELoss(), F.mse_loss, t), (nn.CrossEntropyLoss(), F.cross_entropy, y),
        (nn.BinaryCrossEntropy(), F.binary_cross_entropy_with_logits, t),
    ):
        w = torch.tensor(z, requires_grad=True)
        value = theirs(w, torch.tensor(target))
        value.backward()
        assert abs(loss(z, target) - value.item()) < 1e-10
        assert np.abs(loss.backward() - w.grad.numpy()).max() < 1e-10
        assert nn.gradient_check(loss, z, target) < 1e-6


@pytest.mark.parametrize("module", [nn.Sigmoid(), nn.Softmax(), nn.LogSoftmax(), nn.Tanh()])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_finite_for_huge_logits(module, dtype):
    z = np.array([[1e4, -1e4, 0], [-1e4, -1e4, -1e4], [1e4, 1e4, 1e4]], dtype)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        y = module(z)
        assert np.isfinite(y).all()
        assert np.isfinite(module.backward(np.ones_like(z))).all()
    assert y.dtype == dtype


def test_losses_are_finite_for_huge_logits():
    z = np.array([[1e4, -1e4], [-1e4, 1e4]], np.float32)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        for loss, t in (
            (nn.CrossEntropyLoss(), np.array([1, 1])), (nn.BinaryCrossEntropy(), np.array([[0, 1], [0, 1]], "f4")),
        ):
            # two numbers of four, or one row of two, are wrong by 1e4 or by 2e4
            assert loss(z, t) == 1e4 / (2 if isinstance(loss, nn.BinaryCrossEntropy) else 1)
            assert np.isfinite(loss.backward()).all()


def test_a_network_of_everything():
    rng = np.random.default_rng(3)
    net = nn.Sequential(
        nn.Conv2d(2, 3, 3, padding=1, rng=rng), nn.Tanh(), nn.MaxPool2d(2), nn.Upsample(2), nn.Dropout(0.3, rng=rng),
        nn.Flatten(), nn.Linear(48, 5, rng=rng), nn.LeakyReLU(), nn.Linear(5, 3, rng=rng), nn.LogSoftmax(),
    )
    assert nn.gradient_check(net, away_from_ties(rng, (2, 2, 4, 4)) * 3) < 1e-6


def test_the_check_sees_what_is_wrong():
    class Twice(nn.Sigmoid):
        def slope(self, grad):
            return super().slope(grad) * self.y

    assert nn.gradient_check(Twice(), np.random.default_rng(0).normal(size=(4, 3))) > 0.1


def test_the_check_leaves_the_module_as_it_was():
    rng = np.random.default_rng(0)
    net = nn.Sequential(nn.Dropout(0.5, rng=1), nn.Linear(4, 3, rng=rng))
    before, x = copy.deepcopy(net), rng.normal(size=(5, 4))
    assert nn.gradient_check(net, x) < 1e-6
    assert net[1].W.value.dtype == np.float32
    assert (net(x) == before(x)).all()
    assert not net[1].W.grad.any()


def test_a_tied_weight_receives_both_gradients():
    rng = np.random.default_rng(0)
    there = nn.Linear(6, 3, rng=rng, dtype=np.float64)
    net = nn.Sequential(there, nn.Tanh(), nn.Linear.tied(there))
    assert len(net.parameters()) == 3
    x = rng.normal(size=(5, 6))
    assert nn.gradient_check(net, x) < 1e-6
    W = torch.tensor(there.W.value, requires_grad=True)
    (torch.tanh(torch.tensor(x) @ W) @ W.T).sum().backward()
    net(x)
    net.backward(np.ones((5, 6)))
    assert np.abs(there.W.grad - W.grad.numpy()).max() < 1e-10
    nn.SGD(net.parameters(), 0.1).step()
    assert net[2].W.value is net[0].W.value
    copied = copy.deepcopy(net)
    assert copied[2].W is copied[0].W


def test_a_gradient_is_added_to():
    layer, x = nn.Linear(3, 2, rng=0), np.ones((4, 3), np.float32)
    layer(x)
    layer.backward(np.ones((4, 2), np.float32))
    once = layer.W.grad.copy()
    layer.backward(np.ones((4, 2), np.float32))
    assert np.allclose(layer.W.grad, 2 * once)
    layer.zero_grad()
    assert not layer.W.grad.any()


def test_the_first_of_equal_pixels_wins():
    pool = nn.MaxPool2d(2)
    pool(np.zeros((1, 1, 2, 2)))
    assert (pool.backward(np.ones((1, 1, 1, 1))) == [[[[1, 0], [0, 0]]]]).all()
