"""What is given to a spiking network is looked at before any work: pictures, labels, sizes, devices."""

from numbers import Integral

import numpy as np
import torch

from course import _check


def whole(where: str, n: object, least: int = 1) -> int:
    """An integer, at least `least`."""
    if isinstance(n, bool) or not isinstance(n, Integral) or n < least:
        raise _check.refuse(where, f"un entier d'au moins {least}", n)
    return int(n)


def fraction(where: str, x: object) -> float:
    """A number of [0, 1]."""
    if not 0 <= _check.number(where, x, "un nombre de [0, 1]") <= 1:
        raise _check.refuse(where, "un nombre de [0, 1]", x)
    return float(x)


def generator(where: str, rng: object) -> np.random.Generator:
    """A generator, or the one that a seed makes; None draws afresh each time."""
    if rng is None or isinstance(rng, np.random.Generator):
        return np.random.default_rng(rng)
    if isinstance(rng, list):  # a seed in several parts
        return np.random.default_rng([whole(where, part, 0) for part in rng])
    return np.random.default_rng(whole(where, rng, 0))


def pixels(where: str, x: object, n: int | None = None) -> np.ndarray:
    """Pictures (samples, n) as float32 in [0, 1]."""
    try:
        array = np.asarray(x.detach().cpu() if isinstance(x, torch.Tensor) else x)
    except ValueError:  # lines of different lengths
        raise _check.refuse(where, "un tableau de nombres, aux lignes de même longueur", x) from None
    if array.dtype.kind not in "fiub" or array.ndim != 2 or not array.size or n not in (None, array.shape[1]):
        rule = f"des images de forme (exemples, {'pixels' if n is None else n})"
        raise ValueError(f"{where}\u00a0: {rule}, reçu un tableau {array.dtype} de forme {array.shape}")
    low, high = array.min(), array.max()
    if not (low >= 0 and high <= 1):  # a NaN is neither
        wrong = array[~((array >= 0) & (array <= 1))][0]
        raise _check.refuse(where, "des pixels de [0, 1] (image / 255\u00a0?)", float(wrong))
    return np.ascontiguousarray(array, dtype=np.float32)


def labels(where: str, y: object, n: int, classes: int) -> np.ndarray:
    """`n` integers from 0 to `classes` - 1, as int64."""
    y = np.asarray(y.detach().cpu() if isinstance(y, torch.Tensor) else y)
    if y.dtype.kind not in "iu" or y.shape != (n,):
        rule = f"{n} étiquettes entières, un tableau de forme ({n},)"
        raise ValueError(f"{where}\u00a0: {rule}, reçu un tableau {y.dtype} de forme {y.shape}")
    if n and (y.min() < 0 or y.max() >= classes):
        raise _check.refuse(where, f"des étiquettes de 0 à {classes - 1}", int(y[(y < 0) | (y >= classes)][0]))
    return y.astype(np.int64)


def device(where: str, name: "str | torch.device") -> torch.device:
    """A device that this machine has."""
    try:
        found = torch.device(name)
    except (RuntimeError, TypeError):
        raise _check.refuse(where, "«\u00a0cpu\u00a0» ou «\u00a0cuda\u00a0»", name) from None
    if found.type == "cuda" and not torch.cuda.is_available():
        raise _check.refuse(where, "«\u00a0cpu\u00a0»\u00a0: cette machine n'a pas de carte CUDA", str(name))
    return found
