"""Spikes kept as they are, rare: for every sample and every step, the numbers of the inputs that fire."""

from dataclasses import dataclass

import numpy as np
import torch
from scipy.sparse import coo_array, csr_array

from course import _check


@dataclass(frozen=True, eq=False, repr=False)
class Events:
    """Spike trains of `samples`, over `steps`, of `n` inputs.

    ptr: (samples, steps + 1) int64; index: (events,) int32. Sample b at step t: index[ptr[b, t]:ptr[b, t+1]]. The
    offsets are absolute, so that a batch is `events[rows]`: its rows of `ptr`, and the same `index`, not copied.

    >>> e = Events(np.array([[0, 1, 1], [1, 1, 3]]), np.array([2, 0, 1], dtype=np.int32), 3)
    >>> e
    Events(2 exemples, 2 pas, 3 entrées, 3 impulsions)
    >>> e[[1]].dense()
    tensor([[[0., 0., 0.]],
    <BLANKLINE>
            [[1., 1., 0.]]])
    """

    ptr: np.ndarray
    index: np.ndarray
    n: int

    @property
    def samples(self) -> int:
        return self.ptr.shape[0]

    @property
    def steps(self) -> int:
        return self.ptr.shape[1] - 1

    @property
    def counts(self) -> np.ndarray:
        """(samples,): how many spikes each sample has."""
        return self.ptr[:, -1] - self.ptr[:, 0]

    def __len__(self) -> int:
        return self.samples

    def __getitem__(self, rows: object) -> "Events":
        """The samples `rows` (a slice, a mask, indices)."""
        return Events(self.ptr[rows], self.index, self.n)

    def __repr__(self) -> str:
        total = int(self.counts.sum())
        return f"Events({self.samples} exemples, {self.steps} pas, {self.n} entrées, {total} impulsions)"

    def where(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(sample, step, input) of every spike, sample after sample, step after step."""
        each = np.diff(self.ptr, axis=1)
        cell = np.repeat(np.arange(each.size), each.ravel())
        return cell // self.steps, cell % self.steps, self.index[self.places()]

    def places(self) -> np.ndarray:
        """Where each spike is in `index`, sample after sample."""
        counts = self.counts
        starts = np.cumsum(counts) - counts
        return np.arange(counts.sum()) + np.repeat(self.ptr[:, 0] - starts, counts)

    def dense(self, dtype: torch.dtype = torch.float32, device: torch.device | str = "cpu") -> torch.Tensor:
        """(steps, samples, n) of zeros and ones."""
        sample, step, neuron = (torch.from_numpy(a.astype(np.int64)).to(device) for a in self.where())
        flat = (step * self.samples + sample) * self.n + neuron
        x = torch.zeros(self.steps * self.samples * self.n, dtype=dtype, device=device)
        x[flat] = 1
        return x.view(self.steps, self.samples, self.n)


def gather(sample: np.ndarray, step: np.ndarray, neuron: np.ndarray, samples: int, steps: int, n: int) -> Events:
    """Events from three lists in any order: the inverse of `where`. A spike given twice is one spike."""
    cell = np.asarray(sample, dtype=np.int64) * steps + step
    rows = csr_array(coo_array((np.ones(len(cell), dtype=bool), (cell, neuron)), shape=(samples * steps, n)))
    ends = rows.indptr[1:].astype(np.int64).reshape(samples, steps)
    starts = rows.indptr[:-1:steps].astype(np.int64)[:samples, None]
    return Events(np.concatenate([starts, ends], axis=1), rows.indices.astype(np.int32, copy=False), n)


def sparse(dense: torch.Tensor | np.ndarray) -> Events:
    """Events from (steps, samples, n) of zeros and ones.

    Raises:
        ValueError: « sparse.dense : des 0 et des 1 de forme (pas, exemples, entrées), reçu … ».
    """
    x = np.asarray(dense.detach().cpu() if isinstance(dense, torch.Tensor) else dense)
    if x.ndim != 3 or not x.shape[0] or not np.isin(x, (0, 1)).all():
        rule = "des 0 et des 1 de forme (pas, exemples, entrées)"
        raise _check.refuse("sparse.dense", rule, x if x.ndim < 3 else f"un tableau de forme {x.shape}")
    sample, step, neuron = np.nonzero(x.transpose(1, 0, 2))
    return gather(sample, step, neuron, x.shape[1], x.shape[0], x.shape[2])
