"""A data set, once read: numbers ready to learn from, and what must be said about where they come from."""

from dataclasses import dataclass, field

import numpy as np

from course._check import one_of, refuse


@dataclass(frozen=True, eq=False, repr=False)
class Dataset:
    """Training and test samples, one per row.

    x_train, x_test: (samples, features) float32, C-contiguous; pixels in [0, 1], Iris in centimetres.
    y_train, y_test: (samples,) int64, the index of the class in `classes` (French names).
    shape: what a row is before it was flattened; `images` gives it back.
    source: where it was read, in French; extract: True when this is not the whole official set.
    """

    name: str
    x_train: np.ndarray
    y_train: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray
    classes: tuple[str, ...]
    shape: tuple[int, ...]
    licence: str
    citation: str
    source: str = field(default="")
    extract: bool = field(default=False)

    def images(self, part: str = "train") -> np.ndarray:
        """The samples of `part` ("train" or "test") in their own shape, as a view: (samples, *shape)."""
        x = {"train": self.x_train, "test": self.x_test}[one_of("Dataset.images", part, ("train", "test"))]
        return x.reshape(-1, *self.shape)

    def __repr__(self) -> str:
        whole = "extrait" if self.extract else "complet"
        size = "×".join(map(str, self.shape))
        return (
            f"{self.name} ({whole}, {self.source})\u00a0: {len(self.x_train)} exemples d'apprentissage, "
            f"{len(self.x_test)} de test, {size}, {len(self.classes)} classes"
        )


def wanted(subset: object) -> tuple[int | None, int | None]:
    """How many training and test samples `subset` asks for; None is all of them."""
    rule = "None, un entier positif, ou deux (apprentissage, test)"
    pair = (subset, None) if not isinstance(subset, (tuple, list)) else tuple(subset)
    if len(pair) != 2:
        raise refuse("load.subset", rule, subset)
    for n in pair:
        whole = isinstance(n, (int, np.integer)) and not isinstance(n, bool)
        if n is not None and not (whole and n > 0):
            raise refuse("load.subset", rule, subset)
    return pair


def pixels(images: np.ndarray, white: float = 255) -> np.ndarray:
    """Images as rows of numbers in [0, 1]: (n, height, width) -> (n, height·width) float32."""
    rows = images.reshape(len(images), -1)
    return np.divide(rows, np.float32(white), dtype=np.float32)


def stratified(labels: np.ndarray, share: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Indices of training and test samples: `share` of every class (rounded) goes to the test; both are mixed.

    >>> train, test = stratified(np.repeat([0, 1], 10), 0.2, seed=0)
    >>> len(train), len(test), int(np.repeat([0, 1], 10)[test].sum())
    (16, 4, 2)
    """
    rng = np.random.default_rng(seed)
    apart = []
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        apart.append(rng.permutation(members)[: round(share * len(members))])
    test = rng.permutation(np.concatenate(apart))
    train = rng.permutation(np.setdiff1d(np.arange(len(labels)), test))
    return train, test
