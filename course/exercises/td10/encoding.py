"""Exercise 10.6: a pixel becomes the instant of one spike."""

import math

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def latence(x, tau, seuil):
    """τ ln(x / (x - seuil)) [ms]; infinite for a pixel that does not pass the threshold."""
    t = np.full(np.shape(x), np.inf)
    bright = x > seuil
    t[bright] = tau * np.log(x[bright] / (x[bright] - seuil))
    return t


def _draw(rng):
    """Black, dark, just at the threshold, bright."""
    seuil = float(rng.uniform(0.1, 0.4))
    n = int(rng.integers(3, 6))
    x = np.concatenate([[0.0, seuil], seuil * rng.uniform(0.1, 0.9, n), rng.uniform(seuil + 0.02, 1, n + 3)])
    return {"x": rng.permutation(x), "tau": float(rng.uniform(5, 40)), "seuil": seuil}


def _one(x, tau, seuil):
    return tau * math.log(x / (x - seuil)) if x > seuil else math.inf


def _where(x, tau, seuil):
    with np.errstate(all="ignore"):
        return np.where(x > seuil, tau * np.log(x / (x - seuil)), np.inf)


def _silent(t, value):
    """The right times where there is one, `value` elsewhere."""
    return np.where(np.isfinite(t), t, value)


def _naive(x, tau, seuil):
    with np.errstate(all="ignore"):
        return tau * np.log(x / (x - seuil))


def _inverted(x, tau, seuil):
    with np.errstate(all="ignore"):
        return np.where(x > seuil, tau * np.log((x - seuil) / x), np.inf)


def _membrane(x, tau, seuil):
    """The end of the charge: 1 - e^(-t/τ) = seuil / x."""
    share = np.divide(seuil, x, out=np.ones(len(x)), where=x > seuil)
    return -tau * np.log1p(-share, out=np.full(len(x), -np.inf), where=share < 1)


LATENCY = Exercise(
    id="10.6",
    title="Un pixel devient un instant",
    reference=latence,
    samples=_draw,
    units={"tau": "ms"},
    unit="ms",
    invariants=[
        holds(
            lambda f, out, x, tau, seuil: bool(np.all(np.diff(np.asarray(f(x=np.linspace(seuil + 0.01, 1, 12)))) < 0)),
            "est d'autant plus tôt que le pixel est clair",
            "Un pixel plus clair doit décharger plus tôt.",
        ),
        holds(
            lambda f, out, x, tau, seuil: np.allclose(f(x=np.full(3, 2 * seuil)), tau * np.log(2)),
            "vaut τ ln 2 pour un pixel deux fois au-dessus du seuil",
            "En x = 2 × seuil, le rapport x/(x − seuil) vaut 2 : l'instant est τ ln 2.",
        ),
        holds(
            lambda f, out, x, tau, seuil: bool(np.all(np.isposinf(np.asarray(f(x=np.zeros(3)), float)))),
            "est infini pour un pixel noir",
            "Un pixel noir ne décharge jamais : son instant est l'infini, `np.inf`.",
        ),
    ],
    misconceptions=[
        Misconception(
            _naive,
            "Sous le seuil, le logarithme n'a pas de sens : ces pixels se taisent, leur instant est `np.inf`.",
        ),
        Misconception(
            lambda x, tau, seuil: _silent(latence(x, tau, seuil), 0.0),
            "L'instant 0 est celui d'un pixel plus clair que tous les autres. Un pixel muet ne décharge jamais : "
            "`np.inf`.",
        ),
        Misconception(
            lambda x, tau, seuil: _silent(latence(x, tau, seuil), np.nan),
            "« Jamais » est un instant plus tardif que tous les autres, `np.inf`, et se compare à eux ; `nan` non.",
        ),
        Misconception(
            _inverted,
            "Le rapport est renversé : vos instants sont négatifs.",
        ),
        Misconception(
            lambda x, tau, seuil: latence(x, tau, seuil) / math.log(10),
            "C'est le logarithme décimal ; le logarithme népérien s'écrit `np.log`.",
        ),
        Misconception(
            lambda x, tau, seuil: latence(x, 1.0, seuil),
            "Il manque τ : sans lui, le temps n'a pas d'unité.",
        ),
        Misconception(
            lambda x, tau, seuil: _silent(latence(x, tau, seuil), -np.inf),
            "« Jamais » est plus tard que tous les instants : `np.inf`, et non `-np.inf`.",
        ),
        *(
            Misconception(
                lambda x, tau, seuil, rounded=rounded: rounded(latence(x, tau, seuil)),
                "Vous arrondissez à la milliseconde. L'instant est un nombre réel ; le codeur choisira le pas.",
            )
            for rounded in (np.ceil, np.floor, np.round)
        ),
        Misconception(
            lambda x, tau, seuil: np.where(x > seuil, tau * (1 - x), np.inf),
            "C'est un code linéaire. Une membrane qui se charge va moins vite à mesure qu'elle approche du seuil : un "
            "logarithme.",
        ),
        Misconception(
            lambda x, tau, seuil: latence(x, tau, seuil)[x > seuil],
            "Il manque les pixels muets : gardez une valeur pour chaque pixel, `np.inf` pour ceux qui se taisent.",
        ),
    ],
    hints=[
        "Deux sortes de pixels : ceux qui passent le seuil, et les autres. Que vaut « jamais » ?",
        "Un tableau plein de `np.inf`, dont vous ne remplissez que les pixels clairs.",
        "Un masque `x > seuil` choisit les pixels clairs, des deux côtés de l'affectation ; `np.log` est le logarithme "
        "népérien.",
    ],
    alternatives=[
        _one,
        _where,
        _membrane,
        lambda x, tau, seuil: [_one(a, tau, seuil) for a in x.tolist()],
        lambda x, tau, seuil: tau * np.log(np.divide(x, x - seuil, out=np.full(len(x), np.inf), where=x > seuil)),
        lambda x, tau, seuil: np.float32([tau * math.log(a / (a - seuil)) if a > seuil else np.inf for a in x]),
    ],
    mutants=[
        lambda x, tau, seuil: latence(x, tau, seuil / 2),
        lambda x, tau, seuil: latence(1 - x, tau, seuil),
        lambda x, tau, seuil: _silent(latence(x, tau, seuil), 100.0),
    ],
    solution="""def latence(x, tau, seuil):
    t = np.full(x.shape, np.inf)
    clair = x > seuil
    t[clair] = tau * np.log(x[clair] / (x[clair] - seuil))
    return t
""",
)  # fmt: skip
