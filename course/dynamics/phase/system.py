"""One model as the functions that its analysis calls, on arrays (numpy) or on numbers (math)."""

import functools
import hashlib
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np

from course import _check
from course.dynamics import load
from course.dynamics.model import Model

_systems: dict[str, ModuleType] = {}


@dataclass(frozen=True)
class System:
    """A model at given parameters. States are arrays (variable, ...), in the order of the model's variables."""

    model: Model
    values: tuple[float, ...]

    @property
    def variables(self) -> tuple[str, ...]:
        return self.model.variables

    @property
    def init(self) -> np.ndarray:
        return np.array([self.model.init[v] for v in self.variables])

    @property
    def arrays(self) -> ModuleType:
        return _functions(self.model, "numpy")

    @property
    def numbers(self) -> ModuleType:
        """The same functions of plain numbers, which Python computes faster one by one."""
        return _functions(self.model, "math")

    def field(self, X: np.ndarray) -> np.ndarray:
        """The derivatives at `X` (n, ...)."""
        return self._array(self.arrays.field, X)

    def here(self, X: np.ndarray) -> np.ndarray:
        """The derivatives at one state (n,), in Python's own numbers: quicker; nan where they refuse."""
        try:
            return np.array(self.numbers.field(*X.tolist(), *self.values))
        except (ArithmeticError, ValueError):
            return np.full(len(X), math.nan)

    def jacobian(self, X: np.ndarray) -> np.ndarray:
        """∂field_i/∂variable_j at `X` (n, ...): (n, n, ...)."""
        n = len(self.variables)
        return self._array(self.arrays.jacobian, X).reshape(n, n, *np.shape(X)[1:])

    def of(self, name: str, *first: np.ndarray) -> tuple:
        """A generated function at these parameters."""
        with np.errstate(all="ignore"):
            return getattr(self.arrays, name)(*first, *map(np.float64, self.values))

    def _array(self, f: Callable, X: np.ndarray) -> np.ndarray:
        with np.errstate(all="ignore"):
            parts = f(*X, *map(np.float64, self.values))  # 1/0 is inf, not an exception
        result = np.empty((len(parts), *np.shape(X)[1:]))
        for i, part in enumerate(parts):
            result[i] = part
        return result

    def at(self, parameter: str, value: float) -> "System":
        """The same model, one parameter moved."""
        place = list(self.model.parameters).index(parameter)
        return System(self.model, (*self.values[:place], float(value), *self.values[place + 1 :]))

    @property
    def parameters(self) -> dict[str, float]:
        return dict(zip(self.model.parameters, self.values, strict=True))


def system(where: str, model: Model, parameters: Mapping[str, float]) -> System:
    """`model` with numbers for parameters; what has no phase space is refused."""
    if not isinstance(model, Model):
        raise _check.refuse(f"{where}.model", "un Model de course.dynamics", model)
    for name in parameters:
        model.known_parameter(where, name)
    values = {**model.parameters, **parameters}
    rule = "un nombre\u00a0: le plan de phase suppose des paramètres constants"
    for name, value in values.items():
        values[name] = _check.number(f"{where}.{name}", _scalar(value), rule)
        if name in model.positive:
            _check.positive(f"{where}.{name}", values[name])
    if depends_on_time(model):
        said = (
            "des équations sans le temps t\u00a0: le plan de phase suppose qu'elles ne changent pas"
        )
        raise _check.refuse(f"{where}.model", said, model)
    return System(model.unbounded, tuple(values.values()))


def depends_on_time(model: Model) -> bool:
    equations = model.spec((), "rk").equations
    return any("t" in equations.reached(d) for d in equations.derivatives.values())


def _scalar(value: object) -> object:
    return value.item() if isinstance(value, np.generic | np.ndarray) and value.ndim == 0 else value


def _functions(model: Model, engine: str) -> ModuleType:
    spec = model.spec((), "rk")
    name, kept = f"{engine}_phase_{load.key(spec)}", load.shelf(spec, _systems)
    if name not in kept:
        from course.dynamics.phase.source import generate

        path = load.written(f"phase_{load.key(spec)}_{_own_hash()}", spec, lambda: generate(spec))
        module = ModuleType(name)
        names = load.array_names() if engine == "numpy" else _MATH
        module.__dict__.update(names, **load.called(spec))
        exec(
            compile(load.source(path), str(path), "exec"), module.__dict__
        )  # our own text
        kept[name] = module
    return kept[name]


@functools.cache
def _own_hash() -> str:
    here = Path(__file__).parent
    return hashlib.sha256(
        b"".join((here / f).read_bytes() for f in ("source.py", "reduce.py"))
    ).hexdigest()[:12]


def _linoid(x: float) -> float:
    if abs(x) < 0.01:
        return 1.0 - 0.5 * x + x * x * (1 / 12 - x * x / 720)
    return x / math.expm1(x) if x < 700 else 0.0


def _dlinoid(x: float) -> float:
    L = _linoid(x)
    return x * (1 / 6 - x * x / 180) - 0.5 if abs(x) < 0.02 else L * (1 - L - x) / x


def _sign(x: float) -> float:
    return float((x > 0) - (x < 0))


_MATH = {
    "exp": math.exp, "log": math.log, "sqrt": math.sqrt, "sin": math.sin, "cos": math.cos, "tan": math.tan,
    "sinh": math.sinh, "cosh": math.cosh, "tanh": math.tanh, "arctan": math.atan, "abs": abs, "min": min, "max": max,
    "sign": _sign, "linoid": _linoid, "dlinoid": _dlinoid, "where": lambda c, a, b: a if c else b,
}  # fmt: skip
