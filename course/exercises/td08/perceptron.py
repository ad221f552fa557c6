"""Exercise 08.2: one pass of the perceptron over its examples."""

from functools import reduce

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def passe(w, X, t):
    """The weights after every example, in order; t is -1 or 1."""
    w = np.array(w, float)
    for x, cible in zip(X, t, strict=True):
        if cible * (w @ x) <= 0:
            w = w + cible * x
    return w


def _with(rule):
    """A pass where `rule(w, x, t)` says what is added."""

    def run(w, X, t):
        w = np.array(w, float)
        for x, c in zip(X, t, strict=True):
            w = w + rule(w, x, c)
        return w

    return run


def _recursive(w, X, t):
    if len(X) == 0:
        return list(w)
    wrong = t[0] * sum(a * b for a, b in zip(w, X[0], strict=True)) <= 0
    return _recursive([a + wrong * t[0] * b for a, b in zip(w, X[0], strict=True)], X[1:], t[1:])


def _signed(w, X, t):
    """Every example turned towards the side where it must be."""
    for u in np.asarray(X) * np.asarray(t)[:, None]:
        w = w + u * (np.dot(u, w) <= 0)
    return w


def _draw(rng):
    """Small integers: some examples are exactly on the frontier."""
    n = int(rng.integers(8, 16))
    return {
        "w": rng.integers(-2, 3, 3).astype(float), "X": rng.integers(-3, 4, (n, 3)).astype(float),
        "t": rng.choice([-1.0, 1.0], n),
    }  # fmt: skip


PERCEPTRON = Exercise(
    id="08.2",
    title="Une passe du perceptron",
    reference=passe,
    samples=_draw,
    draws=12,
    invariants=[
        holds(
            lambda f, out, w, X, t: np.allclose(f(X=X[X @ w != 0], t=np.sign(X @ w)[X @ w != 0]), w),
            "laisse w tel quel quand tout est bien classé",
            "Quand chaque exemple est déjà du bon côté, w ne doit pas bouger.",
        ),
    ],
    misconceptions=[
        Misconception(
            _with(lambda w, x, t: t * x * (t * (w @ x) < 0)),
            "Un exemple posé sur la frontière, w·x = 0, n'est pas bien classé. Sans lui, w = 0 ne partirait jamais.",
        ),
        Misconception(
            _with(lambda w, x, t: t * x),
            "Vous corrigez à chaque exemple. Le perceptron n'apprend que de ses erreurs.",
        ),
        Misconception(
            _with(lambda w, x, t: -t * x * (t * (w @ x) <= 0)),
            "Le signe est retourné : après la correction, t (w·x) doit avoir grandi.",
        ),
        Misconception(
            _with(lambda w, x, t: x * (t * (w @ x) <= 0)),
            "La correction oublie la cible : un exemple de la classe −1 doit repousser w, et non l'attirer.",
        ),
        Misconception(
            lambda w, X, t: w + ((t * (X @ w) <= 0) * t) @ X,
            "Vous jugez tous les exemples avec le w du départ. Chaque correction doit servir dès l'exemple suivant.",
        ),
        Misconception(
            _with(lambda w, x, t: (t - w @ x) * x),
            "C'est la règle de la régression, qui corrige d'autant plus que l'écart est grand. Ici, on ajoute t x.",
        ),
    ],
    hints=[
        "Un exemple est bien classé quand t et w·x ont le même signe. Que dire de leur produit ?",
        "Une boucle sur les lignes de X et les valeurs de t ; `w @ x` est le produit scalaire.",
        "Si t (w·x) n'est pas strictement positif, w devient w + t x. Rendez w à la fin.",
    ],
    alternatives=[
        _recursive, _signed,
        lambda w, X, t: reduce(lambda v, e: v + e[1] * e[0] * (e[1] * (v @ e[0]) <= 0), zip(X, t, strict=True), w),
        lambda w, X, t: np.float32(passe(w, X, t)),
        _with(lambda w, x, t: t * x if np.sign(w @ x) != t else 0 * x),
    ],
    mutants=[
        lambda w, X, t: passe(w, X[::-1], t[::-1]),
        lambda w, X, t: passe(w, X[:-1], t[:-1]),
        lambda w, X, t: passe(passe(w, X, t), X, t),
    ],
    solution="""def passe(w, X, t):
    for x, cible in zip(X, t, strict=True):
        if cible * (w @ x) <= 0:
            w = w + cible * x
    return w
""",
)  # fmt: skip
