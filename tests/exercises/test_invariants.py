"""Properties: each holds for a right function and says what breaks for a wrong one; formulas are never evaluated."""

import numpy as np
import pytest

from course.exercises import between, conserved, decreasing, holds, increasing, order, value
from course.exercises.formula import evaluate
from tests.exercises.demo import euler


def tried(invariant, function, **inputs):
    def call(**changes):
        return function(*{**inputs, **changes}.values())

    return invariant.broken(call, inputs, call())


X = np.array([3.0, -1.0, 0.0, 2.0])


@pytest.mark.parametrize(("invariant", "right", "wrong", "words"), [
    (increasing("x"), lambda x: x**3, lambda x: x**2, "Entre `x` = −1 et 0, votre résultat décroît"),
    (increasing("x"), lambda x: np.minimum(x, 1), lambda x: -x, "décroît"),
    (decreasing("x"), lambda x: -x, lambda x: x, "votre résultat croît ; il devrait décroître"),
    (between(0, 1), lambda x: (x + 1) / 4, lambda x: x / 3, "descend jusqu'à −0,3333 ; il ne passe jamais sous 0"),
    (between("-1", "2 * 2"), lambda x: x, lambda x: 2 * x, "descend jusqu'à −2 ; il ne passe jamais sous `-1`"),
    (value(1, at=0), np.exp, lambda x: np.exp(x) + x**2 - 0.1, "En `x` = 0, vous trouvez 0,9 ; on attend 1"),
    (value("exp(x)", at={"x": 2}), np.exp, lambda x: x * np.nan, "NaN"),
    (conserved(lambda out, x: out * 0 + 2, "l'énergie"), lambda x: x, None, ""),
    (conserved(lambda out, x: out, "l'énergie"), lambda x: x * 0 + 1, lambda x: x, "l'énergie varie de 4"),
    (holds(lambda call, out, x: np.allclose(call(x=-x), -out), "est impair en `x`"), np.sin, np.cos,
     "Une propriété manque : le résultat est impair en `x`."),
    (holds(lambda call, out, x: np.all(out > 0), "est positif", "Un taux peut-il être négatif ?"), np.exp, np.sin,
     "Un taux peut-il être négatif ?"),
])
def test_a_property_holds_or_says_what_breaks(invariant, right, wrong, words):
    assert tried(invariant, right, x=X) is None
    if wrong:
        assert words in tried(invariant, wrong, x=X)


def test_single_precision_is_no_broken_property():
    def curve(x):
        return np.float32(300) / (1 + np.exp(-x.astype(np.float32)))

    x = np.linspace(-30, 30, 1000)
    for invariant in (increasing("x"), between(0, 300), value(150, at=0)):
        assert tried(invariant, curve, x=x) is None


@pytest.mark.parametrize(("method", "found"), [(1, "par 2 "), (2, "par 4 ")])
def test_the_order_of_a_method_is_measured(method, found):
    def solve(f, x0, T, dt):
        if method == 1:
            return euler(f, x0, T, dt)
        t, x = np.arange(round(T / dt) + 1) * dt, [x0]
        for s in t[:-1]:
            x.append(x[-1] + dt * f(x[-1] + dt / 2 * f(x[-1], s), s + dt / 2))
        return t, np.array(x)

    inputs = {"f": lambda x, t: -x + np.sin(t), "x0": 1.0, "T": 2.0, "dt": 1 / 64}
    assert tried(order(method), solve, **inputs) is None
    assert found in tried(order(3), solve, **inputs)
    assert "ne change pas" in tried(order(1), lambda *_: (0, np.ones(3)), **inputs)


@pytest.mark.parametrize(("formula", "expected"), [
    ("r_max / 2", 50), ("-r_max ** 2 + 1", -9999), ("exp(0) + sqrt(4)", 3), ("2e3", 2000), (7, 7),
    ("max(r_max, 200)", 200), ("pi", np.pi),
])
def test_a_formula(formula, expected):
    assert evaluate(formula, {"r_max": 100.0}) == pytest.approx(expected)


@pytest.mark.parametrize("formula", [
    "__import__('os')", "r_max.real", "[1]", "lambda: 1", "x", "r_max; 1", "open('f')", "'a'", "(1).__class__",
    "exp(x=1)", "1 if r_max else 2", "1 +", "True.real",
])
def test_anything_else_is_refused(formula):
    with pytest.raises(ValueError, match="formule\xa0: seulement des nombres"):
        evaluate(formula, {"r_max": 100.0})
