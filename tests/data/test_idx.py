"""The IDX format: what is read is what was written, and what is wrong is named."""

import gzip
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra import numpy as arrays

from course.data import idx
from course.data.idx import Unreadable


@given(arrays.arrays(np.uint8, arrays.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=6)))
def test_what_is_read_is_what_was_written(array):
    again = idx.read(idx.write(array), "x", array.ndim)
    assert again.shape == array.shape
    assert np.array_equal(again, array)


def test_the_layout_is_the_one_that_mnist_describes():
    content = gzip.compress(struct.pack(">IIII", 2051, 2, 1, 3) + bytes([1, 2, 3, 4, 5, 6]))
    assert idx.read(content, "x", 3).tolist() == [[[1, 2, 3]], [[4, 5, 6]]]
    content = gzip.compress(struct.pack(">II", 2049, 2) + bytes([7, 8]))
    assert idx.read(content, "x", 1).tolist() == [7, 8]


IMAGES = np.arange(3 * 28 * 28, dtype=np.int64).reshape(3, 28, 28) % 251
WHOLE = idx.write(IMAGES)
PLAIN = gzip.decompress(WHOLE)
WRONG = {
    "truncated": (WHOLE[:-40], "archive tronquée ou abîmée"),
    "nothing but its beginning": (WHOLE[:4], "archive tronquée ou abîmée"),
    "not an archive": (PLAIN, "archive tronquée ou abîmée"),
    "one byte changed": (WHOLE[:100] + bytes([WHOLE[100] ^ 255]) + WHOLE[101:], "archive tronquée ou abîmée"),
    "empty": (gzip.compress(b""), "nombre magique 00000803 attendu, lu rien"),
    "labels": (idx.write(np.arange(9)), "nombre magique 00000803 attendu, lu 00000801"),
    "a page of a website": (gzip.compress(b"<html>"), "nombre magique 00000803 attendu, lu 3c68746d"),
    "no sizes": (gzip.compress(PLAIN[:9]), "en-tête incomplet"),
    "an image is missing": (gzip.compress(PLAIN[:-784]), "l'en-tête annonce 3×28×28 valeurs, le fichier en a 1568"),
    "more than announced": (gzip.compress(PLAIN + b"x"), "l'en-tête annonce 3×28×28 valeurs, le fichier en a 2353"),
}


@pytest.mark.parametrize("fault", WRONG)
def test_a_wrong_file_is_refused_by_its_name(fault):
    content, said = WRONG[fault]
    with pytest.raises(Unreadable) as refusal:
        idx.read(content, "mnist/a.gz", 3)
    assert str(refusal.value).startswith("mnist/a.gz\u00a0: ")
    assert said in str(refusal.value)


@given(some.integers(0, len(WHOLE) - 1))
def test_no_beginning_of_a_file_is_taken_for_it(length):
    with pytest.raises(Unreadable):
        idx.read(WHOLE[:length], "x", 3)


def test_labels_go_with_their_images():
    images, labels = np.zeros((3, 2, 2), np.uint8), np.array([0, 9, 1], np.uint8)
    assert idx.pair(images, labels, "x", 10) == (images, labels)
    with pytest.raises(Unreadable, match="^x\u00a0: 3 images mais 2 étiquettes"):
        idx.pair(images, labels[:2], "x", 10)
    with pytest.raises(Unreadable, match="^x\u00a0: étiquette 9 pour 9 classes"):
        idx.pair(images, labels, "x", 9)
