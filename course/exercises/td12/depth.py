"""Exercises 12.1 and 12.2: what is left of a gradient one layer below, and weights that keep its size."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def descendre(delta, W, h):
    """∂L/∂z of the layer below (n, d), where h = σ(z) and delta = ∂L/∂z of the layer above (n, k), W (d, k)."""
    return (delta @ W.T) * h * (1 - h)


def _by_samples(delta, W, h):
    return [[sum(W[i, j] * d[j] for j in range(W.shape[1])) * a[i] * (1 - a[i]) for i in range(W.shape[0])]
            for d, a in zip(delta, h, strict=True)]  # fmt: skip


def _by_logistic(delta, W, h):
    z = np.log(h / (1 - h))
    return np.einsum("nk,dk->nd", delta, W) / (2 + np.exp(z) + np.exp(-z))


def _layers(rng):
    n, d, k = (int(m) for m in rng.permutation([3, 4, 5]))
    return {"delta": rng.normal(size=(n, k)), "W": rng.normal(size=(d, k)), "h": rng.uniform(0.05, 0.95, (n, d))}


BELOW = Exercise(
    id="12.1",
    title="Le gradient, une couche plus bas",
    reference=descendre,
    samples=_layers,
    invariants=[
        holds(
            lambda f, out, delta, W, h: np.allclose(f(h=1 - h), out),
            "ne change pas quand h devient 1 − h",
            "La pente de la sigmoïde est la même de part et d'autre de 1/2.",
        ),
        holds(
            lambda f, out, delta, W, h: np.all(np.abs(out) <= np.abs(delta @ W.T) / 4 + 1e-9),
            "ne dépasse pas le quart de ce qui arrive par les poids",
            "La pente de la sigmoïde vaut au plus 1/4 : chaque étage prend au moins les trois quarts.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda delta, W, h: delta @ W.T,
            "Le gradient est revenu par les poids, mais pas encore à travers la sigmoïde : il manque sa pente.",
        ),
        Misconception(
            lambda delta, W, h: (delta @ W.T) * h,
            "La pente de σ s'écrit avec h, mais h seul n'est que la sigmoïde elle-même.",
        ),
        Misconception(
            lambda delta, W, h: (lambda s: (delta @ W.T) * s * (1 - s))(1 / (1 + np.exp(-h))),
            "h est déjà passé par la sigmoïde : vous l'y faites passer une seconde fois.",
        ),
        Misconception(
            lambda delta, W, h: (delta @ W.T) * (1 - h**2),
            "C'est la pente de la tangente hyperbolique. Ici, l'activation est une sigmoïde.",
        ),
    ],
    hints=[
        "Deux traversées, dans l'ordre du retour : d'abord les poids, puis l'activation.",
        "Le chemin de l'aller est z → h → h W. Quelle forme doit avoir ce qui revient de h W à h ?",
        "Si h = σ(z), la dérivée de σ en z s'écrit avec h seul. Laquelle des courbes de h vaut 1/4 en 1/2 ?",
    ],
    alternatives=[
        _by_samples, _by_logistic,
        lambda delta, W, h: np.dot(delta, np.transpose(W)) * (h - h**2),
        lambda delta, W, h: (W @ delta.T).T * (0.25 - (h - 0.5) ** 2),
        lambda delta, W, h: np.stack([(W @ d) * a * (1 - a) for d, a in zip(delta, h, strict=True)]),
    ],
    mutants=[
        lambda delta, W, h: (delta @ W.T) / 4,
        lambda delta, W, h: -(delta @ W.T) * h * (1 - h),
        lambda delta, W, h: (delta @ np.abs(W).T) * h * (1 - h),
    ],
    solution="""def descendre(delta, W, h):
    return (delta @ W.T) * h * (1 - h)
""",
)  # fmt: skip


def ecart_relu(n, v):
    """The standard deviation of the weights with which a sum over n ReLU units of pre-activation variance v keeps v."""
    return np.sqrt(2 / n) + 0 * v


def _by_moment(n, v):
    z = np.sqrt(v) * np.polynomial.hermite_e.hermegauss(200)[0]
    p = np.polynomial.hermite_e.hermegauss(200)[1]
    return np.sqrt(v / (n * np.sum(p * np.maximum(z, 0) ** 2) / p.sum()))


HE = Exercise(
    id="12.2",
    title="Des poids qui gardent la taille",
    reference=ecart_relu,
    samples=lambda rng: {"n": int(rng.integers(10, 2000)), "v": float(rng.uniform(0.2, 5))},
    constant=("v",),
    misconceptions=[
        Misconception(
            lambda n, v: np.sqrt(1 / n),
            "Ce serait juste sans pli. Une ReLU éteint la moitié des entrées : la somme n'a plus que la moitié de sa "
            "variance.",
        ),
        Misconception(
            lambda n, v: 2 / n,
            "C'est la variance des poids ; on en demande l'écart-type.",
        ),
        Misconception(
            lambda n, v: np.sqrt(2 * v / n),
            "La variance v multiplie les deux côtés : elle disparaît.",
        ),
        Misconception(
            lambda n, v: 0.01,
            "Un écart-type choisi une fois pour toutes ne peut convenir à dix entrées et à mille.",
        ),
    ],
    hints=[
        "La somme Σ wᵢ rᵢ de n termes indépendants, où w est de moyenne nulle, a pour variance n E[w²] E[r²].",
        "r = max(0, z), où z est symétrique et de variance v : que vaut E[r²] ?",
        "Écrivez que la variance de la somme vaut encore v, puis prenez la racine.",
    ],
    alternatives=[
        _by_moment,
        lambda n, v: (n / 2) ** -0.5,
        lambda n, v: float(np.sqrt(v / (n * v / 2))),
        lambda n, v: np.exp(0.5 * (np.log(2) - np.log(n))),
        lambda n, v: 1 / np.hypot(np.sqrt(n) / 2, np.sqrt(n) / 2),
    ],
    mutants=[
        lambda n, v: np.sqrt(6 / n),
        lambda n, v: np.sqrt(2 * n),
        lambda n, v: np.sqrt(3 / n),
    ],
    solution="""def ecart_relu(n, v):
    # v = n * ecart**2 * v / 2
    return np.sqrt(2 / n)
""",
)  # fmt: skip
