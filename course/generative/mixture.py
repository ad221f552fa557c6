"""The old baseline: a mixture of Gaussians on the principal components of the images (scikit-learn)."""

import numpy as np

from course import _check
from course.generative.pictures import pictures
from course.nn.given import count


class Mixture:
    """`components` Gaussians, each with its full covariance, in the `dimension` directions where images vary most.

    >>> x = np.random.default_rng(0).random((300, 16))
    >>> m = Mixture(2, dimension=4, seed=0).fit(x)
    >>> m.sample(5, seed=1).shape, m.size
    ((5, 16), 109)
    """

    def __init__(self, components: int = 50, *, dimension: int = 50, seed: int = 0) -> None:
        self.components, self.dimension = count("Mixture.components", components), count("Mixture.dimension", dimension)
        self.seed = count("Mixture.seed", seed, 0)

    def fit(self, x: object) -> "Mixture":
        """Principal components, then EM from k-means."""
        from sklearn.decomposition import PCA
        from sklearn.mixture import GaussianMixture

        x = pictures("Mixture.fit.x", x)
        if min(len(x) // 2, x.shape[1]) < max(self.components, self.dimension):
            rule = f"au moins {2 * max(self.components, self.dimension)} images, et {self.dimension} pixels"
            raise _check.refuse("Mixture.fit.x", rule, x.shape)
        self.axes = PCA(self.dimension, random_state=self.seed).fit(x)
        self.law = GaussianMixture(self.components, reg_covar=1e-4, random_state=self.seed, max_iter=50, tol=1e-2)
        self.law.fit(self.axes.transform(x).astype(float))
        return self

    def sample(self, n: int, seed: int | None = None) -> np.ndarray:
        """`n` images: codes of the mixture, brought back to pixels and cut to [0, 1]."""
        if not hasattr(self, "law"):
            raise _check.refuse("Mixture.sample", "fit d'abord", "aucun apprentissage")
        n, rng = count("Mixture.sample.n", n), np.random.default_rng(self.seed if seed is None else seed)
        z = np.empty((n, self.dimension))
        which = rng.choice(self.components, n, p=self.law.weights_ / self.law.weights_.sum())
        for k in np.unique(which):
            rows = which == k
            lower = np.linalg.cholesky(self.law.covariances_[k])
            z[rows] = self.law.means_[k] + rng.normal(size=(rows.sum(), self.dimension)) @ lower.T
        return self.axes.inverse_transform(z).clip(0, 1).astype(np.float32)

    @property
    def size(self) -> int:
        """How many numbers are learnt: weights, means, covariances, and the directions."""
        d, pixels = self.dimension, self.axes.n_features_in_
        return self.components * (1 + d + d * (d + 1) // 2) - 1 + pixels * (d + 1)
