"""Euler-Maruyama against stochastic equations with known solutions."""

import math

import numpy as np
import pytest

from course.dynamics import Model

ou = Model("dx/dt = -x/tau + s*sqrt(2/tau)*xi", init={"x": 1.0}, tau=10.0, s=2.0)
geometric = Model("dx/dt = mu*x + s*x*xi", init={"x": 1.0}, mu=0.05, s=0.5)


def test_same_seed_same_trace() -> None:
    a, b = (ou.simulate(50, 0.1, rng=np.random.default_rng(4))["x"] for _ in range(2))
    assert np.array_equal(a, b)
    assert not np.array_equal(a, ou.simulate(50, 0.1, rng=5)["x"])
    batch = ou.simulate(50, 0.1, rng=4, tau=np.full(20, 10.0))["x"]
    assert len({tuple(c) for c in batch.T}) == 20  # each neuron its own noise


def test_ornstein_uhlenbeck_mean_variance_and_correlation() -> None:
    n = 4000
    x = ou.simulate(60, 0.05, rng=1, tau=np.full(n, 10.0), record=["x"])["x"]
    at20, at60 = x[400], x[-1]
    assert at20.mean() == pytest.approx(math.exp(-2), abs=4 * 2 / math.sqrt(n))
    assert at60.std() == pytest.approx(2 * math.sqrt(1 - math.exp(-12)), rel=0.04)
    assert np.corrcoef(x[-201], at60)[0, 1] == pytest.approx(math.exp(-1), abs=0.05)


def test_strong_order_one_half_and_weak_order_one_on_geometric_brownian_motion() -> None:
    """x(T) = exp((mu - s²/2)T + s W(T)), with the same increments on every grid."""
    n, T, fine = 3000, 1.0, 256
    rng = np.random.default_rng(0)
    increments = rng.standard_normal((fine, n)) * math.sqrt(T / fine)
    exact = np.exp((0.05 - 0.125) * T + 0.5 * increments.sum(axis=0))
    strong, weak = [], []
    for steps in (8, 16, 32, 64):
        dW = increments.reshape(steps, fine // steps, n).sum(axis=1)
        x = geometric.simulate(
            T, T / steps, rng=Given(dW / math.sqrt(T / steps)), mu=np.full(n, 0.05)
        )["x"][-1]
        strong.append(np.abs(x - exact).mean())
        weak.append(abs((x - exact).mean()))
    slope = np.polyfit(np.log([8, 16, 32, 64]), np.log(strong), 1)[0]
    assert -slope == pytest.approx(0.5, abs=0.08)
    assert weak[-1] < weak[0] / 3


class Given(np.random.Generator):
    """A generator that hands out increments drawn beforehand."""

    def __init__(self, values: np.ndarray) -> None:
        super().__init__(np.random.PCG64(0))
        self.values, self.used = values, 0

    def standard_normal(self, size: tuple[int, ...]) -> np.ndarray:
        steps, noises, n = size
        part = self.values[self.used : self.used + steps]
        self.used += steps
        return part.reshape(steps, noises, n)


def test_the_same_name_is_the_same_noise_and_two_names_are_two() -> None:
    shared = Model("dx/dt = xi\ndy/dt = 2*xi").simulate(10, 0.1, rng=1)
    assert shared["y"] == pytest.approx(2 * shared["x"])
    apart = Model("dx/dt = xi_1\ndy/dt = xi_2").simulate(1000, 0.1, rng=1)
    assert abs(np.corrcoef(np.diff(apart["x"]), np.diff(apart["y"]))[0, 1]) < 0.05
    assert np.diff(apart["x"]).var() == pytest.approx(0.1, rel=0.05)


def test_noise_wants_euler_maruyama() -> None:
    with pytest.raises(ValueError, match="euler_maruyama, la seule méthode quand xi figure"):
        ou.simulate(10, method="rk4")
