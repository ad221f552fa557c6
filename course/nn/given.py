"""What is given to a network is looked at before any work: arrays, labels, sizes, generators."""

from numbers import Integral

import numpy as np

from course import _check


def floats(where: str, x: object, shape: tuple[int | str, ...] | None = None) -> np.ndarray:
    """An array of floating-point numbers; `shape` has a number where it is fixed, a letter where it is free."""
    try:
        array = np.asarray(x)
    except ValueError:  # lines of different lengths
        raise _check.refuse(where, "un tableau de nombres, aux lignes de même longueur", x) from None
    if array.dtype.kind != "f":
        rule = "un tableau de nombres à virgule (float32 ou float64\u00a0: x.astype(np.float32))"
        raise refuse_array(where, rule, x, array)
    if shape is not None:
        fits = array.ndim == len(shape)
        fits = fits and all(isinstance(s, str) or s == n for s, n in zip(shape, array.shape, strict=True))
        if not fits or not array.size:
            raise refuse_array(where, f"un tableau de forme {said(shape)}", x, array)
    return array


def finite(where: str, x: np.ndarray) -> np.ndarray:
    """`x`, without NaN nor infinity."""
    good = np.isfinite(x)
    if not good.all():
        place = tuple(int(i) for i in np.argwhere(~good)[0])
        rule = "un tableau sans NaN ni infini"
        raise ValueError(f"{where}\u00a0: {rule}, reçu {x[place]} à l'indice {list(place)}")
    return x


def labels(where: str, y: object, n: int, classes: int) -> np.ndarray:
    """`n` integers from 0 to `classes` - 1."""
    y = np.asarray(y)
    if y.dtype.kind not in "iu" or y.shape != (n,):
        raise refuse_array(where, f"{n} étiquettes entières, un tableau de forme ({n},)", y, y)
    if n and (y.min() < 0 or y.max() >= classes):
        wrong = int(y[(y < 0) | (y >= classes)][0])
        raise _check.refuse(where, f"des étiquettes de 0 à {classes - 1}", wrong)
    return y


def count(where: str, n: object, least: int = 1) -> int:
    """An integer, at least `least`."""
    if isinstance(n, bool) or not isinstance(n, Integral) or n < least:
        raise _check.refuse(where, f"un entier d'au moins {least}", n)
    return int(n)


def generator(where: str, rng: object) -> np.random.Generator:
    """A generator, or the one that a seed makes; None draws afresh each time."""
    if rng is None or isinstance(rng, np.random.Generator):
        return np.random.default_rng(rng)
    if isinstance(rng, Integral) and not isinstance(rng, bool) and rng >= 0:
        return np.random.default_rng(int(rng))
    raise _check.refuse(where, "un générateur np.random.default_rng(graine)", rng)


def said(shape: tuple) -> str:
    """(n, 784), as it is written in a message."""
    return "(" + ", ".join(map(str, shape)) + ("," if len(shape) == 1 else "") + ")"


def refuse_array(where: str, rule: str, x: object, array: np.ndarray) -> ValueError:
    """A large array is quoted by its shape and its type."""
    if array.ndim == 0:
        return _check.refuse(where, rule, x)
    return ValueError(f"{where}\u00a0: {rule}, reçu un tableau {array.dtype} de forme {said(array.shape)}")
