"""FitzHugh-Nagumo against scipy and against what its two lines say."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from course.neurons import fitzhugh_nagumo as fhn


@pytest.mark.parametrize(("current", "tau"), [(0.5, 12.5), (0.33, 12.5), (-0.25, 5), (0.5, 5)])
def test_trajectory_is_that_of_an_independent_integration(current: float, tau: float) -> None:
    def slope(t: float, x: np.ndarray) -> tuple[float, float]:
        v, w = x
        return v - v**3 / 3 - w + current, (v + 0.7 - 0.8 * w) / tau

    model = fhn if tau == 12.5 else fhn.with_(tau=tau)  # 12.5 is its own
    trace = model.simulate(150, 0.02, start={"v": -1, "w": 0.2}, I=current)
    exact = solve_ivp(slope, (0, 150), [-1, 0.2], "DOP853", t_eval=trace.t, rtol=1e-11, atol=1e-11)
    np.testing.assert_allclose(trace["v"], exact.y[0], atol=2e-6)
    np.testing.assert_allclose(trace["w"], exact.y[1], atol=2e-6)


def test_rest_is_the_only_zero_of_the_cubic_minus_the_line() -> None:
    a, b = 0.7, 0.8
    roots = np.roots([-1 / 3, 0, 1 - 1 / b, -a / b])  # v - v³/3 - (v + a)/b
    v = roots[abs(roots.imag) < 1e-12].real.item()
    assert fhn.init["v"] == pytest.approx(v, abs=1e-6)
    assert fhn.init["w"] == pytest.approx((v + a) / b, abs=1e-6)
    assert len(fhn.simulate(300).spikes) == 0


@pytest.mark.parametrize(
    ("current", "fires"), [(0.2, False), (0.5, True), (1.3, True), (1.6, False)]
)
def test_fires_between_its_two_hopf_currents(current: float, fires: bool) -> None:
    late = fhn.simulate(1000, 0.05, I=current).spikes > 500
    assert bool(late.sum() > 5) is fires


def test_a_pulse_below_rest_makes_it_fire() -> None:
    """Anode break: w has gone down while v was held, and the cubic is then passed above its minimum."""
    from course.inputs import pulse

    assert len(fhn.simulate(120, I=pulse(-0.5, 20, 20)).spikes) == 1
    assert len(fhn.simulate(120, I=pulse(-0.1, 20, 20)).spikes) == 0
