"""The transfer function: against its formula, against itself by inverse and difference, and where it refuses."""

import math

import numpy as np
import pytest

from course.rates import population, transfer, transfer_derivative, transfer_inverse

CURVES = [(500, 0.2, 10), (80, 0.05, -5), (600, 0.5, 25)]


@pytest.mark.parametrize("curve", CURVES)
def test_the_formula(curve):
    r_max, kappa, I_half = curve
    for I in (-40.0, 0.0, 9.5, I_half, 60.0):
        assert transfer(I, *curve) == pytest.approx(
            r_max * (math.tanh(kappa * (I - I_half)) + 1) / 2, rel=1e-9
        )
    assert transfer(float(I_half), *curve) == r_max / 2
    I = np.linspace(-300, 300, 2001)
    r = transfer(I, *curve)
    assert ((r >= 0) & (r <= r_max) & (np.diff(r, append=np.inf) >= 0)).all()


@pytest.mark.parametrize("curve", CURVES)
def test_small_rates_are_exact(curve):
    """1 + tanh(y) is exp(2y) far on the left, where the plain formula is made of rounding."""
    r_max, kappa, I_half = curve
    I = I_half - 20 / kappa
    assert transfer(I, *curve) == pytest.approx(r_max * math.exp(-40.0), rel=1e-12)


@pytest.mark.parametrize("curve", CURVES)
def test_the_inverse_undoes(curve):
    r_max, kappa, I_half = curve
    I = np.linspace(I_half - 10 / kappa, I_half + 5 / kappa, 301)
    np.testing.assert_allclose(transfer_inverse(transfer(I, *curve), *curve), I, atol=1e-9 / kappa)
    r = np.linspace(1e-9, 1 - 1e-9, 301) * r_max
    np.testing.assert_allclose(transfer(transfer_inverse(r, *curve), *curve), r, rtol=1e-9)


@pytest.mark.parametrize("curve", CURVES)
def test_the_derivative_is_the_slope(curve):
    I, h = np.linspace(-60, 80, 401), 1e-4
    slope = (transfer(I + h, *curve) - transfer(I - h, *curve)) / (2 * h)
    np.testing.assert_allclose(transfer_derivative(I, *curve), slope, rtol=1e-5, atol=1e-8)
    r_max, kappa, I_half = curve
    assert transfer_derivative(float(I_half), *curve) == pytest.approx(r_max * kappa / 2)


@pytest.mark.parametrize("f", [transfer, transfer_inverse, transfer_derivative])
def test_an_array_for_an_array_a_number_for_a_number(f):
    given = np.array([[100.0, 200.0], [250.0, 300.0]])
    assert f(given).shape == (2, 2)
    assert isinstance(f(100), float)
    assert f(100) == f(given)[0, 0]
    assert f(list(given[0])).shape == (2,)


def test_the_model_has_the_same_curve():
    """dr/dt at r = 0, τ = 1, w = 0 is Φ(I)."""
    I = np.linspace(-20, 60, 81)
    np.testing.assert_allclose(
        population.evaluate("dr/dt", I_ext=I, tau=1.0), transfer(I), rtol=1e-9
    )


@pytest.mark.parametrize("r", [0.0, 500.0, -3.0, 501.0, [100.0, 500.0]])
def test_the_inverse_says_its_domain(r):
    wrong = r[-1] if isinstance(r, list) else r
    with pytest.raises(ValueError, match=":") as e:
        transfer_inverse(r)
    said = "transfer_inverse.r\u00a0: des taux strictement compris entre 0 et r_max = 500\u00a0Hz, reçu"
    assert str(e.value) == f"{said} {wrong}"


@pytest.mark.parametrize(
    ("f", "argument", "value"),
    [
        (transfer, "r_max", -500),
        (transfer, "kappa", 0),
        (transfer_inverse, "r_max", 0),
        (transfer_derivative, "kappa", -0.2),
        (transfer, "I_half", float("nan")),
    ],
)
def test_a_curve_that_is_none_is_refused(f, argument, value):
    with pytest.raises(ValueError, match=f"^{f.__name__}\\.{argument}\u00a0: .*reçu {value}"):
        f(100.0, **{argument: value})


@pytest.mark.parametrize("I", [None, "dix", float("inf"), [1.0, float("nan")], True])
def test_a_current_that_is_no_number_is_refused(I):
    with pytest.raises(ValueError, match="^transfer\\.I\u00a0: un nombre fini"):
        transfer(I)
