"""Exercise 09.6: what a partition is worth against the labels."""

from collections import Counter

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def purete(groupe, y):
    """The share of the points that have the commonest label of their group."""
    return sum(np.bincount(y[groupe == g]).max() for g in np.unique(groupe)) / len(y)


def _table(groupe, y):
    counts = np.zeros((groupe.max() + 1, y.max() + 1), int)
    np.add.at(counts, (groupe, y), 1)
    return counts.max(axis=1).sum() / len(y)


def _counters(groupe, y):
    members = {}
    for g, label in zip(groupe.tolist(), y.tolist(), strict=True):
        members.setdefault(g, Counter())[label] += 1
    return sum(c.most_common(1)[0][1] for c in members.values()) / len(y)


def _votes(groupe, y):
    vote = {g: np.unique(y[groupe == g], return_counts=True) for g in set(groupe.tolist())}
    answer = np.array([vote[g][0][vote[g][1].argmax()] for g in groupe.tolist()])
    return float(np.mean(answer == y))


def _mean_of_groups(groupe, y):
    return np.mean([np.bincount(y[groupe == g]).max() / np.sum(groupe == g) for g in np.unique(groupe)])


def _by_label(groupe, y):
    return purete(y, groupe)


def _drawn(rng):
    sizes = rng.integers(2, 30, 5)
    groupe = np.repeat(np.arange(5), sizes)
    y = np.where(rng.random(len(groupe)) < rng.uniform(0.3, 0.8), groupe % 3, rng.integers(0, 6, len(groupe)))
    order = rng.permutation(len(groupe))
    return {"groupe": groupe[order], "y": y[order]}


PURITY = Exercise(
    id="09.6",
    title="Des groupes sans étiquettes",
    reference=purete,
    samples=_drawn,
    invariants=[
        holds(
            lambda f, out, groupe, y: np.isclose(f(groupe=4 - groupe, y=y), out),
            "ne dépend pas du numéro des groupes",
            "Les groupes n'ont pas de nom : en changer les numéros ne change pas le partage.",
        ),
        holds(
            lambda f, out, groupe, y: np.isclose(f(groupe=np.arange(len(y)), y=y), 1),
            "vaut 1 quand chaque point est seul",
            "Un groupe d'un seul point est pur : il a l'étiquette de ce point.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda groupe, y: np.mean(groupe == y),
            "Le numéro d'un groupe n'est pas une étiquette : cherchez d'abord laquelle y domine.",
        ),
        Misconception(
            _mean_of_groups,
            "Vous donnez à un petit groupe autant de poids qu'à un grand. On compte les points, pas les groupes.",
        ),
        Misconception(
            _by_label,
            "Vous avez échangé les rôles : c'est dans chaque groupe qu'une étiquette est majoritaire.",
        ),
        Misconception(
            lambda groupe, y: purete(groupe, y) * len(y),
            "Vous comptez les points ; on en demande la part.",
        ),
    ],
    hints=[
        "Prenez un groupe : `y[groupe == g]` en donne les étiquettes.",
        "`np.bincount` compte chaque étiquette. Laquelle de ses valeurs vous intéresse ?",
        "Ajoutez ces nombres sur tous les groupes, puis divisez par le nombre de points.",
    ],
    alternatives=[_table, _counters, _votes, lambda groupe, y: float(purete(groupe, y)),
                  lambda groupe, y: purete(np.asarray(groupe), np.asarray(y))],
    mutants=[
        lambda groupe, y: 1 - purete(groupe, y),
        lambda groupe, y: np.bincount(y).max() / len(y),
        lambda groupe, y: 1.0,
    ],
    solution="""def purete(groupe, y):
    justes = 0
    for g in np.unique(groupe):
        justes += np.bincount(y[groupe == g]).max()
    return justes / len(y)
""",
)  # fmt: skip
