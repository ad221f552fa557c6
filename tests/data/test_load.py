"""What `load` gives: the same thing whatever the set, from what the course carries."""

import numpy as np
import pytest

from course.data import load
from course.data.catalogue import EVERY

SIZES = {  # without network: the shape, the samples, the classes
    "mnist": ((28, 28), 10_000, 2000, 10), "fashion_mnist": ((28, 28), 10_000, 2000, 10),
    "kmnist": ((28, 28), 10_000, 2000, 10), "alphadigits": ((20, 16), 1116, 288, 36),
    "iris": ((4,), 120, 30, 3), "digits": ((8, 8), 1438, 359, 10),
}


@pytest.mark.parametrize("name", EVERY)
def test_every_set_has_one_form(name):
    shape, train, test, classes = SIZES[name]
    data = load(name)
    assert data.shape == shape
    assert data.x_train.shape == (train, np.prod(shape))
    assert data.x_test.shape == (test, np.prod(shape))
    for x, y in ((data.x_train, data.y_train), (data.x_test, data.y_test)):
        assert (x.dtype, y.dtype) == (np.float32, np.int64)
        assert x.flags.c_contiguous
        assert y.shape == (len(x),)
        assert set(y) == set(range(classes))
        if name != "iris":
            assert (x.min(), x.max()) == (0, 1)
    assert len(data.classes) == classes
    assert data.licence
    assert data.citation
    assert data.source
    assert data.images("test").shape == (test, *shape)
    assert np.shares_memory(data.images(), data.x_train)


def test_the_first_digits_are_those_of_mnist():
    data = load("mnist")
    assert data.y_train[:10].tolist() == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]
    assert data.y_test[:10].tolist() == [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]
    assert (data.extract, data.source) == (True, "le cours (extrait)")
    five = data.images()[0]
    assert five[:5].sum() == 0  # the margin of the 20×20 box
    assert five.sum() * 255 == pytest.approx(27525)  # of the official file


def test_a_subset_is_the_first_samples():
    whole = load("mnist")
    most = (10**6, 10_000, 2000)
    for subset, train, test in ((1000, 1000, 2000), ((50, 20), 50, 20), ((None, 20), 10_000, 20), most):
        part = load("mnist", subset=subset)
        assert (len(part.x_train), len(part.x_test)) == (train, test)
        assert np.array_equal(part.x_train, whole.x_train[:train])
        assert np.array_equal(part.y_test, whole.y_test[:test])
    assert len(load("iris", subset=(10, 5)).x_test) == 5


def test_an_extract_is_said_when_it_is_less_than_what_was_asked(capsys):
    load("mnist", subset=(1000, 500))
    assert capsys.readouterr().out == ""
    load("mnist", subset=1000)
    assert "MNIST\u00a0: extrait de 10000 images d'apprentissage et 2000 de test" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["iris", "digits", "alphadigits"])
def test_a_split_is_fixed_and_has_every_class_in_its_share(name):
    one, other = load(name), load(name)
    assert np.array_equal(one.x_train, other.x_train)
    assert np.array_equal(one.y_test, other.y_test)
    count = np.bincount(one.y_test)
    whole = count + np.bincount(one.y_train)
    assert np.abs(count - 0.2 * whole).max() <= 0.5


def test_the_flowers_are_all_there():
    from sklearn.datasets import load_iris

    x, y = load_iris(return_X_y=True)
    data = load("iris")
    mine = np.column_stack([np.r_[data.x_train, data.x_test], np.r_[data.y_train, data.y_test]])
    theirs = np.column_stack([x.astype(np.float32), y])
    assert sorted(map(tuple, mine.tolist())) == sorted(map(tuple, theirs.tolist()))


REFUSED = {
    "load.name\u00a0: un de mnist, fashion_mnist, kmnist, alphadigits, iris, digits "
    "(vouliez-vous dire kmnist\u00a0?), reçu 'knist'": ("knist", None),
    "load.name\u00a0: un de mnist, fashion_mnist, kmnist, alphadigits, iris, digits, reçu 7": (7, None),
    "load.subset\u00a0: None, un entier positif, ou deux (apprentissage, test), reçu 0": ("mnist", 0),
    "load.subset\u00a0: None, un entier positif, ou deux (apprentissage, test), reçu True": ("mnist", True),
    "load.subset\u00a0: None, un entier positif, ou deux (apprentissage, test), reçu 0.5": ("iris", 0.5),
    "load.subset\u00a0: None, un entier positif, ou deux (apprentissage, test), reçu (1, 2, 3)": ("mnist", (1, 2, 3)),
    "load.subset\u00a0: None, un entier positif, ou deux (apprentissage, test), reçu (10, -1)": ("mnist", (10, -1)),
}


@pytest.mark.parametrize("said", REFUSED)
def test_a_wrong_request_is_refused(said):
    with pytest.raises(ValueError) as refusal:  # noqa: PT011
        load(*REFUSED[said])
    assert str(refusal.value) == said


def test_a_part_of_a_set_has_a_name():
    with pytest.raises(ValueError, match="^Dataset.images\u00a0: un de train, test"):
        load("iris").images("trian")


def test_what_a_set_is_can_be_read():
    assert repr(load("iris", subset=(10, 5))) == (
        "iris (complet, scikit-learn)\u00a0: 10 exemples d'apprentissage, 5 de test, 4, 3 classes"
    )
