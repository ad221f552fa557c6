"""Exercise 06.4: where Oja's rule stops, from the covariance of the inputs."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def point_fixe(C, alpha):
    """The stable fixed point of C w = α (w·C w) w, its first component positive."""
    w = np.linalg.eigh(C)[1][:, -1] / np.sqrt(alpha)
    return w * np.sign(w[0])


def _draw(rng):
    """A covariance whose first axis is clearly the longest, and not perpendicular to the first input."""
    n = int(rng.integers(2, 6))
    while True:
        Q = np.linalg.qr(rng.normal(size=(n, n)))[0]
        if abs(Q[0, 0]) > 0.2:
            break
    lengths = np.append(rng.uniform(3, 6), rng.uniform(0.2, 2, n - 1))
    return {"C": (Q * lengths) @ Q.T, "alpha": float(rng.uniform(0.2, 4))}


def _signed(w):
    return w * np.sign(w[0])


def _iterated(C, alpha):
    """Power iterations."""
    w = np.ones(len(C)) + 0.1 * np.arange(len(C))
    for _ in range(400):
        w = C @ w
        w = w / np.linalg.norm(w)
    return _signed(w / np.sqrt(alpha))


def _walked(C, alpha):
    """Oja's mean rule, walked to its end."""
    w = 0.1 * (np.ones(len(C)) + 0.1 * np.arange(len(C)))
    for _ in range(4000):
        w = w + 0.03 * (C @ w - alpha * (w @ C @ w) * w)
    return _signed(w)


FIXED = Exercise(
    id="06.4",
    title="Où Oja s'arrête",
    reference=point_fixe,
    samples=_draw,
    invariants=[
        holds(
            lambda f, w, C, alpha: np.isclose(np.sum(np.square(w)), 1 / alpha, rtol=1e-3),
            "a pour carré de norme 1/α",
            "Au repos, la norme au carré doit valoir 1/α.",
        ),
        holds(
            lambda f, w, C, alpha: np.allclose(f(C=3 * C), w, rtol=1e-3, atol=1e-6),
            "ne dépend pas de l'échelle des entrées",
            "Des entrées plus fortes accélèrent l'apprentissage ; elles ne déplacent pas son terme.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda C, alpha: _signed(np.linalg.eigh(C)[1][:, -1]),
            "la direction est juste ; la norme, elle, dépend de α",
        ),
        Misconception(
            lambda C, alpha: _signed(np.linalg.eigh(C)[1][:, -1]) / alpha,
            "1/α est le carré de la norme, et non la norme",
        ),
        Misconception(
            lambda C, alpha: _signed(np.linalg.eigh(C)[1][:, 0]) / np.sqrt(alpha),
            "c'est la direction la plus mince du nuage : `eigh` range les valeurs propres de la plus petite à la plus "
            "grande",
        ),
        Misconception(
            lambda C, alpha: _signed(np.linalg.eigh(C)[1][-1]) / np.sqrt(alpha),
            "vous avez pris une ligne de la matrice des vecteurs propres : chaque vecteur est une colonne",
        ),
        Misconception(
            lambda C, alpha: -point_fixe(C, alpha),
            "au signe près, c'est juste ; l'énoncé demande une première composante positive",
        ),
    ],
    hints=[
        "Au repos, C w est proportionnel à w. Comment s'appelle un tel vecteur ?",
        "`np.linalg.eigh(C)` rend les valeurs propres, en ordre croissant, puis les vecteurs en colonnes.",
        "Il reste deux réglages : la longueur, qui dépend de α, et le signe.",
    ],
    alternatives=[
        _iterated,
        _walked,
        lambda C, alpha: _signed(np.linalg.svd(C)[0][:, 0]) / alpha**0.5,
        lambda C, alpha: _signed(np.real(np.linalg.eig(C)[1][:, np.argmax(np.real(np.linalg.eig(C)[0]))])) / alpha**0.5,
        lambda C, alpha: list(point_fixe(C, alpha)),
    ],
    mutants=[
        lambda C, alpha: point_fixe(C, 1 / alpha),
        lambda C, alpha: _signed(C @ np.ones(len(C)) / np.linalg.norm(C @ np.ones(len(C)))) / alpha**0.5,
        lambda C, alpha: np.abs(point_fixe(C, alpha)),
        lambda C, alpha: point_fixe(np.diag(np.diag(C)), alpha),
    ],
    tolerance=1e-4,
    solution="""def point_fixe(C, alpha):
    valeurs, vecteurs = np.linalg.eigh(C)
    w = vecteurs[:, -1] / np.sqrt(alpha)
    return w if w[0] > 0 else -w
""",
)  # fmt: skip
