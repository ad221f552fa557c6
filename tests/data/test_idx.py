"""IDX files: what is written is read back, what is damaged is named."""

import gzip

import numpy as np
import pytest

from course.data import idx
from tests.data import small

IMAGES = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)


def test_an_array_comes_back():
    assert np.array_equal(idx.read(idx.write(IMAGES), "f", 3), IMAGES)


def test_the_header_is_the_published_one():
    # magic 0x00000803, then the sizes, big-endian: the page of MNIST
    head = bytes.fromhex("00000803 00000002 00000003 00000004")
    assert gzip.decompress(idx.write(IMAGES))[:16] == head


@pytest.mark.parametrize(("spoil", "said"), [
    (lambda c: c[:-9], "tronquée ou abîmée"),
    (lambda c: b"<html>", "tronquée ou abîmée"),
    (lambda c: c[:30] + bytes([c[30] ^ 255]) + c[31:], "tronquée ou abîmée"),
    (lambda c: b"", "nombre magique 00000803 attendu, lu rien"),
    (lambda c: gzip.compress(gzip.decompress(c)[:10]), "en-tête incomplet"),
    (lambda c: gzip.compress(gzip.decompress(c)[:-1]), "annonce 2×3×4 valeurs, le fichier en a 23"),
    (lambda c: gzip.compress(gzip.decompress(c) + b"x"), "annonce 2×3×4 valeurs, le fichier en a 25"),
    (lambda c: idx.write(IMAGES[0, 0]), "nombre magique 00000803 attendu, lu 00000801"),
])
def test_a_damaged_file_is_named(spoil, said):
    with pytest.raises(idx.Unreadable, match=said) as error:
        idx.read(spoil(idx.write(IMAGES)), "mnist/train", 3)
    assert str(error.value).startswith("mnist/train\u00a0: ")


def test_labels_of_another_set_are_refused(monkeypatch, tmp_path, served):
    from course.data import load

    files = small.contents() | {"train-labels-idx1-ubyte.gz": idx.write(np.zeros(4, np.uint8))}
    served(small.entry(files))
    small.put(tmp_path, files)
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    with pytest.raises(idx.Unreadable, match="6 images mais 4 étiquettes"):
        load("fashion_mnist")


def test_a_label_outside_the_classes_is_refused():
    with pytest.raises(idx.Unreadable, match="étiquette 2 pour 2 classes"):
        idx.pair(IMAGES, np.array([0, 2]), "mnist", 2)
