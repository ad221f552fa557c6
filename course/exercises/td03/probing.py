"""Exercises 03.9 and 03.10: the parameters of the mystery neuron, then what its spikes alone can tell."""

import math

import numpy as np
from scipy.optimize import curve_fit

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import decreasing, holds, value
from course.exercises.td03.gain import intervalle
from course.exercises.td03.mystery import (
    COVERED,
    JITTER,
    NO_BAR,
    NOISE,
    OUTSIDE,
    TOO_WIDE,
    UNITS,
    neurone_mystere,
)
from course.plot.french import quantity


def bilan():
    """Every bar covers the truth."""
    return dict.fromkeys(UNITS, COVERED)


def _probed(neurone):
    """A record below the threshold, mean intervals above, their errors, the currents."""
    I, (t, u, spikes) = 0.03, neurone.mesurer(0.03)
    while not len(spikes):
        quiet, I = (I, t, u), 1.2 * I
        t, u, spikes = neurone.mesurer(I)
    currents = I * np.array([1.05, 1.3, 1.7, 2.5, 4])
    trains = [neurone.impulsions(each) for each in currents]
    T = np.array([(s[-1] - s[0]) / (len(s) - 1) for s in trains])
    return *quiet, currents, T, np.array([math.sqrt(2) * JITTER / (len(s) - 1) for s in trains])


def _fitted(neurone):
    """All the measures at once, in one least-squares fit."""
    I, t, u, currents, T, error = _probed(neurone)
    R = u[-500:].mean() / I

    def everything(_, tau, R, theta, D):
        return np.concatenate(
            [-R * I * np.expm1(-t / tau), D + intervalle(currents, tau, R, theta)]
        )

    values, covariance = curve_fit(
        everything, None, np.concatenate([u, T]), p0=[15, R, 0.9 * R * currents[0], 2],
        sigma=np.concatenate([np.full(len(u), NOISE), error]), absolute_sigma=True,
    )  # fmt: skip
    return dict(zip(UNITS, zip(values, np.sqrt(np.diag(covariance)), strict=True), strict=True))


def _answer(seed, change=lambda estimate: estimate):
    neurone = neurone_mystere(seed)
    return neurone.confronter(change(_fitted(neurone)))


def _wider(estimate):
    return {name: (x, 3 * bar) for name, (x, bar) in estimate.items()}


def vrai_neurone(numbers):
    """The parameters of the notebook's seed, made again: « graine 2018 : tau = 23,1 ms, … »."""
    seed = numbers.get("graine")
    if not isinstance(seed, int) or not 0 <= seed < 10**18:
        return "La graine de ce carnet ne se lit pas."
    truth = neurone_mystere(seed)._truth
    listed = ", ".join(f"{name} = {quantity(truth[name], unit, 2)}" for name, unit in UNITS.items())
    return f"graine {seed}\u00a0: {listed}"


MYSTERY = Exercise(
    id="03.9",
    title="Le neurone mystère",
    reference=bilan,
    told=vrai_neurone,
    misconceptions=[
        Misconception(
            lambda: dict.fromkeys(UNITS, NO_BAR),
            "Une valeur sans incertitude ne dit rien : donnez des couples, (valeur, écart type).",
        ),
        Misconception(
            lambda: dict.fromkeys(UNITS, OUTSIDE),
            "Aucune de vos barres ne couvre la vérité. Sont-elles trop courtes, comme si vous aviez oublié le bruit, "
            "ou avez-vous changé de neurone entre la mesure et l'estimation ?",
        ),
        Misconception(
            lambda: dict.fromkeys(UNITS, TOO_WIDE),
            "Vos barres couvrent tout, et n'apprennent rien. Mesurez plus longtemps, ou à d'autres courants.",
        ),
        Misconception(
            lambda: {"tau": COVERED, "R": OUTSIDE, "theta": OUTSIDE, "D": COVERED},
            "τ et D sont bons ; R et θ sont faux ensemble. Les impulsions ne fixent que leur rapport : c'est donc le "
            "palier, R I, qui est mal lu. Quel courant aviez-vous injecté ?",
        ),
        Misconception(
            lambda: {"tau": COVERED, "R": COVERED, "theta": COVERED, "D": OUTSIDE},
            "Il ne manque que D. L'intervalle est la somme de l'attente du seuil et de D : avez-vous retranché "
            "la première ?",
        ),
        Misconception(
            lambda: {"tau": COVERED, "R": COVERED, "theta": OUTSIDE, "D": COVERED},
            "Il ne manque que θ. Le plus grand potentiel mesuré n'est pas le seuil : le bruit de l'amplificateur le "
            "dépasse. Servez-vous des intervalles.",
        ),
        Misconception(
            lambda: {"tau": COVERED, "R": COVERED, "theta": OUTSIDE, "D": OUTSIDE},
            "τ et R sont bons, θ et D sont faux ensemble : ils se compensent dans les intervalles. Mesurez aussi à un "
            "courant bien plus fort, où l'attente du seuil devient petite devant D.",
        ),
    ],
    hints=[
        "Deux expériences. Sous le seuil, u(t) donne R et τ. Au-dessus, les intervalles donnent θ et D.",
        "`curve_fit(f, x, y, p0, sigma, absolute_sigma=True)` rend les paramètres et leur matrice de covariance ; les "
        "écarts types sont les racines de sa diagonale.",
        "Un seul ajustement peut tout faire : une fonction qui rend, bout à bout, le potentiel attendu et les "
        "intervalles attendus, face aux mesures mises bout à bout.",
    ],
    alternatives=[
        lambda: _answer(1),
        lambda: _answer(2, _wider),
        lambda: _answer(3, lambda estimate: {name: list(pair) for name, pair in estimate.items()}),
        lambda: _answer(4, lambda estimate: {name: np.array(estimate[name]) for name in reversed(estimate)}),
        lambda: dict.fromkeys(UNITS, "Couvert"),
    ],
    mutants=[
        lambda: _answer(1, lambda estimate: estimate | {"tau": (estimate["tau"][0] * 1.2, estimate["tau"][1])}),
        lambda: _answer(2, lambda estimate: estimate | {"R": estimate["R"][0]}),
        lambda: _answer(3, lambda estimate: estimate | {"D": (estimate["D"][0], 9.0)}),
    ],
)  # fmt: skip


def intervalle_reduit(I, tau, rheobase, D):
    """Interval (ms) as a function of what the spikes can tell; infinite up to the rheobase (nA)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        T = D - tau * np.log1p(-rheobase / np.asarray(I, float))
    return np.where(np.asarray(I) > rheobase, T, np.inf)


def _draw_reduced(rng):
    rheobase = float(rng.uniform(0.02, 0.4))
    I = rheobase * np.concatenate([rng.uniform(0.1, 0.95, 3), rng.uniform(1.02, 6, 9)])
    return {"I": rng.permutation(I), "tau": float(rng.uniform(5, 30)), "rheobase": rheobase,
            "D": float(rng.uniform(1, 6))}  # fmt: skip


def _above(wrong):
    """The wrong formula above the rheobase, the right infinity below."""

    def interval(I, tau, rheobase, D):
        with np.errstate(all="ignore"):
            return np.where(rheobase < I, wrong(np.asarray(I, float), tau, rheobase, D), np.inf)

    return interval


def _unguarded(I, tau, rheobase, D):
    with np.errstate(all="ignore"):
        return D + tau * np.log(I / (I - rheobase))


def _reduced_in_loop(I, tau, rheobase, D):
    out = [
        D + tau * math.log(i / (i - rheobase)) if i > rheobase else math.inf
        for i in np.atleast_1d(I)
    ]
    return out if np.ndim(I) else out[0]


SPIKES_ONLY = Exercise(
    id="03.10",
    title="Ce que disent les impulsions",
    reference=intervalle_reduit,
    samples=_draw_reduced,
    invariants=[
        decreasing("I"),
        value("D + tau * log(2)", at={"I": "2 * rheobase"}),
        holds(
            lambda f, out, I, tau, rheobase, D: np.allclose(f(I=7 * I, rheobase=7 * rheobase), out, rtol=1e-5),
            "ne dépend que du rapport de I à la rhéobase",
            "Si I et la rhéobase sont multipliés par 7, votre intervalle change : seul leur rapport devrait compter.",
        ),
    ],
    misconceptions=[
        Misconception(
            _above(lambda I, tau, rheobase, D: -tau * np.log(1 - rheobase / I)),
            "Votre D manque : il s'ajoute à l'attente du seuil.",
        ),
        Misconception(
            _above(lambda I, tau, rheobase, D: D + tau * np.log(1 - rheobase / I)),
            "Le logarithme de 1 − I_rh/I est négatif : votre intervalle est plus court que D.",
        ),
        Misconception(
            _above(lambda I, tau, rheobase, D: D - tau * np.log(1 - rheobase)),
            "Votre intervalle ne dépend plus du courant : c'est le rapport I_rh/I qui compte.",
        ),
        Misconception(
            _above(lambda I, tau, rheobase, D: D + tau * np.log(I / rheobase)),
            "Votre intervalle s'allonge avec le courant : c'est I/(I − I_rh) sous le logarithme.",
        ),
        Misconception(
            _unguarded,
            "La formule est juste au-dessus de la rhéobase. Au-dessous, aucune impulsion ne vient, et elle rend NaN : "
            "rendez `np.inf`, avec `np.where`.",
        ),
        Misconception(
            lambda I, tau, rheobase, D: np.nan_to_num(intervalle_reduit(I, tau, rheobase, D), posinf=D),
            "Sous la rhéobase, aucune impulsion ne vient : l'intervalle est infini.",
        ),
        Misconception(
            _above(lambda I, tau, rheobase, D: D * (1 - tau * np.log(1 - rheobase / I))),
            "D et l'attente s'ajoutent : ils ne se multiplient pas.",
        ),
    ],
    hints=[
        "Reprenez votre intervalle de l'exercice 03.2 et divisez par R, en haut et en bas.",
        "R I/(R I − θ) = I/(I − θ/R). Et θ/R, c'est la rhéobase.",
        "D + τ ln(I/(I − I_rh)), et `np.inf` tant que I ne dépasse pas I_rh.",
    ],
    alternatives=[
        _reduced_in_loop,
        lambda I, tau, rheobase, D: D + intervalle(I, tau, 1.0, rheobase),
        lambda I, tau, rheobase, D: np.float32(intervalle_reduit(I, tau, rheobase, D)),
        lambda I, tau, rheobase, D: D + tau * np.log(I / np.maximum(I - rheobase, 0)),
        _above(lambda I, tau, rheobase, D: D + 2 * tau * np.arctanh(1 / (2 * I / rheobase - 1))),
    ],
    mutants=[
        _above(lambda I, tau, rheobase, D: D + tau * rheobase / (I - rheobase)),
        _above(lambda I, tau, rheobase, D: D - tau * np.log10(1 - rheobase / I)),
        lambda I, tau, rheobase, D: intervalle_reduit(I, tau, rheobase, D) + D,
    ],
    tolerance=1e-5,
    unit="ms",
    units={"I": "nA", "tau": "ms", "rheobase": "nA", "D": "ms"},
    solution="""def intervalle_reduit(I, tau, rheobase, D):
    with np.errstate(all="ignore"):
        T = D + tau * np.log(I / (I - rheobase))
    return np.where(I > rheobase, T, np.inf)
""",
)  # fmt: skip
