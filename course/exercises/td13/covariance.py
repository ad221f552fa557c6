"""Exercise 13.7, museum of mistakes: the covariance of images, where that of features was wanted."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def moyenne_covariance(t):
    """(mean (features,), covariance (features, features)) of t, one row per image, divided by n - 1."""
    return t.mean(axis=0), np.cov(t, rowvar=False)


def _draw(rng):
    """Sometimes as many images as features: then the shape no longer tells."""
    d = int(rng.integers(3, 6))
    n = d if rng.random() < 0.3 else int(rng.integers(7, 12))
    return {"t": rng.normal(rng.normal(0, 2, d), rng.uniform(0.5, 2, d), (n, d)) @ rng.normal(0, 1, (d, d))}


def _by_sums(t):
    n, mean = len(t), t.mean(axis=0)
    return mean, (t.T @ t - n * np.outer(mean, mean)) / (n - 1)


def _by_pairs(t):
    """Half the mean of the products of the gaps between two images."""
    gaps = (t[:, None] - t).reshape(-1, t.shape[1])
    return np.average(t, axis=0), gaps.T @ gaps / (2 * len(t) * (len(t) - 1))


def _one_by_one(t):
    n, d = t.shape
    mean = [sum(t[:, j]) / n for j in range(d)]
    C = [[sum((t[k, i] - mean[i]) * (t[k, j] - mean[j]) for k in range(n)) / (n - 1) for j in range(d)]
         for i in range(d)]
    return mean, np.array(C)


def _updating(t):
    """Image after image (Welford)."""
    mean, C = np.zeros(t.shape[1]), np.zeros((t.shape[1],) * 2)
    for k, image in enumerate(t, 1):
        gap = image - mean
        mean = mean + gap / k
        C += np.outer(gap, image - mean)
    return mean, C / (len(t) - 1)


def _scattered(t):
    c = t - t.mean(axis=0)
    return t.mean(axis=0), c.T @ c


COVARIANCE = Exercise(
    id="13.7",
    title="Une covariance couchée",
    reference=moyenne_covariance,
    samples=_draw,
    draws=12,
    outputs=("moyenne", "covariance"),
    invariants=[
        holds(
            lambda f, out, t: all(np.allclose(a, b) for a, b in zip(f(t=t[::-1]), out, strict=True)),
            "ne dépend pas de l'ordre des images",
            "Les images n'ont pas d'ordre : les ranger à l'envers ne doit rien changer.",
        ),
        holds(
            lambda f, out, t: np.allclose(f(t=t + 5)[1], out[1]),
            "garde sa covariance quand tout est déplacé",
            "Une covariance se mesure autour de la moyenne : déplacer toutes les images ne la change pas.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda t: (t.mean(axis=0), np.cov(t)),
            "C'est encore la pièce : `np.cov` prend une variable par ligne. Ici, une ligne est une image.",
        ),
        Misconception(
            lambda t: (t.mean(axis=1), np.cov(t)),
            "Moyenne et covariance sont celles des images. Une caractéristique est une colonne.",
        ),
        Misconception(
            lambda t: (t.mean(axis=1), np.cov(t, rowvar=False)),
            "La covariance est juste ; la moyenne, elle, est celle de chaque image.",
        ),
        Misconception(
            lambda t: (t.mean(), np.cov(t, rowvar=False)),
            "Une moyenne par caractéristique : sans axe, tout se mêle.",
        ),
        Misconception(
            lambda t: (t.mean(axis=0), np.cov(t, rowvar=False, bias=True)),
            "Vous divisez par n. La moyenne vient des mêmes images : divisez par n − 1.",
        ),
        Misconception(
            lambda t: (t.mean(axis=0), t.T @ t / (len(t) - 1)),
            "Vous n'avez pas retiré la moyenne : ce sont des moments, pas une covariance.",
        ),
        Misconception(
            lambda t: (t.mean(axis=0), np.corrcoef(t, rowvar=False)),
            "C'est la matrice des corrélations : les variances y valent toutes 1.",
        ),
        Misconception(
            lambda t: (t.mean(axis=0), np.diag(t.var(axis=0, ddof=1))),
            "Seules les variances y sont : deux caractéristiques qui montent ensemble, cela compte aussi.",
        ),
        Misconception(
            _scattered,
            "La somme n'est pas divisée : elle grandit avec le nombre d'images.",
        ),
    ],
    hints=[
        "Dans t, qu'est-ce qu'une ligne ? Et que veut dire une ligne pour `np.cov` ? Lisez son aide.",
        "Le tableau des covariances a autant de lignes et de colonnes qu'il y a de caractéristiques.",
        "Un argument de `np.cov` dit si une ligne est une variable. Ou bien : centrez les colonnes, puis un produit de "
        "matrices.",
    ],
    alternatives=[
        _by_sums, _by_pairs, _one_by_one, _updating,
        lambda t: (t.mean(axis=0), np.cov(t.T)),
        lambda t: [np.float32(part) for part in moyenne_covariance(t)],
    ],
    mutants=[
        lambda t: (np.median(t, axis=0), np.cov(t, rowvar=False)),
        lambda t: (t.mean(axis=0), -np.cov(t, rowvar=False)),
        lambda t: (t.mean(axis=0), np.linalg.inv(np.cov(t[:, ::-1], rowvar=False) + np.eye(t.shape[1]))),
        lambda t: (t.sum(axis=0), np.cov(t, rowvar=False)),
    ],
    slips={"operands could not be broadcast": "La moyenne des colonnes se retire ligne à ligne : "
           "`t - t.mean(axis=0)`."},
    solution="""def moyenne_covariance(t):
    return t.mean(axis=0), np.cov(t, rowvar=False)
""",
)  # fmt: skip
