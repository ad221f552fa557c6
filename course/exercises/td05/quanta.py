"""Exercise 05.9: the probability of release and the quantum, from the mean and the variance of the responses."""

import numpy as np
from scipy.optimize import brentq

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def quanta(moyenne, variance, N):
    """(p, q) of N sites that each release q with the probability p."""
    q = variance / moyenne + moyenne / N
    return moyenne / (N * q), q


def _draw(rng):
    N, p, q = int(rng.integers(2, 20)), float(rng.uniform(0.1, 0.9)), float(rng.uniform(0.1, 2))
    return {"moyenne": N * p * q, "variance": N * p * (1 - p) * q**2, "N": N}


def _by_cv(moyenne, variance, N):
    """CV² = (1 - p)/(N p)."""
    p = 1 / (1 + N * variance / moyenne**2)
    return p, moyenne / (N * p)


def _by_search(moyenne, variance, N):
    p = brentq(lambda p: moyenne**2 * (1 - p) / (N * p) - variance, 1e-6, 1, xtol=1e-14)
    return [p, moyenne / N / p]


def _by_newton(moyenne, variance, N):
    q = variance / moyenne
    for _ in range(60):
        q -= (moyenne * q - moyenne**2 / N - variance) / moyenne
    return np.array([moyenne / (N * q), q])


def _poisson(moyenne, variance, N):
    q = variance / moyenne
    return moyenne / (N * q), q


QUANTA = Exercise(
    id="05.9",
    title="Compter les vésicules sans les voir",
    reference=quanta,
    samples=_draw,
    draws=16,
    outputs=("p", "q"),
    invariants=[
        holds(
            lambda f, out, moyenne, variance, N: np.isclose(
                N * float(out[0]) * float(out[1]), moyenne, rtol=1e-4),
            "redonne la moyenne N p q",
            "N p q devrait redonner la moyenne dont vous êtes parti.",
        ),
    ],
    misconceptions=[
        Misconception(
            _poisson,
            "C'est la limite des petits p, où 1 − p vaut presque 1. Ici p n'est pas petit : gardez le 1 − p de la "
            "variance.",
        ),
        Misconception(
            lambda moyenne, variance, N: quanta(moyenne, variance, N)[::-1],
            "Les deux valeurs sont justes, dans l'ordre inverse : p d'abord.",
        ),
        Misconception(
            lambda moyenne, variance, N: (1 - quanta(moyenne, variance, N)[0], quanta(moyenne, variance, N)[1]),
            "q est juste. Votre p est la probabilité qu'un site reste muet.",
        ),
        Misconception(
            lambda moyenne, variance, N: (N * quanta(moyenne, variance, N)[0], quanta(moyenne, variance, N)[1]),
            "q est juste. N p est le nombre moyen de vésicules ; divisez-le par N.",
        ),
        Misconception(
            lambda moyenne, variance, N: (1 - variance / moyenne, moyenne / (N * (1 - variance / moyenne))),
            "Vous avez pris q = 1 dans variance/moyenne = q (1 − p). Le quantum q est inconnu lui aussi.",
        ),
        Misconception(
            lambda moyenne, variance, N: quanta(moyenne, np.sqrt(variance), N),
            "C'est la variance que l'on vous donne, et non l'écart type : ne prenez pas sa racine.",
        ),
    ],
    hints=[
        "Deux équations, deux inconnues : moyenne = N p q et variance = N p (1 − p) q².",
        "Divisez la seconde par la première : il reste q (1 − p) = q − p q. Et p q = moyenne/N.",
        "q = variance/moyenne + moyenne/N. Que vaut alors p ?",
    ],
    alternatives=[
        _by_cv,
        _by_search,
        _by_newton,
        lambda moyenne, variance, N: (
            moyenne**2 / (N * variance + moyenne**2), (N * variance + moyenne**2) / (N * moyenne)),
        lambda moyenne, variance, N: np.float32(quanta(moyenne, variance, N)),
    ],
    mutants=[
        lambda moyenne, variance, N: quanta(moyenne, variance, N + 1),
        lambda moyenne, variance, N: (0.5, 2 * moyenne / N),
        lambda moyenne, variance, N: (quanta(moyenne, variance, N)[0], moyenne),
    ],
    units={"moyenne": "mV", "variance": "mV²", "q": "mV"},
    solution="""def quanta(moyenne, variance, N):
    q = variance / moyenne + moyenne / N
    p = moyenne / (N * q)
    return p, q
""",
)  # fmt: skip
