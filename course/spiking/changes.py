"""What learning did to each weight."""

from typing import NamedTuple

import torch


class Change(NamedTuple):
    """From the weights before to those after, of one layer.

    size: ‖ΔW‖ / ‖W‖, in Frobenius norm. mean, std: of ΔW. moved: share of the weights that changed by more than a tenth
    of the standard deviation of W before. flipped: share whose sign changed. kept: cosine between before and after.
    """

    size: float
    mean: float
    std: float
    moved: float
    flipped: float
    kept: float


def snapshot(net) -> list[torch.Tensor]:
    """A copy of the weights of each layer, to compare with later."""
    return [W.detach().clone() for W in net.weights]


def weight_changes(before: list[torch.Tensor], net) -> list[Change]:
    """One `Change` per layer, from a `snapshot` to now.

    >>> from course.spiking import SpikingNetwork
    >>> net = SpikingNetwork([3, 4, 2]); before = snapshot(net)
    >>> with torch.no_grad():
    ...     _ = net.weights[1].mul_(-1)
    >>> [round(c.size, 6) for c in weight_changes(before, net)], weight_changes(before, net)[1].flipped
    ([0.0, 2.0], 1.0)
    """
    return [change(old, W.detach()) for old, W in zip(before, net.weights, strict=True)]


def change(old: torch.Tensor, new: torch.Tensor) -> Change:
    d = new - old
    moved = d.abs() > 0.1 * old.std()
    flipped = torch.signbit(old) != torch.signbit(new)
    kept = (old * new).sum() / (old.norm() * new.norm())
    return Change(*(float(x) for x in (
        d.norm() / old.norm(), d.mean(), d.std(), moved.double().mean(), flipped.double().mean(), kept)))
