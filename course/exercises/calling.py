"""How a student's function is called: by name, else by position; at once, else element by element.

Right ways differ. A function with arguments of its own names, or that only knows numbers (`if`,
`math.exp`), is right when its values are. `Convention` finds how to call it, and makes of it a
function with the signature of the statement, so that the lab can go on with it.
"""

import copy
import functools
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Inputs = dict[str, Any]
POSITIONAL = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


class WrongArguments(Exception):
    """The function cannot be called with the arguments of the statement; the text says why."""


@dataclass(frozen=True)
class Convention:
    """A student's function and the way to call it with inputs named as in the statement."""

    function: Callable
    positional: tuple[str, ...]  # names of the statement, in the order the function takes them
    keywords: dict[str, str]  # name of the statement -> name in the function
    one_by_one: bool = False
    as_arrays: bool = False

    def __call__(self, inputs: Inputs) -> Any:
        if self.one_by_one:
            return _one_by_one(self._call, inputs)
        if self.as_arrays:
            inputs = {name: np.atleast_1d(x) if _is_number(x) else x for name, x in inputs.items()}
            return _unwrapped(self._call(inputs))
        return self._call(inputs)

    def _call(self, inputs: Inputs) -> Any:
        named = {own: inputs[name] for name, own in self.keywords.items()}
        return self.function(*(inputs[name] for name in self.positional), **named)

    def adapted(self, reference: Callable) -> Callable:
        """The student's function itself, or dressed with the signature of `reference` when it differs."""
        signature = inspect.signature(reference)
        own = (_parameters(self.function) or [])[: len(signature.parameters)]
        as_stated = [p.name for p in own] == list(signature.parameters) and all(
            mine.kind is mine.POSITIONAL_OR_KEYWORD
            and (mine.default is not mine.empty or stated.default is stated.empty)
            for mine, stated in zip(own, signature.parameters.values(), strict=True)
        )
        if as_stated and not self.one_by_one and not self.as_arrays:
            return self.function

        @functools.wraps(self.function)
        def dressed(*args: Any, **kwargs: Any) -> Any:
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            return self(dict(bound.arguments))

        dressed.__signature__ = signature
        return dressed


def convention(function: Callable, names: Sequence[str]) -> Convention:
    """How to give `function` the arguments `names`: same names first, the rest in order.

    Raises:
        WrongArguments: « Votre fonction attend 2 arguments (V, n) ; l'énoncé en donne 3 : V, n, h.
            »
    """
    parameters = _parameters(function)
    if parameters is None:
        return Convention(function, tuple(names), {})
    kinds = {p.kind for p in parameters}
    own = [p for p in parameters if p.kind in POSITIONAL or p.kind is p.KEYWORD_ONLY]
    required = [p.name for p in own if p.default is p.empty]
    takes_more = kinds & {inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD}
    if (len(own) < len(names) and not takes_more) or len(required) > len(names):
        raise WrongArguments(_counted([p.name for p in own] if len(own) < len(names) else required, names))
    return _matched(function, own, names, takes_more)


def _matched(
    function: Callable, own: list[inspect.Parameter], names: Sequence[str], takes_more: set
) -> Convention:
    same = {p.name for p in own} & set(names)
    free = [p for p in own if p.name not in same]
    free.sort(key=lambda p: p.default is not p.empty)  # stable: required ones first
    pairs, left = {name: name for name in names if name in same}, []
    for name in names:
        if name in same:
            continue
        if free:
            pairs[name] = free.pop(0).name
        else:
            left.append(name)
    missing = [p.name for p in free if p.default is p.empty]
    if missing:
        raise WrongArguments(_counted([p.name for p in own], names))
    kind = {p.name: p.kind for p in own}
    if left and inspect.Parameter.VAR_POSITIONAL in takes_more:  # f(V, *rest): all by position
        return Convention(function, tuple(names), {})
    by_name = {
        name: pairs.get(name, name)
        for name in names
        if kind.get(pairs.get(name)) is not inspect.Parameter.POSITIONAL_ONLY
    }
    order = [p.name for p in own]
    first = sorted((name for name in names if name not in by_name), key=lambda name: order.index(pairs[name]))
    return Convention(function, tuple(first), by_name)


def copied(inputs: Inputs) -> Inputs:
    """The same inputs, safe from a function that modifies what it receives."""
    return {name: x if callable(x) else copy.deepcopy(x) for name, x in inputs.items()}


def elementwise(inputs: Inputs, output: Any) -> bool:
    """True when the result, or each of its parts, has one value for each element of the array inputs."""
    if isinstance(output, (tuple, dict)):
        parts = output.values() if isinstance(output, dict) else output
        return bool(parts) and all(elementwise(inputs, part) for part in parts)
    arrays = [x for x in inputs.values() if isinstance(x, np.ndarray) and x.ndim]
    if not arrays or not isinstance(output, np.ndarray):
        return False
    try:
        return np.broadcast_shapes(*(x.shape for x in arrays)) == output.shape
    except ValueError:
        return False


def _one_by_one(call: Callable, inputs: Inputs) -> Any:
    arrays = {name: x for name, x in inputs.items() if isinstance(x, np.ndarray) and x.ndim}
    if not arrays:
        return call(inputs)
    spread = np.broadcast_arrays(*arrays.values())
    rows = zip(*(x.ravel().tolist() for x in spread), strict=True)
    results = [call({**inputs, **dict(zip(arrays, row, strict=True))}) for row in rows]
    return _gathered(results, spread[0].shape)


def _gathered(results: list[Any], shape: tuple[int, ...]) -> Any:
    """The results of the elements as one array, or one array a part."""
    first = results[0] if results else None
    try:
        if isinstance(first, dict):
            return {key: _gathered([result[key] for result in results], shape) for key in first}
        if isinstance(first, tuple):
            return tuple(_gathered(list(part), shape) for part in zip(*results, strict=True))
        return np.array(results).reshape(shape)
    except (ValueError, TypeError, KeyError):  # they do not fit together: the comparison says what is wrong
        return results


def _unwrapped(output: Any) -> Any:
    return output[0] if isinstance(output, (np.ndarray, list)) and np.shape(output) == (1,) else output


def _is_number(x: Any) -> bool:
    return isinstance(x, (int, float, np.number)) and not isinstance(x, bool)


def _parameters(function: Callable) -> list[inspect.Parameter] | None:
    """None for the compiled functions that do not tell."""
    try:
        return list(inspect.signature(function).parameters.values())
    except (ValueError, TypeError):
        return None


def _counted(own: Sequence[str], names: Sequence[str]) -> str:
    count = {0: "n'attend aucun argument", 1: f"attend un argument ({', '.join(own)})"}.get(
        len(own), f"attend {len(own)} arguments ({', '.join(own)})"
    )
    given = (
        f"en donne {len(names)} : {', '.join(names)}" if len(names) > 1 else f"en donne un seul : {names[0]}"
    )
    return f"Votre fonction {count} ; l'énoncé {given}."
