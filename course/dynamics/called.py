"""A student's function that stays Python: called with numbers, or with arrays when it takes them as it takes numbers.

Its slopes, which a Jacobian asks for, are central differences. The step along an argument x is
ε^(1/(k + 2))·max(1, |x|) for a k-th derivative, ε = 2.2e-16: for a slope 6.1e-6·max(1, |x|), where the error of the
formula (step²·f'''/6) and that of rounding (ε·f/step) are both about 1e-11 for a function that varies over 1 to 10.
"""

import itertools
import pickle
from collections.abc import Callable
from numbers import Real

import numpy as np

from course import _check
from course.dynamics.points import points


class FunctionError(ValueError):
    """A student's function that fails where a model calls it: its name, its arguments, its own error."""


class Called:
    """What the generated text calls in the place of one function.

    Attributes:
        undefined: the last finite arguments for which the function gave no finite number, None if there are none.

    Raises:
        FunctionError: the function raised an exception, or gave something else than a number.
    """

    def __init__(self, name: str, args: tuple[str, ...], function: Callable) -> None:
        self.name, self.args, self.function = name, args, function
        self.undefined: tuple[float, ...] | None = None
        self._whole = False
        self._whole = self._takes_arrays(self._tried())
        self.undefined = None

    def __call__(self, *values: float | np.ndarray) -> float | np.ndarray:
        if not any(np.ndim(v) for v in values):
            return self._number([float(v) for v in values])
        arrays = np.broadcast_arrays(*values)
        shape = arrays[0].shape
        if self._whole:
            result = self._array(arrays)
        else:
            flat = zip(*(a.ravel().tolist() for a in arrays), strict=True)
            result = np.array([self._number(x) for x in flat], float).reshape(shape)
        wrong = ~np.isfinite(result)
        if wrong.any():
            for i in np.flatnonzero(wrong):
                self._note([float(a.flat[i]) for a in arrays])
        return result

    def __reduce__(self) -> tuple:
        try:
            pickle.dumps(self.function)
        except (pickle.PicklingError, AttributeError, TypeError) as e:
            rule = "une fonction qu'un autre programme puisse importer (def, dans un fichier .py)"
            said = str(_check.refuse(f"Model.functions[{self.name!r}]", rule, self.function))
            raise pickle.PicklingError(said) from e
        return Called, (self.name, self.args, self.function)

    def __deepcopy__(self, memo: dict) -> "Called":
        return self

    def slope(self, *along: int) -> Callable[..., float | np.ndarray]:
        """The derivative along these arguments, one after the other, by central differences."""
        f, relative = self, np.finfo(float).eps ** (1 / (len(along) + 2))
        for i in along:
            f = _difference(f, i, relative)
        return f

    def named(self) -> dict[str, Callable]:
        """The function and its first and second derivatives, by the names that `symbols.called` gives them."""
        k = range(len(self.args))
        slopes = [(i,) for i in k] + list(itertools.product(k, k))
        head = f"_call_{self.name}"
        return {head: self} | {"_".join([head, *map(str, s)]): self.slope(*s) for s in slopes}

    def _number(self, values: tuple[float, ...]) -> float:
        result = self._result(values)
        if isinstance(result, np.ndarray) and result.ndim == 0:
            result = result.item()
        if not isinstance(result, Real):
            said = "un nombre (il manque return\u00a0?)" if result is None else "un nombre"
            raise FunctionError(f"{self.at(values)}\u00a0: {said}, reçu {_check.shown(result)}")
        if not np.isfinite(result):
            self._note(values)
        return float(result)

    def _array(self, arrays: list[np.ndarray]) -> np.ndarray:
        shape = arrays[0].shape
        result = self._result([np.array(a, float) for a in arrays])  # its own to change
        try:
            return np.array(np.broadcast_to(np.asarray(result, float), shape))
        except (TypeError, ValueError):
            said = f"un nombre par élément (forme {shape})"
            raise FunctionError(f"{self.name}\u00a0: {said}, reçu {_check.shown(result)}") from None

    def _result(self, values: list | tuple) -> object:
        try:
            with np.errstate(all="ignore"):
                return self.function(*values)
        except Exception as e:  # a student's function: anything may come out of it
            said = f"la fonction s'arrête sur {type(e).__name__} ({e})"
            raise FunctionError(f"{self.at(values)}\u00a0: {said}") from e

    def at(self, values: list | tuple) -> str:
        """The call as a message shows it: « n_inf(V = -65,5) »."""
        if any(np.ndim(v) for v in values):
            return f"{self.name}({', '.join(self.args)})"
        pairs = (f"{a} = {v:g}".replace(".", ",") for a, v in zip(self.args, values, strict=True))
        between = "\u00a0; "
        return f"{self.name}({between.join(pairs)})"

    def _note(self, values: list | tuple) -> None:
        if np.isfinite(values).all():
            self.undefined = tuple(values)

    def _tried(self) -> list[tuple[np.ndarray, float]]:
        """Points where the function is defined, with its values; refused when it is so nowhere.

        An error of domain (log of a negative number, division by zero) may be that of our points; any other is the
        function's own.
        """
        known, elsewhere = [], False
        for point in points(len(self.args)):
            try:
                value = self._number(point.tolist())
            except FunctionError as e:
                if not isinstance(e.__cause__, ValueError | ArithmeticError):
                    raise
                elsewhere = True
                continue
            if np.isfinite(value):
                known.append((point, value))
        if not known and not elsewhere:
            where = self.at(point.tolist())
            raise FunctionError(f"{where}\u00a0: un nombre fini, reçu {_check.shown(value)}")
        return known

    def _takes_arrays(self, known: list[tuple[np.ndarray, float]]) -> bool:
        """Does an array give what its elements give one by one?"""
        if len(known) < 3:
            return False
        at, values = (np.array(x) for x in zip(*known, strict=True))
        try:
            return np.allclose(self._array(list(at.T)), values, rtol=1e-12, atol=0)
        except FunctionError:
            return False


def _difference(f: Callable, i: int, relative: float) -> Callable[..., float | np.ndarray]:
    def difference(*values: float | np.ndarray) -> float | np.ndarray:
        x = np.asarray(values[i], float)
        step = relative * np.maximum(1.0, np.abs(x))
        after, before = x + step, x - step
        high, low = (
            f(*values[:i], after, *values[i + 1 :]),
            f(*values[:i], before, *values[i + 1 :]),
        )
        return (high - low) / (after - before)

    return difference
