"""Coupled units against the dense matrix written out in numpy, the two engines against each other."""

import numpy as np
import pytest

from course.dynamics import Model, SimulationError, coupled
from course.dynamics.circular import Circular
from course.dynamics.request import checked_run

TEXT = """
Phi(x) = r_max/(1 + exp(-2*kappa*(x - 10)))
dr/dt = (Phi(I + s + cue*on) - r)/tau : Hz
"""
VALUES = {"r_max": 500.0, "kappa": 0.2, "tau": 20.0, "I": 0.0}


def kernel(n: int, kind: str) -> np.ndarray:
    theta = 2 * np.pi * np.arange(n) / n
    if kind == "cos":
        return (-0.1 + 0.3 * np.cos(theta)) / n
    if kind == "wide":
        return 0.3 * np.exp(4 * (np.cos(theta) - 1)) / n
    half = np.random.default_rng(n).normal(size=n)
    return 0.1 * (half + np.roll(half[::-1], 1)) / n


def ring(n: int, kind: str, **more) -> Model:
    theta = 2 * np.pi * np.arange(n) / n
    values = {
        **VALUES,
        "s": Circular("r", kernel(n, kind)),
        "cue": np.exp(-((theta - 2) ** 2)),
        "on": pulse,
    }
    return Model(TEXT, **{**values, **more})


def pulse(t):
    return 10.0 * (t < 40.0)


def dense(n: int, kind: str, T: float, dt: float, I: np.ndarray | float = 0.0) -> np.ndarray:
    """RK4 with the n by n matrix; the cue as a step sees it, from its own side."""
    distance = (np.arange(n)[:, None] - np.arange(n)) % n
    W, cue = kernel(n, kind)[distance], np.exp(-((2 * np.pi * np.arange(n) / n - 2) ** 2))
    r, states = np.zeros(n), [np.zeros(n)]
    for k in range(round(T / dt)):
        on = 10.0 * (k * dt < 40.0)

        def f(r, on=on):
            x = I + W @ r + cue * on
            return (500 / (1 + np.exp(-0.4 * (x - 10))) - r) / 20

        a = f(r)
        b = f(r + dt / 2 * a)
        c = f(r + dt / 2 * b)
        d = f(r + dt * c)
        r = r + dt / 6 * (a + 2 * b + 2 * c + d)
        states.append(r)
    return np.array(states)


@pytest.mark.parametrize("kind", ["cos", "wide", "any"])
@pytest.mark.parametrize("n", [9, 16, 50, 128])
def test_the_dense_matrix(n, kind):
    found = ring(n, kind).simulate(100, dt=1.0)["r"]
    wanted = dense(n, kind, 100, 1.0)
    assert wanted.max() > 20
    assert np.ptp(wanted[-1]) > 1
    assert found == pytest.approx(wanted, rel=1e-10, abs=1e-8)


@pytest.mark.parametrize("method", ["euler", "heun", "rk4"])
def test_without_numba_the_same_numbers(method, monkeypatch):
    model = ring(24, "wide")
    compiled = model.simulate(80, dt=0.5, method=method)
    monkeypatch.setattr(coupled, "has_numba", lambda: False)
    plain = model.simulate(80, dt=0.5, method=method)
    assert plain["r"] == pytest.approx(compiled["r"], rel=1e-11, abs=1e-9)
    assert plain.end["r"] == pytest.approx(compiled.end["r"], rel=1e-11)


def test_each_ring_of_a_batch_is_as_if_alone():
    n, strengths = 20, np.array([0.5, 1.0, 1.5])
    kernels = strengths[:, None] * kernel(n, "wide")
    batch = ring(n, "wide", s=Circular("r", kernels)).simulate(60, dt=1.0)["r"]
    assert batch.shape == (61, 3, n)
    for i, one in enumerate(kernels):
        alone = ring(n, "wide", s=Circular("r", one)).simulate(60, dt=1.0)["r"]
        assert batch[:, i] == pytest.approx(alone, rel=1e-12)
    assert np.ptp(batch[-1], axis=0).max() > 1


@pytest.mark.parametrize("n", [8, 9, 31, 100, 128, 1000])
def test_a_cosine_is_of_rank_three(n):
    rows, gains = Circular("r", kernel(n, "cos")).harmonics
    assert rows.shape == (3, n)
    assert gains == pytest.approx([-0.1 / n, 0.3 / n, 0.3 / n])


def test_rows_and_fourier_transform_are_one_sum():
    rng = np.random.default_rng(3)
    for n in (8, 9, 40):
        c = Circular("r", kernel(n, "any"))
        x = rng.normal(size=(5, n))
        rows, gains = c.harmonics
        assert (x @ rows.T * gains) @ rows == pytest.approx(c.of(x), abs=1e-14)
        distance = (np.arange(n)[:, None] - np.arange(n)) % n
        assert c.of(x) == pytest.approx(x @ c.kernel[distance].T, abs=1e-14)


def test_two_couplings_of_two_variables():
    """Two rings that inhibit each other, against the same two in numpy (Euler)."""
    n = 12
    K, L = kernel(n, "wide"), -0.5 * kernel(n, "cos")
    text = """
    da/dt = (tanh(1 + I + near) - a)/10
    db/dt = (a + far - b)/5
    """
    I = np.linspace(0, 1, n)
    model = Model(text, I=I, near=Circular("a", K), far=Circular("b", L))
    found = model.simulate(30, dt=0.5, method="euler")
    distance = (np.arange(n)[:, None] - np.arange(n)) % n
    a = b = np.zeros(n)
    for _ in range(60):
        da, db = (np.tanh(1 + I + K[distance] @ a) - a) / 10, (a + L[distance] @ b - b) / 5
        a, b = a + 0.5 * da, b + 0.5 * db
    assert found["a"][-1] == pytest.approx(a, rel=1e-11)
    assert found["b"][-1] == pytest.approx(b, rel=1e-11)


@pytest.mark.parametrize("numba", [True, False])
def test_noise_is_euler_maruyama_with_the_generator_of_the_run(numba, monkeypatch):
    if not numba:
        monkeypatch.setattr(coupled, "has_numba", lambda: False)
    n, dt = 10, 0.5
    K = 3 * kernel(n, "wide")
    model = Model("dx/dt = (s - x)/10 + sigma*xi", s=Circular("x", K), sigma=0.3)
    found = model.simulate(20, dt=dt, rng=7, start={"x": np.ones((2, n))})["x"]
    draws = np.random.default_rng(7).standard_normal((40, 2, n))
    distance, x = (np.arange(n)[:, None] - np.arange(n)) % n, np.ones((2, n))
    for z in draws:
        x = x + dt * (x @ K[distance].T - x) / 10 + 0.3 * np.sqrt(dt) * z
    assert found[-1] == pytest.approx(x, rel=1e-11)


def test_one_state_in_ten():
    model = ring(16, "cos")
    whole = model.simulate(60, dt=1.0)
    run = checked_run(model, 60, 1.0, None, None, None, "step", None, "cpu", {})
    thin = coupled.simulate_coupled(run, every=10)
    assert np.array_equal(thin["r"], whole["r"][::10])
    assert np.array_equal(thin.t, whole.t[::10])


def test_terms_see_the_coupling():
    model = Model(
        "total = I + s\ndr/dt = (total - r)/10", I=1.0, s=Circular("r", kernel(8, "wide"))
    )
    trace = model.simulate(20, dt=0.1, record=["r", "total"])
    assert trace["total"] == pytest.approx(1 + model.parameters["s"].of(trace["r"]))
    now = model.evaluate("dr/dt", r=trace["r"][-1])
    assert now == pytest.approx((trace["total"][-1] - trace["r"][-1]) / 10)


def test_fourth_order():
    model, errors = ring(16, "wide", on=10.0), []
    exact = model.simulate(40, dt=0.05).end["r"]
    for dt in (4.0, 2.0, 1.0):
        errors.append(np.abs(model.simulate(40, dt=dt).end["r"] - exact).max())
    orders = np.log2(errors[:-1]) - np.log2(errors[1:])
    assert (orders > 3.6).all(), orders


@pytest.mark.parametrize("numba", [True, False])
def test_what_explodes_says_so(numba, monkeypatch):
    if not numba:
        monkeypatch.setattr(coupled, "has_numba", lambda: False)
    n = 10
    model = Model("dx/dt = x*x + s", init={"x": 1}, s=Circular("x", np.ones(n)))
    with pytest.raises(SimulationError, match="x n'est plus un nombre fini à t = .*neurone 0"):
        model.simulate(20, dt=0.1)


def test_refusals():
    with pytest.raises(ValueError, match="Circular.kernel\u00a0: un profil pair"):
        Circular("r", np.array([1.0, 2, 0, 0]))
    with pytest.raises(ValueError, match="Circular.kernel\u00a0: un poids fini"):
        Circular("r", np.array([1.0, np.nan]))
    model = ring(16, "cos")
    with pytest.raises(
        ValueError, match="simulate.method\u00a0: une méthode parmi euler, heun, rk4"
    ):
        model.simulate(10, method="exponential_euler")
    with pytest.raises(ValueError, match="des tableaux de même forme"):
        model.simulate(10, I=np.zeros(15))
    with pytest.raises(ValueError, match="simulate.s.variable\u00a0: un de r"):
        model.simulate(10, s=Circular("V", kernel(16, "cos")))
    with pytest.raises(ValueError, match="un modèle sans impulsions"):
        Model("dV/dt = 1 - V + s", spike="V > 1", s=Circular("V", np.ones(8))).simulate(10)
