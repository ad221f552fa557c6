"""A spiking network written as it is thought, in float64: what the fast paths are held against.

The gradient is torch's; only the spike has a derivative of its own, the surrogate's formula.
"""

import numpy as np
import torch

from course.spiking.events import Events, gather
from course.spiking.surrogate import Surrogate

alpha, beta = np.exp(-1 / 5), np.exp(-1 / 10)


class _Spike(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, surrogate):  # noqa: ANN001, ANN205
        ctx.save_for_backward(x)
        ctx.surrogate = surrogate
        return (x > 0).double()

    @staticmethod
    def backward(ctx, grad):  # noqa: ANN001, ANN205
        return grad * ctx.surrogate.derivative(ctx.saved_tensors[0]), None


def layer(x, W, R=None, *, theta=1.0, reset="soft", detach=True, surrogate="super_spike", alpha=alpha, beta=beta):
    """(spikes, potentials) (time, batch, neurons) of one layer; theta = inf: it does not spike."""
    surrogate = surrogate if isinstance(surrogate, Surrogate) else Surrogate(surrogate)
    i = v = s = torch.zeros(x.shape[1], W.shape[1], dtype=torch.float64)
    S, V = [], []
    for t in range(len(x)):
        i = alpha * i + x[t] @ W + (0 if R is None else s @ R)
        back = s.detach() if detach else s
        if theta == np.inf:
            v = beta * v + i
        elif reset == "soft":
            v = beta * v + i - theta * back
        else:
            v = beta * v * (1 - back) + i
        s = _Spike.apply(v - theta, surrogate)
        S.append(s)
        V.append(v)
    return torch.stack(S), torch.stack(V)


def network(weights, events, labels, *, decode="max", **options):
    """(loss, gradients, scores, spikes of each hidden layer) of a batch."""
    weights = [torch.tensor(W, dtype=torch.float64, requires_grad=True) for W in weights]
    x, spikes, potentials = events.dense(dtype=torch.float64), [], []
    for W in weights[:-1]:
        x, v = layer(x, W, **options)
        spikes.append(x.detach().numpy())
        potentials.append(v.detach().numpy())
    _, v = layer(x, weights[-1], theta=np.inf)
    scores = v.max(0).values if decode == "max" else v.mean(0)
    loss = torch.nn.functional.cross_entropy(scores, torch.as_tensor(labels))
    loss.backward()
    return loss.item(), [W.grad.numpy() for W in weights], scores.detach().numpy(), spikes, potentials


def problem(sizes, steps=40, samples=12, rate=0.06, scale=1.0, seed=0):
    """Weights, events and labels of a network in which every layer fires, and none all the time."""
    rng = np.random.default_rng(seed)
    scales = [scale, *[0.4 * scale] * (len(sizes) - 2)]
    weights = [
        rng.normal(0.5 * k / n, k / np.sqrt(n), (n, m)).astype(np.float32)
        for k, n, m in zip(scales, sizes, sizes[1:], strict=False)
    ]
    events = trains(rng, samples, steps, sizes[0], rate)
    return weights, events, rng.integers(0, sizes[-1], samples)


def trains(rng, samples, steps, n, rate) -> Events:
    return gather(*np.nonzero(rng.random((samples, steps, n)) < rate), samples, steps, n)
