"""Exercise 11.7: the pseudo-likelihood, each unit judged knowing the others."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds
from course.exercises.td11.energy import energie_libre
from course.exercises.td11.machine import batch, machine, sigmoid


def pseudo_vraisemblance(v, W, a, b):
    """Σ_i log P(v_i | the other visible units), one for each row of v."""
    total, now = np.zeros(len(v)), energie_libre(v, W, a, b)
    for i in range(v.shape[1]):
        other = v.copy()
        other[:, i] = 1 - v[:, i]
        total -= np.logaddexp(0, now - energie_libre(other, W, a, b))
    return total


def _draw(rng):
    m = machine(rng, 1.2)
    return {"v": batch(rng, len(m["a"]), 4, 8), **m}


def _by_ratio(v, W, a, b):
    """p(v) / (p(v) + p(v flipped)), as written."""
    rows = []
    for row in v:
        here = np.exp(-energie_libre(row[None], W, a, b)[0])
        flips = np.abs(row - np.eye(len(row)))
        rows.append(np.sum(np.log(here / (here + np.exp(-energie_libre(flips, W, a, b))))))
    return np.array(rows)


def _all_at_once(v, W, a, b):
    flips = np.abs(v[:, None] - np.eye(len(a)))
    gap = energie_libre(flips.reshape(-1, len(a)), W, a, b).reshape(v.shape) - energie_libre(v, W, a, b)[:, None]
    return np.log(sigmoid(gap)).sum(axis=1)


def _by_formula(v, W, a, b):
    """log-odds of v_i = 1, its own weight taken out of what each hidden unit receives."""
    x = (b + v @ W)[:, None, :] - v[:, :, None] * W
    odds = a + (np.logaddexp(0, x + W) - np.logaddexp(0, x)).sum(axis=2)
    return -np.logaddexp(0, (1 - 2 * v) * odds).sum(axis=1)


def _through_hidden(v, W, a, b):
    """Each unit judged knowing the mean hidden layer, itself included."""
    p = sigmoid(a + sigmoid(b + v @ W) @ W.T)
    return np.sum(v * np.log(p) + (1 - v) * np.log(1 - p), axis=1)


def _flipped_all(v, W, a, b):
    return -np.logaddexp(0, energie_libre(v, W, a, b) - energie_libre(1 - v, W, a, b))


PSEUDO = Exercise(
    id="11.7",
    title="La pseudo-vraisemblance",
    reference=pseudo_vraisemblance,
    samples=_draw,
    invariants=[
        holds(
            lambda f, out, **_: np.all(np.asarray(out) <= 0),
            "n'est jamais positif",
            "Une somme de logarithmes de probabilités ne peut pas être positive.",
        ),
        holds(
            lambda f, out, v, W, a, b: np.allclose(f(W=0 * W, a=0 * a), -len(a) * np.log(2)),
            "vaut −n ln 2 pour une machine qui ne sait rien",
            "Sans poids ni biais visible, chaque unité est à pile ou face : chacune coûte ln 2.",
        ),
        holds(
            lambda f, out, v, W, a, b: np.allclose(
                f(W=0 * W), -np.logaddexp(0, (1 - 2 * v) * a).sum(axis=1)),
            "est la vraisemblance même quand W est nul",
            "Sans poids, les unités sont indépendantes : savoir les autres n'apprend rien, et tout est exact.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda v, W, a, b: -pseudo_vraisemblance(v, W, a, b),
            "c'est l'opposé : le logarithme d'une probabilité est négatif",
        ),
        Misconception(
            lambda v, W, a, b: pseudo_vraisemblance(v, W, a, b) / v.shape[1],
            "c'est la moyenne sur les unités ; on demande la somme",
        ),
        Misconception(
            lambda v, W, a, b: np.full(len(v), pseudo_vraisemblance(v, W, a, b).mean()),
            "c'est la moyenne du lot, répétée ; on demande une valeur par image",
        ),
        Misconception(
            lambda v, W, a, b: pseudo_vraisemblance(v, W, a, b).mean(),
            "c'est la moyenne du lot ; on demande une valeur par image",
        ),
        Misconception(
            _through_hidden,
            "c'est le coût d'une reconstruction : la couche cachée a vu l'unité que vous jugez. Il faut la cacher",
        ),
        Misconception(
            _flipped_all,
            "vous retournez toutes les unités à la fois : il faut les juger une par une, les autres restant en place",
        ),
        Misconception(
            lambda v, W, a, b: -np.logaddexp(0, energie_libre(
                np.abs(v[:, None] - np.eye(len(a))).reshape(-1, len(a)), W, a, b).reshape(v.shape)
                - energie_libre(v, W, a, b)[:, None]).sum(axis=1),
            "vous rendez la probabilité de l'unité **retournée** : l'écart d'énergie libre a l'autre signe",
        ),
        Misconception(
            lambda v, W, a, b: -energie_libre(v, W, a, b),
            "c'est −F(v) : il manque le logarithme de Z. La pseudo-vraisemblance évite Z en comparant deux images",
        ),
    ],
    hints=[
        "Pour l'unité i, deux images seulement sont en concurrence : v, et v avec l'unité i retournée.",
        "p(v) / (p(v) + p(v')) ne dépend que de F(v') − F(v) : Z s'en va. Quelle fonction reconnaissez-vous ?",
        "log σ(x) se calcule sans débordement par `-np.logaddexp(0, -x)` ; retourner l'unité i : `1 - v[:, i]`.",
    ],
    alternatives=[
        _by_ratio,
        _all_at_once,
        _by_formula,
        lambda v, W, a, b: [float(x) for x in _by_formula(v, W, a, b)],
        lambda v, W, a, b: np.float32(np.concatenate([_all_at_once(row[None], W, a, b) for row in v])),
    ],
    mutants=[
        lambda v, W, a, b: pseudo_vraisemblance(v, W, a, 0 * b),
        lambda v, W, a, b: pseudo_vraisemblance(v, W, 0 * a, b),
        lambda v, W, a, b: pseudo_vraisemblance(v, W, a, b) / np.log(2),
        lambda v, W, a, b: pseudo_vraisemblance(v, W, a, b) ** 2,
    ],
    slips={
        "axis 1 is out of bounds": "`energie_libre` attend un lot : une image par ligne. Pour une seule, écrivez "
        "`image[None]`.",
    },
    solution="""def pseudo_vraisemblance(v, W, a, b):
    F, somme = energie_libre(v, W, a, b), np.zeros(len(v))
    for i in range(v.shape[1]):
        autre = v.copy()
        autre[:, i] = 1 - v[:, i]
        somme -= np.logaddexp(0, F - energie_libre(autre, W, a, b))
    return somme
""",
)  # fmt: skip
