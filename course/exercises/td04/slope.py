"""Exercise 04.3: the slope of the transfer function, to which stability comes down."""

import numpy as np
from scipy.special import expit

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import between, holds, value
from course.exercises.td04.transfer import drawn_currents, fI, fI_derivee


def _by_differences(I, r_max, kappa, I_half, h=1e-5):
    return (fI(I + h, r_max, kappa, I_half) - fI(I - h, r_max, kappa, I_half)) / (2 * h)


def _by_rate(I, r_max, kappa, I_half):
    """Φ' = 2 κ Φ (1 - Φ/r_max)."""
    r = r_max * expit(2 * kappa * (I - I_half))
    return 2 * kappa * r * (1 - r / r_max)


SLOPE = Exercise(
    id="04.3",
    title="La pente",
    reference=fI_derivee,
    samples=drawn_currents,
    invariants=[
        value("r_max * kappa / 2", at="I_half"),
        between(0, "r_max * kappa / 2"),
        holds(
            lambda f, out, I, r_max, kappa, I_half: np.allclose(
                f(I=2 * I_half - I), out, atol=1e-3 * r_max * kappa
            ),
            "est symétrique autour de I½",
            "Votre pente n'est pas la même à droite et à gauche de I½, à la même distance.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda I, r_max, kappa, I_half: r_max / 2 * (1 - np.tanh(kappa * (I - I_half)) ** 2),
            "κ manque : la dérivée de tanh(κ x) est κ fois celle de tanh. Sans lui, l'unité n'est plus un taux par "
            "unité de courant.",
        ),
        Misconception(
            lambda I, r_max, kappa, I_half: (
                r_max * kappa * (1 - np.tanh(kappa * (I - I_half)) ** 2)
            ),
            "Le facteur ½ a disparu en dérivant : une constante qui multiplie se garde.",
        ),
        Misconception(
            lambda I, r_max, kappa, I_half: (
                r_max * kappa / 2 * (1 - np.tanh(kappa * (I - I_half))) ** 2
            ),
            "C'est tanh qui est au carré, et non 1 − tanh : votre pente n'est pas symétrique autour de I½.",
        ),
        Misconception(
            lambda I, r_max, kappa, I_half: (
                r_max * kappa / 2 * (1 + np.tanh(kappa * (I - I_half)) ** 2)
            ),
            "Votre pente est la plus faible au milieu. La dérivée de tanh est 1 − tanh², avec un moins.",
        ),
        Misconception(
            lambda I, r_max, kappa, I_half: r_max * kappa / 2 * (1 - np.tanh(kappa * (I - I_half))),
            "Le carré manque : la dérivée de tanh est 1 − tanh².",
        ),
        Misconception(
            lambda I, r_max, kappa, I_half: (
                r_max / (2 * kappa) * (1 - np.tanh(kappa * (I - I_half)) ** 2)
            ),
            "Plus κ est grand, plus la courbe est raide : κ multiplie.",
        ),
    ],
    hints=[
        "La dérivée de tanh est 1 − tanh². Il y a une fonction dans la fonction.",
        "Avec y = κ (I − I½), dΦ/dI = (r_max/2)(1 − tanh²(y)) dy/dI.",
        "dy/dI = κ.",
    ],
    alternatives=[
        _by_differences,
        _by_rate,
        lambda I, r_max, kappa, I_half: r_max * kappa / 2 / np.cosh(kappa * (I - I_half)) ** 2,
        lambda I, r_max, kappa, I_half: [_by_rate(x, r_max, kappa, I_half) for x in I],
        lambda I, r_max, kappa, I_half: np.float32(fI_derivee(I, r_max, kappa, I_half)),
    ],
    mutants=[
        lambda I, r_max, kappa, I_half: r_max * kappa / 2 / np.cosh(kappa * (I - I_half)),
        lambda I, r_max, kappa, I_half: r_max * kappa / 2 * (1 - np.tanh(kappa * I - I_half) ** 2),
        lambda I, r_max, kappa, I_half: -fI_derivee(I, r_max, kappa, I_half),
    ],
    tolerance=1e-5,
    unit="Hz par unité de courant",
    solution="""def fI_derivee(I, r_max=500, kappa=0.2, I_half=10):
    y = kappa * (I - I_half)
    return r_max * kappa * (1 - np.tanh(y) ** 2) / 2
""",
)
