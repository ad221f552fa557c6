"""Exercise 02.10: the longest step of Euler's scheme that keeps a stable focus stable."""

import numpy as np
from scipy.optimize import brentq

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def pas_maximal(trace, determinant):
    """|1 + dt·λ|² = 1 + dt·T + dt²·D for the two conjugate eigenvalues: below 1 as long as dt < -T/D."""
    return -trace / determinant


def _draw_focus(rng):
    trace = -float(np.exp(rng.uniform(-4, 1)))
    return {"trace": trace, "determinant": float(trace**2 / 4 * np.exp(rng.uniform(0.2, 4)))}


def _by_eigenvalue(trace, determinant):
    value = np.roots([1, -trace, determinant])[0]
    return -2 * value.real / abs(value) ** 2


def _growth(dt, trace, determinant):
    """Largest factor of one step on a companion matrix, minus 1."""
    return max(abs(np.linalg.eigvals(np.eye(2) + dt * np.array([[0, 1], [-determinant, trace]])))) - 1


def _by_search(trace, determinant):
    far = 1.0
    while _growth(far, trace, determinant) < 0:
        far *= 2
    near = far
    while _growth(near, trace, determinant) > 0:
        near /= 2
    return far if near == far else brentq(_growth, near, far, args=(trace, determinant), xtol=1e-14)


def _by_angle(trace, determinant):
    """A step of length dt along λ leaves the unit circle where it meets it again: 2·cos(angle)/|λ|."""
    length = determinant**0.5
    return 2 * np.cos(np.arccos(-trace / (2 * length))) / length


LONGEST_STEP = Exercise(
    id="02.10",
    title="Le plus long pas d'Euler",
    reference=pas_maximal,
    samples=_draw_focus,
    draws=16,
    invariants=[
        holds(
            lambda f, dt, trace, determinant: (
                _growth(0.99 * float(dt), trace, determinant) < 0 < _growth(1.01 * float(dt), trace, determinant)
            ),
            "est bien à la limite : un pas de 1 % plus court amortit, un pas de 1 % plus long amplifie",
            "Faites un pas avec votre dt : |1 + dt λ| n'y vaut pas 1.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda trace, determinant: -4 / trace,
            "C'est la limite d'un retour sans rotation, 2/|Re λ|. Ici on tourne : la partie imaginaire pousse aussi le "
            "pas hors du cercle, et bien plus vite.",
        ),
        Misconception(
            lambda trace, determinant: -2 * trace / determinant,
            "Deux fois trop long : la trace est la somme des deux valeurs propres, donc le double de leur partie "
            "réelle.",
        ),
        Misconception(
            lambda trace, determinant: -trace / (2 * determinant),
            "Deux fois trop court : 2 Re λ est la trace entière.",
        ),
        Misconception(
            lambda trace, determinant: trace / determinant,
            "Votre pas est négatif : la trace l'est, puisque le foyer est stable.",
        ),
        Misconception(
            lambda trace, determinant: -determinant / trace,
            "Le quotient est à l'envers : plus l'amortissement est faible, plus le pas doit être court.",
        ),
        Misconception(
            lambda trace, determinant: 2 / np.sqrt(determinant),
            "2/|λ| serait juste si λ était réelle et négative. Un foyer à peine amorti demande un pas bien plus court.",
        ),
    ],
    hints=[
        "Écrivez λ = α + iω et développez |1 + dt λ|² = (1 + dt α)² + (dt ω)².",
        "Cela vaut 1 + 2 α dt + (α² + ω²) dt². Quand est-ce inférieur à 1 ?",
        "2 α est la trace, α² + ω² est le déterminant.",
    ],
    alternatives=[
        _by_eigenvalue,
        _by_search,
        _by_angle,
        lambda trace, determinant: np.float32(-trace) / np.float32(determinant),
        lambda trace, determinant: float(max(np.roots([determinant, trace, 0]))),
    ],
    mutants=[
        lambda trace, determinant: -trace / np.sqrt(determinant),
        lambda trace, determinant: -trace,
        lambda trace, determinant: -1 / trace,
    ],
    tolerance=1e-4,
)
