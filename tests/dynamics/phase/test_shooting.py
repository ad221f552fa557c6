"""Closed orbits followed as a parameter moves: against the period and the multiplier of the one found by simulation."""

import numpy as np
import pytest

from course.dynamics.phase import backward, bifurcations, limit_cycle
from course.dynamics.phase.settle import pace
from course.dynamics.phase.shooting import neighbour, shot
from course.dynamics.phase.system import system
from tests.dynamics.phase.models import fhn, van_der_pol


def near(model, **parameters):
    s = system("shot", model, parameters)
    return s, pace(s, s.init)


def test_the_orbit_is_the_one_that_motions_end_on():
    s, at = near(van_der_pol)
    orbit = shot(s, np.array([2.1, 0.1]), 6.5, at)
    cycle = limit_cycle(van_der_pol)
    assert orbit.period == pytest.approx(6.66328686, abs=1e-4)
    assert orbit.multiplier == pytest.approx(cycle.multipliers[0], rel=1e-3)
    assert orbit.stable
    assert orbit.high[0] == pytest.approx(cycle.orbit["x"].max(), abs=1e-3)
    for start in orbit.others.T:
        assert shot(s, start, orbit.period, at).period == pytest.approx(orbit.period, rel=1e-6)


def test_an_orbit_that_repels_is_not_stable():
    s, at = near(backward(van_der_pol))
    on_it = np.array([x[0] for x in limit_cycle(van_der_pol).orbit.values()])
    orbit = shot(s, on_it, 6.66, at)
    assert orbit.period == pytest.approx(6.66328686, abs=1e-4)
    assert orbit.multiplier > 1
    assert not orbit.stable
    assert neighbour(s, orbit, at) is None


def test_nothing_is_found_far_from_an_orbit_nor_at_a_fixed_point():
    s, at = near(van_der_pol)
    assert shot(s, np.array([2.0, 0.0]), 12.0, at) is None
    assert shot(s, np.array([1e-6, 0.0]), 6.6, at) is None


def test_an_oscillation_is_followed_and_not_simulated_at_each_value(monkeypatch):
    """Between two Hopf points of one family: a few runs at their ends, and the periods of `limit_cycle`."""
    from course.dynamics.phase import sweep

    runs = []
    settle = sweep.settle
    monkeypatch.setattr(sweep, "settle", lambda *given: runs.append(given) or settle(*given))
    up, down = bifurcations(fhn, "I", (0, 2)).cycles
    assert len(up.values) >= 400
    assert len(runs) < 30
    for sweep_ in (up, down):
        for I in (0.4, 0.8, 1.3):
            k = int(np.abs(sweep_.values - I).argmin())
            cycle = limit_cycle(fhn, I=float(sweep_.values[k]), start={"v": 2.0, "w": 0.0})
            assert sweep_.period[k] == pytest.approx(cycle.period, rel=1e-3)
            assert sweep_.high["v"][k] == pytest.approx(cycle.orbit["v"].max(), abs=5e-3)
            assert sweep_.low["w"][k] == pytest.approx(cycle.orbit["w"].min(), abs=5e-3)


def test_rest_is_on_its_branch():
    up, _ = bifurcations(fhn, "I", (0, 2)).cycles
    resting = np.isnan(up.period) & (up.values < 0.33)
    assert resting.sum() > 50
    state = {v: up.low[v][resting] for v in ("v", "w")}
    for v in ("v", "w"):
        np.testing.assert_allclose(
            fhn.evaluate(f"d{v}/dt", I=up.values[resting], **state), 0, atol=1e-6
        )
        np.testing.assert_array_equal(up.low[v][resting], up.high[v][resting])
