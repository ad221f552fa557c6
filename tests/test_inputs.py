"""What is injected has the law it announces."""

import math

import numpy as np
import pytest

from course.dynamics import Model
from course.inputs import (
    correlated_poisson,
    noise,
    ornstein_uhlenbeck,
    piecewise,
    poisson,
    pulse,
    ramp,
    sine,
    step,
)

charge = Model("dq/dt = I", I=0.0)


@pytest.mark.parametrize(
    ("signal", "integral"),
    [
        (step(2, 5), 2 * 15), (step(2, 5, 10), 10), (pulse(3, 1, 0.5), 1.5), (ramp(5, 15, 0, 4), 20 + 20),
        (piecewise([0, 5, 15], [1, -2, 3]), 5 - 20 + 15), (step(1, 0) + 2 * step(1, 10) - 0.5, 20 + 20 - 10),
        (sine(3, 50), 0), (-step(1, 3), -17),
    ],
)  # fmt: skip
def test_charge_injected_is_the_integral(signal, integral: float) -> None:  # noqa: ANN001
    assert charge.simulate(20, 0.1, I=signal)["q"][-1] == pytest.approx(integral, abs=2e-5)


def test_noise_has_the_same_law_whatever_dt() -> None:
    n = 200

    def variance(dt: float) -> float:
        return np.var(
            [
                charge.simulate(100, dt, I=noise(2, every=0.5), rng=seed)["q"][-1]
                for seed in range(n)
            ]
        )

    for dt in (0.5, 0.1):  # 200 independent values held 0.5 ms each: var = 200 (2·0.5)²
        assert variance(dt) == pytest.approx(200, rel=4 * math.sqrt(2 / n))


def test_ornstein_uhlenbeck_is_stationary_from_the_start() -> None:
    x, at = ornstein_uhlenbeck(3, 2, 5), np.array([0.0, 5.0, 20.0])
    draws = np.array([x.realise(20, 0.1, np.random.default_rng(s))(at) for s in range(3000)])
    assert draws.mean(axis=0) == pytest.approx(3, abs=0.15)
    assert draws.std(axis=0) == pytest.approx(2, rel=0.06)
    assert np.corrcoef(draws[:, 0], draws[:, 1])[0, 1] == pytest.approx(math.exp(-1), abs=0.06)


def test_poisson_counts_and_intervals() -> None:
    train = poisson(50, 200_000, np.random.default_rng(0))
    assert len(train) == pytest.approx(10_000, abs=400)
    intervals = np.diff(train)
    assert intervals.mean() == pytest.approx(20, rel=0.04)
    assert intervals.std() / intervals.mean() == pytest.approx(1, abs=0.04)


def test_a_function_of_one_number_and_of_arrays_are_the_same_input() -> None:
    a = charge.simulate(20, 0.1, I=lambda t: 2.0 if t >= 5 else 0.0)["q"]
    assert np.array_equal(a, charge.simulate(20, 0.1, I=step(2, 5))["q"])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: step(1, 5, 3), "step.stop"),
        (lambda: step("a", 5), "step.amplitude"),
        (lambda: pulse(1, 0, -1), "pulse.duration"),
        (lambda: ramp(5, 5, 0, 1), "ramp.stop"),
        (lambda: sine(1, 0), "sine.frequency"),
        (lambda: piecewise([0, 1], [1]), "piecewise.values"),
        (lambda: piecewise([1, 0], [1, 2]), "piecewise.times"),
        (lambda: noise(-1), "noise.sd"),
        (lambda: noise(1, every=0), "noise.every"),
        (lambda: ornstein_uhlenbeck(0, 1, 0), "ornstein_uhlenbeck.tau"),
        (lambda: noise(1)(3.0), "un tirage par simulation"),
        (lambda: step(1, 0) + "a", "Input"),
        (lambda: poisson(-1, 10, None), "poisson.rate"),
    ],
)
def test_refused(call, message: str) -> None:  # noqa: ANN001
    with pytest.raises(ValueError, match=message):
        call()


def test_correlated_trains_share_their_part() -> None:
    rng = np.random.default_rng(2)
    trains = correlated_poisson(4, 20.0, 0.3, 500_000.0, rng)
    assert [len(t) for t in trains] == pytest.approx([10_000] * 4, rel=0.04)
    shared = [len(np.intersect1d(trains[i], trains[j])) for i in range(4) for j in range(i)]
    assert shared == pytest.approx([3000] * 6, rel=0.1)
    counts = np.array([np.histogram(t, np.arange(0, 500_001, 50))[0] for t in trains])
    assert np.corrcoef(counts)[~np.eye(4, dtype=bool)] == pytest.approx([0.3] * 12, abs=0.05)
    assert counts.var(axis=1) / counts.mean(axis=1) == pytest.approx([1] * 4, abs=0.06)
    assert not np.intersect1d(*correlated_poisson(2, 20.0, 0.0, 10_000.0, rng)).size
    same = correlated_poisson(2, 20.0, 1.0, 10_000.0, rng)
    assert np.array_equal(*same)
    with pytest.raises(ValueError, match="une corrélation entre 0 et 1"):
        correlated_poisson(2, 20.0, 1.5, 10_000.0, rng)
    with pytest.raises(ValueError, match="un nombre entier de trains"):
        correlated_poisson(0, 20.0, 0.5, 10_000.0, rng)
