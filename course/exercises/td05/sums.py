"""Exercise 05.4: the sum of the kernels of all the spikes, each a delay after it."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds
from course.exercises.td05.kernels import noyau_alpha, noyau_exp


def somme(t, impulsions, K, delai):
    """Σ K(t - t_i - delai)."""
    P = np.zeros(len(t))
    for t_i in impulsions:
        P = P + K(t - t_i - delai)
    return P


def _draw(rng):
    kind, tau = (noyau_exp, noyau_alpha)[int(rng.integers(2))], float(rng.uniform(4, 20))
    return {
        "t": rng.uniform(0, 150, 100), "impulsions": np.sort(rng.uniform(0, 100, int(rng.integers(3, 9)))),
        "K": lambda t: kind(t, tau), "delai": float(rng.uniform(1, 30)),
    }  # fmt: skip


def _last(t, impulsions, K, delai):
    arrived = np.asarray(impulsions) + delai
    k = np.searchsorted(arrived, t, side="right") - 1
    return np.where(k >= 0, K(t - arrived[np.maximum(k, 0)]), 0.0)


SUM = Exercise(
    id="05.4",
    title="La somme sur les impulsions",
    reference=somme,
    samples=_draw,
    invariants=[
        holds(
            lambda f, P, t, impulsions, K, delai: np.allclose(f(impulsions=np.zeros(0)), 0),
            "est nul sans impulsion",
            "Sans aucune impulsion, il n'y a rien à sommer : votre résultat devrait être nul partout.",
        ),
        holds(
            lambda f, P, t, impulsions, K, delai: np.allclose(
                f(impulsions=np.tile(impulsions, 2)), 2 * np.asarray(P, float), rtol=1e-4, atol=1e-4),
            "double quand chaque impulsion est double",
            "Deux impulsions au même instant comptent deux fois.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda t, impulsions, K, delai: somme(t, impulsions, K, 0.0),
            "La somme est juste, mais rien n'attend : l'impulsion t_i n'agit qu'à partir de t_i + délai.",
        ),
        Misconception(
            lambda t, impulsions, K, delai: somme(t, impulsions, K, -delai),
            "Le délai est compté à l'envers : l'effet arrive avant l'impulsion. Combien de temps s'est-il écoulé, "
            "en t, depuis l'arrivée ?",
        ),
        Misconception(
            _last,
            "Chaque impulsion efface la précédente : seule la dernière compte chez vous. Les noyaux s'ajoutent.",
        ),
        Misconception(
            lambda t, impulsions, K, delai: np.max([K(t - x - delai) for x in impulsions] or [0 * t], axis=0),
            "Vous gardez le plus grand des noyaux. Ils s'ajoutent.",
        ),
        Misconception(
            lambda t, impulsions, K, delai: somme(t, impulsions, K, delai) / max(1, len(impulsions)),
            "Vous rendez une moyenne. Dix impulsions ouvrent plus de canaux qu'une seule : c'est une somme.",
        ),
        Misconception(
            lambda t, impulsions, K, delai: np.sum([K(t) for x in impulsions] or [0 * t], axis=0),
            "Toutes vos impulsions arrivent en t = 0. K demande le temps écoulé depuis l'arrivée de chacune.",
        ),
    ],
    hints=[
        "À l'instant t, depuis combien de temps l'impulsion t_i est-elle arrivée ?",
        "Partez d'un tableau nul, et ajoutez-lui le noyau de chaque impulsion, dans une boucle.",
        "Le temps écoulé est t − t_i − délai ; K s'occupe d'être nul avant.",
    ],
    alternatives=[
        lambda t, impulsions, K, delai: K(t[:, None] - np.asarray(impulsions)[None, :] - delai).sum(axis=1),
        lambda t, impulsions, K, delai: sum((K(t - x - delai) for x in impulsions), start=np.zeros(len(t))),
        lambda t, impulsions, K, delai: [sum(float(K(np.float64(a - x - delai))) for x in impulsions) for a in t],
        lambda t, impulsions, K, delai: np.add.reduce(K(np.subtract.outer(t - delai, impulsions)), axis=1),
        lambda t, impulsions, K, delai: np.float32(somme(t, impulsions, K, delai)),
    ],
    mutants=[
        lambda t, impulsions, K, delai: somme(t, impulsions[1:], K, delai),
        lambda t, impulsions, K, delai: np.minimum(1.0, somme(t, impulsions, K, delai)),
        lambda t, impulsions, K, delai: somme(t, impulsions, K, 2 * delai),
    ],
    units={"t": "ms", "impulsions": "ms", "delai": "ms"},
    solution="""def somme(t, impulsions, K, delai):
    P = np.zeros(len(t))
    for t_i in impulsions:
        P = P + K(t - t_i - delai)
    return P
""",
)  # fmt: skip
