"""Exercises 12.4 and 12.5: few labels drawn fairly, and as many updates for everybody."""

import math

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def choisir_etiquetes(y, n, ordre):
    """The n indices kept, in increasing order: the first ones met along `ordre`, as many of each class."""
    part = n // len(np.unique(y))
    return np.sort(np.concatenate([ordre[y[ordre] == c][:part] for c in np.unique(y)]))


def _walking(y, n, ordre):
    left = dict.fromkeys(np.unique(y).tolist(), n // len(np.unique(y)))
    kept = []
    for i in ordre.tolist():
        if left[int(y[i])]:
            left[int(y[i])] -= 1
            kept.append(i)
    return sorted(kept)


def _ranked(y, n, ordre):
    seen = np.zeros(len(y), int)
    for c in np.unique(y):
        seen[y == c] = np.argsort(np.argsort(np.argsort(ordre)[y == c]))
    return np.flatnonzero(seen < n // len(np.unique(y)))


def _one_hot(y, n, ordre):
    count = np.cumsum(y[ordre][:, None] == np.unique(y), axis=0)
    rank = count[np.arange(len(y)), np.searchsorted(np.unique(y), y[ordre])]
    return np.sort(ordre[rank <= n // len(np.unique(y))])


def _labels(rng):
    classes, part = int(rng.integers(3, 6)), int(rng.integers(2, 6))
    y = rng.permutation(np.repeat(np.arange(classes), rng.integers(part + 2, part + 20, classes)))
    return {"y": y, "n": classes * part, "ordre": rng.permutation(len(y))}


SUBSET = Exercise(
    id="12.4",
    title="Cent étiquettes, pas une de plus",
    reference=choisir_etiquetes,
    samples=_labels,
    invariants=[
        holds(
            lambda f, out, y, n, ordre: len(np.unique(out)) == n,
            "garde n exemples différents",
            "Il faut n indices, et aucun deux fois.",
        ),
        holds(
            lambda f, out, y, n, ordre: np.ptp(np.bincount(y[np.asarray(out, int)])) == 0,
            "garde autant d'exemples de chaque classe",
            "Avec cent étiquettes, le hasard seul peut en oublier une classe : il en faut autant de chacune.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda y, n, ordre: np.sort(ordre[:n]),
            "Vous prenez les n premiers, quelles que soient leurs classes : certaines y sont plus que d'autres.",
        ),
        Misconception(
            lambda y, n, ordre: choisir_etiquetes(y, n, np.arange(len(y))),
            "Vous ne tenez pas compte de l'ordre tiré au sort : toutes les graines donneraient les mêmes exemples.",
        ),
        Misconception(
            lambda y, n, ordre: np.sort(np.concatenate([ordre[y == c][: n // len(np.unique(y))]
                                                        for c in np.unique(y)])),
            "Deux numérotations se mêlent : `y == c` range les exemples comme y, `ordre` autrement.",
        ),
        Misconception(
            lambda y, n, ordre: np.concatenate([ordre[y[ordre] == c][: n // len(np.unique(y))]
                                                for c in np.unique(y)]),
            "Les bons exemples, classe après classe. Rendez-les triés, comme l'énoncé le demande.",
        ),
    ],
    hints=[
        "Combien d'exemples de chaque classe, si elles en ont toutes autant ?",
        "`y[ordre]` donne les classes dans l'ordre du tirage ; `ordre[y[ordre] == c]`, les indices de la classe c.",
        "Pour chaque classe, gardez le début de cette liste ; puis `np.concatenate` et `np.sort`.",
    ],
    alternatives=[_walking, _ranked, _one_hot,
                  lambda y, n, ordre: choisir_etiquetes(y, n, ordre).tolist(),
                  lambda y, n, ordre: np.array(_walking(y, n, ordre), np.int32)],
    mutants=[
        lambda y, n, ordre: choisir_etiquetes(y, n, ordre[::-1]),
        lambda y, n, ordre: np.arange(n),
        lambda y, n, ordre: choisir_etiquetes(y, n // 2, ordre),
    ],
    solution="""def choisir_etiquetes(y, n, ordre):
    classes = np.unique(y)
    garde = []
    for c in classes:
        garde.extend(ordre[y[ordre] == c][:n // len(classes)])
    return np.sort(garde)
""",
)  # fmt: skip


def epoques(n, lot, mises_a_jour):
    """How many whole epochs over n examples, in batches of `lot` (the last may be short), make that many updates."""
    return math.ceil(mises_a_jour / math.ceil(n / lot))


def _counting(n, lot, mises_a_jour):
    k = done = 0
    while done < mises_a_jour:
        done += len(range(0, n, lot))
        k += 1
    return k


EPOCHS = Exercise(
    id="12.5",
    title="À travail égal",
    reference=epoques,
    samples=lambda rng: {"n": int(rng.integers(30, 5000)), "lot": int(rng.integers(8, 200)),
                         "mises_a_jour": int(rng.integers(50, 5000))},
    draws=16,
    misconceptions=[
        Misconception(
            lambda n, lot, mises_a_jour: math.ceil(mises_a_jour * lot / n),
            "Le dernier lot d'une époque est plus petit, mais c'est encore une mise à jour.",
        ),
        Misconception(
            lambda n, lot, mises_a_jour: mises_a_jour // math.ceil(n / lot),
            "La dernière époque, entamée, doit être menée à son terme : arrondissez vers le haut.",
        ),
        Misconception(
            lambda n, lot, mises_a_jour: mises_a_jour,
            "Une époque compte plus d'une mise à jour : une par lot.",
        ),
        Misconception(
            lambda n, lot, mises_a_jour: math.ceil(mises_a_jour / n),
            "Une mise à jour se fait par lot, et non par exemple.",
        ),
        Misconception(
            lambda n, lot, mises_a_jour: math.ceil(mises_a_jour / max(1, n // lot)),
            "Vous oubliez le dernier lot d'une époque, plus petit que les autres.",
        ),
    ],
    hints=[
        "Combien de lots dans une époque ? Essayez avec 10 exemples et des lots de 4.",
        "Trois lots : 4, 4 et 2. C'est un arrondi vers le haut.",
        "Le nombre d'époques est un second arrondi vers le haut.",
    ],
    alternatives=[
        _counting,
        lambda n, lot, mises_a_jour: -(-mises_a_jour // -(-n // lot)),
        lambda n, lot, mises_a_jour: int(np.ceil(mises_a_jour / np.ceil(n / lot))),
        lambda n, lot, mises_a_jour: 1 + (mises_a_jour - 1) // (1 + (n - 1) // lot),
        lambda n, lot, mises_a_jour: float(math.ceil(mises_a_jour / len(range(0, n, lot)))),
    ],
    mutants=[
        lambda n, lot, mises_a_jour: 10,
        lambda n, lot, mises_a_jour: math.ceil(n / lot),
        lambda n, lot, mises_a_jour: 1 + math.ceil(mises_a_jour / math.ceil(n / lot)),
    ],
    solution="""def epoques(n, lot, mises_a_jour):
    lots = int(np.ceil(n / lot))
    return int(np.ceil(mises_a_jour / lots))
""",
)  # fmt: skip
