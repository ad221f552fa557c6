"""Exercise 08.7: one step of gradient descent with momentum."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def pas_avec_elan(theta, v, g, lr, mu):
    """(θ, v) after v ← μ v + g, θ ← θ - lr v."""
    v = mu * v + g
    return theta - lr * v, v


def _by_loop(theta, v, g, lr, mu):
    new_v = [mu * a + b for a, b in zip(v, g, strict=True)]
    return [t - lr * a for t, a in zip(theta, new_v, strict=True)], new_v


def _in_place(theta, v, g, lr, mu):
    v *= mu
    v += g
    theta -= lr * v
    return theta, v


def _by_matrix(theta, v, g, lr, mu):
    M = np.array([[1, -lr * mu, -lr], [0, mu, 1]])
    return tuple(M @ np.stack([theta, v, g]))


MOMENTUM = Exercise(
    id="08.7",
    title="Un pas avec élan",
    reference=pas_avec_elan,
    samples=lambda rng: (lambda n: {
        "theta": rng.normal(size=n), "v": rng.normal(size=n), "g": rng.normal(size=n),
        "lr": float(rng.uniform(0.01, 0.5)), "mu": float(rng.uniform(0.5, 0.95)),
    })(int(rng.integers(2, 6))),
    invariants=[
        holds(
            lambda f, out, theta, v, g, lr, mu: np.allclose(f(mu=0.0)[0], theta - lr * g),
            "redevient la descente simple quand μ = 0",
            "Sans élan, μ = 0, on doit retrouver θ − lr g.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda theta, v, g, lr, mu: (theta - lr * v, mu * v + g),
            "θ avance chez vous avec l'ancienne vitesse : le gradient d'aujourd'hui ne servirait qu'au prochain pas.",
        ),
        Misconception(
            lambda theta, v, g, lr, mu: (theta - lr * g, mu * v + g),
            "La vitesse est bien mise à jour, mais θ avance sans elle.",
        ),
        Misconception(
            lambda theta, v, g, lr, mu: (theta + lr * (mu * v + g), mu * v + g),
            "Vous montez la pente. Le gradient dit où la perte augmente : on va dans l'autre sens.",
        ),
        Misconception(
            lambda theta, v, g, lr, mu: (theta - lr * (mu * v + (1 - mu) * g), mu * v + (1 - mu) * g),
            "Vous prenez une moyenne, avec 1 − μ devant g. C'est une autre convention : ici, g entre en entier.",
        ),
        Misconception(
            lambda theta, v, g, lr, mu: (theta - (mu * v + lr * g), mu * v + lr * g),
            "Chez vous, lr est dans la vitesse. C'est une autre convention : ici, il ne sert qu'à faire avancer θ.",
        ),
    ],
    hints=[
        "D'abord la vitesse, ensuite la position, avec la vitesse nouvelle.",
        "v devient μ v + g : ce qui reste de l'ancienne vitesse, plus le gradient.",
    ],
    alternatives=[
        _by_loop, _in_place, _by_matrix,
        lambda theta, v, g, lr, mu: (theta - lr * mu * v - lr * g, g + v * mu),
        lambda theta, v, g, lr, mu: tuple(np.float32(part) for part in pas_avec_elan(theta, v, g, lr, mu)),
    ],
    mutants=[
        lambda theta, v, g, lr, mu: pas_avec_elan(theta, v, g, lr, mu)[::-1],
        lambda theta, v, g, lr, mu: (theta - lr * (mu * v - g), mu * v - g),
        lambda theta, v, g, lr, mu: (theta - lr * (v + mu * g), v + mu * g),
    ],
    outputs=("θ", "v"),
    solution="""def pas_avec_elan(theta, v, g, lr, mu):
    v = mu * v + g
    return theta - lr * v, v
""",
)  # fmt: skip
