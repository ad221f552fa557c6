"""Digits that are drawn, images learnt by heart, and the old baseline."""

import subprocess
import sys

import numpy as np
import pytest

from course.data import load
from course.generative import Mixture, Modes, distance, modes, nearest
from tests.generative.digits import mnist


def test_real_digits_are_all_covered():
    found = modes(mnist()[1])
    assert found.covered == 10
    assert found.missing == []
    assert found.shares.sum() == pytest.approx(1)
    assert found.sure > 0.95


def test_the_shares_are_those_of_the_labels():
    d = load("mnist", subset=(10, 1000))
    truth = np.bincount(d.y_test, minlength=10) / 1000
    np.testing.assert_allclose(modes(d.x_test).shares, truth, atol=0.01)


def test_a_model_that_draws_two_digits_covers_two():
    d = load("mnist", subset=(1000, 10))
    found = modes(d.x_train[np.isin(d.y_train, (3, 8))])
    assert found.covered == 2
    assert found.missing == [0, 1, 2, 4, 5, 6, 7, 9]
    assert repr(found).startswith("2 chiffres sur 10")


def test_two_per_cent_is_the_limit():
    assert Modes(np.array([0.02, 0.0199, 0.9601]), 1).covered == 2


def test_the_nearest_is_the_one_of_all_the_pairs():
    rng = np.random.default_rng(0)
    images, train = rng.random((700, 5)), rng.random((40, 5))
    apart = np.sqrt(((images[:, None] - train) ** 2).mean(axis=2))
    rows, distances = nearest(images, train)
    np.testing.assert_array_equal(rows, apart.argmin(axis=1))
    np.testing.assert_allclose(distances, apart.min(axis=1), atol=1e-6)


def test_a_training_image_is_its_own_neighbour():
    train = mnist()[0]
    rows, distances = nearest(train[:50], train)
    assert distances.max() == 0
    np.testing.assert_array_equal(train[rows], train[:50])


def test_the_mixture_draws_from_the_law_that_it_learnt():
    rng = np.random.default_rng(0)
    which = rng.random(4000) < 0.25
    x = (0.5 + np.where(which[:, None], 0.15, -0.15) + 0.03 * rng.normal(size=(4000, 9))).clip(0, 1)
    mixture = Mixture(2, dimension=3, seed=0).fit(x)
    drawn = mixture.sample(20_000, seed=1)
    assert (drawn.mean(axis=1) > 0.5).mean() == pytest.approx(which.mean(), abs=0.02)
    np.testing.assert_allclose(drawn.mean(axis=0), x.mean(axis=0), atol=0.01)
    assert 0 <= drawn.min() <= drawn.max() <= 1
    np.testing.assert_array_equal(drawn, mixture.sample(20_000, seed=1))


def test_the_mixture_draws_digits_nearer_than_their_mean():
    train, test = mnist()
    mixture = Mixture(10, dimension=20, seed=0).fit(train)
    drawn = mixture.sample(1000)
    one = Mixture(1, dimension=20, seed=0).fit(train).sample(1000)
    assert distance(drawn, test).high < distance(one, test).low
    assert mixture.size == 10 * (1 + 20 + 210) - 1 + 784 * 21


def test_the_mixture_refuses_too_few_images_and_to_draw_before_learning():
    with pytest.raises(ValueError, match=r"Mixture\.fit\.x\u00a0: au moins 100 images"):
        Mixture(50).fit(mnist()[0][:60])
    with pytest.raises(ValueError, match=r"Mixture\.sample\u00a0: fit d'abord"):
        Mixture(2).sample(3)


def test_measuring_needs_no_torch():
    text = ("import sys; from course.generative import distance, modes, nearest, Mixture, frechet; "
            "assert callable(distance) and callable(frechet); assert 'torch' not in sys.modules")
    subprocess.run([sys.executable, "-c", text], check=True)


def test_a_name_is_never_hidden_by_its_file():
    """A file called like a function would take its place in the room, once read."""
    text = ("import course.generative as g\nfor name in g.__all__: getattr(g, name)\n"
            "import types\nassert not [n for n in g.__all__ if isinstance(getattr(g, n), types.ModuleType)]")
    subprocess.run([sys.executable, "-c", text], check=True)
