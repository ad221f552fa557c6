"""The two losses of a game, what keeps the judge reasonable, and how one looks at it.

The judge D(x) is a logit: positive for « real ». It lowers softplus(-D(real)) + softplus(D(fake)).

The generator could lower -softplus(D(fake)), the opposite of what the judge lowers: but the derivative of softplus(s)
is sigmoid(s), which vanishes when the judge wins (s → -∞), that is at the very beginning. It lowers softplus(-D(fake))
instead, whose derivative is then -1: same goal, another slope. This is « non-saturating ».

Source: Goodfellow and others 2014; spectral normalisation: Miyato and others 2018; the gradient penalty on real images
alone (R₁): Mescheder and others 2018.
"""

import torch
from torch import nn
from torch.nn.functional import softplus
from torch.nn.utils.parametrizations import spectral_norm

SLOPE = 0.2


def generator_loss(fake: torch.Tensor) -> torch.Tensor:
    """What the generator lowers, from the logits of its images."""
    return softplus(-fake).mean()


def judge_loss(real: torch.Tensor, fake: torch.Tensor) -> torch.Tensor:
    """What the judge lowers."""
    return softplus(-real).mean() + softplus(fake).mean()


def gradient_penalty(judge: nn.Module, real: torch.Tensor) -> torch.Tensor:
    """The mean of |∂D/∂x|² at real images; what comes back can itself be differentiated."""
    real = real.detach().requires_grad_()
    (slope,) = torch.autograd.grad(judge(real).sum(), real, create_graph=True)
    return (slope**2).sum(1).mean()


def generator(noise: int, hidden: tuple[int, ...], pixels: int) -> nn.Sequential:
    """From noise to pixels in [0, 1]; each hidden layer is normalised over the batch."""
    layers: list[nn.Module] = []
    for a, b in zip((noise, *hidden), hidden, strict=False):
        layers += [nn.Linear(a, b), nn.BatchNorm1d(b), nn.ReLU()]
    return nn.Sequential(*layers, nn.Linear((noise, *hidden)[-1], pixels), nn.Sigmoid())


def judge(pixels: int, hidden: tuple[int, ...], spectral: bool) -> nn.Sequential:
    """From pixels to one logit; `spectral` divides each matrix by its largest singular value."""
    sizes, layers = (pixels, *hidden[::-1], 1), []
    for a, b in zip(sizes, sizes[1:], strict=False):
        layer = nn.Linear(a, b)
        layers += [spectral_norm(layer, n_power_iterations=1) if spectral else layer, nn.LeakyReLU(SLOPE)]
    return nn.Sequential(*layers[:-1])


def stretches(network: nn.Sequential) -> list[float]:
    """The largest singular value of each matrix: by how much a layer can stretch its input."""
    with torch.no_grad():
        return [float(torch.linalg.matrix_norm(m.weight, 2)) for m in network if isinstance(m, nn.Linear)]
