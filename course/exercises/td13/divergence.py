"""Exercise 13.1: how far the code of each image strays from the prior, in closed form."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def divergence(mu, logvar):
    """KL(N(mu, σ²) ‖ N(0, 1)), summed over the code: (images,), from mu and log σ² (images, code) [nats]."""
    return 0.5 * (np.exp(logvar) + mu**2 - 1 - logvar).sum(axis=1)


def _draw(rng):
    shape = int(rng.integers(3, 6)), int(rng.integers(6, 9))
    return {"mu": rng.normal(0, 1.2, shape), "logvar": rng.normal(-1, 0.8, shape)}


def _one_by_one(mu, logvar):
    found = []
    for m, s in zip(mu, logvar, strict=True):
        total = 0.0
        for k in range(len(m)):
            total += (np.exp(s[k]) + m[k] ** 2 - 1 - s[k]) / 2
        found.append(total)
    return found


def _by_quadrature(mu, logvar):
    """The mean of log q - log p under q: a polynomial, that five points integrate exactly."""
    x, w = np.polynomial.hermite_e.hermegauss(5)
    z = mu[..., None] + np.exp(logvar / 2)[..., None] * x
    gap = z**2 / 2 - x**2 / 2 - logvar[..., None] / 2
    return (gap @ w).sum(axis=1) / np.sqrt(2 * np.pi)


def _by_sigma(mu, logvar):
    sigma = np.sqrt(np.exp(logvar))
    return (-np.log(sigma) + (sigma**2 + mu**2) / 2 - 1 / 2).sum(axis=-1)


def _matrices(mu, logvar):
    """The formula of two Gaussians in several dimensions, with its trace and its determinant."""
    found = np.empty(len(mu))
    for k in range(len(mu)):
        C = np.diag(np.exp(logvar[k]))
        found[k] = 0.5 * (np.trace(C) + mu[k] @ mu[k] - len(C) - np.linalg.slogdet(C)[1])
    return found


def _terms(variance=np.exp, one=1.0, log=lambda s: s, half=0.5, mean=np.square):
    return lambda mu, logvar: half * (variance(logvar) + mean(mu) - one - log(logvar)).sum(axis=1)


DIVERGENCE = Exercise(
    id="13.1",
    title="Un code loin de sa loi",
    reference=divergence,
    samples=_draw,
    units={},
    invariants=[
        holds(
            lambda f, out, mu, logvar: np.allclose(f(mu=0 * mu, logvar=0 * logvar), 0),
            "est nul quand μ = 0 et log σ² = 0",
            "Deux lois égales ne s'écartent pas : en μ = 0 et σ = 1, tout doit s'annuler.",
        ),
        holds(
            lambda f, out, mu, logvar: bool(np.all(np.asarray(out) >= 0)),
            "n'est jamais négatif",
            "Une divergence de Kullback et Leibler n'est jamais négative.",
        ),
        holds(
            lambda f, out, mu, logvar: np.allclose(f(mu=-mu), out),
            "ne dépend pas du signe de μ",
            "La loi a priori est centrée : s'en écarter vers le haut ou vers le bas coûte autant.",
        ),
    ],
    misconceptions=[
        Misconception(
            _terms(half=1.0),
            "Il manque le facteur ½, celui de la densité de Gauss.",
        ),
        Misconception(
            _terms(half=-0.5),
            "Le signe est retourné : une divergence est positive. C'est la borne qui la soustraira.",
        ),
        Misconception(
            _terms(variance=lambda s: np.exp(s / 2)),
            "exp(logvar / 2) est σ. C'est la variance qui entre dans la formule.",
        ),
        Misconception(
            _terms(variance=lambda s: np.exp(2 * s), log=lambda s: 2 * s),
            "Vous traitez `logvar` comme log σ. C'est log σ² : l'exponentielle donne déjà la variance.",
        ),
        Misconception(
            _terms(one=0.0),
            "Le − 1 manque : même quand les deux lois sont égales, votre divergence n'est pas nulle.",
        ),
        Misconception(
            _terms(log=lambda s: 0 * s),
            "Le terme en log σ² manque : rien n'empêche plus la variance de s'effondrer vers zéro.",
        ),
        Misconception(
            _terms(log=lambda s: -s),
            "Le log σ² entre avec un signe moins : c'est lui qui retient la variance de tomber à zéro.",
        ),
        Misconception(
            _terms(log=lambda s: s / 2),
            "C'est log σ² qui est soustrait, et non log σ, à l'intérieur de la parenthèse.",
        ),
        Misconception(
            _terms(mean=lambda m: m),
            "La moyenne entre par son carré : un écart vers le bas coûte autant qu'un écart vers le haut.",
        ),
        Misconception(
            lambda mu, logvar: 0.5 * (np.exp(-logvar) * (1 + mu**2) - 1 + logvar).sum(axis=1),
            "C'est la divergence dans l'autre sens, de N(0, 1) à N(μ, σ²). Elle n'est pas symétrique.",
        ),
        Misconception(
            lambda mu, logvar: 0.5 * (np.exp(logvar) + mu**2 - 1 - logvar).mean(axis=1),
            "Vous faites la moyenne des nombres du code. Ils sont indépendants : leurs divergences s'ajoutent.",
        ),
        Misconception(
            lambda mu, logvar: 0.5 * (np.exp(logvar) + mu**2 - 1 - logvar),
            "C'est la divergence de chaque nombre du code. Il en faut une par image : sommez sur l'axe 1.",
        ),
        Misconception(
            lambda mu, logvar: 0.5 * (np.exp(logvar) + mu**2 - 1 - logvar).sum(),
            "Vous sommez aussi les images. Il en faut une par ligne.",
        ),
        Misconception(
            lambda mu, logvar: 0.5 * (np.exp(logvar) + mu**2 - 1 - logvar).sum(axis=0),
            "Vous sommez les images, et gardez les nombres du code : c'est l'autre axe.",
        ),
    ],
    hints=[
        "Sous q, que valent la moyenne de z² et celle de (z − μ)²/σ² ? Le reste est une constante.",
        "La moyenne de z² est μ² + σ², et `np.exp(logvar)` est σ².",
        "Quatre termes, un facteur ½, puis une somme sur les nombres du code, axe 1. Vérifiez qu'en μ = 0, σ = 1, "
        "tout s'annule.",
    ],
    alternatives=[
        _one_by_one, _by_quadrature, _by_sigma, _matrices,
        lambda mu, logvar: np.einsum("ij->i", np.expm1(logvar) - logvar + mu * mu) / 2,
        lambda mu, logvar: divergence(mu, logvar).astype(np.float32),
    ],
    mutants=[
        _terms(mean=lambda m: m**2 / 2),
        _terms(variance=lambda s: 1 + s),
        _terms(one=-1.0),
        lambda mu, logvar: np.sqrt(divergence(mu, logvar)),
    ],
    solution="""def divergence(mu, logvar):
    termes = np.exp(logvar) + mu**2 - 1 - logvar
    return 0.5 * termes.sum(axis=1)
""",
)  # fmt: skip
