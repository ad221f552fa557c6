"""Exercise 13.2: a draw of the code that lets the gradient through."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def tirer(mu, logvar, eps):
    """A code of N(mu, σ²), from mu, log σ² and a standard draw eps, of one shape."""
    return mu + np.exp(logvar / 2) * eps


def _draw(rng):
    shape = int(rng.integers(3, 6)), int(rng.integers(2, 5))
    return {"mu": rng.normal(0, 1.5, shape), "logvar": rng.normal(0.8, 1, shape), "eps": rng.normal(size=shape)}


def _one_by_one(mu, logvar, eps):
    return [[m + np.exp(s) ** 0.5 * e for m, s, e in zip(*rows, strict=True)]
            for rows in zip(mu, logvar, eps, strict=True)]


def _by_matrices(mu, logvar, eps):
    return np.stack([m + np.diag(np.exp(s / 2)) @ e for m, s, e in zip(mu, logvar, eps, strict=True)])


def _in_place(mu, logvar, eps):
    z = np.array(eps)
    z *= np.sqrt(np.exp(logvar))
    z += mu
    return z


DRAW = Exercise(
    id="13.2",
    title="Tirer sans couper le gradient",
    reference=tirer,
    samples=_draw,
    invariants=[
        holds(
            lambda f, out, mu, logvar, eps: np.allclose(f(eps=0 * eps), mu),
            "vaut μ quand ε = 0",
            "Quand le hasard ne dit rien, ε = 0, le code est la moyenne.",
        ),
        holds(
            lambda f, out, mu, logvar, eps: np.allclose(np.asarray(f(eps=2 * eps)) - mu, 2 * (np.asarray(out) - mu)),
            "s'écarte de μ proportionnellement à ε",
            "Un ε deux fois plus grand écarte de μ deux fois plus.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda mu, logvar, eps: mu + np.exp(logvar) * eps,
            "exp(logvar) est la variance σ². Un écart se multiplie par un écart-type : σ.",
        ),
        Misconception(
            lambda mu, logvar, eps: mu + logvar * eps,
            "`logvar` est un logarithme : il peut être négatif, un écart-type non. Il faut d'abord une exponentielle.",
        ),
        Misconception(
            lambda mu, logvar, eps: mu + logvar / 2 * eps,
            "logvar / 2 est log σ : il manque l'exponentielle.",
        ),
        Misconception(
            lambda mu, logvar, eps: mu + 0 * eps,
            "Vous ne tirez pas : vous rendez la moyenne. C'est un auto-encodeur ordinaire.",
        ),
        Misconception(
            lambda mu, logvar, eps: mu + eps,
            "L'écart-type manque : toutes les images auraient le même flou.",
        ),
        Misconception(
            lambda mu, logvar, eps: np.exp(logvar / 2) * eps,
            "La moyenne manque : tous les codes seraient centrés en 0, quelle que soit l'image.",
        ),
        Misconception(
            lambda mu, logvar, eps: (mu + eps) * np.exp(logvar / 2),
            "L'écart-type multiplie aussi la moyenne : elle doit rester où elle est.",
        ),
        Misconception(
            lambda mu, logvar, eps: mu + np.exp(2 * logvar) * eps,
            "Le facteur est du mauvais côté : σ est la racine de σ², donc l'exponentielle de la moitié de log σ².",
        ),
        Misconception(
            lambda mu, logvar, eps: mu + np.exp(-logvar / 2) * eps,
            "C'est 1/σ : vos codes s'écartent d'autant plus que la loi est étroite.",
        ),
        Misconception(
            lambda mu, logvar, eps: mu + np.exp(logvar) / 2 * eps,
            "Une racine carrée n'est pas une moitié : c'est le logarithme que l'on divise par deux.",
        ),
    ],
    hints=[
        "ε a une moyenne nulle et un écart-type de 1. Que faut-il lui faire pour qu'il ait ceux du code ?",
        "Passer de log σ² à σ : la moitié d'un logarithme est le logarithme d'une racine.",
        "On multiplie ε par l'écart-type, puis on le déplace de la moyenne.",
    ],
    alternatives=[
        _one_by_one, _by_matrices, _in_place,
        lambda mu, logvar, eps: np.float32(mu + np.sqrt(np.exp(logvar)) * eps),
        lambda mu, logvar, eps: mu + np.sign(eps) * np.exp(np.log(np.abs(eps)) + 0.5 * logvar),
        lambda mu, logvar, eps: mu + eps * np.exp2(logvar / np.log(4)),
    ],
    mutants=[
        lambda mu, logvar, eps: mu - np.exp(logvar / 2) * eps,
        lambda mu, logvar, eps: mu * np.exp(logvar / 2) + eps,
        lambda mu, logvar, eps: mu + np.exp(logvar / 2) * eps**2,
        lambda mu, logvar, eps: mu + np.exp(logvar / 2) * np.abs(eps),
    ],
    solution="""def tirer(mu, logvar, eps):
    sigma = np.exp(logvar / 2)
    return mu + sigma * eps
""",
)  # fmt: skip
