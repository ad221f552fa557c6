"""Izhikevich's neurons against an integration by scipy, and against what each is named after."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from course.dynamics import Model
from course.inputs import pulse, step
from course.neurons import IZHIKEVICH, izhikevich

TONIC = [
    name
    for name in IZHIKEVICH
    if name not in ("resonator", "2003_resonator", "2003_thalamo_cortical")
]


def spikes_by_scipy(model: Model, T: float) -> np.ndarray:
    """Spike times of the published equations, by DOP853 restarted at each located crossing of 30 mV."""
    a, b, c, d, current = (model.parameters[p] for p in "abcdI")

    def slope(t: float, x: np.ndarray) -> tuple[float, float]:
        v, u = x
        return 0.04 * v * v + 5 * v + 140 - u + current, a * (b * v - u)

    def top(t: float, x: np.ndarray) -> float:
        return x[0] - 30

    top.terminal, top.direction = True, 1
    t, x, times = 0.0, [model.init["v"], model.init["u"]], []
    while t < T:
        run = solve_ivp(slope, (t, T), x, "DOP853", events=top, rtol=1e-11, atol=1e-11)
        t, x = run.t[-1], [c, run.y[1, -1] + d]
        if run.status == 1:
            times.append(t)
    return np.array(times)


@pytest.mark.parametrize("name", TONIC)
def test_trains_are_those_of_an_independent_integration(name: str) -> None:
    model = IZHIKEVICH[name]
    expected = spikes_by_scipy(model, 150)
    assert len(expected) >= 3
    np.testing.assert_allclose(model.simulate(150, 0.01).spikes, expected, atol=1e-4)


def test_figures_of_the_thesis_have_their_captions() -> None:
    names = ("a", "b", "c", "d", "I")
    captions = {
        "regular_spiking": (0.02, 0.2, -65, 8, 15, -65),
        "intrinsically_bursting": (0.02, 0.2, -55, 4, 10, -65),
        "chattering": (0.02, 0.2, -50, 2, 10, -65),
        "fast_spiking": (0.1, 0.2, -65, 2, 10, -65),
        "low_threshold_spiking": (0.02, 0.25, -65, 2, 15, -65),
        "resonator": (0.1, 0.26, -65, 8, -0.0488, -65),
        "thalamo_cortical": (0.02, 0.25, -65, 0.05, 1, -65),
        "thalamo_cortical_rebound": (0.02, 0.25, -65, 0.05, 1, -90),
    }
    for name, (*values, start) in captions.items():
        model = IZHIKEVICH[name]
        assert [model.parameters[p] for p in names] == values
        assert model.init["v"] == start
        assert model.init["u"] == pytest.approx(values[1] * start, rel=1e-15)


def test_every_set_loses_its_rest_at_a_hopf_bifurcation() -> None:
    assert all(m.parameters["b"] > m.parameters["a"] for m in IZHIKEVICH.values())


def test_rests() -> None:
    end = izhikevich.simulate(800).end
    assert end["v"] == pytest.approx(-70, abs=1e-4)
    assert end["u"] == pytest.approx(-14, abs=1e-4)
    for name in ("2003_resonator", "2003_thalamo_cortical"):
        model = IZHIKEVICH[name]
        for v in "vu":
            assert model.evaluate(f"d{v}/dt") == pytest.approx(0, abs=1e-11)
        assert len(model.simulate(500).spikes) == 0


def intervals(name: str, T: float = 500) -> np.ndarray:
    return np.diff(IZHIKEVICH[name].simulate(T).spikes)


def test_regular_spiking_slows_down_and_fast_spiking_hardly() -> None:
    regular, fast = intervals("2003_regular_spiking"), intervals("fast_spiking")
    assert regular[0] < 0.6 * regular[-1]
    assert fast[-1] < regular[-1] / 5
    assert np.ptp(regular[3:]) < 0.01
    assert np.ptp(fast[8:]) < 0.01


def test_low_threshold_spiking_slows_down_in_its_train() -> None:
    first = intervals("low_threshold_spiking")[:9]
    assert (np.diff(first) > 0).all()


def test_intrinsically_bursting_bursts_once_then_is_regular() -> None:
    train = intervals("intrinsically_bursting")
    assert (train[:2] < 5).all()
    assert (train[2:] > 25).all()
    assert np.ptp(train[4:]) < 0.05


def test_chattering_bursts_again_and_again() -> None:
    train = intervals("chattering")
    pauses = train > 20
    assert pauses.sum() >= 5
    lengths = np.diff(np.flatnonzero(pauses))
    assert lengths.min() >= 3  # spikes a burst
    assert (train[~pauses] < 10).all()


def test_thalamo_cortical_is_tonic_from_rest_and_bursts_from_90() -> None:
    tonic, rebound = intervals("thalamo_cortical", 600), intervals("thalamo_cortical_rebound", 600)
    assert tonic.min() > 15
    assert np.ptp(tonic[3:]) < 0.01
    assert (rebound[:6] < 6).all()
    assert (np.diff(rebound[:6]) > 0).all()
    assert rebound[-1] == pytest.approx(tonic[-1], rel=1e-3)


def test_thalamo_cortical_bursts_when_a_hyperpolarisation_ends() -> None:
    model = IZHIKEVICH["2003_thalamo_cortical"]
    spikes = model.simulate(600, I=pulse(-20, 50, 300)).spikes
    assert len(spikes) >= 4
    assert spikes[0] > 350
    assert np.diff(spikes)[:3].max() < 10


def damped(model: Model) -> tuple[float, float, float]:
    """v at rest, decay rate and angular frequency around it, from the equations by hand."""
    a, b, current = (model.parameters[p] for p in "abI")
    v = (b - 5 - np.sqrt((5 - b) ** 2 - 0.16 * (140 + current))) / 0.08
    trace, determinant = 0.08 * v + 5 - a, a * (b - 0.08 * v - 5)
    return v, -trace / 2, np.sqrt(determinant - trace**2 / 4)


def test_resonator_does_not_fire_at_figure_25_and_its_oscillation_dies_away() -> None:
    model = IZHIKEVICH["resonator"]
    rest, decay, omega = damped(model)
    trace = model.simulate(300)
    assert len(trace.spikes) == 0
    small = model.simulate(200, 0.01, start={"v": rest + 0.01, "u": model.parameters["b"] * rest})
    x = small["v"] - rest
    down = small.t[1:][(x[1:] < 0) & (x[:-1] >= 0)]
    assert np.diff(down)[:2] == pytest.approx(2 * np.pi / omega, rel=5e-3)
    tops = [x[(small.t >= p) & (small.t < q)].max() for p, q in zip(down, down[1:], strict=False)]
    assert tops[1] / tops[0] == pytest.approx(np.exp(-2 * np.pi * decay / omega), rel=0.02)
    assert abs(trace["v"][-1] - rest) < 1e-3


def test_resonator_answers_to_a_doublet_at_its_own_period() -> None:
    model = IZHIKEVICH["resonator"]
    rest, _, omega = damped(model)
    start = {"v": rest, "u": model.parameters["b"] * rest}
    period, hold = 2 * np.pi / omega, model.parameters["I"]

    def fires(strength: float, *at: float) -> bool:
        drive = step(hold, -1)
        for t in at:
            drive = drive + pulse(strength, t, 1)
        return len(model.simulate(200, start=start, I=drive).spikes) > 0

    low, high = 0.0, 20.0
    assert fires(high, 10)
    while high - low > 1e-3:
        middle = (low + high) / 2
        low, high = (low, middle) if fires(middle, 10) else (middle, high)
    weak = 0.97 * low
    assert not fires(weak, 10)
    assert fires(weak, 10, 10 + period)
    assert not fires(weak, 10, 10 + period / 2)
