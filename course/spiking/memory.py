"""How a layer's activities lie in memory: sample after sample, step after step, rounded up for the kernels."""

import numpy as np
import torch


def room(samples: int, steps: int, n: int) -> torch.Tensor:
    """A kernel's array: (sample, step, neuron), rounded up."""
    return torch.empty(samples, -(-steps // 4) * 4, -(-n // 16) * 16)


def seen(buffer: torch.Tensor, steps: int, n: int) -> torch.Tensor:
    """The same memory as (time, batch, neurons)."""
    return buffer.transpose(0, 1)[:steps, :, :n]


def padded(x: torch.Tensor) -> torch.Tensor:
    """The kernel's array of a tensor (time, batch, neurons): itself if it is such a view, else a copy."""
    steps, samples, n = x.shape
    high, wide = -(-steps // 4) * 4, -(-n // 16) * 16
    bytes_ = 4 * (x.storage_offset() + samples * high * wide)
    if x.stride() == (wide, high * wide, 1) and x.untyped_storage().nbytes() >= bytes_:
        return x.as_strided((samples, high, wide), (high * wide, wide, 1))
    made = torch.zeros(samples, high, wide)
    seen(made, steps, n).copy_(x)
    return made


def wide(x: torch.Tensor) -> torch.Tensor:
    """(time, lanes) in one piece, a multiple of 64 lanes."""
    more = -x.shape[1] % 64
    return torch.nn.functional.pad(x, (0, more)) if more else x.contiguous()


def flat(x: torch.Tensor) -> np.ndarray:
    """All that a tensor's storage holds from its first element on."""
    x = x.detach()
    size = x.untyped_storage().nbytes() // 4 - x.storage_offset()
    return x.as_strided((size,), (1,)).numpy()
