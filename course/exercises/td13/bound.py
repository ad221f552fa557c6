"""Exercise 13.3: what a VAE raises, image by image."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds
from course.exercises.td13.divergence import divergence


def _log_bernoulli(x, p):
    return (x * np.log(p) + (1 - x) * np.log(1 - p)).sum(axis=1)


def elbo(x, p, mu, logvar, beta):
    """log p(x|z) - β KL of each image (images,), from its pixels 0 or 1, what the decoder gives them, and its code."""
    return _log_bernoulli(x, p) - beta * divergence(mu, logvar)


def _draw(rng):
    n, pixels, code = int(rng.integers(3, 6)), int(rng.integers(7, 11)), int(rng.integers(2, 5))
    return {
        "x": (rng.random((n, pixels)) < 0.4).astype(float), "p": rng.uniform(0.05, 0.95, (n, pixels)),
        "mu": rng.normal(0, 1, (n, code)), "logvar": rng.normal(-1, 0.7, (n, code)),
        "beta": float(rng.uniform(0.3, 4)),
    }  # fmt: skip


def _pixel_by_pixel(x, p, mu, logvar, beta):
    found = []
    for k in range(len(x)):
        total = sum(np.log(q) if v == 1 else np.log(1 - q) for v, q in zip(x[k], p[k], strict=True))
        total -= beta * sum((np.exp(s) + m * m - 1 - s) / 2 for m, s in zip(mu[k], logvar[k], strict=True))
        found.append(total)
    return found


def _what_happened(x, p, mu, logvar, beta):
    """The probability given to what the pixel was."""
    given = np.where(x > 0.5, p, 1 - p)
    return np.log(given).sum(axis=-1) - beta * divergence(mu, logvar)


def _by_logits(x, p, mu, logvar, beta):
    s = np.log(p / (1 - p))
    return (x * s - np.logaddexp(0, s)).sum(1) - beta * (np.expm1(logvar) - logvar + mu**2).sum(1) / 2


def _product(x, p, mu, logvar, beta):
    return np.log(np.prod(p**x * (1 - p) ** (1 - x), axis=1)) - beta * divergence(mu, logvar)


BOUND = Exercise(
    id="13.3",
    title="La borne, image par image",
    reference=elbo,
    samples=_draw,
    invariants=[
        holds(
            lambda f, out, x, p, mu, logvar, beta: np.allclose(f(x=1 - x, p=1 - p), out),
            "ne change pas si l'on échange le noir et le blanc",
            "Échangez 0 et 1, p et 1 − p : rien n'a changé que les noms, la borne doit rester la même.",
        ),
        holds(
            lambda f, out, x, p, mu, logvar, beta: bool(np.all(np.asarray(f(beta=2 * beta)) < np.asarray(out))),
            "baisse quand β monte",
            "La divergence se paie : un β plus grand doit faire baisser la borne.",
        ),
        holds(
            lambda f, out, x, p, mu, logvar, beta: bool(np.all(np.asarray(out) <= 0)),
            "n'est jamais positif",
            "Le logarithme d'une probabilité n'est pas positif, et la divergence se soustrait.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda x, p, mu, logvar, beta: -elbo(x, p, mu, logvar, beta),
            "C'est la perte, que l'on descend. La borne, que l'on monte, est son opposée.",
        ),
        Misconception(
            lambda x, p, mu, logvar, beta: _log_bernoulli(x, p) + beta * divergence(mu, logvar),
            "La divergence s'ajoute : votre modèle serait récompensé de s'écarter de la loi a priori.",
        ),
        Misconception(
            lambda x, p, mu, logvar, beta: _log_bernoulli(x, p),
            "La divergence manque : rien ne tient plus les codes, et un code tiré au sort ne dessinerait rien.",
        ),
        Misconception(
            lambda x, p, mu, logvar, beta: _log_bernoulli(x, p) - divergence(mu, logvar),
            "β n'y est pas : la divergence pèse toujours 1.",
        ),
        Misconception(
            lambda x, p, mu, logvar, beta: beta * (_log_bernoulli(x, p) - divergence(mu, logvar)),
            "β pèse les deux termes. Il ne pèse que la divergence.",
        ),
        Misconception(
            lambda x, p, mu, logvar, beta: beta * _log_bernoulli(x, p) - divergence(mu, logvar),
            "β pèse la reconstruction. C'est la divergence qu'il pèse.",
        ),
        Misconception(
            lambda x, p, mu, logvar, beta: (x * np.log(p)).sum(axis=1) - beta * divergence(mu, logvar),
            "Seuls les pixels blancs comptent : allumer tous les pixels serait parfait. Un pixel noir apporte "
            "log(1 − p).",
        ),
        Misconception(
            lambda x, p, mu, logvar, beta: -((x - p) ** 2).sum(axis=1) - beta * divergence(mu, logvar),
            "C'est une erreur quadratique, la log-vraisemblance d'une loi de Gauss. Un pixel binaire suit une loi de "
            "Bernoulli.",
        ),
        Misconception(
            lambda x, p, mu, logvar, beta: _log_bernoulli(x, p) / x.shape[1] - beta * divergence(mu, logvar),
            "Vous faites la moyenne des pixels : la divergence pèserait autant de fois trop. Les logarithmes de "
            "pixels indépendants s'ajoutent.",
        ),
        Misconception(
            lambda x, p, mu, logvar, beta: _log_bernoulli(x, p) - beta * divergence(mu, logvar) / mu.shape[1],
            "Vous faites la moyenne des nombres du code : leurs divergences s'ajoutent.",
        ),
        Misconception(
            lambda x, p, mu, logvar, beta: elbo(x, p, mu, logvar, beta).mean(),
            "C'est la moyenne des images. On demande une borne par image.",
        ),
        Misconception(
            lambda x, p, mu, logvar, beta: elbo(x, p, mu, logvar, beta).sum(),
            "Vous sommez aussi les images. On demande une borne par image.",
        ),
        Misconception(
            lambda x, p, mu, logvar, beta: _log_bernoulli(p, np.clip(x, 1e-6, 1 - 1e-6))
            - beta * divergence(mu, logvar),
            "x et p sont échangés : c'est p, la probabilité, dont on prend le logarithme.",
        ),
    ],
    hints=[
        "Deux nombres par image : ce que valent ses pixels pour le décodeur, et ce que coûte son code.",
        "Un pixel x, 0 ou 1, a la probabilité p s'il vaut 1, 1 − p s'il vaut 0. Les logarithmes s'ajoutent.",
        "Votre `divergence` donne le second nombre ; β le multiplie, et il se soustrait.",
    ],
    alternatives=[
        _pixel_by_pixel, _what_happened, _by_logits, _product,
        lambda x, p, mu, logvar, beta: np.float32(elbo(x, p, mu, logvar, beta)),
        lambda x, p, mu, logvar, beta: np.einsum("ij,ij->i", x, np.log(p)) + np.einsum(
            "ij,ij->i", 1 - x, np.log1p(-p)) - beta * divergence(mu, logvar),
    ],
    mutants=[
        lambda x, p, mu, logvar, beta: elbo(1 - x, p, mu, logvar, beta),
        lambda x, p, mu, logvar, beta: _log_bernoulli(x, p) - beta**2 * divergence(mu, logvar),
        lambda x, p, mu, logvar, beta: _log_bernoulli(x, p) / np.log(2) - beta * divergence(mu, logvar),
        lambda x, p, mu, logvar, beta: _log_bernoulli(x, p) - beta * np.sqrt(divergence(mu, logvar)),
    ],
    solution="""def elbo(x, p, mu, logvar, beta):
    pixels = x * np.log(p) + (1 - x) * np.log(1 - p)
    code = 0.5 * (np.exp(logvar) + mu**2 - 1 - logvar)
    return pixels.sum(axis=1) - beta * code.sum(axis=1)
""",
)  # fmt: skip
