"""The squid axon in two variables against the whole one: what is kept, and what is not."""

import numpy as np
import pytest

from course.neurons import hodgkin_huxley as full
from course.neurons import hodgkin_huxley_reduced as reduced


def test_its_slopes_are_those_of_the_full_model_on_the_plane() -> None:
    V, n = np.meshgrid(np.linspace(-90, 50, 15), np.linspace(0.1, 0.8, 8))
    S = reduced.parameters["S"]
    on_plane = {"V": V, "n": n, "m": full.evaluate("m_inf", V=V), "h": S - n}
    for slope in ("dV/dt", "dn/dt"):
        np.testing.assert_allclose(
            reduced.evaluate(slope, V=V, n=n, I=7),
            full.evaluate(slope, **on_plane, I=7),
            rtol=1e-12,
        )


def test_rest() -> None:
    for v in reduced.variables:
        assert reduced.evaluate(f"d{v}/dt") == pytest.approx(0, abs=1e-3)
    end = reduced.simulate(300).end
    assert end["V"] == pytest.approx(reduced.init["V"], abs=1e-3)
    assert end["n"] == pytest.approx(reduced.init["n"], abs=1e-5)
    assert end["V"] == pytest.approx(full.simulate(200).end["V"], abs=0.2)


def test_S_is_the_mean_of_n_plus_h_along_a_train() -> None:
    trace = full.simulate(200, I=10)
    inside = (trace.t >= trace.spikes[-3]) & (trace.t < trace.spikes[-2])
    total = (trace["n"] + trace["h"])[inside]
    assert total.mean() == pytest.approx(0.834, abs=5e-4)
    assert (total.min(), total.max()) == pytest.approx((0.781, 0.850), abs=5e-4)
    assert reduced.parameters["S"] == pytest.approx(total.mean(), abs=5e-3)


def test_train_is_higher_and_faster_than_the_axon_s() -> None:
    whole, flat = full.simulate(200, I=10), reduced.simulate(200, I=10)
    late = whole.t > 100
    assert whole["V"][late].max() == pytest.approx(30.4, abs=0.1)
    assert flat["V"][late].max() == pytest.approx(45.3, abs=0.1)
    assert np.diff(whole.spikes)[-1] == pytest.approx(14.64, abs=0.01)
    assert np.diff(flat.spikes)[-1] == pytest.approx(11.77, abs=0.01)
    lowest = [t["V"][late].min() for t in (whole, flat)]
    assert lowest[0] == pytest.approx(lowest[1], abs=2)


def onset(model, least: int) -> float:
    currents = np.round(np.arange(1.8, 7, 0.05), 2)
    trains = model.simulate(400, 0.02, I=currents, record=[]).spikes
    return currents[[len(s) >= least for s in trains]][0]


def test_thresholds_of_one_spike_agree_and_those_of_a_train_are_in_order() -> None:
    assert onset(reduced, 1) == pytest.approx(onset(full, 1), rel=0.06)
    assert onset(full, 20) == pytest.approx(6.25, abs=0.06)
    assert onset(reduced, 20) == pytest.approx(5.35, abs=0.06)
