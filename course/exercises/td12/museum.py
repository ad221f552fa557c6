"""Exercises 12.8 and 12.9, museum of mistakes: two ways for the test to help choose what it judges."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def exactitude_annoncee(validation, test):
    """The accuracy on the test of the epoch that the validation chose (the first one, when several are equal)."""
    return test[np.argmax(validation)]


def _walk(validation, test):
    best, said = -np.inf, None
    for v, t in zip(validation, test, strict=True):
        if v > best:
            best, said = v, t
    return said


def _curves(rng):
    n = int(rng.integers(8, 20))
    rise = 97 - 20 * np.exp(-np.arange(n) / 3) - 0.1 * np.arange(n)
    return {"validation": np.round(rise + rng.normal(0, 0.8, n), 1), "test": np.round(rise + rng.normal(0, 0.8, n), 2)}


CHOICE = Exercise(
    id="12.8",
    title="Qui choisit l'époque ?",
    reference=exactitude_annoncee,
    samples=_curves,
    draws=16,
    invariants=[
        holds(
            lambda f, out, validation, test: np.allclose(
                f(test=test + 100 * (np.arange(len(test)) != np.argmax(validation))), out),
            "ne regarde le test qu'à une époque",
            "Les autres époques du test ne doivent rien changer : sinon, c'est lui qui choisit.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda validation, test: np.max(test),
            "C'est la meilleure époque du test : il a servi à choisir, il ne peut plus juger.",
        ),
        Misconception(
            lambda validation, test: np.max(validation),
            "C'est la validation, qui a choisi : elle est optimiste, elle aussi. Annoncez le test de cette époque-là.",
        ),
        Misconception(
            lambda validation, test: test[-1],
            "C'est la dernière époque. La validation en a préféré une autre, et elle en a le droit.",
        ),
        Misconception(
            lambda validation, test: np.mean(test),
            "Une moyenne sur les époques mêle des réseaux différents ; un seul sera rendu.",
        ),
    ],
    hints=[
        "Deux rôles : la validation choisit, le test juge. Chacun n'en a qu'un.",
        "Laquelle des deux courbes a le droit de donner le numéro de l'époque ?",
    ],
    alternatives=[
        _walk,
        lambda validation, test: test[list(validation).index(max(validation))],
        lambda validation, test: float(test[validation == validation.max()][0]),
        lambda validation, test: test[sorted(range(len(test)), key=lambda k: (-validation[k], k))[0]],
        lambda validation, test: np.array(test)[np.flatnonzero(np.asarray(validation) >= np.max(validation)).min()],
    ],
    mutants=[
        lambda validation, test: test[np.argmin(validation)],
        lambda validation, test: validation[np.argmax(test)],
        lambda validation, test: test[np.argmax(validation) - 1],
    ],
    solution="""def exactitude_annoncee(validation, test):
    return test[np.argmax(validation)]
""",
)  # fmt: skip


def reduire(apprentissage, test):
    """The test (m, d) on the scale of the training set (n, d): centred and scaled by what the latter knows."""
    return (test - apprentissage.mean(axis=0)) / apprentissage.std(axis=0)


def _by_columns(apprentissage, test):
    out = np.empty(test.shape)
    for j in range(test.shape[1]):
        column = apprentissage[:, j]
        m = sum(column) / len(column)
        out[:, j] = (test[:, j] - m) / (sum((column - m) ** 2) / len(column)) ** 0.5
    return out


def _by_scikit_learn(apprentissage, test):
    from sklearn.preprocessing import StandardScaler

    return StandardScaler().fit(apprentissage).transform(test)


def _two_sets(rng):
    d = int(rng.integers(2, 5))
    shift, scale = rng.normal(0, 2, d), rng.uniform(0.5, 3, d)
    return {"apprentissage": shift + scale * rng.normal(size=(20, d)),
            "test": shift + 0.6 + 1.4 * scale * rng.normal(size=(6, d))}


SCALE = Exercise(
    id="12.9",
    title="Une échelle qui a vu le test",
    reference=reduire,
    samples=_two_sets,
    invariants=[
        holds(
            lambda f, out, apprentissage, test: np.allclose(f(test=test[:2]), np.asarray(out)[:2]),
            "ne dépend pas des autres images du test",
            "Une image du test doit recevoir la même échelle, seule ou en compagnie.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda apprentissage, test: (test - test.mean(axis=0)) / test.std(axis=0),
            "Vous mesurez l'échelle sur le test lui-même : son décalage disparaît, et une image seule n'en aurait pas.",
        ),
        Misconception(
            lambda apprentissage, test: (lambda tout: (test - tout.mean(axis=0)) / tout.std(axis=0))(
                np.concatenate([apprentissage, test])),
            "Votre échelle vient des deux ensembles réunis : le test y a déjà parlé.",
        ),
        Misconception(
            lambda apprentissage, test: (test - apprentissage.mean()) / apprentissage.std(),
            "Une échelle par colonne : chaque nombre d'une image a la sienne.",
        ),
        Misconception(
            lambda apprentissage, test: test - apprentissage.mean(axis=0),
            "Le centre est juste ; il reste à diviser par l'écart-type.",
        ),
        Misconception(
            lambda apprentissage, test: (apprentissage - apprentissage.mean(axis=0)) / apprentissage.std(axis=0),
            "C'est l'apprentissage que vous rendez ; on demande le test, à l'échelle de l'apprentissage.",
        ),
    ],
    hints=[
        "L'échelle se mesure une fois, avant de voir le test.",
        "`.mean(axis=0)` et `.std(axis=0)` donnent un nombre par colonne. De quel tableau ?",
    ],
    alternatives=[
        _by_columns, _by_scikit_learn,
        lambda apprentissage, test: ((test - np.mean(apprentissage, 0)) / np.std(apprentissage, 0)).tolist(),
        lambda apprentissage, test: test / apprentissage.std(0) - apprentissage.mean(0) / apprentissage.std(0),
        lambda apprentissage, test: (test - apprentissage.mean(0)) @ np.diag(1 / apprentissage.std(0)),
    ],
    mutants=[
        lambda apprentissage, test: (test - apprentissage.mean(axis=0)) / apprentissage.var(axis=0),
        lambda apprentissage, test: (test - np.median(apprentissage, axis=0)) / np.ptp(apprentissage, axis=0),
        lambda apprentissage, test: (test + apprentissage.mean(axis=0)) / apprentissage.std(axis=0),
    ],
    solution="""def reduire(apprentissage, test):
    centre, echelle = apprentissage.mean(axis=0), apprentissage.std(axis=0)
    return (test - centre) / echelle
""",
)  # fmt: skip
