"""How a noisy memory wanders: theory against an eigenvector of the dense matrix, and against many trials."""

import numpy as np
import pytest
from scipy.linalg import eig

from course.rates import RingAttractor
from course.rates.ring_diffusion import growth
from course.rates.ring_theory import along

COSINE = RingAttractor(sigma=0.5)
GAUSSIAN = RingAttractor(J0=-0.2, J1=0.5, width=30, sigma=0.5)


@pytest.mark.parametrize("ring", [COSINE, GAUSSIAN])
def test_the_theory_is_the_projection_on_the_left_null_vector(ring):
    """The left null vector by scipy, Φ' by its formula: nothing of the derivation is used but the projection."""
    n, r = ring.n, ring.bump()
    distance = (np.arange(n)[:, None] - np.arange(n)) % n
    W = ring.profile(ring.theta)[distance] / n
    slope = 2 * 0.2 * r * (1 - r / 500)
    values, left = eig(slope[:, None] * W - np.eye(n), left=True, right=False)
    k = np.argmin(np.abs(values))
    assert abs(values[k]) < 1e-6
    assert np.sort(np.abs(values))[1] > 0.05  # one neutral direction, no more
    v, shift = left[:, k].real, along(r)
    weights = v * slope / (v @ shift) / 20
    wanted = 2 * 0.5**2 * 5.0 * weights @ weights * 1000 * np.degrees(1) ** 2
    assert ring.diffusion_theory() == pytest.approx(wanted, rel=1e-4)


@pytest.mark.parametrize("ring", [COSINE, GAUSSIAN])
def test_the_variance_grows_as_the_theory_says(ring):
    found = ring.diffusion(T=3000, trials=150, rng=2)
    low, high = found.interval
    assert low < found.theory < high
    assert (high - low) / found.slope < 0.3  # an interval that could fail
    line = found.theory * found.t[1:] / 1000
    ratio = found.variance[1:] / line
    late = found.t[1:] > 500
    assert (np.abs(ratio[late] - 1) < 4 * np.sqrt(2 / 150)).all()  # linear, all along


def test_proportional_to_the_power_of_the_noise_and_to_one_over_n():
    one = COSINE.diffusion_theory()
    assert COSINE.with_(sigma=1.0).diffusion_theory() == pytest.approx(4 * one, rel=1e-6)
    assert COSINE.with_(tau_noise=10.0).diffusion_theory() == pytest.approx(2 * one, rel=1e-6)
    assert COSINE.with_(n=256).diffusion_theory() == pytest.approx(one / 2, rel=1e-4)


def test_half_the_step_gives_the_same_wandering():
    coarse, fine = (COSINE.diffusion(T=1500, trials=150, dt=dt, rng=6) for dt in (1.0, 0.5))
    for found in (coarse, fine):
        assert found.interval[0] < found.theory < found.interval[1]
    assert np.allclose(coarse.t, fine.t)


def test_the_interval_holds_for_known_walks():
    """Of 400 sets of Brownian walks, 95 % of the intervals hold the true growth."""
    rng, t, inside = np.random.default_rng(0), 10.0 * np.arange(201), 0
    for _ in range(400):
        walks = np.cumsum(rng.standard_normal((200, 20)) * np.sqrt(3.0 * 10 / 1000), axis=0)
        slope, (low, high) = growth(t, np.concatenate([np.zeros((1, 20)), walks]), 200.0)
        inside += low < 3.0 < high
        assert low < slope < high
    assert 0.92 < inside / 400 < 0.98


def test_what_is_not_a_free_walk():
    assert RingAttractor(sigma=1.0, heterogeneity=0.1).diffusion_theory() is None
    assert RingAttractor(sigma=1.0, lesion=(0, 40)).diffusion_theory() is None
    weak = RingAttractor(sigma=1.0, J1=0.1)
    assert weak.diffusion_theory() is None
    with pytest.raises(ValueError, match="cet anneau ne garde aucune bosse"):
        weak.diffusion()
    with pytest.raises(ValueError, match="RingAttractor.diffusion.T\u00a0: au moins 250\u00a0ms"):
        COSINE.diffusion(T=100)
