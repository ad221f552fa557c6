"""Exercises 07.1 and 07.3: what each neuron receives, from a mask of those who fired, then from their list."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def entree_par_boucles(W, decharge):
    """I_j = Σ_i w_ij over the neurons i that have fired."""
    n, I = len(W), np.zeros(len(W))
    for i in range(n):
        for j in range(n):
            if decharge[i]:
                I[j] += W[i, j]
    return I


def _draw(rng):
    n = int(rng.integers(5, 10))
    fired = rng.random(n) < 0.5
    fired[rng.choice(n, 2, replace=False)] = True
    fired[int(np.flatnonzero(fired)[-1])] = False
    return {"W": rng.uniform(-1, 0.5, (n, n)), "decharge": fired}


def _without_self(W, decharge):
    return np.asarray(decharge, float) @ (W - np.diag(np.diag(W)))


LOOPS = Exercise(
    id="07.1",
    title="L'entrée, paire par paire",
    reference=entree_par_boucles,
    samples=_draw,
    invariants=[
        holds(
            lambda f, I, W, decharge: np.allclose(f(decharge=np.zeros(len(W), bool)), 0),
            "est nul quand personne ne décharge",
            "Personne ne décharge, et pourtant quelqu'un reçoit : seules les lignes des neurones qui ont déchargé "
            "comptent.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda W, decharge: W @ decharge,
            "Vous sommez le long des lignes. w_ij va de i vers j : ce que reçoit j se lit dans sa colonne.",
        ),
        Misconception(
            lambda W, decharge: W.sum(axis=0),
            "Tout le monde compte, même ceux qui n'ont pas déchargé : un neurone muet n'envoie rien.",
        ),
        Misconception(
            _without_self,
            "Vous ôtez la diagonale. Dans ce réseau, chaque neurone se parle aussi à lui-même.",
        ),
        Misconception(
            lambda W, decharge: np.where(decharge, W.sum(axis=0), 0.0),
            "C'est celui qui envoie qui doit avoir déchargé, et non celui qui reçoit.",
        ),
        Misconception(
            lambda W, decharge: W[np.asarray(decharge)].mean(axis=0),
            "Vous rendez une moyenne. Les courants des synapses s'ajoutent.",
        ),
        Misconception(
            lambda W, decharge: W[np.flatnonzero(decharge)[-1]],
            "Seul le dernier neurone qui décharge compte : chaque tour de boucle écrase le précédent (`=` au lieu de "
            "`+=`).",
        ),
    ],
    hints=[
        "Deux boucles : l'une sur celui qui envoie, i, l'autre sur celui qui reçoit, j.",
        "Partez de `I = np.zeros(n)`. Si le neurone i a déchargé, il ajoute son poids à chaque j.",
        "`if decharge[i]:`, puis `I[j] += W[i, j]`.",
    ],
    alternatives=[
        lambda W, decharge: W.T @ decharge,
        lambda W, decharge: W[decharge].sum(axis=0),
        lambda W, decharge: [sum(W[i, j] for i in range(len(W)) if decharge[i]) for j in range(len(W))],
        lambda W, decharge: np.where(decharge[:, None], W, 0).sum(axis=0),
        lambda W, decharge: np.float32(np.einsum("ij,i->j", W, decharge.astype(float))),
    ],
    mutants=[
        lambda W, decharge: -(W.T @ decharge),
        lambda W, decharge: np.abs(W).T @ decharge,
        lambda W, decharge: W.T @ ~decharge,
    ],
)


def entree_par_evenements(W, F):
    """The sum of the rows F of W; no other row is read."""
    return W[F].sum(axis=0)


def _draw_events(rng):
    """Rows that nobody asks for are not numbers, but for one: whoever reads them is found out."""
    n = int(rng.integers(6, 12))
    F = np.sort(rng.choice(n, int(rng.integers(2, n - 2)), replace=False))
    W = np.full((n, n), np.nan)
    W[np.setdiff1d(np.arange(n), F)[0]] = 9.0
    W[F] = rng.uniform(-1, 0.5, (len(F), n))
    return {"W": W, "F": F}


def _product(W, F):
    f = np.zeros(len(W))
    f[F] = 1
    return W.T @ f


def _row_after_row(W, F):
    I = np.zeros(W.shape[1])
    for i in F:
        I += W[i]
    return I


EVENTS = Exercise(
    id="07.3",
    title="L'entrée, événement par événement",
    reference=entree_par_evenements,
    samples=_draw_events,
    invariants=[
        holds(
            lambda f, I, W, F: np.array_equal(f(F=np.array([], int)), np.zeros(len(W))),
            "est nul pour une liste vide",
            "Quand personne n'a déchargé, `F` est vide, et chacun doit recevoir zéro.",
        ),
    ],
    misconceptions=[
        Misconception(
            _product,
            "Votre somme est juste, mais elle lit toute la matrice. Ici, les lignes que personne n'a demandées "
            "contiennent NaN, et zéro fois NaN fait NaN.",
        ),
        Misconception(
            lambda W, F: W[:, F].sum(axis=1),
            "Vous lisez les colonnes F : ce que F reçoit. Ce que F envoie est dans ses lignes.",
        ),
        Misconception(
            lambda W, F: W[F].mean(axis=0),
            "Vous rendez une moyenne. Les courants des synapses s'ajoutent.",
        ),
        Misconception(
            lambda W, F: np.nansum(W, axis=0),
            "`nansum` cache le symptôme : toute la matrice est lue quand même. Ne prenez que les lignes F.",
        ),
        Misconception(
            lambda W, F: W[: len(F)].sum(axis=0),
            "Vous prenez les premières lignes. F est une liste de numéros : `W[F]` prend celles-là.",
        ),
    ],
    hints=[
        "Un tableau d'entiers entre crochets choisit des lignes : que rend `W[F]` ?",
        "`W[F]` a une ligne par neurone qui a déchargé. Il reste à les sommer, colonne par colonne.",
        "L'argument `axis=0` somme le long des lignes.",
    ],
    alternatives=[
        _row_after_row,
        lambda W, F: np.add.reduce(W[F], axis=0),
        lambda W, F: np.ones(len(F)) @ W[F],
        lambda W, F: np.take(W, F, axis=0).sum(axis=0),
        lambda W, F: sum((W[i] for i in F), np.zeros(len(W))),
    ],
    mutants=[
        lambda W, F: W[F[:-1]].sum(axis=0),
        lambda W, F: -W[F].sum(axis=0),
        lambda W, F: np.abs(W[F]).sum(axis=0),
    ],
    solution="""def entree_par_evenements(W, F):
    return W[F].sum(axis=0)
""",
)
