"""Exercises 09.4 and 09.5: how many neighbours a t-SNE looks at, and what a map is worth against the labels."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def perplexite(p):
    """2 to the power of the entropy of p, in bits; a probability of zero adds nothing."""
    p = p[p > 0]
    return 2 ** -np.sum(p * np.log2(p))


def _by_loop(p):
    total = 0.0
    for q in p:
        if q > 0:
            total -= q * np.log(q)
    return np.exp(total)


def _probabilities(rng):
    weights = rng.exponential(size=int(rng.integers(4, 9)))
    weights[: int(rng.integers(1, 3))] = 0
    return {"p": rng.permutation(weights / weights.sum())}


PERPLEXITY = Exercise(
    id="09.4",
    title="Combien de voisins ?",
    reference=perplexite,
    samples=_probabilities,
    invariants=[
        holds(
            lambda f, out, p: np.isclose(f(p=np.full(len(p), 1 / len(p))), len(p)),
            "compte n voisins également probables pour n",
            "Avec n probabilités égales à 1/n, la perplexité vaut n : elle compte les voisins qui comptent.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda p: -np.sum(p[p > 0] * np.log2(p[p > 0])),
            "C'est l'entropie, en bits. La perplexité s'en déduit : 2 puissance l'entropie, un nombre de voisins.",
        ),
        Misconception(
            lambda p: np.exp(-np.sum(p[p > 0] * np.log2(p[p > 0]))),
            "Un logarithme en base 2 se défait par une puissance de 2, et non par une exponentielle.",
        ),
        Misconception(
            lambda p: 2 ** -np.sum(p[p > 0] * np.log(p[p > 0])),
            "Une puissance de 2 défait un logarithme en base 2 ; le vôtre est népérien.",
        ),
        Misconception(
            lambda p: 2 ** np.sum(p[p > 0] * np.log2(p[p > 0])),
            "Le logarithme d'une probabilité est négatif : l'entropie en est l'opposé.",
        ),
        Misconception(
            lambda p: np.sum(p > 0),
            "Vous comptez tous les voisins possibles à égalité. Un voisin peu probable compte pour moins qu'un.",
        ),
    ],
    hints=[
        "L'entropie est −Σ p log₂ p. Que fait-on d'un p nul ?",
        "p log₂ p tend vers 0 avec p : ne gardez que les p positifs, puis élevez 2 à l'entropie.",
    ],
    alternatives=[
        _by_loop,
        lambda p: np.prod([q ** -q for q in p if q > 0]),
        lambda p: float(np.exp(-sum(q * np.log(q) for q in p if q))),
        lambda p: 2 ** np.sum(p * -np.log2(np.where(p > 0, p, 1))),
        lambda p: np.exp2(-np.dot(p, np.log2(p, out=np.zeros_like(p), where=p > 0))),
    ],
    mutants=[
        lambda p: 1 / np.sum(p**2),
        lambda p: 1 / np.max(p),
        lambda p: 2 ** -np.mean(p[p > 0] * np.log2(p[p > 0])),
    ],
    solution="""def perplexite(p):
    p = p[p > 0]
    return 2 ** -np.sum(p * np.log2(p))
""",
)  # fmt: skip


def precision_voisin(z, y):
    """The share of the points of z (n, 2) whose nearest other point has the same label y."""
    d = ((z[:, None] - z) ** 2).sum(axis=-1)
    np.fill_diagonal(d, np.inf)
    return np.mean(y[d.argmin(axis=1)] == y)


def _one_by_one(z, y):
    right = 0
    for i in range(len(z)):
        others = [j for j in range(len(z)) if j != i]
        right += y[min(others, key=lambda j: np.hypot(*(z[i] - z[j])))] == y[i]
    return right / len(z)


def _by_products(z, y):
    s = (z**2).sum(1)
    d = s[:, None] + s - 2 * z @ z.T + np.diag(np.full(len(z), 1e9))
    return np.mean(y[d.argmin(1)] == y)


def _by_tree(z, y):
    from scipy.spatial import cKDTree

    return (y[cKDTree(z).query(z, 2)[1][:, 1]] == y).mean()


def _by_order(z, y):
    d = np.abs((z[:, 0] + 1j * z[:, 1])[:, None] - (z[:, 0] + 1j * z[:, 1]))
    return np.float32((y[np.argsort(d, axis=1)[:, 1]] == y).mean())


def _farthest(z, y):
    return np.mean(y[((z[:, None] - z) ** 2).sum(axis=-1).argmax(axis=1)] == y)


def _centres(z, y):
    labels = np.unique(y)
    centres = np.array([z[y == c].mean(axis=0) for c in labels])
    return np.mean(labels[((z[:, None] - centres) ** 2).sum(-1).argmin(1)] == y)


def _drawn(rng):
    n = int(rng.integers(25, 40))
    y = rng.permutation(np.arange(n) % 3)
    return {"z": rng.normal(size=(n, 2)) + 1.2 * np.array([[0, 0], [1, 1], [2, 0]])[y], "y": y}


NEIGHBOUR = Exercise(
    id="09.5",
    title="Ce que vaut une carte",
    reference=precision_voisin,
    samples=_drawn,
    invariants=[
        holds(
            lambda f, out, z, y: np.isclose(f(z=-3 * z + 1), out),
            "ne dépend ni de l'échelle ni de l'orientation de la carte",
            "Une carte retournée, agrandie ou déplacée garde les mêmes voisins.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda z, y: 1.0,
            "Chaque point est son propre plus proche voisin, à la distance zéro : il faut l'écarter.",
        ),
        Misconception(
            lambda z, y: precision_voisin(z, y) * len(z),
            "Vous comptez les accords ; on en demande la proportion.",
        ),
        Misconception(
            lambda z, y: 1 - precision_voisin(z, y),
            "C'est la proportion d'erreurs que vous rendez.",
        ),
        Misconception(
            _farthest,
            "Vous prenez le point le plus loin.",
        ),
    ],
    hints=[
        "Un tableau de toutes les distances : `z[:, None] - z` a la forme (n, n, 2).",
        "Mettez l'infini sur la diagonale, puis prenez l'indice du plus petit de chaque ligne.",
        "Il reste à comparer l'étiquette de ce voisin à celle du point, et à faire la moyenne.",
    ],
    alternatives=[_one_by_one, _by_products, _by_tree, _by_order, lambda z, y: float(precision_voisin(z, y))],
    mutants=[
        _centres,
        lambda z, y: precision_voisin(z[:, :1], y),
        lambda z, y: np.mean(y == np.bincount(y).argmax()),
    ],
    solution="""def precision_voisin(z, y):
    d = ((z[:, None] - z) ** 2).sum(axis=-1)
    np.fill_diagonal(d, np.inf)
    return np.mean(y[d.argmin(axis=1)] == y)
""",
)  # fmt: skip
