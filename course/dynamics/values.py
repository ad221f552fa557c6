"""What may stand for a parameter: a number, an array (a neuron an entry), a function of t, an input, a coupling."""

from collections.abc import Callable

import numpy as np

from course import _check
from course.dynamics.circular import Circular
from course.inputs import Input

Value = float | np.ndarray | Callable[[float], float] | Input | Circular


def checked(where: str, value: Value, positive: bool = False) -> Value:
    """A number, an array of numbers, a function of t, an input or a coupling; numbers > 0 where the model says so."""
    if isinstance(value, Input | Circular) or callable(value):
        return value
    try:
        array = np.asarray(value, float) if not isinstance(value, bool | str) else None
    except (TypeError, ValueError):
        array = None
    if array is None or not np.isfinite(array).all() or array.size == 0:
        raise _check.refuse(
            where,
            "un nombre fini, un tableau, une fonction de t ou une entrée de course.inputs",
            value,
        )
    if positive and (array <= 0).any():
        raise _check.refuse(where, "un nombre strictement positif", value)
    if array.ndim == 0:
        return float(array)
    array = array.copy()  # what the caller does to its own array later is its own affair
    array.flags.writeable = False
    return array
