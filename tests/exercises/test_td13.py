"""The formulas of TD13's exercises against course.generative, against torch, and against what they must mean."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn.functional import binary_cross_entropy_with_logits

from course.exercises.judge import judge
from course.exercises.td13 import EXERCISES
from course.exercises.td13.bound import elbo
from course.exercises.td13.covariance import moyenne_covariance
from course.exercises.td13.divergence import divergence
from course.exercises.td13.journey import frechet_gauss
from course.exercises.td13.losses import pertes
from course.exercises.td13.museum import reconstruction
from course.exercises.td13.reparametrisation import tirer
from course.exercises.td13.scoring import normaliser
from course.generative import GAN, VAE, frechet, kl, moments
from course.generative.adversaries import generator_loss, judge_loss

ROOT = Path(__file__).parents[2]
rng = np.random.default_rng(13)


def laws(n=5, code=4):
    return rng.normal(0, 1, (n, code)), rng.normal(-0.5, 0.8, (n, code))


def images(n, pixels=16):
    return (rng.random((n, pixels)) < 0.4).astype("float32")


def test_the_divergence_is_the_library_s_and_torch_s():
    mu, logvar = laws()
    q = torch.distributions.Normal(torch.tensor(mu), torch.tensor(logvar / 2).exp())
    theirs = torch.distributions.kl_divergence(q, torch.distributions.Normal(0.0, 1.0)).sum(1)
    assert np.allclose(divergence(mu, logvar), theirs)
    assert np.allclose(divergence(mu, logvar), kl(mu, logvar))


def test_codes_drawn_have_the_law_that_was_written():
    mu, logvar = laws(2, 3)
    z = np.array([tirer(mu, logvar, eps) for eps in rng.normal(size=(40_000, 2, 3))])
    assert np.allclose(z.mean(axis=0), mu, atol=0.05)
    assert np.allclose(z.var(axis=0), np.exp(logvar), rtol=0.05)


def test_the_gradient_passes_through_the_draw():
    """To μ as it is, to log σ² as σ ε / 2: what drawing z directly would have cut."""
    mu, logvar = (torch.tensor(part, requires_grad=True) for part in laws(1, 3))
    eps = torch.tensor(rng.normal(size=(1, 3)))
    (mu + torch.exp(logvar / 2) * eps).sum().backward()
    h, at = 1e-6, logvar.detach().numpy()
    slope = (tirer(0, at + h, eps.numpy()) - tirer(0, at - h, eps.numpy())) / (2 * h)
    assert torch.equal(mu.grad, torch.ones(1, 3, dtype=torch.float64))
    assert np.allclose(logvar.grad, slope, rtol=1e-6)


def test_the_bound_is_the_library_s_mean():
    vae, x = VAE(16, hidden=(8,), latent=3, seed=1), images(4000)
    mu, logvar = vae.encode(x)
    z = tirer(mu, logvar, rng.normal(size=mu.shape)).astype("float32")
    ours = elbo(x, vae.decode(z).astype(float), mu, logvar, 2.0).mean()
    assert ours == pytest.approx(vae.elbo(x, 2.0).total, rel=5e-3)


def test_the_bound_of_one_image_is_cross_entropy_and_divergence():
    x, s = images(3), rng.normal(size=(3, 16))
    mu, logvar = laws(3, 2)
    pixels = -binary_cross_entropy_with_logits(torch.tensor(s), torch.tensor(x).double(), reduction="none").sum(1)
    assert np.allclose(elbo(x, 1 / (1 + np.exp(-s)), mu, logvar, 0.7), pixels.numpy() - 0.7 * kl(mu, logvar))


def test_the_losses_are_the_library_s_even_when_the_judge_is_sure():
    real, fake = rng.normal(2, 2, 7), np.append(rng.normal(-3, 3, 9), -900)
    theirs = judge_loss(torch.tensor(real), torch.tensor(fake)), generator_loss(torch.tensor(fake))
    assert np.allclose(pertes(real, fake), theirs)


def test_only_the_loss_that_does_not_saturate_still_has_a_slope():
    s = np.array([-30.0])
    h = 1e-3
    slope = (pertes(s, s + h)[1] - pertes(s, s - h)[1]) / (2 * h)
    saturating = -(np.logaddexp(0, s + h) - np.logaddexp(0, s - h))[0] / (2 * h)
    assert slope == pytest.approx(-1, rel=1e-6)
    assert abs(saturating) < 1e-10


def test_the_journey_is_the_library_s_and_in_one_dimension_two_squares():
    A, B = rng.normal(size=(2, 5, 9))
    m1, m2 = rng.normal(size=(2, 5))
    assert frechet_gauss(m1, A @ A.T, m2, B @ B.T) == pytest.approx(frechet(m1, A @ A.T, m2, B @ B.T))
    one = frechet_gauss(np.array([1.0]), np.array([[4.0]]), np.array([3.5]), np.array([[0.25]]))
    assert one == pytest.approx(2.5**2 + 1.5**2)


def test_no_straight_carriage_costs_less_than_the_journey():
    """A Gaussian sent to the other one by a matrix: the cheapest one costs what the formula says, no other one less."""
    A, B = rng.normal(size=(2, 2, 4))
    C1, C2 = A @ A.T, B @ B.T
    L1, L2 = np.linalg.cholesky(C1), np.linalg.cholesky(C2)
    turns = [np.array([[np.cos(a), -k * np.sin(a)], [np.sin(a), k * np.cos(a)]])
             for a in np.linspace(0, 2 * np.pi, 2000) for k in (1, -1)]
    costs = [np.sum((L1 - L2 @ turn) ** 2) for turn in turns]
    assert frechet_gauss(np.zeros(2), C1, np.zeros(2), C2) == pytest.approx(min(costs), rel=1e-4)


def test_a_vae_that_never_samples_flatters_itself():
    vae, motifs = VAE(16, hidden=(12,), latent=3, seed=2), images(6)
    x = np.abs(motifs[rng.integers(6, size=300)] - (rng.random((300, 16)) < 0.05)).astype("float32")
    vae.fit(x, 100, batch_size=50, progress=False)
    mu, logvar = (part.astype(float) for part in vae.encode(x))
    drawn = reconstruction(x, mu, logvar, rng.normal(size=(20, *mu.shape)), vae.decode)
    still = reconstruction(x, mu, logvar, np.zeros((1, *mu.shape)), vae.decode)
    assert drawn.mean() == pytest.approx(vae.elbo(x).reconstruction, rel=0.05)
    assert still.mean() > drawn.mean() + 0.2


def test_moments_are_the_library_s_and_lying_down_gives_another_distance():
    t = rng.normal(size=(40, 6))
    for ours, theirs in zip(moyenne_covariance(t), moments("t", t), strict=True):
        assert np.allclose(ours, theirs)
    assert np.cov(t).shape == (40, 40)


def test_a_normalisation_is_torch_s_once_it_no_longer_learns():
    layer = torch.nn.BatchNorm1d(4, eps=0.05).double()
    x = torch.tensor(rng.normal(3, 2, (50, 4)))
    layer(x)  # it learns from this batch
    learning = layer(x[:5]).detach()
    layer.eval()
    kept = [part.detach().numpy() for part in (layer.running_mean, layer.running_var, layer.weight, layer.bias)]
    assert np.allclose(normaliser(x[:5].numpy(), *kept, 0.05), layer(x[:5]).detach())
    assert not np.allclose(learning, layer(x[:5]).detach(), atol=0.1)


def test_the_course_s_generator_answers_in_the_right_state():
    """An image does not depend on those drawn with it, and looking changes nothing."""
    gan = GAN(16, noise=3, hidden=(8,), seed=0)
    gan.fit(images(100), 3, batch_size=20, progress=False)
    before = {name: value.clone() for name, value in gan.state_dict().items()}
    assert np.allclose(gan.sample(50, seed=1)[:1], gan.sample(1, seed=1), atol=1e-6)
    assert all(torch.equal(value, before[name]) for name, value in gan.state_dict().items())


@pytest.mark.parametrize("known", EXERCISES, ids=lambda known: known.id)
def test_the_solution_shown_runs_in_a_notebook_that_has_numpy(known):
    names = {"np": np}
    exec(known.solution, names)
    assert judge(known, names[known.reference.__name__]).passed


@pytest.mark.parametrize("known", EXERCISES, ids=lambda known: known.id)
def test_there_are_three_hints_and_none_is_the_answer(known):
    lines = {line.strip() for line in known.solution.splitlines()[1:] if len(line.strip()) > 12}
    assert len(known.hints) == 3
    assert not [line for line in lines for hint in known.hints if line in hint]


def test_checking_does_not_load_torch():
    code = (
        "import sys\nfrom course.exercises.judge import judge\nfrom course.exercises.td13 import EXERCISES\n"
        "assert all(judge(one, one.reference).passed for one in EXERCISES)\nprint('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
