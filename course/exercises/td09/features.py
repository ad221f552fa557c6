"""Exercise 09.7: the gradient of a loss that looks through the hidden units of another network."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def gradient_perceptuel(y, t, W, b, lam):
    """∂L/∂y when L = mean of (y − t)² + lam × mean of (φ(y) − φ(t))², where φ(a) = max(0, a W + b)."""
    gap, open_, back = _seen(y, t, W, b)
    return 2 * (y - t) / y.size + lam * (2 * gap * open_ / gap.size) @ back


def _seen(y, t, W, b):
    """φ(y) − φ(t), where φ lets the gradient through, and the way back."""
    h = y @ W + b
    return np.maximum(h, 0) - np.maximum(t @ W + b, 0), h > 0, W.T


def _by_samples(y, t, W, b, lam):
    out = []
    for u, v in zip(y, t, strict=True):
        g = 2 * (u - v) / y.size
        for j in range(W.shape[1]):
            a, c = u @ W[:, j] + b[j], v @ W[:, j] + b[j]
            if a > 0:
                g = g + lam * 2 * (a - max(c, 0)) / (len(y) * W.shape[1]) * W[:, j]
        out.append(g)
    return np.array(out)


def _by_matrices(y, t, W, b, lam):
    h, k = y @ W + b, t @ W + b
    D = np.where(h > 0, h - np.where(k > 0, k, 0), 0)
    return (2 / y.size) * (y - t) + (2 * lam / h.size) * np.einsum("nj,ij->ni", D, W)


def _with_modules(y, t, W, b, lam):
    h = y @ W + b
    phi, target = h.clip(0), (t @ W + b).clip(0)
    g = 2 * (phi - target) / np.prod(phi.shape)
    g[h <= 0] = 0
    return np.add(np.divide(2 * (y - t), np.prod(y.shape)), lam * np.dot(g, np.transpose(W)))


def _samples(rng):
    n, d, k = (int(m) for m in rng.permutation([3, 4, 6]))
    return {
        "y": rng.normal(size=(n, d)), "t": rng.normal(size=(n, d)), "W": rng.normal(size=(d, k)),
        "b": rng.normal(size=k), "lam": float(rng.uniform(0.2, 2)),
    }  # fmt: skip


def _without_fold(y, t, W, b, lam):
    gap, _, back = _seen(y, t, W, b)
    return 2 * (y - t) / y.size + lam * (2 * gap / gap.size) @ back


def _both_open(y, t, W, b, lam):
    gap, open_, back = _seen(y, t, W, b)
    return 2 * (y - t) / y.size + lam * (2 * gap * (open_ & (t @ W + b > 0)) / gap.size) @ back


def _sizes_mixed(y, t, W, b, lam):
    gap, open_, back = _seen(y, t, W, b)
    return 2 * (y - t) / y.size + lam * (2 * gap * open_ / y.size) @ back


FEATURES = Exercise(
    id="09.7",
    title="Une perte qui regarde par d'autres yeux",
    reference=gradient_perceptuel,
    samples=_samples,
    invariants=[
        holds(
            lambda f, out, y, t, W, b, lam: np.allclose(f(y=t), 0),
            "est nul quand la copie est parfaite",
            "Quand y = t, les deux termes sont à leur minimum : il n'y a plus rien à corriger.",
        ),
        holds(
            lambda f, out, y, t, W, b, lam: np.allclose(f(lam=0.0), 2 * (y - t) / y.size),
            "redevient celui des pixels quand λ = 0",
            "Avec λ = 0, il doit rester le gradient de l'erreur par pixel, et lui seul.",
        ),
    ],
    misconceptions=[
        Misconception(
            _without_fold,
            "Votre gradient traverse aussi les unités éteintes. Là où y W + b est négatif, bouger y ne change rien.",
        ),
        Misconception(
            _both_open,
            "φ(t) ne dépend pas de y : une unité éteinte pour t mais allumée pour y doit compter.",
        ),
        Misconception(
            _sizes_mixed,
            "Le second terme est une moyenne sur les unités, pas sur les pixels : par combien faut-il diviser ?",
        ),
        Misconception(
            lambda y, t, W, b, lam: gradient_perceptuel(y, t, W, b, lam) - 2 * (y - t) / y.size,
            "Il manque le premier terme : l'erreur par pixel compte toujours.",
        ),
        Misconception(
            lambda y, t, W, b, lam: gradient_perceptuel(y, t, W, b, lam) / 2,
            "Votre gradient est deux fois trop petit : que vaut la dérivée d'un carré ?",
        ),
    ],
    hints=[
        "Deux termes, deux gradients : ils s'additionnent. Commencez par celui des pixels.",
        "Le second passe par une couche et un pli : revenez d'abord à travers le pli, puis à travers la couche.",
        "À la sortie du pli, le gradient est 2 λ (φ(y) − φ(t)), divisé par le nombre d'unités et d'images. "
        "Quelles unités le laissent passer ?",
    ],
    alternatives=[
        _by_samples, _by_matrices, _with_modules,
        lambda y, t, W, b, lam: gradient_perceptuel(y, t, W, b, lam).tolist(),
        lambda y, t, W, b, lam: (2 * (y - t) * W.shape[1] + 2 * lam * y.shape[1] * (
            _seen(y, t, W, b)[0] * (y @ W > -b)) @ W.T) / (y.size * W.shape[1]),
    ],
    mutants=[
        lambda y, t, W, b, lam: gradient_perceptuel(y, t, W, 0 * b, lam),
        lambda y, t, W, b, lam: gradient_perceptuel(y, t, W, b, lam**2),
        lambda y, t, W, b, lam: gradient_perceptuel(t, y, W, b, lam),
    ],
    solution="""def gradient_perceptuel(y, t, W, b, lam):
    h = y @ W + b
    ecart = np.maximum(h, 0) - np.maximum(t @ W + b, 0)
    pixels = 2 * (y - t) / y.size
    return pixels + lam * (2 * ecart * (h > 0) / h.size) @ W.T
""",
)  # fmt: skip
