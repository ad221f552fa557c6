"""Exercise 10.1: one step of a layer of current-based leaky integrate-and-fire neurons."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def pas_lif(s_in, W, i, v, s, alpha, beta, theta):
    """(i, v, s) after one step; the spikes s of the last step are what the reset subtracts."""
    i = alpha * i + s_in @ W
    v = beta * v + i - theta * s
    return i, v, np.where(v > theta, 1.0, 0.0)


def _draw(rng):
    """The first neuron lands exactly on its threshold; the second one has just fired; no other is near."""
    n, m = int(rng.integers(7, 10)), int(rng.integers(4, 7))
    alpha, beta, theta = (float(rng.uniform(*bounds)) for bounds in ((0.5, 0.9), (0.6, 0.95), (0.6, 1.6)))
    while True:
        s_in = (rng.random(n) < 0.6).astype(float)
        s_in[0] = 1.0
        W, i = rng.normal(0.2, 0.5, (n, m)), rng.normal(0.2, 0.4, m)
        v = theta * rng.uniform(-0.5, 1.9, m)
        v[1] = theta * rng.uniform(1.1, 1.9)
        v[0] = i[0] = 0.0
        W[:, 0], W[0, 0] = 0.0, theta
        draw = {"s_in": s_in, "W": W, "i": i, "v": v, "s": np.where(v > theta, 1.0, 0.0),
                "alpha": alpha, "beta": beta, "theta": theta}  # fmt: skip
        if np.abs(pas_lif(**draw)[1] - theta)[1:].min() > 1e-3:
            return draw


def _neuron_by_neuron(s_in, W, i, v, s, alpha, beta, theta):
    new = []
    for j in range(len(v)):
        current = alpha * i[j] + sum(w for w, fired in zip(W[:, j], s_in, strict=True) if fired)
        potential = beta * v[j] + current - (theta if s[j] else 0)
        new.append((current, potential, int(potential > theta)))
    return tuple(map(list, zip(*new, strict=True)))


def _in_place(s_in, W, i, v, s, alpha, beta, theta):
    i = np.array(i)
    i *= alpha
    i += W[s_in == 1].sum(axis=0)
    v = np.array(v) * beta
    v[s > 0] -= theta
    v += i
    return i, v, (v - theta > 0).astype(int)


def _stacked(s_in, W, i, v, s, alpha, beta, theta):
    """One matrix product for the current, another one for the potential."""
    i = np.concatenate([i, s_in]) @ np.vstack([alpha * np.eye(len(i)), W])
    v = np.array([beta, 1, -theta]) @ np.stack([v, i, s])
    return i, v, np.float32(v > theta)


def _way(current=None, potential=None, fired=None):
    """The step with one of its three lines written otherwise."""
    def step(s_in, W, i, v, s, alpha, beta, theta):
        old, x = (i, v), s_in @ W
        i = current(i, x, alpha) if current else alpha * i + x
        v = potential(v, i, old[0], s, beta, theta) if potential else beta * v + i - theta * s
        return i, v, np.where(fired(v, old[1], theta) if fired else v > theta, 1.0, 0.0)

    return step


def _reset_at_once(s_in, W, i, v, s, alpha, beta, theta):
    i = alpha * i + s_in @ W
    v = beta * v + i
    s = np.where(v > theta, 1.0, 0.0)
    return i, v - theta * s, s


STEP = Exercise(
    id="10.1",
    title="Un pas d'une couche LIF",
    reference=pas_lif,
    samples=_draw,
    outputs=("i", "v", "s"),
    invariants=[
        holds(
            lambda f, out, s_in, i, v, s, **_: not np.any(
                np.concatenate(list(map(np.ravel, f(s_in=0 * s_in, i=0 * i, v=0 * v, s=0 * s))))),
            "reste au repos quand rien n'arrive",
            "Sans impulsion reçue, une couche au repos y reste : courant, potentiel et impulsions sont nuls.",
        ),
        holds(
            lambda f, out, **_: np.isin(np.asarray(out[2], float), (0, 1)).all(),
            "ne contient que des impulsions entières, 0 ou 1",
            "Une impulsion est émise, ou ne l'est pas : 1 ou 0, rien entre les deux.",
        ),
    ],
    misconceptions=[
        Misconception(
            _reset_at_once,
            "La remise soustrait l'impulsion de ce pas-ci. Le modèle soustrait celle du pas précédent, que vous "
            "recevez dans `s`.",
        ),
        Misconception(
            _way(current=lambda i, x, alpha: alpha * (i + x)),
            "Ce qui arrive à ce pas fuit aussitôt. Le courant d'avant fuit d'abord ; les impulsions s'y ajoutent "
            "entières.",
        ),
        Misconception(
            _way(current=lambda i, x, alpha: alpha * i + (1 - alpha) * x),
            "Vous faites une moyenne glissante. Ici, chaque impulsion ajoute au courant le poids entier.",
        ),
        Misconception(
            _way(potential=lambda v, i, old, s, beta, theta: beta * v + i - s),
            "La remise soustrait 1. Une impulsion coûte θ, et θ ne vaut pas toujours 1.",
        ),
        Misconception(
            _way(potential=lambda v, i, old, s, beta, theta: beta * v + i),
            "La remise manque : un neurone qui vient de décharger garde tout son potentiel.",
        ),
        Misconception(
            _way(potential=lambda v, i, old, s, beta, theta: beta * (v - theta * s) + i),
            "La remise fuit avec le potentiel : θ est soustrait après la fuite, et non avant.",
        ),
        Misconception(
            _way(potential=lambda v, i, old, s, beta, theta: beta * v * (1 - s) + i),
            "C'est la remise dure : tout le potentiel est oublié. La remise douce ne retire que θ.",
        ),
        Misconception(
            _way(potential=lambda v, i, old, s, beta, theta: beta * v + old - theta * s),
            "Le potentiel reçoit le courant du pas précédent : calculez d'abord le nouveau courant.",
        ),
        Misconception(
            _way(fired=lambda v, old, theta: v >= theta),
            "Au seuil exactement, votre neurone décharge. La convention du cours est stricte : H(0) = 0.",
        ),
        Misconception(
            _way(fired=lambda v, old, theta: v > 1),
            "Vous comparez le potentiel à 1. Le seuil est θ, et θ ne vaut pas toujours 1.",
        ),
        Misconception(
            _way(fired=lambda v, old, theta: old > theta),
            "Les impulsions sont lues sur l'ancien potentiel : comparez au seuil celui que vous venez de calculer.",
        ),
        Misconception(
            lambda s_in, W, i, v, s, alpha, beta, theta: pas_lif(s_in, W, i, v, s, beta, alpha, theta),
            "Les deux fuites sont échangées : α est celle du courant, β celle du potentiel.",
        ),
    ],
    hints=[
        "Trois lignes, dans cet ordre : le courant, le potentiel, les impulsions. Chacune se sert de la précédente.",
        "Le courant et le potentiel fuient d'abord, chacun de son facteur ; ce qui arrive s'ajoute ensuite.",
        "`s_in @ W` additionne les poids des entrées actives. Le `s` reçu sert à la remise ; celui que vous rendez "
        "se lit sur le nouveau potentiel.",
    ],
    alternatives=[
        _neuron_by_neuron,
        _in_place,
        lambda s_in, W, i, v, s, alpha, beta, theta: (
            s_in @ W + i * alpha, v * beta + (s_in @ W + i * alpha) - s * theta,
            np.heaviside(v * beta + (s_in @ W + i * alpha) - s * theta - theta, 0)),
        lambda s_in, W, i, v, s, alpha, beta, theta: [
            list(part) for part in pas_lif(s_in, W, i, v, s, alpha, beta, theta)],
        lambda s_in, W, i, v, s, alpha, beta, theta: pas_lif(s_in.astype(int), W, i, v, s == 1, alpha, beta, theta),
        _stacked,
    ],
    mutants=[
        _way(potential=lambda v, i, old, s, beta, theta: beta * v + i + theta * s),
        _way(potential=lambda v, i, old, s, beta, theta: beta * v + (1 - beta) * i - theta * s),
        _way(fired=lambda v, old, theta: v < theta),
        _way(fired=lambda v, old, theta: v > 0),
        _way(current=lambda i, x, alpha: i + x),
    ],
    slips={"matmul": "Une entrée par ligne de W, un neurone par colonne : dans `A @ B`, les colonnes de A sont les "
           "lignes de B."},
    solution="""def pas_lif(s_in, W, i, v, s, alpha, beta, theta):
    i = alpha * i + s_in @ W
    v = beta * v + i - theta * s
    s = np.where(v > theta, 1.0, 0.0)
    return i, v, s
""",
)  # fmt: skip
