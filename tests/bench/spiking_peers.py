"""snnTorch, SpikingJelly and Norse on the network of `spiking`, each in its documented way: a loop over time."""

import math
from collections.abc import Callable

import numpy as np

ALPHA, BETA = math.exp(-1 / 5), math.exp(-1 / 10)


def weights(H: int) -> list[np.ndarray]:
    rng = np.random.default_rng(0)
    sizes = ((784, H), (H, 10))
    return [rng.normal(0, 7 * (1 - BETA) / n**0.5, (n, m)).astype(np.float32) for n, m in sizes]


def learn(torch, scores, labels, adam) -> float:  # noqa: ANN001
    loss = torch.nn.functional.cross_entropy(scores, labels)
    adam.zero_grad()
    loss.backward()
    adam.step()
    return loss.item()


def others(H: int) -> dict[str, Callable]:
    """The peers that are here, on dense spikes."""
    import torch

    def stack() -> tuple:
        layers = [torch.nn.Linear(n, m, bias=False) for n, m in ((784, H), (H, 10))]
        with torch.no_grad():
            for layer, w in zip(layers, weights(H), strict=True):
                layer.weight.copy_(torch.from_numpy(w.T))
        return layers, torch.optim.Adam([layer.weight for layer in layers], 1e-3)

    def loop(run: Callable, layers: list, adam: object) -> Callable:
        def step(events, dense, labels):  # noqa: ANN001, ANN202
            return learn(torch, torch.stack(run(*layers, dense)).max(0).values, labels, adam)

        return step

    makers = {"snntorch": _snntorch, "spikingjelly": _spikingjelly, "norse": _norse}
    found = {}
    for name, make in makers.items():
        try:
            found[name] = loop(make(torch), *stack())
        except ImportError as absent:
            print(f"no {name}: {absent}")
    return found


def _snntorch(torch) -> Callable:  # noqa: ANN001
    import snntorch as snn

    slope = snn.surrogate.fast_sigmoid(slope=10)
    hidden = snn.Synaptic(alpha=ALPHA, beta=BETA, spike_grad=slope, reset_mechanism="subtract")
    last = snn.Synaptic(alpha=ALPHA, beta=BETA, reset_mechanism="none")

    def run(one, two, dense):  # noqa: ANN001, ANN202
        i, v = hidden.init_synaptic()
        j, u = last.init_synaptic()
        out = []
        for x in dense:
            s, i, v = hidden(one(x), i, v)
            _, j, u = last(two(s), j, u)
            out.append(u)
        return out

    return run


def _spikingjelly(torch) -> Callable:  # noqa: ANN001
    from spikingjelly.activation_based import neuron, surrogate

    node = neuron.LIFNode(tau=10.0, decay_input=False, v_reset=None, detach_reset=True,
                          surrogate_function=surrogate.ATan())  # fmt: skip

    def run(one, two, dense):  # noqa: ANN001, ANN202
        node.reset()
        i = j = u = 0
        out = []
        for x in dense:  # it has no synaptic current: ours is written here
            i = ALPHA * i + one(x)
            j = ALPHA * j + two(node(i))
            u = BETA * u + j
            out.append(u)
        return out

    return run


def _norse(torch) -> Callable:  # noqa: ANN001
    import norse.torch as norse

    hidden, last = norse.LIFCell(), norse.LICell()

    def run(one, two, dense):  # noqa: ANN001, ANN202
        a = b = None
        out = []
        for x in dense:
            s, a = hidden(one(x), a)
            u, b = last(two(s), b)
            out.append(u)
        return out

    return run
