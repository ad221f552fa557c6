"""Exercise 06.3: Oja's rule, Hebb's with a forgetting that holds the norm."""

import numpy as np

from course.exercises.declare import Exercise, Misconception


def oja(w, u, epsilon, alpha):
    """The weights after one step of Oja's rule, the neuron answering v = w·u."""
    v = np.dot(w, u)
    return w + epsilon * (v * u - alpha * v**2 * w)


def _draw(rng):
    n = int(rng.integers(2, 6))
    return {
        "w": rng.normal(size=n), "u": rng.normal(size=n), "epsilon": float(rng.uniform(0.01, 0.5)),
        "alpha": float(rng.uniform(0.3, 3)),
    }  # fmt: skip


def _hebb(w, u, epsilon, alpha):
    return w + epsilon * np.dot(w, u) * u


def _linear(w, u, epsilon, alpha):
    v = np.dot(w, u)
    return w + epsilon * (v * u - alpha * v * w)


def _increment(w, u, epsilon, alpha):
    return oja(w, u, epsilon, alpha) - w


OJA = Exercise(
    id="06.3",
    title="La règle d'Oja",
    reference=oja,
    samples=_draw,
    alternatives=[
        lambda w, u, epsilon, alpha: w + epsilon * (w @ u) * (u - alpha * (w @ u) * w),
        lambda w, u, epsilon, alpha: w * (1 - epsilon * alpha * (w @ u) ** 2) + epsilon * (w @ u) * u,
        lambda w, u, epsilon, alpha: w + epsilon * (np.outer(u, u) @ w - alpha * (w @ u) ** 2 * w),
        lambda w, u, epsilon, alpha: w + epsilon * sum(w * u) * u - epsilon * alpha * sum(w * u) ** 2 * w,
        lambda w, u, epsilon, alpha: [
            x + epsilon * (w @ u) * (y - alpha * (w @ u) * x) for x, y in zip(w, u, strict=True)
        ],
    ],
    misconceptions=[
        Misconception(_hebb, "c'est la règle de Hebb seule : rien n'y retient la norme des poids"),
        Misconception(_linear, "l'oubli est proportionnel à v, et non à v² : son signe suit celui de v"),
        Misconception(_increment, "vous rendez la variation des poids, et non les nouveaux poids"),
    ],
    mutants=[
        lambda w, u, epsilon, alpha: oja(w, u, epsilon, 1.0),
        lambda w, u, epsilon, alpha: oja(w, u, epsilon, -alpha),
        lambda w, u, epsilon, alpha: oja(w, u, epsilon, alpha**2),
    ],
    hints=[
        "Que vaut la réponse v du neurone ?",
        "Le terme d'oubli est toujours opposé à w, quel que soit le signe de v.",
    ],
    solution="""def oja(w, u, epsilon, alpha):
    v = w @ u
    return w + epsilon * (v * u - alpha * v**2 * w)
""",
)
