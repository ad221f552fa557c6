"""Exercises 10.10 and 10.11: an accuracy that remembered too much, a surrogate whose scale did nothing."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds, value


def exactitude(justes, tailles):
    """The share of right answers of each epoch, from those of each batch (epoch, batch) and the batches' sizes."""
    return justes.sum(axis=1) / tailles.sum()


def _draw(rng):
    """A network that learns, and a last batch smaller than the others."""
    epochs, batches = int(rng.integers(3, 6)), int(rng.integers(6, 9))
    tailles = np.full(batches, int(rng.integers(15, 50)))
    tailles[-1] = int(rng.integers(4, 12))
    chance = np.sort(rng.uniform(0.2, 0.95, epochs))[:, None]
    return {"justes": rng.binomial(np.broadcast_to(tailles, (epochs, batches)), chance), "tailles": tailles}


def _counted(justes, tailles):
    curve = []
    for epoch in justes:
        right = seen = 0
        for n, size in zip(epoch, tailles, strict=True):
            right += n
            seen += size
        curve.append(right / seen)
    return curve


def _never_reset(justes, tailles):
    return np.cumsum(justes.sum(axis=1)) / (tailles.sum() * np.arange(1, len(justes) + 1))


def _undone(justes, tailles):
    """From the curve of the piece, back to the true one."""
    total = np.arange(1, len(justes) + 1) * _never_reset(justes, tailles)
    return np.diff(total, prepend=0.0)


ACCURACY = Exercise(
    id="10.10",
    title="Un compteur qui n'oublie rien",
    reference=exactitude,
    samples=_draw,
    invariants=[
        holds(
            lambda f, out, justes, **_: np.allclose(f(justes=justes[::-1].copy()), np.asarray(out)[::-1]),
            "ne dépend pour chaque époque que d'elle-même",
            "Rangez les époques à l'envers : la courbe doit se retourner, sans autre changement.",
        ),
        holds(
            lambda f, out, justes, tailles: np.allclose(f(justes=0 * justes + tailles), 1),
            "vaut 1 quand tout est juste",
            "Un réseau qui ne se trompe jamais a une exactitude de 1.",
        ),
    ],
    misconceptions=[
        Misconception(
            _never_reset,
            "C'est encore la pièce : les compteurs gardent les époques passées, et la courbe traîne. Chaque époque "
            "repart de zéro.",
        ),
        Misconception(
            lambda justes, tailles: np.cumsum(justes.sum(axis=1)) / tailles.sum(),
            "Le nombre d'images repart de zéro, celui des réponses justes non : votre exactitude finit par dépasser 1.",
        ),
        Misconception(
            lambda justes, tailles: justes.sum(axis=1) / (tailles.sum() * np.arange(1, len(justes) + 1)),
            "Les réponses justes repartent de zéro, le nombre d'images non : votre réseau semble désapprendre.",
        ),
        Misconception(
            lambda justes, tailles: (justes / tailles).mean(axis=1),
            "C'est la moyenne des lots : le dernier, plus petit, compte autant que les autres. Comptez les images.",
        ),
        Misconception(
            lambda justes, tailles: justes[:, -1] / tailles[-1],
            "C'est l'exactitude du dernier lot : remettez les compteurs à zéro à chaque époque, et non à chaque lot.",
        ),
        Misconception(
            lambda justes, tailles: np.sum(justes) / (len(justes) * tailles.sum()),
            "C'est l'exactitude de toutes les époques ensemble ; on en demande une pour chacune.",
        ),
        Misconception(
            lambda justes, tailles: justes.sum(axis=1),
            "Vous comptez les réponses justes ; l'exactitude en est la part.",
        ),
        Misconception(
            lambda justes, tailles: 1 - justes.sum(axis=1) / tailles.sum(),
            "C'est la part des erreurs.",
        ),
        Misconception(
            lambda justes, tailles: (justes / tailles).sum(axis=0) / len(justes),
            "Vous réduisez les époques : il reste un nombre pour chaque lot. On en demande un pour chaque époque.",
        ),
    ],
    hints=[
        "Combien d'images une époque voit-elle ? Combien de réponses justes donne-t-elle ?",
        "Une époque est une ligne de `justes` : sur quel axe additionner ?",
        "Deux sommes et un rapport ; ou, dans une boucle sur les époques, deux compteurs à remettre à zéro. Où ?",
    ],
    alternatives=[
        _counted,
        _undone,
        lambda justes, tailles: np.average(justes / tailles, axis=1, weights=tailles),
        lambda justes, tailles: justes @ np.ones(len(tailles)) / np.sum(tailles),
        lambda justes, tailles: [float(np.mean(np.repeat(row / tailles, tailles))) for row in justes],
        lambda justes, tailles: np.float32(np.einsum("el->e", justes) / tailles.sum()),
    ],
    mutants=[
        lambda justes, tailles: justes.mean(axis=1) / tailles.sum(),
        lambda justes, tailles: np.maximum.accumulate(exactitude(justes, tailles))[::-1],
        lambda justes, tailles: justes[:, :-1].sum(axis=1) / tailles[:-1].sum(),
        lambda justes, tailles: justes.sum(axis=1) / (tailles[0] * len(tailles)),
    ],
    solution="""def exactitude(justes, tailles):
    courbe = []
    for epoque in justes:
        bonnes = vues = 0
        for n, taille in zip(epoque, tailles):
            bonnes += n
            vues += taille
        courbe.append(bonnes / vues)
    return np.array(courbe)
""",
)  # fmt: skip


def derivee_echelle(x, delta):
    """The triangular surrogate's derivative: height 1/δ, half width δ, area 1."""
    return np.maximum(0, 1 - np.abs(x) / delta) / delta


def _around(rng):
    delta = float(rng.uniform(0.2, 0.8) if rng.random() < 0.5 else rng.uniform(1.3, 4))
    x = delta * np.concatenate([[0.0], rng.uniform(-1, 1, int(rng.integers(6, 9))), [-2.2, -1.1, 1.2, 1.8]])
    return {"x": rng.permutation(x), "delta": delta}


def _point(x, delta):
    distance = -x if x < 0 else x
    return (delta - distance) / delta**2 if distance < delta else 0.0


SCALE = Exercise(
    id="10.11",
    title="Une échelle sans effet",
    reference=derivee_echelle,
    samples=_around,
    invariants=[
        holds(
            lambda f, out, x, delta: np.isclose(
                np.mean(f(x=delta * np.linspace(-1.5, 1.5, 3001))) * 3 * delta, 1, rtol=2e-3),
            "a pour aire 1 quelle que soit l'échelle",
            "L'aire sous la courbe est la hauteur de la marche, 1 : plus le triangle est étroit, plus il est haut.",
        ),
        value("1 / delta", at={"x": 0}),
        value(0, at={"x": "2 * delta"}),
        holds(
            lambda f, out, x, delta: np.allclose(f(x=-x), out, rtol=1e-4),
            "est pair en `x`",
            "À la même distance du seuil, dessous ou dessus, la pente est la même.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda x, delta: np.maximum(0, 1 - np.abs(x)),
            "C'est encore la pièce : δ est reçu et ne sert à rien.",
        ),
        Misconception(
            lambda x, delta: np.maximum(0, 1 - np.abs(x) / delta),
            "La largeur suit δ, la hauteur non : l'aire, qui doit valoir 1, change avec l'échelle.",
        ),
        Misconception(
            lambda x, delta: np.maximum(0, 1 - np.abs(x)) / delta,
            "La hauteur suit δ, la largeur non : l'aire, qui doit valoir 1, change avec l'échelle.",
        ),
        Misconception(
            lambda x, delta: (1 - np.abs(x) / delta) / delta,
            "Loin du seuil, votre pente devient négative. Hors du triangle, elle est nulle.",
        ),
        Misconception(
            lambda x, delta: np.maximum(0, 1 - x / delta) / delta,
            "La valeur absolue manque : sous le seuil, votre pente ne fait que grandir.",
        ),
        Misconception(
            lambda x, delta: np.maximum(0, 1 - delta * np.abs(x)) * delta,
            "Votre δ est à l'envers : ici, il est la demi-largeur du triangle, un grand δ l'élargit.",
        ),
        Misconception(
            lambda x, delta: np.where(np.abs(x) < delta, 1 / (2 * delta), 0),
            "C'est la dérivée rectangulaire. Le triangle est plus haut au seuil, et descend jusqu'à zéro en δ.",
        ),
        Misconception(
            lambda x, delta: -np.sign(x) * np.where(np.abs(x) < delta, 1 / delta**2, 0),
            "C'est la pente du triangle ; on demande le triangle, qui est lui-même une pente.",
        ),
    ],
    hints=[
        "Dessinez le triangle : où touche-t-il zéro, et quelle est sa hauteur, si son aire vaut 1 ?",
        "L'échelle agit deux fois : sur la largeur et sur la hauteur.",
        "Mesurez la distance au seuil en δ, et non en unités de v ; puis réglez la hauteur pour que l'aire reste 1.",
    ],
    alternatives=[
        _point,
        lambda x, delta: [_point(a, delta) for a in x.tolist()],
        lambda x, delta: np.interp(x, [-delta, 0, delta], [0, 1 / delta, 0]),
        lambda x, delta: np.where(np.abs(x) < delta, 1 - np.abs(x) / delta, 0) / delta,
        lambda x, delta: np.clip(1 / delta - np.sqrt(x**2) / delta**2, 0, None),
        lambda x, delta: np.float32((np.abs(x + delta) + np.abs(x - delta) - 2 * np.abs(x)) / (2 * delta**2)),
    ],
    mutants=[
        lambda x, delta: np.maximum(0, 1 - np.abs(x) / delta) * delta,
        lambda x, delta: np.maximum(0, 1 - np.abs(x) / delta) ** 2 / delta,
        lambda x, delta: np.maximum(0, 1 - np.abs(x) / (2 * delta)) / (2 * delta),
        lambda x, delta: np.maximum(0, 1 - (x / delta) ** 2) * 0.75 / delta,
    ],
    solution="""def derivee_echelle(x, delta):
    return np.maximum(0, 1 - np.abs(x) / delta) / delta
""",
)  # fmt: skip
