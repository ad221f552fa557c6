"""How far two Gaussians are from each other: the one formula behind the distance between two sets of images.

For N(m₁, C₁) and N(m₂, C₂), the cheapest way of carrying one onto the other, the mean squared length of the journey:

    d² = |m₁ - m₂|² + tr C₁ + tr C₂ - 2 tr (C₁^½ C₂ C₁^½)^½

√ is the square root of a *matrix*, not of its numbers. The last trace is the sum of the singular values of
C₁^½ C₂^½: nothing imaginary can appear there, exchanging the two Gaussians changes nothing, and rounding stays small.

Source: Dowson and Landau 1982; between images, Heusel and others 2017.
"""

import numpy as np

from course import _check
from course.nn.given import refuse_array

NEGATIVE = 1e-5  # of the largest eigenvalue: below, it is rounding


def frechet(mean1: object, cov1: object, mean2: object, cov2: object) -> float:
    """d², from two means (d,) and two covariances (d, d).

    Raises:
        ValueError: « frechet.cov2 : une covariance (symétrique), reçu … ».

    >>> round(frechet([0.0], [[1.0]], [3.0], [[4.0]]), 10)  # 3² + (1 - 2)²
    10.0
    """
    mean1 = mean("frechet.mean1", mean1)
    mean2 = mean("frechet.mean2", mean2, len(mean1))
    cov1, root1 = root("frechet.cov1", cov1, len(mean1))
    cov2, root2 = root("frechet.cov2", cov2, len(mean1))
    overlap = np.linalg.svd(root1 @ root2, compute_uv=False).sum()
    gap = mean1 - mean2
    return max(0.0, float(gap @ gap + np.trace(cov1) + np.trace(cov2) - 2 * overlap))


def moments(where: str, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The mean and the covariance of features, one row per image; fewer images than features are refused."""
    values = np.asarray(values, dtype=np.float64)
    if values.ndim != 2:
        raise refuse_array(where, "une ligne par image, une colonne par caractéristique", values, values)
    n, d = values.shape
    if n <= d:
        rule = (f"plus d'images que de caractéristiques, au moins {d + 1} (avec moins, la covariance est singulière "
                "et la distance mesure surtout la taille de l'échantillon\u00a0; une ligne est une image, pas une "
                "colonne)")
        raise ValueError(f"{where}\u00a0: {rule}, reçu {n} images, {d} caractéristiques")
    centre = values.mean(axis=0)
    apart = values - centre
    return centre, apart.T @ apart / (n - 1)


def mean(where: str, m: object, d: int | None = None) -> np.ndarray:
    array = np.asarray(m, dtype=np.float64)
    if array.ndim != 1 or not array.size or d not in (None, len(array)):
        raise refuse_array(where, f"une moyenne de forme ({'d' if d is None else d},)", m, array)
    return finite(where, array)


def root(where: str, cov: object, d: int) -> tuple[np.ndarray, np.ndarray]:
    """A covariance, and its symmetric square root."""
    array = finite(where, np.asarray(cov, dtype=np.float64))
    if array.shape != (d, d):
        raise refuse_array(where, f"une covariance de forme ({d}, {d})", cov, array)
    scale = np.abs(array).max()
    if np.abs(array - array.T).max() > 1e-6 * scale:
        i, j = np.unravel_index(np.abs(array - array.T).argmax(), array.shape)
        given = f"{array[i, j]:.4g} en [{i}, {j}] et {array[j, i]:.4g} en [{j}, {i}]"
        raise ValueError(f"{where}\u00a0: une covariance, donc symétrique, reçu {given}")
    array = (array + array.T) / 2
    values, vectors = np.linalg.eigh(array)
    if values[0] < -NEGATIVE * max(values[-1], scale):
        rule = "une covariance, donc sans valeur propre négative"
        raise _check.refuse(where, rule, float(values[0]))
    return array, (vectors * np.sqrt(values.clip(0))) @ vectors.T


def finite(where: str, array: np.ndarray) -> np.ndarray:
    if not np.isfinite(array).all():
        raise _check.refuse(where, "des nombres finis", float(array[~np.isfinite(array)][0]))
    return array
