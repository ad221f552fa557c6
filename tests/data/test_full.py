"""The official sets themselves, where `COURSE_DATA` has them: their counts, published by their authors."""

import numpy as np
import pytest

from course.data import load
from tests.full_data import need

PUBLISHED = {  # training images per class, test images per class
    "mnist": ([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
              [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]),
    "fashion_mnist": ([6000] * 10, [1000] * 10),
    "kmnist": ([690, 690, 695, 702, 757, 708, 688, 708, 672, 701], [1000] * 10),  # the first 7011 of 60 000
}


@pytest.fixture
def full(monkeypatch):
    """`load`, on the full data."""
    def read(name, **asked):
        monkeypatch.setenv("COURSE_DATA", need(name))
        return load(name, **asked)

    return read


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_images_are_those_published(full, name, capsys):
    data = full(name)
    train, test = PUBLISHED[name]
    assert (data.name, data.source, data.extract) == (name, "COURSE_DATA", name == "kmnist")
    assert np.bincount(data.y_train).tolist() == train
    assert np.bincount(data.y_test).tolist() == test
    assert data.x_train.shape == (sum(train), 784)
    assert ("extrait de 7011 images" in capsys.readouterr().out) == (name == "kmnist")


def test_the_extract_of_the_course_is_the_beginning_of_mnist(full, monkeypatch):
    whole = full("mnist", subset=(10_000, 2000))
    assert not whole.extract
    monkeypatch.delenv("COURSE_DATA")
    part = load("mnist")
    assert part.extract
    for name in ("x_train", "y_train", "x_test", "y_test"):
        assert np.array_equal(getattr(whole, name), getattr(part, name))


def test_roweis_characters(full):
    data = full("alphadigits")
    assert (data.name, data.source, data.extract) == ("alphadigits", "COURSE_DATA", False)
    assert np.bincount(np.r_[data.y_train, data.y_test]).tolist() == [39] * 36
    assert set(np.unique(data.x_train)) == {0, 1}
    # upright: the bar of the T is at the top, that of the L at the bottom
    t, l = (data.images()[data.y_train == data.classes.index(letter)].mean(axis=0) for letter in "TL")
    assert t[:5].sum() > t[-5:].sum()
    assert l[-5:].sum() > l[:5].sum()


def test_the_flowers_are_those_of_fisher(full):
    data = full("iris")
    table = np.genfromtxt(f"{need('iris')}/iris/iris.csv", delimiter=",", skip_header=1)
    mine = np.column_stack([np.r_[data.x_train, data.x_test], np.r_[data.y_train, data.y_test]])
    assert sorted(map(tuple, mine.tolist())) == sorted(map(tuple, table.astype(np.float32).tolist()))


def test_nothing_is_printed_when_the_set_is_whole(full, capsys):
    full("fashion_mnist", subset=10)
    assert capsys.readouterr().out == ""
