"""Exercises 05.11 and 05.12: the charge of a cut alpha function, and the weights where the echo of Program 14 dies."""

import numpy as np
from scipy.integrate import quad
from scipy.special import gammainc

from course.exercises.declare import Exercise, Interval, Misconception
from course.exercises.invariants import holds


def charge(tau_pic, coupure):
    """The area of t/tau_pic exp(1 - t/tau_pic) from 0 to the cut."""
    x = coupure / tau_pic
    return np.e * tau_pic * (1 - (1 + x) * np.exp(-x))


def _alpha(t, tau_pic):
    return t / tau_pic * np.exp(1 - t / tau_pic)


def _trapezes(tau_pic, coupure):
    t = np.linspace(0, coupure, 200_001)
    K = _alpha(t, tau_pic)
    return float(np.sum((K[1:] + K[:-1]) / 2) * (t[1] - t[0]))


def _rectangles(tau_pic, coupure):
    h = coupure / 100_000
    return sum(_alpha(h * (np.arange(100_000) + 0.5), tau_pic)) * h


CHARGE = Exercise(
    id="05.11",
    title="La charge d'une impulsion",
    reference=charge,
    samples=lambda rng: {"tau_pic": float(rng.uniform(2, 60)), "coupure": float(rng.uniform(10, 150))},
    draws=12,
    invariants=[
        holds(
            lambda f, Q, tau_pic, coupure: np.isclose(
                float(f(tau_pic=0.3 * tau_pic, coupure=0.3 * coupure)), 0.3 * float(Q), rtol=1e-3),
            "se réduit comme l'échelle de temps",
            "Un noyau trois fois plus bref, coupé trois fois plus tôt, a une aire trois fois plus petite.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda tau_pic, coupure: np.e * tau_pic,
            "C'est l'aire du noyau entier. Il est coupé : n'allez que jusqu'à la coupure.",
        ),
        Misconception(
            lambda tau_pic, coupure: tau_pic * (1 - (1 + coupure / tau_pic) * np.exp(-coupure / tau_pic)),
            "Il manque un facteur e : le noyau vaut 1 à son sommet, grâce au 1 de l'exposant.",
        ),
        Misconception(
            lambda tau_pic, coupure: np.e * (1 - (1 + coupure / tau_pic) * np.exp(-coupure / tau_pic)),
            "Il manque un facteur τ_pic : en posant x = t/τ_pic, dt devient τ_pic dx.",
        ),
        Misconception(
            lambda tau_pic, coupure: np.e * tau_pic * (1 - np.exp(-coupure / tau_pic)),
            "C'est l'aire d'une exponentielle, à un facteur près. Intégrez x exp(−x) par parties.",
        ),
        Misconception(
            lambda tau_pic, coupure: _alpha(coupure, tau_pic),
            "C'est la hauteur du noyau à la coupure. On demande son aire.",
        ),
    ],
    hints=[
        "Une somme sur un grand nombre de petits pas convient aussi bien qu'une formule.",
        "Avec x = t/τ_pic : e τ_pic fois l'intégrale de x exp(−x), de 0 à coupure/τ_pic.",
        "Une primitive de x exp(−x) est −(1 + x) exp(−x).",
    ],
    alternatives=[
        lambda tau_pic, coupure: quad(_alpha, 0, coupure, args=(tau_pic,))[0],
        _trapezes,
        _rectangles,
        lambda tau_pic, coupure: np.e * tau_pic * gammainc(2, coupure / tau_pic),
        lambda tau_pic, coupure: np.float32(charge(tau_pic, coupure)),
    ],
    mutants=[
        lambda tau_pic, coupure: charge(coupure, tau_pic),
        lambda tau_pic, coupure: charge(tau_pic, coupure) / coupure,
        lambda tau_pic, coupure: _alpha(np.arange(0, coupure, 10.0), tau_pic).sum() * 10,
    ],
    tolerance=1e-4,
    unit="ms",
    units={"tau_pic": "ms", "coupure": "ms"},
    solution="""def charge(tau_pic, coupure):
    x = coupure / tau_pic
    return np.e * tau_pic * (1 - (1 + x) * np.exp(-x))
""",
)  # fmt: skip


def poids_de_bascule():
    """Where one echo appears, and where the echo no longer dies; found by running the network."""
    return Interval(0.385, 0.390), Interval(0.395, 0.3965)


WEIGHTS = Exercise(
    id="05.12",
    title="Où meurt l'écho ?",
    reference=poids_de_bascule,
    outputs=("un écho", "sans fin"),
    misconceptions=[
        Misconception(
            lambda: (0.3955, 0.3875), "Les deux poids sont justes, dans l'ordre inverse : le plus petit d'abord."
        ),
        Misconception(
            lambda: (3.875, 3.955),
            "Dix fois trop : ce sont les poids d'une synapse que l'on demande, et non la somme des dix.",
        ),
        Misconception(lambda: (0.3955, 0.3955), "Le second est juste. Entre le silence et l'écho sans fin, cherchez "
                      "le poids qui donne un écho, un seul."),
    ],
    hints=[
        "Simulez assez longtemps : un écho sans fin n'est sûr qu'après plusieurs secondes.",
        "Comptez les décharges de N1 pour les poids de 0,38 à 0,40, de 0,001 en 0,001.",
        "Une décharge : pas d'écho. Deux : un écho. Vingt : il ne meurt plus.",
    ],
    alternatives=[
        lambda: (0.388, 0.395),
        lambda: [0.389, 0.396],
        lambda: (np.float64(0.3865), np.float32(0.3955)),
        lambda: np.array([0.387, 0.396]),
        lambda: (0.39, 0.395),
    ],
    mutants=[lambda: (0.38, 0.396), lambda: (0.388, 0.5), lambda: (0.15, 0.5)],
    solution="(0.388, 0.396)",
)
