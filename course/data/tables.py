"""Iris and the 8×8 digits, from scikit-learn, and AlphaDigits, from its MATLAB file."""

import io

import numpy as np

from course.data.catalogue import ALPHADIGITS
from course.data.dataset import Dataset, pixels, stratified
from course.data.idx import Unreadable

SEED = 0      # of the split between training and test: always the same
SHARE = 0.2   # of every class, for the test


def split(name: str, x: np.ndarray, y: np.ndarray, **about) -> Dataset:
    """The fixed stratified split of a set that comes in one piece."""
    train, test = stratified(y, SHARE, SEED)
    y = y.astype(np.int64)
    return Dataset(name, x[train], y[train], x[test], y[test], **about)


def iris() -> Dataset:
    """Fisher's 150 flowers: sepal length and width, petal length and width [cm]."""
    from sklearn.datasets import load_iris

    x, y = load_iris(return_X_y=True)
    return split(
        "iris", x.astype(np.float32), y, shape=(4,), classes=("setosa", "versicolor", "virginica"),
        licence="CC BY 4.0 (UCI), fichier de scikit-learn (BSD-3)", source="scikit-learn",
        citation="Fisher, The use of multiple measurements in taxonomic problems, Annals of Eugenics 7, 1936",
    )


def digits() -> Dataset:
    """1797 handwritten digits, 8×8, 17 levels of grey."""
    from sklearn.datasets import load_digits

    x, y = load_digits(return_X_y=True)
    return split(
        "digits", pixels(x, white=16), y, shape=(8, 8), classes=tuple("0123456789"), extract=True,
        licence="CC BY 4.0 (UCI), fichier de scikit-learn (BSD-3)", source="scikit-learn",
        citation="Alpaydin, Kaynak, Optical Recognition of Handwritten Digits, UCI, 1998 (images de test)",
    )


def alphadigits(content: bytes, source: str) -> Dataset:
    """Roweis' file: `dat` is 36 classes × 39 binary images of 20×16.

    Raises:
        Unreadable: « binaryalphadigs.mat : … »
    """
    from scipy.io import loadmat

    name = ALPHADIGITS.whole[0].name
    try:
        cells = loadmat(io.BytesIO(content))["dat"]
        drawn = np.array([[np.asarray(cell, np.uint8) for cell in row] for row in cells])
    except (ValueError, TypeError, KeyError, NotImplementedError, EOFError, OSError) as error:
        raise Unreadable(f"{name}\u00a0: fichier MATLAB illisible ({type(error).__name__})") from None
    if drawn.shape != (36, 39, 20, 16):
        raise Unreadable(f"{name}\u00a0: 36×39 images de 20×16 attendues, lu {drawn.shape}")
    return characters(ALPHADIGITS.name, drawn, source, ALPHADIGITS.licence, ALPHADIGITS.citation)


def characters(name: str, drawn: np.ndarray, source: str, licence: str, citation: str, **more) -> Dataset:
    """The data set of (class, sample, height, width) binary images."""
    classes, each = drawn.shape[:2]
    x = pixels(drawn.reshape(classes * each, *drawn.shape[2:]), white=1)
    return split(
        name, x, np.repeat(np.arange(classes), each), shape=ALPHADIGITS.shape, classes=ALPHADIGITS.classes,
        licence=licence, citation=citation, source=source, **more,
    )
