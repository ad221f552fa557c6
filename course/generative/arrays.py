"""The few operations that numpy and torch write differently: a machine runs on either, with the same lines.

What both write alike (`@`, `+=`, `.T`, slices) needs no name here.
"""

import numpy as np
from numpy.typing import DTypeLike

from course import _check


class Numpy:
    """Arrays of numpy, on the processor."""

    name, device = "numpy", "cpu"

    def __init__(self, dtype: DTypeLike) -> None:
        self.dtype = np.dtype(dtype)
        self.on_processor = self.dtype == np.float32  # where compiled loops reach its numbers

    def array(self, x: object) -> np.ndarray:
        return np.array(x, dtype=self.dtype)

    def generator(self, seed: int) -> np.random.Generator:
        return np.random.default_rng(seed)

    def bernoulli(self, p: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """0 or 1, 1 with the probabilities p."""
        return (rng.random(p.shape, dtype=self.dtype) < p).astype(self.dtype)

    def logistic(self, z: np.ndarray) -> np.ndarray:
        """1 / (1 + e^-z), written over z: one tanh, which never overflows."""
        z *= 0.5
        np.tanh(z, out=z)
        z *= 0.5
        z += 0.5
        return z

    def softplus(self, z: np.ndarray) -> np.ndarray:
        """log(1 + e^z)."""
        return np.logaddexp(0, z)

    def rows(self, x: np.ndarray, rows: np.ndarray) -> np.ndarray:
        return x[rows]

    def numpy(self, x: np.ndarray) -> np.ndarray:
        return x

    def lent(self, x: np.ndarray) -> np.ndarray:
        """The same numbers, not copied."""
        return x


class Torch:
    """Tensors, on the processor or on a card."""

    name = "torch"

    def __init__(self, dtype: DTypeLike, device: str) -> None:
        import torch

        from course.generative.tensors import device as here

        self.torch, self.device = torch, here("RBM.device", device)
        self.dtype = getattr(torch, np.dtype(dtype).name)
        self.on_processor = self.device.type == "cpu" and self.dtype == torch.float32

    def array(self, x: object):  # noqa: ANN201
        if self.torch.is_tensor(x):
            return x.to(self.device, self.dtype, copy=True)
        return self.torch.as_tensor(np.array(x, np.float64), device=self.device).to(self.dtype)

    def generator(self, seed: int):  # noqa: ANN201
        """On the processor numpy draws: it is twice as fast there, and the draws are those of the other engine."""
        if self.device.type == "cpu":
            return np.random.default_rng(seed)
        return self.torch.Generator(self.device).manual_seed(seed)

    def bernoulli(self, p, rng):  # noqa: ANN001, ANN201
        if self.device.type == "cpu":
            u = self.torch.from_numpy(rng.random(p.shape, dtype=str(self.dtype).removeprefix("torch.")))
        else:
            u = self.torch.rand(p.shape, generator=rng, dtype=self.dtype, device=self.device)
        return self.torch.lt(u, p, out=self.torch.empty_like(p))

    def logistic(self, z):  # noqa: ANN001, ANN201
        return z.sigmoid_()

    def softplus(self, z):  # noqa: ANN001, ANN201
        return self.torch.logaddexp(self.torch.zeros((), dtype=z.dtype, device=z.device), z)

    def rows(self, x, rows: np.ndarray):  # noqa: ANN001, ANN201
        return x[self.torch.from_numpy(rows).to(self.device)]

    def numpy(self, x) -> np.ndarray:  # noqa: ANN001
        return x.detach().cpu().numpy()

    def lent(self, x: np.ndarray):  # noqa: ANN201
        return self.torch.from_numpy(x)


def engine(name: str, device: str, dtype: DTypeLike) -> Numpy | Torch:
    """« numpy » or « torch », in float32 or float64.

    Raises:
        ValueError: « RBM.engine : un de numpy, torch, reçu 'jax' ».
    """
    _check.one_of("RBM.engine", name, ("numpy", "torch"))
    if np.dtype(dtype).name not in ("float32", "float64"):
        raise _check.refuse("RBM.dtype", "float32 ou float64", dtype)
    if name == "numpy" and str(device) != "cpu":
        raise _check.refuse("RBM.device", "«\u00a0cpu\u00a0» avec engine=\"numpy\"", device)
    return Numpy(dtype) if name == "numpy" else Torch(dtype, device)
