"""A model that calls a student's Python function: read as a formula when it has one, else called with numbers."""

import math
import pickle
import random
import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest

from course.dynamics import EquationError, FunctionError, Model, SimulationError, load, phase
from course.dynamics.called import Called
from course.dynamics.traced import formula
from course.inputs import sine
from tests.dynamics.borrowed import half_open

TEXT = """
    dV/dt = (I - g*n*(V + 77) - 0.3*(V + 54.4))/C   : mV
    dn/dt = (n_inf(V) - n)/tau                      : 1
"""
VALUES = {
    "I": 5.0,
    "g": 36.0,
    "C": 1.0,
    "tau": 5.0,
    "init": {"V": -65, "n": 0.3},
    "spike": "V >= -72",
}


def by_numpy(V):  # noqa: ANN001, ANN201 (as a student writes)
    return 1 / (1 + np.exp(-(V + 40) / 6))


def by_math(V):  # noqa: ANN001, ANN201
    return 1 / (1 + math.exp(-(V + 40) / 6))


def by_cases(V):  # noqa: ANN001, ANN201
    if V > 700:
        return 1.0
    return 1 / (1 + np.exp(-(V + 40) / 6))


WRITTEN = Model(TEXT + "n_inf(V) = 1/(1 + exp(-(V + 40)/6))", **VALUES)
WAYS = [by_numpy, by_math, by_cases, half_open, np.vectorize(by_math)]


def model(f: Callable, text: str = TEXT, **values: object) -> Model:
    return Model(text, functions={"n_inf": f}, **{**VALUES, **values})


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


def counts(V):  # noqa: ANN001, ANN201 (a value that changes from call to call)
    SEEN.append(1)
    return V + len(SEEN)


def by_kind(V):  # noqa: ANN001, ANN201 (an `if` that no formula shows)
    return 2 * V if isinstance(V, float | np.ndarray) else 3 * V


def survives(V):  # noqa: ANN001, ANN201
    try:
        return math.exp(V / 100)
    except Exception:
        return 0.0


def until(V):  # noqa: ANN001, ANN201 (a loop on a value)
    x = 1.0
    while abs(x * x - abs(V) - 1) > 1e-12 * (abs(V) + 1):
        x = (x + (abs(V) + 1) / x) / 2
    return x


def unrolled(V):  # noqa: ANN001, ANN201 (a text that doubles at each turn)
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


def test_arrays_are_given_only_to_functions_that_take_them_as_numbers() -> None:
    sizes: list[int] = []

    def mean(V):  # noqa: ANN001, ANN202 (right for a number, something else for an array)
        sizes.append(np.size(V))
        return np.mean(V) if np.ndim(V) else V

    def into(V):  # noqa: ANN001, ANN202 (changes what it is given)
        V *= 2
        return V if V is not None else float(V)

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
    def current(V, n, g=2.0):  # noqa: ANN001, ANN202
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


def test_a_traced_function_keeps_the_limit_of_its_formula() -> None:
    def alpha_n(V):  # noqa: ANN001, ANN202
        return 0.01 * (-V - 55) / (np.exp((-V - 55) / 10) - 1)

    m = Model("dV/dt = alpha_n(V)", functions={"alpha_n": alpha_n})
    assert m.evaluate("dV/dt", V=-55.0) == pytest.approx(0.1, rel=1e-14)


REFUSED = [
    (3, r"Model.functions\['n_inf'\].: une fonction, reçu 3"),
    (lambda: 1.0, r"une fonction de 1 argument, comme l'appellent les équations, reçu .*lambda"),
    (lambda V, n: V, "une fonction de 1 argument, comme l'appellent les équations"),
    (lambda V: None, r"n_inf\(V = .*\).: un nombre \(il manque return.\?\), reçu None"),
    (lambda V: None if V < 0 else 1.0, r"il manque return"),
    (lambda V: [V, V], "un nombre, reçu \\["),
    (lambda V: "0.5", "un nombre, reçu '0.5'"),
    (lambda V: V * 1j, "un nombre, reçu"),
    (lambda V: math.nan, "un nombre fini, reçu nan"),
    (lambda V: V + missing, r"s'arrête sur NameError"),  # noqa: F821
    (lambda V: V.total, r"s'arrête sur AttributeError"),
]


@pytest.mark.parametrize(("f", "message"), REFUSED)
def test_refused_functions(f: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        model(f)


def test_refused_names() -> None:
    def refused(name: object, message: str, text: str = TEXT + "a(V) = V") -> None:
        with pytest.raises(ValueError, match=message):
            Model(text, functions={"n_inf": by_numpy, name: by_numpy}, **VALUES)

    refused("m_inf", r"\['m_inf'\].: une fonction appelée dans les équations, reçu")
    refused("exp", "«.exp.» est réservé")
    refused("_f", "«._f.» est réservé")
    refused("tau", "«.tau.» est déjà un paramètre")
    refused("V", "«.V.» est déjà défini par les équations")
    refused("a", "«.a.» est déjà défini par les équations")
    refused("2f", "un nom de fonction")
    refused(3, "un nom de fonction")
    with pytest.raises(ValueError, match=r"Model.functions.: un dictionnaire"):
        Model(TEXT, functions=[by_numpy], **VALUES)
    with pytest.raises(ValueError, match=r"vouliez-vous dire n_inf"):
        Model(TEXT, functions={"n_inff": by_numpy}, **VALUES)
    with pytest.raises(EquationError, match=r"n_inf attend 1 argument, reçu 2"):
        model(by_math, TEXT + "x = n_inf(V, n)")
    with pytest.raises(EquationError, match=r"«.n_inf.» est une fonction"):
        model(by_math, TEXT + "x = n_inf")


def test_an_exception_during_a_run_names_the_function_and_where() -> None:
    m = model(lambda V: 1 / math.floor(abs(V + 65.5)))
    with pytest.raises(
        FunctionError, match=r"n_inf\(V = -6.*\).: .*ZeroDivisionError \(division by zero"
    ) as e:
        m.simulate(50)
    assert isinstance(e.value.__cause__, ZeroDivisionError)
    with pytest.raises(FunctionError, match=r"ZeroDivisionError"):
        m.evaluate("dn/dt", V=np.array([-80, -65.0]))


def test_a_nan_during_a_run_names_the_function_and_not_the_step() -> None:
    m = model(lambda V: by_math(V) if V < -60 else math.nan)
    with pytest.raises(
        SimulationError, match=r"n_inf\(V = -(59|60).*\) n'est pas un nombre fini à t = .*corrigez n_inf"
    ):
        m.simulate(50, I=30)
    assert np.isnan(m.evaluate("dn/dt", V=0.0))
    assert np.isfinite(m.simulate(5, I=-10)["V"]).all()
    burst = Model(
        "dx/dt = x*x + f(x)", functions={"f": lambda x: 0.0 if x < 1e9 else 1.0}, init={"x": 1}
    )
    with pytest.raises(SimulationError, match=r"réduisez dt"):
        burst.simulate(5, 0.01)


def test_a_function_that_fails_only_on_arrays_is_still_refused_in_words() -> None:
    def f(V):  # noqa: ANN001, ANN202
        if np.size(V) == 3:
            raise RuntimeError("trois")
        return np.asarray(V) + 0.0

    m = Model("dx/dt = f(x)", functions={"f": f})
    with pytest.raises(
        FunctionError, match=r"f\(V\).: la fonction s'arrête sur RuntimeError \(trois\)"
    ):
        m.evaluate("dx/dt", x=np.zeros(3))


def test_the_gpu_is_refused() -> None:
    with pytest.raises(ValueError, match=r"simulate.device.: cpu, .*n_inf"):
        model(by_math).simulate(1, device="cuda")


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
