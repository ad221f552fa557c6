"""The plane of two numbers of the code: the laws' middles, the prior, the law of the chosen image, the path."""

import numpy as np

from course.plot.french import quantity
from course.plot.scene import Axis, Item, Line, Mark, Panel, Points
from course.widgets.latent.variational.family import WIDE
from course.widgets.latent.view import COLOURS, SHAPES

TURN = np.linspace(0, 2 * np.pi, 121)


def plane(arrays: dict) -> Panel:
    """The codes below, then the prior, the path, the ellipse, the place."""
    f, law, axes, v = (arrays[name] for name in ("family", "law", "axes", "values"))
    middle, half = v["middle"] if v["near"] else (0.0, 0.0), law.half(axes, v["near"])
    across, up = (
        Axis(f"z_{{{k + 1}}}, KL {quantity(law.shares[k], 'nat' if round(law.shares[k], 1) < 2 else 'nats')}", "",
             (at - half * wide, at + half * wide)) for k, at, wide in zip(axes, middle, (WIDE, 1.0), strict=True)
    )  # fmt: skip
    items = [*codes(f, law.mu[:, axes]), *prior(), *path(arrays), *chosen(arrays)]
    items.append(Points(v["a"], v["b"], "", "vermillion", "diamond", 9))
    return Panel("map", across, up, tuple(items), "Les codes\u00a0: cliquez ou glissez", 6, pen=True)


def ellipse(middle: np.ndarray, axes: np.ndarray | float) -> tuple[np.ndarray, np.ndarray]:
    """Its axes are those of the plane: q(z|x) has no correlation."""
    return tuple(np.transpose(middle + axes * np.stack([np.cos(TURN), np.sin(TURN)], axis=1)))


def codes(f, mu: np.ndarray) -> list[Item]:
    items = []
    for k, label in enumerate(np.unique(f.labels)):
        items.append(Points(*mu[f.labels == label].T, "", COLOURS[k % len(COLOURS)], SHAPES[k % len(SHAPES)], 3))
    for label in np.unique(f.labels):
        x, y = np.median(mu[f.labels == label], axis=0)
        items.append(Mark(float(x), float(y), str(label), "ink"))
    return items


def prior() -> list[Item]:
    """N(0, I): one and two standard deviations."""
    return [Line(*ellipse(np.zeros(2), 1.0), "loi a priori (1σ, 2σ)", "ink", "dash", 1.8),
            Line(*ellipse(np.zeros(2), 2.0), "", "ink", "dash", 1.1)]  # fmt: skip


def path(arrays: dict) -> list[Item]:
    law, axes, v = (arrays[name] for name in ("law", "axes", "values"))
    ends = law.mu[[v["A"], v["B"]]][:, axes]
    items = [Line(*ends.T, "", "ink", "solid", 1.6), Points(*ends.T, "", "ink", "square", 8)]
    return items + [Mark(float(x), float(y), name, "ink") for name, (x, y) in zip("AB", ends, strict=True)]


def chosen(arrays: dict) -> list[Item]:
    """The law of the codes of the chosen image."""
    law, axes, k = (*(arrays[name] for name in ("law", "axes")), arrays["values"]["chosen"])
    middle, sigma = law.mu[k, axes], law.sigma[k, axes]
    far = ellipse(middle, 2 * sigma)
    return [Line(*far, "", "vermillion", "solid", 1.2, float(middle[1])),
            Line(*ellipse(middle, sigma), "q(z|x) (1σ, 2σ)", "vermillion", "solid", 2.4)]  # fmt: skip
