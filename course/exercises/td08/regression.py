"""Exercise 08.1: the gradient of a mean squared error, for a line."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def gradient_droite(w, b, x, t):
    """(∂L/∂w, ∂L/∂b) for L = mean of (w x + b - t)²."""
    ecart = w * x + b - t
    return 2 * np.mean(ecart * x), 2 * np.mean(ecart)


def _loss(w, b, x, t):
    return np.mean((w * x + b - t) ** 2)


def _by_differences(w, b, x, t):
    """L is a parabola: a symmetric chord has exactly its slope."""
    h = 0.5
    return [
        (_loss(w + h, b, x, t) - _loss(w - h, b, x, t)) / (2 * h),
        (_loss(w, b + h, x, t) - _loss(w, b - h, x, t)) / (2 * h),
    ]


def _by_loop(w, b, x, t):
    dw = db = 0.0
    for a, c in zip(x, t, strict=True):
        dw += 2 * (w * a + b - c) * a / len(x)
        db += 2 * (w * a + b - c) / len(x)
    return dw, db


def _by_matrix(w, b, x, t):
    X = np.stack([x, np.ones(len(x))], axis=1)
    return tuple(2 * X.T @ (X @ np.array([w, b]) - t) / len(x))


LINE = Exercise(
    id="08.1",
    title="La pente de l'erreur",
    reference=gradient_droite,
    samples=lambda rng: (lambda n: {
        "w": float(rng.normal()), "b": float(rng.normal()), "x": rng.normal(1, 2, n), "t": rng.normal(0, 2, n),
    })(int(rng.integers(4, 12))),
    invariants=[
        holds(
            lambda f, out, w, b, x, t: np.allclose(f(t=w * x + b), 0, atol=1e-9),
            "s'annule quand la droite passe par tous les points",
            "Quand la droite passe par tous les points, plus rien n'est à changer : les deux pentes sont nulles.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda w, b, x, t: (np.mean((w * x + b - t) * x), np.mean(w * x + b - t)),
            "Il manque un facteur 2 : la dérivée d'un carré, u², est 2 u u′.",
        ),
        Misconception(
            lambda w, b, x, t: (2 * np.sum((w * x + b - t) * x), 2 * np.sum(w * x + b - t)),
            "Vous additionnez sur les points. L est une moyenne : avec deux fois plus de points, sa pente ne "
            "double pas.",
        ),
        Misconception(
            lambda w, b, x, t: (-2 * np.mean((w * x + b - t) * x), -2 * np.mean(w * x + b - t)),
            "Le signe est retourné : l'écart est la réponse moins la cible, w x + b − t.",
        ),
        Misconception(
            lambda w, b, x, t: (2 * np.mean(w * x + b - t), 2 * np.mean(w * x + b - t)),
            "Vos deux pentes sont égales. w n'agit qu'à travers w x : la dérivée de w x par rapport à w est x.",
        ),
        Misconception(
            lambda w, b, x, t: (2 * np.mean(w * x + b - t) * np.mean(x), 2 * np.mean(w * x + b - t)),
            "La moyenne d'un produit n'est pas le produit des moyennes : multipliez par x avant de moyenner.",
        ),
    ],
    hints=[
        "Pour un seul point, que vaut la dérivée de (w x + b − t)² par rapport à b ? Et par rapport à w ?",
        "Calculez d'abord l'écart, `w * x + b - t`, un tableau. Les deux dérivées le contiennent.",
        "∂L/∂b est deux fois la moyenne de l'écart ; ∂L/∂w, deux fois la moyenne de l'écart multiplié par x.",
    ],
    alternatives=[
        _by_differences, _by_loop, _by_matrix,
        lambda w, b, x, t: np.float32(gradient_droite(w, b, x, t)),
        lambda w, b, x, t: (
            2 * (w * np.mean(x**2) + b * np.mean(x) - np.mean(x * t)), 2 * (w * np.mean(x) + b - np.mean(t))),
    ],
    mutants=[
        lambda w, b, x, t: gradient_droite(w, b, x, t)[::-1],
        lambda w, b, x, t: (2 * np.mean(np.abs(w * x + b - t) * x), 2 * np.mean(np.abs(w * x + b - t))),
        lambda w, b, x, t: (np.mean(np.sign(w * x + b - t) * x), np.mean(np.sign(w * x + b - t))),
    ],
    outputs=("∂L/∂w", "∂L/∂b"),
    solution="""def gradient_droite(w, b, x, t):
    ecart = w * x + b - t
    return 2 * np.mean(ecart * x), 2 * np.mean(ecart)
""",
)  # fmt: skip
