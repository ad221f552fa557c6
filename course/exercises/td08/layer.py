"""Exercises 08.3 and 08.4: what a layer x W + b, then a ReLU, send back."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def gradients_lineaire(x, W, g):
    """(∂L/∂W, ∂L/∂b, ∂L/∂x) of y = x W + b, where g = ∂L/∂y."""
    return x.T @ g, g.sum(axis=0), g @ W.T


def _by_loops(x, W, g):
    n, d, k = *x.shape, W.shape[1]
    dW, db, dx = np.zeros((d, k)), np.zeros(k), np.zeros((n, d))
    for m in range(n):
        for j in range(k):
            db[j] += g[m, j]
            for i in range(d):
                dW[i, j] += x[m, i] * g[m, j]
                dx[m, i] += g[m, j] * W[i, j]
    return dW, db, dx


def _by_outer(x, W, g):
    return sum(np.outer(a, c) for a, c in zip(x, g, strict=True)), sum(g), np.array([W @ c for c in g])


def _shapes(rng):
    n, d, k = (int(m) for m in rng.permutation([3, 4, 5]) + rng.integers(0, 2) * 3)
    return {"x": rng.normal(size=(n, d)), "W": rng.normal(size=(d, k)), "g": rng.normal(size=(n, k))}


LINEAR = Exercise(
    id="08.3",
    title="Les trois gradients d'une couche",
    reference=gradients_lineaire,
    samples=_shapes,
    invariants=[
        holds(
            lambda f, out, x, W, g: all(np.allclose(part, 0) for part in f(g=0 * g)),
            "rend zéro quand rien ne revient",
            "Quand g est nul, rien n'est à changer : les trois gradients sont nuls.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda x, W, g: (x.T @ g / len(x), g.mean(axis=0), g @ W.T),
            "Vous moyennez sur les exemples. La moyenne est déjà dans g, puisque la perte en est une : ici, on "
            "additionne.",
        ),
        Misconception(
            lambda x, W, g: (x.T @ g, g.mean(axis=0), g @ W.T),
            "∂L/∂b est une somme sur les exemples, comme ∂L/∂W : b a servi une fois à chacun.",
        ),
        Misconception(
            lambda x, W, g: (x.T @ g, g.sum(axis=0), g @ np.linalg.pinv(W)),
            "Revenir en arrière n'est pas inverser : ∂L/∂x se calcule avec la transposée de W.",
        ),
        Misconception(
            lambda x, W, g: (x.T @ g, g.sum(axis=0), (x @ W) @ W.T),
            "Votre ∂L/∂x ne contient pas g, mais la sortie x W : on part de ce qui revient.",
        ),
        Misconception(
            lambda x, W, g: (x.T @ (x @ W), g.sum(axis=0), g @ W.T),
            "Votre ∂L/∂W ne contient pas g, mais la sortie x W : on part de ce qui revient.",
        ),
    ],
    hints=[
        "Les formes décident presque tout : ∂L/∂W a celle de W, ∂L/∂b celle de b, ∂L/∂x celle de x.",
        "Sur le papier, yₙⱼ = Σᵢ xₙᵢ Wᵢⱼ + bⱼ. Quels yₙⱼ dépendent de Wᵢⱼ ? De bⱼ ? De xₙᵢ ?",
        "∂L/∂Wᵢⱼ = Σₙ xₙᵢ gₙⱼ est un produit de matrices, avec une transposée ; les deux autres aussi, ou une somme.",
    ],
    alternatives=[
        _by_loops, _by_outer,
        lambda x, W, g: (np.einsum("ni,nj->ij", x, g), np.einsum("nj->j", g), np.einsum("nj,ij->ni", g, W)),
        lambda x, W, g: ((g.T @ x).T, np.ones(len(g)) @ g, (W @ g.T).T),
        lambda x, W, g: tuple(np.float32(part) for part in gradients_lineaire(x, W, g)),
    ],
    mutants=[
        lambda x, W, g: (-x.T @ g, -g.sum(axis=0), -g @ W.T),
        lambda x, W, g: (x.T @ g, g[0], g @ W.T),
        lambda x, W, g: (np.abs(x).T @ g, g.sum(axis=0), g @ W.T),
    ],
    outputs=("∂L/∂W", "∂L/∂b", "∂L/∂x"),
    slips={"matmul": "Écrivez la forme de chaque matrice : dans A @ B, les colonnes de A sont les lignes de B."},
    solution="""def gradients_lineaire(x, W, g):
    return x.T @ g, g.sum(axis=0), g @ W.T
""",
)  # fmt: skip


def relu_arriere(x, g):
    """∂L/∂x of y = max(0, x), where g = ∂L/∂y."""
    return g * (x > 0)


def _by_mask(x, g):
    out = np.array(g)
    out[x <= 0] = 0
    return out


RELU = Exercise(
    id="08.4",
    title="ReLU, à reculons",
    reference=relu_arriere,
    samples=lambda rng: (lambda shape: {"x": rng.normal(size=shape), "g": rng.normal(size=shape)})(
        tuple(int(n) for n in rng.integers(2, 6, 2))
    ),
    invariants=[
        holds(
            lambda f, out, x, g: np.allclose(f(x=np.abs(x) + 1), g),
            "laisse passer g partout où x est positif",
            "Là où x est positif, y = x : le gradient passe sans changer.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda x, g: (x > 0) * 1.0,
            "Vous rendez dy/dx. Il reste à le multiplier par ce qui revient, g : c'est la dérivation en chaîne.",
        ),
        Misconception(
            lambda x, g: np.maximum(g, 0),
            "Vous appliquez ReLU au gradient. C'est le signe de x qui décide, et un gradient négatif passe aussi.",
        ),
        Misconception(
            lambda x, g: g * np.maximum(x, 0),
            "Vous multipliez par y. La dérivée de max(0, x) est 1 là où x est positif.",
        ),
        Misconception(
            lambda x, g: g * (x < 0),
            "C'est l'inverse : ReLU laisse passer les x positifs, donc leur gradient aussi.",
        ),
        Misconception(
            lambda x, g: g * x,
            "La dérivée de max(0, x) ne vaut que 0 ou 1 ; la vôtre grandit avec x.",
        ),
    ],
    hints=[
        "Que vaut la pente de max(0, x) en x = 3 ? En x = −3 ?",
        "Un tableau de vrai et de faux, `x > 0`, se multiplie comme un tableau de 1 et de 0.",
    ],
    alternatives=[
        _by_mask,
        lambda x, g: np.where(x > 0, g, 0),
        lambda x, g: g * np.heaviside(x, 0),
        lambda x, g: [[b if a > 0 else 0.0 for a, b in zip(r, s, strict=True)] for r, s in zip(x, g, strict=True)],
        lambda x, g: np.float32(g * (np.maximum(x, 0) > 0)),
    ],
    mutants=[
        lambda x, g: g * np.sign(x),
        lambda x, g: g * (x > 0) * (g > 0),
        lambda x, g: np.where(x > 0, g, 0.01 * g),
    ],
    solution="""def relu_arriere(x, g):
    return g * (x > 0)
""",
)  # fmt: skip
