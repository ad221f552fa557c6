"""Exercise 04.14: how long the slowest population takes to come back, and how slow a sweep must then be."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds
from course.exercises.td04.transfer import fI_derivee


def temps_de_retour(w, tau, r_max, kappa):
    """-1/λ where Φ' is largest: τ/(1 - w r_max κ/2)."""
    return tau / (1 - w * r_max * kappa / 2)


def _draw(rng):
    """Below the weight that makes two rests possible; excitatory, so that the steepest place is the slowest."""
    r_max, kappa = float(rng.uniform(100, 600)), float(rng.uniform(0.05, 0.5))
    return {
        "w": float(2 / (r_max * kappa) * rng.uniform(0.1, 0.97)), "tau": float(rng.uniform(5, 60)), "r_max": r_max,
        "kappa": kappa,
    }  # fmt: skip


def _by_scan(w, tau, r_max, kappa):
    I = np.linspace(-1, 1, 2001)
    return max(-tau / (w * fI_derivee(I, r_max, kappa, 0.0) - 1))


def _by_euler(w, tau, r_max, kappa, dt=1e-4):
    """A deviation of 1, followed by Euler's scheme exactly: how long until 1/e."""
    factor = 1 - dt * (1 - w * r_max * kappa / 2)
    return -tau * dt / np.log(factor)


SLOWEST = Exercise(
    id="04.14",
    title="Le plus lent des retours",
    reference=temps_de_retour,
    samples=_draw,
    draws=16,
    invariants=[
        holds(
            lambda f, T, w, tau, r_max, kappa: float(T) >= 0.999 * tau,
            "ne passe jamais sous τ quand w est positif",
            "Une population qui s'excite revient plus lentement que seule : votre temps devrait dépasser τ.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda w, tau, r_max, kappa: tau,
            "τ est le temps d'une population qui ne s'entend pas. L'excitation en retour ralentit le retour.",
        ),
        Misconception(
            lambda w, tau, r_max, kappa: tau / (1 - w * r_max * kappa),
            "La pente maximale de Φ est r_max κ/2 : le ½ manque.",
        ),
        Misconception(
            lambda w, tau, r_max, kappa: tau / (w * r_max * kappa / 2 - 1),
            "Votre temps est négatif : λ l'est, puisque l'écart s'éteint. Le temps est −1/λ.",
        ),
        Misconception(
            lambda w, tau, r_max, kappa: (1 - w * r_max * kappa / 2) / tau,
            "C'est −λ, en 1/ms. Le temps en est l'inverse.",
        ),
        Misconception(
            lambda w, tau, r_max, kappa: tau * (1 - w * r_max * kappa / 2),
            "Chez vous, l'excitation accélère le retour. Relisez λ = (w Φ′ − 1)/τ : plus w Φ′ approche 1, plus λ est "
            "petit.",
        ),
        Misconception(
            lambda w, tau, r_max, kappa: tau / (1 + w * r_max * kappa / 2),
            "Le signe de w est retourné : avec un plus, c'est l'inhibition que vous décrivez.",
        ),
    ],
    hints=[
        "Un écart suit exp(λ t), avec λ = (w Φ′ − 1)/τ négatif. Quel est son temps caractéristique ?",
        "−1/λ = τ/(1 − w Φ′). Où ce temps est-il le plus long ?",
        "Là où Φ′ est le plus grand : r_max κ/2.",
    ],
    alternatives=[
        _by_scan,
        _by_euler,
        lambda w, tau, r_max, kappa: 1 / (1 / tau - w * r_max * kappa / (2 * tau)),
        lambda w, tau, r_max, kappa: 2 * tau / (2 - w * r_max * kappa),
        lambda w, tau, r_max, kappa: np.float32(temps_de_retour(w, tau, r_max, kappa)),
    ],
    mutants=[
        lambda w, tau, r_max, kappa: 5 * temps_de_retour(w, tau, r_max, kappa),
        lambda w, tau, r_max, kappa: tau / (1 - w * kappa / 2),
        lambda w, tau, r_max, kappa: tau / np.sqrt(1 - w * r_max * kappa / 2),
    ],
    tolerance=1e-3,
    unit="ms",
    units={"tau": "ms", "r_max": "Hz"},
    solution="""def temps_de_retour(w, tau, r_max, kappa):
    plus_forte_pente = r_max * kappa / 2
    return tau / (1 - w * plus_forte_pente)
""",
)
