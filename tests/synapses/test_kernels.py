"""Each kernel against its closed form, its traces against the sum of the past, its refusals."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.dynamics import EquationError
from course.synapses import Alpha, DoubleExponential, Exponential, Kernel, Pulse, VoltageJump
from course.synapses.modes import entry, propagator, reading

t = np.linspace(-5, 60, 1301)
CLOSED = [
    (Exponential(10), lambda x: np.exp(-x / 10)),
    (Alpha(7), lambda x: x / 7 * np.exp(1 - x / 7)),
    (Kernel("t/50*exp(1 - t/50)", cut=40), lambda x: x / 50 * np.exp(1 - x / 50) * (x < 40)),
    (Kernel("exp(-t/tau)*cos(w*t + 0.3)", tau=8, w=0.7), lambda x: np.exp(-x / 8) * np.cos(0.7 * x + 0.3)),
    (Kernel("t**3*exp(-t/4)/100 + exp(-t/2)"), lambda x: x**3 * np.exp(-x / 4) / 100 + np.exp(-x / 2)),
    (Kernel("sinh(t/20)*exp(-t/5)"), lambda x: np.sinh(x / 20) * np.exp(-x / 5)),
    (Kernel("exp(-(t/9)**2)", cut=30), lambda x: np.exp(-((x / 9) ** 2)) * (x < 30)),
    (Kernel("where(t < 5, t/5, 0)", cut=8), lambda x: np.where(x < 5, x / 5, 0)),
    (Pulse(3), lambda x: 1.0 * (x < 3)),
]  # fmt: skip


@pytest.mark.parametrize(("kernel", "formula"), CLOSED, ids=[repr(k) for k, _ in CLOSED])
def test_a_kernel_is_its_formula(kernel, formula):
    expected = np.where(t >= 0, formula(np.maximum(t, 0)), 0)
    assert np.allclose(kernel(t), expected, atol=1e-13)


def test_the_double_exponential_rises_to_one_and_tends_to_alpha():
    fine = np.linspace(0, 40, 400_001)
    K = DoubleExponential(1, 5)(fine)
    assert K.max() == pytest.approx(1, abs=1e-9)
    assert fine[K.argmax()] == pytest.approx(math.log(5) * 5 / 4, abs=1e-3)
    assert np.abs(DoubleExponential(4.99, 5)(fine) - Alpha(5)(fine)).max() < 1e-3
    assert Alpha(5)(fine).max() == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("kernel", [k for k, _ in CLOSED if k.exact], ids=repr)
@pytest.mark.parametrize("dt", [0.1, 0.7])
def test_the_traces_are_the_sum_over_the_past(kernel, dt):
    """Three hundred steps of a random train; with the cut taken away one by one."""
    rng = np.random.default_rng(1)
    arrived = rng.poisson(0.2, 300) * rng.normal(size=300)
    P, b, c = propagator(kernel.modes, dt), entry(kernel.modes), reading(kernel.modes)
    cut = None if kernel.cut is None else math.ceil(kernel.cut / dt - 1e-9)
    z, current = np.zeros(len(b)), np.zeros(300)
    for k in range(300):
        z = P @ z + b * arrived[k]
        if cut is not None and k >= cut:
            z = z - propagator(kernel.modes, cut * dt) @ b * arrived[k - cut]
        current[k] = c @ z
    lags = dt * np.arange(300)
    K = (
        kernel._formula(lags)
        if cut is None
        else np.where(np.arange(300) < cut, kernel._formula(lags), 0)
    )
    assert np.abs(current - np.convolve(arrived, K)[:300]).max() < 1e-9


def test_after_the_cut_nothing_is_left():
    kernel, dt = Alpha(50, cut=100), 0.3
    P, b = propagator(kernel.modes, dt), entry(kernel.modes)
    z = b.copy()
    for _ in range(334):
        z = P @ z
    z = z - propagator(kernel.modes, 334 * dt) @ b
    assert np.abs(z).max() < 1e-11


def test_what_can_be_reduced_is_and_the_rest_says_so():
    assert Kernel("t/50*exp(1 - t/50)", cut=100).modes[0].cos == pytest.approx(
        Alpha(50).modes[0].cos
    )
    assert Kernel("exp(-t/10)**2").reduction == "1 trace linéaire exacte"
    assert Kernel("t*exp(-t/3)*cos(t)").reduction == "4 traces linéaires exactes"
    assert Kernel("1/(1 + t)", cut=20).reduction == "fenêtre de 20\u00a0ms"
    assert not Kernel("1 - t/20", cut=20).exact  # a bare power of t would gather rounding errors
    assert not Kernel("exp(t/20)", cut=20).exact  # and what grows, more so
    assert Kernel("exp(-t/10)") != Exponential(10)
    assert Exponential(10, cut=3) == Exponential(10, cut=3)
    assert len({Exponential(10), Exponential(10), Alpha(10), VoltageJump(), VoltageJump()}) == 3


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.floats(0.02, 2), st.floats(0, 3), st.floats(-2, 2)),
        min_size=1,
        max_size=3,
    )
)
def test_any_damped_sum_is_reduced_exactly(terms):
    text = " + ".join(f"({c:.3f})*t**{j}*exp(-{a:.3f}*t)*cos({w:.3f}*t)" for j, a, w, c in terms)
    kernel = Kernel(text)
    x = np.linspace(0, 20, 201)
    expected = sum(
        round(c, 3) * x**j * np.exp(-round(a, 3) * x) * np.cos(round(w, 3) * x)
        for j, a, w, c in terms
    )
    assert kernel.exact
    assert np.allclose(kernel(x), expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (
            lambda: Exponential(0),
            "Exponential.tau\u00a0: un nombre strictement positif (ms), reçu 0",
        ),
        (lambda: Alpha(3, cut=-1), "Alpha.cut\u00a0: un nombre strictement positif (ms), reçu -1"),
        (lambda: DoubleExponential(5, 5), "c'est Alpha"),
        (lambda: Kernel("1/(1 + t)"), "Kernel.cut\u00a0: une coupure (ms)"),
        (lambda: Kernel("1/t", cut=5), "une formule finie en t = 0"),
        (lambda: Kernel("exp(-t/tau)", tau=5, tua=3), "(vouliez-vous dire tau\u00a0?)"),
        (lambda: Kernel(3), "un texte"),
    ],
)
def test_refusals(make, said):
    with pytest.raises(ValueError, match=".") as e:
        make()
    assert said in str(e.value)


def test_a_formula_that_cannot_be_read_shows_where():
    with pytest.raises(EquationError, match=r"nom inconnu «\s*tau\s*»") as e:
        Kernel("exp(-t/tau)")
    assert "^^^" in str(e.value)


def test_the_formula_is_shown_with_its_names():
    assert "tau" in Exponential(10)._repr_latex_()
    assert r"\frac" in Kernel("t/50*exp(1 - t/50)", cut=100)._repr_latex_()
