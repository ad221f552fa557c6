"""Exercise 13.5: from a Gaussian to another, the Fréchet distance in closed form."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def _root(C):
    values, vectors = np.linalg.eigh(C)
    return (vectors * np.sqrt(values.clip(0))) @ vectors.T


def frechet_gauss(m1, C1, m2, C2):
    """|m1 - m2|² + tr C1 + tr C2 - 2 tr (C1 C2)^½, from two means (d,) and two covariances (d, d)."""
    overlap = np.linalg.svd(_root(C1) @ _root(C2), compute_uv=False).sum()
    return float((m1 - m2) @ (m1 - m2) + np.trace(C1) + np.trace(C2) - 2 * overlap)


def _covariance(rng, d):
    A = rng.normal(size=(d, 2 * d))
    scale = rng.uniform(0.6, 2.5, d)
    return scale[:, None] * (A @ A.T / (2 * d)) * scale


def _draw(rng):
    """Two covariances that do not commute; the diagonal of their product is positive."""
    d = 3
    while True:
        C1, C2 = _covariance(rng, d), _covariance(rng, d)
        apart = np.abs(C1 @ C2 - C2 @ C1).max() > 0.1
        if apart and np.diag(C1 @ C2).min() > 0.1:
            return {"m1": rng.normal(0, 1.5, d), "C1": C1, "m2": rng.normal(0, 1.5, d), "C2": C2}


def _by_eigenvalues(m1, C1, m2, C2):
    values = np.linalg.eigvals(C1 @ C2)
    return np.sum((m1 - m2) ** 2) + np.trace(C1 + C2) - 2 * np.sum(np.sqrt(np.real(values)))


def _by_scipy(m1, C1, m2, C2):
    from scipy.linalg import sqrtm

    return np.linalg.norm(m1 - m2) ** 2 + np.trace(C1 + C2 - 2 * sqrtm(C1 @ C2))


def _by_cholesky(m1, C1, m2, C2):
    L = np.linalg.cholesky(C1)
    inside = np.sqrt(np.linalg.eigvalsh(L.T @ C2 @ L)).sum()
    return sum((a - b) ** 2 for a, b in zip(m1, m2, strict=True)) + sum(np.diag(C1)) + sum(np.diag(C2)) - 2 * inside


def _by_newton(m1, C1, m2, C2):
    """The square root of C1 C2 by Denman and Beavers' iteration."""
    Y, Z = C1 @ C2, np.eye(len(C1))
    for _ in range(40):
        Y, Z = (Y + np.linalg.inv(Z)) / 2, (Z + np.linalg.inv(Y)) / 2
    return (m1 - m2) @ (m1 - m2) + np.trace(C1) + np.trace(C2) - 2 * np.trace(Y)


def _by_symmetric_root(m1, C1, m2, C2):
    root = _root(C1)
    return np.sum((m1 - m2) ** 2) + np.trace(C1) + np.trace(C2) - 2 * np.trace(_root(root @ C2 @ root))


def _with(overlap=None, gap=None):
    def wrong(m1, C1, m2, C2):
        spread = np.trace(C1) + np.trace(C2) - (2 * overlap(C1, C2) if overlap else 0)
        if overlap is None:
            spread = _by_eigenvalues(m1, C1, m1, C2)
        return (gap(m1, m2) if gap else np.sum((m1 - m2) ** 2)) + spread

    return wrong


JOURNEY = Exercise(
    id="13.5",
    title="D'une loi de Gauss à l'autre",
    reference=frechet_gauss,
    samples=_draw,
    invariants=[
        holds(
            lambda f, out, m1, C1, m2, C2: abs(f(m2=m1, C2=C1)) < 1e-6 * np.trace(C1),
            "est nul entre une loi et elle-même",
            "D'une loi à elle-même, il n'y a aucun chemin : la distance doit être nulle.",
        ),
        holds(
            lambda f, out, m1, C1, m2, C2: np.isclose(f(m1=m2, C1=C2, m2=m1, C2=C1), out),
            "ne change pas si l'on échange les deux lois",
            "Une distance se parcourt dans les deux sens : échangez les deux lois, elle ne doit pas changer.",
        ),
        holds(
            lambda f, out, m1, C1, m2, C2: np.isclose(f(m1=m1 + 3, m2=m2 + 3), out),
            "ne dépend pas de l'origine",
            "Déplacez les deux lois ensemble : leur distance ne doit pas changer.",
        ),
    ],
    misconceptions=[
        Misconception(
            _with(lambda C1, C2: np.trace(C1 @ C2)),
            "La racine carrée du produit manque : d'une loi à elle-même, votre distance n'est pas nulle.",
        ),
        Misconception(
            _with(lambda C1, C2: np.trace(np.sqrt(np.abs(C1 @ C2)))),
            "C'est la racine de chaque nombre du tableau. La racine d'une matrice est une matrice R telle que "
            "R R = C₁ C₂.",
        ),
        Misconception(
            _with(lambda C1, C2: np.trace(np.sqrt(np.abs(C1)) @ np.sqrt(np.abs(C2)))),
            "Ce sont les racines des nombres des deux tableaux. Il faut la racine d'une matrice.",
        ),
        Misconception(
            _with(lambda C1, C2: np.trace(_root(C1) @ _root(C2))),
            "Le produit des racines n'est la racine du produit que si les deux matrices commutent.",
        ),
        Misconception(
            _with(lambda C1, C2: np.sqrt(np.trace(C1 @ C2))),
            "C'est la racine de la trace ; il faut la trace de la racine.",
        ),
        Misconception(
            _with(lambda C1, C2: np.sqrt(np.diag(C1) * np.diag(C2)).sum()),
            "Vous ne regardez que les diagonales : deux lois aux mêmes variances et aux corrélations différentes "
            "seraient confondues.",
        ),
        Misconception(
            _with(gap=lambda m1, m2: 0.0),
            "Le terme des moyennes manque : deux lois de même forme, loin l'une de l'autre, seraient confondues.",
        ),
        Misconception(
            _with(gap=lambda m1, m2: np.linalg.norm(m1 - m2)),
            "L'écart des moyennes entre par son carré.",
        ),
        Misconception(
            _with(gap=lambda m1, m2: np.sum(m1 - m2) ** 2),
            "C'est le carré d'une somme. Le carré d'une longueur est une somme de carrés.",
        ),
        Misconception(
            _with(gap=lambda m1, m2: np.mean((m1 - m2) ** 2)),
            "C'est la moyenne des carrés ; le carré d'une longueur est leur somme.",
        ),
        Misconception(
            _with(lambda C1, C2: np.sqrt(np.abs(np.linalg.eigvals(C1 @ C2))).sum() / 2),
            "Le facteur 2 devant la dernière trace manque : d'une loi à elle-même, il resterait tr C.",
        ),
        Misconception(
            lambda m1, C1, m2, C2: np.sqrt(max(frechet_gauss(m1, C1, m2, C2), 0)),
            "Vous avez pris la racine du tout. L'usage est de garder le carré.",
        ),
        Misconception(
            lambda m1, C1, m2, C2: np.sum((m1 - m2) ** 2) + np.sum((C1 - C2) ** 2),
            "Vous comparez les covariances nombre à nombre : ce n'est pas un chemin d'une loi à l'autre.",
        ),
    ],
    hints=[
        "En dimension 1, la formule donne (m₁ − m₂)² + (σ₁ − σ₂)². Vérifiez-le sur le papier.",
        "La trace d'une racine est la somme des racines des valeurs propres : pas besoin de la racine elle-même.",
        "`np.linalg.eigvals` rend les valeurs propres, ici positives à l'arrondi près, mais parfois de type "
        "complexe : gardez `.real`.",
    ],
    alternatives=[
        _by_eigenvalues, _by_scipy, _by_cholesky, _by_newton, _by_symmetric_root,
        lambda m1, C1, m2, C2: np.array(_by_eigenvalues(m1, C1, m2, C2)),
    ],
    mutants=[
        _with(lambda C1, C2: np.linalg.eigvals(C1 @ C2).real.max() ** 0.5),
        _with(lambda C1, C2: (np.linalg.det(C1) * np.linalg.det(C2)) ** 0.5),
        _with(lambda C1, C2: -np.sqrt(np.abs(np.linalg.eigvals(C1 @ C2))).sum()),
        lambda m1, C1, m2, C2: frechet_gauss(m1, C1, -m2, C2),
        lambda m1, C1, m2, C2: frechet_gauss(m1, C1, m2, C2) / 2,
    ],
    slips={"matmul": "Le produit de deux matrices s'écrit `C1 @ C2` ; les moyennes, elles, sont des vecteurs."},
    solution="""def frechet_gauss(m1, C1, m2, C2):
    valeurs = np.linalg.eigvals(C1 @ C2).real.clip(0)
    moyennes = np.sum((m1 - m2)**2)
    return moyennes + np.trace(C1 + C2) - 2 * np.sqrt(valeurs).sum()
""",
)  # fmt: skip
