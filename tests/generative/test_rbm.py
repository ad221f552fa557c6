"""A restricted Boltzmann machine against the sums over all its states."""

import itertools

import numpy as np
import pytest

from course.generative import RBM, Diverged, Learning

ENGINES = ("numpy", "torch")


def machine(n=4, m=3, spread=1.0, seed=0, **options):
    """A machine of float64 with weights that matter."""
    rbm, rng = RBM(n, m, dtype="float64", seed=seed, **options), np.random.default_rng(seed + 100)
    rbm.W, rbm.a, rbm.b = (rbm.E.array(rng.normal(0, spread, s)) for s in ((n, m), n, m))
    return rbm


def every(n):
    return np.array(list(itertools.product([0, 1], repeat=n)), float)


def law(rbm):
    """P(v, h) as a table (visible states, hidden states)."""
    v, h = every(rbm.n_visible), every(rbm.n_hidden)
    p = np.array([[np.exp(-rbm.energy(x[None], y[None])[0]) for y in h] for x in v])
    return v, h, p / p.sum(), np.log(p.sum())


@pytest.mark.parametrize("engine", ENGINES)
def test_free_energy_sums_the_hidden_units_away(engine):
    rbm = machine(engine=engine)
    v, h, p, log_z = law(rbm)
    assert np.allclose(rbm.free_energy(v), -(np.log(p.sum(axis=1)) + log_z))
    assert np.allclose(rbm.log_likelihood(v), np.log(p.sum(axis=1)))


@pytest.mark.parametrize("engine", ENGINES)
def test_conditionals_are_those_of_the_joint_law(engine):
    rbm = machine(engine=engine)
    v, h, p, _ = law(rbm)
    assert np.allclose(rbm.hidden(v), (p @ h) / p.sum(axis=1)[:, None])
    assert np.allclose(rbm.visible(h), (p.T @ v) / p.sum(axis=0)[:, None])


@pytest.mark.parametrize(("n", "m"), [(4, 3), (3, 5), (9, 2)])
def test_log_partition_whatever_the_smaller_layer(n, m):
    rbm = machine(n, m)
    assert rbm.log_partition() == pytest.approx(law(rbm)[3])


@pytest.mark.parametrize(("n", "m"), [(4, 3), (3, 5)])
def test_exact_gradient_is_the_slope_of_the_likelihood(n, m):
    rbm, rng = machine(n, m), np.random.default_rng(1)
    x = (rng.random((5, n)) < 0.4).astype(float)
    exact = rbm.exact_gradient(x)
    for name, part in exact._asdict().items():
        D = rng.normal(size=part.shape)
        value = getattr(rbm, name).copy()
        slopes = []
        for sign in (1, -1):
            getattr(rbm, name)[...] = value + sign * 1e-5 * D
            slopes.append(rbm.log_likelihood(x).mean())
        getattr(rbm, name)[...] = value
        assert np.sum(part * D) == pytest.approx((slopes[0] - slopes[1]) / 2e-5, rel=1e-6)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("k", [1, 3])
def test_the_contrastive_gradient_has_its_expectation(engine, k):
    """E[CD-k] from the transition matrix of the Gibbs chain; the draws are averaged over many copies of the data."""
    rbm = machine(engine=engine)
    v, h, p, _ = law(rbm)
    up = p / p.sum(axis=1, keepdims=True)  # P(h | v)
    down = p.T / p.sum(axis=0)[:, None]  # P(v | h)
    x = v[[3, 9, 14]]
    reached = np.eye(16)[[3, 9, 14]] @ np.linalg.matrix_power(up @ down, k)
    mean_h = up @ h
    expected = (x.T @ mean_h[[3, 9, 14]] - (v * reached.sum(axis=0)[:, None]).T @ mean_h) / 3
    many = rbm.gradient(np.repeat(x, 40_000, axis=0), k=k, seed=5)
    assert np.allclose(many.W, expected, atol=0.006)
    assert np.allclose(many.a, (x.sum(0) - reached.sum(0) @ v) / 3, atol=0.006)
    assert np.allclose(many.b, (mean_h[[3, 9, 14]].sum(0) - reached.sum(0) @ mean_h) / 3, atol=0.006)


def test_a_long_chain_gives_the_exact_gradient():
    rbm = machine(spread=0.5)
    x = np.repeat(every(4)[[1, 6]], 20_000, axis=0)
    assert np.allclose(rbm.gradient(x, k=20, seed=0).W, rbm.exact_gradient(x).W, atol=0.012)


def test_gradients_are_means():
    rbm, x = machine(), every(4)[:6]
    once, twice = rbm.exact_gradient(x), rbm.exact_gradient(np.repeat(x, 7, axis=0))
    assert np.allclose(once.W, twice.W)
    size = [np.abs(rbm.gradient(np.repeat(x, n, axis=0), seed=1).W).max() for n in (50, 5000)]
    assert size[1] < 2 * size[0] < 8 * size[1]


def test_annealed_importance_sampling_within_half_a_nat():
    for seed in range(3):
        rbm = machine(10, 8, spread=1.5, seed=seed)
        estimate = rbm.ais(chains=200, steps=1000, seed=seed)
        assert estimate.log_z == pytest.approx(rbm.log_partition(), abs=0.5)
        assert estimate.low < estimate.log_z < estimate.high


def test_annealed_importance_sampling_without_weights_is_exact():
    rbm = machine(6, 5)
    rbm.W[:], rbm.b[:] = 0, 0
    low = rbm.ais(chains=10, steps=5)
    assert low.log_z == pytest.approx(rbm.log_partition()) == pytest.approx(low.low)


def test_ais_from_the_data_is_nearer_on_a_machine_that_has_learnt():
    """Two stripes of twenty pixels: their biases alone are far from what is seen."""
    rng = np.random.default_rng(0)
    x = np.repeat(np.eye(2), 20, axis=1)[rng.integers(2, size=100)].astype(float)
    rbm = RBM(40, 6, dtype="float64")
    rbm.fit(x, 200, batch_size=20, lr=0.1, progress=False)
    exact = rbm.log_partition()
    assert rbm.ais(steps=300, start=x).log_z == pytest.approx(exact, abs=1)
    near, far = (np.mean([abs(rbm.ais(50, 100, seed, data).log_z - exact) for seed in range(5)]) for data in (x, None))
    assert near < far / 2, (near, far)


def test_pseudo_likelihood_is_that_of_each_unit_knowing_the_others():
    rbm = machine()
    v, _, p, _ = law(rbm)
    marginal, x = p.sum(axis=1), every(4)[[5]]
    terms = []
    for i in range(4):
        other = x.copy()
        other[0, i] = 1 - other[0, i]
        here, there = (marginal[(v == y).all(axis=1)][0] for y in (x, other))
        terms.append(np.log(here / (here + there)))
    assert rbm.pseudo_likelihood(np.repeat(x, 40_000, axis=0)) == pytest.approx(4 * np.mean(terms), abs=0.05)


@pytest.mark.parametrize("engine", ENGINES)
def test_gibbs_reaches_the_law(engine):
    rbm = machine(engine=engine)
    v, _, p, _ = law(rbm)
    *_, (last, _) = rbm.chain(np.zeros((20_000, 4)), 60, seed=3)
    assert np.allclose(last.mean(axis=0), p.sum(axis=1) @ v, atol=0.02)


def test_temperature_divides_the_energies():
    rbm, cold = machine(), machine()
    cold.W, cold.a, cold.b = rbm.W / 2, rbm.a / 2, rbm.b / 2
    one, other = (list(m.chain(every(4), 5, seed=2, temperature=t)) for m, t in ((rbm, 2.0), (cold, 1.0)))
    assert all(np.allclose(a[0], b[0]) for a, b in zip(one, other, strict=True))


def test_what_is_clamped_does_not_move_and_what_is_silent_says_nothing():
    rbm = machine()
    mask = np.array([True, False, False, True])
    free = 0
    for p, h in rbm.chain(np.zeros((50, 4)), 20, clamp=(mask, np.array([1.0, 0, 0, 0])), silent=[1], seed=0):
        assert np.array_equal(p[:, mask], np.tile([1.0, 0.0], (50, 1)))
        assert not h[:, 1].any()
        free += np.ptp(p[:, 1]) > 0
    assert free == 20


def test_clamping_gives_the_law_of_the_rest():
    rbm = machine()
    v, _, p, _ = law(rbm)
    held = v[:, 0] == 1
    expected = (p.sum(axis=1)[held] @ v[held]) / p.sum(axis=1)[held].sum()
    mask = np.array([True, False, False, False])
    *_, (last, _) = rbm.chain(np.zeros((20_000, 4)), 60, clamp=(mask, np.ones(4)), seed=3)
    assert np.allclose(last.mean(axis=0), expected, atol=0.02)


STRIPES = np.array([[1, 1, 0, 0, 1, 1], [0, 0, 1, 1, 0, 0]] * 30, float)
STRIPES = np.where(np.random.default_rng(0).random(STRIPES.shape) < 0.1, 1 - STRIPES, STRIPES)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("persistent", [False, True])
def test_learning_raises_the_exact_likelihood(engine, persistent):
    rbm = RBM(6, 4, engine=engine, dtype="float64")
    before = rbm.log_likelihood(STRIPES).mean()
    history = rbm.fit(STRIPES, 150, batch_size=20, lr=0.1, persistent=persistent, valid=STRIPES[:10], progress=False)
    assert rbm.log_likelihood(STRIPES).mean() > before + 1  # from 6 log 2 = 4.2 nats to 2.6 at best
    assert len(history) == 150
    assert history.error[-1] < 0.15 < history.error[0]
    assert history.pseudo_likelihood[-1] > history.pseudo_likelihood[0]


def test_the_same_seed_learns_the_same_machine():
    one, two, other = RBM(6, 4), RBM(6, 4), RBM(6, 4)
    for rbm, seed in ((one, 1), (two, 1), (other, 2)):
        rbm.fit(STRIPES, 3, seed=seed, progress=False)
    assert np.array_equal(one.W, two.W)
    assert not np.array_equal(one.W, other.W)


@pytest.mark.parametrize("settings", [{"k": 2}, {"persistent": True}, {"weight_decay": 0.1, "momentum": 0.9}])
def test_numpy_and_torch_make_the_same_draws_and_the_same_machine(settings):
    rbms = [RBM(6, 4, engine=engine, dtype="float64") for engine in ENGINES]
    histories = [rbm.fit(STRIPES, 5, batch_size=32, progress=False, **settings) for rbm in rbms]
    assert np.allclose(rbms[0].W, rbms[1].W.numpy(), rtol=1e-10)
    assert np.allclose(rbms[0].a, rbms[1].a.numpy(), rtol=1e-10)
    assert histories[0].error == pytest.approx(histories[1].error)


def test_momentum_and_decay_are_what_they_are_called():
    rbm = machine()
    rbm.W[:] = 2.0
    learning = Learning(rbm, every(4), batch_size=16, lr=0.1, momentum=0.9, weight_decay=0.5)
    exact = rbm.W.copy()
    learning.lr, learning.momentum = 1e-12, 0.9  # nothing is learnt; what is seen is the momentum
    learning.speed[0][:] = 1.0
    learning.step()
    assert np.allclose(rbm.W, exact + 0.9)
    learning.lr, learning.speed[0][:] = 1e-3, 0.0
    before = rbm.W.copy()
    learning.batch_size = 16
    learning.weight_decay = 1e4  # so large that it hides the gradient
    learning.step()
    assert np.allclose(rbm.W - before, -1e-3 * 1e4 * before, rtol=1e-3)


def test_chains_go_on_from_batch_to_batch():
    rbm = machine()
    learning = Learning(rbm, every(4), batch_size=4, persistent=True, lr=1e-9)
    learning.step()
    first = learning.chain.copy()
    learning.step()
    assert learning.chain.shape == first.shape
    assert not np.array_equal(learning.chain, first)


def test_diverging_learning_gives_the_last_good_weights_back():
    rbm = RBM(6, 4, dtype="float64")
    learning = Learning(rbm, STRIPES, lr=0.05)
    learning.epoch()
    good = rbm.W.copy()
    learning.lr = 1e6
    with pytest.raises(Diverged, match="époque 2, avec lr = 1e") as error:
        learning.run(3, progress=False)
    assert error.value.epoch == 2
    assert np.array_equal(rbm.W, good)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_machine_comes_back_from_its_file(engine, tmp_path):
    rbm = RBM(6, 4, engine=engine)
    rbm.fit(STRIPES, 2, progress=False)
    path = rbm.save(tmp_path / "rbm.safetensors")
    back = RBM.load(path)
    assert np.array_equal(back.W, rbm.E.numpy(rbm.W))
    assert np.allclose(back.free_energy(STRIPES), rbm.free_energy(STRIPES))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ValueError, match="un fichier safetensors entier"):
        RBM.load(path)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: RBM(0, 3), "RBM.n_visible"),
        (lambda: RBM(4, 3, engine="jax"), "RBM.engine"),
        (lambda: RBM(4, 3, dtype="int32"), "RBM.dtype"),
        (lambda: machine().fit(np.full((5, 4), 0.5), 1), r"des 0 et des 1 \(binarisez"),
        (lambda: machine().fit(np.zeros((5, 3)), 1), r"de forme \(images, 4\)"),
        (lambda: machine().fit(np.full((5, 4), np.nan), 1), "sans NaN"),
        (lambda: machine().fit(every(4), 1, k=0), "fit.k.*reçu 0"),
        (lambda: machine().fit(every(4), 1, lr=-1), "fit.lr"),
        (lambda: machine().fit(every(4), 1, momentum=1), "fit.momentum"),
        (lambda: machine().fit(every(4), 0), "fit.epochs"),
        (lambda: RBM(30, 25).log_partition(), "au plus 20 unités"),
        (lambda: list(machine().chain(every(4), 2, silent=[3])), "chain.silent"),
        (lambda: list(machine().chain(every(4), 2, temperature=0)), "chain.temperature"),
        (lambda: list(machine().chain(every(4), 2, clamp=(np.ones(4), np.ones(4)))), "masque de booléens"),
        (lambda: RBM.load("absent.safetensors"), "un fichier qui existe"),
    ],
)
def test_what_a_machine_refuses(call, said):
    with pytest.raises(ValueError, match=said):
        call()
