"""Hodgkin-Huxley against its published values and what is known of it independently."""

import numpy as np
import pytest

from course.neurons import hodgkin_huxley as hh

START = {"V": -60, "n": 1 / 3, "m": 0, "h": 2 / 3}


def test_rest_is_minus_65() -> None:
    end = hh.simulate(200).end
    assert end["V"] == pytest.approx(-65.0, abs=0.01)
    for v in hh.variables:
        assert hh.evaluate(f"d{v}/dt", **end) == pytest.approx(0, abs=1e-6)
    assert end["n"] + end["h"] == pytest.approx(0.914, abs=1e-3)


@pytest.mark.parametrize(("I", "n"), [(10, 7), (5, 1)])
def test_spikes_in_100_ms_from_the_reference_start(I: float, n: int) -> None:
    assert len(hh.simulate(100, 0.01, start=START, I=I).spikes) == n


def test_n_plus_h_is_not_constant_along_a_train() -> None:
    trace = hh.simulate(100, 0.01, start=START, I=10)
    total = trace["n"] + trace["h"]
    assert total[0] == total.max() == pytest.approx(1.0)
    assert total.min() == pytest.approx(0.781, abs=1e-3)
    assert total[2000:].max() == pytest.approx(0.851, abs=1e-3)


@pytest.mark.parametrize("method", ["rk4", "heun", "exponential_euler"])
def test_gates_stay_probabilities(method: str) -> None:
    trace = hh.simulate(60, 0.01, method=method, start=START, I=np.linspace(-20, 150, 24))
    for gate in "nmh":
        assert (trace[gate] >= 0).all()
        assert (trace[gate] <= 1).all()


def test_rates_of_the_1952_paper_and_their_limits() -> None:
    """Rates at rest (table 2 of the paper's fits: α_n(0) = 0.01·10/(e - 1)...), and at the 0/0 of α_n and α_m."""
    e = np.e
    rest = {
        "alpha_n": 0.1 / (e - 1),
        "beta_n": 0.125,
        "alpha_m": 2.5 / (e**2.5 - 1),
        "beta_m": 4,
        "alpha_h": 0.07,
        "beta_h": 1 / (e**3 + 1),
    }
    for name, value in rest.items():
        assert hh.evaluate(name, V=-65.0) == pytest.approx(value, rel=1e-12)
    assert hh.evaluate("alpha_n", V=-55.0) == pytest.approx(0.1, rel=1e-14)
    assert hh.evaluate("alpha_m", V=-40.0) == pytest.approx(1.0, rel=1e-14)
    V = np.linspace(-55.2, -54.8, 4001)
    with np.errstate(invalid="ignore"):
        direct = 0.01 * (-V - 55) / np.expm1((-V - 55) / 10)
    known = np.isfinite(direct)
    assert hh.evaluate("alpha_n", V=V)[known] == pytest.approx(direct[known], rel=1e-13)


def test_temperature_shortens_the_spike() -> None:
    def width(phi: float) -> float:
        trace = hh.simulate(30, 0.005, I=15, phi=phi)
        return (trace["V"] > -20).sum() * 0.005 / max(1, len(trace.spikes))

    assert width(3 ** (10 / 10)) < width(1.0) / 1.8


def test_blocked_sodium_never_spikes() -> None:
    assert len(hh.simulate(100, I=50, g_Na=0).spikes) == 0
