"""Exercise 12.3: what the first machines make of an image, which the next one learns from."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def _sigma(z):
    return 1 / (1 + np.exp(-z))


def monter(v, machines, etage):
    """P(h = 1) of the `etage`-th machine (from 1; 0 gives v back), each reading the probabilities below it.

    `machines` lists (W, a, b): weights (visible, hidden), biases of the visible and of the hidden units.
    """
    for W, _, b in machines[:etage]:
        v = _sigma(v @ W + b)
    return v


def _recursive(v, machines, etage):
    if etage == 0:
        return v
    W, _, b = machines[etage - 1]
    return 0.5 * (1 + np.tanh((_recursive(v, machines, etage - 1) @ W + b) / 2))


def _by_images(v, machines, etage):
    out = []
    for image in v:
        for k in range(etage):
            W, _, b = machines[k]
            image = np.exp(-np.logaddexp(0, -(W.T @ image + b)))
        out.append(image)
    return np.array(out)


def _with_ones(v, machines, etage):
    x = np.asarray(v)
    for W, _, b in machines[:etage]:
        x = 1 / (1 + np.exp(-np.hstack([x, np.ones((len(x), 1))]) @ np.vstack([W, b])))
    return x


def _energies(v, machines, etage):
    """P(h = 1) as two exponentials compared."""
    for W, _, b in machines[:etage]:
        on = np.exp(v @ W + b)
        v = on / (1 + on)
    return v


def _machines(rng):
    d = int(rng.integers(3, 6))
    machines = [(rng.normal(size=(d, d)), rng.normal(size=d), rng.normal(size=d)) for _ in range(3)]
    return {"v": (rng.random((4, d)) < 0.5).astype(float), "machines": machines, "etage": int(rng.integers(1, 4))}


def _visible_bias(v, machines, etage):
    for W, a, _ in machines[:etage]:
        v = _sigma(v @ W + a)
    return v


def _transposed(v, machines, etage):
    for W, _, b in machines[:etage]:
        v = _sigma(v @ W.T + b)
    return v


def _without_bias(v, machines, etage):
    for W, _, _ in machines[:etage]:
        v = _sigma(v @ W)
    return v


def _thresholded(v, machines, etage):
    for W, _, b in machines[:etage]:
        v = (v @ W + b > 0).astype(float)
    return v


def _linear(v, machines, etage):
    for W, _, b in machines[:etage]:
        v = v @ W + b
    return v


STACK = Exercise(
    id="12.3",
    title="D'une machine à la suivante",
    reference=monter,
    samples=_machines,
    draws=12,
    invariants=[
        holds(
            lambda f, out, v, machines, etage: np.allclose(f(etage=0), v),
            "rend v à l'étage 0",
            "À l'étage 0, aucune machine n'a encore rien lu : rendez v.",
        ),
    ],
    misconceptions=[
        Misconception(
            _visible_bias,
            "Vous ajoutez le biais des unités visibles. C'est celui des unités cachées qui penche h.",
        ),
        Misconception(
            _transposed,
            "Vos poids sont pris dans l'autre sens : W a une ligne par unité visible, une colonne par unité cachée.",
        ),
        Misconception(
            _without_bias,
            "Les poids y sont, les biais des unités cachées manquent.",
        ),
        Misconception(
            _thresholded,
            "Vous décidez de chaque unité au seuil 1/2. La machine suivante apprend sur des probabilités.",
        ),
        Misconception(
            _linear,
            "Une somme n'est pas une probabilité : il manque la sigmoïde de chaque étage.",
        ),
        Misconception(
            lambda v, machines, etage: monter(v, machines, len(machines)),
            "Vous montez toujours jusqu'en haut : arrêtez-vous à l'étage demandé.",
        ),
        Misconception(
            lambda v, machines, etage: monter(v, machines[etage - 1 :], 1) if etage else v,
            "La dernière machine ne lit pas l'image : elle lit ce qu'a rendu celle d'en dessous.",
        ),
    ],
    hints=[
        "Pour une seule machine : P(h = 1 | v) = σ(v W + b).",
        "Ce que rend un étage est ce que lit le suivant : une boucle, et une seule variable qui change.",
        "`machines[:etage]` donne les machines à traverser ; chacune est un triplet W, a, b dont un seul biais sert.",
    ],
    alternatives=[_recursive, _by_images, _with_ones, _energies,
                  lambda v, machines, etage: monter(v, machines, etage).tolist()],
    mutants=[
        lambda v, machines, etage: monter(v, machines[::-1], etage),
        lambda v, machines, etage: 1 - monter(v, machines, etage),
        lambda v, machines, etage: monter(1 - v, machines, etage) if etage else v,
    ],
    solution="""def monter(v, machines, etage):
    for W, _, b in machines[:etage]:
        v = 1 / (1 + np.exp(-(v @ W + b)))
    return v
""",
)  # fmt: skip
