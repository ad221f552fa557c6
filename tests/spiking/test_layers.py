"""The reference layer: by hand over three steps, by finite differences, and beside snnTorch."""

import numpy as np
import pytest
import torch
from torch.nn.functional import cross_entropy

from course.spiking import ConvLIF, LIFLayer, LIReadout, SpikingNetwork, Surrogate, decode
from course.spiking.decoding import decisions, so_far


def three_steps(detach):
    layer = LIFLayer(1, 1, detach=detach, surrogate=("super_spike", 2.0)).double()
    with torch.no_grad():
        layer.W.fill_(1.3)
    return layer, torch.tensor([1.0, 0.0, 1.0], dtype=torch.float64).reshape(3, 1, 1)


def test_forward_by_hand():
    layer, x = three_steps(True)
    a, b, w = np.exp(-1 / 5), np.exp(-1 / 10), 1.3
    i1, v1 = w, w                                       # fires: 1.3 > 1
    i2 = a * i1
    v2 = b * v1 + i2 - 1                                # pays the threshold; 1.2406: fires again
    i3 = a * i2 + w
    v3 = b * v2 + i3 - 1
    record = layer.run(layer.current(x))
    np.testing.assert_allclose(record.i.ravel().detach(), [i1, i2, i3], rtol=1e-12)
    np.testing.assert_allclose(record.v.ravel().detach(), [v1, v2, v3], rtol=1e-12)
    assert record.s.ravel().tolist() == [1.0, float(v2 > 1), float(v3 > 1)]


@pytest.mark.parametrize("detach", [True, False])
def test_backpropagation_through_time_by_hand(detach):
    layer, x = three_steps(detach)
    c = [0.5, -1.0, 2.0]  # L = Σ c[t] s[t]
    spikes = layer(x)
    (grad,) = torch.autograd.grad((spikes.ravel() * torch.tensor(c, dtype=torch.float64)).sum(), layer.W)
    a, b = np.exp(-1 / 5), np.exp(-1 / 10)
    v = layer.run(layer.current(x)).v.detach().ravel().numpy()
    h = 1 / (1 + 2 * np.abs(v - 1)) ** 2                # ds[t]/dv[t]
    through = b - (0 if detach else 1) * h              # dv[t+1]/dv[t]: the leak, and the reset
    d3 = c[2] * h[2]
    d2 = c[1] * h[1] + d3 * through[1]
    d1 = c[0] * h[0] + d2 * through[0]
    di = [1, a, a**2 + 1]                               # di[t]/dw, for inputs 1, 0, 1
    assert grad.item() == pytest.approx(d1 * di[0] + d2 * di[1] + d3 * di[2], rel=1e-12)


class Smooth(torch.autograd.Function):
    """σ(x) forward, and backward the same formula as a spike's."""

    @staticmethod
    def forward(ctx, x, surrogate):
        ctx.save_for_backward(x)
        ctx.surrogate = surrogate
        return surrogate.function(x)

    @staticmethod
    def backward(ctx, grad):
        return grad * ctx.surrogate.derivative(*ctx.saved_tensors), None


@pytest.mark.parametrize(("name", "reset", "recurrent"), [
    ("super_spike", "soft", False), ("sigmoid", "soft", True), ("gaussian", "hard", False), ("arctan", "hard", True),
])  # fmt: skip
def test_finite_differences_on_a_smoothed_threshold(name, reset, recurrent):
    torch.manual_seed(0)
    net = SpikingNetwork([5, 4, 3], surrogate=(name, 2.0), reset=reset, recurrent=recurrent, detach=False,
                         learn_tau=True, weight_scale=20.0).double()
    layer = net.layers[0]
    chosen = layer.surrogate
    layer.surrogate = lambda x: Smooth.apply(x, chosen)
    x = (torch.rand(6, 2, 5) < 0.4).double()
    labels = torch.tensor([0, 2])
    parameters = list(net.parameters())
    assert len(parameters) == 6 + recurrent

    def loss(*values):
        return cross_entropy(torch.func.functional_call(net, dict(zip(names, values, strict=True)), (x,)), labels)

    names = [n for n, _ in net.named_parameters()]
    assert torch.autograd.gradcheck(loss, tuple(p.detach().clone().requires_grad_() for p in parameters), atol=1e-7)


def test_snntorch_has_the_same_loss_and_gradients():
    """`Synaptic` pays its reset one step after the spike, and detaches it: the order of the operations is ours."""
    snn = pytest.importorskip("snntorch")
    torch.manual_seed(1)
    net = SpikingNetwork([12, 9, 4], surrogate=("super_spike", 25.0), weight_scale=12.0)
    x, labels = (torch.rand(30, 8, 12) < 0.2).float(), torch.randint(4, (8,))
    loss = cross_entropy(net(x), labels)
    ours = torch.autograd.grad(loss, net.weights)
    a, b = np.exp(-1 / 5), np.exp(-1 / 10)
    hidden = snn.Synaptic(alpha=a, beta=b, spike_grad=snn.surrogate.fast_sigmoid(25), reset_mechanism="subtract")
    readout = snn.Synaptic(alpha=a, beta=b, reset_mechanism="none")
    W = [w.detach().clone().requires_grad_() for w in net.weights]
    (i1, v1), (i2, v2), spikes, membranes = hidden.init_synaptic(), readout.init_synaptic(), [], []
    for step in x:
        s, i1, v1 = hidden(step @ W[0], i1, v1)
        _, i2, v2 = readout(s @ W[1], i2, v2)
        spikes.append(s)
        membranes.append(v2)
    theirs = cross_entropy(torch.stack(membranes).max(0).values, labels)
    spikes = torch.stack(spikes)
    assert spikes.mean() > 0.02
    assert torch.equal(spikes, net.spikes(x)[0])
    assert loss.item() == pytest.approx(theirs.item(), rel=1e-5)
    for mine, other in zip(ours, torch.autograd.grad(theirs, W), strict=True):
        assert (mine - other).abs().max() <= 1e-4 * other.abs().max()


def test_resets():
    x = torch.full((40, 1, 1), 0.6)
    soft, hard = (LIFLayer(1, 1, reset=r) for r in ("soft", "hard"))
    for layer in (soft, hard):
        with torch.no_grad():
            layer.W.fill_(1.0)
    a, b = soft.run(soft.current(x)), hard.run(hard.current(x))
    after = b.s[:-1, 0, 0] == 1
    torch.testing.assert_close(b.v[1:, 0, 0][after], b.i[1:, 0, 0][after])  # what v was is forgotten
    paid = float(soft.beta) * a.v[:-1] + a.i[1:] - a.s[:-1]
    torch.testing.assert_close(a.v[1:], paid)


def test_a_readout_is_a_double_exponential():
    readout = LIReadout(1, 1).double()
    with torch.no_grad():
        readout.W.fill_(1.0)
    x = torch.zeros(50, 1, 1, dtype=torch.float64)
    x[0] = 1
    a, b, t = np.exp(-1 / 5), np.exp(-1 / 10), np.arange(50)
    np.testing.assert_allclose(readout(x).detach().ravel(), (b ** (t + 1) - a ** (t + 1)) / (b - a), rtol=1e-10)


def test_recurrent_spikes_arrive_one_step_later():
    layer = LIFLayer(2, 2, recurrent=True)
    with torch.no_grad():
        layer.W.copy_(torch.tensor([[2.0, 0.0], [0.0, 0.0]]))
        layer.R.copy_(torch.tensor([[0.0, 3.0], [0.0, 0.0]]))
    x = torch.zeros(3, 1, 2)
    x[0, 0, 0] = 1
    record = layer.run(layer.current(x))
    assert record.s[:2, 0].tolist() == [[1, 0], [1, 1]]
    assert record.i[1, 0, 1].item() == 3


def test_time_constants_learn():
    net = SpikingNetwork([6, 5, 3], learn_tau=True, weight_scale=20.0)
    x = (torch.rand(20, 4, 6, generator=torch.Generator().manual_seed(0)) < 0.3).float()
    cross_entropy(net(x), torch.tensor([0, 1, 2, 0])).backward()
    taus = [p for name, p in net.named_parameters() if "tau" in name]
    assert len(taus) == 4
    assert all(p.grad.abs() > 0 for p in taus)
    assert net.layers[0].alpha.item() == pytest.approx(np.exp(-1 / 5))


def test_a_convolution_is_a_dense_layer_whose_weights_are_shared():
    block = ConvLIF((1, 5, 5), 2, kernel=3, weight_scale=20.0)
    dense = LIFLayer(25, 18)
    with torch.no_grad():
        dense.W.copy_(block.current(torch.eye(25)[None])[0])
    x = (torch.rand(15, 3, 25, generator=torch.Generator().manual_seed(0)) < 0.3).float()
    assert block(x).mean() > 0.02
    assert torch.equal(block(x), dense(x))


def test_a_pool_fires_when_one_of_its_neurons_does():
    block = ConvLIF((1, 6, 6), 2, kernel=3, pool=2, weight_scale=20.0)
    x = (torch.rand(9, 2, 36, generator=torch.Generator().manual_seed(0)) < 0.3).float()
    fired = block.run(block.current(x)).s.reshape(9, 2, 2, 2, 2, 2, 2)
    assert torch.equal(block(x).reshape(9, 2, 2, 2, 2), fired.amax((4, 6)))


def test_decoders():
    v = torch.tensor([[[0.0, 1.0]], [[2.0, 1.5]], [[2.0, 0.0]]], requires_grad=True)
    (grad,) = torch.autograd.grad(decode(v, "max").sum(), v)
    assert grad[:, 0, 0].tolist() == [0, 1, 0]  # the first of two equal maxima
    s = torch.tensor([[[0.0, 0.0]], [[0.0, 1.0]], [[1.0, 0.0]], [[1.0, 0.0]]])
    assert decode(s, "count").tolist() == [[2, 1]]
    assert decode(s, "first").tolist() == [[0.5, 0.75]]
    assert decode(v, "mean")[0].tolist() == pytest.approx([4 / 3, 2.5 / 3])


def test_the_decision_is_the_step_after_which_the_answer_stands():
    v = torch.tensor([[[0.0, 1.0]], [[2.0, 1.5]], [[1.0, 1.9]], [[0.0, 0.0]]])
    assert decisions(v, "max").tolist() == [1]
    assert so_far(v, "max")[2, 0].tolist() == pytest.approx([2.0, 1.9])
    assert decisions(torch.tensor([[[1.0, 0.0]]] * 5), "mean").tolist() == [0]


def test_a_true_derivative_is_zero():
    """Without a surrogate nothing is learnt: the step is flat."""
    layer = LIFLayer(3, 2, weight_scale=20.0)
    layer.surrogate = lambda x: (x > 0).float() + 0 * x
    (grad,) = torch.autograd.grad(layer(torch.ones(5, 1, 3)).sum(), layer.W)
    assert grad.abs().max() == 0
    layer.surrogate = Surrogate()
    (grad,) = torch.autograd.grad(layer(torch.ones(5, 1, 3)).sum(), layer.W)
    assert grad.abs().max() > 0
