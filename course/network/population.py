"""A population: so many neurons of one model, their parameters, their start and what is injected into them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from course import _check
from course.dynamics import Model
from course.inputs import Input
from course.network.memory import refuse_memory

Current = float | np.ndarray | Callable[[float], float] | Input


@dataclass(frozen=True)
class Noise:
    """A Gaussian current of deviation `sd`, independent for each neuron, drawn anew each `every` ms whatever dt.

    Its power at low frequency is sd²·every: redrawn at each step it would vanish as dt → 0, and is no white noise.
    """

    sd: float
    every: float = 0.1

    def __post_init__(self) -> None:
        _check.not_negative("Noise.sd", self.sd)
        _check.positive("Noise.every", self.every, "ms")


@dataclass(frozen=True, eq=False)
class Population:
    """`n` neurons of `model`; `dead` are those that a lesion took away.

    Attributes:
        values: each parameter of the model but the current, a number or an array (neuron).
        start: each variable at t = 0, an array (neuron).
        input: the parameter that receives currents, None in a model that has none of this name.
        stream: the number of its noises, the same in a network and in its lesions.
    """

    name: str
    n: int
    model: Model
    values: Mapping[str, np.ndarray]
    start: Mapping[str, np.ndarray]
    input: str | None
    current: Current
    noise: Noise | None
    stream: int
    dead: frozenset[int] = field(default=frozenset())

    def __repr__(self) -> str:
        return f"<Population {self.name}, {self.n} neurones>"


def population(
    name: str,
    n: int,
    model: Model,
    current: Current | None,
    start: Mapping[str, float] | None,
    noise: Noise | None,
    input: str,
    dt: float,
    stream: int,
    parameters: Mapping[str, float],
) -> Population:
    """A checked population.

    Raises:
        ValueError: `Network.population.argument : règle, reçu valeur`.
    """
    where = "Network.population"
    if not isinstance(name, str) or not name:
        raise _check.refuse(f"{where}.name", "un nom", name)
    if isinstance(n, bool) or not isinstance(n, int | np.integer) or n < 1:
        raise _check.refuse(f"{where}.n", "un nombre entier de neurones, au moins 1", n)
    if not isinstance(model, Model):
        raise _check.refuse(f"{where}.model", "un Model de course.neurons ou de vous", model)
    if getattr(model, "called", ()):
        rule = "un modèle tout en formules (une fonction restée en Python ne se compile pas)"
        raise _check.refuse(f"{where}.model", rule, model.called[0])
    refuse_memory(f"{where}.n", 8.0 * n * (len(model.variables) + len(model.parameters)))
    for parameter in parameters:
        model.known_parameter(where, parameter)
    has_input = input in model.parameters
    if not has_input and (current is not None or noise is not None or input != "I"):
        known = ", ".join(model.parameters)
        rule = f"un paramètre du modèle qui reçoive le courant ({known})"
        raise _check.refuse(f"{where}.input", rule + _check.nearest(input, model.parameters), input)
    if input in parameters:
        raise _check.refuse(
            f"{where}.{input}", "le courant injecté se donne par current", parameters[input]
        )
    values = {**model.parameters, **parameters}
    injected = values.pop(input) if has_input else 0.0
    if noise is not None:
        if not isinstance(noise, Noise):
            raise _check.refuse(f"{where}.noise", "un Noise(sd, every)", noise)
        if noise.every < dt * (1 - 1e-9):
            rule = f"un tirage par pas au plus (dt = {dt:g}\u00a0ms)".replace(".", ",")
            raise _check.refuse(f"{where}.noise.every", rule, noise.every)
    start = {} if start is None else start
    for variable in start:
        _check.one_of(f"{where}.start", variable, model.variables)
    return Population(
        name, int(n), model,
        {p: _array(f"{where}.{p}", v, n) for p, v in values.items()},
        {v: _array(f"{where}.start[{v!r}]", start.get(v, model.init[v]), n) for v in model.variables},
        input if has_input else None, _current(f"{where}.current", injected if current is None else current, n),
        noise, stream,
    )  # fmt: skip


def _array(where: str, value: float | np.ndarray, n: int) -> np.ndarray:
    """A number or one a neuron; shape () or (n,)."""
    rule = f"un nombre, ou un tableau de {n} nombres finis"
    if callable(value) or isinstance(value, bool | str):
        raise _check.refuse(where, rule, value)
    try:
        a = np.array(value, float)
    except (TypeError, ValueError):
        raise _check.refuse(where, rule, value) from None
    if a.ndim > 1 and a.size == n:
        a = a.reshape(n)
    if a.shape not in ((), (n,)) or not np.isfinite(a).all():
        raise _check.refuse(where, rule, value)
    return a


def _current(where: str, value: Current, n: int) -> Current:
    return value if isinstance(value, Input) or callable(value) else _array(where, value, n)
