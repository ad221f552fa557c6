"""The formulas of TD04's exercises, found again by other ways: the library's models, their diagrams, simulations."""

import numpy as np
import pytest

from course.dynamics import phase
from course.exercises.td04.folds import cols_noeuds
from course.exercises.td04.pair import derivees, nullclines_EI
from course.exercises.td04.paradox import effet_sur_rI
from course.exercises.td04.recurrence import drdt
from course.exercises.td04.rest import points_fixes
from course.exercises.td04.rhythm import naissance_du_rythme
from course.exercises.td04.ring import couplage, vecteur_population
from course.exercises.td04.slowing import temps_de_retour
from course.exercises.td04.stability import taux_de_croissance
from course.exercises.td04.transfer import fI, fI_derivee, fI_inverse
from course.rates import (
    RingAttractor,
    ei_network,
    growth_rate,
    hysteresis,
    population,
    population_vector,
    steady_states,
    transfer,
    transfer_derivative,
    transfer_inverse,
)

WINDOW = ((0, 500), (0, 500))
INHIBITED = {"w_EI": -0.05, "w_IE": 0.05, "I_E": 15}


@pytest.mark.parametrize("curve", [(500, 0.2, 10), (120, 0.4, -3)])
def test_the_curve_is_the_library_s(curve):
    I = np.linspace(-20, 40, 50)
    assert fI(I, *curve) == pytest.approx(transfer(I, *curve))
    assert fI_derivee(I, *curve) == pytest.approx(transfer_derivative(I, *curve), abs=1e-10)
    r = np.linspace(1, 119, 30)
    assert fI_inverse(r, *curve) == pytest.approx(transfer_inverse(r, *curve))


@pytest.mark.parametrize(("I_ext", "w"), [(-2, 0.05), (20, -0.1), (0, 0.12), (1.5, 0.03)])
def test_the_rest_of_one_population_is_the_library_s(I_ext, w):
    r = points_fixes(I_ext, w)
    assert r == pytest.approx(steady_states(I_ext, w), abs=0.01)
    assert drdt(r, I_ext, w, 20, transfer) == pytest.approx(
        population.evaluate("dr/dt", r=r, I_ext=I_ext, w=w)
    )
    assert taux_de_croissance(r, I_ext, w, 20) == pytest.approx(growth_rate(r, I_ext, w))


def test_the_folds_are_those_of_the_diagram_and_of_the_staircase():
    low, high = cols_noeuds(0.1, 500, 0.2, 10)
    assert (low, high) == pytest.approx((-30.1425, 0.1425), abs=1e-4)
    found = phase.bifurcations(population, "I_ext", (-60, 40), w=0.1)
    assert np.sort(found.saddle_nodes) == pytest.approx([low, high], abs=1e-3)
    I = np.array([low - 0.05, low + 0.05, high - 0.05, high + 0.05])
    up, down = hysteresis(I, I[::-1], w=0.1, hold=5000.0)
    assert (up > 250).tolist() == [False, False, False, True]
    assert (down[::-1] > 250).tolist() == [False, True, True, True]


def test_the_slowest_return_is_the_one_simulated():
    """Started 0.1 Hz above the steepest place, where the current puts the rest."""
    w, start = 0.015, 250.1
    run = population.simulate(200, dt=0.1, I_ext=10 - 250 * w, w=w, start={"r": start})
    measured = -1 / np.polyfit(run.t, np.log(run["r"] - 250), 1)[0]
    assert measured == pytest.approx(temps_de_retour(w, 20, 500, 0.2), rel=1e-3)


@pytest.mark.parametrize("tau", [10, 20])
def test_the_rhythm_is_born_where_the_diagram_says(tau):
    I_E, frequency = naissance_du_rythme(0, 0.1, -0.1, 0.1, tau)
    found = phase.bifurcations(ei_network, "I_E", (0, 15), cycles=False, tau_E=tau, tau_I=tau)
    assert found.hopf == pytest.approx([I_E], abs=1e-3)
    f, *_ = phase.fixed_points(ei_network, WINDOW, I_E=I_E, tau_E=tau, tau_I=tau)
    assert abs(f.eigenvalues[0].imag) * 1000 / (2 * np.pi) == pytest.approx(frequency, rel=1e-4)
    assert frequency * tau == pytest.approx(16.0 * 20, rel=0.01)


def test_the_rhythm_starts_small_and_at_that_frequency():
    I_E, frequency = naissance_du_rythme(0, 0.1, -0.1, 0.1, 20)
    run = ei_network.simulate(8000, dt=0.1, I_E=I_E + 0.1)
    t, x = run.t[run.t > 5000], run["r_E"][run.t > 5000]
    rises = t[1:][(x[:-1] < x.mean()) & (x[1:] >= x.mean())]
    assert 1000 / np.diff(rises).mean() == pytest.approx(frequency, rel=0.05)
    assert 2 < np.ptp(x) < 30


def test_the_nullclines_cross_where_the_library_finds_the_fixed_point():
    (f,) = phase.fixed_points(ei_network, WINDOW, I_E=5)
    first, second = nullclines_EI(f["r_E"], 5, 0, 0.1, -0.1, 0.1)
    assert (first, second) == pytest.approx((f["r_I"], f["r_I"]), abs=1e-3)
    assert derivees(f["r_E"], f["r_I"], 5, 0, 0.1, -0.1, 0.1, 20) == pytest.approx((0, 0), abs=1e-6)


@pytest.mark.parametrize(("w_EE", "sign"), [(0.03, -1), (0.01, 1)])
def test_the_paradox_is_where_the_gain_of_E_exceeds_one(w_EE, sign):
    before, after = (
        phase.fixed_points(ei_network, WINDOW, I_I=I, w_EE=w_EE, **INHIBITED)[0] for I in (0, 1e-3)
    )
    slopes = [transfer_derivative(transfer_inverse(before[x])) for x in ("r_E", "r_I")]
    found = effet_sur_rI(*slopes, w_EE, INHIBITED["w_EI"], INHIBITED["w_IE"])
    assert (after["r_I"] - before["r_I"]) / 1e-3 == pytest.approx(found, rel=1e-2)
    assert np.sign(found) == sign == np.sign(1 - w_EE * slopes[0])


def test_the_ring_hears_itself_as_the_exercise_says():
    ring = RingAttractor(n=64)
    bump = ring.bump(77)
    assert couplage(bump, ring.theta, -0.2, 0.4) == pytest.approx(ring.coupling.of(bump))
    rows = np.stack([bump, np.roll(bump, 5)])
    assert vecteur_population(rows, ring.theta) == pytest.approx(population_vector(rows)[0])
