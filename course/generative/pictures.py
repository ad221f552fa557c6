"""What is given to a generative model, or to a measure of one, is looked at first."""

import numpy as np

from course import _check
from course.nn.given import refuse_array


def pictures(where: str, x: object, pixels: int | None = None) -> np.ndarray:
    """Images, one row each, as float32 of [0, 1]."""
    try:
        array = np.asarray(x.detach().cpu() if hasattr(x, "detach") else x)
    except ValueError:  # lines of different lengths
        raise _check.refuse(where, "un tableau de nombres, aux lignes de même longueur", x) from None
    fits = array.dtype.kind in "fiub" and array.ndim == 2 and array.size
    if not fits or pixels not in (None, array.shape[1]):
        rule = f"des images en lignes, de forme (images, {'pixels' if pixels is None else pixels})"
        hint = " (x.reshape(len(x), -1)\u00a0?)" if array.ndim > 2 else ""
        raise refuse_array(where, rule + hint, x, array)
    good = (array >= 0) & (array <= 1)  # a NaN is neither
    if not good.all():
        row, column = (int(i) for i in np.argwhere(~good)[0])
        wrong = array[row, column]
        rule = "de [0, 1] (image / 255\u00a0?)" if np.isfinite(wrong) else "sans NaN ni infini"
        raise ValueError(f"{where}\u00a0: des pixels {rule}, reçu {wrong} à la ligne {row}, colonne {column}")
    return np.ascontiguousarray(array, dtype=np.float32)
