"""Values to text and back, without pickle: a message from a student's process can only be data.

A function does not travel: its number does, and the other side makes of it something that calls back.
"""

import base64
from collections import deque
from collections.abc import Callable
from typing import Any

import numpy as np

DEPTH = 12
LONGEST = 10**6  # of a range: it takes no room here, and much in an array
KINDS = "biufcU"  # arrays of booleans, integers, floats, complex numbers, texts
PLAIN = (bool, int, str, type(None))
KEPT = (list, tuple, set, frozenset, type({}.keys()), type({}.values()), type({}.items()), deque)  # and their kinds
MAKERS = {kind.__name__: kind if kind in (tuple, set, frozenset) else list for kind in KEPT}


class Odd:
    """A value that cannot travel: only the name of its type does."""


def encoded(x: Any, number: Callable[[Callable], Any], depth: int = DEPTH) -> Any:
    """`x` as JSON can write it; `number` gives the number of a function."""
    kind = type(x)
    if kind in PLAIN:
        return x if kind is not int or abs(x) < 10**300 else {"odd": "int"}
    if kind is float:
        return x
    if x is Ellipsis:
        return {"odd": "ellipsis"}
    if kind is complex:
        return {"complex": [x.real, x.imag]}
    if isinstance(x, (np.ndarray, np.generic)):
        return _array(np.asarray(x), isinstance(x, np.generic))
    if depth and isinstance(x, KEPT):
        name = next(one.__name__ for one in KEPT if isinstance(x, one))
        return {name: [encoded(y, number, depth - 1) for y in x]}
    if kind is range and all(abs(bound) <= LONGEST for bound in (x.start, x.stop, x.step)):
        return {"range": [x.start, x.stop, x.step]}
    if depth and isinstance(x, dict):
        return {"dict": [[encoded(k, number, 1), encoded(y, number, depth - 1)] for k, y in x.items()]}
    return {"function": number(x)} if callable(x) else {"odd": kind.__name__[:40]}


def _array(x: np.ndarray, scalar: bool) -> dict:
    if x.dtype.kind not in KINDS:
        return {"odd": f"ndarray {x.dtype}"}
    data = base64.b64encode(np.ascontiguousarray(x).tobytes()).decode()
    return {"array": data, "dtype": x.dtype.str, "shape": list(x.shape), "scalar": scalar}


def decoded(x: Any, function: Callable[[Any], Any], depth: int = 2 * DEPTH) -> Any:
    """The value again; `function` makes something to call of a number.

    Raises:
        ValueError, TypeError, KeyError: a message that no `encoded` wrote.
    """
    if not isinstance(x, dict):
        if type(x) in PLAIN or type(x) is float:
            return x
        raise TypeError("message")
    if not depth:
        raise ValueError("message")
    ((kind, value), *_) = x.items()
    if kind == "array":
        return _as_array(x)
    if kind == "complex":
        return complex(*value)
    if kind in MAKERS:
        return MAKERS[kind]([decoded(y, function, depth - 1) for y in value])
    if kind == "range" and all(abs(int(bound)) <= LONGEST for bound in value):
        return range(*map(int, value))
    if kind == "dict":
        return {decoded(k, function, 1): decoded(y, function, depth - 1) for k, y in value}
    if kind == "function":
        return function(value)
    if value == "ellipsis":
        return Ellipsis
    return type(str(value), (Odd,), {})()


def _as_array(x: dict) -> Any:
    dtype = np.dtype(x["dtype"])
    if dtype.kind not in KINDS:
        raise TypeError("message")
    flat = np.frombuffer(base64.b64decode(x["array"]), dtype)
    made = flat.reshape(x["shape"]).copy()
    return made[()] if x["scalar"] else made
