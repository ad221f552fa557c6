"""Texts and runs in which a generator of code is easily wrong, each against what it must give."""

import math
import pickle

import numpy as np
import pytest

from course.dynamics import EquationError, Model
from course.inputs import ramp, step


def test_terms_keep_their_names_whatever_the_order_of_the_text() -> None:
    model = Model("dV/dt = -V*a\na = b + 1\nb = 2*V", init={"V": 1})
    assert float(model.evaluate("a")) == 3
    assert float(model.evaluate("b")) == 2
    trace = model.simulate(1, 0.1, record=["a", "b", "V"])
    assert trace["a"] == pytest.approx(2 * trace["V"] + 1)
    assert trace["b"] == pytest.approx(2 * trace["V"])


def test_a_term_may_look_like_a_generated_name() -> None:
    model = Model(
        "dV/dt = -V*d_V\nd_V = 2\ndu/dt = -7*u\np0 = s0 + r0", init={"V": 1, "u": 1}, s0=1, r0=2
    )
    assert float(model.evaluate("dV/dt")) == -2
    assert float(model.evaluate("du/dt")) == -7
    assert float(model.evaluate("p0")) == 3


def test_two_constant_terms_of_one_value() -> None:
    model = Model("dx/dt = -x*a - b + c\na = 2*g\nb = 2*g\nc = b", init={"x": 1}, g=0.5)
    assert model.simulate(3, 0.01)["x"][-1] == pytest.approx(math.exp(-3), abs=1e-8)


def test_a_function_of_zero_does_not_see_the_variable_of_its_argument_s_name() -> None:
    assert Model("dx/dt = f(0)\nf(x) = x + 1", init={"x": 5}).simulate(1, 0.1)["x"][
        -1
    ] == pytest.approx(6)


@pytest.mark.parametrize(
    "rate",
    [
        "a*(V - V0)/(1 - exp((V0 - V)/k))", "a*(V0 - V)/(exp((V0 - V)/k) - 1)", "a*k*linoid((V0 - V)/k)",
        "(V - V0)*a*(1/(1 - exp(-(V - V0)/k)))", "a*F(V - V0)",
    ],
)  # fmt: skip
def test_the_limit_of_a_rate_whatever_its_spelling(rate: str) -> None:
    text = f"dV/dt = r\nr = {rate}"
    text += "\nF(x) = x/(1 - exp(-x/k))" if "F(" in rate else ""
    model = Model(text, a=0.2, V0=-40.0, k=10.0)
    V = np.array([-40.0, -40.0 + 1e-9, -40.0 - 1e-7, 30.0, -90.0])
    u = (V + 40) / 10
    expected = (
        0.2 * 10 * np.where(np.abs(u) < 1e-6, 1 + u / 2, u / -np.expm1(-np.where(u == 0, 1, u)))
    )
    assert model.evaluate("r", V=V) == pytest.approx(expected, rel=1e-12)
    assert np.isfinite(model.simulate(1, 0.1, start={"V": -40.0})["V"]).all()


def test_the_limit_is_not_seen_where_there_is_none() -> None:
    model = Model("dx/dt = w/(exp(x) - 1)\nr = w*x/(x*x + x)", init={"x": 1.0}, w=2.0)
    assert float(model.evaluate("dx/dt")) == pytest.approx(2 / (math.e - 1))


@pytest.mark.parametrize("n", [1, 20])
def test_a_threshold_that_moves_is_crossed_where_it_is(n: int) -> None:
    """V = 1.5 (1 - exp(-t/10)) meets 5 - 0.09 t."""
    model = Model("dV/dt = (I - V)/tau", spike="V >= th", reset="V = 0", I=1.5, tau=10.0, th=1.0)
    I = np.full(n, 1.5) if n > 1 else 1.5
    first = model.simulate(100, 0.1, I=I, th=ramp(0, 50, 5, 0.5)).spikes
    t = (first[0] if n > 1 else first)[0]
    assert 1.5 * (1 - math.exp(-t / 10)) == pytest.approx(5 - 0.09 * t, abs=1e-6)


@pytest.mark.parametrize("n", [1, 20])
def test_a_threshold_that_jumps_below_the_neuron_fires_it_at_once(n: int) -> None:
    model = Model("dV/dt = a", spike="V >= th", reset="V = 0", a=1.0, th=1.0)
    a = np.full(n, 1.0) if n > 1 else 1.0
    spikes = model.simulate(19, 0.1, a=a, th=step(-5, 10) + 8).spikes
    spikes = spikes[0] if n > 1 else spikes
    assert spikes == pytest.approx([8, 11, 14, 17], abs=1e-6)
    late = model.simulate(12, 0.1, a=a, start={"V": 2.5}, th=step(-5, 4) + 8).spikes
    late = late[0] if n > 1 else late
    assert late == pytest.approx([4, 7, 10], abs=1e-6)  # V = 6.5 at 4 ms, above the new 3


def test_a_reset_reads_the_drive_of_its_own_time() -> None:
    model = Model("dV/dt = 1\ndL/dt = 0", spike="V >= 1", reset="L = c; V = 0", c=0.0)
    trace = model.simulate(3.3, 0.11, c=lambda t: t)
    assert trace["L"][-1] == pytest.approx(3, abs=1e-6)


def test_refractoriness_holds_what_the_condition_reads_through_a_term() -> None:
    model = Model("dV/dt = 1\ns = V - th", spike="s >= 0", reset="V = 0", refractory=2, th=1.0)
    assert np.diff(model.simulate(20, 0.1).spikes) == pytest.approx(3)


def test_a_reset_that_leaves_the_neuron_above_says_so() -> None:
    model = Model("dV/dt = 1\ndu/dt = 0", spike="V >= 1", reset="u = u + 1")
    with pytest.raises(ArithmeticError, match="laisse la condition d'impulsion vraie"):
        model.simulate(5, 0.1)


def test_conditions_with_parameters_and_negations() -> None:
    model = Model(
        "dx/dt = where(a > 3 and x > 2, 1, 2) + where(not (a > 3) or x < 0, 10, 20)",
        init={"x": 5},
        a=4,
    )
    assert float(model.evaluate("dx/dt")) == 21
    assert model.simulate(1, 0.1)["x"][-1] == pytest.approx(26)
    assert model.simulate(1, 0.1, a=np.array([4.0, 2.0] * 5))["x"][-1, :2] == pytest.approx(
        [26, 17]
    )


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("dx/dt = 5*(t > 20)", "écrivez where(condition, 1, 0)"), ("dx/dt = x > 2", "écrivez where(condition, 1, 0)"),
        ("dx/dt = where(x, 1, 2)", "une condition est attendue ici"), ("dx/dt = 2(x + 1)", "il manque le signe *"),
        ("dx/dt = (x + 1)(x + 2)", "il manque le signe *"), ("dx/dt = ln(x)", "écrivez log"),
        ("dx/dt = atan(x)", "écrivez arctan"), ("dx/dt = f(x)\nf(y, y) = y", "des arguments de noms différents"),
        ("dx/dt = (-x/tau\ndy/dt = f(y)", "parenthèse jamais fermée"),
    ],
)  # fmt: skip
def test_refused_where_it_stands(text: str, rule: str) -> None:
    with pytest.raises(
        EquationError, match=rule.replace("*", r"\*").replace("(", r"\(").replace(")", r"\)")
    ):
        Model(text, tau=1.0)


@pytest.mark.parametrize(
    "text", ["dx/dt = x*log(0)", "dx/dt = x*sqrt(-2)", "dx/dt = f(9, 387420489)*x\nf(a, b) = a**b"]
)
def test_no_number_is_refused_when_it_is_met(text: str) -> None:
    with pytest.raises(EquationError, match="nombre réel fini|puissance démesurée"):
        Model(text).simulate(1)


def test_a_condition_that_is_always_true_and_noise_where_it_has_no_value() -> None:
    with pytest.raises(EquationError, match="toujours vraie"):
        Model("dV/dt = 1", spike="V >= V", reset="V = 0").simulate(1)
    for spike, reset in (("x >= 1", "V = 0"), ("V >= 1", "V = xi")):
        with pytest.raises(EquationError, match="le bruit xi n'a de valeur qu'intégré"):
            Model("dV/dt = x\nx = xi", spike=spike, reset=reset)


def test_names_are_read_as_python_reads_them() -> None:
    text = "dx/dt = -\N{MICRO SIGN}*x\n\N{MICRO SIGN} = 2"
    assert Model(text, init={"x": 1}).simulate(1, 0.01)["x"][-1] == pytest.approx(
        math.exp(-2), abs=1e-7
    )
    odd = Model(
        "dE/dt = -(E - N)*beta - I*S*Q/gamma", init={"E": 1}, N=0, beta=1, I=0, S=1, Q=1, gamma=1
    )
    assert odd.simulate(1, 0.01)["E"][-1] == pytest.approx(math.exp(-1), abs=1e-8)


def test_a_model_is_a_value() -> None:
    tau = np.array([1.0, 2.0])
    model = Model(
        "dx/dt = -x/tau", init={"x": 1}, spike="x > 2", reset="x = 0", refractory=1, tau=tau
    )
    tau[:] = 99
    assert model.parameters["tau"].tolist() == [1, 2]
    with pytest.raises(ValueError, match="read-only"):
        model.parameters["tau"][0] = 5
    again = pickle.loads(pickle.dumps(model))
    assert np.array_equal(again.simulate(1, 0.1)["x"], model.simulate(1, 0.1)["x"])


def test_a_function_of_t_that_draws_is_called_at_every_instant() -> None:
    rng = np.random.default_rng(0)
    x = Model("dx/dt = I", I=0.0).simulate(100, 0.1, method="euler", I=lambda t: rng.normal())["x"]
    assert np.diff(x).std() == pytest.approx(0.1, rel=0.15)


def test_exponential_euler_through_corners_and_far_away() -> None:
    model = Model("dx/dt = max(x, 0.5) - 2*abs(x) + min(x, 1) - sign(x)", init={"x": 3.0})
    fine = model.simulate(1, 0.001)["x"][-1]
    assert model.simulate(1, 0.001, method="exponential_euler")["x"][-1] == pytest.approx(
        fine, abs=5e-3
    )
    far = Model("dV/dt = V/(exp(V) - 1)", init={"V": 800.0})
    assert far.simulate(1, 0.1, method="exponential_euler")["V"][-1] == pytest.approx(800)


@pytest.mark.parametrize(
    "arguments",
    [
        {"start": 5}, {"start": {"x": "a"}}, {"start": {"x": []}}, {"rng": -1}, {"record": [5]}, {"tau": "a"},
        {"tau": lambda t: "a"},
    ],
)  # fmt: skip
def test_a_wrong_type_is_refused_in_french(arguments: dict) -> None:
    with pytest.raises(ValueError, match="simulate.*reçu"):
        Model("dx/dt = -x/tau", tau=1.0).simulate(1, 0.1, **arguments)


@pytest.mark.parametrize(
    "arguments", [{"spike": 30}, {"init": 5}, {"spike": "x > 1", "reset": {"x": 0}}, {"T": 5}]
)
def test_a_wrong_type_is_refused_by_the_model(arguments: dict) -> None:
    with pytest.raises(ValueError, match="Model.*reçu"):
        Model("dx/dt = -x", **arguments)
