"""Exercises 03.2 and 03.3: the interval between two spikes, the rate."""

import math

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import decreasing, holds, increasing, value


def intervalle(I, tau, R, theta):
    """Time (ms) from the reset, u = 0, to the threshold theta (mV); infinite up to the rheobase."""
    with np.errstate(divide="ignore", invalid="ignore"):
        T = tau * np.log(R * I / (R * I - theta))
    return np.where(theta < R * I, T, np.inf)


def _draw_currents(rng):
    """Currents below the rheobase, some of them negative, and above it."""
    R, theta = float(rng.uniform(20, 300)), float(rng.uniform(5, 25))
    I = theta / R * np.concatenate([rng.uniform(-3, 0.99, 6), rng.uniform(1.01, 6, 10)])
    return {"I": rng.permutation(I), "tau": float(rng.uniform(5, 30)), "R": R, "theta": theta}


def _interval_in_loop(I, tau, R, theta):
    out = []
    for i in np.atleast_1d(I):
        goal = R * float(i)
        out.append(-tau * math.log(1 - theta / goal) if goal > theta else math.inf)
    return out if np.ndim(I) else out[0]


def _interval_by_mask(I, tau, R, theta):
    I = np.asarray(I, float)
    T = np.full(I.shape, np.inf)
    T[theta < R * I] = -tau * np.log1p(-theta / (R * I[theta < R * I]))
    return T


def _unguarded(fallback):
    def wrong(I, tau, R, theta):
        with np.errstate(all="ignore"):
            T = tau * np.log(R * I / (R * I - theta))
        return np.where(theta < R * I, T, fallback)

    return wrong


def _naive(I, tau, R, theta):
    with np.errstate(all="ignore"):
        return tau * np.log(R * I / (R * I - theta))


def _by_precedence(I, tau, R, theta):
    with np.errstate(all="ignore"):
        return np.where(theta < R * I, -tau * np.log(1 - theta / R * I), np.inf)


INTERVAL = Exercise(
    id="03.2",
    title="L'intervalle entre deux impulsions",
    reference=intervalle,
    samples=_draw_currents,
    invariants=[decreasing("I"), value("tau * log(2)", at={"I": "2 * theta / R"})],
    misconceptions=[
        Misconception(
            _naive,
            "La formule est juste au-dessus de la rhéobase. Au-dessous, le seuil n'est jamais atteint, et elle rend "
            "NaN ou une durée négative : rendez `np.inf`, avec `np.where`.",
        ),
        Misconception(
            _unguarded(np.nan),
            "Au-dessous de la rhéobase, votre logarithme n'a pas de sens et rend NaN : l'impulsion n'arrive jamais. "
            "Rendez `np.inf`.",
        ),
        Misconception(
            _unguarded(0.0),
            "Sous la rhéobase, un intervalle nul ferait décharger le neurone sans fin. L'attente est infinie : "
            "`np.inf`.",
        ),
        Misconception(
            lambda I, tau, R, theta: np.where(theta < R * I, -intervalle(I, tau, R, theta), np.inf),
            "Votre attente est négative : le rapport sous le logarithme est à l'envers.",
        ),
        Misconception(
            _by_precedence,
            "`theta / R * I` se lit (θ/R) × I : mettez R I entre parenthèses.",
        ),
        Misconception(
            lambda I, tau, R, theta: np.where(theta < I, intervalle(I, tau, R, theta), np.inf),
            "Vous comparez un courant à un seuil de potentiel. C'est le palier R I qu'il faut comparer à θ.",
        ),
        Misconception(
            lambda I, tau, R, theta: np.where(theta < R * I, tau * theta / np.where(theta < R * I, R * I, 1), np.inf),
            "Vous gardez la pente du départ, comme s'il n'y avait pas de fuite : près du seuil, u monte moins vite.",
        ),
        Misconception(
            lambda I, tau, R, theta: np.where(theta < R * I, 1000 / intervalle(I, tau, R, theta), 0.0),
            "Vous rendez un taux, en hertz. On demande une durée, en millisecondes.",
        ),
    ],
    hints=[
        "Partez de u(T) = θ, avec u(t) = R I (1 − exp(−t/τ)), et isolez l'exponentielle.",
        "exp(−T/τ) = 1 − θ/(R I). Prenez le logarithme des deux côtés.",
        "`np.where(R * I > theta, …, np.inf)`. Si numpy avertit d'un logarithme impossible, rien de grave : ce "
        "résultat-là n'est pas gardé.",
    ],
    alternatives=[
        _interval_in_loop,
        _interval_by_mask,
        lambda I, tau, R, theta: math.inf if theta >= R * I else tau * (math.log(R * I) - math.log(R * I - theta)),
        lambda I, tau, R, theta: np.float32(intervalle(I, tau, R, theta)),
        lambda I, tau, R, theta: -tau * np.log(np.clip(1 - theta / np.where(I > 0, R * I, 1e-9), 0, None)),
    ],
    mutants=[
        lambda I, tau, R, theta: intervalle(I, tau, R, theta) / math.log(10),
        lambda I, tau, R, theta: np.where(theta < R * I, intervalle(I, tau, R, theta) + 1, np.inf),
        lambda I, tau, R, theta: intervalle(np.abs(I), tau, R, theta),
    ],
    tolerance=1e-5,
    unit="ms",
    units={"I": "nA", "tau": "ms", "R": "MΩ", "theta": "mV"},
    solution="""def intervalle(I, tau, R, theta):
    with np.errstate(all="ignore"):
        T = tau * np.log(R * I / (R * I - theta))
    return np.where(R * I > theta, T, np.inf)
""",
)  # fmt: skip


def taux(I, tau, R, theta, D):
    """Firing rate (Hz), with a refractory period D (ms); 0 up to the rheobase."""
    return 1000 / (D + intervalle(I, tau, R, theta))


RATE = Exercise(
    id="03.3",
    title="La courbe f(I)",
    reference=taux,
    samples=lambda rng: _draw_currents(rng) | {"D": float(rng.uniform(1, 8))},
    invariants=[
        increasing("I"),
        holds(
            lambda f, out, I, tau, R, theta, D: bool(np.all(np.asarray(f(I=1e7 + 0 * I)) <= 1000 / D + 1e-6)),
            "ne dépasse jamais 1000/D",
            "Avec un courant immense, votre taux dépasse 1000/D : la période réfractaire devrait le borner.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda I, tau, R, theta, D: 1000 / intervalle(I, tau, R, theta),
            "La période réfractaire manque : elle s'ajoute à chaque intervalle.",
        ),
        Misconception(
            lambda I, tau, R, theta, D: 1 / (D + intervalle(I, tau, R, theta)),
            "Votre taux est en impulsions par milliseconde. Le hertz compte par seconde.",
        ),
        Misconception(
            lambda I, tau, R, theta, D: 1000 / intervalle(I, tau, R, theta) + np.where(theta < R * I, 1000 / D, 0.0),
            "Vous additionnez deux taux. Ce sont les durées qui s'ajoutent : attendre D, puis attendre le seuil.",
        ),
        Misconception(
            lambda I, tau, R, theta, D: np.minimum(1000 / intervalle(I, tau, R, theta), 1000 / D),
            "Vous coupez la courbe à 1000/D. La période réfractaire retarde toutes les impulsions, même rares.",
        ),
        Misconception(
            lambda I, tau, R, theta, D: D + intervalle(I, tau, R, theta),
            "Vous rendez la période, en millisecondes. Combien de périodes tiennent dans une seconde ?",
        ),
        Misconception(
            lambda I, tau, R, theta, D: np.where(
                theta < R * I, 1000 / (np.where(theta < R * I, intervalle(I, tau, R, theta), 2 * D) - D), 0.0),
            "Vous retranchez D : une période réfractaire plus longue ferait décharger plus vite.",
        ),
    ],
    hints=[
        "La période est la somme de deux attentes. Laquelle avez-vous déjà codée ?",
        "1000 divisé par une période en millisecondes donne des hertz ; et 1000 divisé par `np.inf` donne 0.",
    ],
    alternatives=[
        lambda I, tau, R, theta, D: [1e3 / (D + T) for T in _interval_in_loop(I, tau, R, theta)] if np.ndim(I) else (
            1e3 / (D + _interval_in_loop(I, tau, R, theta))),
        lambda I, tau, R, theta, D: np.divide(
            1000.0, D + intervalle(I, tau, R, theta), out=np.zeros(np.shape(I)), where=theta < R * I),
        lambda I, tau, R, theta, D: np.float32(taux(I, tau, R, theta, D)),
        lambda I, tau, R, theta, D: 0.0 if theta >= R * I else 1000 / (D - tau * math.log1p(-theta / (R * I))),
        lambda I, tau, R, theta, D: 1000 * np.reciprocal(D + _interval_by_mask(I, tau, R, theta)),
    ],
    mutants=[
        lambda I, tau, R, theta, D: 1000 / (D / 2 + intervalle(I, tau, R, theta)),
        lambda I, tau, R, theta, D: np.round(taux(I, tau, R, theta, D)),
        lambda I, tau, R, theta, D: 1000 / (D + intervalle(I, tau + D, R, theta)),
    ],
    unit="Hz",
    units={"I": "nA", "tau": "ms", "R": "MΩ", "theta": "mV", "D": "ms"},
    solution="""def taux(I, tau, R, theta, D):
    return 1000 / (D + intervalle(I, tau, R, theta))
""",
)  # fmt: skip
