"""The array loop on a CUDA device, in float64, from the same text as the CPU kernel."""

from collections.abc import Callable

import numpy as np

from course.dynamics.arrays import array_run
from course.dynamics.load import functions
from course.dynamics.spec import Spec


def cuda_run(spec: Spec) -> Callable:
    """The loop of `spec` on the GPU.

    Raises:
        ValueError: « simulate.device : un GPU CUDA visible de torch, reçu 'cuda' ».
    """
    import torch

    if not torch.cuda.is_available():
        raise ValueError(
            "simulate.device\u00a0: un GPU CUDA visible de torch, reçu 'cuda'\u00a0; utilisez device=\"cpu\""
        )
    return torch_run(spec, "cuda")


def torch_run(spec: Spec, device: str) -> Callable:
    """The loop of `spec` in torch on `device`."""
    import torch

    def to(a: np.ndarray) -> torch.Tensor:
        return torch.as_tensor(a, dtype=torch.float64, device=device)

    return array_run(
        functions(spec, "torch"), functions(spec, "numpy"), to, lambda t: t.cpu().numpy()
    )
