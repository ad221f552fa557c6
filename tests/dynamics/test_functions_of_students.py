"""A model that calls a student's Python function: read as a formula when it has one, else called with numbers."""

import math
import pickle
import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest

from course.dynamics import Model, load, phase
from course.dynamics.called import Called
from course.inputs import sine
from tests.dynamics.borrowed import TEXT, VALUES, by_math, by_numpy, half_open, model


def by_cases(V):
    if V > 700:
        return 1.0
    return 1 / (1 + np.exp(-(V + 40) / 6))


WRITTEN = Model(TEXT + "n_inf(V) = 1/(1 + exp(-(V + 40)/6))", **VALUES)
WAYS = [by_numpy, by_math, by_cases, half_open, np.vectorize(by_math)]


def test_a_function_with_a_formula_becomes_a_line_of_the_text() -> None:
    m = model(by_numpy)
    assert m.called == ()
    assert m.text.rstrip().splitlines()[-1] == "n_inf(V) = 1 / (1 + exp(-(V + 40) / 6))"
    assert r"n_{\infty}(V) &= " in m._repr_latex_()
    assert WRITTEN.called == ()
    assert [model(f).called for f in WAYS] == [(), *[("n_inf",)] * 4]


@pytest.mark.parametrize("f", WAYS)
@pytest.mark.parametrize("method", ["euler", "heun", "rk4", "exponential_euler"])
def test_every_way_of_writing_it_gives_the_run_of_the_equations(f: Callable, method: str) -> None:
    drive = sine(20, 50)
    expected = WRITTEN.simulate(20, 0.05, method=method, I=drive)
    found = model(f).simulate(20, 0.05, method=method, I=drive)
    tolerance = 1e-6 if method == "exponential_euler" else 1e-10
    for name in ("V", "n"):
        np.testing.assert_allclose(found[name], expected[name], rtol=tolerance)
    np.testing.assert_allclose(found.spikes, expected.spikes, rtol=tolerance)
    assert len(expected.spikes) >= 1


@pytest.mark.parametrize("f", WAYS)
def test_batches_and_curves(f: Callable) -> None:
    I = np.linspace(0, 30, 6).reshape(2, 3)
    found, expected = (m.simulate(10, 0.05, I=I, record=["V", "n"]) for m in (model(f), WRITTEN))
    np.testing.assert_allclose(found["V"], expected["V"], rtol=1e-10)
    assert found["V"].shape == (201, 2, 3)
    for a, b in zip(found.spikes, expected.spikes, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-10)
    V = np.linspace(-90, 40, 27).reshape(3, 9)
    curve = model(f).evaluate("dn/dt", V=V, n=0.2)
    np.testing.assert_allclose(curve, (by_numpy(V) - 0.2) / 5, rtol=1e-12)
    assert model(f).evaluate("dn/dt").shape == ()


@pytest.mark.parametrize("f", WAYS)
def test_the_phase_plane_follows(f: Callable) -> None:
    window = ((-90, 40), (0, 1))
    found, expected = (phase.fixed_points(m, window) for m in (model(f), WRITTEN))
    assert len(found) == len(expected) == 1
    np.testing.assert_allclose(found[0].jacobian, expected[0].jacobian, rtol=1e-8)
    assert found[0].words == expected[0].words
    assert phase.backward(model(f)).called == model(f).called


def test_slopes_of_several_arguments_and_calls_with_a_number() -> None:
    def f(x, y, k):
        return x * x * y + k if x < 1e9 else 0.0

    text = "dx/dt = f(x, y, 2) + f(1, 1, 0) - 9*x\ndy/dt = f(y, x, x) - y"
    m = Model(text, functions={"f": f}, init={"x": 0.3, "y": -0.4})
    written = Model(text + "\nf(x, y, k) = x*x*y + k", init=dict(m.init))
    assert m.called == ("f",)
    jacobians = [
        phase.system.system("x", w, {}).jacobian(np.array([0.3, -0.4])) for w in (m, written)
    ]
    np.testing.assert_allclose(*jacobians, rtol=1e-8)
    ends = [w.simulate(1, 0.01, method="exponential_euler").end["y"] for w in (m, written)]
    assert ends[0] == pytest.approx(ends[1], rel=1e-8)


def test_slopes_are_central_differences_within_their_announced_error() -> None:
    f = Called("f", ("x", "y"), lambda x, y: math.sin(x) * math.exp(y))
    x, y = np.meshgrid(np.linspace(-3, 3, 13), np.linspace(-1, 1, 5))
    names = f.named()
    assert list(names) == [
        "_call_f", "_call_f_0", "_call_f_1", "_call_f_0_0", "_call_f_0_1", "_call_f_1_0", "_call_f_1_1",
    ]  # fmt: skip
    first, second = {"rtol": 1e-9, "atol": 1e-9}, {"rtol": 1e-6, "atol": 1e-6}
    np.testing.assert_allclose(names["_call_f_0"](x, y), np.cos(x) * np.exp(y), **first)
    np.testing.assert_allclose(names["_call_f_1"](x, y), np.sin(x) * np.exp(y), **first)
    np.testing.assert_allclose(names["_call_f_0_1"](x, y), np.cos(x) * np.exp(y), **second)
    np.testing.assert_allclose(names["_call_f_0_0"](x, y), -np.sin(x) * np.exp(y), **second)
    assert names["_call_f_0"](0.5, 0.0) == pytest.approx(math.cos(0.5), rel=1e-9)


def test_arrays_are_given_only_to_functions_that_take_them_as_numbers() -> None:
    sizes: list[int] = []

    def mean(V):  # right for a number, something else for an array
        sizes.append(np.size(V))
        return np.mean(V) if np.ndim(V) else V

    def into(V):  # changes what it is given
        V *= 2
        return V if np.ndim(V) else float(V)

    x = np.array([1.0, 2.0, 4.0])
    np.testing.assert_allclose(
        Model("dx/dt = f(x)", functions={"f": mean}).evaluate("dx/dt", x=x), x
    )
    sizes.clear()
    Model("dx/dt = f(x)", functions={"f": mean}).evaluate("dx/dt", x=x)
    assert sizes[-3:] == [1, 1, 1]
    found = Model("dx/dt = f(x) - x", functions={"f": into}).evaluate("dx/dt", x=x)
    np.testing.assert_allclose(found, x)


def test_two_functions_of_one_name_do_not_mix() -> None:
    models = [
        Model("dx/dt = f(x)", functions={"f": lambda x, k=k: k if x > -1e9 else 0.0})
        for k in (1, 2)
    ]
    assert [m.called for m in models] == [("f",), ("f",)]
    for _ in range(2):
        assert [float(m.evaluate("dx/dt")) for m in models] == [1, 2]
        assert [m.simulate(1, 0.1).end["x"] for m in models] == pytest.approx([1, 2])
    same = models[1].with_()
    assert float(same.evaluate("dx/dt")) == 2
    before = len(load._loaded)
    models[0].simulate(1, 0.1, method="heun")
    assert len(load._loaded) == before  # such a module lives and dies with its model


def test_names_of_the_generated_text_are_free() -> None:
    for name in ("f", "g", "reset", "step", "event", "phi1", "np", "terms", "x", "V"):
        variable = "y" if name == "x" else "x"
        text = f"d{variable}/dt = -{name}({variable})*a"
        for function in (lambda z: z / 2, lambda z: z / 2 if z > -1e9 else 0.0):
            m = Model(text, functions={name: function}, a=1.0, init={variable: 1})
            end = m.simulate(1, 0.01, method="exponential_euler").end[variable]
            assert end == pytest.approx(math.exp(-0.5), rel=1e-6), name


def test_several_arguments_defaults_terms_and_spikes() -> None:
    def current(V, n, g=2.0):
        return g * n * (V - 1) if V < 1e9 else 0.0

    text = "dV/dt = J - V\ndn/dt = -n\nJ = current(V, n) : 1"
    options = {"init": {"n": 1}, "spike": "top(V) >= 0.5", "reset": "V = low(n)"}
    functions = {
        "current": current,
        "top": lambda V: -V if V < 1e9 else 0.0,
        "low": lambda n: 0.1 if n > -1 else 0.0,
    }
    written = Model(
        "dV/dt = J - V\ndn/dt = -n\nJ = 2*n*(V - 1) : 1",
        init={"n": 1},
        spike="-V >= 0.5",
        reset="V = 0.1",
    )
    m = Model(text, functions=functions, **options)
    assert m.called == ("current", "top", "low")
    found, expected = (x.simulate(4, 0.01, record=["V", "J"]) for x in (m, written))
    assert len(expected.spikes) >= 1
    np.testing.assert_allclose(found.spikes, expected.spikes, rtol=1e-9)
    np.testing.assert_allclose(found["J"], expected["J"], rtol=1e-9, atol=1e-12)
    traced = Model("dx/dt = f(x, 3) - f(x, x)", functions={"f": lambda a, t, b=5: a * t + b})
    assert traced.called == ()  # t, our time, is another name there
    assert float(traced.evaluate("dx/dt", x=2.0)) == 11 - 9


def test_pickles() -> None:
    traced = pickle.loads(pickle.dumps(model(by_numpy)))
    assert traced.text == model(by_numpy).text
    data = pickle.dumps(model(half_open))
    again = pickle.loads(data)
    assert again.called == ("n_inf",)
    assert again.simulate(2)["V"][-1] == model(half_open).simulate(2)["V"][-1]
    code = "import pickle, sys; print(pickle.load(sys.stdin.buffer).called)"
    run = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, check=True)
    assert run.stdout.decode().strip() == "('n_inf',)"
    with pytest.raises(
        pickle.PicklingError, match=r"Model.functions\['n_inf'\].: une fonction qu'un autre"
    ):
        pickle.dumps(model(lambda V: 1.0 if V > -1e9 else 0.0))
