"""Two networks against each other: the slopes that make them learn, what keeps the judge reasonable, what they say."""

import copy

import numpy as np
import pytest
import torch
from torch import nn

from course.generative import GAN, VAE, Diverged
from course.generative.adversaries import (
    generator_loss,
    gradient_penalty,
    judge,
    judge_loss,
    stretches,
)
from tests.generative.test_vae import strokes


def small(**options):
    return GAN(16, **{"noise": 4, "hidden": (32,), "seed": 0, **options})


def slope(loss, at):
    s = torch.tensor([float(at)], dtype=torch.float64, requires_grad=True)
    loss(s).backward()
    return s.grad.item()


def test_the_generator_still_learns_when_the_judge_wins():
    """At D(fake) = -20 the slope is -1: raising the logit lowers the loss. The opposite of the judge's is flat."""
    assert slope(generator_loss, -20) == pytest.approx(-1, abs=1e-6)
    assert abs(slope(lambda s: -judge_loss(torch.zeros(1), s), -20)) < 1e-8


def test_the_generator_rests_when_it_wins():
    assert abs(slope(generator_loss, 20)) < 1e-8


def test_the_judge_raises_real_images_and_lowers_fakes():
    zero = torch.zeros(1, dtype=torch.float64)
    assert slope(lambda s: judge_loss(s, zero), 0) == pytest.approx(-0.5)
    assert slope(lambda s: judge_loss(zero, s), 0) == pytest.approx(0.5)
    assert judge_loss(zero, zero).item() == pytest.approx(2 * np.log(2))


def test_the_gradient_reaches_the_first_layer_of_the_generator():
    gan = small().train()
    with torch.no_grad():
        gan.critic[-1].bias.fill_(-30)  # the judge is certain
    generator_loss(gan.critic(gan(torch.randn(8, 4)))).backward()
    assert gan.drawer[0].weight.grad.abs().max() > 1e-4


def test_the_judge_does_not_move_the_generator_nor_the_contrary():
    gan = small()
    drawer, critic = copy.deepcopy(gan.drawer.state_dict()), copy.deepcopy(gan.critic.state_dict())
    still = torch.optim.SGD(gan.drawer.parameters(), 0.0)
    gan.lesson(torch.tensor(strokes(20)), still, torch.optim.SGD(gan.critic.parameters(), 0.1))
    assert torch.equal(gan.drawer[0].weight, drawer["0.weight"])
    assert not torch.equal(gan.critic[0].weight, critic["0.weight"])
    gan.critic.load_state_dict(critic)
    gan.lesson(torch.tensor(strokes(20)), torch.optim.SGD(gan.drawer.parameters(), 0.1),
               torch.optim.SGD(gan.critic.parameters(), 0.0))
    assert torch.equal(gan.critic[0].weight, critic["0.weight"])
    assert not torch.equal(gan.drawer[0].weight, drawer["0.weight"])


def test_a_step_of_each_goes_the_right_way():
    gan, x = small(), torch.tensor(strokes(100))
    before = gan.judge(x).mean(), gan.judge(gan.sample(100)).mean()
    for _ in range(20):
        gan.lesson(x, torch.optim.SGD(gan.drawer.parameters(), 0.0), torch.optim.SGD(gan.critic.parameters(), 0.5))
    after = gan.judge(x).mean(), gan.judge(gan.sample(100)).mean()
    assert after[0] > before[0]
    assert after[0] - after[1] > before[0] - before[1] + 0.1
    for _ in range(20):
        gan.lesson(x, torch.optim.SGD(gan.drawer.parameters(), 0.5), torch.optim.SGD(gan.critic.parameters(), 0.0))
    assert gan.judge(gan.sample(100)).mean() > after[1] + 0.1


def test_the_penalty_of_a_linear_judge_is_its_squared_slope():
    linear = nn.Linear(16, 1)
    x = torch.tensor(strokes(10))
    assert gradient_penalty(linear, x).item() == pytest.approx((linear.weight**2).sum().item(), rel=1e-5)
    gradient_penalty(linear, x).backward()
    torch.testing.assert_close(linear.weight.grad, 2 * linear.weight.detach())


def test_the_penalty_is_a_mean_over_images_of_a_slope():
    """By finite differences on a judge that bends."""
    net, x = judge(16, (32,), False).double(), torch.tensor(strokes(5)).double() * 0.9 + 0.05
    steps, h = torch.eye(16, dtype=torch.float64), 1e-6
    with torch.no_grad():
        slopes = torch.stack([((net(x + h * e) - net(x - h * e)) / (2 * h))[:, 0] for e in steps], dim=1)
    assert gradient_penalty(net, x).item() == pytest.approx((slopes**2).sum(1).mean().item(), rel=1e-4)


def test_the_penalty_flattens_the_judge():
    x = strokes()
    steep, flat = (small(penalty=p) for p in ("none", "gradient"))
    for gan in (steep, flat):
        gan.fit(x, 20, batch_size=20, lr=2e-3, progress=False)
    slopes = [gradient_penalty(gan.critic, torch.tensor(x)).item() for gan in (steep, flat)]
    assert slopes[1] < 0.2 * slopes[0]


def test_spectral_normalisation_stretches_by_one():
    """The power iteration of the layer against the singular values of its matrix."""
    net = judge(64, (40, 30), True).train()
    for _ in range(60):
        net(torch.zeros(2, 64))  # one iteration each
    np.testing.assert_allclose(stretches(net), 1, atol=0.02)
    layer = net[0]
    raw = layer.parametrizations.weight.original.detach()
    sigma = np.linalg.svd(raw.numpy(), compute_uv=False)[0]
    np.testing.assert_allclose(layer.weight.detach(), raw / sigma, atol=0.02)


def test_it_still_does_after_learning_and_the_plain_judge_does_not():
    plain, spectral = (small(penalty=p) for p in ("none", "spectral"))
    for gan in (plain, spectral):
        gan.fit(strokes(), 10, batch_size=20, lr=2e-3, progress=False)
    assert max(plain.stretches()) > 1.5
    np.testing.assert_allclose(spectral.stretches(), 1, atol=0.1)


def test_the_lipschitz_bound_follows():
    """Three matrices that stretch nothing, LeakyReLU between them: no slope exceeds 1."""
    gan = small(penalty="spectral")
    gan.fit(strokes(), 10, batch_size=20, lr=2e-3, progress=False)
    assert gradient_penalty(gan.critic, torch.tensor(strokes(100, seed=3))).item() < 1.2


@pytest.mark.parametrize("penalty", ["none", "spectral", "gradient"])
def test_it_learns_to_draw_strokes(penalty):
    """Four lit pixels of sixteen; a sample is judged by its distance to the nearest of the eight strokes."""
    gan, all_strokes = small(penalty=penalty), np.unique(strokes(), axis=0)

    def far(images):
        return np.sqrt(((images[:, None] - all_strokes) ** 2).sum(2)).min(1).mean()

    before = far(gan.sample(200))
    h = gan.fit(strokes(), 150, batch_size=20, lr=2e-3, progress=False)
    assert far(gan.sample(200)) < 0.5 * before
    assert 0.3 < h.real[-1] <= 1
    assert len(h.generator) == len(h.judge) == len(h.fake) == len(h.seconds) == 150


def test_validation_shows_a_judge_that_learns_by_heart():
    x, others = (np.random.default_rng(s).random((40, 16)) for s in (0, 1))
    gan = small(hidden=(128,))
    h = gan.fit(x, 2, batch_size=20, valid=others, progress=False)
    assert h.valid[-1] == pytest.approx(gan.judge(others).mean(), rel=1e-5)
    assert h.valid[-1] == pytest.approx(gan.judge(x).mean(), abs=0.03)
    still, judging = torch.optim.SGD(gan.drawer.parameters(), 0.0), torch.optim.Adam(gan.critic.parameters(), 1e-2)
    for _ in range(150):
        gan.lesson(gan.tensor("x", x), still, judging)
    assert gan.judge(others).mean() < gan.judge(x).mean() - 0.1


@pytest.mark.parametrize("ask", ["sample", "judge"])
def test_answers_are_given_in_the_state_that_answers(ask):
    gan, states = small().train(), []
    for part in (gan.drawer, gan.critic):
        part.register_forward_pre_hook(lambda module, _: states.append(module.training))
    getattr(gan, ask)({"sample": 3, "judge": strokes(3)}[ask])
    assert set(states) == {False}
    assert gan.training


def test_an_image_does_not_depend_on_those_drawn_with_it():
    """Left in the state that learns, the normalisation over the batch would mix them; one image would be refused."""
    gan = small()
    gan.fit(strokes(), 3, progress=False)
    gan.train()
    np.testing.assert_allclose(gan.sample(1, seed=3)[0], gan.sample(40, seed=3)[0], atol=1e-6)
    means = gan.drawer[1].running_mean.clone()
    gan.sample(100)
    assert torch.equal(gan.drawer[1].running_mean, means)


def test_same_seed_same_images():
    a, b = (small(seed=7, penalty="spectral") for _ in range(2))
    for gan in (a, b):
        gan.fit(strokes(), 2, batch_size=20, progress=False)
    np.testing.assert_array_equal(a.sample(5, seed=1), b.sample(5, seed=1))
    assert not np.array_equal(a.sample(5, seed=1), a.sample(5, seed=2))


@pytest.mark.parametrize("penalty", ["none", "spectral"])
def test_a_file_gives_the_same_network(tmp_path, penalty):
    gan = small(penalty=penalty)
    gan.fit(strokes(), 2, progress=False)
    again = GAN.load(gan.save(tmp_path / "gan.safetensors"))
    np.testing.assert_array_equal(again.sample(4, seed=0), gan.sample(4, seed=0))
    np.testing.assert_array_equal(again.judge(strokes(9)), gan.judge(strokes(9)))
    assert again.config == gan.config
    assert [p.name for p in tmp_path.iterdir()] == ["gan.safetensors"]


def test_the_file_of_another_model_is_refused(tmp_path):
    path = VAE(16, hidden=(4,), latent=2).save(tmp_path / "vae.safetensors")
    with pytest.raises(ValueError, match=r"GAN\.load\u00a0: un fichier écrit par GAN\.save"):
        GAN.load(path)


def test_divergence_stops_says_the_rate_and_keeps_the_last_good_weights():
    gan = small()
    gan.fit(strokes(), 1, progress=False)
    before = copy.deepcopy(gan.state_dict())
    with pytest.raises(Diverged, match=r"à l'époque 1, avec lr = 1e\+38.*plus petit"):
        gan.fit(strokes(), 30, lr=1e38, progress=False)
    for name, value in gan.state_dict().items():
        assert torch.equal(value, before[name])


def test_its_size_is_that_of_both():
    gan = GAN(seed=0)
    assert gan.generator_size == 64 * 256 + 3 * 256 + 256 * 256 + 3 * 256 + 256 * 784 + 784
    assert gan.size - gan.generator_size == 784 * 256 + 256 + 256 * 256 + 256 + 256 + 1
    assert gan.size == GAN(penalty="spectral", seed=0).size


@pytest.mark.parametrize(("options", "said"), [
    ({"penalty": "spectrale"}, r"GAN\.penalty.*vouliez-vous dire spectral"),
    ({"noise": 0}, r"GAN\.noise"),
    ({"hidden": (3, 0.5)}, r"GAN\.hidden"),
    ({"pixels": -1}, r"GAN\.pixels"),
])
def test_settings_are_looked_at(options, said):
    with pytest.raises(ValueError, match=said):
        GAN(**{"pixels": 16, **options})


def test_images_are_looked_at():
    with pytest.raises(ValueError, match=r"GAN\.judge\.x\u00a0: .*\(images, 16\)"):
        small().judge(np.zeros((2, 15)))
    with pytest.raises(ValueError, match=r"fit\.x\u00a0: au moins deux images"):
        small().fit(np.zeros((1, 16)), 1)
