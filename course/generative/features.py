"""What a small network that reads digits sees in an image: 84 numbers, its last hidden layer (numpy, no torch).

Any other description will do, if it is a function that takes images (n, pixels) of [0, 1] and gives one row of numbers
per image. The network of the literature, Inception, needs a file of weights that the course does not carry:

    def inception(images):
        x = torch.from_numpy(images).reshape(-1, 1, 28, 28).expand(-1, 3, -1, -1)
        with torch.no_grad():
            return net.eval()(torch.nn.functional.interpolate(x, size=299)).numpy()    # (n, 2048)

    inception.title = "FID (Inception)"
    distance(images, reference, features=inception)         # at least 2049 images on each side
"""

from collections.abc import Callable
from functools import cached_property

import numpy as np

from course import _check, nn
from course.generative.pictures import pictures
from course.nn.given import refuse_array
from course.weights import lenet, pretrained

BATCH = 500  # images unfolded at a time


class Features:
    """The LeNet of `course.weights`, learnt on MNIST: called on images (n, 784), it gives (n, 84) numbers.

    >>> lenet_of_mnist = Features()
    >>> lenet_of_mnist(np.zeros((2, 784))).shape, lenet_of_mnist.digits(np.zeros((2, 784))).shape
    ((2, 84), (2,))
    """

    title = "distance de Fréchet (LeNet)"
    dimension = lenet.DIMENSION

    @cached_property
    def halves(self) -> tuple[nn.Sequential, nn.Sequential]:
        body, head = lenet.halves(pretrained(lenet.network(np.random.default_rng(0)), "lenet_mnist"))
        return body.eval(), head.eval()

    def __call__(self, images: object) -> np.ndarray:
        x = pictures("Features.images", images, 784).reshape(-1, 1, 28, 28)
        return nn.predict(self.halves[0], x, BATCH)

    def probabilities(self, images: object) -> np.ndarray:
        """What the LeNet believes: (n, 10), each row adding to 1."""
        z = nn.predict(self.halves[1], self(images)).astype(float)
        p = np.exp(z - z.max(axis=1, keepdims=True))
        return p / p.sum(axis=1, keepdims=True)

    def digits(self, images: object) -> np.ndarray:
        """The digit that the LeNet reads in each image."""
        return nn.predict(self.halves[1], self(images)).argmax(axis=1)


LENET = Features()


class Described:
    """Images and their features, computed once: what a distance is asked of several times.

    Raises:
        ValueError: « distance.features : une fonction qui rend une ligne par image, 200 ici, reçu … ».
    """

    def __init__(self, images: object, features: Callable[[np.ndarray], np.ndarray] = LENET,
                 where: str = "Described.images") -> None:
        if not callable(features):
            raise _check.refuse("distance.features", "une fonction d'images, qui rend une ligne par image", features)
        x = pictures(where, images)
        if isinstance(features, Features):
            pictures(where, x[:1], 784)
        values = np.asarray(features(x))
        if values.dtype.kind not in "fiu" or values.ndim != 2 or len(values) != len(x):
            rule = f"une fonction qui rend une ligne de nombres par image, {len(x)} ici"
            raise refuse_array("distance.features", rule, values, values)
        if not np.isfinite(values).all():
            raise _check.refuse("distance.features", "des caractéristiques finies", "NaN ou infini")
        self.pixels, self.features, self.values = x.shape[1], features, values.astype(np.float64)

    def __len__(self) -> int:
        return len(self.values)
