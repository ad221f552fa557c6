"""Exercises 09.1 and 09.2: the best linear bottleneck, and a matrix that is used there and back."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def reconstruire_acp(x, k):
    """x (n, d), projected on its k principal directions and brought back."""
    m = x.mean(axis=0)
    V = np.linalg.svd(x - m, full_matrices=False)[2][:k]
    return m + (x - m) @ V.T @ V


def _by_covariance(x, k):
    m = np.mean(x, axis=0)
    V = np.linalg.eigh(np.cov((x - m).T))[1][:, -k:]
    return m + ((x - m) @ V) @ V.T


def _by_removal(x, k):
    m = x.mean(axis=0)
    _, _, V = np.linalg.svd(x - m)
    out = x - m
    for v in V[k:]:
        out = out - np.outer(out @ v, v)
    return out + m


def _truncated(x, k):
    m = x.mean(0)
    U, s, V = np.linalg.svd(x - m, full_matrices=False)
    return m + (U * np.where(np.arange(len(s)) < k, s, 0)) @ V


def _cloud(rng):
    d = int(rng.integers(4, 7))
    spread = np.diag(2.0 ** np.arange(d)[::-1])
    return {"x": rng.normal(3, 1, (12, d)) @ spread @ np.linalg.qr(rng.normal(size=(d, d)))[0],
            "k": int(rng.integers(1, d - 1))}


def _without_mean(x, k):
    V = np.linalg.svd(x, full_matrices=False)[2][:k]
    return x @ V.T @ V


def _last(x, k):
    m = x.mean(axis=0)
    V = np.linalg.svd(x - m, full_matrices=False)[2][-k:]
    return m + (x - m) @ V.T @ V


PCA = Exercise(
    id="09.1",
    title="Le meilleur goulot linéaire",
    reference=reconstruire_acp,
    samples=_cloud,
    invariants=[
        holds(
            lambda f, out, x, k: np.allclose(f(x=np.asarray(out)), out, atol=1e-6),
            "ne change plus rien la seconde fois",
            "Ce qui est déjà passé par le goulot tient dans k directions : y repasser ne doit rien enlever.",
        ),
    ],
    misconceptions=[
        Misconception(
            _without_mean,
            "Les directions principales passent par le centre du nuage : retranchez d'abord la moyenne.",
        ),
        Misconception(
            lambda x, k: reconstruire_acp(x, k) - x.mean(axis=0),
            "Vous rendez les données centrées. Il reste à leur rendre la moyenne.",
        ),
        Misconception(
            _last,
            "Vous gardez les directions où le nuage est le plus mince. Les premières lignes sont les plus utiles.",
        ),
    ],
    hints=[
        "Trois temps : centrer, projeter sur k directions, revenir.",
        "`np.linalg.svd(xc, full_matrices=False)` rend U, s et V ; les lignes de V sont les directions, par ordre "
        "d'importance.",
        "Avec V de forme (k, d), projeter donne n × k nombres. Quelle forme doit avoir le retour, par quelle matrice ?",
    ],
    alternatives=[
        _by_covariance, _by_removal, _truncated,
        lambda x, k: reconstruire_acp(x, k).tolist(),
        lambda x, k: x - _last(x - x.mean(axis=0), x.shape[1] - k),
    ],
    mutants=[
        lambda x, k: reconstruire_acp(x, k + 1),
        lambda x, k: x + 0 * k,
        lambda x, k: np.broadcast_to(x.mean(axis=0), x.shape),
    ],
    solution="""def reconstruire_acp(x, k):
    m = x.mean(axis=0)
    V = np.linalg.svd(x - m, full_matrices=False)[2][:k]
    return m + (x - m) @ V.T @ V
""",
)  # fmt: skip


def gradient_lie(x, W, g):
    """∂L/∂W when y = (x W) Wᵀ, where g = ∂L/∂y."""
    return x.T @ (g @ W) + g.T @ (x @ W)


def _by_samples(x, W, g):
    out = np.zeros(W.shape)
    for a, b in zip(x, g, strict=True):
        out += np.outer(a, b @ W) + np.outer(b, a @ W)
    return out


def _shapes(rng):
    n, d, k = (int(m) for m in rng.permutation([3, 4, 5]))
    return {"x": rng.normal(size=(n, d)), "W": rng.normal(size=(d, k)), "g": rng.normal(size=(n, d))}


TIED = Exercise(
    id="09.2",
    title="Une matrice qui sert deux fois",
    reference=gradient_lie,
    samples=_shapes,
    invariants=[
        holds(
            lambda f, out, x, W, g: np.allclose(f(x=g, g=x), out),
            "ne change pas quand on échange x et g",
            "L'aller et le retour jouent le même rôle : échanger x et g échange les deux termes, pas leur somme.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda x, W, g: x.T @ (g @ W),
            "Vous ne comptez que l'aller, x W. La même matrice sert au retour : ce gradient-là s'ajoute.",
        ),
        Misconception(
            lambda x, W, g: g.T @ (x @ W),
            "Vous ne comptez que le retour, par la transposée. La même matrice a aussi servi à l'aller.",
        ),
        Misconception(
            lambda x, W, g: (x.T @ (g @ W) + g.T @ (x @ W)) / 2,
            "Vous faites la moyenne des deux emplois de W. Les gradients d'un paramètre partagé s'additionnent.",
        ),
        Misconception(
            lambda x, W, g: x.T @ (g @ W) - g.T @ (x @ W),
            "Les deux emplois de W agissent dans le même sens : leurs gradients s'ajoutent.",
        ),
    ],
    hints=[
        "Nommez h = x W. Comment y dépend-il de W, h étant fixé ? Et à travers h ?",
        "À travers h : ce qui revient à h est g W, puis c'est une couche ordinaire.",
        "Directement, à h fixé, c'est une couche ordinaire dont le poids est transposé. Les deux chemins s'ajoutent.",
    ],
    alternatives=[
        _by_samples,
        lambda x, W, g: (x.T @ g + g.T @ x) @ W,
        lambda x, W, g: np.einsum("ni,nj,jk->ik", x, g, W) + np.einsum("ni,nj,jk->ik", g, x, W),
        lambda x, W, g: ((lambda S: S + S.T)(x.T @ g) @ W).tolist(),
        lambda x, W, g: np.float32(gradient_lie(x, W, g)),
    ],
    mutants=[
        lambda x, W, g: 2 * x.T @ (g @ W),
        lambda x, W, g: (x.T @ x + g.T @ g) @ W,
        lambda x, W, g: gradient_lie(x, W, g) / len(x),
    ],
    slips={"matmul": "Écrivez la forme de chaque matrice : dans A @ B, les colonnes de A sont les lignes de B."},
    solution="""def gradient_lie(x, W, g):
    aller = x.T @ (g @ W)
    retour = g.T @ (x @ W)
    return aller + retour
""",
)  # fmt: skip
