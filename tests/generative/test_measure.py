"""The distance of two sets of images: its interval, its bias, its floor and ceiling, and what it refuses."""

import numpy as np
import pytest

from course.data import load
from course.generative import Described, Features, by_size, ceiling, distance, floor, frechet
from tests.full_data import need
from tests.generative.digits import averages, mnist


def blobs(n, shift=0.0, seed=0):
    rng = np.random.default_rng(seed)
    return (0.5 + shift + 0.1 * rng.normal(size=(n, 24))).clip(0, 1)


def test_it_is_the_formula_on_the_features():
    a, b = blobs(300), blobs(200, 0.1, 1)
    sides = [m for x in (a, b) for m in (averages(x).mean(0), np.cov(averages(x), rowvar=False))]
    found = distance(a, b, features=averages)
    assert found.value == pytest.approx(frechet(*sides), rel=1e-4)  # images are float32
    assert (found.n, found.m) == (300, 200)


def test_zero_on_itself_and_symmetric():
    a, b = blobs(300), blobs(300, 0.05, 1)
    assert distance(a, a, features=averages).value == pytest.approx(0, abs=1e-12)
    assert distance(a, b, features=averages).value == pytest.approx(distance(b, a, features=averages).value)


def test_same_seed_same_interval():
    a, b = blobs(300), blobs(300, 0.05, 1)
    assert distance(a, b, features=averages, seed=3) == distance(a, b, features=averages, seed=3)
    assert distance(a, b, features=averages, seed=3).low != distance(a, b, features=averages, seed=4).low


def test_the_interval_covers_what_other_draws_give():
    """Forty pairs of samples of two known Gaussians: most intervals hold the mean of the forty values."""
    found = [distance(blobs(400, 0.05, 2 * s), blobs(400, 0, 2 * s + 1), features=averages) for s in range(40)]
    mean = np.mean([d.value for d in found])
    inside = np.mean([d.low <= mean <= d.high for d in found])
    assert 0.85 <= inside <= 1
    spread = np.std([d.value for d in found], ddof=1)
    assert np.mean([d.high - d.low for d in found]) / (2 * 1.96 * spread) == pytest.approx(1, abs=0.35)


def test_the_bias_is_what_few_images_add():
    """Two samples of one law: the true distance is 0, all that is found is bias."""
    found = [distance(blobs(60, 0, 2 * s), blobs(60, 0, 2 * s + 1), features=averages) for s in range(30)]
    assert np.mean([d.bias for d in found]) / np.mean([d.value for d in found]) == pytest.approx(1, abs=0.3)
    # resamples are farther than the samples: their percentiles would leave the value itself out
    assert all(d.low <= d.value <= d.high for d in found)


def test_fewer_images_are_farther():
    train, _ = mnist(4000)
    sizes = by_size(train[:1000], train[1000:], (100, 300, 1000), draws=3)
    assert sizes[100][0] > 1.5 * sizes[300][0] > 1.5 * 1.5 * sizes[1000][0]
    assert list(sizes) == [100, 300, 1000]


def test_floor_and_ceiling_hold_what_is_between_them():
    train, test = mnist()
    low, high = floor(train, test), ceiling(test)
    blurred = distance(0.7 * test[:500] + 0.15, test)
    assert low.high < blurred.low < blurred.high < high.low
    assert high.value > 20 * low.value
    assert "distance de Fréchet (LeNet)" in str(low)
    assert "FID" not in str(low)


def test_on_the_whole_of_mnist(monkeypatch):
    """Floor and ceiling are far apart, and the two halves of the test are not alike: they have other writers."""
    monkeypatch.setenv("COURSE_DATA", need("mnist"))
    d = load("mnist")
    test = Described(d.x_test)
    low, high = floor(d.x_train, test), ceiling(test)
    assert (low.n, low.m) == (10_000, 10_000)
    assert low.value < 3
    assert high.value > 200 * low.value
    order = np.random.default_rng(0).permutation(10_000)
    split, mixed = (distance(d.x_test[part[:5000]], d.x_test[part[5000:]]) for part in (np.arange(10_000), order))
    assert split.low > 3 * mixed.high


def test_the_floor_has_as_many_images_on_both_sides():
    train, test = mnist()
    found = floor(train, test[:300])
    assert (found.n, found.m) == (300, 300)


def test_features_are_computed_once():
    calls = []

    def counted(images):
        calls.append(len(images))
        return averages(images)

    reference = Described(blobs(100), counted)
    distance(blobs(50, 0.1), reference)
    distance(blobs(60, 0.1), reference)
    assert calls == [100, 50, 60]


def test_other_features_may_be_given_and_are_named():
    def inception(images):
        return averages(images)

    assert "vos caractéristiques" in str(distance(blobs(50), blobs(60), features=inception))
    inception.title = "FID (Inception)"
    assert str(distance(blobs(50), blobs(60), features=inception)).startswith("FID (Inception)\u00a0: ")


def test_the_lenet_describes_an_image_by_84_numbers_in_any_batch():
    images = mnist()[1]
    lenet = Features()
    values = lenet(images)
    assert values.shape == (1000, lenet.dimension) == (1000, 84)
    np.testing.assert_allclose(values[700:703], lenet(images[700:703]), rtol=1e-4, atol=1e-4)


def test_scoring_never_drops_anything():
    """A network left learning would give features that change from call to call."""
    lenet, images = Features(), mnist()[1][:20]
    lenet.halves[0].train()
    np.testing.assert_array_equal(lenet(images), lenet(images))


@pytest.mark.parametrize("n", [1, 6])
def test_fewer_images_than_features_are_refused(n):
    with pytest.raises(ValueError, match=rf"distance\.images.*au moins 7 .*singulière.*reçu {n} images, 6"):
        distance(blobs(n), blobs(50), features=averages)
    with pytest.raises(ValueError, match=r"distance\.reference"):
        distance(blobs(50), blobs(n), features=averages)


def test_features_in_columns_are_impossible():
    with pytest.raises(ValueError, match="une ligne de nombres par image, 50 ici"):
        distance(blobs(60), blobs(50), features=lambda x: averages(x).T)
    square = 6  # as many images as features: nothing in the shape tells rows from columns
    with pytest.raises(ValueError, match="au moins 7"):
        distance(blobs(square), blobs(60), features=lambda x: averages(x).T if len(x) == square else averages(x))


@pytest.mark.parametrize(("images", "said"), [
    (np.zeros((90, 28, 28)), r"distance\.images\u00a0: .*reshape"),
    (np.zeros((90, 783)), r"distance\.images\u00a0: des images de 784 pixels|forme \(images, 784\)"),
    (np.full((90, 784), np.nan), "sans NaN ni infini"),
    (np.full((90, 784), 1.5), r"des pixels de \[0, 1\]"),
    (np.full((90, 784), -0.1), r"des pixels de \[0, 1\]"),
    ("images", r"distance\.images"),
])
def test_what_is_not_such_images_is_refused(images, said):
    with pytest.raises(ValueError, match=said):
        distance(images, mnist()[1])


@pytest.mark.parametrize(("options", "said"), [
    ({"bootstrap": 1}, r"distance\.bootstrap\u00a0: un entier d'au moins 2"),
    ({"features": 3}, r"distance\.features"),
    ({"features": lambda x: np.full((len(x), 2), np.nan)}, "finies"),
])
def test_settings_are_looked_at(options, said):
    with pytest.raises(ValueError, match=said):
        distance(blobs(50), blobs(50), **{"features": averages, **options})


def test_two_descriptions_must_be_of_the_same_kind():
    with pytest.raises(ValueError, match="les mêmes caractéristiques"):
        distance(Described(blobs(50), lambda x: averages(x)), Described(blobs(50), averages))
