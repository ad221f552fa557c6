"""Exercise 08.5: the gradient of the cross-entropy with respect to the logits."""

import numpy as np
from scipy.special import log_softmax, logsumexp, softmax

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def gradient_entropie(z, y):
    """∂L/∂z for L = mean over the rows of -log softmax(z)[label]."""
    p = softmax(z, axis=1)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)


def _one_hot(z, y):
    return np.eye(z.shape[1])[y]


def _by_rows(z, y):
    rows = []
    for a, k in zip(z, y, strict=True):
        p = np.exp(a) / sum(np.exp(a))
        rows.append([(p[j] - (j == k)) / len(y) for j in range(len(a))])
    return rows


def _draw(rng):
    n, k = int(rng.integers(3, 7)), int(rng.integers(3, 6))
    return {"z": 2 * rng.normal(size=(n, k)), "y": rng.integers(0, k, n)}


CROSS_ENTROPY = Exercise(
    id="08.5",
    title="Le gradient de l'entropie croisée",
    reference=gradient_entropie,
    samples=_draw,
    invariants=[
        holds(
            lambda f, out, z, y: np.allclose(np.sum(out, axis=1), 0, atol=1e-6),
            "a des lignes de somme nulle",
            "Ajouter un même nombre à tous les logits d'une ligne ne change pas la perte : chaque ligne de son "
            "gradient a une somme nulle.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda z, y: softmax(z, axis=1) - _one_hot(z, y),
            "Chaque ligne est juste, mais la perte est une moyenne sur les N exemples : il manque 1/N.",
        ),
        Misconception(
            lambda z, y: (_one_hot(z, y) - softmax(z, axis=1)) / len(y),
            "Le signe est retourné : augmenter le logit de la bonne classe doit faire baisser la perte.",
        ),
        Misconception(
            lambda z, y: softmax(z, axis=1) / len(y),
            "Vous rendez p/N. Il manque le 1 que l'on ôte à la bonne classe.",
        ),
        Misconception(
            lambda z, y: (z - _one_hot(z, y)) / len(y),
            "Ce sont les probabilités p = softmax(z) que l'on compare à la cible, et non les logits.",
        ),
        Misconception(
            lambda z, y: (lambda p: (p - _one_hot(z, y)) * p * (1 - p) / len(y))(softmax(z, axis=1)),
            "p (1 − p) est de trop : la dérivée du logarithme, 1/p, l'a déjà simplifié.",
        ),
        Misconception(
            lambda z, y: -_one_hot(z, y) / softmax(z, axis=1) / len(y),
            "C'est la dérivée par rapport à p. Il reste à traverser le softmax, jusqu'à z.",
        ),
    ],
    hints=[
        "Pour une ligne, L = −z[y] + log Σ exp(z). Dérivez les deux termes par rapport à z[j].",
        "Le premier donne −1 pour la bonne classe, et 0 ailleurs ; le second donne p[j].",
        "`p[np.arange(len(y)), y]` désigne, dans chaque ligne, la case de la bonne classe.",
    ],
    alternatives=[
        _by_rows,
        lambda z, y: (softmax(z, axis=1) - _one_hot(z, y)) / len(y),
        lambda z, y: (np.exp(z - logsumexp(z, axis=1, keepdims=True)) - (np.arange(z.shape[1]) == y[:, None])) / len(z),
        lambda z, y: np.float32((np.exp(log_softmax(z, axis=1)) - _one_hot(z, y)) / len(y)),
        lambda z, y: np.stack([(softmax(a) - np.eye(len(a))[k]) / len(y) for a, k in zip(z, y, strict=True)]),
    ],
    mutants=[
        lambda z, y: (softmax(z, axis=0) - _one_hot(z, y)) / len(y),
        lambda z, y: (softmax(z, axis=1) - _one_hot(z, y)) / z.size,
        lambda z, y: (softmax(z, axis=1) - _one_hot(z, y)) / len(y) * _one_hot(z, y),
    ],
    solution="""def gradient_entropie(z, y):
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    return p / len(y)
""",
)  # fmt: skip
