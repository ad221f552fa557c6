"""Exercise 10.7: from the readout's membranes to an answer for each picture."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def reponse(v_o):
    """The class whose membrane rises highest, (sample,), from membranes (time, sample, class)."""
    return v_o.max(axis=0).argmax(axis=-1)


def _draw(rng):
    """Membranes that wander up and down, slowly."""
    T, n, c = int(rng.integers(25, 35)), int(rng.integers(12, 16)), int(rng.integers(4, 7))
    v = rng.normal(size=(T, n, c))
    for t in range(1, T):
        v[t] += 0.9 * v[t - 1]
    return {"v_o": v}


def _one_by_one(v_o):
    answers = []
    for sample in range(v_o.shape[1]):
        highest, best = -np.inf, 0
        for c in range(v_o.shape[2]):
            for v in v_o[:, sample, c]:
                if v > highest:
                    highest, best = v, c
        answers.append(best)
    return answers


def _flattened(v_o):
    """Where the highest of all the values of a sample stands."""
    T, n, c = v_o.shape
    return v_o.transpose(1, 0, 2).reshape(n, T * c).argmax(axis=1) % c


def _of_the_peak(v_o):
    """The class that leads at the instant of the highest value."""
    top = v_o.max(axis=2).argmax(axis=0)
    return v_o[top, np.arange(v_o.shape[1])].argmax(axis=1)


ANSWER = Exercise(
    id="10.7",
    title="Lire la réponse",
    reference=reponse,
    samples=_draw,
    invariants=[
        holds(
            lambda f, out, v_o: np.array_equal(f(v_o=v_o[::-1]), out),
            "ne dépend pas de l'ordre des instants",
            "Seul compte le plus haut potentiel atteint, à quelque instant que ce soit.",
        ),
        holds(
            lambda f, out, v_o: np.array_equal(f(v_o=v_o[:, :, ::-1]), v_o.shape[2] - 1 - np.asarray(out)),
            "suit les classes quand on les renumérote",
            "Rangez les classes à l'envers : les réponses doivent suivre.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda v_o: v_o[-1].argmax(axis=-1),
            "Vous ne lisez que le dernier pas : un potentiel monté tôt a pu redescendre depuis. Cherchez son maximum "
            "sur tout le temps.",
        ),
        Misconception(
            lambda v_o: v_o.mean(axis=0).argmax(axis=-1),
            "C'est la classe au plus haut potentiel moyen ; on demande le plus haut maximum.",
        ),
        Misconception(
            lambda v_o: v_o.max(axis=2).argmax(axis=0),
            "C'est l'instant du maximum. La réponse est une classe : cherchez l'indice sur l'axe des classes.",
        ),
        Misconception(
            lambda v_o: v_o.argmax(axis=0),
            "C'est, pour chaque classe, l'instant de son maximum. Prenez d'abord les maximums ; l'indice, ensuite, "
            "sur l'axe des classes.",
        ),
        Misconception(
            lambda v_o: np.array([np.bincount(leads).argmax() for leads in v_o.argmax(axis=-1).T]),
            "Vous comptez les pas que chaque classe domine ; on demande le plus haut maximum.",
        ),
        Misconception(
            lambda v_o: v_o.argmax(axis=-1),
            "C'est une réponse à chaque pas. Il en faut une seule pour chaque image : réduisez d'abord le temps.",
        ),
        Misconception(
            lambda v_o: v_o.max(axis=(0, 2)),
            "C'est la hauteur du plus haut potentiel ; on demande quelle classe l'atteint.",
        ),
        Misconception(
            lambda v_o: v_o.max(axis=0),
            "Ce sont les scores, un pour chaque classe. Il reste à dire laquelle l'emporte.",
        ),
        Misconception(
            lambda v_o: np.abs(v_o).max(axis=0).argmax(axis=-1),
            "La valeur absolue fait gagner une classe très inhibée : seul un potentiel haut plaide pour sa classe.",
        ),
        Misconception(
            lambda v_o: v_o.max(axis=0).argmax(),
            "Sans axe, `argmax` compte les cases de tout le tableau, images et classes mêlées.",
        ),
        Misconception(
            lambda v_o: v_o.max(axis=0).argmax(axis=0),
            "C'est l'image qui excite le plus chaque classe. L'indice se cherche sur l'axe des classes.",
        ),
    ],
    hints=[
        "Deux réductions l'une après l'autre : sur quel axe d'abord, pour garder quoi ?",
        "Le temps est l'axe 0. Un maximum le réduit, et laisse un score pour chaque image et chaque classe.",
        "Sur ces scores (image, classe), `argmax` rend un indice : choisissez son axe pour que ce soit une classe.",
    ],
    alternatives=[
        _one_by_one,
        _flattened,
        _of_the_peak,
        lambda v_o: np.argsort(v_o.max(0), axis=1)[:, -1],
        lambda v_o: np.array([np.argmax(np.max(v_o[:, k], axis=0)) for k in range(v_o.shape[1])]),
        lambda v_o: np.sort(v_o, axis=0)[-1].argmax(axis=1).astype(float),
    ],
    mutants=[
        lambda v_o: v_o.max(axis=0).argmin(axis=-1),
        lambda v_o: v_o[0].argmax(axis=-1),
        lambda v_o: v_o.max(axis=0).argmax(axis=-1) + 1,
        lambda v_o: v_o[: len(v_o) // 2].max(axis=0).argmax(axis=-1),
    ],
    solution="""def reponse(v_o):
    scores = v_o.max(axis=0)
    return scores.argmax(axis=-1)
""",
)  # fmt: skip
