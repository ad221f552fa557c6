"""The ring against what is known without it: self-consistency integrals, the dense matrix, symmetry."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import brentq, fsolve

from course.rates import Cue, RingAttractor, bump_regimes, population_vector, transfer
from course.rates.ring_angles import difference, wrapped
from course.rates.ring_theory import rest_gain

COSINE = RingAttractor()
GAUSSIAN = RingAttractor(J0=-0.2, J1=0.5, width=30)


def test_the_bump_of_the_cosine_solves_its_two_integrals():
    """r(θ) = Φ(I + J0 m + J1 c cos θ), m the mean of r and c that of r cos θ: two numbers, by quadrature."""

    def r(x, m, c):
        return transfer(2.0 - 0.2 * m + 0.4 * c * np.cos(x))

    def gap(mc):
        m = quad(lambda x: r(x, *mc), 0, np.pi, epsabs=1e-11)[0] / np.pi
        c = quad(lambda x: r(x, *mc) * np.cos(x), 0, np.pi, epsabs=1e-11)[0] / np.pi
        return m - mc[0], c - mc[1]

    m, c = fsolve(gap, (120.0, 100.0), xtol=1e-12)
    wanted = r(np.radians(COSINE.theta - 180), m, c)
    assert wanted.max() > 400
    assert COSINE.bump() == pytest.approx(wanted, rel=1e-7, abs=1e-6)
    remembered = COSINE.simulate(3000, Cue(180), every=100).r[-1]
    assert remembered == pytest.approx(wanted, rel=1e-7, abs=1e-6)


@pytest.mark.parametrize("ring", [COSINE, GAUSSIAN])
def test_rest_is_uniform_and_steady(ring):
    mean = ring.profile(ring.theta).mean()
    wanted = brentq(lambda r: transfer(2.0 + mean * r) - r, 0, 100)
    assert ring.rest() == pytest.approx(wanted, rel=1e-9)
    assert ring.simulate(500).r[-1] == pytest.approx(np.full(ring.n, wanted), rel=1e-9)


@pytest.mark.parametrize(("J1", "grows"), [(0.3, False), (0.6, True)])
def test_an_unevenness_of_rest_grows_as_its_gain_says(J1, grows):
    ring = COSINE.with_(J1=J1)
    rate = (rest_gain(ring) - 1) / 20
    assert (rate > 0) == grows
    small = 1e-4 * np.cos(np.radians(ring.theta))
    run = ring.simulate(100, start=ring.rest() + small)
    size = (run.r @ np.cos(np.radians(ring.theta))) * 2 / ring.n
    assert np.log(size[-1] / size[0]) / 100 == pytest.approx(rate, rel=1e-3)


@pytest.mark.parametrize("width", [None, 30.0])
def test_the_dense_matrix(width):
    """The same memory and distractor, by RK4 with the n by n matrix."""
    n, dt = 40, 1.0
    ring = RingAttractor(n, -0.2, 0.4 if width is None else 0.5, width)
    cues = Cue(77, 20, 100), Cue(200, 250, 60, 6.0, 30.0)
    run = ring.simulate(400, *cues, dt=dt)
    theta = 360 * np.arange(n) / n
    away = (theta[:, None] - theta + 180) % 360 - 180
    if width is None:
        J = -0.2 + 0.4 * np.cos(np.radians(away))
    else:
        J = -0.2 + 0.5 * sum(np.exp(-(((away + 360 * k) / 30) ** 2) / 2) for k in range(-3, 4))
    r = np.full(n, ring.rest())
    for k in range(400):
        now = sum(
            cue.amplitude
            * sum(
                np.exp(-(((theta - cue.angle + 360 * m) / cue.width) ** 2) / 2)
                for m in range(-3, 4)
            )
            for cue in cues
            if cue.start <= k * dt < cue.start + cue.duration
        )
        f = lambda r, now=now: (transfer(2.0 + J @ r / n + now) - r) / 20  # noqa: E731
        a = f(r)
        b = f(r + dt / 2 * a)
        c = f(r + dt / 2 * b)
        r = r + dt / 6 * (a + 2 * b + 2 * c + f(r + dt * c))
    assert np.ptp(r) > 300
    assert run.r[-1] == pytest.approx(r, rel=1e-8, abs=1e-6)


@pytest.mark.parametrize("ring", [COSINE, GAUSSIAN, COSINE.with_(n=32), COSINE.with_(n=9)])
def test_what_is_shifted_by_a_unit_answers_shifted_by_a_unit(ring):
    first, shifted = (ring.simulate(1500, Cue(ring.theta[k] + 3.3), every=10) for k in (2, 7))
    assert np.ptp(first.r[-1]) > 300
    assert np.roll(first.r, 5, axis=1) == pytest.approx(shifted.r, rel=1e-9, abs=1e-7)


@pytest.mark.parametrize("ring", [COSINE, GAUSSIAN])
@pytest.mark.parametrize("angle", [0.0, 47.9, 91.234, 359.0])
def test_without_noise_it_does_not_drift(ring, angle):
    run = ring.simulate(10_500, Cue(angle), every=500)
    error = run.error(angle)[1:]
    assert run.strength[-1] > 0.8
    assert np.abs(error).max() < 0.5
    assert np.ptp(error) < 1e-6  # far below what is asked: a smooth bump does not feel the grid


def test_silent_until_cued():
    run = COSINE.simulate(400, Cue(90, start=200))
    before, after = run.strength[run.t < 200], run.strength[-1]
    assert before.max() < 1e-9
    assert after > 0.8
    assert run.stimulus.max() == pytest.approx(10.0, rel=1e-3)
    assert (run.stimulus[run.t < 200] == 0).all()


def test_a_distractor_pulls_less_when_it_is_weaker_and_replaces_when_it_is_strong():
    moved = []
    for amplitude in (2.0, 6.0, 40.0):
        run = COSINE.simulate(2000, Cue(90), Cue(150, 900, 250, amplitude), every=10)
        moved.append(float(run.error(90)[-1]))
    assert 0 < moved[0] < moved[1] < moved[2] <= 60.001
    assert moved[2] > 45


def test_a_lesion_is_silent_and_repels_the_memory():
    ring = COSINE.with_(lesion=(180, 30))
    dead = np.abs(difference(ring.theta, 180)) <= 15
    run = ring.simulate(6000, Cue(160), every=10)
    assert (run.r[:, dead] == 0).all()
    assert (run.r[:, ~dead] > 0).all()
    assert run.r[:, ~dead].max() > 300
    assert run.error(160)[-1] < -20  # the bump cannot stand astride the hole
    assert (
        abs(ring.simulate(3000, Cue(0), every=10).error(0)[-1]) < 1e-6
    )  # opposite, symmetry holds it


def test_heterogeneity_pins_the_memory():
    ring = COSINE.with_(heterogeneity=0.3, rng=4)
    angles = np.arange(0, 360, 20.0)
    ends = np.array([ring.simulate(15_000, Cue(a), every=1000).angle[-1] for a in angles])
    places = np.unique(np.round(ends / 10))
    assert len(places) < 9  # eighteen cues, a few places
    assert ring.current.std() == pytest.approx(0.3, rel=0.2)


def test_trials_are_independent_and_repeatable():
    ring = COSINE.with_(sigma=1.0)
    a, b = (ring.simulate(300, Cue(90), trials=4, every=10, rng=3).r for _ in range(2))
    assert a.shape == (31, 4, 128)
    assert np.array_equal(a, b)
    assert len({row.tobytes() for row in a[-1]}) == 4
    assert (a >= 0).all()


def test_the_noise_has_its_standard_deviation_and_its_time():
    """Ornstein-Uhlenbeck, variance σ²/(1 - dt/2τ_n) on the grid of Euler-Maruyama."""
    model = COSINE.with_(sigma=1.5, tau_noise=5.0).model
    eta = model.simulate(200, dt=0.5, rng=1, start={"r": np.zeros((20, 128))}, record=["eta"])[
        "eta"
    ]
    late = eta[200:]
    assert late.std() == pytest.approx(1.5 / np.sqrt(1 - 0.05), rel=0.02)
    assert (late[:-10] * late[10:]).mean() / late.var() == pytest.approx(0.9**10, abs=0.03)


@pytest.mark.parametrize("width", [None, 35.0])
def test_the_map_says_what_a_simulation_shows(width):
    rng = np.random.default_rng(5)
    J0, J1 = rng.uniform(-0.5, 0.3, 5), rng.uniform(0, 0.9, 5)
    seen = []
    codes = bump_regimes(RingAttractor(width=width), J0, J1, seen.append)
    assert (seen[0] == -1).any()
    assert np.array_equal(seen[-1], codes)
    assert len(np.unique(codes)) == 3
    for i, b in enumerate(J1):
        for j, a in enumerate(J0):
            r = RingAttractor(48, a, b, width).simulate(2250, Cue(180, 0), dt=0.5, every=4500).r[-1]
            uneven = np.ptp(r) > 0.1 * r.max()
            assert codes[i, j] == (1 if uneven else 2 if r.mean() > 250 else 0), (a, b)


def test_a_function_of_ones_own():
    wanted = COSINE.simulate(600, Cue(90), every=100).r
    traced = COSINE.with_(Phi=lambda I: 500 * (1 + np.tanh(0.2 * (I - 10))) / 2)
    assert traced.simulate(600, Cue(90), every=100).r == pytest.approx(wanted, rel=1e-9, abs=1e-9)
    called = COSINE.with_(n=16, Phi=lambda I: transfer(float(I)))
    plain = COSINE.with_(n=16)
    shown = {"every": 100, "dt": 2.0}
    assert called.simulate(300, Cue(90, 20, 100), **shown).r[-1] == pytest.approx(
        plain.simulate(300, Cue(90, 20, 100), **shown).r[-1], rel=1e-9
    )
    assert traced.bump() == pytest.approx(COSINE.bump(), abs=1e-6)


def test_angles():
    r = np.exp(np.cos(np.radians(COSINE.theta - 123.4)))
    angle, strength = population_vector(np.stack([r, 5 * r, np.ones(128)]))
    assert angle[:2] == pytest.approx([123.4, 123.4])
    assert strength[0] == pytest.approx(0.4464, abs=1e-4)  # I1(1)/I0(1) of von Mises
    assert strength[2] == pytest.approx(0, abs=1e-12)
    assert difference([10, 350, 180, 0], [350, 10, 0, 180]).tolist() == [20, -20, 180, 180]
    far = sum(np.exp(-0.5 * ((40.0 + 360 * k) / 100) ** 2) for k in range(-20, 21))
    assert wrapped(40.0, 100.0) == pytest.approx(far, rel=1e-9)
    assert wrapped(np.array([40.0, 400.0, -40.0]), 100.0) == pytest.approx(far, rel=1e-9)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            lambda: RingAttractor(4),
            "RingAttractor.n\u00a0: un nombre entier d'unités, 8 au moins, reçu 4",
        ),
        (lambda: RingAttractor(tau=-1), "RingAttractor.tau\u00a0: un nombre strictement positif"),
        (lambda: RingAttractor(width=300), "RingAttractor.width\u00a0: une largeur de 1 à 180"),
        (lambda: RingAttractor(sigma=-1), "RingAttractor.sigma\u00a0: un nombre positif ou nul"),
        (lambda: RingAttractor(lesion=3), "RingAttractor.lesion\u00a0: un couple"),
        (lambda: RingAttractor(lesion=(0, 400)), "RingAttractor.lesion\u00a0: un couple"),
        (lambda: RingAttractor(Phi=3), "RingAttractor.Phi\u00a0: une fonction du courant"),
        (lambda: COSINE.with_(J2=3), r"with_\u00a0: un de n, J0"),
        (lambda: COSINE.simulate(-5), "simulate.T\u00a0: un nombre strictement positif"),
        (lambda: COSINE.simulate(10, 90), r"RingAttractor.simulate.cues\u00a0: des Cue"),
        (
            lambda: COSINE.simulate(10, trials=0),
            "RingAttractor.simulate.trials\u00a0: un entier positif",
        ),
        (lambda: Cue(float("nan")), "Cue.angle\u00a0: un angle fini"),
        (lambda: Cue(0, duration=0), "Cue.duration\u00a0: un nombre strictement positif"),
        (lambda: population_vector(3.0), "population_vector.r\u00a0: des taux"),
        (
            lambda: bump_regimes(COSINE, [], [1]),
            "bump_regimes.J0\u00a0: une liste de nombres finis",
        ),
        (lambda: COSINE.diffusion(), "RingAttractor.diffusion.sigma\u00a0: un anneau bruité"),
    ],
)
def test_refusals(call, said):
    with pytest.raises(ValueError, match=said):
        call()
