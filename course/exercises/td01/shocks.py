"""Exercise 01.6: two shocks, and the refractory period between them."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.inputs import piecewise, pulse, step
from course.neurons import hodgkin_huxley


def repond(delai, amplitude):
    """Does a second 1 ms shock (µA/cm²), `delai` ms after the first, add an impulse to the first one?"""
    I = pulse(15, 5, 1) + pulse(amplitude, 5 + delai, 1)
    return len(hodgkin_huxley.simulate(5 + delai + 20, I=I).spikes) > 1


def _spikes(current, T):
    return hodgkin_huxley.simulate(round(T, 2), I=current, record=[]).spikes


def _second(amplitude, at):
    return pulse(15, 5, 1) + pulse(amplitude, at, 1)


def _by_crossings(delai, amplitude):
    trace = hodgkin_huxley.simulate(np.ceil(25 + delai), dt=0.02, I=_second(amplitude, 5 + delai))
    above = trace["V"] >= 0
    return int(np.sum(above[1:] & ~above[:-1])) == 2


def _by_comparison(delai, amplitude):
    """With the second shock, against without it."""
    both, alone = _spikes(_second(amplitude, 5 + delai), 25 + delai), _spikes(pulse(15, 5, 1), 25 + delai)
    return len(both) > len(alone)


def _by_pieces(delai, amplitude):
    """One piecewise current, the overlap of the shocks included; two runs, the second from the end of the first."""
    times = np.unique([5.0, 6.0, 5.0 + delai, 6.0 + delai])
    I = piecewise(times, _second(amplitude, 5 + delai)(times))
    return np.int64(len(_spikes(I, 25 + delai)) >= 2)


# threshold of the second shock (µA/cm²) at some delays (ms), found once with another integrator
DELAYS, THRESHOLDS = (8, 9, 10, 11, 12, 13, 14, 15), (48.0, 34.1, 25.3, 19.4, 15.1, 12.1, 9.8, 8.2)


def _draw_shocks(rng):
    """Delays short (the first impulse comes late), deaf, recovered; and on the edge, where 1 ms more is enough."""
    low, high = ((1.1, 1.5), (2, 7), (8.7, 13.5), (8.7, 13.5), (17, 21), (24, 40))[rng.integers(6)]
    delai = float(rng.uniform(low, high))
    if low == 8.7:
        amplitude = np.interp(delai + rng.choice([-0.5, 0.5]), DELAYS, THRESHOLDS)
    else:
        amplitude = rng.uniform(3, 5) if rng.random() < 0.4 else rng.uniform(8.5, 44)
    return {"delai": round(delai, 2), "amplitude": round(float(amplitude), 1)}


TWO_PULSES = Exercise(
    id="01.6",
    title="Deux chocs",
    reference=repond,
    samples=_draw_shocks,
    draws=40,
    seed=17,
    misconceptions=[
        Misconception(
            lambda delai, amplitude: len(_spikes(_second(amplitude, 5 + delai), 25 + delai)) > 0,
            "Votre fonction répond toujours oui : le premier choc donne déjà une impulsion. Laquelle cherchez-vous ?",
        ),
        Misconception(
            lambda delai, amplitude: bool(np.any(_spikes(_second(amplitude, 5 + delai), 25 + delai) > 5 + delai)),
            "Quand le délai est très court, la première impulsion culmine après le second choc, et vous la prenez "
            "pour une réponse. Comptez plutôt les impulsions.",
        ),
        Misconception(
            lambda delai, amplitude: len(_spikes(_second(amplitude, 6 + delai), 26 + delai)) > 1,
            "Votre délai part de la fin du premier choc : l'énoncé le compte depuis son début.",
        ),
        Misconception(
            lambda delai, amplitude: len(_spikes(_second(amplitude, delai), 25 + delai)) > 1,
            "Votre second choc part `delai` millisecondes après le début de la simulation, et non du premier choc.",
        ),
        Misconception(
            lambda delai, amplitude: len(_spikes(_second(15, 5 + delai), 25 + delai)) > 1,
            "Votre second choc vaut toujours 15 µA/cm² : c'est son amplitude que l'on veut faire varier.",
        ),
        Misconception(
            lambda delai, amplitude: len(_spikes(pulse(amplitude, 5 + delai, 1), 25 + delai)) > 0,
            "Le second choc trouve un axone neuf : le premier manque, ou passe dans une autre simulation. Les deux "
            "courants s'additionnent, et se simulent ensemble.",
        ),
        Misconception(
            lambda delai, amplitude: len(_spikes(_second(amplitude, 5 + delai), 25 + delai)),
            "Vous rendez le nombre d'impulsions. On demande `True` ou `False` : le second choc en a-t-il ajouté une ?",
        ),
        Misconception(
            lambda delai, amplitude: _spikes(_second(amplitude, 5 + delai), 25 + delai),
            "Vous rendez les instants des impulsions. On demande `True` ou `False` : le second choc en a-t-il ajouté "
            "une ?",
        ),
        *(
            Misconception(
                lambda delai, amplitude, _T=T: len(_spikes(_second(amplitude, 5 + delai), _T)) > 1,
                "Votre simulation s'arrête trop tôt, parfois avant le second choc : elle doit durer 5 + delai + 20 ms.",
            )
            for T in (20, 25, 30)
        ),
        Misconception(
            lambda delai, amplitude: False,
            "Votre fonction répond toujours non. Votre simulation s'arrête-t-elle avant le second choc ? Elle doit "
            "durer 5 + delai + 20 ms.",
        ),
    ],
    hints=[
        "Un courant est une somme : `pulse(15, 5, 1) + pulse(...)`. Quand commence le second choc ?",
        "Le second choc commence à 5 + delai. La simulation dure 5 + delai + 20 ms.",
        "`len(trace.spikes)` compte les impulsions. La première est due au premier choc.",
    ],
    alternatives=[
        _by_crossings,
        _by_comparison,
        _by_pieces,
        lambda delai, amplitude: len(_spikes(
            lambda t: 15.0 * (5 <= t < 6) + amplitude * (5 + delai <= t < 6 + delai), 25 + delai)) == 2,
        lambda delai, amplitude: len(_spikes(
            step(15, 5, 6) + step(amplitude, 5 + delai, 6 + delai), 30 + delai)[1:]) > 0,
    ],
    mutants=[
        lambda delai, amplitude: len(_spikes(_second(amplitude, 5 + delai), 5 + delai)) > 1,
        lambda delai, amplitude: len(_spikes(_second(2 * amplitude, 5 + delai), 25 + delai)) > 1,
        lambda delai, amplitude: len(_spikes(_second(amplitude, 5 + delai), 25 + delai)) <= 1,
    ],
    units={"delai": "ms", "amplitude": "µA/cm²"},
    time_limit=10,
    solution="""def repond(delai, amplitude):
    I = pulse(15, 5, 1) + pulse(amplitude, 5 + delai, 1)
    trace = hh.simulate(5 + delai + 20, I=I)
    return len(trace.spikes) > 1
""",
)  # fmt: skip
