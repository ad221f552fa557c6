"""Which Python functions have a formula, and which are believed."""

import math
import random
from collections.abc import Callable

import numpy as np
import pytest

from course.dynamics import Model
from course.dynamics.traced import formula

TRACED = {
    "0.01*(-V - 55)/(np.exp((-V - 55)/10) - 1)": "0.01 * (-V - 55) / (exp((-V - 55) / 10) - 1)",
    "np.where(V > 0, V**2, -V)": "where(V > 0, V ** 2, -V)",
    "np.where((V > 0) & ~(V > 10), 1, 0)": "where(V > 0 and (not V > 10), 1, 0)",
    "np.clip(V, -1, 1.5)": "min(max(V, -1), 1.5)",
    "abs(V) + np.abs(V) + np.sqrt(V**2)": "abs(V) + abs(V) + sqrt(V ** 2)",
    "np.float64(2)*V - np.array(3)*V + 2**(V/10)": "2.0 * V - 3 * V + 2 ** (V / 10)",
    "(-2.5)**2 * V": "6.25 * V",
    "np.expm1(V/50) + np.square(np.tanh(V))": "exp(V / 50) - 1 + tanh(V) ** 2",
    "np.heaviside(V, 1)*np.minimum(V, 3)": "heaviside(V) * min(V, 3)",
    "0.5": "0.5",
    "-(V*0 - 3)**3": "-(V * 0 - 3) ** 3",
    "np.power(-3.0, 2)/(V*V + 1)": "9.0 / (V * V + 1)",
}


@pytest.mark.parametrize(("body", "expected"), TRACED.items())
def test_formulas_that_are_read(body: str, expected: str) -> None:
    f = eval(f"lambda V: {body}", {"np": np})
    assert formula(f, ("V",)) == expected
    V = np.linspace(-20, 20, 41) + 0.3
    text = Model("dx/dt = f(x)", functions={"f": f})
    assert text.called == ()
    np.testing.assert_allclose(text.evaluate("dx/dt", x=V), f(V) + 0 * V, rtol=1e-12, atol=1e-14)


SEEN: list[float] = []


def counts(V):  # a value that changes from call to call
    SEEN.append(1)
    return V + len(SEEN)


def by_kind(V):  # an `if` that no formula shows
    return 2 * V if isinstance(V, float | np.ndarray) else 3 * V


def survives(V):
    try:
        return math.exp(V / 100)
    except Exception:
        return 0.0


def until(V):  # a loop on a value
    x = 1.0
    while abs(x * x - abs(V) - 1) > 1e-12 * (abs(V) + 1):
        x = (x + (abs(V) + 1) / x) / 2
    return x


def unrolled(V):  # a text that doubles at each turn
    for _ in range(40):
        V = V - V * V / 1e4
    return V


CALLED = [
    counts,
    by_kind,
    survives,
    until,
    unrolled,
    lambda V: V + random.random(),
    lambda V: V > 0,
]


@pytest.mark.parametrize("f", CALLED)
def test_what_has_no_formula_is_called(f: Callable) -> None:
    assert Model("dx/dt = f(x)", functions={"f": f}).called == ("f",)


def test_a_function_that_disagrees_with_its_trace_is_called_as_it_is() -> None:
    m = Model("dx/dt = f(x)", functions={"f": by_kind})
    np.testing.assert_allclose(m.evaluate("dx/dt", x=np.arange(4.0)), 2 * np.arange(4.0))


def test_a_traced_function_keeps_the_limit_of_its_formula() -> None:
    def alpha_n(V):
        return 0.01 * (-V - 55) / (np.exp((-V - 55) / 10) - 1)

    m = Model("dV/dt = alpha_n(V)", functions={"alpha_n": alpha_n})
    assert m.evaluate("dV/dt", V=-55.0) == pytest.approx(0.1, rel=1e-14)
