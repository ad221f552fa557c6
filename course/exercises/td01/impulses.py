"""Exercises 01.5 and 01.7: the rate of a train, the ions of an impulse."""

import warnings

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def taux_de_decharge(impulsions):
    """Rate (Hz) of a train of spike times (ms), from one spike to the next; 0 without two spikes."""
    if len(impulsions) < 2:
        return 0.0
    return 1000 / np.mean(np.diff(impulsions))


def _draw_train(rng):
    count = int(rng.choice([0, 1, 2, 3, 5, 12, 30], p=[0.1, 0.1, 0.1, 0.15, 0.15, 0.2, 0.2]))
    return {"impulsions": rng.uniform(0, 300) + np.cumsum(rng.uniform(2, 40, count))}


def _rate(impulsions, quotient):
    return float(quotient(impulsions)) if len(impulsions) > 1 else 0.0


def _rate_in_loop(impulsions):
    intervals, last = [], None
    for now in impulsions:
        if last is not None:
            intervals.append(float(now) - last)
        last = float(now)
    return len(intervals) / sum(intervals) * 1e3 if intervals else 0


def _without_guard(impulsions):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # numpy says that the mean of nothing is not a number
        return 1000 / np.mean(np.diff(impulsions))


RATE = Exercise(
    id="01.5",
    title="Le taux de décharge",
    reference=taux_de_decharge,
    samples=_draw_train,
    draws=20,
    seed=5,
    invariants=[
        holds(
            lambda f, r, impulsions: np.isclose(f(impulsions=impulsions + 50), r, rtol=1e-5),
            "ne change pas si tout le train est retardé",
            "Retarder tout le train de 50 ms change votre taux : il ne devrait dépendre que des intervalles.",
        ),
        holds(
            lambda f, r, impulsions: np.isclose(np.multiply(2, f(impulsions=2 * impulsions)), r, rtol=1e-5),
            "est divisé par deux quand les intervalles doublent",
            "Quand tous les intervalles doublent, votre taux n'est pas divisé par deux.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda impulsions: _rate(impulsions, lambda s: 1000 * len(s) / (s[-1] - s[0])),
            "Vous comptez les impulsions, et il fallait compter les intervalles : entre deux impulsions, il n'y en a "
            "qu'un. Des piquets et des barrières.",
        ),
        Misconception(
            lambda impulsions: _rate(impulsions, lambda s: (len(s) - 1) / (s[-1] - s[0])),
            "Votre taux est en impulsions par milliseconde. Le hertz compte par seconde.",
        ),
        Misconception(
            lambda impulsions: _rate(impulsions, lambda s: 1000 * len(s) / s[-1]),
            "Vous divisez par l'instant de la dernière impulsion : l'attente avant la première ne fait pas partie "
            "du train.",
        ),
        Misconception(
            lambda impulsions: _rate(impulsions, lambda s: np.mean(1000 / np.diff(s))),
            "Vous prenez la moyenne des inverses, et il fallait l'inverse de la moyenne : un intervalle très court "
            "pèserait trop lourd.",
        ),
        Misconception(
            _without_guard,
            "Le calcul est juste dès deux impulsions. Avec aucune ou une seule, il n'y a pas d'intervalle, et la "
            "moyenne de rien n'est pas un nombre : rendez 0.",
        ),
        Misconception(
            lambda impulsions: _rate(impulsions, lambda s: np.mean(np.diff(s))),
            "Vous rendez l'intervalle moyen, en millisecondes. Combien de ces intervalles tiennent dans une seconde ?",
        ),
    ],
    hints=[
        "Trois impulsions, aux instants 0, 10 et 20 ms : quel taux attendez-vous ? Que rend votre fonction ?",
        "`np.diff` rend les intervalles, `np.mean` leur moyenne.",
        "Le taux vaut 1000 divisé par l'intervalle moyen. Traitez d'abord le cas de moins de deux impulsions.",
    ],
    alternatives=[
        _rate_in_loop,
        lambda impulsions: _rate(impulsions, lambda s: 1000 / ((s[-1] - s[0]) / (len(s) - 1))),
        lambda impulsions: [_rate(impulsions, lambda s: 1e3 * (s.size - 1) / np.ptp(s))],
        lambda impulsions: np.float32(_rate(impulsions, lambda s: 1000 / np.average(s[1:] - s[:-1]))),
        lambda impulsions: np.array([1000 / np.diff(impulsions).mean()]) if impulsions.size >= 2 else np.zeros(1),
    ],
    mutants=[
        lambda impulsions: _rate(impulsions, lambda s: 1000 / np.median(np.diff(s))),
        lambda impulsions: _rate(impulsions, lambda s: 1000 / np.diff(s)[0]),
        lambda impulsions: _rate(impulsions, lambda s: 1000 * (len(s) - 2) / (s[-1] - s[0])),
    ],
    unit="Hz",
    units={"impulsions": "ms"},
    solution="""def taux_de_decharge(impulsions):
    if len(impulsions) < 2:
        return 0.0
    return 1000 / np.mean(np.diff(impulsions))
""",
)  # fmt: skip


def ions_entres(t, I_Na):
    """Sodium ions that entered through one µm² of membrane; t in ms, I_Na in µA/cm², negative inwards."""
    return -np.trapezoid(I_Na, t) * 1e-9 / 1.602176634e-19 / 1e8


def _draw_current(rng):
    t = np.arange(0, rng.uniform(8, 20), rng.uniform(0.01, 0.03))
    peak, width = rng.uniform(2, 5), rng.uniform(0.3, 0.8)
    bump = rng.uniform(200, 900) * np.exp(-(((t - peak) / width) ** 2))
    tail = rng.uniform(50, 200) * (t > peak) * np.exp(-(t - peak)) * (1 - np.exp(-(((t - peak) / width) ** 2)))
    return {"t": t, "I_Na": -bump - tail}


def _simpson(t, I_Na):
    from scipy.integrate import simpson

    return simpson(-I_Na, x=t) * 1e-9 * 6.241509074e18 * 1e-8


IONS = Exercise(
    id="01.7",
    title="Le prix d'une impulsion",
    reference=ions_entres,
    samples=_draw_current,
    invariants=[
        holds(
            lambda f, out, t, I_Na: np.isclose(f(I_Na=2 * I_Na), np.multiply(2, out), rtol=1e-4),
            "double quand le courant double",
            "Quand le courant double, le nombre d'ions devrait doubler.",
        ),
        holds(
            lambda f, out, t, I_Na: np.isclose(f(t=t[::2], I_Na=I_Na[::2]), out, rtol=0.03),
            "ne dépend pas du pas de temps",
            "Avec un instant sur deux, votre compte change : le pas de temps doit entrer dans l'intégrale.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda t, I_Na: -ions_entres(t, I_Na),
            "Votre compte est négatif : dans notre convention, un courant qui entre l'est aussi. On demande des ions.",
        ),
        Misconception(
            lambda t, I_Na: ions_entres(t, I_Na) / (t[1] - t[0]),
            "Vous additionnez des courants sans les multiplier par leur durée : une charge est un courant qui dure.",
        ),
        Misconception(
            lambda t, I_Na: ions_entres(t, I_Na) * 1e3,
            "Il reste un facteur mille : µA × ms donne des nanocoulombs, 10⁻⁹ C, et non des microcoulombs.",
        ),
        Misconception(
            lambda t, I_Na: ions_entres(t, I_Na) * 1e8,
            "Vous comptez les ions de tout un centimètre carré. Combien y tient-il de micromètres carrés ?",
        ),
        Misconception(
            lambda t, I_Na: ions_entres(t, I_Na) * 1e4,
            "1 cm vaut 10⁴ µm. Et 1 cm² ?",
        ),
        Misconception(
            lambda t, I_Na: ions_entres(t, I_Na) * 1.602176634e-19,
            "Vous rendez une charge, en coulombs par µm². Divisez-la par celle d'un ion.",
        ),
        *(
            Misconception(
                lambda t, I_Na, _sign=sign: _sign * np.trapezoid(t, I_Na) * 1e-9 / 1.602176634e-19 / 1e8,
                "Les arguments de `np.trapezoid` sont échangés : d'abord ce que l'on additionne, le courant ; puis le "
                "temps.",
            )
            for sign in (1, -1)
        ),
    ],
    hints=[
        "Commencez par la charge, en nC/cm² : `np.trapezoid(I_Na, t)`, au signe près.",
        "1 nC = 10⁻⁹ C ; un ion porte 1,602 × 10⁻¹⁹ C : cela donne des ions par cm².",
        "1 cm² = 10⁸ µm² : divisez encore.",
    ],
    alternatives=[
        _simpson,
        lambda t, I_Na: -float(sum(I_Na)) * (t[1] - t[0]) * 62.41509,
        lambda t, I_Na: np.float32(np.abs(np.sum((I_Na[1:] + I_Na[:-1]) / 2 * np.diff(t))) / 0.01602176634),
        lambda t, I_Na: -sum(i * (b - a) for i, a, b in zip(I_Na, t, t[1:], strict=False)) * 1e-17 / 1.602176634e-19,
        lambda t, I_Na: np.array([np.dot(I_Na, np.gradient(t)) * -1e-9 / (1.602176634e-19 * 1e8)]),
    ],
    mutants=[
        lambda t, I_Na: ions_entres(t, I_Na) / (t[-1] - t[0]),
        lambda t, I_Na: -I_Na.min() * 62.41509,
        lambda t, I_Na: ions_entres(t[: t.size // 5], I_Na[: t.size // 5]),
    ],
    tolerance=2e-3,
    unit="ions/µm²",
    units={"t": "ms", "I_Na": "µA/cm²"},
    solution="""def ions_entres(t, I_Na):
    Q = -np.trapezoid(I_Na, t)  # nC/cm²
    return Q * 1e-9 / 1.602176634e-19 / 1e8
""",
)  # fmt: skip
