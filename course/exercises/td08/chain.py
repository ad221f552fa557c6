"""Exercise 08.6: the chain rule over a list of modules."""

from functools import reduce

import numpy as np

from course.exercises.declare import Exercise, Misconception


class Back:
    """What one module sends back: g -> φ(g A), for a square A, so that the order changes the result silently."""

    def __init__(self, A):
        self.A = A

    def __call__(self, g):
        return np.tanh(g @ self.A)

    def __eq__(self, other):
        return isinstance(other, Back) and np.array_equal(self.A, other.A)

    __hash__ = None


def retropropager(reculs, g):
    """∂L/∂x of a network: `reculs` holds the backward of each module, from the first to the last."""
    for recul in reversed(reculs):
        g = recul(g)
    return g


def _recursive(reculs, g):
    return g if not reculs else _recursive(reculs[:-1], reculs[-1](g))


def _by_index(reculs, g):
    k = len(reculs)
    while k > 0:
        k -= 1
        g = reculs[k](g)
    return g


def _emptied(reculs, g):
    left = list(reculs)
    while left:
        g = left.pop()(g)
    return g


CHAIN = Exercise(
    id="08.6",
    title="La dérivation en chaîne",
    reference=retropropager,
    samples=lambda rng: {
        "reculs": [Back(rng.normal(size=(3, 3))) for _ in range(int(rng.integers(2, 6)))],
        "g": rng.normal(size=(4, 3)),
    },
    misconceptions=[
        Misconception(
            lambda reculs, g: reduce(lambda h, back: back(h), reculs, g),
            "Vous lisez la liste dans l'ordre de l'aller. Le gradient de la perte arrive par la fin du réseau.",
        ),
        Misconception(
            lambda reculs, g: reculs[0](g),
            "Chaque module reçoit chez vous le g de la fin. Il doit recevoir ce que le module suivant vient de rendre.",
        ),
        Misconception(
            lambda reculs, g: sum(back(g) for back in reculs),
            "Vous additionnez. En chaîne, chaque résultat est l'entrée du suivant.",
        ),
        Misconception(
            lambda reculs, g: reculs[-1](g),
            "Vous vous arrêtez au dernier module. Il faut remonter jusqu'au premier.",
        ),
    ],
    hints=[
        "À l'aller, y = f₃(f₂(f₁(x))). Qui connaît g en premier, au retour ?",
        "Une boucle, où g est remplacé à chaque tour par ce qu'un module en a fait.",
        "`reversed(liste)` parcourt une liste de la fin au début.",
    ],
    alternatives=[
        _recursive, _by_index, _emptied,
        lambda reculs, g: reduce(lambda h, back: back(h), reculs[::-1], g),
        lambda reculs, g: np.float32(retropropager(reculs, g)),
    ],
    mutants=[
        lambda reculs, g: retropropager(reculs[1:], g),
        lambda reculs, g: retropropager(reculs[:-1], g),
        lambda reculs, g: g + retropropager(reculs, g),
    ],
    solution="""def retropropager(reculs, g):
    for recul in reversed(reculs):
        g = recul(g)
    return g
""",
)  # fmt: skip
