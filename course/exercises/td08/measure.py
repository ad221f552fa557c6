"""Exercises 08.8 and 08.9: numbers put on one scale without looking at the test, and what is taken for what."""

import numpy as np
from scipy.sparse import coo_array
from scipy.stats import zscore

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def normaliser(appris, nouveau):
    """Both parts with the mean and the spread of each column of the first."""
    moyenne, ecart = appris.mean(axis=0), appris.std(axis=0)
    return (appris - moyenne) / ecart, (nouveau - moyenne) / ecart


def _by_columns(appris, nouveau):
    a, b = np.array(appris), np.array(nouveau)
    for j in range(a.shape[1]):
        m = sum(appris[:, j]) / len(appris)
        s = np.sqrt(sum((appris[:, j] - m) ** 2) / len(appris))
        a[:, j], b[:, j] = (a[:, j] - m) / s, (b[:, j] - m) / s
    return a, b


def _with(spread, axis=0):
    def way(appris, nouveau):
        m, s = np.mean(appris, axis=axis), spread(appris)
        return (appris - m) / s, (nouveau - m) / s

    return way


def _all_together(appris, nouveau):
    both = np.concatenate([appris, nouveau])
    return tuple((part - both.mean(axis=0)) / both.std(axis=0) for part in (appris, nouveau))


def _columns(rng):
    d = int(rng.integers(3, 6))
    m, s = rng.normal(0, 5, d), rng.uniform(0.5, 4, d)
    sizes = (int(n) for n in rng.integers(5, 12, 2))
    return dict(zip(("appris", "nouveau"), (m + s * rng.normal(size=(n, d)) for n in sizes), strict=True))


STANDARDISED = Exercise(
    id="08.8",
    title="Une même échelle, sans regarder le test",
    reference=normaliser,
    samples=_columns,
    invariants=[
        holds(
            lambda f, out, appris, nouveau: np.allclose(out[0], f(nouveau=nouveau + 1)[0]),
            "ne dépend pas du test pour la partie apprise",
            "Changez le test : votre partie apprise change aussi. Le test ne doit rien lui apprendre.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda appris, nouveau: (zscore(appris), zscore(nouveau)),
            "Le test est normalisé par ses propres nombres : une même fleur aurait deux valeurs selon ses voisines. "
            "Gardez la moyenne et l'écart de la partie apprise.",
        ),
        Misconception(
            _all_together,
            "La moyenne mêle les deux parties : le test a déjà influencé l'apprentissage.",
        ),
        Misconception(
            lambda appris, nouveau: tuple((part - appris.mean()) / appris.std() for part in (appris, nouveau)),
            "Une seule moyenne pour toutes les colonnes : chacune a son échelle, donnez `axis=0`.",
        ),
        Misconception(
            _with(lambda a: a.var(axis=0)),
            "Vous divisez par la variance. L'écart-type en est la racine, et il a l'unité de la colonne.",
        ),
        Misconception(
            _with(lambda a: a.std(axis=0, ddof=1)),
            "Vous divisez par n − 1 dans l'écart-type. Rien de grave ici, mais on attend celui de `np.std`.",
        ),
        Misconception(
            _with(lambda a: 1.0),
            "Les moyennes sont ôtées, mais chaque colonne garde son étendue : il reste à diviser par son écart-type.",
        ),
    ],
    hints=[
        "`tableau.mean(axis=0)` donne une moyenne par colonne.",
        "Calculez moyenne et écart-type une fois, sur la partie apprise, et servez-vous-en deux fois.",
    ],
    alternatives=[
        _by_columns,
        _with(lambda a: np.sqrt(a.var(axis=0))),
        lambda appris, nouveau: (zscore(appris), (nouveau - np.mean(appris, 0)) / np.std(appris, 0)),
        _with(lambda a: np.sqrt((a**2).mean(axis=0) - a.mean(axis=0) ** 2)),
        lambda appris, nouveau: tuple(np.float32(part) for part in normaliser(appris, nouveau)),
    ],
    mutants=[
        lambda appris, nouveau: normaliser(nouveau, appris)[::-1],
        _with(lambda a: np.ptp(a, axis=0)),
        lambda appris, nouveau: (normaliser(appris, nouveau)[0], nouveau),
    ],
    outputs=("appris", "nouveau"),
    solution="""def normaliser(appris, nouveau):
    moyenne, ecart = appris.mean(axis=0), appris.std(axis=0)
    return (appris - moyenne) / ecart, (nouveau - moyenne) / ecart
""",
)  # fmt: skip


def matrice_de_confusion(verite, reponse, k):
    """M[i, j]: how many samples of class i were taken for class j."""
    M = np.zeros((k, k), int)
    for i, j in zip(verite, reponse, strict=True):
        M[i, j] += 1
    return M


def _indexed(verite, reponse, k):
    M = np.zeros((k, k), int)
    M[verite, reponse] += 1
    return M


def _taken(rng):
    n, k = int(rng.integers(20, 40)), int(rng.integers(3, 7))
    truth = rng.integers(0, k - 1, n)  # a class that the sample does not have
    return {"verite": truth, "reponse": np.where(rng.random(n) < 0.6, truth, rng.integers(0, k - 1, n)), "k": k}


CONFUSION = Exercise(
    id="08.9",
    title="La matrice de confusion",
    reference=matrice_de_confusion,
    samples=_taken,
    invariants=[
        holds(
            lambda f, out, verite, reponse, k: np.sum(out) == len(verite),
            "compte chaque exemple une fois",
            "La somme des cases n'est pas le nombre d'exemples.",
        ),
    ],
    misconceptions=[
        Misconception(
            _indexed,
            "Avec `M[verite, reponse] += 1`, numpy ne compte qu'une fois une case désignée plusieurs fois. Une boucle, "
            "ou `np.add.at`.",
        ),
        Misconception(
            lambda verite, reponse, k: matrice_de_confusion(reponse, verite, k),
            "Lignes et colonnes sont échangées : la ligne est la vraie classe, la colonne la réponse.",
        ),
        Misconception(
            lambda verite, reponse, k: matrice_de_confusion(verite, reponse, k) / len(verite),
            "Vous rendez des fractions. On attend des nombres d'exemples.",
        ),
        Misconception(
            lambda verite, reponse, k: np.diag(np.bincount(verite[verite == reponse], minlength=k)),
            "Votre matrice n'a que sa diagonale : les erreurs aussi se comptent, hors d'elle.",
        ),
    ],
    hints=[
        "Partez d'une matrice k × k de zéros. Chaque exemple ajoute 1 dans une case.",
        "`for i, j in zip(verite, reponse)` donne la ligne et la colonne de chaque exemple.",
    ],
    alternatives=[
        lambda verite, reponse, k: np.bincount(k * verite + reponse, minlength=k * k).reshape(k, k),
        lambda verite, reponse, k: np.eye(k)[verite].T @ np.eye(k)[reponse],
        lambda verite, reponse, k: coo_array((np.ones(len(verite)), (verite, reponse)), (k, k)).toarray(),
        lambda verite, reponse, k: [[int(((verite == i) & (reponse == j)).sum()) for j in range(k)] for i in range(k)],
        lambda verite, reponse, k: np.histogram2d(verite, reponse, [np.arange(k + 1) - 0.5] * 2)[0],
    ],
    mutants=[
        lambda verite, reponse, k: matrice_de_confusion(verite, verite, k),
        lambda verite, reponse, k: matrice_de_confusion(reponse, reponse, k),
        lambda verite, reponse, k: matrice_de_confusion(verite, reponse, k) + np.eye(k, dtype=int),
    ],
    solution="""def matrice_de_confusion(verite, reponse, k):
    M = np.zeros((k, k), int)
    for i, j in zip(verite, reponse, strict=True):
        M[i, j] += 1
    return M
""",
)  # fmt: skip
