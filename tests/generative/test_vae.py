"""A variational auto-encoder against what is known of it: its KL, its bound, its draws."""

import copy

import numpy as np
import pytest
import torch

from course.generative import VAE, Diverged, kl
from course.generative.vae import log_bernoulli


def strokes(n=200, seed=0):
    """Images 4 × 4 with one bright row or one bright column."""
    rng = np.random.default_rng(seed)
    x = np.zeros((n, 4, 4), np.float32)
    for image, k, row in zip(x, rng.integers(0, 4, n), rng.random(n) < 0.5, strict=True):
        image[(k, slice(None)) if row else (slice(None), k)] = 1
    return x.reshape(n, 16)


def small(**options):
    return VAE(16, **{"hidden": (32,), "latent": 2, "seed": 0, **options})


@pytest.fixture(scope="module")
def learnt():
    vae = small(latent=1)
    vae.fit(strokes(), 60, batch_size=20, lr=1e-2, progress=False)
    return vae


def test_the_kl_of_the_prior_is_zero():
    np.testing.assert_array_equal(kl(np.zeros((3, 5)), np.zeros((3, 5))), 0)


def test_the_kl_is_the_mean_of_a_log_ratio():
    rng = np.random.default_rng(0)
    mu, logvar = np.array([[0.7, -1.2]]), np.array([[-0.8, 0.5]])
    z = mu + np.exp(logvar / 2) * rng.normal(size=(400_000, 2))
    log_q = -((z - mu) ** 2 / np.exp(logvar) + logvar).sum(1) / 2
    ratios = log_q + (z**2).sum(1) / 2
    assert kl(mu, logvar)[0] == pytest.approx(ratios.mean(), abs=5 * ratios.std() / np.sqrt(len(ratios)))
    assert kl(torch.tensor(mu), torch.tensor(logvar)).item() == pytest.approx(kl(mu, logvar)[0])


def exact(vae, x):
    """log p(x) of a model with one latent number, by quadrature."""
    z = np.linspace(-8, 8, 4001)
    p = vae.decode(z[:, None]).astype(float).clip(1e-12, 1 - 1e-12)
    log_p = x @ np.log(p).T + (1 - x) @ np.log1p(-p).T - z**2 / 2 - np.log(2 * np.pi) / 2
    top = log_p.max(axis=1, keepdims=True)
    return top[:, 0] + np.log(np.trapezoid(np.exp(log_p - top), z, axis=1))


def test_the_bound_is_below_the_exact_log_likelihood(learnt):
    x = strokes(seed=1)
    truth = exact(learnt, x).mean()
    bounds = [learnt.elbo(x, seed=s).total for s in range(20)]
    assert np.mean(bounds) < truth - 0.01
    assert np.mean(bounds) > truth - 3  # and it is a bound worth having


def test_importance_sampling_finds_the_exact_log_likelihood(learnt):
    x = strokes(30, seed=1)
    truth = exact(learnt, x).mean()
    one = np.mean([learnt.log_likelihood(x, 1, seed=s).mean() for s in range(30)])
    many = learnt.log_likelihood(x, 3000, seed=0).mean()
    assert many == pytest.approx(truth, abs=0.05)
    assert one < truth - 0.01
    assert one < many


def test_with_the_exact_posterior_the_bound_is_the_log_likelihood():
    """A decoder that ignores the code: p(z|x) is the prior, and q = N(0, I) leaves no gap."""
    vae = small()
    with torch.no_grad():
        for p in (*vae.encoder[-1].parameters(), vae.decoder[0].weight, vae.decoder[-1].weight):
            p.zero_()
        vae.decoder[-1].bias.fill_(np.log(0.3 / 0.7))
    x = strokes(10)
    expected = x.sum(1) * np.log(0.3) + (1 - x).sum(1) * np.log(0.7)
    assert vae.elbo(x).total == pytest.approx(expected.mean(), rel=1e-6)
    np.testing.assert_allclose(vae.log_likelihood(x, 7), expected, rtol=1e-6)


def test_the_code_is_drawn_while_learning_and_is_the_mean_afterwards():
    vae, x = small(), torch.tensor(strokes(5))
    vae.train()
    assert not torch.equal(vae(x)[0], vae(x)[0])
    vae.eval()
    logits, mu, _ = vae(x)
    assert torch.equal(logits, vae(x)[0])
    assert torch.equal(logits, vae.decoder(mu))


def test_the_draw_has_the_spread_of_the_law():
    vae, seen = small(), []
    with torch.no_grad():
        vae.encoder[-1].weight.zero_()
        vae.encoder[-1].bias.copy_(torch.tensor([1.0, -1.0, np.log(4.0), np.log(0.25)]))
    vae.decoder.register_forward_pre_hook(lambda _, z: seen.append(z[0].detach()))
    vae.train()(torch.zeros(50_000, 16))
    np.testing.assert_allclose(seen[0].mean(0), [1, -1], atol=0.05)
    np.testing.assert_allclose(seen[0].std(0), [2, 0.5], atol=0.05)


def test_gradients_pass_through_the_draw():
    vae = small().train()
    vae(torch.tensor(strokes(5)))[0].sum().backward()
    assert vae.encoder[-1].weight.grad[2:].abs().max() > 0  # log σ² itself learns


def test_beta_enters_the_kl_alone():
    vae, x = small(), strokes(20)
    one, four = vae.elbo(x, 1, seed=3), vae.elbo(x, 4, seed=3)
    assert (one.reconstruction, one.kl) == (four.reconstruction, four.kl)
    assert one.total - four.total == pytest.approx(3 * one.kl)
    plain, strong = (small(beta=b).fit(x, 1, batch_size=20, progress=False) for b in (1, 4))
    assert (plain.reconstruction, plain.kl) == (strong.reconstruction, strong.kl)
    assert strong.loss[0] - plain.loss[0] == pytest.approx(3 * plain.kl[0], rel=1e-5)


def test_a_large_beta_empties_the_code():
    x = strokes()
    kls = [small(beta=b).fit(x, 30, batch_size=20, lr=1e-2, progress=False).kl[-1] for b in (0.1, 1, 20)]
    assert kls[0] > kls[1] > kls[2]
    assert kls[2] < 0.1


def test_learning_raises_the_bound_of_images_never_seen():
    vae = small()
    before = vae.elbo(strokes(seed=5)).total
    h = vae.fit(strokes(), 40, batch_size=20, lr=1e-2, valid=strokes(seed=5), progress=False)
    assert vae.elbo(strokes(seed=5)).total > before + 4
    assert h.valid[-1] == pytest.approx(-vae.elbo(strokes(seed=5)).total)
    assert len(h) == len(h.valid) == len(h.seconds) == 40


def test_the_likelihood_is_that_of_bernoulli_draws():
    p, x = np.array([[0.2, 0.9]]), np.array([[1.0, 0.0]])
    found = log_bernoulli(torch.tensor(np.log(p / (1 - p))), torch.tensor(x)).item()
    assert found == pytest.approx(np.log(0.2) + np.log(0.1))


@pytest.mark.parametrize("ask", ["sample", "elbo", "decode", "encode", "log_likelihood"])
def test_answers_are_given_in_the_state_that_answers(ask):
    vae, states = small().train(), []
    for part in (vae.encoder, vae.decoder):
        part.register_forward_pre_hook(lambda module, _: states.append(module.training))
    given = {"sample": 3, "decode": np.zeros((3, 2))}.get(ask, strokes(3))
    getattr(vae, ask)(given)
    assert set(states) == {False}
    assert vae.training
    vae.eval()
    getattr(vae, ask)(given)
    assert not vae.training


def test_the_state_comes_back_even_after_an_error():
    vae = small().train()
    with pytest.raises(RuntimeError), vae.answering():
        raise RuntimeError
    assert vae.training


def test_same_seed_same_images():
    a, b = (small(seed=7) for _ in range(2))
    for vae in (a, b):
        vae.fit(strokes(), 2, batch_size=20, progress=False)
    np.testing.assert_array_equal(a.sample(5, seed=1), b.sample(5, seed=1))
    assert not np.array_equal(a.sample(5, seed=1), a.sample(5, seed=2))
    assert not np.array_equal(a.sample(5, seed=1), small(seed=8).sample(5, seed=1))


def test_the_weights_do_not_touch_the_draws_of_others():
    torch.manual_seed(0)
    expected = torch.rand(3)
    torch.manual_seed(0)
    small().fit(strokes(), 1, progress=False)
    assert torch.equal(torch.rand(3), expected)


def test_a_file_gives_the_same_network(tmp_path, learnt):
    path = learnt.save(tmp_path / "deep" / "vae.safetensors")
    again = VAE.load(path)
    np.testing.assert_array_equal(again.sample(4, seed=0), learnt.sample(4, seed=0))
    assert (again.config, again.age, again.training) == (learnt.config, 60, False)
    assert [p.name for p in path.parent.iterdir()] == ["vae.safetensors"]


def test_a_failed_writing_leaves_the_former_file(tmp_path, monkeypatch):
    path = small().save(tmp_path / "vae.safetensors")
    before = path.read_bytes()
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError("plus de place")))
    with pytest.raises(OSError, match="plus de place"):
        small(seed=1).save(path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["vae.safetensors"]


def test_files_that_are_not_ours_are_refused(tmp_path):
    with pytest.raises(ValueError, match=r"VAE\.load\u00a0: un fichier qui existe"):
        VAE.load(tmp_path / "rien")
    path = small().save(tmp_path / "vae.safetensors")
    path.write_bytes(path.read_bytes()[:-50])
    with pytest.raises(ValueError, match="un fichier safetensors entier"):
        VAE.load(path)
    broken = small()
    with torch.no_grad():
        broken.decoder[0].bias[0] = np.nan
    with pytest.raises(ValueError, match="des poids finis"):
        VAE.load(broken.save(path))


def test_divergence_stops_says_the_rate_and_keeps_the_last_good_weights():
    vae = small()
    vae.fit(strokes(), 1, progress=False)
    before = copy.deepcopy(vae.state_dict())
    with pytest.raises(Diverged, match=r"à l'époque 1, avec lr = 1e\+30") as caught:
        vae.fit(strokes(), 3, lr=1e30, progress=False)
    assert caught.value.lr == 1e30
    for name, value in vae.state_dict().items():
        assert torch.equal(value, before[name])
    assert not vae.training


def test_a_convolutional_one_learns_too():
    x = np.zeros((64, 64), np.float32)
    x[:32, :20] = 1
    vae = VAE(64, kind="conv", hidden=(4, 8), latent=2, seed=0)
    h = vae.fit(x, 15, batch_size=16, lr=1e-2, progress=False)
    assert h.loss[-1] < h.loss[0] - 10
    assert vae.sample(3).shape == (3, 64)
    assert VAE(seed=0).size == 784 * 400 + 400 + 400 * 40 + 40 + 20 * 400 + 400 + 400 * 784 + 784


@pytest.mark.parametrize(("x", "said"), [
    (strokes(3).reshape(3, 4, 4), r"de forme \(images, 16\) .x\.reshape"),
    (np.zeros((3, 9)), r"de forme \(images, 16\)"),
    (255 * strokes(3), r"des pixels de \[0, 1\]"),
    (np.where(strokes(3) > 0, np.nan, 0), "sans NaN"),
])
def test_other_images_are_refused(x, said):
    with pytest.raises(ValueError, match=said):
        small().fit(x, 1, progress=False)


@pytest.mark.parametrize(("options", "said"), [
    ({"kind": "lstm"}, r"VAE\.kind"),
    ({"beta": -1}, r"VAE\.beta"),
    ({"latent": 0}, r"VAE\.latent"),
    ({"hidden": (0,)}, r"VAE\.hidden"),
    ({"device": "tpu5"}, r"VAE\.device"),
    ({"kind": "conv", "pixels": 15, "hidden": None}, r"VAE\.pixels"),
    ({"kind": "conv", "hidden": (4,)}, r"VAE\.hidden"),
])
def test_settings_are_looked_at(options, said):
    with pytest.raises(ValueError, match=said):
        VAE(**{"pixels": 16, **options})
