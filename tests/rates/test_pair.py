"""Excitation and inhibition: against scipy, against Hopf's own conditions, and by the paradox of Tsodyks."""

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from course.dynamics import phase
from course.rates import ei_network, regimes, transfer, transfer_derivative

WINDOW = {"r_E": (0, 500), "r_I": (0, 500)}


def at_rest(I_E, I_I=0.0, w_EE=0.1, w_EI=-0.1, w_IE=0.1):
    """Every fixed point for w_II = 0, from the one equation in r_E that is left, on 200 001 values of it."""
    g = lambda r: transfer(I_E + w_EE * r + w_EI * transfer(I_I + w_IE * r)) - r  # noqa: E731
    r = np.linspace(0, 500, 200_001)
    y = g(r)
    roots = [brentq(g, r[k], r[k + 1], xtol=1e-13) for k in np.flatnonzero(y[:-1] * y[1:] < 0)]
    return [(x, transfer(I_I + w_IE * x)) for x in roots]


def slopes(r_E, r_I, I_E, I_I=0.0, w_EE=0.1, w_EI=-0.1, w_IE=0.1):
    """Φ' of both populations: the Jacobian is [[a w_EE - 1, a w_EI], [b w_IE, -1]]/τ."""
    return transfer_derivative(I_E + w_EE * r_E + w_EI * r_I), transfer_derivative(I_I + w_IE * r_E)


def test_the_run_is_the_two_equations():
    run = ei_network.simulate(
        300, dt=0.1, start={"r_E": 10, "r_I": 5}, I_E=10, I_I=1, tau_I=30, w_II=-0.02
    )

    def right(t, r):
        E, I = r
        return (transfer(10 + 0.1 * E - 0.1 * I) - E) / 20, (
            transfer(1 + 0.1 * E - 0.02 * I) - I
        ) / 30

    exact = solve_ivp(right, (0, 300), [10, 5], rtol=1e-10, atol=1e-9, t_eval=run.t)
    np.testing.assert_allclose(run["r_E"], exact.y[0], rtol=1e-5)
    np.testing.assert_allclose(run["r_I"], exact.y[1], rtol=1e-5)


def hopf_by_hand():
    """w_EE Φ'_E = 2 with both τ equal: the trace vanishes, and the determinant w² a b - 1 is positive."""

    def trace(I_E):
        ((E, I),) = at_rest(I_E)
        return 0.1 * slopes(E, I, I_E)[0] - 2

    I_E = brentq(trace, 6, 7, xtol=1e-12)
    ((E, I),) = at_rest(I_E)
    a, b = slopes(E, I, I_E)
    determinant = ((0.1 * a - 1) * -1 + 0.1 * a * 0.1 * b) / 20**2
    return I_E, E, I, 1000 * np.sqrt(determinant) / (2 * np.pi)


def test_the_hopf_point_of_the_course():
    I_E, E, I, frequency = hopf_by_hand()
    assert pytest.approx([6.6342, 56.35, 74.28], abs=6e-3) == [I_E, E, I]
    assert frequency == pytest.approx(16.0, abs=0.05)
    found = phase.bifurcations(ei_network, "I_E", (0, 60), cycles=False)
    np.testing.assert_allclose(found.hopf, [I_E], atol=1e-6)


def test_the_oscillation_is_born_small_with_the_frequency_of_the_hopf_point():
    """Supercritical: rest takes over below; above, the amplitude grows as the square root of the distance."""
    I_E, _, _, frequency = hopf_by_hand()
    widths = []
    for beyond in (-0.05, 0.05, 0.2):
        (point,) = phase.fixed_points(ei_network, WINDOW, I_E=I_E + beyond)
        start = {v: 1.01 * point[v] for v in ("r_E", "r_I")}
        run = ei_network.simulate(30_000, dt=0.5, start=start, I_E=I_E + beyond, record=["r_E"])
        late = run["r_E"][-4000:]
        widths.append(np.ptp(late))
        if beyond == 0.05:
            up = np.flatnonzero((late[:-1] < late.mean()) & (late[1:] >= late.mean()))
            turns = 1000 / (0.5 * np.diff(up).mean())
            assert turns == pytest.approx(
                abs(point.eigenvalues[0].imag) * 1000 / (2 * np.pi), rel=0.05
            )
            assert turns == pytest.approx(frequency, rel=0.05)
    assert widths[0] < 0.02
    assert widths[1] > 1
    assert widths[2] / widths[1] == pytest.approx(2, rel=0.1)


def test_the_three_fixed_points():
    """Between two folds, at I_E = 19.857 and 38.605, the three that one equation in r_E has."""
    found = phase.bifurcations(ei_network, "I_E", (0, 60), cycles=False)
    np.testing.assert_allclose(found.saddle_nodes, [19.857, 38.605], atol=1e-3)
    for I_E in (5, 19.8, 19.9, 21, 25, 30, 36, 38.55, 38.65, 50):
        points = phase.fixed_points(ei_network, WINDOW, I_E=I_E)
        by_hand = at_rest(I_E)
        assert len(by_hand) == (3 if 19.857 < I_E < 38.605 else 1)
        np.testing.assert_allclose([(p["r_E"], p["r_I"]) for p in points], by_hand, atol=1e-6)


@pytest.mark.parametrize(
    "weights", [{"w_EI": 0.0}, {"w_EI": 0.0, "w_IE": 0.0}, {"w_II": -0.05}, {"w_EE": 0.0}]
)
def test_fixed_points_with_a_weight_that_is_missing(weights):
    for p in phase.fixed_points(ei_network, WINDOW, I_E=6, **weights):
        for v in ("r_E", "r_I"):
            assert abs(ei_network.evaluate(f"d{v}/dt", I_E=6, **weights, **p.state)) < 1e-9
    assert phase.fixed_points(ei_network, WINDOW, I_E=6, **weights)


def paradox(I_E, I_I, w_EE):
    ((E, I),) = at_rest(I_E, I_I, w_EE, -0.05, 0.05)
    return E, I, w_EE * slopes(E, I, I_E, I_I, w_EE, -0.05, 0.05)[0]


def test_exciting_the_inhibitory_population_lowers_its_rate():
    """w_EE Φ' > 1: E alone would run away, inhibition holds it, and less of E is less of both."""
    before, after = paradox(15, 0, 0.03), paradox(15, 2, 0.03)
    assert [before[1], after[1]] == pytest.approx([239.51, 232.76], abs=6e-3)
    assert after[0] < before[0]
    assert before[2] == pytest.approx(1.43, abs=6e-3)
    for I_I, (_, I, _) in ((0, before), (2, after)):
        run = ei_network.simulate(3000, dt=0.5, I_E=15, I_I=I_I, w_EE=0.03, w_EI=-0.05, w_IE=0.05)
        assert run.end["r_I"] == pytest.approx(I, abs=1e-3)


@pytest.mark.parametrize("w_EE", [0.0, 0.01, 0.02, 0.025, 0.03, 0.035])
def test_the_paradox_is_where_excitation_alone_would_run_away(w_EE):
    E, I, gain = paradox(15, 0, w_EE)
    nudged = paradox(15, 1e-4, w_EE)
    assert (nudged[1] < I) == (gain > 1)
    assert nudged[0] < E


def test_both_sides_of_the_paradox_are_tried():
    gains = [paradox(15, 0, w_EE)[2] for w_EE in (0.0, 0.01, 0.02, 0.025, 0.03, 0.035)]
    assert min(gains) < 0.9
    assert max(gains) > 1.3


def test_the_map_of_regimes_agrees_with_the_bifurcations():
    currents, weights = np.linspace(-10, 60, 15), np.array([0.02, 0.08, 0.1])
    found = regimes("I_E", currents, "w_EE", weights)
    for row, w_EE in zip(found.codes, weights, strict=True):
        for code, I_E in zip(row, currents, strict=True):
            points = phase.fixed_points(ei_network, WINDOW, I_E=I_E, w_EE=w_EE)
            stable = sum(p.stable for p in points)
            expected = {0: 1, 1: 0, 2: 2}[stable]  # no oscillation beside a rest at these places
            assert code == expected, (I_E, w_EE)
    assert {0, 1} <= set(found.codes.ravel())


def test_the_map_counts_the_stable_points():
    currents, weights = np.linspace(-10, 60, 25), np.linspace(0, 0.2, 25)
    found, wrong = regimes("I_E", currents, "w_EE", weights), []
    for j, w_EE in enumerate(weights):
        for i, I_E in enumerate(currents):
            points = phase.fixed_points(ei_network, WINDOW, I_E=I_E, w_EE=w_EE)
            if found.codes[j, i] not in ((1,), (0, 3), (2,))[sum(p.stable for p in points)]:
                wrong.append((I_E, w_EE))
    assert len(wrong) <= 1
    assert set(found.codes.ravel()) >= {0, 1, 2}


def test_two_rests_on_the_map():
    """A population that excites itself and nobody else is bistable between its folds."""
    found = regimes("I_E", [-35, -15, 5], "w_IE", [0.0, 0.01])
    assert found.codes[0].tolist() == [0, 2, 0]


def test_a_damped_oscillation_is_a_rest_however_slow():
    """At 1 % under the Hopf point 2 s are not enough to be still; what shrinks is not taken for a rhythm."""
    found = regimes("I_E", [6.55, 6.75], "tau_E", [20.0])
    assert found.codes.tolist() == [[0, 1]]


def test_fixed_points_are_found_in_any_window():
    """In the argument of Φ the three are far apart; in a wide plane they are within one cell of a grid."""
    wide = {"r_E": (-1e5, 1e5), "r_I": (-1e5, 1e5)}
    points = phase.fixed_points(ei_network, wide, I_E=25)
    np.testing.assert_allclose([(p["r_E"], p["r_I"]) for p in points], at_rest(25), atol=1e-6)


def test_the_map_says_how_far_it_is():
    shares = []
    regimes("I_E", [0.0, 1.0], "I_I", [0.0], progress=shares.append)
    np.testing.assert_allclose(shares, np.arange(1, 11) / 10)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            lambda: ei_network.simulate(10, tau_I=0),
            "simulate.tau_I\u00a0: un nombre strictement positif",
        ),
        (
            lambda: ei_network.simulate(10, start={"r_I": -1.0}),
            "simulate.start['r_I']\u00a0: r_I n'est jamais",
        ),
        (
            lambda: phase.fixed_points(ei_network, WINDOW, tau_E=-20),
            "fixed_points.tau_E\u00a0: un nombre strict",
        ),
        (
            lambda: regimes("I_E", [0], "I_E", [0]),
            "regimes.y\u00a0: un autre paramètre que x (I_E)",
        ),
        (lambda: regimes("J", [0], "I_E", [0]), "regimes.J\u00a0: le modèle n'a pas ce paramètre"),
        (
            lambda: regimes("tau_E", [-1.0], "I_E", [0]),
            "regimes.tau_E\u00a0: un nombre strictement positif",
        ),
        (lambda: regimes("I_E", [], "I_I", [0]), "regimes.xs\u00a0: une suite de nombres finis"),
    ],
)
def test_what_is_refused(call, said):
    with pytest.raises(ValueError, match=":") as e:
        call()
    assert str(e.value).startswith(said)
