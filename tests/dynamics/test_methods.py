"""The measured order of each method, against closed forms."""

import math

import numpy as np
import pytest

from course.dynamics import Model, SimulationError
from course.inputs import step
from course.neurons import hodgkin_huxley

oscillator = Model("dx/dt = w*y\ndy/dt = -w*x", init={"x": 1}, w=0.7)
predator = Model("dx/dt = x*(1 - y)\ndy/dt = y*(x - 1)", init={"x": 2, "y": 1})
logistic = Model("dx/dt = r*x*(1 - x)", init={"x": 0.1}, r=1.0)
forced = Model("dx/dt = -x + I", I=0.0)


def order(error: list[float]) -> np.ndarray:
    return np.log2(np.array(error[:-1]) / error[1:])


@pytest.mark.parametrize(("method", "p"), [("euler", 1), ("heun", 2), ("rk4", 4)])
def test_order_on_a_rotation(method: str, p: int) -> None:
    exact = math.cos(0.7 * 8)
    e = [
        abs(oscillator.simulate(8, dt, method=method)["x"][-1] - exact) for dt in (0.1, 0.05, 0.025)
    ]
    assert order(e) == pytest.approx(p, abs=0.12)


def test_order_of_exponential_euler_and_its_exactness_on_a_linear_decay() -> None:
    exact = predator.simulate(4, 0.001)["x"][-1]
    e = [
        abs(predator.simulate(4, dt, method="exponential_euler")["x"][-1] - exact)
        for dt in (0.02, 0.01, 0.005)
    ]
    assert order(e) == pytest.approx(1, abs=0.1)
    alone = [
        abs(
            logistic.simulate(4, dt, method="exponential_euler")["x"][-1]
            - 1 / (1 + 9 * math.exp(-4))
        )
        for dt in (0.2, 0.1)
    ]
    assert order(alone) == pytest.approx(
        2, abs=0.1
    )  # one autonomous variable: the whole Jacobian is its diagonal
    decay = Model("dx/dt = -x/tau", init={"x": 1}, tau=3.0)
    assert decay.simulate(6, 0.5, method="exponential_euler")["x"][-1] == pytest.approx(
        math.exp(-2), abs=1e-14
    )


@pytest.mark.parametrize(("method", "p"), [("heun", 2), ("rk4", 4)])
def test_order_with_an_input_that_moves_inside_a_step(method: str, p: int) -> None:
    exact = (math.sin(5) - math.cos(5) + math.exp(-5)) / 2  # x' = -x + sin t
    e = [
        abs(forced.simulate(5, dt, method=method, I=np.sin)["x"][-1] - exact)
        for dt in (0.1, 0.05, 0.025)
    ]
    assert order(e) == pytest.approx(p, abs=0.15)


def test_a_jump_on_the_grid_costs_no_order() -> None:
    exact = 1 - math.exp(-3)
    for start in (2, 0.7, 0.3):  # 0.7/0.1 and 0.3/0.1 are not whole numbers in floating point
        x = forced.simulate(start + 3, 0.1, I=step(1, start))["x"][-1]
        assert x == pytest.approx(exact, abs=2e-6)


def test_hodgkin_huxley_converges_at_the_order_of_rk4() -> None:
    fine = hodgkin_huxley.simulate(20, 0.002, I=10)["V"][-1]
    e = [abs(hodgkin_huxley.simulate(20, dt, I=10)["V"][-1] - fine) for dt in (0.04, 0.02, 0.01)]
    assert order(e) == pytest.approx(4, abs=0.4)


def test_rk4_against_scipy() -> None:
    from scipy.integrate import solve_ivp

    def rhs(t: float, y: np.ndarray) -> list[float]:
        values = dict(zip("Vnmh", y, strict=True))
        return [float(hodgkin_huxley.evaluate(f"d{v}/dt", I=10.0, **values)) for v in "Vnmh"]

    start = {"V": -60, "n": 1 / 3, "m": 0, "h": 2 / 3}
    exact = solve_ivp(rhs, (0, 15), list(start.values()), method="LSODA", rtol=1e-9, atol=1e-10).y[
        0, -1
    ]
    assert hodgkin_huxley.simulate(15, 0.005, start=start, I=10)["V"][-1] == pytest.approx(
        exact, abs=1e-5
    )


def test_diverging_run_names_the_variable_the_time_and_dt() -> None:
    explosive = Model("dx/dt = x**2", init={"x": 1})
    with pytest.raises(
        SimulationError, match="x n'est plus un nombre fini à t = .* réduisez dt .0,1\u00a0ms"
    ):
        explosive.simulate(5, 0.1)
    with pytest.raises(SimulationError, match="neurone 3"):
        explosive.simulate(5, 0.1, start={"x": np.array([0.0, -1.0, -2.0, 2.0])})
    with pytest.raises(SimulationError, match="neurone 17"):
        explosive.simulate(5, 0.1, start={"x": np.where(np.arange(40) == 17, 1.0, -1.0)})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"T": 0}, "simulate.T\u00a0: un nombre strictement positif"),
        ({"T": float("inf")}, "simulate.T"),
        ({"T": 10, "dt": -1}, "simulate.dt"),
        ({"T": 1, "dt": 2}, "un pas plus petit que la durée"),
        ({"T": 10, "method": "rk45"}, "simulate.method\u00a0.*vouliez-vous dire rk4"),
        ({"T": 10, "method": "euler_maruyama"}, "xi ne figure pas"),
        ({"T": 10, "record": ["y"]}, "simulate.record"),
        ({"T": 10, "start": {"v": 1}}, "simulate.start"),
        ({"T": 10, "rng": "a"}, "simulate.rng"),
        ({"T": 10, "spike_time": "exact"}, "simulate.spike_time"),
        ({"T": 10, "device": "gpu"}, "simulate.device"),
        ({"T": 10, "r": np.ones(3), "start": {"x": np.ones(2)}}, "tableaux de même forme"),
        (
            {"T": 10, "R": 3},
            r"simulate.R\u00a0: le modèle n'a pas ce paramètre \(vouliez-vous dire r",
        ),
        ({"T": 1e6, "dt": 1e-3}, "au plus 1 Gio"),
        (
            {"T": 10, "r": lambda t: float("nan")},
            "simulate.r\u00a0: une fonction de t partout finie",
        ),
    ],
)
def test_refused_before_any_work(arguments: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        logistic.simulate(**arguments)


def test_duration_that_is_no_multiple_of_dt_is_said() -> None:
    with pytest.warns(UserWarning, match="durée arrondie à 10\u00a0ms"):
        assert logistic.simulate(10.004, 0.01).t[-1] == pytest.approx(10)
