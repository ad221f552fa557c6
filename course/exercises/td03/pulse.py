"""Exercise 03.1: the answer of the membrane to a pulse of current, below the threshold."""

import math

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import value


def reponse_creneau(t, tau, R, I, duree):
    """u (mV above rest) t ms after the start of a pulse of I nA that lasts duree ms."""
    pendant = R * I * (1 - np.exp(-t / tau))
    apres = R * I * (1 - np.exp(-duree / tau)) * np.exp(-(t - duree) / tau)
    return np.where(t < duree, pendant, apres)


def _two_steps(t, tau, R, I, duree):
    """A step up, and the same step down, later."""

    def step(s):
        return R * I * -np.expm1(-np.maximum(s, 0) / tau)

    return step(t) - step(t - duree)


def _pulse_in_loop(t, tau, R, I, duree):
    out = []
    for now in np.atleast_1d(t):
        u = R * I * (1 - math.exp(-min(now, duree) / tau))
        out.append(u * math.exp(-(now - duree) / tau) if now > duree else u)
    return np.reshape(out, np.shape(t))


def _pulse_one_by_one(t, tau, R, I, duree):
    if t < duree:
        return R * I * (1 - math.exp(-t / tau))
    return R * I * (math.exp(-(t - duree) / tau) - math.exp(-t / tau))


PULSE = Exercise(
    id="03.1",
    title="La réponse à un créneau",
    reference=reponse_creneau,
    samples=lambda rng: {
        "t": np.sort(rng.uniform(0, 150, 30)), "tau": float(rng.uniform(5, 30)), "R": float(rng.uniform(20, 300)),
        "I": float(rng.uniform(-0.3, 0.3)), "duree": float(rng.uniform(20, 80)),
    },
    invariants=[value(0, at={"t": 0}), value("R * I", at={"t": "999 * tau", "duree": "1000 * tau"}),
                value(0, at={"t": "1000 * tau"})],
    misconceptions=[
        Misconception(
            lambda t, tau, R, I, duree: R * I * (1 - np.exp(-t / tau)),
            "Votre potentiel reste au palier : que devient-il quand le courant s'arrête ?",
        ),
        Misconception(
            lambda t, tau, R, I, duree: np.where(t < duree, R * I * (1 - np.exp(-t / tau)), 0.0),
            "À la fin du créneau, votre potentiel tombe d'un coup à zéro : un condensateur se vide peu à peu.",
        ),
        Misconception(
            lambda t, tau, R, I, duree: np.where(t < duree, R * I * (1 - np.exp(-t / tau)),
                                                 R * I * np.exp(-(t - duree) / tau)),
            "Votre descente part du palier R I. Le créneau a pu être trop court pour l'atteindre : elle part de la "
            "valeur où il s'est arrêté.",
        ),
        Misconception(
            lambda t, tau, R, I, duree: np.where(t < duree, R * I * (1 - np.exp(-t / tau)),
                                                 R * I * (1 - np.exp(-duree / tau)) * np.exp(-t / tau)),
            "Votre descente a déjà commencé à t = 0 : son horloge part de la fin du créneau, t − durée.",
        ),
        Misconception(
            lambda t, tau, R, I, duree: reponse_creneau(t, tau, 1, I, duree) / R,
            "Votre palier est I/R. Une membrane deux fois plus résistante donne-t-elle une réponse deux fois plus "
            "petite ? Loi d'Ohm.",
        ),
        Misconception(
            lambda t, tau, R, I, duree: np.where(t < duree, R * I * np.exp(-t / tau),
                                                 R * I * (1 - np.exp(-duree / tau)) * np.exp(-(t - duree) / tau)),
            "Votre montée est une descente : à t = 0, le condensateur est vide, et u vaut zéro.",
        ),
    ],
    hints=[
        "Deux temps : pendant le créneau, u va vers R I ; ensuite, u va vers 0. D'où part-il, la seconde fois ?",
        "Pendant : R I (1 − exp(−t/τ)). À la fin du créneau, u vaut R I (1 − exp(−durée/τ)).",
        "`np.where(t < duree, pendant, apres)` choisit, point par point.",
    ],
    alternatives=[
        _two_steps,
        _pulse_in_loop,
        _pulse_one_by_one,
        lambda t, tau, R, I, duree: np.float32(reponse_creneau(t, tau, R, I, duree)),
        lambda t, tau, R, I, duree: R * I * (np.exp(-np.maximum(t - duree, 0) / tau) - np.exp(-t / tau)),
    ],
    mutants=[
        lambda t, tau, R, I, duree: np.where(t < duree, R * I * t / tau, R * I * np.exp(-(t - duree) / tau)),
        lambda t, tau, R, I, duree: np.abs(reponse_creneau(t, tau, R, I, duree)),
        lambda t, tau, R, I, duree: reponse_creneau(t, tau, R, I, 50.0),
    ],
    unit="mV",
    units={"t": "ms", "tau": "ms", "R": "MΩ", "I": "nA", "duree": "ms"},
    solution="""def reponse_creneau(t, tau, R, I, duree):
    pendant = R * I * (1 - np.exp(-t / tau))
    u_fin = R * I * (1 - np.exp(-duree / tau))
    apres = u_fin * np.exp(-(t - duree) / tau)
    return np.where(t < duree, pendant, apres)
""",
)  # fmt: skip
