"""How far generated images are from real ones: features of each, then the distance of their two Gaussians.

The number alone says nothing. It is read between two others: its floor, what real images are worth against other real
images, and its ceiling, what noise is worth. Two things blur it, and are given with it: chance (an interval), and the
number of images. A covariance estimated from few images is wrong in every direction, and each error adds some distance:
with fewer images the same model looks worse.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from course import _check
from course.generative.features import LENET, Described
from course.generative.gaussians import frechet, moments
from course.nn.given import count

SPREAD = 1.96  # standard deviations either side of 95 % of a Gaussian


@dataclass(frozen=True)
class Distance:
    """A distance, its 95 % interval, `n` images against `m`; `bias`: by how much so few images enlarge it, about.

    Both come from images drawn again with replacement. A resample repeats images, and is as much farther from the
    reference than the images as they are than their model: that is the bias. The interval is the spread of the
    resamples, around the value itself.
    """

    value: float
    low: float
    high: float
    n: int
    m: int
    bias: float
    title: str

    def __str__(self) -> str:
        said = f"{self.title}\u00a0: {short(self.value)} [{short(self.low)}\u00a0; {short(self.high)}]"
        return f"{said}, {self.n} images contre {self.m}, biais {short(self.bias)} environ"

    __repr__ = __str__


def distance(images: object, reference: object, *, features: Callable[[np.ndarray], np.ndarray] = LENET,
             bootstrap: int = 20, seed: int = 0) -> Distance:
    """The Fréchet distance of two sets of images, with its interval.

    Args:
        images, reference: (n, pixels) of [0, 1], or `Described`, whose features are not computed again.
        features: what is compared; the last hidden layer of the LeNet, or your own function (see `features`).
        bootstrap: resamples, of both sides; at least 2.

    Raises:
        ValueError: « distance.images : plus d'images que de caractéristiques, au moins 85 (…), reçu 50 images … ».
    """
    bootstrap, seed = count("distance.bootstrap", bootstrap, 2), count("distance.seed", seed, 0)
    reference = described("distance.reference", reference, features)
    images = described("distance.images", images, reference.features, reference.pixels)
    first, second = moments("distance.images", images.values), moments("distance.reference", reference.values)
    value, rng = frechet(*first, *second), np.random.default_rng(seed)
    again = np.array([frechet(*drawn(images.values, rng), *drawn(reference.values, rng)) for _ in range(bootstrap)])
    half = SPREAD * float(again.std(ddof=1))
    title = getattr(reference.features, "title", "distance de Fréchet (vos caractéristiques)")
    return Distance(value, max(0.0, value - half), value + half, len(images), len(reference),
                    float(again.mean()) - value, title)


def floor(train: object, test: object, *, bootstrap: int = 20, seed: int = 0, **options: object) -> Distance:
    """What a perfect model would be worth: as many training images, drawn at random, against all those of the test."""
    test = described("floor.test", test, **options)
    train = train if isinstance(train, Described) else np.asarray(train)
    if not isinstance(train, Described) and len(train) > len(test):
        train = train[np.random.default_rng(seed).permutation(len(train))[: len(test)]]
    return distance(train, test, bootstrap=bootstrap, seed=seed)


def ceiling(test: object, *, bootstrap: int = 20, seed: int = 0, **options: object) -> Distance:
    """What noise is worth: each pixel at random in [0, 1], as many images as in the test."""
    test = described("ceiling.test", test, **options)
    noise = np.random.default_rng(seed).random((len(test), test.pixels), dtype=np.float32)
    return distance(noise, test, bootstrap=bootstrap, seed=seed)


def by_size(images: object, reference: object, sizes: Sequence[int], *, draws: int = 5, seed: int = 0,
            **options: object) -> dict[int, tuple[float, float]]:
    """{number of images: (mean, standard deviation)} of the distance of so many of `images`, drawn at random."""
    reference = described("by_size.reference", reference, **options)
    images = described("by_size.images", images, reference.features, reference.pixels)
    draws, rng, found = count("by_size.draws", draws, 2), np.random.default_rng(seed), {}
    second = moments("by_size.reference", reference.values)
    for n in sizes:
        if count("by_size.sizes", n) > len(images):
            raise _check.refuse("by_size.sizes", f"des nombres d'images d'au plus {len(images)}", n)
        some = [images.values[rng.permutation(len(images))[:n]] for _ in range(draws)]
        values = [frechet(*moments("by_size.sizes", part), *second) for part in some]
        found[n] = float(np.mean(values)), float(np.std(values, ddof=1))
    return found


def described(where: str, images: object, features: Callable[[np.ndarray], np.ndarray] = LENET,
              pixels: int | None = None) -> Described:
    """`images` with their features, of the same shape as the others."""
    found = images if isinstance(images, Described) else Described(images, features, where)
    if isinstance(images, Described) and pixels is not None and found.features is not features:
        raise ValueError(f"{where}\u00a0: les mêmes caractéristiques que la référence, reçu d'autres")
    if pixels not in (None, found.pixels):
        raise _check.refuse(where, f"des images de {pixels} pixels, comme la référence", found.pixels)
    return found


def drawn(values: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The moments of as many rows, drawn with replacement: each row counts as often as it is drawn."""
    times = np.bincount(rng.integers(0, len(values), len(values)), minlength=len(values)).astype(float)
    centre = times @ values / len(values)
    apart = values - centre
    return centre, (apart * times[:, None]).T @ apart / (len(values) - 1)


def short(x: float) -> str:
    """Three digits, with a comma."""
    return f"{x:.3g}".replace(".", ",") if abs(x) < 100 else f"{x:.0f}"
