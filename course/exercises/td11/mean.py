"""Exercise 11.9: the step that grew with the batch."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds
from course.exercises.td11.machine import machine


def nouveaux_poids(W, v, p, reve, q, lr):
    """W after one step up the mean gradient of the batch."""
    return W + lr * (v.T @ p - reve.T @ q) / len(v)


def _statistics(rng):
    m = machine(rng)
    n, hidden = m["W"].shape
    size = int(rng.integers(6, 12))
    v, reve = (rng.random((2, size, n)) < 0.5) * 1.0
    p, q = rng.uniform(0.05, 0.95, (2, size, hidden))
    return {"W": m["W"], "v": v, "p": p, "reve": reve, "q": q, "lr": float(rng.uniform(0.05, 0.5))}


MEAN = Exercise(
    id="11.9",
    title="Une vitesse qui dépendait du lot",
    reference=nouveaux_poids,
    samples=_statistics,
    invariants=[
        holds(
            lambda f, out, v, p, reve, q, **_: np.allclose(
                f(v=np.tile(v, (3, 1)), p=np.tile(p, (3, 1)), reve=np.tile(reve, (3, 1)), q=np.tile(q, (3, 1))), out),
            "ne change pas quand le lot est répété trois fois",
            "Trois fois les mêmes images n'apprennent rien de plus : le pas doit rester le même.",
        ),
        holds(
            lambda f, out, W, v, p, **_: np.allclose(f(reve=v, q=p), W),
            "ne bouge plus quand le rêve est l'image",
            "Si les rêves ressemblent aux images, il n'y a rien à corriger.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda W, v, p, reve, q, lr: W + lr * (v.T @ p - reve.T @ q),
            "C'est encore la pièce : le gradient est la somme du lot. Deux fois plus d'images, un pas deux fois plus "
            "grand.",
        ),
        Misconception(
            lambda W, v, p, reve, q, lr: W + lr * (v.T @ p / len(v) - reve.T @ q),
            "La division ne porte que sur la première phase : les deux doivent être des moyennes.",
        ),
        Misconception(
            lambda W, v, p, reve, q, lr: W + lr * (v.T @ p - reve.T @ q) / W.shape[1],
            "Vous divisez par le nombre d'unités cachées : c'est sur les images que l'on moyenne.",
        ),
        Misconception(
            lambda W, v, p, reve, q, lr: W + lr * (v.T @ p - reve.T @ q) / W.shape[0],
            "Vous divisez par le nombre de pixels : c'est sur les images que l'on moyenne.",
        ),
        Misconception(
            lambda W, v, p, reve, q, lr: W + lr * np.mean(v.T @ p - reve.T @ q),
            "`np.mean` sans axe moyenne sur les poids eux-mêmes : tous bougent alors du même nombre.",
        ),
        Misconception(
            lambda W, v, p, reve, q, lr: W - lr * (v.T @ p - reve.T @ q) / len(v),
            "La moyenne est juste, mais vous descendez : ce gradient se **monte**.",
        ),
        Misconception(
            lambda W, v, p, reve, q, lr: W + lr * np.outer(v.mean(0), p.mean(0)) - lr * np.outer(
                reve.mean(0), q.mean(0)),
            "Vous multipliez des moyennes : celle du produit v h garde ce que les deux couches font **ensemble**.",
        ),
        Misconception(
            lambda W, v, p, reve, q, lr: lr * (v.T @ p - reve.T @ q) / len(v),
            "Vous rendez le pas ; on demande les nouveaux poids.",
        ),
    ],
    hints=[
        "`v.T @ p` additionne une ligne par image : combien y en a-t-il ?",
        "Un même facteur corrige les deux phases.",
    ],
    alternatives=[
        lambda W, v, p, reve, q, lr: W + lr * np.mean(
            [np.outer(x, y) - np.outer(z, t) for x, y, z, t in zip(v, p, reve, q, strict=True)], axis=0),
        lambda W, v, p, reve, q, lr: W + lr * (
            np.einsum("ni,nj->ij", v, p) - np.einsum("ni,nj->ij", reve, q)) / v.shape[0],
        lambda W, v, p, reve, q, lr: W + (v[:, :, None] * p[:, None] - reve[:, :, None] * q[:, None]).mean(axis=0) * lr,
        lambda W, v, p, reve, q, lr: W + lr / len(p) * np.vstack([v, -reve]).T @ np.vstack([p, q]),
        lambda W, v, p, reve, q, lr: [list(row) for row in W + lr * ((v / len(v)).T @ p - reve.T @ (q / len(q)))],
    ],
    mutants=[
        lambda W, v, p, reve, q, lr: W + lr * (v.T @ p + reve.T @ q) / len(v),
        lambda W, v, p, reve, q, lr: W + lr * v.T @ p / len(v),
        lambda W, v, p, reve, q, lr: W + lr * (v.T @ p - reve.T @ q) / (len(v) - 1),
        lambda W, v, p, reve, q, lr: W + lr * (v.T @ p - reve.T @ q) / np.sqrt(len(v)),
    ],
    solution="""def nouveaux_poids(W, v, p, reve, q, lr):
    return W + lr * (v.T @ p - reve.T @ q) / len(v)
""",
)  # fmt: skip
