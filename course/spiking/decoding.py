"""What a network answers, read from its last layer: one score per class, the largest wins."""

import torch

from course import _check

# of a readout that never fires, (time, sample, class) membranes; and of a spiking last layer, its spikes
OF_MEMBRANES = {"max": "le plus haut potentiel", "mean": "le potentiel moyen"}
OF_SPIKES = {"count": "le plus d'impulsions", "first": "la première impulsion"}
DECODERS = {**OF_MEMBRANES, **OF_SPIKES}


def decode(output: torch.Tensor, how: str) -> torch.Tensor:
    """(time, sample, class) -> scores (sample, class).

        max     max over t of v[t]; the gradient goes to the first t that reaches it. A class whose membrane never
                rises above its rest scores 0, reached before any spike: no gradient brings it back
        mean    mean of v
        count   number of spikes
        first   1 - t₁/T for the first spike at t₁, 0 without one; the gradient goes to that spike

    >>> v = torch.tensor([[[0.0, 3.0]], [[2.0, 1.0]]])
    >>> decode(v, "max"), decode(v, "mean")
    (tensor([[2., 3.]]), tensor([[1., 2.]]))
    """
    _check.one_of("decode.how", how, DECODERS)
    if how == "max":
        return first_max(output)
    if how == "mean":
        return output.mean(0)
    if how == "count":
        return output.sum(0)
    early = 1 - torch.arange(len(output), dtype=output.dtype, device=output.device) / len(output)
    return first_max(output * early[:, None, None])


def first_max(x: torch.Tensor) -> torch.Tensor:
    """The maximum over time, whose gradient goes to its first instant alone, on every device."""
    top = x.detach().amax(0, keepdim=True)
    first = (x.detach() == top).to(torch.uint8).argmax(0, keepdim=True)
    return x.gather(0, first)[0]


def decisions(output: torch.Tensor, how: str) -> torch.Tensor:
    """(sample,): the step from which the answer, read on what has passed so far, no longer changes."""
    answers = so_far(output, how).argmax(-1)
    settled = (answers == answers[-1]).flip(0).to(torch.uint8).cumprod(0).sum(0)
    return len(output) - settled.long()


def so_far(output: torch.Tensor, how: str) -> torch.Tensor:
    """(time, sample, class): the scores that `decode` would give if the run stopped at each step."""
    if how == "max":
        return output.cummax(0).values
    if how == "first":
        early = 1 - torch.arange(len(output), dtype=output.dtype, device=output.device) / len(output)
        return (output * early[:, None, None]).cummax(0).values
    return output.cumsum(0)

