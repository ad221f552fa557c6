"""The same random numbers as `draws`, address by address, on torch tensors: words of 32 bits, kept in 64."""

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

NOISE, POISSON = 1, 2
_LOW = 0xFFFFFFFF


def _philox(
    j: "torch.Tensor", q: "torch.Tensor", stream: int, purpose: int, seed: int
) -> list["torch.Tensor"]:
    """Four words for each neuron j. A product of two words overflows 63 bits, and its bits are right all the same."""
    import torch

    a, b = j, q + torch.zeros_like(j)
    c, d = torch.full_like(j, stream), torch.full_like(j, purpose)
    k0, k1 = seed & _LOW, seed >> 32
    m0, m1 = 0xD2511F53, 0xCD9E8D57
    for _ in range(10):
        p, r = a * m0, c * m1
        a, b, c, d = ((r >> 32) & _LOW) ^ b ^ k0, r & _LOW, ((p >> 32) & _LOW) ^ d ^ k1, p & _LOW
        k0, k1 = (k0 + 0x9E3779B9) & _LOW, (k1 + 0xBB67AE85) & _LOW
    return [a, b, c, d]


def _uniform(word: "torch.Tensor") -> "torch.Tensor":
    import torch

    return (word.to(torch.float64) + 0.5) * 2.0**-32


def _rows(
    j: "torch.Tensor", m: "torch.Tensor", stream: int, purpose: int, seed: int, numbers: Callable
) -> "torch.Tensor":
    """The draws m of the neurons j, (draw, neuron). m never falls and rises by one at most: an address gives four
    draws, which follow one another in time."""
    import torch

    first = m[:1] >> 2
    q = first + torch.arange(len(m) // 4 + 2, device=m.device)
    words = _philox(j[None], q[:, None], stream, purpose, seed)
    return torch.stack(numbers(words), dim=1).flatten(0, 1).index_select(0, m - 4 * first)


def _gaussian(words: list["torch.Tensor"]) -> list["torch.Tensor"]:
    import torch

    found = []
    for word, other in zip(words[::2], words[1::2], strict=True):
        radius, angle = torch.sqrt(-2.0 * torch.log(_uniform(word))), 2 * math.pi * _uniform(other)
        found += [radius * torch.cos(angle), radius * torch.sin(angle)]
    return found


def normals(j: "torch.Tensor", m: "torch.Tensor", stream: int, seed: int) -> "torch.Tensor":
    """(draw, neuron): of variance 1."""
    return _rows(j, m, stream, NOISE, seed, _gaussian)


def uniforms(j: "torch.Tensor", m: "torch.Tensor", stream: int, seed: int) -> "torch.Tensor":
    return _rows(j, m, stream, POISSON, seed, lambda words: [_uniform(w) for w in words])
