"""Exercise 11.2: what each layer says of the other."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds
from course.exercises.td11.machine import batch, machine, sigmoid, states


def conditionnelles(v, h, W, a, b):
    """P(h = 1 | v) and P(v = 1 | h), one row for each row of v and of h."""
    return sigmoid(b + v @ W), sigmoid(a + h @ W.T)


def _both(rng):
    m = machine(rng)
    return {"v": batch(rng, len(m["a"])), "h": batch(rng, len(m["b"])), **m}


def _by_two(x, W, own, other):
    """P(y = 1 | x) from the joint weights of every y, never a sigmoid."""
    y = states(len(own))
    weights = np.exp(y @ own + x @ W @ y.T)
    return weights @ y / weights.sum(axis=1, keepdims=True)


def _energies(v, h, W, a, b):
    def gap(x, M, own):  # energy lost by switching a unit on
        return 1 / (1 + np.exp(-np.array([own + row @ M for row in x])))

    return gap(v, W, b), gap(h, W.T, a)


CONDITIONALS = Exercise(
    id="11.2",
    title="Ce qu'une couche dit de l'autre",
    reference=conditionnelles,
    samples=_both,
    outputs=("P(h = 1 | v)", "P(v = 1 | h)"),
    invariants=[
        holds(
            lambda f, out, v, h, W, a, b: np.allclose(f(W=-W, a=-a, b=-b)[0], 1 - np.asarray(out[0])),
            "devient 1 − p quand W, a et b changent de signe",
            "Retourner tous les signes échange « allumée » et « éteinte » : chaque probabilité p devient 1 − p.",
        ),
        holds(
            lambda f, out, v, h, W, a, b: np.allclose(f(v=v[::-1].copy())[0], np.asarray(out[0])[::-1]),
            "ne dépend, sur chaque ligne, que de cette ligne",
            "Chaque image a ses propres probabilités : changer l'ordre des images change l'ordre des résultats.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda v, h, W, a, b: (b + v @ W, a + h @ W.T),
            "c'est le total que reçoit chaque unité ; pour une probabilité, il manque la sigmoïde",
        ),
        Misconception(
            lambda v, h, W, a, b: (sigmoid(v @ W), sigmoid(h @ W.T)),
            "les biais manquent : sans aucune entrée, une unité n'est pas toujours à pile ou face",
        ),
        Misconception(
            lambda v, h, W, a, b: (sigmoid(-b - v @ W), sigmoid(-a - h @ W.T)),
            "ce sont les probabilités d'être **éteinte** : une énergie plus basse est plus probable",
        ),
        Misconception(
            lambda v, h, W, a, b: (sigmoid(a + h @ W.T), sigmoid(b + v @ W)),
            "les deux résultats sont justes, dans l'autre ordre : P(h | v) d'abord",
        ),
        Misconception(
            lambda v, h, W, a, b: (1.0 * (b + v @ W > 0), 1.0 * (a + h @ W.T > 0)),
            "vous rendez l'état le plus probable ; on demande la probabilité",
        ),
        Misconception(
            lambda v, h, W, a, b: (np.exp(b + v @ W), np.exp(a + h @ W.T)),
            "c'est le rapport « allumée » sur « éteinte » : il peut dépasser 1. Divisez par la somme des deux",
        ),
        Misconception(
            lambda v, h, W, a, b: tuple(
                np.exp(x) / np.exp(x).sum(axis=1, keepdims=True) for x in (b + v @ W, a + h @ W.T)),
            "vos probabilités se partagent 1 entre les unités ; ici chaque unité décide seule, sachant l'autre couche",
        ),
    ],
    hints=[
        "Gardez dans E les seuls termes où h_j figure. Quel écart d'énergie y a-t-il entre h_j = 0 et h_j = 1 ?",
        "p / (1 − p) = exp(écart) : quelle fonction rend alors p ?",
        "Dans l'autre sens, ce sont les mêmes poids, lus de l'autre côté : `W.T`.",
    ],
    alternatives=[
        lambda v, h, W, a, b: (_by_two(v, W, b, a), _by_two(h, W.T, a, b)),
        _energies,
        lambda v, h, W, a, b: [1 / (1 + np.exp(-b - v @ W)), 1 / (1 + np.exp(-a - h @ W.T))],
        lambda v, h, W, a, b: (1 - 1 / (1 + np.exp(b + v @ W)), np.exp(-np.logaddexp(0, -a - (W @ h.T).T))),
        lambda v, h, W, a, b: (
            np.float32(sigmoid(b + np.einsum("ni,ij->nj", v, W))), np.float32(sigmoid(a + np.dot(h, W.T)))),
    ],
    mutants=[
        lambda v, h, W, a, b: (sigmoid(b + 2 * v @ W), sigmoid(a + 2 * h @ W.T)),
        lambda v, h, W, a, b: (sigmoid(b + v @ W), sigmoid(h @ W.T)),
        lambda v, h, W, a, b: (sigmoid(b + v @ W), sigmoid(a - h @ W.T)),
        lambda v, h, W, a, b: (np.tanh(b + v @ W), np.tanh(a + h @ W.T)),
    ],
    slips={
        "matmul": "Les poids W ont une ligne par unité visible, une colonne par unité cachée. De la couche cachée vers "
        "la visible, il faut la transposée.",
    },
    solution="""def conditionnelles(v, h, W, a, b):
    return sigmoide(b + v @ W), sigmoide(a + h @ W.T)
""",
)  # fmt: skip
