"""Morris-Lecar: the currents of its bifurcations from its formulas alone, and its two classes of firing."""

import numpy as np
import pytest

from course.dynamics import Model
from course.neurons import morris_lecar_class_1 as class_1
from course.neurons import morris_lecar_class_2 as class_2


def balance(V: np.ndarray, g_Ca: float, V3: float, V4: float) -> np.ndarray:
    """The current that holds the membrane at V, in numpy."""
    m = 0.5 * (1 + np.tanh((V + 1.2) / 18))
    w = 0.5 * (1 + np.tanh((V - V3) / V4))
    return g_Ca * m * (V - 120) + 8 * w * (V + 84) + 2 * (V + 60)


def trace_of_jacobian(V: np.ndarray, g_Ca: float, V3: float, V4: float, phi: float) -> np.ndarray:
    th = np.tanh((V + 1.2) / 18)
    m, dm = 0.5 * (1 + th), 0.5 * (1 - th**2) / 18
    w = 0.5 * (1 + np.tanh((V - V3) / V4))
    return -(g_Ca * (dm * (V - 120) + m) + 8 * w + 2) / 20 - phi * np.cosh((V - V3) / (2 * V4))


@pytest.mark.parametrize("model", [class_1, class_2])
def test_rest(model: Model) -> None:
    end = model.simulate(500).end
    for v, value in end.items():
        assert model.init[v] == pytest.approx(value, abs=1e-4)
    p = model.parameters
    assert balance(end["V"], p["g_Ca"], p["V3"], p["V4"]) == pytest.approx(0, abs=1e-6)


def knee() -> float:
    V = np.linspace(-60, -10, 2_000_001)
    return balance(V, 4, 12, 17.4).max()


def test_class_1_starts_at_a_fold_with_a_frequency_in_square_root() -> None:
    critical = knee()
    assert critical == pytest.approx(39.96, abs=0.01)  # Rinzel & Ermentrout
    above = np.array([0.01, 0.04, 0.16, 0.64])
    trains = class_1.simulate(6000, 0.05, I=critical + above, record=[]).spikes
    frequency = np.array([1000 / np.diff(s)[-1] for s in trains])
    assert np.diff(np.log(frequency)) / np.log(4) == pytest.approx(0.5, abs=0.05)
    assert frequency[0] < 1.5
    assert len(class_1.simulate(6000, 0.05, I=critical - 0.01, record=[]).spikes) <= 1


def test_class_2_has_the_hopf_currents_of_the_literature() -> None:
    V = np.linspace(-60, 20, 800_001)
    trace = trace_of_jacobian(V, 4.4, 2, 30, 0.04)
    turns = np.flatnonzero(np.diff(np.sign(trace)))
    assert balance(V[turns], 4.4, 2, 30) == pytest.approx([93.86, 212.02], abs=0.01)


def test_class_2_starts_at_once_at_a_finite_frequency() -> None:
    currents = np.array([88.25, 88.35])
    silent, train = class_2.simulate(4000, 0.05, I=currents, record=[]).spikes
    assert (silent > 1000).sum() == 0
    assert 1000 / np.diff(train)[-1] > 8


def test_class_2_near_its_hopf_current_keeps_resting_or_firing() -> None:
    V = np.linspace(-60, 20, 800_001)
    rest = V[np.argmin(abs(balance(V, 4.4, 2, 30) - 91))]
    near = {"V": rest, "w": class_2.evaluate("w_inf", V=rest)}
    assert len(class_2.simulate(1000, 0.05, I=91, start=near).spikes) == 0
    assert len(class_2.simulate(1000, 0.05, I=91, start={"V": 0}).spikes) > 5


def test_its_slopes_in_numpy() -> None:
    V, w = np.linspace(-80, 60, 29), np.linspace(0, 1, 29)
    for model, g, V3, V4, phi in ((class_1, 4, 12, 17.4, 1 / 15), (class_2, 4.4, 2, 30, 0.04)):
        m = 0.5 * (1 + np.tanh((V + 1.2) / 18))
        dV = (50 - g * m * (V - 120) - 8 * w * (V + 84) - 2 * (V + 60)) / 20
        dw = phi * (0.5 * (1 + np.tanh((V - V3) / V4)) - w) * np.cosh((V - V3) / (2 * V4))
        np.testing.assert_allclose(
            model.evaluate("dV/dt", V=V, w=w, I=50), dV, rtol=1e-12, atol=1e-12
        )
        np.testing.assert_allclose(
            model.evaluate("dw/dt", V=V, w=w, I=50), dw, rtol=1e-12, atol=1e-15
        )
