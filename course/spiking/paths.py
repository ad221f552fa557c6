"""The ways of computing one and the same thing, and the fastest that a network allows.

    reference   plain torch, any device
    scan        for each layer, one compiled loop over time, event after event, and its gradient
    fused       one compiled call for the whole stack, sample after sample: forward, loss and backward
    cuda        the loop over time of `scan`, as Triton kernels of a graphics card
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

import torch
from torch.nn.functional import cross_entropy

from course import _check
from course.spiking.convolution import ConvLIF
from course.spiking.decoding import OF_MEMBRANES, decode
from course.spiking.encode import Constant
from course.spiking.events import Events
from course.spiking.layers import LIFLayer, LIReadout

PATHS = ("auto", "reference", "scan", "fused", "cuda")


def refusal(net, path: str, costs: bool = False) -> str | None:
    """Why `path` cannot make `net` learn, in French; None: it can."""
    ways = {"reference": [], "scan": unscanned(net), "fused": unfused(net, costs), "cuda": uncarded(net)}
    return next((reason for holds, reason in ways[path] if holds), None)


def unscanned(net):
    """(whether it holds, what the compiled loop does not do)."""
    yield net.device.type != "cpu", "un réseau sur processeur"
    yield any(W.dtype != torch.float32 for W in net.weights), "des poids float32"


def unfused(net, costs: bool):
    """(whether it holds, what the fused kernel does not do)."""
    hidden, last = net.hidden, net.layers[-1]
    yield from unscanned(net)
    yield any(type(layer) not in (LIFLayer, ConvLIF) for layer in hidden), "des couches LIFLayer ou ConvLIF"
    yield not hidden, "au moins une couche cachée"
    yield any(layer.R is not None for layer in hidden), "un réseau sans récurrence"
    yield type(last) is not LIReadout or net.decoder not in OF_MEMBRANES, "un décodage max ou mean"
    yield any(layer.learns_tau for layer in net.layers), "des constantes de temps fixes"
    yield len({(h.theta, h.reset, h.detach, h.surrogate) for h in hidden}) > 1, "des couches cachées semblables"
    yield isinstance(net.encoder, Constant), "une entrée par impulsions"
    yield costs, "un apprentissage sans coût de décharge"


def uncarded(net):
    """(whether it holds, what the kernels of a graphics card do not do)."""
    yield net.device.type != "cuda", "un réseau sur carte CUDA"
    yield find_spec("triton") is None, "la bibliothèque triton"
    yield any(W.dtype != torch.float32 for W in net.weights), "des poids float32"
    yield any(getattr(layer, "R", None) is not None for layer in net.layers), "un réseau sans récurrence"
    yield any(layer.learns_tau for layer in net.layers), "des constantes de temps fixes"


def chosen(net, wanted: str, costs: bool = False) -> str:
    """The path that learns: the fastest that `net` allows, or the one that is asked for.

    Raises:
        ValueError: « SpikingNetwork.path : fused demande un réseau sans récurrence, reçu SpikingNetwork(…) ».
    """
    _check.one_of("SpikingNetwork.path", wanted, PATHS)
    if wanted == "auto":
        return next(path for path in reversed(PATHS[1:]) if refusal(net, path, costs) is None)
    reason = refusal(net, wanted, costs)
    if reason:
        raise _check.refuse("SpikingNetwork.path", f"{wanted} demande {reason}", net)
    return wanted


def outputs(net, x, path: str = "auto") -> list[torch.Tensor]:
    """What leaves each layer, (time, samples, neurons); the readout's membranes.

    The fused kernel keeps nothing of it: `scan` takes its place.
    """
    able = [way for way in ("scan", "cuda") if path != "reference" and refusal(net, way) is None]
    run = {"scan": scanned, "cuda": carded}[able[0]] if able else lambda layer, x: layer(x)
    found, x = [], x if able == ["scan"] else net.dense(x)
    for layer in net.layers:
        x = run(layer, x)
        found.append(x)
    return found


def scanned(layer, x) -> torch.Tensor:
    """What leaves one layer, by its compiled loop."""
    from course.spiking import scan

    decays = {"alpha": layer.alpha, "beta": layer.beta}
    if isinstance(layer, LIReadout):
        return scan.li(x, layer.W, **decays)
    if isinstance(layer, ConvLIF):
        x = x.dense() if isinstance(x, Events) else x
        return layer.pooled(scan.lif(layer.current(x), **decays, **fires(layer)))
    return scan.lif(x, layer.W, layer.R, **decays, **fires(layer))


def carded(layer, x: torch.Tensor) -> torch.Tensor:
    """What leaves one layer, by a graphics card's kernels."""
    from course.spiking import cuda

    decays = {"alpha": float(layer.alpha), "beta": float(layer.beta)}
    if isinstance(layer, LIReadout):
        return cuda.li(layer.current(x), **decays)
    return layer.pooled(cuda.lif(layer.current(x), **decays, **fires(layer)))


def fires(layer: LIFLayer) -> dict[str, object]:
    """How a layer's neurons fire, as the kernels ask."""
    return {"theta": layer.theta, "reset": layer.reset, "detach": layer.detach, "surrogate": layer.surrogate}


@contextmanager
def quiet(path: str) -> Iterator[None]:
    """One thread of torch's beside a compiled kernel: its matrices are small, and its threads would wait by turning."""
    before = torch.get_num_threads()
    torch.set_num_threads(1 if path == "fused" else before)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def loss(net, x, labels: torch.Tensor, path: str, costs=None) -> tuple[torch.Tensor, torch.Tensor]:
    """The loss of a batch, which has a gradient, and its scores, which have none."""
    if path == "fused" and not isinstance(x, torch.Tensor):
        return WholeStack.apply(net, x, labels, *net.weights)
    found = outputs(net, x, path)
    scores = decode(found[-1], net.decoder)
    total = cross_entropy(scores, labels)
    if costs is not None and any(costs) and len(found) > 1:
        total = total + costs(found[:-1])
    return total, scores.detach()


class WholeStack(torch.autograd.Function):
    """The fused kernel as one operation of torch: it gives the loss and, at the same time, its gradients."""

    @staticmethod
    def forward(ctx, net, x, labels, *weights):
        from course.spiking import fused

        run = fused.loss_and_gradients if any(ctx.needs_input_grad) else fused.forward
        arrays = [W.detach().numpy() for W in weights]
        step = run(arrays, x, labels.numpy(), **how(net))
        ctx.gradients = step.gradients
        scores = torch.from_numpy(step.scores)
        ctx.mark_non_differentiable(scores)
        return torch.tensor(step.loss, dtype=torch.float32), scores

    @staticmethod
    def backward(ctx, grad, _):
        return None, None, None, *(torch.from_numpy(G) * grad for G in ctx.gradients)


def through(net, x: Events):
    """The fused kernel's way up, without gradient; it keeps the potentials of one sample at a time."""
    from course.spiking import fused

    return fused.forward([W.detach().numpy() for W in net.weights], x, **how(net))


def scores(net, x: Events) -> torch.Tensor:
    """(samples, classes), by the fused kernel."""
    return torch.from_numpy(through(net, x).scores)


@torch.no_grad()
def fired(net, x, path: str) -> list:
    """How many spikes of a batch leave each neuron of the hidden layers, as `path` finds them."""
    if path == "fused" and isinstance(x, Events):
        return through(net, x).fired
    return [spikes.sum((0, 1)).cpu().numpy() for spikes in outputs(net, x, path)[:-1]]


def how(net) -> dict[str, object]:
    """What the fused kernel must know of a network, beside its weights."""
    decays = {"alphas": [float(layer.alpha) for layer in net.layers], "betas": [float(b.beta) for b in net.layers]}
    blocks = [layer for layer in net.layers if isinstance(layer, ConvLIF)]
    patches = tuple(block.patches(first=k == 0) for k, block in enumerate(blocks))
    return {**decays, **fires(net.layers[0]), "decode": net.decoder, "patches": patches}
