"""Exercise 11.4: the exact gradient of the log-likelihood, by enumeration."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds
from course.exercises.td11.energy import energie_libre
from course.exercises.td11.machine import batch, machine, sigmoid, states


def _law(W, a, b):
    """Every visible state and its probability."""
    v = states(len(a))
    minus_f = -energie_libre(v, W, a, b)
    return v, np.exp(minus_f - np.logaddexp.reduce(minus_f))


def _seen(v, W, b, p=None):
    """The means of v h, v and h over rows of v, weighted by p (all alike without it)."""
    p = np.full(len(v), 1 / len(v)) if p is None else p
    h = sigmoid(b + v @ W)
    return (v * p[:, None]).T @ h, p @ v, p @ h


def gradient_exact(x, W, a, b):
    """The gradient of the mean log p(x): statistics of the data less those of the machine."""
    return _less(_seen(x, W, b), _dreamt(W, a, b))


def _dreamt(W, a, b):
    v, p = _law(W, a, b)
    return _seen(v, W, b, p)


def _less(first, second):
    return tuple(one - other for one, other in zip(first, second, strict=True))


def _data(rng):
    m = machine(rng, 0.8)
    return {"x": batch(rng, len(m["a"]), 4, 9), **m}


def _joint(x, W, a, b):
    """Over all (v, h), without a free energy."""
    v, h = states(len(a)), states(len(b))
    p = np.exp((v @ a)[:, None] + h @ b + v @ W @ h.T)
    p /= p.sum()
    dreamt = v.T @ p @ h, p.sum(axis=1) @ v, p.sum(axis=0) @ h
    return list(_less(_seen(x, W, b), dreamt))


def _log_likelihood(x, W, a, b):
    every = -energie_libre(states(len(a)), W, a, b)
    return np.mean(-energie_libre(x, W, a, b)) - np.logaddexp.reduce(every)


def _differences(x, W, a, b):
    """Central differences of the mean log-likelihood."""
    parts, step = (W, a, b), 1e-5
    grads = []
    for k, part in enumerate(parts):
        grad = np.zeros_like(part)
        for at in np.ndindex(part.shape):
            moved = [np.array(p) for p in parts]
            moved[k][at] += step
            up = _log_likelihood(x, *moved)
            moved[k][at] -= 2 * step
            grad[at] = (up - _log_likelihood(x, *moved)) / (2 * step)
        grads.append(grad)
    return tuple(grads)


def _row_by_row(x, W, a, b):
    grads = [_less(_seen(row[None], W, b), _dreamt(W, a, b)) for row in x]
    return tuple(np.mean([one[k] for one in grads], axis=0) for k in range(3))


def _looped(x, W, a, b):
    dW, da, db, z = np.zeros_like(W), np.zeros_like(a), np.zeros_like(b), 0.0
    for v in states(len(a)):
        weight = np.exp(-energie_libre(v[None], W, a, b)[0])
        h = sigmoid(b + v @ W)
        dW, da, db, z = dW + weight * np.outer(v, h), da + weight * v, db + weight * h, z + weight
    return _less(_seen(x, W, b), (dW / z, da / z, db / z))


def _uniform(x, W, a, b):
    return _less(_seen(x, W, b), _seen(states(len(a)), W, b))


def _unnormed(x, W, a, b):
    v = states(len(a))
    return _less(_seen(x, W, b), _seen(v, W, b, np.exp(-energie_libre(v, W, a, b))))


def _times(factor, grads):
    return tuple(factor * one for one in grads)


EXACT = Exercise(
    id="11.4",
    title="Le gradient exact",
    reference=gradient_exact,
    samples=_data,
    outputs=("dW", "da", "db"),
    tolerance=1e-5,
    invariants=[
        holds(
            lambda f, out, x, **_: all(
                np.allclose(one, other) for one, other in zip(f(x=np.vstack([x, x])), out, strict=True)),
            "ne change pas quand chaque image est donnée deux fois",
            "Un gradient moyen ne dépend pas du nombre de fois qu'on répète tout le lot.",
        ),
        holds(
            lambda f, out, x, a, **_: bool(np.all(np.asarray(f(a=a + 0.5)[1]) < out[1])),
            "fait baisser da quand a monte",
            "Plus les biais visibles sont hauts, plus la machine allume d'unités : l'écart aux données doit baisser.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda x, W, a, b: _seen(x, W, b),
            "c'est la phase positive seule, ce que montrent les données : sans l'autre, les poids montent sans fin",
        ),
        Misconception(
            lambda x, W, a, b: _times(-1, gradient_exact(x, W, a, b)),
            "les deux phases sont échangées : ce gradient fait **baisser** la vraisemblance",
        ),
        Misconception(
            lambda x, W, a, b: _times(len(x), gradient_exact(x, W, a, b)),
            "c'est la somme sur les images ; on demande la moyenne",
        ),
        Misconception(
            _uniform,
            "vos états rêvés comptent tous autant : chacun doit compter selon sa probabilité, exp(−F)/Z",
        ),
        Misconception(
            _unnormed,
            "les poids exp(−F) ne font pas une loi : leur somme, la fonction de partition Z, doit les diviser",
        ),
        Misconception(
            lambda x, W, a, b: (lambda v, p: _less(_seen(x, W, b), _seen(v, W, b, p[::-1])))(*_law(W, a, b)),
            "les états les moins probables comptent le plus : le poids d'un état est exp(−F), et non exp(F)",
        ),
        Misconception(
            lambda x, W, a, b: (
                x.T @ (sigmoid(b + x @ W) > 0.5) / len(x) - _dreamt(W, a, b)[0],
                x.mean(axis=0) - _dreamt(W, a, b)[1], (sigmoid(b + x @ W) > 0.5).mean(axis=0) - _dreamt(W, a, b)[2]),
            "dans la phase positive, vous seuillez les unités cachées : c'est leur probabilité qui entre dans la "
            "moyenne",
        ),
    ],
    hints=[
        "Deux moyennes de v h, l'une sur les images, l'autre sur tous les états que la machine peut rêver.",
        "Pour la seconde, chaque état v compte selon p(v) = exp(−F(v)) / Z, où Z est la somme de tous ces poids.",
        "Dans les deux, h est remplacé par sa probabilité P(h = 1 | v) : reste une somme sur les seuls v.",
    ],
    alternatives=[
        _joint,
        _differences,
        _row_by_row,
        _looped,
        lambda x, W, a, b: tuple(np.float32(one) for one in gradient_exact(x, W, a, b)),
    ],
    mutants=[
        lambda x, W, a, b: gradient_exact(x, W, b=b, a=0 * a),
        lambda x, W, a, b: _less(_times(0.5, _seen(x, W, b)), _dreamt(W, a, b)),
        lambda x, W, a, b: (gradient_exact(x, W, a, b)[0], *_seen(x, W, b)[1:]),
        lambda x, W, a, b: (gradient_exact(x, W, a, b)[0], gradient_exact(x, W, a, b)[1], 0 * b),
    ],
    solution="""def gradient_exact(x, W, a, b):
    V = etats(len(a))
    p = np.exp(-energie_libre(V, W, a, b))
    p = p / p.sum()
    H, R = sigmoide(b + x @ W), sigmoide(b + V @ W)
    dW = x.T @ H / len(x) - (p[:, None] * V).T @ R
    da = x.mean(axis=0) - p @ V
    db = H.mean(axis=0) - p @ R
    return dW, da, db
""",
)  # fmt: skip
