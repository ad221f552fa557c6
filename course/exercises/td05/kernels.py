"""Exercises 05.1 and 05.2: the two kernels, zero before the spike."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import between, value


def noyau_exp(t, tau):
    """exp(-t/tau) from t = 0 on, 0 before."""
    return np.where(t >= 0, np.exp(-np.maximum(t, 0) / tau), 0.0)


def noyau_alpha(t, tau_pic):
    """t/tau_pic exp(1 - t/tau_pic) from t = 0 on, 0 before."""
    x = np.maximum(t, 0) / tau_pic
    return x * np.exp(1 - x)


def _times(name, low, high):
    def draw(rng):
        return {"t": np.append(rng.uniform(-20, 60, 120), [0.0, 1.0]), name: float(rng.uniform(low, high))}

    return draw


def _one_by_one(t, tau):
    return [np.exp(-x / tau) if x >= 0 else 0.0 for x in t]


def _filled(t, tau):
    K = np.zeros(len(t))
    K[t >= 0] = np.exp(-t[t >= 0] / tau)
    return K


EXPONENTIAL = Exercise(
    id="05.1",
    title="Le noyau exponentiel",
    reference=noyau_exp,
    samples=_times("tau", 4, 20),
    invariants=[between(0, 1), value(1, at={"t": 0})],
    misconceptions=[
        Misconception(
            lambda t, tau: np.exp(-t / tau),
            "Votre noyau n'est pas nul avant l'impulsion : pour t < 0, il dépasse 1. L'effet précéderait sa cause.",
        ),
        Misconception(
            lambda t, tau: np.exp(-np.abs(t) / tau),
            "Votre noyau est symétrique : il agit déjà avant l'impulsion. Pour t < 0, il est nul.",
        ),
        Misconception(
            lambda t, tau: np.where(t > 0, np.exp(-np.maximum(t, 0) / tau), 0.0),
            "En t = 0, les canaux viennent de s'ouvrir : K(0) = 1. Votre noyau y est encore nul.",
        ),
        Misconception(
            lambda t, tau: np.where(t >= 0, np.exp(-np.maximum(t, 0) * tau), 0.0),
            "Une grande constante de temps doit donner un noyau lent. Chez vous, c'est l'inverse. Dans l'exposant, "
            "τ divise t.",
        ),
        Misconception(
            lambda t, tau: np.where(t >= 0, np.exp(-np.maximum(t, 0) / tau) / tau, 0.0),
            "Votre noyau a une aire de 1. Celui que l'on demande part de 1 : ne divisez pas par τ.",
        ),
        Misconception(
            lambda t, tau: np.exp(-np.maximum(t, 0) / tau),
            "Votre noyau vaut 1 avant l'impulsion. Le maximum évite l'explosion ; il faut encore rendre 0 pour t < 0.",
        ),
    ],
    hints=[
        "Deux morceaux : avant l'impulsion, et après. Lequel des deux l'exponentielle décrit-elle ?",
        "`np.where(condition, a, b)` prend a où la condition est vraie, b ailleurs.",
        "La condition est t >= 0. Pour t < 0, le résultat est 0.",
    ],
    alternatives=[
        _one_by_one,
        _filled,
        lambda t, tau: (t >= 0) * np.exp(-np.maximum(t, 0) / tau),
        lambda t, tau: np.heaviside(t, 1.0) * np.exp(-np.abs(t) / tau),
        lambda t, tau: np.where(np.asarray(t) < 0, 0.0, np.exp(np.divide(t, -tau))),
        lambda t, tau: np.float32(noyau_exp(t, tau)),
    ],
    mutants=[
        lambda t, tau: np.where(t >= 0, 1 - np.exp(-np.maximum(t, 0) / tau), 0.0),
        lambda t, tau: np.where(t >= 0, 0.5 ** (np.maximum(t, 0) / tau), 0.0),
        lambda t, tau: np.where(t >= 0, -np.exp(-np.maximum(t, 0) / tau), 0.0),
    ],
    units={"t": "ms", "tau": "ms"},
    solution="""def noyau_exp(t, tau):
    return np.where(t >= 0, np.exp(-np.maximum(t, 0) / tau), 0.0)
""",
)


def _alpha_filled(t, tau_pic):
    K = np.zeros_like(t)
    after = t > 0
    K[after] = np.e * t[after] / tau_pic * np.exp(-t[after] / tau_pic)
    return K


ALPHA = Exercise(
    id="05.2",
    title="La fonction alpha",
    reference=noyau_alpha,
    samples=_times("tau_pic", 4, 25),
    invariants=[between(0, 1), value(1, at={"t": "tau_pic"})],
    misconceptions=[
        Misconception(
            lambda t, tau_pic: t / tau_pic * np.exp(1 - t / tau_pic),
            "Avant l'impulsion, votre noyau est négatif, et même très grand : il faut le rendre nul pour t < 0.",
        ),
        Misconception(
            lambda t, tau_pic: np.where(t >= 0, np.maximum(t, 0) / tau_pic * np.exp(-np.maximum(t, 0) / tau_pic), 0.0),
            "Votre sommet est à 0,37 au lieu de 1 : que devient le 1 de l'exposant ?",
        ),
        Misconception(
            lambda t, tau_pic: np.where(t >= 0, np.maximum(t, 0) * np.exp(1 - np.maximum(t, 0) / tau_pic), 0.0),
            "Votre sommet vaut τ_pic, et non 1 : le t du début est lui aussi divisé par τ_pic.",
        ),
        Misconception(
            lambda t, tau_pic: np.where(t >= 0, np.exp(1 - np.maximum(t, 0) / tau_pic), 0.0),
            "Votre noyau part de 2,72 et ne monte jamais : le facteur t/τ_pic, qui le fait partir de 0, manque.",
        ),
        Misconception(
            lambda t, tau_pic: np.where(t >= 0, np.exp(-np.maximum(t, 0) / tau_pic), 0.0),
            "C'est l'exponentielle de l'exercice précédent. La fonction alpha part de 0 et monte d'abord.",
        ),
    ],
    hints=[
        "Que vaut-elle en t = 0 ? Et en t = τ_pic ?",
        "Posez x = t/τ_pic : la fonction ne dépend que de x.",
        "x exp(1 − x), avec x = 0 pour tous les t négatifs.",
    ],
    alternatives=[
        _alpha_filled,
        lambda t, tau_pic: [max(x, 0) / tau_pic * np.exp(1 - max(x, 0) / tau_pic) for x in t],
        lambda t, tau_pic: np.where(t < 0, 0, t / tau_pic * np.exp(1 - t / tau_pic)),
        lambda t, tau_pic: (t >= 0) * t / tau_pic * np.exp(1 - np.abs(t) / tau_pic),
        lambda t, tau_pic: np.float32(noyau_alpha(t, tau_pic)),
        lambda t, tau_pic: np.clip(t, 0, None) / tau_pic * np.e / np.exp(np.clip(t, 0, None) / tau_pic),
    ],
    mutants=[
        lambda t, tau_pic: noyau_alpha(t, 2 * tau_pic),
        lambda t, tau_pic: noyau_alpha(t, tau_pic) ** 2,
        lambda t, tau_pic: noyau_alpha(-t, tau_pic),
    ],
    units={"t": "ms", "tau_pic": "ms"},
    solution="""def noyau_alpha(t, tau_pic):
    x = np.maximum(t, 0) / tau_pic
    return x * np.exp(1 - x)
""",
)  # fmt: skip

