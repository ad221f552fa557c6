"""Exercises 08.10 and 08.11: two pieces of the museum, mended."""

import numpy as np
from scipy.special import expit, log_softmax, logsumexp
from scipy.special import softmax as scipy_softmax

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def gradient_sigmoide(z, t):
    """∂L/∂z for L = mean of -t log σ(z) - (1 - t) log(1 - σ(z))."""
    return (1 / (1 + np.exp(-z)) - t) / len(z)


def _by_parts(z, t):
    """The chain, without simplifying."""
    p = expit(z)
    return ((1 - t) / (1 - p) - t / p) * (p * (1 - p)) / len(z)


SIGMOID = Exercise(
    id="08.10",
    title="Une dérivée de trop",
    reference=gradient_sigmoide,
    samples=lambda rng: (lambda n: {"z": rng.normal(0, 3, n), "t": rng.integers(0, 2, n).astype(float)})(
        int(rng.integers(6, 14))
    ),
    invariants=[
        holds(
            lambda f, out, z, t: np.abs(np.sum(f(z=np.full(len(z), -20.0), t=np.ones(len(z))))) > 0.9,
            "reste grand quand le réseau se trompe avec assurance",
            "En z = −20 avec la cible 1, le réseau a tort et en est sûr : c'est là que la pente doit être forte.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda z, t: (expit(z) - t) * expit(z) * (1 - expit(z)) / len(z),
            "σ′ y est encore. La dérivée de l'entropie croisée par rapport à p contient 1/(p (1 − p)), qui l'a déjà "
            "simplifiée : la compter une seconde fois éteint le gradient là où l'erreur est la plus grave.",
        ),
        Misconception(
            lambda z, t: expit(z) - t,
            "σ′ a bien disparu. Il reste que la perte est une moyenne : divisez par le nombre d'exemples.",
        ),
        Misconception(
            lambda z, t: (t - expit(z)) / len(z),
            "Le signe est retourné : quand la cible est 1, augmenter z doit faire baisser la perte.",
        ),
        Misconception(
            lambda z, t: (expit(z) - t) / (expit(z) * (1 - expit(z))) / len(z),
            "C'est la dérivée par rapport à p. En traversant σ, elle est multipliée par p (1 − p) : simplifiez.",
        ),
        Misconception(
            lambda z, t: (z - t) / len(z),
            "C'est la probabilité σ(z) que l'on compare à la cible, et non z.",
        ),
    ],
    hints=[
        "Écrivez ∂L/∂p, puis dp/dz = p (1 − p), et multipliez. Que se simplifie-t-il ?",
        "Pour un exemple, il reste p − t.",
    ],
    alternatives=[
        _by_parts,
        lambda z, t: (expit(z) - t) / len(z),
        lambda z, t: [(1 / (1 + np.exp(-a)) - b) / len(z) for a, b in zip(z, t, strict=True)],
        lambda z, t: ((1 + np.tanh(z / 2)) / 2 - t) / np.size(z),
        lambda z, t: np.float32(np.where(t == 1, -expit(-z), expit(z)) / len(z)),
    ],
    mutants=[
        lambda z, t: (expit(z) - t) ** 2 / len(z),
        lambda z, t: np.abs(expit(z) - t) / len(z),
        lambda z, t: 2 * (expit(z) - t) / len(z),
    ],
    solution="""def gradient_sigmoide(z, t):
    p = 1 / (1 + np.exp(-z))
    return (p - t) / len(z)
""",
)  # fmt: skip


def softmax_sur(z):
    """softmax along the last axis, whatever the size of z."""
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _by_rows(z):
    rows = []
    for a in z:
        e = np.exp(a - max(a))
        rows.append(e / sum(e))
    return rows


def _bounded(z):
    e = np.exp(np.clip(z, -700, 700))
    return e / e.sum(axis=-1, keepdims=True)


def _huge(rng):
    n, k = int(rng.integers(3, 7)), int(rng.integers(2, 6))
    return {"z": 2 * rng.normal(size=(n, k)) + rng.uniform(-1e4, 1e4, (n, 1))}


SOFTMAX = Exercise(
    id="08.11",
    title="Un softmax qui ne déborde pas",
    reference=softmax_sur,
    samples=_huge,
    invariants=[
        holds(
            lambda f, out, z: np.allclose(f(z=z - 5000), out, atol=1e-6),
            "ne change pas quand on ajoute un même nombre à toute une ligne",
            "Ajoutez un même nombre à toute la ligne : les probabilités ne doivent pas bouger.",
        ),
    ],
    misconceptions=[
        Misconception(
            _bounded,
            "Vous bornez z. Deux logits de 9000 et 9003 deviennent égaux, alors que seul leur écart compte.",
        ),
        Misconception(
            lambda z: np.exp(z - z.max(axis=-1, keepdims=True)),
            "Les exponentielles sont sauves. Il reste à diviser par leur somme, ligne par ligne.",
        ),
        Misconception(
            lambda z: z / z.sum(axis=-1, keepdims=True),
            "Il manque les exponentielles : elles seules rendent tout positif.",
        ),
    ],
    hints=[
        "Que devient softmax(z) quand on retranche un même nombre à toute une ligne ?",
        "Quel nombre retrancher pour qu'aucune exponentielle ne dépasse 1 ?",
        "`z.max(axis=-1, keepdims=True)` est le plus grand de chaque ligne, en colonne.",
    ],
    alternatives=[
        _by_rows,
        lambda z: scipy_softmax(z, axis=-1),
        lambda z: np.exp(z - logsumexp(z, axis=-1, keepdims=True)),
        lambda z: np.exp(log_softmax(z, axis=-1)),
        lambda z: 1 / np.exp(z[..., None, :] - z[..., :, None]).sum(axis=-1),
    ],
    mutants=[
        lambda z: scipy_softmax(z, axis=0),
        lambda z: scipy_softmax(-z, axis=-1),
        lambda z: scipy_softmax(2 * z, axis=-1),
    ],
    solution="""def softmax_sur(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
""",
)  # fmt: skip
