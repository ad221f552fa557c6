"""Exercises 07.7 and 07.8: the weights of a pathway drawn from one number of a table, and the mean that this raises."""

import math

import numpy as np
from scipy import integrate, special, stats

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds, increasing


def tirer_poids(w, nu):
    """w/n_pre (1 + ν), 0 where 1 + ν is negative."""
    return w / len(nu) * np.maximum(0, 1 + nu)


def _draw(rng):
    """More sources than targets or fewer; excitatory or inhibitory."""
    n_pre, n_post = rng.integers(4, 12, 2)
    n_post += n_pre == n_post
    sign = 1 if rng.random() < 0.5 else -1
    nu = rng.standard_normal((n_pre, n_post))
    nu[0, 0] = -1.7
    return {"w": float(sign * rng.uniform(2, 30)), "nu": nu}


def _looped(w, nu):
    out = np.zeros(nu.shape)
    for i in range(len(nu)):
        for j in range(len(nu[0])):
            if nu[i, j] > -1:
                out[i, j] = w * (1 + nu[i, j]) / len(nu)
    return out


DRAWN = Exercise(
    id="07.7",
    title="D'une case du tableau à une matrice",
    reference=tirer_poids,
    samples=_draw,
    draws=12,
    invariants=[
        holds(
            lambda f, out, w, nu: bool(np.all(np.sign(w) * np.asarray(out) >= 0)),
            "n'a jamais le signe contraire de `w`",
            "Des synapses ont changé de signe : une voie inhibitrice n'excite jamais.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda w, nu: w * np.maximum(0, 1 + nu),
            "Il manque la division par le nombre de sources : la case du tableau est partagée entre elles.",
        ),
        Misconception(
            lambda w, nu: w / nu.shape[1] * np.maximum(0, 1 + nu),
            "Vous divisez par le nombre de cibles. C'est la taille du noyau qui envoie qui partage la case.",
        ),
        Misconception(
            lambda w, nu: w / nu.size * np.maximum(0, 1 + nu),
            "Vous divisez par le nombre de synapses. Chaque cible reçoit la case entière, partagée entre les sources.",
        ),
        Misconception(
            lambda w, nu: w / len(nu) * (1 + nu),
            "Quand ν < −1, votre synapse change de signe : coupez à zéro.",
        ),
        Misconception(
            lambda w, nu: w / len(nu) * np.abs(1 + nu),
            "Vous repliez les négatifs au lieu de les couper : ces synapses doivent se taire.",
        ),
        Misconception(
            lambda w, nu: np.maximum(0, w / len(nu) * (1 + nu)),
            "Vous coupez après avoir multiplié par w : toute voie inhibitrice disparaît, et ses synapses retournées "
            "excitent. Coupez 1 + ν.",
        ),
        Misconception(
            lambda w, nu: w / len(nu) * np.maximum(0, nu),
            "Le 1 manque : autour de la moyenne, et non autour de zéro.",
        ),
    ],
    hints=[
        "Trois gestes : partager w entre les sources, multiplier par 1 + ν, couper.",
        "`nu` a une ligne par source : `len(nu)` les compte.",
        "`np.maximum(0, 1 + nu)` coupe, sans toucher au signe de w.",
    ],
    alternatives=[
        _looped,
        lambda w, nu: np.where(nu > -1, w * (1 + nu) / nu.shape[0], 0),
        lambda w, nu: np.sign(w) * np.clip(abs(w) / len(nu) + nu * abs(w) / len(nu), 0, None),
        lambda w, nu: ((1 + nu) * (1 + nu > 0) * (w / nu.shape[0])).tolist(),
        lambda w, nu: np.float32(w / len(nu) * np.maximum(0, 1 + nu)),
    ],
    mutants=[
        lambda w, nu: w / len(nu) * np.maximum(0, 1 - nu),
        lambda w, nu: w / np.sqrt(len(nu)) * np.maximum(0, 1 + nu),
        lambda w, nu: w / len(nu) * np.minimum(2, np.maximum(0, 1 + nu)),
    ],
    solution="""def tirer_poids(w, nu):
    return w / len(nu) * np.maximum(0, 1 + nu)
""",
)


def hausse(s):
    """E[max(0, 1 + sν)] - 1 = s φ(1/s) - Φ(-1/s)."""
    x = 1 / np.asarray(s, float)
    return s * np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi) - special.ndtr(-x)


def _phi(s):
    return np.exp(-1 / (2 * np.asarray(s) ** 2)) / np.sqrt(2 * np.pi)


RISE = Exercise(
    id="07.8",
    title="Ce que la coupe ajoute",
    reference=hausse,
    samples=lambda rng: {"s": np.sort(rng.uniform(0.4, 2, 8))},
    invariants=[increasing("s"), holds(
        lambda f, out, s: bool(np.all(np.asarray(out) > 0)),
        "est positif",
        "On n'ôte que des valeurs négatives : la moyenne ne peut que monter.",
    )],
    misconceptions=[
        Misconception(
            lambda s: 1 + hausse(s),
            "C'est la nouvelle moyenne. On demande de combien elle dépasse 1.",
        ),
        Misconception(
            lambda s: special.ndtr(-1 / s),
            "C'est la part des synapses coupées. Chacune perd une valeur négative différente : de combien, en "
            "moyenne ?",
        ),
        Misconception(
            lambda s: s * _phi(s),
            "Il manque un terme : les synapses coupées perdent aussi leur 1.",
        ),
        Misconception(
            lambda s: s * _phi(s) + special.ndtr(-1 / s),
            "Le signe du second terme est à l'envers : la moyenne de 1 sur les synapses gardées est Φ(1/s), plus "
            "petite que 1.",
        ),
        Misconception(
            lambda s: s * _phi(s) / special.ndtr(1 / s),
            "C'est la moyenne des seules synapses gardées. Les autres existent encore, et valent zéro.",
        ),
        Misconception(
            lambda s: 0 * s,
            "Sans coupe, la moyenne ne bouge pas. Mais la coupe remplace des négatifs par des zéros.",
        ),
        Misconception(
            lambda s: hausse(1.0) + 0 * s,
            "C'est juste pour s = 1. Que devient la coupe quand la dispersion est plus petite ?",
        ),
        Misconception(
            lambda s: 100 * hausse(s),
            "C'est la hausse en pour cent. On demande le nombre : 0,05 pour 5 %.",
        ),
    ],
    hints=[
        "La hausse est la moyenne de ce qu'on a ôté : −(1 + sν), là où ν < −1/s.",
        "C'est une intégrale : −∫ (1 + sν) φ(ν) dν, de −∞ à −1/s. La primitive de ν φ(ν) est −φ(ν).",
        "s φ(1/s) − Φ(−1/s), avec `norm.pdf` pour φ et `norm.cdf` pour Φ.",
    ],
    alternatives=[
        lambda s: s * stats.norm.pdf(1 / s) - stats.norm.cdf(-1 / s),
        lambda s: integrate.quad(lambda x: max(0, 1 + s * x) * stats.norm.pdf(x), -1 / s, 12)[0] - 1,
        lambda s: [x * math.exp(-1 / (2 * x * x)) / math.sqrt(2 * math.pi) - math.erfc(1 / (x * math.sqrt(2))) / 2
                   for x in s],
        lambda s: stats.norm.expect(lambda x: -(1 + s * x), ub=-1 / s),
        lambda s: np.trapezoid(np.maximum(0, 1 + s * (x := np.linspace(-9, 9, 200_001))) * np.exp(-x**2 / 2), x)
        / np.sqrt(2 * np.pi) - 1,
    ],
    mutants=[
        lambda s: hausse(s) / 2,
        lambda s: s * _phi(s) - special.ndtr(-s),
        lambda s: hausse(s**2),
    ],
    tolerance=1e-4,
    solution="""from scipy.stats import norm


def hausse(s):
    return s * norm.pdf(1 / s) - norm.cdf(-1 / s)
""",
)  # fmt: skip
