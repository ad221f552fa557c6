"""A layer's fast path against the plain layer in float64, forward and backward, then against the fused path."""

import numpy as np
import pytest
import torch

from course.spiking import fused, scan
from course.spiking.surrogate import Surrogate
from tests.spiking.plain import alpha, beta, layer, problem, trains

A, B = alpha, beta


@pytest.fixture(autouse=True)
def one_thread():
    """Arrays so small are only waited for by a second thread of torch."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def near(ours, theirs, tolerance=1e-4):
    assert ours.shape == theirs.shape
    assert (ours.double() - theirs).abs().max() <= tolerance * theirs.abs().max()


def wide(x):
    return x.detach().double().requires_grad_()


def pulled(out, seed=1):
    """A gradient for `out`, the same for both paths."""
    return torch.randn(out.shape, generator=torch.Generator().manual_seed(seed))


def spikes_in(n=40, steps=37, samples=11, rate=0.1):
    return trains(np.random.default_rng(0), samples, steps, n, rate)


def weights(n, m, seed=0, scale=1.0):
    g = torch.Generator().manual_seed(seed)
    return (scale * (torch.randn(n, m, generator=g) + 0.3) / n**0.5).requires_grad_()


@pytest.mark.parametrize(("n", "reset", "detach"), [(70, "soft", True), (12, "hard", False)])
def test_events_through_weights_to_spikes(n, reset, detach):
    events, W = spikes_in(), weights(40, n, scale=0.7)
    W64 = wide(W)
    S, _ = layer(events.dense(torch.float64), W64, reset=reset, detach=detach)
    ours = scan.lif(events, W, alpha=A, beta=B, reset=reset, detach=detach)
    assert torch.equal(ours.double(), S.detach())
    assert 0.02 < S.mean() < 0.6
    ours.backward(pulled(ours))
    S.backward(pulled(ours).double())
    near(W.grad, W64.grad)


@pytest.mark.parametrize("many", [40, 7])
def test_spikes_through_weights_to_spikes_and_back(many):
    dense = spikes_in(many, rate=0.2).dense()
    x, W = dense.clone().requires_grad_(), weights(many, 12, scale=1.3)
    x64, W64 = wide(x), wide(W)
    S, _ = layer(x64, W64)
    ours = scan.lif(x, W, alpha=A, beta=B)
    assert torch.equal(ours.double(), S.detach())
    ours.backward(pulled(ours))
    S.backward(pulled(ours).double())
    near(W.grad, W64.grad)
    near(x.grad, x64.grad)


def test_potentials_of_a_readout():
    x, W = spikes_in(12).dense().requires_grad_(), weights(12, 10)
    x64, W64 = wide(x), wide(W)
    _, V = layer(x64, W64, theta=np.inf)
    ours = scan.li(x, W, alpha=A, beta=B)
    near(ours, V, 1e-5)
    ours.backward(pulled(ours))
    V.backward(pulled(ours).double())
    near(W.grad, W64.grad)
    near(x.grad, x64.grad)


@pytest.mark.parametrize("shape", [(3, 4, 5, 5), (2, 64), (1, 3)])
@pytest.mark.parametrize("how", ["lif", "li"])
def test_a_current_of_any_shape(shape, how):
    x = (0.15 + torch.rand(30, *shape, generator=torch.Generator().manual_seed(0)) / 5).requires_grad_()
    x64 = wide(x)
    lanes = x64.reshape(30, -1)
    eye = torch.eye(lanes.shape[1], dtype=torch.float64)
    S, V = layer(lanes[:, None], eye, theta=np.inf if how == "li" else 1.0)
    exact = (V if how == "li" else S)[:, 0].reshape(30, *shape)
    ours = getattr(scan, how)(x, alpha=A, beta=B)
    near(ours, exact, 1e-5)
    ours.backward(pulled(ours))
    exact.backward(pulled(ours).double())
    near(x.grad, x64.grad)


def test_what_is_not_zeros_and_ones_is_multiplied():
    W = weights(20, 12, scale=2.0)
    picture = torch.rand(6, 20, generator=torch.Generator().manual_seed(0)) / 5
    for x in (picture.expand(30, 6, 20), picture + torch.rand(30, 6, 20) / 20):
        W.grad, W64 = None, wide(W)
        S, _ = layer(x.double(), W64)
        ours = scan.lif(x, W, alpha=A, beta=B)
        assert torch.equal(ours.double(), S.detach())
        ours.backward(pulled(ours))
        S.backward(pulled(ours).double())
        near(W.grad, W64.grad)


@pytest.mark.parametrize("reset", ["soft", "hard"])
@pytest.mark.parametrize("given", ["events", "current"])
def test_decays_that_learn(reset, given):
    events, W = spikes_in(), weights(40, 16)
    x = events if given == "events" else events.dense() @ W.detach()
    V64 = None if given == "events" else torch.eye(16, dtype=torch.float64)
    a, b = (torch.tensor(c, dtype=torch.float64, requires_grad=True) for c in (A, B))
    a64, b64 = (torch.tensor(c, dtype=torch.float64, requires_grad=True) for c in (A, B))
    dense = events.dense(torch.float64) if given == "events" else x.double()
    S, _ = layer(dense, wide(W) if V64 is None else V64, reset=reset, alpha=a64, beta=b64)
    ours = scan.lif(x, W if given == "events" else None, alpha=a, beta=b, reset=reset)
    assert torch.equal(ours.double(), S.detach())
    ours.backward(pulled(ours))
    S.backward(pulled(ours).double())
    near(a.grad, a64.grad)
    near(b.grad, b64.grad)


def test_the_fused_path_and_this_one_agree():
    given, events, labels = problem((40, 16, 12, 5))
    W = [torch.tensor(w, requires_grad=True) for w in given]
    x = events
    for w in W[:-1]:
        x = scan.lif(x, w, alpha=A, beta=B)
    scores = scan.li(x, W[-1], alpha=A, beta=B).max(0).values
    loss = torch.nn.functional.cross_entropy(scores, torch.as_tensor(labels))
    loss.backward()
    step = fused.loss_and_gradients(given, events, labels, alphas=[A] * 3, betas=[B] * 3)
    assert loss.item() == pytest.approx(step.loss, rel=1e-6)
    for w, g in zip(W, step.gradients, strict=True):
        near(w.grad, torch.tensor(g).double())


def test_a_second_backward_finds_what_the_first_found():
    W = weights(40, 16)
    ours = scan.lif(spikes_in(), W, alpha=A, beta=B)
    first, second = (torch.autograd.grad(ours.sum(), W, retain_graph=True)[0] for _ in range(2))
    assert torch.equal(first, second)


def test_the_surrogate_is_the_one_asked_for():
    W = weights(40, 16)
    one = scan.lif(spikes_in(), W, alpha=A, beta=B, surrogate=Surrogate("super_spike", 1.0)).sum()
    two = scan.lif(spikes_in(), W, alpha=A, beta=B, surrogate=Surrogate("super_spike", 25.0)).sum()
    assert torch.autograd.grad(two, W)[0].abs().max() < 0.5 * torch.autograd.grad(one, W)[0].abs().max()


@pytest.mark.parametrize(
    ("given", "n", "reset", "detach"), [("events", 70, "soft", False), ("spikes", 12, "hard", True)]
)
def test_a_recurrent_layer(given, n, reset, detach):
    events, W, R = spikes_in(rate=0.06), weights(40, n, scale=0.7), weights(n, n, 1, -0.4)
    x = events if given == "events" else events.dense().requires_grad_()
    W64, R64, x64 = wide(W), wide(R), wide(events.dense())
    S, _ = layer(x64, W64, R64, reset=reset, detach=detach)
    ours = scan.lif(x, W, R, alpha=A, beta=B, reset=reset, detach=detach)
    assert torch.equal(ours.double(), S.detach())
    assert 0.02 < S.mean() < 0.6
    ours.backward(pulled(ours))
    S.backward(pulled(ours).double())
    near(W.grad, W64.grad)
    near(R.grad, R64.grad)
    if given == "spikes":
        near(x.grad, x64.grad)


def test_a_current_in_a_recurrent_layer_whose_decays_learn():
    x = (spikes_in().dense() @ weights(40, 12).detach()).requires_grad_()
    R, x64 = weights(12, 12, 1, 0.4), wide(x)
    R64, eye = wide(R), torch.eye(12, dtype=torch.float64)
    a, b, a64, b64 = (torch.tensor(c, dtype=torch.float64, requires_grad=True) for c in (A, B, A, B))
    S, _ = layer(x64, eye, R64, alpha=a64, beta=b64)
    ours = scan.lif(x, None, R, alpha=a, beta=b)
    assert torch.equal(ours.double(), S.detach())
    ours.backward(pulled(ours))
    S.backward(pulled(ours).double())
    for one, two in ((R, R64), (x, x64), (a, a64), (b, b64)):
        near(one.grad, two.grad)
