"""The layers of the networks that draw."""

import math

from torch import nn

from course import _check
from course.nn.given import count


def dense(sizes: list[int], activation: type[nn.Module] = nn.ReLU) -> list[nn.Module]:
    """Linear layers with `activation` between them, none after the last."""
    layers: list[nn.Module] = []
    for a, b in zip(sizes, sizes[1:], strict=False):
        layers += [nn.Linear(a, b), activation()]
    return layers[:-1]


def coders(kind: str, pixels: int, hidden: tuple[int, ...], latent: int) -> tuple[nn.Module, nn.Module]:
    """The encoder, to 2 `latent` numbers, and the decoder, to `pixels` logits."""
    hidden = tuple(count("VAE.hidden", n) for n in hidden)
    if kind == "mlp":
        return (nn.Sequential(*dense([pixels, *hidden, 2 * latent])),
                nn.Sequential(*dense([latent, *hidden[::-1], pixels])))
    side = math.isqrt(pixels)
    if side**2 != pixels or side % 4:
        rule = "pour kind=\"conv\", des images carrées dont le côté est multiple de 4"
        raise _check.refuse("VAE.pixels", rule, pixels)
    if len(hidden) != 2:
        raise _check.refuse("VAE.hidden", "pour kind=\"conv\", deux nombres de filtres", hidden)
    a, b = hidden
    small = b * (side // 4) ** 2
    encoder = nn.Sequential(
        nn.Unflatten(1, (1, side, side)),
        nn.Conv2d(1, a, 4, stride=2, padding=1), nn.ReLU(),
        nn.Conv2d(a, b, 4, stride=2, padding=1), nn.ReLU(),
        nn.Flatten(), nn.Linear(small, 2 * latent),
    )  # fmt: skip
    decoder = nn.Sequential(
        nn.Linear(latent, small), nn.ReLU(), nn.Unflatten(1, (b, side // 4, side // 4)),
        nn.ConvTranspose2d(b, a, 4, stride=2, padding=1), nn.ReLU(),
        nn.ConvTranspose2d(a, 1, 4, stride=2, padding=1), nn.Flatten(),
    )  # fmt: skip
    return encoder, decoder
