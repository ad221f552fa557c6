"""A student's own Φ, or dr/dt, in the place of ours: the same answers, and refusals that name the rule."""

import math
import re

import numpy as np
import pytest

from course.dynamics import FunctionError, phase
from course.rates import (
    ei_network,
    population,
    steady_states,
    transfer,
    with_derivative,
    with_transfer,
)

rmax, Ihalf, kappa = 500.0, 10.0, 0.2


def fI(I):
    return rmax * 0.5 * (1.0 + np.tanh((I - Ihalf) * kappa))


def by_cases(I):
    """The same, which cannot be read as a formula."""
    if I > 1e6:
        return rmax
    return rmax * 0.5 * (1.0 + math.tanh((I - Ihalf) * kappa))


def drdt(r, I_ext, w, tau=20.0):
    return (fI(I_ext + w * r) - r) / tau


@pytest.mark.parametrize("Phi", [fI, by_cases, lambda courant: transfer(float(courant))])
def test_a_curve_of_one_s_own_gives_the_same_states(Phi):
    own = with_transfer(population, Phi)
    np.testing.assert_allclose(steady_states(-2, 0.1, model=own), steady_states(-2, 0.1), rtol=1e-6)
    pair = with_transfer(ei_network, Phi)
    (mine,) = phase.fixed_points(pair, {"r_E": (0, 500), "r_I": (0, 500)}, I_E=15)
    (ours,) = phase.fixed_points(ei_network, {"r_E": (0, 500), "r_I": (0, 500)}, I_E=15)
    assert mine.words == ours.words
    np.testing.assert_allclose(list(mine.state.values()), list(ours.state.values()), rtol=1e-6)


def test_a_formula_is_read_and_another_function_called():
    assert with_transfer(population, fI).called == ()
    assert with_transfer(population, by_cases).called == ("Phi",)


def test_the_folds_come_from_the_function_that_is_given():
    own = with_transfer(population, lambda I: 0.5 * transfer_of(I))
    found = phase.bifurcations(own, "I_ext", (-60, 40), w=0.2, cycles=False)
    theirs = phase.bifurcations(population, "I_ext", (-60, 40), w=0.2, r_max=250, cycles=False)
    np.testing.assert_allclose(found.saddle_nodes, theirs.saddle_nodes, atol=1e-6)


def transfer_of(I):
    return fI(I)


def test_a_derivative_of_one_s_own():
    own = with_derivative(population, drdt)
    np.testing.assert_allclose(steady_states(-2, 0.1, model=own), steady_states(-2, 0.1), rtol=1e-6)
    slow = own.simulate(100, dt=0.1, I_ext=5, w=-0.1, tau=40)
    np.testing.assert_allclose(
        slow["r"], population.simulate(100, dt=0.1, I_ext=5, w=-0.1, tau=40)["r"], rtol=1e-9
    )


def test_the_arguments_of_a_derivative_are_known_by_name():
    own = with_derivative(population, lambda w, r, t, I_ext: drdt(r, I_ext, w))
    np.testing.assert_allclose(steady_states(-2, 0.1, model=own), steady_states(-2, 0.1), rtol=1e-6)


def test_rates_and_times_stay_positive():
    for own in (with_transfer(population, fI), with_derivative(population, drdt)):
        with pytest.raises(
            ValueError, match=re.escape("simulate.tau\u00a0: un nombre strictement positif")
        ):
            own.simulate(10, tau=-1)


@pytest.mark.parametrize(
    ("Phi", "said"),
    [
        (lambda I: -fI(I), "un taux jamais négatif, reçu Φ("),
        (
            lambda I: 250 * (1 - np.tanh(0.2 * I)),
            "une fonction croissante, où plus de courant ne donne jamais moins",
        ),
        (lambda I: 100 + 50 * np.sin(I / 20), "une fonction croissante"),
        (lambda I: 10.0 if I < 0 else math.inf, "un taux fini pour chaque courant"),
        (lambda I: None, "un nombre pour chaque courant (il manque return\u00a0?)"),
        (lambda I: "beaucoup", "un nombre pour chaque courant"),
        (500, "une fonction du courant, reçu 500"),
    ],
)
def test_a_curve_that_is_no_transfer_function(Phi, said):
    with pytest.raises(ValueError, match="^with_transfer.Phi") as e:
        with_transfer(population, Phi)
    assert said in str(e.value)


def test_a_function_that_fails_says_where():
    with pytest.raises(FunctionError, match="s'arrête sur ValueError"):
        with_transfer(population, lambda I: math.log(I))


@pytest.mark.parametrize(
    "function", [lambda r: r, lambda r, I_ext: r, lambda r, I_ext, w, alpha: r, 3.0]
)
def test_a_derivative_without_its_arguments(function):
    with pytest.raises(
        ValueError, match="^with_derivative.drdt\u00a0: une fonction de r, I_ext, w"
    ):
        with_derivative(population, function)


def test_what_has_no_transfer_function_any_more():
    with pytest.raises(ValueError, match="^with_transfer.model"):
        with_transfer(with_transfer(population, fI), fI)
    with pytest.raises(ValueError, match="^with_derivative.model"):
        with_derivative(ei_network, drdt)
