"""Random models, their lines shuffled: what is generated computes what a reader of the text computes by hand."""

import math
import random
import re

import pytest

from course.dynamics import Model
from course.dynamics.load import functions

OPERATORS = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b}
CALLS = {"exp": math.exp, "tanh": math.tanh, "sin": math.sin, "abs": abs}


def drawn(rng: random.Random, names: list[str], depth: int) -> tuple:
    """A random expression as nested tuples."""
    if depth == 0 or rng.random() < 0.2:
        return (
            ("name", rng.choice(names))
            if rng.random() < 0.7
            else ("number", rng.choice([0.5, 2.0, 3.0, 0.1]))
        )
    if rng.random() < 0.3:
        return ("call", rng.choice(list(CALLS)), drawn(rng, names, depth - 1))
    return (
        "op",
        rng.choice(list(OPERATORS)),
        drawn(rng, names, depth - 1),
        drawn(rng, names, depth - 1),
    )


def written(e: tuple) -> str:
    match e:
        case ("name", x) | ("number", x):
            return str(x)
        case ("call", f, x):
            return f"{f}(tanh({written(x)}))"  # bounded
        case ("op", o, a, b):
            return f"({written(a)} {o} {written(b)})"


def computed(e: tuple, values: dict[str, float]) -> float:
    match e:
        case ("name", x):
            return values[x]
        case ("number", x):
            return x
        case ("call", f, x):
            return CALLS[f](math.tanh(computed(x, values)))
        case ("op", o, a, b):
            return OPERATORS[o](computed(a, values), computed(b, values))


@pytest.mark.parametrize("seed", range(25))
def test_terms_and_derivatives(seed: int) -> None:
    rng = random.Random(seed)
    variables, parameters = ["V", "w"], {"a": 1.5, "b": -0.3, "g_K": 2.0}
    known, terms = [*variables, *parameters], {}
    for i in range(rng.randint(1, 6)):
        terms[f"x{i}"] = drawn(rng, known, 3)
        known.append(f"x{i}")
    rates = {v: drawn(rng, known, 3) for v in variables}
    lines = [f"{n} = {written(e)}" for n, e in terms.items()]
    lines += [f"d{v}/dt = {written(e)}" for v, e in rates.items()]
    rng.shuffle(lines)
    body = " ".join(lines)
    used = {p: x for p, x in parameters.items() if re.search(rf"\b{p}\b", body)}
    model = Model("\n".join(lines), **used)
    values = {**parameters, "V": rng.uniform(-2, 2), "w": rng.uniform(-2, 2)}
    for name, e in terms.items():
        values[name] = computed(e, values)
    state = {v: values[v] for v in variables}
    for name in terms:
        assert float(model.evaluate(name, **state)) == pytest.approx(
            values[name], rel=1e-10, abs=1e-12
        )
    for v, e in rates.items():
        assert float(model.evaluate(f"d{v}/dt", **state)) == pytest.approx(
            computed(e, values), rel=1e-10, abs=1e-12
        )
    plain = functions(model.spec((), "rk"), "numpy")
    ordered = [state[v] for v in model.variables]
    got = plain.f(0.0, *ordered, *plain.constants(**used))
    expected = [computed(rates[v], values) for v in model.variables]
    assert [float(x) for x in got] == pytest.approx(expected, rel=1e-10, abs=1e-12)
