"""The distance of two Gaussians: what is known in closed form, and the wrong formulas one meets."""

import numpy as np
import pytest
from scipy.linalg import sqrtm

from course.generative.gaussians import frechet, moments


def gaussian(d=6, seed=0):
    rng = np.random.default_rng(seed)
    A = rng.normal(size=(d, d))
    return rng.normal(size=d), A @ A.T + 0.1 * np.eye(d)


def by_scipy(m1, c1, m2, c2):
    return (m1 - m2) @ (m1 - m2) + np.trace(c1 + c2 - 2 * sqrtm(c1 @ c2).real)


def test_one_dimension():
    assert frechet([1.0], [[9.0]], [3.0], [[1.0]]) == pytest.approx((3 - 1) ** 2 + (3 - 1) ** 2)


def test_multiples_of_the_identity():
    d, a, b = 5, 4.0, 0.25
    assert frechet(np.zeros(d), a * np.eye(d), np.ones(d), b * np.eye(d)) == pytest.approx(d + d * (2 - 0.5) ** 2)


def test_diagonal_covariances():
    v, w = np.array([1.0, 4.0, 9.0]), np.array([16.0, 0.0, 1.0])
    expected = ((np.sqrt(v) - np.sqrt(w)) ** 2).sum()
    assert frechet(np.zeros(3), np.diag(v), np.zeros(3), np.diag(w)) == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(3))
def test_covariances_that_do_not_commute(seed):
    first, second = gaussian(seed=seed), gaussian(seed=seed + 10)
    assert np.abs(first[1] @ second[1] - second[1] @ first[1]).max() > 1
    assert frechet(*first, *second) == pytest.approx(by_scipy(*first, *second), rel=1e-8)


def test_symmetric_and_zero_on_itself():
    first, second = gaussian(seed=1), gaussian(seed=2)
    assert frechet(*first, *second) == pytest.approx(frechet(*second, *first), rel=1e-12)
    assert frechet(*first, *first) == pytest.approx(0, abs=1e-10)
    assert frechet(*first, *second) > 1


def test_two_gaussians_without_thickness():
    """Rank one each, at right angles: the square root of their product is 0, and nothing imaginary is met."""
    u, v = np.eye(3)[:2]
    assert frechet(np.zeros(3), np.outer(u, u), np.zeros(3), 4 * np.outer(v, v)) == pytest.approx(1 + 4)


def wrong_elementwise(m1, c1, m2, c2):
    return (m1 - m2) @ (m1 - m2) + np.trace(c1 + c2 - 2 * np.sqrt(np.abs(c1 * c2)))


def wrong_without_mean(m1, c1, m2, c2):
    return np.trace(c1 + c2 - 2 * sqrtm(c1 @ c2).real)


def wrong_without_factor(m1, c1, m2, c2):
    return (m1 - m2) @ (m1 - m2) + np.trace(c1 + c2 - sqrtm(c1 @ c2).real)


def wrong_without_root(m1, c1, m2, c2):
    return (m1 - m2) @ (m1 - m2) + np.trace(c1 + c2 - 2 * c1 @ c2)


def wrong_roots_apart(m1, c1, m2, c2):
    return (m1 - m2) @ (m1 - m2) + np.linalg.norm(sqrtm(c1) - sqrtm(c2)) ** 2


def wrong_not_squared(m1, c1, m2, c2):
    return np.linalg.norm(m1 - m2) + np.trace(c1 + c2 - 2 * sqrtm(c1 @ c2).real)


@pytest.mark.parametrize("wrong", [wrong_elementwise, wrong_without_mean, wrong_without_factor, wrong_without_root,
                                   wrong_roots_apart, wrong_not_squared])
def test_the_wrong_formulas_are_other_numbers(wrong):
    first, second = gaussian(seed=3), gaussian(seed=4)
    assert abs(wrong(*first, *second) / frechet(*first, *second) - 1) > 0.02


def test_an_imaginary_root_does_not_pass_unnoticed():
    """A matrix with a negative eigenvalue has an imaginary root, whose real part looks like a covariance's."""
    good = gaussian(3)
    bad = np.diag([1.0, -2.0, 1.0])
    assert np.iscomplexobj(sqrtm(bad))
    with pytest.raises(ValueError, match="sans valeur propre négative, reçu -2"):
        frechet(*good, np.zeros(3), bad)


def test_rounding_is_not_a_negative_eigenvalue():
    c = np.outer([1.0, 2.0, 3.0], [1.0, 2.0, 3.0]) - 1e-9 * np.eye(3)
    assert frechet(np.zeros(3), c, np.zeros(3), c) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(("arguments", "said"), [
    (([0.0, 0.0], np.eye(2), [0.0], np.eye(1)), r"frechet\.mean2\u00a0: une moyenne de forme \(2,\)"),
    (([0.0], np.eye(2), [0.0], np.eye(1)), r"frechet\.cov1\u00a0: une covariance de forme \(1, 1\)"),
    (([0.0, 0.0], [[1, 2], [0, 1]], [0.0, 0.0], np.eye(2)), "symétrique"),
    (([np.nan], [[1.0]], [0.0], [[1.0]]), "des nombres finis, reçu nan"),
])
def test_what_is_not_a_gaussian_is_refused(arguments, said):
    with pytest.raises(ValueError, match=said):
        frechet(*arguments)


def test_moments_are_those_of_columns():
    values = np.random.default_rng(0).normal(size=(50, 4)) * [1, 2, 3, 4] + [0, 1, 2, 3]
    m, c = moments("x", values)
    np.testing.assert_allclose(m, values.mean(axis=0))
    np.testing.assert_allclose(c, np.cov(values, rowvar=False))


def test_a_covariance_over_images_is_impossible():
    values = np.random.default_rng(0).normal(size=(50, 4))
    with pytest.raises(ValueError, match="une ligne est une image, pas une colonne.*reçu 4 images, 50 caract"):
        moments("distance.images", values.T)


@pytest.mark.parametrize("n", [1, 3, 4])
def test_fewer_images_than_features_are_refused_with_the_reason(n):
    with pytest.raises(ValueError, match="au moins 5 .avec moins, la covariance est singulière"):
        moments("x", np.ones((n, 4)))
