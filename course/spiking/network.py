"""A network of spiking layers: pictures in, one score per class out."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import nn

from course import _check
from course.spiking import given, paths
from course.spiking.convolution import ConvLIF
from course.spiking.decoding import DECODERS, OF_SPIKES, decode
from course.spiking.encode import Constant, Latency, Rate
from course.spiking.encode import encoder as encoding
from course.spiking.events import Events
from course.spiking.layers import LIFLayer, LIReadout, Record
from course.spiking.surrogate import Surrogate


class SpikingNetwork(nn.Module):
    """Spiking layers one after the other, and a readout.

    Args:
        sizes: [784, 100, 10]: inputs, hidden layers, classes. A first part made of pictures:
            [ConvLIF((1, 28, 28), 12, pool=2), ConvLIF((12, 12, 12), 32, pool=2), 10].
        encoder: latency, rate, constant, or one that is made: Latency(100, threshold=0.1).
        decoder: max or mean (the readout never fires), count or first (the last layer fires).
        steps: length of a run [steps]. dt: of a step [ms].
        tau_syn, tau_mem: [ms]. theta: threshold. reset: soft or hard; detach: it carries no gradient.
        surrogate: its name, (name, scale), or Surrogate. recurrent: in every hidden layer. learn_tau: of every layer.
        weight_scale: of every layer, or one number per layer; the first weights have the standard deviation
            weight_scale · (1 - β) / √n_in.
        seed: of the first weights. device: cpu or cuda.
        path: auto, or the one that must run: reference, scan, fused, cuda. `net.path_taken` says which one did.

    Raises:
        ValueError: « SpikingNetwork.steps : un entier d'au moins 1, reçu 0 ».

    >>> net = SpikingNetwork([784, 100, 10])
    >>> net
    SpikingNetwork(784 → LIF 100 → lecture 10)\u00a0: codage latency, 100 pas de 1\u00a0ms, décodage max
    >>> [tuple(W.shape) for W in net.weights], net(np.zeros((2, 784))).shape
    ([(784, 100), (100, 10)], torch.Size([2, 10]))
    """

    def __init__(self, sizes: Sequence[int | ConvLIF], *, encoder: str | Latency | Rate | Constant = "latency",
                 decoder: str = "max", steps: int = 100, dt: float = 1.0, tau_syn: float = 5.0, tau_mem: float = 10.0,
                 theta: float = 1.0, reset: str = "soft", detach: bool = True,
                 surrogate: str | tuple | Surrogate = "super_spike", recurrent: bool = False, learn_tau: bool = False,
                 weight_scale: float | Sequence[float] = 7.0, seed: int = 0, device: str = "cpu",
                 path: str = "auto") -> None:
        super().__init__()
        blocks, widths = split(sizes)
        where = given.device("SpikingNetwork.device", device)
        steps = given.whole("SpikingNetwork.steps", steps)
        self.dt = _check.positive("SpikingNetwork.dt", dt, "ms")
        self.decoder = _check.one_of("SpikingNetwork.decoder", decoder, DECODERS)
        self.encoder = encoding(encoder, steps, self.dt, "SpikingNetwork.encoder")
        self.steps = self.encoder.steps
        count = len(blocks) + len(widths) - 1
        scales = scale_of_each(weight_scale, count)
        draws = torch.Generator().manual_seed(given.whole("SpikingNetwork.seed", seed, 0))
        leaks = {"tau_syn": tau_syn, "tau_mem": tau_mem, "dt": self.dt, "learn_tau": learn_tau}
        fires = {"theta": theta, "reset": reset, "detach": detach, "surrogate": surrogate}
        layers: list[nn.Module] = list(blocks)
        for block in blocks:
            block.redraw(draws)
        for n_in, n_out in zip(widths[:-1], widths[1:], strict=True):
            k = len(layers)
            common = {**leaks, "weight_scale": scales[k], "generator": draws}
            if k < count - 1:
                layers.append(LIFLayer(n_in, n_out, recurrent=recurrent, **fires, **common))
            elif decoder in OF_SPIKES:
                layers.append(LIFLayer(n_in, n_out, **fires, **common))
            else:
                layers.append(LIReadout(n_in, n_out, **common))
        self.layers = nn.ModuleList(layers)
        self.path, self.path_taken = path, None
        paths.chosen(self, path)
        self.to(where)

    @property
    def n_in(self) -> int:
        return self.layers[0].n_in

    @property
    def classes(self) -> int:
        return self.layers[-1].n_out

    @property
    def hidden(self) -> list[LIFLayer]:
        """The layers before the last one."""
        return list(self.layers[:-1])

    @property
    def weights(self) -> list[nn.Parameter]:
        """W of each layer, from the inputs on."""
        return [layer.W for layer in self.layers]

    @property
    def device(self) -> torch.device:
        return self.layers[-1].W.device

    def freeze(self, *layers: int) -> "SpikingNetwork":
        """The layers of these numbers (from 0) no longer learn; freeze() lets them all learn again."""
        for k in layers:
            if k not in range(-len(self.layers), len(self.layers)):
                raise _check.refuse("SpikingNetwork.freeze", f"des couches de 0 à {len(self.layers) - 1}", k)
        held = {k % len(self.layers) for k in layers}
        for k, layer in enumerate(self.layers):
            layer.requires_grad_(k not in held)
        return self

    def encode(self, x: object, rng: np.random.Generator | int | None = None) -> Events | torch.Tensor:
        """What enters the first layer: Events, or (time, sample, input) of a constant current.

        `x`: pictures (samples, inputs) in [0, 1], or what is encoded already.
        """
        if isinstance(x, Events):
            if x.n != self.n_in:
                raise _check.refuse("SpikingNetwork.x", f"des événements de {self.n_in} entrées", x)
            return x
        if isinstance(x, torch.Tensor) and x.ndim == 3:
            if x.shape[2] != self.n_in or not x.shape[0]:
                raise _check.refuse("SpikingNetwork.x", f"(temps, exemples, {self.n_in})", tuple(x.shape))
            return x
        return self.encoder(given.pixels("SpikingNetwork.x", x, self.n_in), rng)

    def forward(self, x: object) -> torch.Tensor:
        """Scores (samples, classes)."""
        x = self.encode(x)
        if not torch.is_grad_enabled() and isinstance(x, Events) and paths.chosen(self, self.path) == "fused":
            return paths.scores(self, x)
        return decode(self.output(x), self.decoder)

    def output(self, x: object) -> torch.Tensor:
        """(time, samples, classes): the last layer's membranes, or its spikes when it fires."""
        return self.spikes(x)[-1]

    def spikes(self, x: object) -> list[torch.Tensor]:
        """What leaves each layer, (time, samples, neurons); the last one's membranes when it never fires."""
        return paths.outputs(self, self.encode(x), self.path)

    @torch.no_grad()
    def record(self, x: object) -> list[Record]:
        """Everything that happens in each layer, for figures: i, v, s, (time, samples, neurons) each."""
        x, records = self.dense(self.encode(x)), []
        for layer in self.layers:
            done = layer.run(layer.current(x))
            x = done.v if done.s is None else layer.pooled(done.s)
            records.append(done)
        return records

    def dense(self, x: Events | torch.Tensor) -> torch.Tensor:
        """(time, samples, inputs) in the type and on the device of the weights."""
        W = self.weights[0]
        return x.dense(W.dtype, W.device) if isinstance(x, Events) else x.to(W)

    def architecture(self) -> dict[str, object]:
        """What two networks must share to exchange weights, and what a run depends on: plain values."""
        return {
            "layers": [layer.described() for layer in self.layers],
            "encoder": repr(self.encoder), "decoder": self.decoder, "steps": self.steps, "dt": self.dt,
        }

    def __repr__(self) -> str:
        chain = " → ".join([str(self.n_in), *(layer.title for layer in self.layers)])
        kind = type(self.encoder).__name__.lower()
        return (f"SpikingNetwork({chain})\u00a0: codage {kind}, {self.steps} pas de {self.dt:g}\u00a0ms, "
                f"décodage {self.decoder}")


def split(sizes: Sequence[int | ConvLIF]) -> tuple[list[ConvLIF], list[int]]:
    """The convolutions that come first, then the widths of the layers, from what the first of them receives."""
    where, rule = "SpikingNetwork.sizes", "au moins deux tailles, [entrées, …, classes]"
    if isinstance(sizes, str) or not isinstance(sizes, Sequence) or len(sizes) < 2:
        raise _check.refuse(where, rule, sizes)
    blocks = [s for s in sizes if isinstance(s, ConvLIF)]
    if any(isinstance(s, ConvLIF) for s in sizes[len(blocks):]):
        raise _check.refuse(where, "les ConvLIF d'abord, les tailles ensuite", sizes)
    for before, after in zip(blocks, blocks[1:], strict=False):
        if before.n_out != after.n_in:
            raise _check.refuse(where, f"un ConvLIF qui reçoit {before.shape}", after.given)
    widths = [given.whole(where, n) for n in sizes[len(blocks):]]
    return blocks, [blocks[-1].n_out, *widths] if blocks else widths


def scale_of_each(scale: float | Sequence[float], layers: int) -> list[float]:
    if isinstance(scale, Sequence) and not isinstance(scale, str):
        if len(scale) != layers:
            raise _check.refuse("SpikingNetwork.weight_scale", f"un nombre, ou {layers}", scale)
        return list(scale)
    return [_check.not_negative("SpikingNetwork.weight_scale", scale)] * layers

