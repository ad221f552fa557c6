"""Pictures of spikes: a convolution injects the current, leaky neurons fire, a pool keeps the place."""

import math

import torch
from torch import nn
from torch.nn.functional import conv2d, max_pool2d

from course import _check
from course.spiking.given import whole
from course.spiking.layers import LIFLayer
from course.spiking.patches import Patches


class ConvLIF(LIFLayer):
    """Conv2d, leaky integrate-and-fire neurons, and a maximum over pool × pool neurons (one of them fired).

    Args:
        shape: (channels, height, width) of what arrives. channels: of what leaves. kernel, stride, padding: as in
            torch's conv2d. pool: 1 for none. The other arguments are those of `LIFLayer`.

    W is (channels_out, channels_in, kernel, kernel). Between layers everything is flat: (time, sample, c·h·w).

    >>> block = ConvLIF((1, 28, 28), 8, kernel=5, pool=2)
    >>> block.n_in, block.shape, block.n_out
    (784, (8, 12, 12), 1152)
    """

    def __init__(self, shape: tuple[int, int, int], channels: int, kernel: int = 5, *, stride: int = 1,
                 padding: int = 0, pool: int = 1, **neuron: object) -> None:
        if len(tuple(shape)) != 3:
            raise _check.refuse("ConvLIF.shape", "(canaux, hauteur, largeur)", shape)
        self.given = tuple(whole("ConvLIF.shape", n) for n in shape)
        sizes = {"channels": channels, "kernel": kernel, "stride": stride, "pool": pool}
        for name, n in sizes.items():
            whole(f"ConvLIF.{name}", n)
        whole("ConvLIF.padding", padding, 0)
        out = [(n + 2 * padding - kernel) // stride + 1 for n in self.given[1:]]
        if min(out) < pool:
            raise _check.refuse("ConvLIF.shape", "une image au moins aussi grande que le noyau et le pool", shape)
        if neuron.get("recurrent"):
            raise _check.refuse("ConvLIF.recurrent", "False\u00a0: une convolution n'a pas de récurrence", True)
        fan = self.given[0] * kernel * kernel
        generator, scale = neuron.pop("generator", None), neuron.pop("weight_scale", 7.0)
        super().__init__(1, 1, weight_scale=scale, **neuron)
        self.kernel, self.stride, self.padding, self.pool = kernel, stride, padding, pool
        self.fired = (channels, *out)
        self.shape = (channels, *(n // pool for n in out))
        self.n_in, self.n_out = math.prod(self.given), math.prod(self.shape)
        self.fan_in, self.scale = fan, scale
        self.W = nn.Parameter(torch.empty(channels, self.given[0], kernel, kernel))
        self.redraw(generator)

    @torch.no_grad()
    def redraw(self, generator: torch.Generator | None) -> None:
        """New weights: a network draws those of all its layers from one seed."""
        weights = self.drawn(self.scale, (self.fan_in, len(self.W)), generator)
        self.W.copy_(weights.T.reshape(self.W.shape))

    def current(self, spikes: torch.Tensor) -> torch.Tensor:
        steps, samples, _ = spikes.shape
        x = spikes.reshape(steps * samples, *self.given)
        return conv2d(x, self.W, stride=self.stride, padding=self.padding).reshape(steps, samples, -1)

    def forward(self, spikes: torch.Tensor) -> torch.Tensor:
        return self.pooled(self.run(self.current(spikes)).s)

    def pooled(self, spikes: torch.Tensor) -> torch.Tensor:
        """The spikes that leave the block, from those of its neurons."""
        if self.pool == 1:
            return spikes
        x = spikes.reshape(-1, *self.fired)
        return max_pool2d(x, self.pool).reshape(*spikes.shape[:2], -1)

    def patches(self, first: bool) -> Patches:
        """Its shapes, for the fused kernel; first: it receives the input's events."""
        return Patches(self.given, self.fired, self.kernel, self.stride, self.padding, self.pool, first)

    @property
    def products(self) -> int:
        return self.W[0].numel() * math.prod(self.fired)

    @property
    def fan_out(self) -> float:
        """On average over the places of the picture: fewer at its edges."""
        return self.products / self.n_in

    @property
    def title(self) -> str:
        return "Conv " + "×".join(map(str, self.shape))

    def described(self) -> dict[str, object]:
        sizes = (self.kernel, self.stride, self.padding, self.pool)
        return {**super().described(), "given": self.given, "fired": self.fired, "sizes": sizes}
