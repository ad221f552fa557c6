"""The value of a named term, or of a derivative, anywhere: for curves, checks and tables."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from course import _check
from course.dynamics.circular import Circular
from course.dynamics.load import functions

if TYPE_CHECKING:
    from course.dynamics.model import Model


def evaluate(model: "Model", name: str, values: Mapping[str, float | np.ndarray]) -> np.ndarray:
    """What `Model.evaluate` documents."""
    names = [*model.terms, *(f"d{v}/dt" for v in model.variables)]
    _check.one_of("evaluate.name", name, names)
    values = {
        "t": 0.0,
        **model.init,
        **model.parameters,
        **dict.fromkeys(model.noises, 0.0),
        **values,
    }
    for given in values:
        if given != "t" and given not in model.init and given not in model.noises:
            model.known_parameter("evaluate", given)
    plain = {n: v for n, v in values.items() if not callable(v) and not isinstance(v, Circular)}
    arrays = {n: np.asarray(v, float) for n, v in plain.items()}
    for n, v in values.items():
        if callable(v):
            arrays[n] = np.asarray(v(arrays["t"]), float)
        if isinstance(v, Circular):
            x = arrays[v.variable]
            arrays[n] = v.of(np.broadcast_to(x, np.broadcast_shapes(x.shape, v.kernel.shape)))
    with np.errstate(all="ignore"):
        results = functions(model.spec((), "rk"), "numpy").terms(**arrays)
    shape = np.broadcast_shapes(*(a.shape for a in arrays.values()))
    return np.broadcast_to(results[names.index(name)], shape).copy()
