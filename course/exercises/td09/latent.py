"""Exercise 09.3: a straight path between two codes."""

import numpy as np

from course.exercises.declare import Exercise, Misconception


def chemin(a, b, n):
    """n codes, evenly spaced on the segment from a to b, ends included: (n, k)."""
    t = np.arange(n)[:, None] / (n - 1)
    return (1 - t) * a + t * b


def _step_by_step(a, b, n):
    return [np.asarray(a) + (np.asarray(b) - a) * i / (n - 1) for i in range(n)]


def _accumulated(a, b, n):
    return np.cumsum([a] + [(b - a) / (n - 1)] * (n - 1), axis=0)


PATH = Exercise(
    id="09.3",
    title="Marcher dans l'espace latent",
    reference=chemin,
    samples=lambda rng: (lambda k: {"a": rng.normal(size=k), "b": rng.normal(size=k), "n": int(rng.integers(3, 9))})(
        int(rng.integers(2, 5))
    ),
    misconceptions=[
        Misconception(
            lambda a, b, n: a + np.arange(n)[:, None] / n * (b - a),
            "Le dernier code n'est pas b. De a à b, il y a n codes, donc n − 1 pas.",
        ),
        Misconception(
            lambda a, b, n: chemin(b, a, n),
            "Votre chemin va de b vers a.",
        ),
        Misconception(
            lambda a, b, n: chemin(a, b, n + 2)[1:-1],
            "Votre chemin oublie ses deux bouts : le premier code est a, le dernier est b.",
        ),
        Misconception(
            lambda a, b, n: chemin(a, b, n).T,
            "Un code par ligne : votre tableau est couché.",
        ),
    ],
    hints=[
        "Le point au tiers du chemin vaut deux tiers de a et un tiers de b.",
        "Donnez à t n valeurs régulières, de 0 à 1, bouts compris. Quelle part de a reste-t-il en t ?",
    ],
    alternatives=[
        _step_by_step, _accumulated,
        lambda a, b, n: np.linspace(a, b, n),
        lambda a, b, n: np.stack([np.linspace(u, v, n) for u, v in zip(a, b, strict=True)], axis=1),
        lambda a, b, n: [[u + (v - u) * i / (n - 1) for u, v in zip(a, b, strict=True)] for i in range(n)],
    ],
    mutants=[
        lambda a, b, n: np.broadcast_to((a + b) / 2, (n, len(a))),
        lambda a, b, n: a + (np.arange(n)[:, None] / (n - 1)) ** 2 * (b - a),
        lambda a, b, n: a + np.arange(n)[:, None] / (n - 1) * b,
    ],
    solution="""def chemin(a, b, n):
    t = np.linspace(0, 1, n)[:, None]
    return (1 - t) * a + t * b
""",
)  # fmt: skip
