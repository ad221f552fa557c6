"""What any right answer satisfies, whatever the way: signs, bounds, known points, orders, conserved
quantities.

Each function here returns an `Invariant`, to be listed in `Exercise(invariants=[...])`. Bounds and
points may be numbers or formulas of the parameters, read through an `ast` whitelist: `value("r_max
/ 2", at="I_half")`. When the result is a tuple, they look at its last part.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.exercises.formula import evaluate
from course.exercises.french import listed, number

Formula = str | float
ROUNDING = {
    np.dtype(np.float16): 1e-2,
    np.dtype(np.float32): 1e-4,
}  # else 1e-9: what rounding alone may break


@dataclass(frozen=True)
class Invariant:
    """A property in words, and the test that finds where it breaks.

    `sentence` completes « Le résultat … » (« croît avec `V` »). `broken(call, inputs, output)`
    returns None when it holds, else the French sentence that says what breaks; `call(**changes)`
    runs the examined function again with some inputs changed, `inputs` are one draw, `output` is
    what the function returned for it. `once`: tried on the first draw only.
    """

    sentence: str
    broken: Callable[[Callable, dict[str, Any], Any], str | None]
    once: bool = False


def increasing(name: str) -> Invariant:
    """The result grows (or stays equal) when the array `name` grows."""
    return _monotonic(name, +1, "croît", "décroît", "croître")


def decreasing(name: str) -> Invariant:
    """The result decreases (or stays equal) when the array `name` grows."""
    return _monotonic(name, -1, "décroît", "croît", "décroître")


def between(low: Formula, high: Formula) -> Invariant:
    """Every value lies between two bounds, included: `between(0, "r_max")`."""

    def broken(call: Callable, inputs: dict[str, Any], output: Any) -> str | None:
        x, slack = _main(output), _slack(output)
        under, over = x < evaluate(low, inputs) - slack, x > evaluate(high, inputs) + slack
        if np.any(under):
            return (
                f"Votre résultat descend jusqu'à {number(x[under].min())} ; il ne passe jamais sous {_said(low)}."
            )
        if np.any(over):
            return (
                f"Votre résultat monte jusqu'à {number(x[over].max())} ; il ne dépasse jamais {_said(high)}."
            )
        return None

    return Invariant(f"reste entre {_said(low)} et {_said(high)}", broken)


def value(expected: Formula, *, at: Formula | Mapping[str, Formula], tolerance: float = 1e-6) -> Invariant:
    """The value at a known point; `at` is the first parameter's value, or several by name.

    `value("r_max / 2", at="I_half")`, `value(1, at={"V": -55})`, `value("x0", at={"t": 0})`.
    """

    def broken(call: Callable, inputs: dict[str, Any], output: Any) -> str | None:
        point = _point(at, inputs)
        changes = {name: _like(inputs[name], evaluate(x, inputs)) for name, x in point.items()}
        found = _main(call(**changes))
        wanted = np.asarray(evaluate(expected, {**inputs, **changes}), float)
        gap = np.abs(found - wanted)
        if np.all(gap <= tolerance * np.max(np.abs(wanted)) + _slack(output)):
            return None
        worst = np.ravel(found)[np.argmax(np.nan_to_num(np.ravel(gap), nan=np.inf))]
        return f"En {_said_point(point)}, vous trouvez {number(worst)} ; on attend {_said(expected)}."

    where = _said_point(at) if isinstance(at, Mapping) else _said(at)
    return Invariant(f"vaut {_said(expected)} en {where}", broken)


def order(
    expected: float,
    *,
    of: str = "dt",
    within: float = 0.25,
    result: Callable[[Any], Any] | None = None,
    at: Mapping[str, Any] | None = None,
) -> Invariant:
    """The order of convergence when the step `of` is halved twice: log2 of the ratio of the two
    gaps.

    `result(output)` picks what is compared (default: last element along time of the last part);
    `at` fixes inputs (a smooth function, a step small enough for the error to follow its law).
    Tried on the first draw.
    """

    def broken(call: Callable, inputs: dict[str, Any], output: Any) -> str | None:
        fixed = dict(at or {})
        step = fixed.pop(of, inputs[of])
        last = result or _last
        if _rounding(output) > 1e-6:  # single precision hides the law of the error
            return None
        coarse, middle, fine = (np.asarray(last(call(**fixed, **{of: step / k})), float) for k in (1, 2, 4))
        first, second = np.max(np.abs(coarse - middle)), np.max(np.abs(middle - fine))
        if first == 0 or second == 0:
            return (
                f"Votre résultat ne change pas avec `{of}` ; on attend une erreur d'ordre {number(expected)}."
            )
        found = np.log2(first / second)
        if abs(found - expected) <= within:
            return None
        return (
            f"Quand `{of}` est divisé par 2, votre erreur est divisée par "
            f"{number(first / second, 2)} ; "
            f"on attend {number(2.0**expected, 2)} (ordre {number(expected)})."
        )

    return Invariant(f"converge à l'ordre {number(expected)} en `{of}`", broken, once=True)


def conserved(quantity: Callable[..., Any], name: str, *, tolerance: float = 1e-6) -> Invariant:
    """`quantity(output, **inputs)` keeps its first value along time (axis 0), up to a relative
    tolerance.

    `name` is the quantity with its article: « l'énergie ».
    """

    def broken(call: Callable, inputs: dict[str, Any], output: Any) -> str | None:
        q = np.asarray(quantity(output, **inputs), float)
        drift = np.max(np.abs(q - q[0]))
        if drift <= tolerance * np.max(np.abs(q[0])):
            return None
        return f"Au cours du temps, {name} varie de {number(drift)} ; elle devrait se conserver."

    return Invariant(f"conserve {name}", broken)


def holds(predicate: Callable[..., bool], sentence: str, otherwise: str = "") -> Invariant:
    """Any other property: `predicate(f, output, **inputs) -> bool`; `f(**changes)` calls the
    function again.

    `sentence` completes « Le résultat … » (« est impair en `V` »), `otherwise` says what it means
    that it breaks.
    """

    def broken(call: Callable, inputs: dict[str, Any], output: Any) -> str | None:
        if predicate(call, output, **inputs):
            return None
        return otherwise or f"Une propriété manque : le résultat {sentence}."

    return Invariant(sentence, broken)


def _monotonic(name: str, direction: int, verb: str, opposite: str, should: str) -> Invariant:
    def broken(call: Callable, inputs: dict[str, Any], output: Any) -> str | None:
        x, y = np.ravel(inputs[name]), np.ravel(_main(output))
        along = np.argsort(x, kind="stable")
        x, y = x[along], y[along]
        down = direction * np.diff(y) < -_slack(output)
        if not np.any(down):
            return None
        k = int(np.argmax(down))
        return (
            f"Entre `{name}` = {number(x[k])} et {number(x[k + 1])}, votre résultat {opposite} ; "
            f"il devrait {should}."
        )

    return Invariant(f"{verb} avec `{name}`", broken)


def _main(output: Any) -> np.ndarray:
    return np.asarray(output[-1] if isinstance(output, tuple) else output, float)


def _slack(output: Any) -> float:
    """What rounding alone may change, for numbers of this size and type."""
    return _rounding(output) * float(np.nanmax(np.abs(_main(output)), initial=0))


def _rounding(output: Any) -> float:
    return ROUNDING.get(np.asarray(output[-1] if isinstance(output, tuple) else output).dtype, 1e-9)


def _last(output: Any) -> Any:
    x = _main(output)
    return x[-1] if x.ndim else x


def _point(at: Formula | Mapping[str, Formula], inputs: dict[str, Any]) -> Mapping[str, Formula]:
    return at if isinstance(at, Mapping) else {next(iter(inputs)): at}


def _like(x: Any, number: Any) -> Any:
    """`number` in the shape of the input it replaces, so that a function of arrays receives an array."""
    return np.full(x.shape, number, float) if isinstance(x, np.ndarray) else number


def _said(formula: Formula) -> str:
    return f"`{formula}`" if isinstance(formula, str) else number(formula)


def _said_point(point: Mapping[str, Formula]) -> str:
    return listed([f"`{name}` = {_said(x)}" for name, x in point.items()])
