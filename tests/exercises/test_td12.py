"""The formulas of TD12's exercises, found again by finite differences, by SciPy and by `course.nn`."""

import numpy as np
import pytest
from scipy import stats

from course import nn
from course.exercises.td12.budget import choisir_etiquetes, epoques
from course.exercises.td12.depth import descendre, ecart_relu
from course.exercises.td12.museum import exactitude_annoncee
from course.exercises.td12.spread import gain, intervalle, student
from course.exercises.td12.stack import monter

rng = np.random.default_rng(12)


def sigma(z):
    return 1 / (1 + np.exp(-z))


def test_the_gradient_below_against_finite_differences():
    z, W, c = rng.normal(size=(3, 4)), rng.normal(size=(4, 5)), rng.normal(size=(3, 5))
    D = rng.normal(size=z.shape)
    slope = np.sum(c * (sigma(z + 1e-6 * D) @ W - sigma(z - 1e-6 * D) @ W)) / 2e-6
    assert np.sum(D * descendre(c, W, sigma(z))) == pytest.approx(slope, rel=1e-7)


def test_he_keeps_the_variance_through_a_layer():
    n, ratios = 600, []
    for _ in range(20):
        z = rng.normal(0, 1.3, (200, n))
        ratios.append(np.var(np.maximum(z, 0) @ rng.normal(0, ecart_relu(n, 1.0), (n, 200))) / 1.3**2)
    assert np.mean(ratios) == pytest.approx(1, abs=0.02)


def test_he_is_the_library_s():
    W = nn.Linear(500, 400, rng=0).W.value
    assert W.std() == pytest.approx(ecart_relu(500, 1.0), rel=0.01)


def test_climbing_is_a_network_of_the_library():
    machines = [(rng.normal(size=(4, 4)), rng.normal(size=4), rng.normal(size=4)) for _ in range(2)]
    layers = []
    for W, _, b in machines:
        linear = nn.Linear(4, 4, rng=0, dtype=np.float64)
        linear.W.value[:], linear.b.value[:] = W, b
        layers += [linear, nn.Sigmoid()]
    v = rng.normal(size=(5, 4))
    assert np.allclose(monter(v, machines, 2), nn.Sequential(*layers)(v))


def test_labels_are_drawn_evenly_and_follow_the_order():
    y = rng.permutation(np.repeat(np.arange(10), 30))
    one, two = (choisir_etiquetes(y, 100, np.random.default_rng(s).permutation(300)) for s in range(2))
    assert np.array_equal(np.bincount(y[one]), np.full(10, 10))
    assert not np.array_equal(one, two)


def test_epochs_make_at_least_the_updates_and_one_less_would_not():
    for n, lot, wanted in rng.integers(1, 3000, (100, 3)):
        lots, k = -(-n // lot), epoques(int(n), int(lot), int(wanted))
        assert (k - 1) * lots < wanted <= k * lots


def test_the_interval_is_student_s():
    x = rng.normal(90, 1, 5)
    low, high = stats.t.interval(0.95, 4, loc=x.mean(), scale=stats.sem(x))
    mean, half = intervalle(x, student(5))
    assert (mean - half, mean + half) == pytest.approx((low, high))


def test_the_interval_holds_the_truth_nineteen_times_in_twenty():
    t = student(5)
    held = [abs(np.subtract(*intervalle(x, 0)) - 3) <= intervalle(x, t)[1] for x in rng.normal(3, 1, (4000, 5))]
    assert np.mean(held) == pytest.approx(0.95, abs=0.012)


def test_a_paired_gain_is_scipy_s_paired_test():
    sans = rng.normal(80, 2, 6)
    avec = sans + rng.normal(1, 0.5, 6)
    theirs = stats.ttest_rel(avec, sans).confidence_interval()
    mean, half = gain(avec, sans, student(6))
    assert (mean - half, mean + half) == pytest.approx((theirs.low, theirs.high))


def test_a_test_that_chooses_flatters_itself():
    noise = rng.normal(90, 1, (2, 500, 20))
    honest = [exactitude_annoncee(v, t) for v, t in zip(*noise, strict=True)]
    assert np.mean(honest) == pytest.approx(90, abs=0.15)
    assert np.mean(noise[1].max(axis=1)) > 91.5
