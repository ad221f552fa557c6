"""One population: its folds against their closed form, its stability against a simulation, its memory."""

import math

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from course.dynamics import phase
from course.rates import (
    growth_rate,
    hysteresis,
    population,
    returns,
    steady_states,
    transfer,
    transfer_derivative,
)


def folds(w: float, r_max=500.0, kappa=0.2, I_half=10.0) -> list[tuple[float, float]]:
    """(I_ext, r) where w Φ'(u) = 1 on the curve I_ext = u - w Φ(u): cosh²(κ (u - I_half)) = w r_max κ/2."""
    reach = math.acosh(math.sqrt(w * r_max * kappa / 2)) / kappa
    points = [(u, transfer(u, r_max, kappa, I_half)) for u in (I_half + reach, I_half - reach)]
    return [(u - w * r, r) for u, r in points]


def test_the_run_is_the_differential_equation():
    run = population.simulate(200, dt=0.1, start={"r": 500}, I_ext=5, w=-0.1)
    exact = solve_ivp(
        lambda t, r: (transfer(5 - 0.1 * r) - r) / 20, (0, 200), [500], rtol=1e-10, t_eval=run.t
    )
    np.testing.assert_allclose(run["r"], exact.y[0], rtol=1e-6)


@pytest.mark.parametrize("w", [-0.5, -0.02, 0.0, 0.0199])
def test_a_weak_or_inhibitory_recurrence_has_one_state(w):
    for I in np.linspace(-60, 60, 41):
        assert len(steady_states(I, w)) == 1


@pytest.mark.parametrize("w", [0.0201, 0.03, 0.1, 0.3])
def test_above_0_02_two_states_are_stable(w):
    (low, _), (high, _) = folds(w)
    inside = steady_states((low + high) / 2, w)
    assert len(inside) == 3
    assert (growth_rate(inside, (low + high) / 2, w) < 0).tolist() == [True, False, True]
    for I in (low - 0.01, high + 0.01):
        assert len(steady_states(I, w)) == 1


@pytest.mark.parametrize("w", [0.021, 0.05, 0.1, 0.3])
def test_the_folds_have_their_closed_form(w):
    found = phase.bifurcations(population, "I_ext", (-150, 60), w=w, cycles=False)
    np.testing.assert_allclose(found.saddle_nodes, [I for I, _ in folds(w)], atol=1e-6)


def test_the_folds_of_the_course():
    found = phase.bifurcations(population, "I_ext", (-60, 40), w=0.1, cycles=False)
    np.testing.assert_allclose(found.saddle_nodes, [-30.1425, 0.1425], atol=1e-4)
    (branch,) = found.branches
    turns = 1 + np.flatnonzero(np.diff(branch.values[:-1]) * np.diff(branch.values[1:]) < 0)
    rates = np.sort(branch.state["r"][turns])
    np.testing.assert_allclose(
        rates, [26.393, 473.607], atol=8
    )  # the nearest of the points followed
    np.testing.assert_allclose([r for _, r in folds(0.1)], [473.607, 26.393], atol=5e-4)
    assert branch.stable.any()
    assert not branch.stable.all()


def test_stability_by_the_slope_and_by_simulation_agree():
    """500 parameter sets, all their states. A state within 3 % of another has no room for a kick of 1 %."""
    rng = np.random.default_rng(4)
    sets = np.column_stack([
        rng.uniform(-60, 40, 500), rng.uniform(-0.3, 0.3, 500), rng.uniform(5, 60, 500),
        rng.uniform(50, 600, 500), rng.uniform(0.05, 0.5, 500), rng.uniform(-5, 25, 500),
    ])  # fmt: skip
    names, rows, left_out = ("tau", "r_max", "kappa", "I_half"), [], 0
    for I, w, *curve in sets:
        curve = dict(zip(names, curve, strict=True))
        states = steady_states(I, w, **curve)
        for r in states:
            others = states[states != r]
            if len(others) and np.abs(others - r).min() < 0.03 * r:
                left_out += 1
                continue
            rows.append((r, I, w, *curve.values(), growth_rate(r, I, w, **curve)))
    r, I, w, *curve, slope = np.array(rows).T
    back = returns(r, I, w, **dict(zip(names, curve, strict=True)))
    np.testing.assert_array_equal(back, slope < 0)
    assert left_out < 10
    assert (slope > 0).sum() > 30
    assert len(rows) > 500


def test_the_growth_rate_is_that_of_a_small_deviation():
    r = steady_states(-2, 0.1)[1]
    run = population.simulate(30, dt=0.01, start={"r": r + 1e-6}, I_ext=-2, w=0.1)
    grown = np.log((run["r"][-1] - r) / 1e-6) / 30
    assert growth_rate(r, -2, 0.1) == pytest.approx(grown, rel=1e-4)
    by_hand = (0.1 * transfer_derivative(-2 + 0.1 * r) - 1) / 20
    assert growth_rate(r, -2, 0.1) == pytest.approx(by_hand, rel=1e-9)


def test_the_hysteresis_jumps_at_the_folds():
    """Held long enough, the staircase jumps in the step that passes the fold, not before."""
    (left, _), (right, _) = folds(0.1)
    for fold, way in ((right, 1), (left, -1)):
        I = fold + way * np.arange(-20.5, 20.5) * 1e-3
        start = fold - way * np.linspace(20, 0.1, 40)
        currents = np.concatenate([start, I])
        up, down = (currents, currents[-1:]) if way > 0 else (np.array([20.0]), currents)
        rates = hysteresis(up, down, w=0.1, hold=10_000)[0 if way > 0 else 1]
        low, high = rates < 100, rates > 400
        jumped = high if way > 0 else low
        first = currents[int(np.argmax(jumped))]
        assert jumped.any()
        assert (low | high).all()
        assert 0 < way * (first - fold) < 2e-3


def test_between_the_folds_the_past_decides():
    I = np.linspace(-40, 10, 51)
    up, down = hysteresis(I, I[::-1], w=0.1)
    for k, current in enumerate(I):
        states = steady_states(current, 0.1)
        assert up[k] == pytest.approx(states[0] if current < 0.14 else states[-1], abs=0.02)
        assert down[::-1][k] == pytest.approx(
            states[-1] if current > -30.14 else states[0], abs=0.02
        )


def test_a_jump_is_late_by_the_time_of_the_way_out():
    """148 ms/√δ: π τ/√(a b δ), a = ∂Φ/∂I = 1/w, b = w² Φ''/2 at the fold; from far below to far above."""
    (_, _), (fold, at) = folds(0.1)
    for delta in (1e-2, 1e-3):
        run = population.simulate(20_000, dt=0.5, start={"r": at / 2}, I_ext=fold + delta, w=0.1)
        out = run.t[int(np.argmax(run["r"] > 400))]
        assert out == pytest.approx(148 / math.sqrt(delta), rel=0.12)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            lambda: steady_states(-2, 0.1, window=(100, 300)),
            "steady_states.window\u00a0: une fenêtre où se trouve",
        ),
        (
            lambda: steady_states(-2, 0.1, window=(300, 100)),
            "steady_states.window['r']\u00a0: deux nombres finis",
        ),
        (lambda: steady_states(-2, 0.1, tau=-20), "steady_states.tau\u00a0: "),
        (lambda: steady_states(-2, 0.1, r_max=-500), "steady_states.r_max\u00a0: "),
        (lambda: population.simulate(100, tau=-20), "simulate.tau\u00a0: "),
        (lambda: population.simulate(100, start={"r": -1}), "simulate.start['r']\u00a0: "),
        (lambda: population.with_(kappa=0), "with_.kappa\u00a0: "),
        (lambda: growth_rate(-1.0, 0, 0.1), "growth_rate.r\u00a0: un taux positif ou nul (Hz)"),
        (lambda: returns([1.0, -1.0], 0, 0.1), "returns.r\u00a0: un taux positif ou nul (Hz)"),
        (lambda: hysteresis([], [1.0]), "hysteresis.I_up\u00a0: une suite de courants finis"),
        (
            lambda: hysteresis([0.0], [1.0], hold=0),
            "hysteresis.hold\u00a0: un nombre strictement positif (ms)",
        ),
        (lambda: hysteresis([0.0], [1.0], tau=-1), "hysteresis.tau\u00a0: "),
    ],
)
def test_what_is_refused(call, said):
    with pytest.raises(ValueError, match=":") as e:
        call()
    assert str(e.value).startswith(said)
