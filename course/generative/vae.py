"""A variational auto-encoder: a network that writes a law of codes for each image, and one that draws from a code.

The code is free to be what it wants in an auto-encoder, so nobody knows where to draw a new one. Here q(z|x) is a
Gaussian that the encoder writes, the prior p(z) = N(0, I) is known, and what is raised is a lower bound of log p(x):

    ELBO = E_q [log p(x|z)] - β KL(q(z|x) ‖ p(z))        β = 1: it never exceeds log p(x)

Each pixel is a Bernoulli draw. Gradients pass through the draw because z = μ + σ ε, with ε drawn apart.

Source: Kingma and Welling 2014; β: Higgins and others 2017; importance weights: Burda and others 2016.
"""

import math
from typing import NamedTuple

import numpy as np
import torch
from torch.nn.functional import binary_cross_entropy_with_logits

from course import _check
from course.generative.deep import Deep, array
from course.generative.layers import coders
from course.nn.given import count, floats

LOG_VARIANCE = 20.0  # |log σ²| beyond which σ is no longer a number worth having


class Elbo(NamedTuple):
    """Means over the images, in nats: `total` = `reconstruction` - β `kl`."""

    total: float
    reconstruction: float
    kl: float


def kl(mu, logvar):
    """KL(N(μ, σ²) ‖ N(0, I)) of each row, in closed form: ½ Σ (σ² + μ² - 1 - log σ²).

    >>> kl(np.array([[1.0, 0.0]]), np.zeros((1, 2)))
    array([0.5])
    """
    exp = torch.exp if isinstance(mu, torch.Tensor) else np.exp
    return 0.5 * (exp(logvar) + mu**2 - 1 - logvar).sum(1)


class VAE(Deep):
    """An encoder to μ and log σ², a decoder to one logit a pixel.

    Args:
        pixels: of an image. latent: numbers in a code. beta: β, what the KL weighs while learning.
        kind: « mlp » (layers of `hidden` neurons) or « conv » (square images; `hidden` are two numbers of filters).

    >>> vae = VAE(16, hidden=(8,), latent=2, seed=0)
    >>> vae.sample(3, seed=1).shape, vae.size
    ((3, 16), 340)
    """

    names = ("loss", "reconstruction", "kl", "valid")

    def __init__(self, pixels: int = 784, *, hidden: tuple[int, ...] | None = None, kind: str = "mlp",
                 latent: int = 20, beta: float = 1.0, seed: int = 0, device: str = "cpu") -> None:
        kind = _check.one_of("VAE.kind", kind, ("mlp", "conv"))
        hidden = ((16, 32) if kind == "conv" else (400,)) if hidden is None else hidden
        latent, beta = count("VAE.latent", latent), _check.not_negative("VAE.beta", beta)
        super().__init__(pixels, seed, device, hidden=list(hidden), kind=kind, latent=latent, beta=beta)
        self.latent, self.beta = latent, beta
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(self.seed)
            self.encoder, self.decoder = coders(kind, self.pixels, tuple(hidden), latent)
        self.to(self.where)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """(logits, μ, log σ²); the code is drawn while learning, and is μ afterwards."""
        mu, logvar = self.law(x)
        z = mu
        if self.training:
            z = mu + (logvar / 2).exp() * torch.randn(mu.shape, generator=self.noise, device=mu.device)
        return self.decoder(z), mu, logvar

    def law(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """μ and log σ² of q(z|x)."""
        mu, logvar = self.encoder(x).chunk(2, dim=1)
        return mu, logvar.clamp(-LOG_VARIANCE, LOG_VARIANCE)

    def optimizers(self, lr: float) -> tuple[torch.optim.Optimizer, ...]:
        return (torch.optim.Adam(self.parameters(), lr),)

    def lesson(self, x: torch.Tensor, optimizer: torch.optim.Optimizer) -> dict[str, float]:
        """One step up the ELBO; what it was, per image."""
        logits, mu, logvar = self(x)
        reconstruction, divergence = log_bernoulli(logits, x).mean(), kl(mu, logvar).mean()
        loss = self.beta * divergence - reconstruction
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return {"loss": loss.item(), "reconstruction": reconstruction.item(), "kl": divergence.item()}

    def judgement(self, x: torch.Tensor) -> dict[str, float]:
        """-ELBO (with the β of learning) of images that nothing is learnt from."""
        return {"valid": -self.bound(x, self.beta, self.draws("fit.seed", None)).total}

    def encode(self, x: object) -> tuple[np.ndarray, np.ndarray]:
        """μ and log σ² of q(z|x), two arrays (images, latent)."""
        x = self.tensor("encode.x", x)
        with self.answering():
            mu, logvar = self.law(x)
        return array(mu), array(logvar)

    def decode(self, z: object) -> np.ndarray:
        """The probability of each pixel, for codes (n, latent)."""
        z = floats("VAE.decode.z", np.asarray(z, dtype=np.float32), ("n", self.latent))
        with self.answering():
            return array(torch.sigmoid(self.decoder(torch.from_numpy(z).to(self.where))))

    def sample(self, n: int, seed: int | None = None) -> np.ndarray:
        """`n` images, the probabilities of codes drawn from N(0, I)."""
        return self.decode(array(self.codes(n, self.latent, seed)))

    def elbo(self, x: object, beta: float = 1.0, *, seed: int | None = None) -> Elbo:
        """The bound of log p(x), a code drawn for each image: with β = 1, its mean never exceeds that of log p."""
        beta = _check.not_negative("VAE.elbo.beta", beta)
        return self.bound(self.tensor("elbo.x", x), beta, self.draws("elbo.seed", seed))

    def bound(self, x: torch.Tensor, beta: float, draws: torch.Generator) -> Elbo:
        sums = torch.zeros(2, dtype=torch.float64)
        with self.answering():
            for part in x.split(1000):
                mu, logvar = self.law(part)
                z = mu + (logvar / 2).exp() * torch.randn(mu.shape, generator=draws, device=mu.device)
                sums[0] += log_bernoulli(self.decoder(z), part).sum().item()
                sums[1] += kl(mu, logvar).sum().item()
        reconstruction, divergence = (sums / len(x)).tolist()
        return Elbo(reconstruction - beta * divergence, reconstruction, divergence)

    def log_likelihood(self, x: object, samples: int = 100, *, seed: int | None = None) -> np.ndarray:
        """log p(x) of each image by importance: log mean of p(x|z) p(z) / q(z|x) over codes drawn from q.

        The logarithm of a mean of `samples` terms: too low on average, and less and less so as they grow in number.
        """
        x, samples = self.tensor("log_likelihood.x", x), count("VAE.log_likelihood.samples", samples)
        draws, found = self.draws("log_likelihood.seed", seed), []
        with self.answering():
            for part in x.split(max(1, 20_000 // samples)):
                mu, logvar = self.law(part)
                eps = torch.randn(samples, *mu.shape, generator=draws, device=mu.device)
                z = mu + (logvar / 2).exp() * eps
                logits = self.decoder(z.reshape(-1, self.latent)).reshape(samples, len(part), -1)
                prior, chosen = -(z**2).sum(2) / 2, -(eps**2 + logvar).sum(2) / 2  # the 2π of both go away
                weights = log_bernoulli(logits, part.expand_as(logits), axis=2) + prior - chosen
                found.append(array(torch.logsumexp(weights.double(), 0) - math.log(samples)))
        return np.concatenate(found)


def log_bernoulli(logits: torch.Tensor, x: torch.Tensor, axis: int = 1) -> torch.Tensor:
    """log p(x|z), summed over the pixels: x log p + (1 - x) log (1 - p)."""
    return -binary_cross_entropy_with_logits(logits, x, reduction="none").sum(axis)
