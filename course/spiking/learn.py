"""One batch: its loss, and the gradient of every weight, by whichever path runs."""

from typing import NamedTuple

import numpy as np
import torch
from torch import nn

from course.spiking import paths


class Learnt(NamedTuple):
    loss: float  # its mean over the batch, the costs included
    right: int  # how many samples are classified


class Costs(NamedTuple):
    """What firing too much, or never, adds to the loss; z is the number of spikes of a neuron in a sample.

        rate · mean over neurons and samples of z²   +   dead · mean over neurons of max(0, 1 - mean over samples of z)²
    """

    rate: float = 0.0
    dead: float = 0.0

    def __call__(self, layers: list[torch.Tensor]) -> torch.Tensor:
        """The cost of the hidden layers' spikes, (time, sample, neuron) each."""
        total = layers[0].new_zeros(())
        for spikes in layers:
            z = spikes.sum(0)
            total = total + self.rate * (z**2).mean() + self.dead * ((1 - z.mean(0)).clamp(min=0) ** 2).mean()
        return total


class Teacher(nn.Module):
    """A network with its loss: what DistributedDataParallel wraps, so that gradients are those of all processes."""

    def __init__(self, net) -> None:
        super().__init__()
        self.net = net

    def forward(self, x: object, labels: torch.Tensor, path: str, costs: Costs) -> tuple[torch.Tensor, torch.Tensor]:
        return paths.loss(self.net, x, labels, path, costs)


def learn(model: nn.Module, x: object, y: np.ndarray, path: str, costs: Costs, share: float = 1.0) -> Learnt:
    """The gradients of a batch, left in `.grad`; `share`: what this loss counts for when others learn beside."""
    model.zero_grad()
    labels = torch.from_numpy(y).to(next(model.parameters()).device)
    loss, scores = model(x, labels, path, costs)
    loss = loss * share
    loss.backward()
    return Learnt(float(loss.detach()), int((scores.argmax(1) == labels).sum()))


@torch.no_grad()
def judge(net, x: object, y: np.ndarray, path: str) -> Learnt:
    """The loss and the number of right answers, no gradient."""
    labels = torch.from_numpy(y).to(net.device)
    loss, scores = paths.loss(net, x, labels, path)
    return Learnt(float(loss), int((scores.argmax(1) == labels).sum()))
