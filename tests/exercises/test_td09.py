"""The formulas of TD09's exercises, found again by scikit-learn, by `course.nn` and by finite differences."""

import numpy as np
import pytest
from sklearn.decomposition import PCA
from sklearn.model_selection import LeaveOneOut, cross_val_score
from sklearn.neighbors import KNeighborsClassifier

from course import nn
from course.data import load
from course.exercises.td09.bottleneck import gradient_lie, reconstruire_acp
from course.exercises.td09.features import gradient_perceptuel
from course.exercises.td09.latent import chemin
from course.exercises.td09.maps import perplexite, precision_voisin

rng = np.random.default_rng(9)
DIGITS = load("digits", subset=300)


@pytest.mark.parametrize("k", [2, 8, 32])
def test_the_linear_bottleneck_is_pca(k):
    x = DIGITS.x_train.astype(float)
    theirs = PCA(k, svd_solver="full").fit(x)
    assert np.allclose(reconstruire_acp(x, k), theirs.inverse_transform(theirs.transform(x)))


def test_no_linear_bottleneck_does_better():
    x = DIGITS.x_train.astype(float)
    best = np.mean((reconstruire_acp(x, 8) - x) ** 2)
    m = x.mean(axis=0)
    for _ in range(20):
        Q = np.linalg.qr(rng.normal(size=(64, 8)))[0]
        assert np.mean(((x - m) @ Q @ Q.T + m - x) ** 2) > best


def test_tied_weights_are_the_library_s():
    there = nn.Linear(5, 2, bias=False, rng=0, dtype=np.float64)
    both = nn.Sequential(there, nn.Linear.tied(there, bias=False))
    x, g = rng.normal(size=(4, 5)), rng.normal(size=(4, 5))
    both(x)
    both.backward(g)
    assert np.allclose(there.W.grad, gradient_lie(x, there.W.value, g))


def test_tied_weights_against_finite_differences():
    x, W, g = rng.normal(size=(3, 4)), rng.normal(size=(4, 2)), rng.normal(size=(3, 4))
    D = rng.normal(size=W.shape)
    slope = np.sum(g * (x @ (W + 1e-6 * D) @ (W + 1e-6 * D).T - x @ (W - 1e-6 * D) @ (W - 1e-6 * D).T)) / 2e-6
    assert np.sum(D * gradient_lie(x, W, g)) == pytest.approx(slope, rel=1e-7)


def test_a_path_has_its_ends_and_equal_steps():
    a, b = rng.normal(size=(2, 6))
    path = chemin(a, b, 7)
    assert np.allclose(path[[0, -1]], [a, b])
    assert np.allclose(np.diff(path, axis=0), (b - a) / 6)


def test_perplexity_counts_equal_neighbours():
    assert perplexite(np.array([0.25] * 4 + [0.0])) == pytest.approx(4)
    assert perplexite(np.array([1.0, 0.0])) == 1


def test_the_nearest_neighbour_is_scikit_learn_s():
    z, y = DIGITS.x_train[:, [20, 43]] + rng.normal(0, 1e-3, (300, 2)), DIGITS.y_train
    theirs = cross_val_score(KNeighborsClassifier(1), z, y, cv=LeaveOneOut())
    assert precision_voisin(z, y) == pytest.approx(theirs.mean())


def test_a_loss_through_another_network_against_finite_differences():
    y, t, W, b = rng.normal(size=(3, 4)), rng.normal(size=(3, 4)), rng.normal(size=(4, 5)), rng.normal(size=5)

    def loss(a):
        seen, wanted = np.maximum(a @ W + b, 0), np.maximum(t @ W + b, 0)
        return np.mean((a - t) ** 2) + 0.7 * np.mean((seen - wanted) ** 2)

    D = rng.normal(size=y.shape)
    slope = (loss(y + 1e-6 * D) - loss(y - 1e-6 * D)) / 2e-6
    assert np.sum(D * gradient_perceptuel(y, t, W, b, 0.7)) == pytest.approx(slope, rel=1e-6)


def test_a_loss_through_another_network_is_the_library_s():
    phi = nn.Sequential(nn.Linear(4, 5, rng=0, dtype=np.float64), nn.ReLU())
    W, b = (p.value for p in phi.parameters())
    y, t, near, far = rng.normal(size=(3, 4)), rng.normal(size=(3, 4)), nn.MSELoss(), nn.MSELoss()
    near(y, t)
    far(phi(y), phi(t))
    phi(y)
    assert np.allclose(near.backward() + 0.3 * phi.backward(far.backward()), gradient_perceptuel(y, t, W, b, 0.3))
