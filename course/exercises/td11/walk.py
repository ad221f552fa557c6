"""Exercise 11.10: the chain that never drew."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds
from course.exercises.td11.gibbs import pas_gibbs
from course.exercises.td11.machine import batch, machine, sigmoid


def chaine(v, W, a, b, u_h, u_v):
    """The visible states after each step of one chain from v: one row of numbers for each step."""
    seen = []
    for one_h, one_v in zip(u_h, u_v, strict=True):
        v = pas_gibbs(v[None], W, a, b, one_h, one_v)[1][0]
        seen.append(v)
    return np.array(seen)


def _long(rng):
    m = machine(rng, 0.8)
    n, hidden = m["W"].shape
    steps = int(rng.integers(12, 20))
    return {"v": batch(rng, n)[0], **m, "u_h": rng.random((steps, hidden)), "u_v": rng.random((steps, n))}


def _walk(hidden, visible, moves=True):
    """A chain with its own ways of choosing h from (p, u), then v."""

    def walked(v, W, a, b, u_h, u_v):
        seen, start = [], v
        for one_h, one_v in zip(u_h, u_v, strict=True):
            h = hidden(sigmoid(b + (v if moves else start) @ W), one_h)
            v = visible(sigmoid(a + W @ h), one_v)
            seen.append(v)
        return np.array(seen)

    return walked


def _drawn(p, u):
    return (u < p) * 1.0


def _threshold(p, u):
    return (p > 0.5) * 1.0


def _scalar(v, W, a, b, u_h, u_v):
    n, m = W.shape
    out, v = np.empty((len(u_h), n)), list(v)
    for t in range(len(u_h)):
        h = [float(u_h[t, j] < 1 / (1 + np.exp(-b[j] - sum(W[i, j] * v[i] for i in range(n))))) for j in range(m)]
        v = [float(u_v[t, i] < 1 / (1 + np.exp(-a[i] - sum(W[i, j] * h[j] for j in range(m))))) for i in range(n)]
        out[t] = v
    return out


CHAIN = Exercise(
    id="11.10",
    title="Une chaîne sans hasard",
    reference=chaine,
    samples=_long,
    draws=16,
    invariants=[
        holds(
            lambda f, out, u_h, u_v, **_: np.array_equal(f(u_h=u_h[:5], u_v=u_v[:5]), np.asarray(out)[:5]),
            "ne dépend pas de la suite",
            "Les cinq premiers pas ne peuvent pas dépendre des suivants.",
        ),
    ],
    misconceptions=[
        Misconception(
            _walk(_threshold, _threshold),
            "C'est encore la pièce : rien n'est tiré. À 0,6, une unité doit s'éteindre quatre fois sur dix.",
        ),
        Misconception(
            _walk(_threshold, _drawn),
            "Les unités visibles sont tirées, les cachées encore seuillées : il manque la moitié du hasard.",
        ),
        Misconception(
            _walk(_drawn, _threshold),
            "Les unités cachées sont tirées, les visibles encore seuillées : il manque la moitié du hasard.",
        ),
        Misconception(
            _walk(lambda p, u: p, _drawn),
            "Les unités visibles répondent aux probabilités cachées : il faut un h tiré, fait de 0 et de 1.",
        ),
        Misconception(
            _walk(_drawn, lambda p, u: p),
            "La couche visible n'est pas tirée : vous gardez ses probabilités, et la chaîne repart de gris.",
        ),
        Misconception(
            _walk(_drawn, _drawn, moves=False),
            "Chaque pas repart du premier v : la chaîne n'avance pas. Le nouveau v doit remplacer l'ancien.",
        ),
        Misconception(
            lambda v, W, a, b, u_h, u_v: np.vstack([v, chaine(v, W, a, b, u_h, u_v)]),
            "La chaîne est juste, mais vous gardez aussi l'état de départ : on attend une ligne par pas.",
        ),
        Misconception(
            lambda v, W, a, b, u_h, u_v: chaine(v, W, a, b, u_h, u_v)[-1],
            "C'est le dernier état ; on les demande tous, un par ligne.",
        ),
    ],
    hints=[
        "Où la pièce décide-t-elle sans jamais regarder `u_h` ni `u_v` ?",
        "Deux lignes sont à changer : une pour chaque couche.",
        "À l'étape t, `u_h[t]` porte un nombre par unité cachée : l'unité s'allume s'il est sous sa probabilité.",
    ],
    alternatives=[
        _scalar,
        _walk(lambda p, u: np.where(p > u, 1, 0), lambda p, u: np.where(p > u, 1, 0)),
        _walk(lambda p, u: np.floor(1 + p - u), lambda p, u: np.floor(1 + p - u)),
        _walk(lambda p, u: (np.log(p) - np.log1p(-p) > np.log(u) - np.log1p(-u)) * 1.0, _drawn),
        lambda v, W, a, b, u_h, u_v: [list(row) for row in _scalar(v, W, a, b, u_h, u_v)],
        lambda v, W, a, b, u_h, u_v: chaine(v, W, a, b, u_h, u_v).astype(bool),
    ],
    mutants=[
        lambda v, W, a, b, u_h, u_v: chaine(v, W, 0 * a, b, u_h, u_v),
        lambda v, W, a, b, u_h, u_v: chaine(v, W, a, b, u_h[::-1], u_v[::-1]),
        lambda v, W, a, b, u_h, u_v: chaine(v, W, a, b, 1 - u_h, 1 - u_v),
        lambda v, W, a, b, u_h, u_v: chaine(v, W, a, b, u_h[:1].repeat(len(u_h), 0), u_v),
    ],
    solution="""def chaine(v, W, a, b, u_h, u_v):
    vus = []
    for t in range(len(u_h)):
        h = (u_h[t] < sigmoide(b + v @ W)) * 1.0
        v = (u_v[t] < sigmoide(a + W @ h)) * 1.0
        vus.append(v)
    return np.array(vus)
""",
)  # fmt: skip
