"""Connections as matrices of torch: the spikes of a step times the weights, into the row of the step of arrival."""

import warnings
from typing import TYPE_CHECKING

import numpy as np

from course.network.connection import Connection

if TYPE_CHECKING:
    import torch

    from course.network.gpu_channel import Shared
    from course.network.gpu_group import Group
    from course.network.network import Network

    Where = dict[str, tuple[Group, int, int]]


class Rows:
    """The synapses of one connection that share a delay."""

    def __init__(self, c: Connection, where: "Where", delay: int, W: object, device: str) -> None:
        self.source, self.a, self.b = where[c.pre]
        target, self.c, self.d = where[c.post]
        self.channel: Shared = target.channel(c)
        self.delay, self.W, self.alone = delay, W, c.full and not c.autapses

    def deliver(self, k: "torch.Tensor") -> None:
        import torch

        s = self.source.spikes[self.a : self.b].to(torch.float64)
        if isinstance(self.W, float):
            arrived = (s.sum() - (s if self.alone else 0.0)) * self.W + torch.zeros_like(
                self.channel.ring[0, self.c : self.d]
            )
        elif self.W.layout == torch.sparse_csr:
            arrived = self.W @ s
        else:
            arrived = s.to(self.W.dtype) @ self.W
        slot = ((k + self.delay) % len(self.channel.ring)).reshape(1)
        self.channel.ring[:, self.c : self.d].index_add_(0, slot, arrived.to(torch.float64)[None])


def rows(net: "Network", where: "Where", device: str) -> list[Rows]:
    """Each connection, or one part of it for each of its delays."""
    import torch

    def sparse(values: np.ndarray, c: Connection, kept: np.ndarray) -> "torch.Tensor":
        from scipy.sparse import csr_array

        source = np.repeat(np.arange(c.shape[0]), np.diff(c.rows))[kept]
        w = csr_array((values[kept], (c.targets[kept], source)), shape=c.shape[::-1])
        parts = (w.indptr.astype(np.int64), w.indices.astype(np.int64), w.data)
        with warnings.catch_warnings():  # torch says of each that its sparse matrices are recent
            warnings.simplefilter("ignore", UserWarning)
            tensors = [torch.as_tensor(x, device=device) for x in parts]
            return torch.sparse_csr_tensor(*tensors, size=w.shape, check_invariants=True)

    found = []
    for c in net.connections:
        if c.full:
            W = (
                torch.as_tensor(c.weight, device=device)
                if isinstance(c.weight, np.ndarray)
                else float(c.weight)
            )
            found.append(Rows(c, where, c.delay_steps, W, device))
            continue
        values = np.broadcast_to(np.asarray(c.weight, float), c.targets.shape)
        delays = np.broadcast_to(c.delay_steps, c.targets.shape)
        for d in np.unique(delays).tolist():
            found.append(Rows(c, where, d, sparse(values, c, delays == d), device))
    return found
