"""Exercise 04.6: how fast a small deviation from a steady rate grows or dies."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds
from course.exercises.td04.transfer import fI, fI_derivee


def taux_de_croissance(r, I_ext, w, tau):
    """λ = (w Φ'(I_ext + w r) - 1)/τ."""
    return (w * fI_derivee(I_ext + w * r) - 1) / tau


def _by_differences(r, I_ext, w, tau, h=1e-3):
    def change(x):
        return (fI(I_ext + w * x) - x) / tau

    return (change(r + h) - change(r - h)) / (2 * h)


def _by_cosh(r, I_ext, w, tau):
    return [w * 50 / np.cosh(0.2 * (I_ext + w * x - 10)) ** 2 / tau - 1 / tau for x in r]


GROWTH = Exercise(
    id="04.6",
    title="Un petit écart",
    reference=taux_de_croissance,
    samples=lambda rng: {
        "r": rng.uniform(10, 490, 12), "I_ext": float(rng.uniform(-5, 15)), "w": float(rng.uniform(-0.08, 0.08)),
        "tau": float(rng.uniform(5, 60)),
    },
    invariants=[
        holds(
            lambda f, out, r, I_ext, w, tau: np.allclose(tau * np.asarray(f(w=0.0)), -1, atol=1e-4),
            "vaut −1/τ quand la population ne s'entend pas",
            "Sans récurrence, w = 0, un écart doit s'éteindre en exp(−t/τ), quel que soit r.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda r, I_ext, w, tau: w * fI_derivee(I_ext + w * r) / tau,
            "Le −1 manque : c'est la dérivée de −r. Sans lui, rien ne s'éteindrait jamais.",
        ),
        Misconception(
            lambda r, I_ext, w, tau: w * fI_derivee(I_ext + w * r) - 1 / tau,
            "τ divise toute la parenthèse. Chez vous, il ne divise que le 1.",
        ),
        Misconception(
            lambda r, I_ext, w, tau: (fI_derivee(I_ext + w * r) - 1) / tau,
            "w manque : r agit sur Φ à travers w r, et dériver par rapport à r fait sortir w.",
        ),
        Misconception(
            lambda r, I_ext, w, tau: (w * fI_derivee(r) - 1) / tau,
            "Φ′ est une fonction du courant. Vous lui donnez un taux.",
        ),
        Misconception(
            lambda r, I_ext, w, tau: w * fI_derivee(I_ext + w * r) - 1,
            "Le signe est juste, mais pas la vitesse : τ divise.",
        ),
        Misconception(
            lambda r, I_ext, w, tau: (1 - w * fI_derivee(I_ext + w * r)) / tau,
            "Le signe est retourné : λ doit être négatif quand l'écart s'éteint.",
        ),
        Misconception(
            lambda r, I_ext, w, tau: (w * fI(I_ext + w * r) - 1) / tau,
            "Vous avez pris Φ, et non sa pente Φ′.",
        ),
        Misconception(
            lambda r, I_ext, w, tau: (fI(I_ext + w * r) - r) / tau,
            "C'est dr/dt lui-même, nul à l'équilibre. On demande sa pente par rapport à r.",
        ),
    ],
    hints=[
        "Posez r = r* + δr. Que devient Φ(I_ext + w r* + w δr), au premier ordre ?",
        "Φ(I* + w δr) ≈ Φ(I*) + Φ′(I*) w δr, et Φ(I*) = r*. Que reste-t-il ?",
        "τ dδr/dt = (w Φ′(I_ext + w r*) − 1) δr.",
    ],
    alternatives=[
        _by_differences,
        _by_cosh,
        lambda r, I_ext, w, tau: np.multiply(w, fI_derivee(I_ext + w * r)) / tau - 1 / tau,
        lambda r, I_ext, w, tau: np.float32(taux_de_croissance(r, I_ext, w, tau)),
        lambda r, I_ext, w, tau: (0.4 * w * fI(I := I_ext + w * r) * (1 - fI(I) / 500) - 1) / tau,
    ],
    mutants=[
        lambda r, I_ext, w, tau: (w**2 * fI_derivee(I_ext + w * r) - 1) / tau,
        lambda r, I_ext, w, tau: (w * fI_derivee(I_ext + w * r) + 1) / tau,
        lambda r, I_ext, w, tau: (w * fI_derivee(I_ext - w * r) - 1) / tau,
    ],
    unit="1/ms",
    units={"r": "Hz", "tau": "ms"},
    solution="""def taux_de_croissance(r, I_ext, w, tau):
    pente = fI_derivee(I_ext + w * r)
    return (w * pente - 1) / tau
""",
)  # fmt: skip
