"""Spikes, resets and refractory periods, against the closed form of the leaky integrate-and-fire."""

import math

import numpy as np
import pytest

from course.dynamics import Model, SimulationError

lif = Model(
    "dV/dt = (-V + R*I)/tau", spike="V >= theta", reset="V = 0", tau=10, R=1, I=1.5, theta=1
)
rested = Model(
    "dV/dt = (-V + R*I)/tau",
    spike="V >= theta",
    reset="V = 0",
    refractory=5,
    tau=10,
    R=1,
    I=1.5,
    theta=1,
)
adaptive = Model(
    "dV/dt = (-V - w + I)/tau\ndw/dt = -w/tau_w",
    spike="V >= 1", reset="V = 0; w = w + b*(1 - V)", refractory=2, I=2.0, tau=10, tau_w=50, b=0.1,
)  # fmt: skip
PERIOD = 10 * math.log(3)  # 10.9861 ms


@pytest.mark.parametrize("n", [1, 20])
def test_period_is_the_closed_form_to_the_order_of_the_method(n: int) -> None:
    I = np.full(n, 1.5) if n > 1 else 1.5
    for dt, tolerance in ((0.1, 2e-8), (0.01, 1e-11)):
        trace = lif.simulate(100, dt, I=I)
        spikes = trace.spikes[-1] if n > 1 else trace.spikes
        assert spikes == pytest.approx(PERIOD * np.arange(1, 10), abs=tolerance)


def test_period_on_the_plain_grid_is_late_by_less_than_dt() -> None:
    late = np.diff(lif.simulate(100, 0.1, spike_time="step").spikes) - PERIOD
    assert ((late >= 0) & (late < 0.1)).all()
    assert late.max() > 0.01


@pytest.mark.parametrize("n", [1, 20])
def test_refractory_period_adds_its_duration(n: int) -> None:
    I = np.full(n, 1.5) if n > 1 else 1.5
    spikes = rested.simulate(100, 0.1, I=I).spikes
    assert np.diff(spikes[-1] if n > 1 else spikes) == pytest.approx(PERIOD + 5, abs=1e-7)
    on_grid = rested.simulate(100, 0.01, spike_time="step", I=I).spikes
    assert np.diff(on_grid[-1] if n > 1 else on_grid) == pytest.approx(PERIOD + 5, abs=0.01)


def test_several_spikes_inside_one_step() -> None:
    coarse = lif.simulate(20, 5.0, method="exponential_euler", tau=10, I=3.5)
    assert coarse.spikes == pytest.approx(10 * math.log(3.5 / 2.5) * np.arange(1, 6), abs=1e-9)


def test_reset_reads_the_assignments_before_it_and_the_others_go_on_while_refractory() -> None:
    trace = adaptive.simulate(60, 0.01)
    first = trace.spikes[0]
    assert first == pytest.approx(10 * math.log(2), abs=1e-8)
    k = int(first / 0.01) + 1
    assert trace["V"][k : k + 199] == pytest.approx(
        0
    )  # V = 0 is read by w: the jump is b, and V is held 2 ms
    assert trace["w"][k] == pytest.approx(0.1 * math.exp(-(trace.t[k] - first) / 50), rel=1e-6)
    assert trace["w"][k + 150] == pytest.approx(
        0.1 * math.exp(-(trace.t[k + 150] - first) / 50), rel=1e-6
    )
    assert trace["V"][k + 201] > 0


def test_a_spike_is_an_upward_crossing_and_resets_nothing_without_reset() -> None:
    wave = Model("dx/dt = w*y\ndy/dt = -w*x", init={"y": 1}, spike="x >= 0.5", w=2 * math.pi / 10)
    trace = wave.simulate(30, 0.05)
    assert trace.spikes == pytest.approx([10 / 12, 10 + 10 / 12, 20 + 10 / 12], abs=1e-6)
    assert trace["x"] == pytest.approx(np.sin(2 * math.pi * trace.t / 10), abs=1e-5)
    assert trace.rate() == pytest.approx(100)


def test_a_spike_in_the_last_step_is_kept_and_end_goes_on() -> None:
    first = lif.simulate(50, 0.1)
    second = lif.simulate(50, 0.1, start=first.end)
    whole = lif.simulate(100, 0.1)
    assert np.concatenate([first.spikes, 50 + second.spikes]) == pytest.approx(
        whole.spikes, abs=1e-9
    )


def test_more_spikes_than_the_first_buffer_holds() -> None:
    spikes = lif.simulate(5000, 0.1, tau=1.0, I=1.5).spikes
    assert len(spikes) == int(5000 / math.log(3))
    assert np.diff(spikes) == pytest.approx(math.log(3), abs=1e-6)


def test_reset_above_threshold_and_start_above_threshold_are_refused() -> None:
    with pytest.raises(
        SimulationError, match="la remise à zéro laisse la condition d'impulsion vraie"
    ):
        Model("dV/dt = 1", spike="V >= 1", reset="V = 2").simulate(5, 0.1)
    with pytest.raises(ValueError, match="un état initial sous le seuil"):
        lif.simulate(5, 0.1, start={"V": 2})
    with pytest.raises(SimulationError, match="plus de 1000 impulsions dans un seul pas"):
        Model("dV/dt = r", spike="V >= 1", reset="V = 0", r=1.0).simulate(10, 1.0, r=5000.0)
