"""What `fit` is given, made into pairs of arrays; what it sets aside; the bar it shows."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np

from course import _check
from course.nn.given import finite, floats

Pair = tuple[np.ndarray, np.ndarray]


def pairs(where: str, data: object) -> Pair:
    """(x, y) from a pair, from x alone (the target is x), or from a Dataset (its training part)."""
    if hasattr(data, "x_train"):
        data = data.x_train, data.y_train
    if isinstance(data, np.ndarray):
        data = data, None
    if not (isinstance(data, tuple | list) and len(data) == 2):
        raise _check.refuse(where, "(x, y), x seul, ou un jeu de données de course.data", data)
    x = finite(f"{where}.x", floats(f"{where}.x", data[0]))
    y = x if data[1] is None else np.asarray(data[1])
    if x.ndim < 2 or y.ndim < 1 or len(x) != len(y) or not len(x):
        rule = "autant d'exemples que de cibles, une ligne par exemple"
        raise ValueError(f"{where}\u00a0: {rule}, reçu x {x.shape} et y {y.shape}")
    if y.dtype.kind == "f":
        finite(f"{where}.y", y)
    elif y.dtype.kind not in "iu":
        raise _check.refuse(f"{where}.y", "des étiquettes entières ou des nombres à virgule", y.dtype)
    return x, y


def split(data: Pair, validation: float | Pair | None, rng: np.random.Generator) -> tuple[Pair, Pair | None]:
    """What is learnt from, and what is set aside."""
    if validation is None:
        return data, None
    if not np.isscalar(validation):
        return data, pairs("fit.validation", validation)
    rule = "une fraction de ]0, 1[, ou (x, y), ou None"
    part = _check.number("fit.validation", validation, rule)
    n = round(part * len(data[0]))
    if not (0 < part < 1 and 0 < n < len(data[0])):
        raise _check.refuse("fit.validation", rule, validation)
    order = rng.permutation(len(data[0]))
    aside, kept = order[:n], order[n:]
    return (data[0][kept], data[1][kept]), (data[0][aside], data[1][aside])


def accuracy_of(output: np.ndarray, target: np.ndarray) -> int:
    """How many rows have their largest output at their label; 0 when targets are not labels."""
    if target.dtype.kind not in "iu" or output.ndim != 2:
        return 0
    return int(np.count_nonzero(output.argmax(axis=1) == target))


@contextmanager
def bar(epochs: int, progress: bool) -> Iterator[Callable]:
    """A bar after one second, and only where somebody looks."""
    if not progress or not (sys.stderr.isatty() or "ipykernel" in sys.modules):
        yield lambda history: None
        return
    from tqdm import tqdm

    form = "{desc}\u00a0: {percentage:3.0f}\u00a0% |{bar}| {n}/{total} époques, reste {remaining}{postfix}"
    with tqdm(total=epochs, desc="Apprentissage", delay=1, leave=False, bar_format=form) as shown:

        def show(history) -> None:
            loss = (history.val_loss or history.loss)[-1]
            shown.set_postfix_str(f"perte {loss:.3g}".replace(".", ","), refresh=False)
            shown.update()

        yield show
