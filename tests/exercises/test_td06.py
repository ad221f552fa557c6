"""The formulas of TD06's exercises against the library's rules, and against the rules walked step by step."""

import numpy as np
import pytest
from sklearn.decomposition import PCA

from course import plasticity
from course.exercises.td06.axis import point_fixe
from course.exercises.td06.hebb import pas_hebb, vitesse_norme
from course.exercises.td06.latency import latences
from course.exercises.td06.mean import repos
from course.exercises.td06.museum import est_causale, un_pas
from course.exercises.td06.oja import oja
from course.exercises.td06.pairs import variation, variation_voisines
from course.exercises.td06.trace import poids_en_ligne
from course.exercises.td06.triplets import potentialisation
from course.exercises.td06.window import fenetre
from course.inputs import poisson
from course.plasticity import Additive, TripletSTDP, VanRossum, pairing_protocol, stdp

FREE = Additive(0.03, 15, 0.02, 30, low=-np.inf, high=np.inf)


def trains(seed):
    """Two trains on a grid of half a millisecond, with instants in both."""
    rng = np.random.default_rng(seed)
    return [np.sort(rng.choice(300, k, replace=False)) * 0.5 for k in (60, 45)]


def window(d):
    return fenetre(d, 0.03, 15, 0.02, 30)


def test_the_formulas_are_the_library_s():
    rng = np.random.default_rng(1)
    w, u = rng.normal(size=(2, 5))
    assert pas_hebb(w, u, 0.1) == pytest.approx(plasticity.hebb(w, u, w @ u, 0.1))
    assert oja(w, u, 0.1, 0.7) == pytest.approx(plasticity.oja(w, u, w @ u, 0.1, 0.7))
    delta_t = np.linspace(-50, 50, 11)
    assert fenetre(delta_t, 1, 17, 0.5, 34) == pytest.approx(plasticity.stdp_window(delta_t, 1, 17, 0.5, 34))


def test_the_norm_grows_as_said():
    rng = np.random.default_rng(2)
    w, u = rng.normal(size=(2, 5))
    small = plasticity.hebb(w, u, w @ u, 1e-6)
    assert (small @ small - w @ w) / 1e-6 == pytest.approx(vitesse_norme(w, u, 1.0), rel=1e-4)


def test_the_fixed_point_is_pca_and_oja_stays_there():
    rng = np.random.default_rng(3)
    U = rng.normal(size=(4000, 4)) @ rng.normal(size=(4, 4))
    U -= U.mean(axis=0)
    C, alpha = U.T @ U / len(U), 2.5
    w = point_fixe(C, alpha)
    assert np.abs(PCA(1).fit(U).components_[0] @ w) == pytest.approx(np.linalg.norm(w))
    step = np.mean([plasticity.oja(w, u, w @ u, 0.1, alpha) - w for u in U], axis=0)
    assert np.abs(step).max() < 1e-9


@pytest.mark.parametrize(("ours", "pairing"), [(variation, "all"), (variation_voisines, "nearest")])
def test_the_sums_over_pairs_are_the_rule_s(ours, pairing):
    pre, post = trains(1)
    assert np.intersect1d(pre, post).size
    assert ours(pre, post, window) == pytest.approx(stdp(pre, post, 0.0, FREE, pairing).w)


def test_the_two_traces_are_the_library_s_rule_on_a_grid():
    rng, dt = np.random.default_rng(5), 0.5
    avant, apres = (rng.random((2, 600)) < 0.1).astype(int)
    assert (avant & apres).any()
    run = stdp(np.flatnonzero(avant) * dt, np.flatnonzero(apres) * dt, 0.4, FREE)
    ours = poids_en_ligne(avant, apres, dt, 0.4, 0.03, 15, 0.02, 30)
    assert ours == pytest.approx(run.weight(dt * np.arange(600)), abs=1e-12)


def test_one_step_in_the_right_order_is_the_whole_rule():
    rng = np.random.default_rng(6)
    avant, apres = (rng.random((2, 100)) < 0.2).astype(int)
    w, r, o = 0.4, 0.0, 0.0
    for a, b in zip(avant, apres, strict=True):
        w, r, o = un_pas(w, r * np.exp(-1 / 15), o * np.exp(-1 / 30), a, b, 0.03, 0.02)
    assert w == pytest.approx(poids_en_ligne(avant, apres, 1.0, 0.4, 0.03, 15, 0.02, 30)[-1], abs=1e-12)


def test_the_mean_weight_rests_where_it_is_said_and_in_that_time():
    rng, rule = np.random.default_rng(3), VanRossum(c_p=7, tau_p=15, c_d=0.003, tau_d=25, noise=0)
    rest, time = repos(30, 50, 7, 15, 0.003, 25)
    assert (rest, time) == pytest.approx((7 * 15 / (0.003 * 25), 1 / (0.003 * 0.025 * 30 * 50)))
    runs = [stdp(poisson(30, 1000 * 6 * time, rng), poisson(50, 1000 * 6 * time, rng), 0.0, rule) for _ in range(30)]
    assert np.mean([run.weight(1000 * time) for run in runs]) == pytest.approx(rest * (1 - np.exp(-1)), rel=0.05)
    late = 1000 * time * np.linspace(4, 6, 50)
    assert np.mean([run.weight(late) for run in runs]) == pytest.approx(rest, rel=0.03)


def test_latencies_are_those_that_were_put_there():
    debuts = 100.0 * np.arange(5)
    spikes = np.sort(np.concatenate([debuts[[0, 1, 3, 4]] + 12, debuts[[0, 3]] + 30, [285.0]]))
    assert latences(spikes, debuts, 50.0) == pytest.approx([12, 12, np.nan, 12, 12], nan_ok=True)


@pytest.mark.parametrize("frequency", [5, 20, 50])
def test_triplets_potentiate_as_the_library_s_rule_does(frequency):
    """One more pair at the end of a long train, without any depression."""
    rule = TripletSTDP(0, 6e-3, 0, 0, 101, 125, tau_p=17)
    long, longer = (stdp(*pairing_protocol(frequency, 10, n), 1.0, rule).w for n in (400, 401))
    assert longer - long == pytest.approx(potentialisation(frequency, 10, 6e-3, 17, 125), rel=1e-3)


def test_the_test_of_the_sign_knows_the_library_from_its_mirror():
    assert est_causale(lambda a, b: stdp(a, b, 0.0, FREE).w)
    assert not est_causale(lambda a, b: stdp(b, a, 0.0, FREE).w)
