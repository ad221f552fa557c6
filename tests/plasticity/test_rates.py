"""Rate rules against what is proved on paper, and against principal components."""

import numpy as np
import pytest

from course.plasticity import bcm, bcm_threshold, covariance, hebb, oja
from tests.plasticity.plain import french


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def cloud(rng: np.random.Generator, n: int = 2000) -> tuple[np.ndarray, np.ndarray]:
    """Centred points in five dimensions, and their first principal axis."""
    X = rng.standard_normal((n, 5)) @ np.diag([3.0, 1.5, 1.0, 0.5, 0.2]) @ np.linalg.qr(rng.standard_normal((5, 5)))[0]
    X -= X.mean(axis=0)
    return X, np.linalg.svd(X, full_matrices=False)[2][0]


def test_the_norm_grows_as_on_paper(rng) -> None:
    """d|w|²/dt = 2 v²/τ: the finite difference tends to it, first order in the step."""
    w, u = rng.standard_normal(6), rng.standard_normal(6)
    v = w @ u
    gaps = []
    for epsilon in (1e-3, 1e-5):
        growth = (np.sum(hebb(w, u, v, epsilon) ** 2) - np.sum(w**2)) / epsilon
        gaps.append(growth - 2 * v * v)
        assert gaps[-1] == pytest.approx(epsilon * v * v * (u @ u), rel=1e-3)
    assert abs(gaps[1]) < 1e-3 * 2 * v * v


def test_hebb_explodes_and_oja_does_not(rng) -> None:
    X, _ = cloud(rng)
    w = z = np.full(5, 0.1)
    for u in X:
        w, z = hebb(w, u, w @ u, 0.01), oja(z, u, z @ u, 0.01)
    assert np.linalg.norm(w) > 1e6
    assert np.linalg.norm(z) == pytest.approx(1, abs=0.2)


@pytest.mark.parametrize("alpha", [1.0, 0.25, 4.0])
def test_the_fixed_point_of_oja(rng, alpha) -> None:
    """|w|² = 1/α, along the first principal axis."""
    X, axis = cloud(rng)
    w = rng.standard_normal(5)
    for epsilon in (1e-2, 1e-3, 1e-4, 1e-5):
        for u in X[rng.permutation(len(X))]:
            w = oja(w, u, w @ u, min(epsilon, epsilon / alpha), alpha)
    for _ in range(3000):  # the mean of the rule over the cloud: its fixed point itself
        v = X @ w
        w = w + 1e-2 / max(1, alpha) * (X.T @ v / len(X) - alpha * np.mean(v * v) * w)
    assert w @ w * alpha == pytest.approx(1, abs=1e-3)
    assert abs(w @ axis) / np.linalg.norm(w) > 0.999


def test_the_rule_itself_reaches_the_axis(rng) -> None:
    """Sample after sample, with a step that shrinks, no average."""
    X, axis = cloud(rng)
    w = rng.standard_normal(5)
    for epoch in range(8):
        for u in X[rng.permutation(len(X))]:
            w = oja(w, u, w @ u, 3e-3 / (1 + 3 * epoch))
    assert abs(w @ axis) / np.linalg.norm(w) > 0.999
    assert w @ w == pytest.approx(1, abs=0.02)


def test_the_covariance_forgets_the_mean(rng) -> None:
    """Far from the origin Hebb follows the mean of the cloud, and the covariance its long axis."""
    X, axis = cloud(rng)
    away = np.linalg.qr(np.column_stack([axis, rng.standard_normal(5)]))[0][:, 1]
    U = X + 10 * away
    w = z = 0.1 * (axis + away)
    for u in U:
        w, z = hebb(w, u, w @ u, 1e-3), covariance(z, u, z @ u, 1e-3, U.mean(axis=0), z @ U.mean(axis=0))
    assert abs(w @ away) > 0.99 * np.linalg.norm(w)
    assert abs(z @ axis) > 0.98 * np.linalg.norm(z)


def test_bcm_selects_one_of_two_patterns(rng) -> None:
    """The only stable states answer to one pattern alone, with v = 1/P of its probability: 2."""
    patterns = np.array([[1.0, 0.2], [0.2, 1.0]])
    w, theta = np.array([0.6, 0.5]), 0.5
    for k in rng.integers(2, size=20_000):
        v = float(w @ patterns[k])
        w, theta = bcm(w, patterns[k], v, 2e-3, theta), bcm_threshold(theta, v, 0.02)
    answers = np.sort(patterns @ w)
    assert answers == pytest.approx([0, 2], abs=0.15)


def test_several_neurons_learn_as_each_alone(rng) -> None:
    w, u, v = rng.standard_normal((3, 4)), rng.standard_normal(4), rng.standard_normal(3)
    rules = [
        lambda w, v: hebb(w, u, v, 0.1),
        lambda w, v: oja(w, u, v, 0.1, 2.0),
        lambda w, v: covariance(w, u, v, 0.1, 0.3, 0.2),
        lambda w, v: bcm(w, u, v, 0.1, 0.7),
    ]
    kept = w.copy()
    for rule in rules:
        assert np.array_equal(rule(w, v), [rule(a, b) for a, b in zip(w, v, strict=True)])
    assert np.array_equal(w, kept)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: hebb([1.0], [1.0, 2.0], 1.0, 0.1), "hebb.w : un poids par entrée et par neurone (2), reçu"),
        (lambda: hebb([np.nan], [1.0], 1.0, 0.1), "hebb.w : des nombres finis"),
        (lambda: oja([1.0], [[1.0]], 1.0, 0.1), "oja.u : un tableau d'activités"),
        (lambda: oja([1.0], [1.0], 1.0, 0.1, 0), "oja.alpha : un nombre strictement positif"),
        (lambda: bcm([1.0], [1.0], 1.0, -0.1, 1), "bcm.epsilon : un nombre positif"),
        (lambda: covariance([1.0], [1.0], 1.0, 0.1, [1.0, 2.0]), "covariance.mean_u : un nombre, ou un tableau (1,)"),
        (lambda: bcm([1.0], [1.0], [[1.0]], 0.1, 1), "bcm.v : un nombre, ou une activité par neurone"),
    ],
)
def test_refusals(call, said) -> None:
    with pytest.raises(ValueError, match=french(said)):
        call()
