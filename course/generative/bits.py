"""Rows of 0 and 1, looked at before a machine sees them."""

import numpy as np

from course.generative.pictures import pictures


def bits(E, where: str, x: object, units: int, draw: bool = False):  # noqa: ANN001, ANN201
    """`x` as rows of the engine E; with `draw`, probabilities of [0, 1] are welcome: they will be drawn.

    Raises:
        ValueError: « RBM.fit.x : des 0 et des 1 (binarisez : x > 0.5 ; ou draw=True, …), reçu 0.5 … ».
    """
    array = pictures(where, x, units)
    if not draw:
        wrong = (array != 0) & (array != 1)
        if wrong.any():
            row, column = (int(i) for i in np.argwhere(wrong)[0])
            cure = "binarisez\u00a0: x > 0.5\u00a0; fit accepte draw=True, qui tire chaque pixel au sort"
            found = f"{array[row, column]:g} à la ligne {row}, colonne {column}"
            raise ValueError(f"{where}\u00a0: des 0 et des 1 ({cure}), reçu {found}")
    return E.array(array)
