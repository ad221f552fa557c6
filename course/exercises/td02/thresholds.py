"""Exercises 02.6 to 02.8: two currents for one axis, an impulse fired by taking away, a neuron that can be slow."""

import numpy as np

from course.exercises.declare import Exercise, Interval, Misconception
from course.inputs import Input, piecewise, pulse, step
from course.neurons import fitzhugh_nagumo


def _around(x: float) -> Interval:
    return Interval(0.99 * x, 1.01 * x)


def deux_courants():
    """Where the rest is lost (the trace vanishes), where the cycle dies (measured on runs of 20 000 units)."""
    return {"repos_perdu": _around(0.33128), "cycle_mort": _around(0.3241)}


TWO_CURRENTS = Exercise(
    id="02.6",
    title="Deux courants sur le même axe",
    reference=deux_courants,
    misconceptions=[
        Misconception(
            lambda: {"repos_perdu": _around(0.33128), "cycle_mort": _around(0.33128)},
            "Vous donnez deux fois le courant où le repos perd sa stabilité. Redescendez depuis un train : à ce "
            "courant, bat-il encore ?",
        ),
        Misconception(
            lambda: {"repos_perdu": _around(0.3241), "cycle_mort": _around(0.33128)},
            "Les deux courants sont justes, échangés. Lequel lisez-vous sur les valeurs propres, lequel sur le cycle ?",
        ),
        Misconception(
            lambda: {"repos_perdu": _around(1.41872), "cycle_mort": Interval(0.2, 1.5)},
            "À 1,419, le repos retrouve sa stabilité : c'est l'autre bout. Cherchez le courant où il la perd.",
        ),
    ],
    hints=[
        "Pour le repos, faites glisser I et suivez les deux points du médaillon trace–déterminant : quand la trace "
        "change-t-elle de signe ?",
        "Pour le cycle, partez de loin du repos, à I = 0,4, puis diminuez I peu à peu en relançant au même endroit.",
        "Le repos se perd entre 0,32 et 0,34 ; le cycle meurt un peu plus bas.",
    ],
    alternatives=[
        lambda: {"repos_perdu": 0.33128, "cycle_mort": 0.3240},
        lambda: {"cycle_mort": 0.325, "repos_perdu": 0.33},
        lambda: {"repos_perdu": np.float32(0.332), "cycle_mort": np.float32(0.3235)},
        lambda: {"repos_perdu": np.array([0.3313]), "cycle_mort": np.array([0.3242])},
        lambda: {"repos_perdu": 1 / 3 - 0.002, "cycle_mort": 0.324, "note": "bistable entre les deux"},
    ],
    mutants=[
        lambda: {"repos_perdu": 0.33128, "cycle_mort": 0.30},
        lambda: {"repos_perdu": 0.36, "cycle_mort": 0.3240},
        lambda: {"repos_perdu": 0.33128},
    ],
)


def rebondit(amplitude, duree):
    """Does a current `amplitude` < 0, held `duree` then taken away, fire FitzHugh and Nagumo's neuron at rest?"""
    trace = fitzhugh_nagumo.simulate(duree + 100, I=pulse(amplitude, 0, duree), record=[])
    return len(trace.spikes) > 0


# weakest amplitude that fires, found once by intervals on two runs joined end to end, for some durations
DURATIONS = (2.5, 3, 4, 5, 6, 8, 10, 13, 16, 20, 30)
WEAKEST = (2.0337, 1.559, 1.0496, 0.7913, 0.6406, 0.4792, 0.3992, 0.3398, 0.3116, 0.2941, 0.2823)


def _draw_trough(rng):
    """On either side of the weakest amplitude, 8 to 30 % away."""
    duree = float(np.exp(rng.uniform(np.log(3), np.log(25))))
    share = rng.choice([-1, 1]) * rng.uniform(0.08, 0.3)
    weakest = np.exp(np.interp(np.log(duree), np.log(DURATIONS), np.log(WEAKEST)))
    return {"amplitude": -round(float((1 + share) * weakest), 3), "duree": round(duree, 2)}


def _count(I: Input | float, T: float, start=None) -> int:
    return len(fitzhugh_nagumo.simulate(round(T, 2), I=I, start=start, record=[]).spikes)


def _in_two_runs(amplitude, duree):
    held = fitzhugh_nagumo.simulate(duree, I=amplitude, record=[])
    return _count(0, 120, start=held.end) >= 1


def _by_height(amplitude, duree):
    v = fitzhugh_nagumo.simulate(np.ceil(duree + 90), dt=0.02, I=step(amplitude, 0, duree))["v"]
    return np.max(v) > 0.5


def _later(amplitude, duree):
    return _count(pulse(amplitude, 10, duree), duree + 120) > 0


REBOUND = Exercise(
    id="02.7",
    title="Tirer en retirant",
    reference=rebondit,
    samples=_draw_trough,
    draws=40,
    misconceptions=[
        Misconception(
            lambda amplitude, duree: _count(pulse(abs(amplitude), 0, duree), duree + 100) > 0,
            "Votre courant est positif : il pousse vers le seuil. On demande de creuser, puis de lâcher.",
        ),
        Misconception(
            lambda amplitude, duree: _count(amplitude, duree + 100) > 0,
            "Votre neurone ne tire jamais. Votre courant est-il retiré, et simulez-vous assez longtemps ensuite ? "
            "L'impulsion vient après le créneau, et une seule suffit.",
        ),
        Misconception(
            lambda amplitude, duree: not rebondit(amplitude, duree),
            "Oui et non sont échangés.",
        ),
        Misconception(
            lambda amplitude, duree: _count(pulse(amplitude, 0, 10), 110) > 0,
            "Chez vous, la durée du créneau ne change rien. Creuser longtemps laisse pourtant à w le temps de "
            "descendre.",
        ),
    ],
    hints=[
        "C'est la même expérience que l'exercice 01.6, avec un seul choc, vers le bas.",
        "`pulse(amplitude, 0, duree)` est le courant. Combien de temps simuler, pour voir ce qui suit ?",
        "`trace = fhn.simulate(duree + 100, I=…)`, puis `len(trace.spikes) > 0`.",
    ],
    alternatives=[
        _in_two_runs,
        _by_height,
        _later,
        lambda amplitude, duree: _count(piecewise([0, duree], [amplitude, 0]), duree + 100) == 1,
        lambda amplitude, duree: np.bool_(_count(lambda t: amplitude if t < duree else 0.0, duree + 100)),
    ],
    mutants=[
        lambda amplitude, duree: _count(pulse(2 * amplitude, 0, duree), duree + 100) > 0,
        lambda amplitude, duree: _count(pulse(amplitude, 0, 2 * duree), 2 * duree + 100) > 0,
        lambda amplitude, duree: _count(pulse(amplitude, 0, duree) + 0.05, duree + 100) > 0,
    ],
    time_limit=20,
    solution="""def rebondit(amplitude, duree):
    trace = fhn.simulate(duree + 100, I=pulse(amplitude, 0, duree))
    return len(trace.spikes) > 0
""",
)


def pente_de_classe_1():
    """V4 (mV) where Morris and Lecar's class 2 set, otherwise untouched, ends at a saddle-node on the cycle.

    Measured: the rate just above the onset goes to zero as a root up to 14.6 mV; at 14.8 it starts from 2.4 Hz, at
    16 from 6.7 Hz (a saddle remains, but the cycle is born on its own). Below 5 mV potassium outruns the field.
    """
    return Interval(5.0, 14.6)


CLASS_1 = Exercise(
    id="02.8",
    title="Un neurone capable de lenteur",
    reference=pente_de_classe_1,
    misconceptions=[
        Misconception(
            lambda: Interval(14.600001, 16.4),
            "Il y a bien un col, donc un vrai seuil. Mais le train naît ailleurs, avant que le repos ne rencontre le "
            "col : mesurez le taux juste au-dessus du seuil, il saute à plusieurs hertz. Potassium plus abrupt encore.",
        ),
        Misconception(
            lambda: Interval(16.4, 29.9),
            "Les nullclines ne se coupent qu'une fois : sans col, pas de rencontre, et le train naît à un taux fini. "
            "La nullcline de w doit être plus raide.",
        ),
        Misconception(lambda: 30.0, "C'est la valeur de départ, celle de la classe 2."),
        Misconception(
            lambda: Interval(30.1, 1e6),
            "Vous adoucissez la nullcline de w : le potassium s'ouvre déjà au repos, et le col s'éloigne. Cherchez de "
            "l'autre côté.",
        ),
    ],
    hints=[
        "La classe 1 demande un col à côté du repos : il faut que la nullcline de w longe l'axe w = 0, puis monte d'un "
        "coup, de façon à couper trois fois l'autre.",
        "V₄ est la largeur, en millivolts, sur laquelle le potassium s'ouvre. Diminuez-la.",
        "Entre 20 et 16 mV, le col apparaît ; au-dessous de 15 mV, le taux part enfin de zéro.",
    ],
    alternatives=[lambda: 14, lambda: 12.0, lambda: np.float32(10), lambda: 8.0, lambda: np.array(6.5)],
    mutants=[lambda: 2.0, lambda: -14.0, lambda: 0],
    unit="mV",
)
