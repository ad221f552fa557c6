"""Exercises 04.1 and 04.2: the transfer function of a population, and the current that gives a rate."""

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit, logit

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import between, holds, increasing, value


def fI(I, r_max=500, kappa=0.2, I_half=10):
    """Φ(I), written as a model can take it up."""
    return r_max * (1 + np.tanh(kappa * (I - I_half))) / 2


def fI_inverse(r, r_max=500, kappa=0.2, I_half=10):
    """The current that gives the rate r."""
    return I_half + np.arctanh(2 * r / r_max - 1) / kappa


def fI_derivee(I, r_max=500, kappa=0.2, I_half=10):
    """dΦ/dI."""
    return r_max * kappa * (1 - np.tanh(kappa * (I - I_half)) ** 2) / 2


def _curve(rng):
    return {
        "r_max": float(rng.uniform(50, 600)), "kappa": float(rng.uniform(0.05, 0.5)),
        "I_half": float(rng.uniform(-5, 25)),
    }  # fmt: skip


def drawn_currents(rng):
    return {"I": rng.uniform(-40, 60, 200), **_curve(rng)}


def _one_at_a_time(I, r_max, kappa, I_half):
    return [r_max / (1 + np.exp(-2 * kappa * (x - I_half))) for x in I]


TRANSFER = Exercise(
    id="04.1",
    title="La fonction de transfert",
    reference=fI,
    samples=drawn_currents,
    invariants=[
        between(0, "r_max"),
        increasing("I"),
        value("r_max / 2", at="I_half"),
    ],
    misconceptions=[
        Misconception(
            lambda I, r_max, kappa, I_half: r_max * (1 + np.tanh(kappa * (I - I_half))),
            "Le facteur ½ manque : votre courbe a la bonne forme, mais elle monte jusqu'au double de r_max.",
        ),
        Misconception(
            lambda I, r_max, kappa, I_half: r_max / 2 * (1 + np.tanh(kappa * I - I_half)),
            "κ multiplie tout l'écart I − I½, et pas seulement I : votre courbe n'est plus centrée en I½.",
        ),
        Misconception(
            lambda I, r_max, kappa, I_half: r_max / 2 * np.tanh(kappa * (I - I_half)),
            "Votre fonction rend des taux négatifs. La tangente hyperbolique va de −1 à 1 : que lui ajouter avant de "
            "multiplier ?",
        ),
        Misconception(
            lambda I, r_max, kappa, I_half: r_max * np.tanh(kappa * (I - I_half)),
            "Votre fonction rend des taux négatifs, jusqu'à −r_max. La tangente hyperbolique va de −1 à 1 : que lui "
            "ajouter, et par combien diviser ?",
        ),
        Misconception(
            lambda I, r_max, kappa, I_half: r_max * (1 + np.tanh(kappa * (I - I_half)) / 2),
            "Le ½ divise toute la parenthèse, 1 compris. Ici, le taux ne descend jamais sous r_max/2.",
        ),
        Misconception(
            lambda I, r_max, kappa, I_half: r_max / 2 * (1 + np.tanh((I - I_half) / kappa)),
            "Votre courbe devient plus raide quand κ diminue : κ est une raideur, il multiplie l'écart.",
        ),
        Misconception(
            lambda I, r_max, kappa, I_half: r_max / 2 * (1 + np.tanh(kappa * (I + I_half))),
            "Votre courbe passe par r_max/2 en I = −I½ : c'est l'écart I − I½ qui compte.",
        ),
        Misconception(
            lambda I, r_max, kappa, I_half: 250 * (1 + np.tanh(0.2 * (I - 10))),
            "Vos nombres sont ceux des réglages habituels : servez-vous des arguments r_max, κ et I½.",
        ),
    ],
    hints=[
        "Que vaut tanh(0) ? Et tanh, très loin à gauche, très loin à droite ?",
        "Écrivez d'abord y = κ (I − I½). La fonction cherchée va de 0 à r_max quand tanh(y) va de −1 à 1.",
        "`y = kappa * (I - I_half)`, puis `r_max * (1 + np.tanh(y)) / 2`.",
    ],
    alternatives=[
        _one_at_a_time,
        lambda I, r_max, kappa, I_half: r_max * expit(2 * kappa * (I - I_half)),
        lambda I, r_max, kappa, I_half: r_max - r_max / (1 + np.exp(2 * kappa * (I - I_half))),
        lambda I, r_max, kappa, I_half: np.float32(fI(I, r_max, kappa, I_half)),
        lambda I, r_max, kappa, I_half: (
            0.5 * r_max + 0.5 * r_max * np.sinh(y := kappa * (I - I_half)) / np.cosh(y)
        ),
    ],
    mutants=[
        lambda I, r_max, kappa, I_half: r_max * expit(kappa * (I - I_half)),
        lambda I, r_max, kappa, I_half: r_max / 2 * (1 - np.tanh(kappa * (I - I_half))),
        lambda I, r_max, kappa, I_half: np.clip(r_max / 2 * (1 + kappa * (I - I_half)), 0, r_max),
    ],
    unit="Hz",
    solution="""def fI(I, r_max=500, kappa=0.2, I_half=10):
    y = kappa * (I - I_half)
    return r_max * (1 + np.tanh(y)) / 2
""",
)


def _by_search(r, r_max, kappa, I_half):
    width = 30 / kappa
    ends = I_half - width, I_half + width
    return [brentq(lambda I, x=x: fI(I, r_max, kappa, I_half) - x, *ends, xtol=1e-12) for x in r]


INVERSE = Exercise(
    id="04.2",
    title="Quel courant pour ce taux ?",
    reference=fI_inverse,
    samples=lambda rng: (lambda c: {"r": rng.uniform(0.01, 0.99, 60) * c["r_max"], **c})(
        _curve(rng)
    ),
    invariants=[
        increasing("r"),
        holds(
            lambda f, I, r, r_max, kappa, I_half: np.allclose(
                fI(I, r_max, kappa, I_half), r, atol=1e-3 * r_max
            ),
            "défait ce que fait Φ",
            "Redonnez votre courant à Φ : vous ne retrouvez pas le taux dont vous étiez parti.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda r, r_max, kappa, I_half: I_half + np.arctanh(r / r_max) / kappa,
            "Vous avez cherché l'inverse de r_max tanh(y). Le ½ et le 1 de Φ sont à défaire aussi : isolez tanh(y).",
        ),
        Misconception(
            lambda r, r_max, kappa, I_half: np.arctanh(2 * r / r_max - 1) / kappa - I_half,
            "Pour r = r_max/2, vous trouvez −I½ : I½ change de membre, et donc de signe.",
        ),
        Misconception(
            lambda r, r_max, kappa, I_half: (np.arctanh(2 * r / r_max - 1) + I_half) / kappa,
            "κ ne divise que artanh : I½ n'a jamais été multiplié par κ tout seul.",
        ),
        Misconception(
            lambda r, r_max, kappa, I_half: I_half + kappa * np.arctanh(2 * r / r_max - 1),
            "Dans Φ, on multiplie par κ. Pour revenir en arrière, il faut diviser.",
        ),
        Misconception(
            lambda r, r_max, kappa, I_half: np.arctanh(2 * r / r_max - 1) / kappa,
            "Il manque I½ : vous avez trouvé l'écart I − I½.",
        ),
        Misconception(
            lambda r, r_max, kappa, I_half: 1 / fI(r, r_max, kappa, I_half),
            "1/Φ est l'inverse d'un nombre. On cherche la fonction qui revient en arrière : du taux vers le courant.",
        ),
    ],
    hints=[
        "Partez de r = r_max (1 + tanh(y))/2 et isolez tanh(y).",
        "tanh(y) = 2 r/r_max − 1. La fonction réciproque de tanh s'écrit `np.arctanh`.",
        "y = κ (I − I½) : il reste à isoler I.",
    ],
    alternatives=[
        _by_search,
        lambda r, r_max, kappa, I_half: I_half + np.log(r / (r_max - r)) / (2 * kappa),
        lambda r, r_max, kappa, I_half: I_half + logit(r / r_max) / (2 * kappa),
        lambda r, r_max, kappa, I_half: [
            I_half + np.arctanh((2 * x - r_max) / r_max) / kappa for x in r
        ],
        lambda r, r_max, kappa, I_half: np.float32(fI_inverse(r, r_max, kappa, I_half)),
    ],
    mutants=[
        lambda r, r_max, kappa, I_half: I_half + np.arctan(2 * r / r_max - 1) / kappa,
        lambda r, r_max, kappa, I_half: I_half + np.tanh(2 * r / r_max - 1) / kappa,
        lambda r, r_max, kappa, I_half: I_half - np.arctanh(2 * r / r_max - 1) / kappa,
    ],
    units={"r": "Hz"},
    solution="""def fI_inverse(r, r_max=500, kappa=0.2, I_half=10):
    y = np.arctanh(2 * r / r_max - 1)
    return I_half + y / kappa
""",
)
