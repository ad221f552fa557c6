"""Exercises 12.6 and 12.7: a mean with its interval, and a difference measured on the same draws."""

import numpy as np
from scipy.special import stdtrit

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def intervalle(x, t):
    """(mean, half-width) of the interval of x (n,), where t is Student's quantile at n − 1 degrees of freedom."""
    return np.mean(x), t * np.std(x, ddof=1) / np.sqrt(len(x))


def student(n):
    """Student's quantile that leaves 2.5 % on each side, at n − 1 degrees of freedom."""
    return float(stdtrit(n - 1, 0.975))


def _by_sums(x, t):
    n, s, q = len(x), sum(x), sum(v * v for v in x)
    return s / n, t * ((q - s * s / n) / (n - 1) / n) ** 0.5


def _by_pairs(x, t):
    n = len(x)
    return x.mean(), t * np.sqrt(((x[:, None] - x) ** 2).sum() / (2 * n * (n - 1)) / n)


def _leave_one_out(x, t):
    n = len(x)
    means = (x.sum() - x) / (n - 1)
    return x.mean(), t * np.sqrt((n - 1) * np.mean((means - means.mean()) ** 2))


def _scores(rng):
    n = int(rng.integers(3, 9))
    return {"x": rng.normal(rng.uniform(70, 99), rng.uniform(0.2, 3), n), "t": student(n)}


INTERVAL = Exercise(
    id="12.6",
    title="Une moyenne et son intervalle",
    reference=intervalle,
    samples=_scores,
    outputs=("moyenne", "demi-largeur"),
    invariants=[
        holds(
            lambda f, out, x, t: np.allclose(f(x=x + 5)[1], out[1]),
            "garde sa largeur quand tout monte de 5 points",
            "L'intervalle dit la dispersion : déplacer toutes les valeurs ne la change pas.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda x, t: (np.mean(x), t * np.std(x, ddof=1)),
            "C'est la dispersion d'une valeur. Celle d'une moyenne de n valeurs est √n fois plus petite.",
        ),
        Misconception(
            lambda x, t: (np.mean(x), t * np.std(x) / np.sqrt(len(x))),
            "`np.std` divise par n. La moyenne vient des mêmes valeurs : il ne reste que n − 1 écarts libres.",
        ),
        Misconception(
            lambda x, t: (np.mean(x), 1.96 * np.std(x, ddof=1) / np.sqrt(len(x))),
            "1,96 est pour un écart-type connu. Le vôtre est estimé sur peu de valeurs : servez-vous de t.",
        ),
        Misconception(
            lambda x, t: (np.mean(x), t * np.std(x, ddof=1) / len(x)),
            "La dispersion d'une moyenne baisse comme √n, pas comme n.",
        ),
        Misconception(
            lambda x, t: (np.mean(x), np.std(x, ddof=1) / np.sqrt(len(x))),
            "C'est l'erreur type. Pour un intervalle à 95 %, il faut encore la multiplier par t.",
        ),
        Misconception(
            lambda x, t: (np.median(x), t * np.std(x, ddof=1) / np.sqrt(len(x))),
            "C'est la médiane que vous rendez ; on demande la moyenne.",
        ),
        Misconception(
            lambda x, t: (np.mean(x), t * np.var(x, ddof=1) / np.sqrt(len(x))),
            "Vous multipliez la variance ; l'intervalle se mesure dans l'unité de x, par un écart-type.",
        ),
    ],
    hints=[
        "Deux nombres : la moyenne, puis la demi-largeur.",
        "`np.std(x, ddof=1)` divise la somme des carrés par n − 1.",
        "La moyenne de n valeurs varie moins qu'une valeur : combien de fois moins ?",
    ],
    alternatives=[_by_sums, _by_pairs, _leave_one_out,
                  lambda x, t: list(map(float, intervalle(x, t))),
                  lambda x, t: np.array(intervalle(x, t))],
    mutants=[
        lambda x, t: (np.mean(x), np.ptp(x) / 2),
        lambda x, t: (np.mean(x), 2 * t * np.std(x, ddof=1) / np.sqrt(len(x))),
        lambda x, t: (np.max(x), t * np.std(x, ddof=1) / np.sqrt(len(x))),
    ],
    solution="""def intervalle(x, t):
    erreur_type = np.std(x, ddof=1) / np.sqrt(len(x))
    return np.mean(x), t * erreur_type
""",
)  # fmt: skip


def gain(avec, sans, t):
    """(mean, half-width) of the gain avec − sans, the two measured on the same draws."""
    return intervalle(avec - sans, t)


def _unpaired(avec, sans, t):
    n = len(avec)
    return np.mean(avec) - np.mean(sans), t * np.sqrt((np.var(avec, ddof=1) + np.var(sans, ddof=1)) / n)


def _two_by_two(rng):
    n = int(rng.integers(4, 8))
    sans = rng.normal(80, 2, n)
    return {"avec": sans + rng.normal(0.6, 1, n), "sans": sans, "t": student(n)}


PAIRED = Exercise(
    id="12.7",
    title="Un gain, tirage par tirage",
    reference=gain,
    samples=_two_by_two,
    outputs=("gain", "demi-largeur"),
    invariants=[
        holds(
            lambda f, out, avec, sans, t: np.allclose(
                f(avec=avec + np.arange(len(avec)), sans=sans + np.arange(len(avec))), out),
            "ne change pas quand un tirage est plus facile pour les deux",
            "Un tirage facile l'est avec et sans : dans la différence, il ne compte plus.",
        ),
    ],
    misconceptions=[
        Misconception(
            _unpaired,
            "Vous traitez les deux séries comme si elles s'ignoraient. Les mêmes tirages y servent : comparez-les un "
            "à un.",
        ),
        Misconception(
            lambda avec, sans, t: intervalle(sans - avec, t),
            "Votre gain est de signe contraire : « avec » moins « sans ».",
        ),
        Misconception(
            lambda avec, sans, t: intervalle(np.abs(avec - sans), t),
            "La valeur absolue cache les tirages où « avec » fait moins bien.",
        ),
        Misconception(
            lambda avec, sans, t: (np.mean(avec - sans), intervalle(avec, t)[1]),
            "La demi-largeur est celle d'« avec » seul ; il faut celle de la différence.",
        ),
        Misconception(
            lambda avec, sans, t: (np.mean(avec - sans), intervalle(avec, t)[1] + intervalle(sans, t)[1]),
            "Ajouter les deux demi-largeurs oublie que les deux séries montent et descendent ensemble.",
        ),
    ],
    hints=[
        "Le tirage numéro 3 a servi deux fois : avec, et sans. Que devient sa difficulté dans la différence ?",
        "Réduisez le problème à une seule série de nombres ; vous savez en faire l'intervalle.",
    ],
    alternatives=[
        lambda avec, sans, t: _by_sums(avec - sans, t),
        lambda avec, sans, t: _by_pairs(np.subtract(avec, sans), t),
        lambda avec, sans, t: (np.mean(avec) - np.mean(sans), _leave_one_out(avec - sans, t)[1]),
        lambda avec, sans, t: np.array(intervalle(avec - sans, t)),
        lambda avec, sans, t: (np.mean(avec - sans), t * np.sqrt(
            (np.cov(avec, sans) * [[1, -1], [-1, 1]]).sum() / len(avec))),
    ],
    mutants=[
        lambda avec, sans, t: intervalle(avec, t),
        lambda avec, sans, t: intervalle(100 * (avec - sans) / sans, t),
        lambda avec, sans, t: intervalle(np.sort(avec) - np.sort(sans), t),
    ],
    solution="""def gain(avec, sans, t):
    d = np.subtract(avec, sans)
    return np.mean(d), t * np.std(d, ddof=1) / np.sqrt(len(d))
""",
)  # fmt: skip
