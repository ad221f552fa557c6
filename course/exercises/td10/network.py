"""Exercise 10.2: a layer that fires and a readout that does not, over a whole train."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds
from course.exercises.td10.step import pas_lif


def reseau(entrees, W, W_o, alpha, beta, theta):
    """The readout's membranes (time, class) for a train of spikes (time, n_in)."""
    i = v = s = np.zeros(W.shape[1])
    i_o = v_o = np.zeros(W_o.shape[1])
    membranes = []
    for x in entrees:
        i, v, s = pas_lif(x, W, i, v, s, alpha, beta, theta)
        i_o = alpha * i_o + s @ W_o
        v_o = beta * v_o + i_o
        membranes.append(v_o)
    return np.array(membranes)


def _hidden(entrees, W, alpha, beta, theta):
    """(i, v, s) of the hidden layer, (time, neuron) each."""
    state, kept = [np.zeros(W.shape[1])] * 3, []
    for x in entrees:
        state = pas_lif(x, W, *state, alpha, beta, theta)
        kept.append(state)
    return tuple(np.array(part) for part in zip(*kept, strict=True))


def _leak(x, factor):
    """y[t] = factor · y[t-1] + x[t]."""
    lag = np.subtract.outer(np.arange(len(x)), np.arange(len(x)))
    return np.where(lag >= 0, factor ** np.maximum(lag, 0), 0.0) @ x


def _draw(rng):
    """Hidden neurons that fire, sometimes twice in a row, and never within a hair of their threshold."""
    while True:
        alpha, beta, theta = (float(rng.uniform(*bounds)) for bounds in ((0.6, 0.85), (0.8, 0.95), (0.7, 1.5)))
        W = rng.normal(0.12, 0.3, (5, 4))
        entrees = (rng.random((int(rng.integers(20, 30)), 5)) < 0.3).astype(float)
        _, v, s = _hidden(entrees, W, alpha, beta, theta)
        if np.abs(v - theta).min() > 1e-3 and 0.05 < s.mean() < 0.5 and s[-1].any() and (s.sum(axis=0) > 0).sum() >= 3:
            W_o = rng.normal(0, 0.5, (4, 3))
            return {"entrees": entrees, "W": W, "W_o": W_o, "alpha": alpha, "beta": beta, "theta": theta}


def _all_currents_first(entrees, W, W_o, alpha, beta, theta):
    """Layer after layer instead of step after step."""
    current = entrees @ W
    v, s, spikes = np.zeros(W.shape[1]), np.zeros(W.shape[1]), []
    for i in _leak(current, alpha):
        v = beta * v + i - theta * s
        s = (v > theta).astype(float)
        spikes.append(s)
    return _leak(_leak(np.array(spikes) @ W_o, alpha), beta)


def _filled(entrees, W, W_o, alpha, beta, theta):
    out = np.zeros((len(entrees) + 1, W_o.shape[1]))
    i_o = np.zeros(W_o.shape[1])
    for t, s in enumerate(_hidden(entrees, W, alpha, beta, theta)[2]):
        i_o = alpha * i_o + W_o[s == 1].sum(axis=0)
        out[t + 1] = beta * out[t] + i_o
    return out[1:]


def _kernels(entrees, W, W_o, alpha, beta, theta):
    """Each hidden spike adds its own bump to the readout."""
    s, out = _hidden(entrees, W, alpha, beta, theta)[2], np.zeros((len(entrees), W_o.shape[1]))
    n = np.arange(1, len(entrees) + 1)
    bump = (beta**n - alpha**n) / (beta - alpha)
    for t, j in np.argwhere(s):
        out[t:] += bump[: len(out) - t, None] * W_o[j]
    return out


def _read(what):
    """A readout that is written otherwise, from (i, v, s) of the hidden layer."""
    def wrong(entrees, W, W_o, alpha, beta, theta):
        return what(*_hidden(entrees, W, alpha, beta, theta), W_o, alpha, beta, theta)

    return wrong


def _firing_readout(i, v, s, W_o, alpha, beta, theta):
    return _hidden(s, W_o, alpha, beta, theta)[1]


NETWORK = Exercise(
    id="10.2",
    title="Une couche cachée, une lecture",
    reference=reseau,
    samples=_draw,
    invariants=[
        holds(
            lambda f, out, entrees, **_: not np.any(f(entrees=0 * entrees)),
            "est nul quand rien n'entre",
            "Sans impulsion à l'entrée, aucun potentiel ne quitte son repos.",
        ),
        holds(
            lambda f, out, entrees, **_: np.allclose(
                f(entrees=np.where(np.arange(len(entrees))[:, None] < 10, entrees, 0))[:10], out[:10]),
            "ne dépend, à chaque pas, que du passé",
            "Une impulsion de la fin change le début : le temps n'avance que dans un sens.",
        ),
        holds(
            lambda f, out, W_o, **_: np.allclose(f(W_o=2 * W_o), 2 * np.asarray(out)),
            "double avec les poids de la lecture",
            "La lecture ne décharge pas : ses potentiels sont proportionnels à ses poids.",
        ),
    ],
    misconceptions=[
        Misconception(
            _read(lambda i, v, s, W_o, a, b, theta: _leak(_leak(np.vstack([0 * s[:1], s[:-1]]) @ W_o, a), b)),
            "La lecture reçoit les impulsions du pas précédent : transmettez-lui celles que la couche cachée vient "
            "d'émettre.",
        ),
        Misconception(
            _read(lambda i, v, s, W_o, a, b, theta: _leak(_leak(v @ W_o, a), b)),
            "La lecture reçoit les potentiels de la couche cachée. Entre deux neurones, seules passent les impulsions.",
        ),
        Misconception(
            _read(lambda i, v, s, W_o, a, b, theta: _leak(_leak(i @ W_o, a), b)),
            "La lecture reçoit les courants de la couche cachée. Entre deux neurones, seules passent les impulsions.",
        ),
        Misconception(
            _read(_firing_readout),
            "Votre lecture décharge et se remet : elle est un intégrateur à fuite, sans seuil, que l'on écoute.",
        ),
        Misconception(
            _read(lambda i, v, s, W_o, a, b, theta: _leak(s @ W_o, b)),
            "Il manque à la lecture son courant synaptique, qui fuit de α, entre les impulsions et le potentiel.",
        ),
        Misconception(
            _read(lambda i, v, s, W_o, a, b, theta: _leak(s @ W_o, a)),
            "C'est le courant de la lecture que vous rendez ; on demande son potentiel.",
        ),
        Misconception(
            _read(lambda i, v, s, W_o, a, b, theta: s),
            "Ce sont les impulsions de la couche cachée. Il reste la lecture, avec ses poids `W_o`.",
        ),
        Misconception(
            lambda **k: reseau(**k)[-1],
            "C'est le dernier pas seulement : gardez les potentiels de tous les pas.",
        ),
        Misconception(
            lambda **k: np.tile(reseau(**k)[-1], (len(k["entrees"]), 1)),
            "Toutes vos lignes sont la dernière : la liste contient plusieurs fois le même tableau, modifié sur place. "
            "Gardez une copie à chaque pas, ou calculez un nouveau tableau.",
        ),
    ],
    hints=[
        "Une boucle sur le temps ; dans la boucle, la couche cachée d'abord, la lecture ensuite, au même pas.",
        "La couche cachée est celle de l'exercice 10.1 : `pas_lif` sait faire son pas.",
        "La lecture est la même couche sans seuil ni remise : un courant qui reçoit les impulsions `s`, un potentiel "
        "qui reçoit ce courant. Tout part de zéro.",
    ],
    alternatives=[
        _all_currents_first,
        _filled,
        _kernels,
        lambda **k: reseau(**k).tolist(),
        lambda **k: reseau(**{**k, "entrees": k["entrees"][:, None]})[:, 0],
    ],
    mutants=[
        _read(lambda i, v, s, W_o, a, b, theta: np.cumsum(_leak(s @ W_o, a), axis=0)),
        lambda **k: reseau(**{**k, "theta": 2 * k["theta"]}),
        lambda **k: reseau(**k)[::-1],
        _read(lambda i, v, s, W_o, a, b, theta: s @ W_o),
    ],
    slips={"matmul": "Une entrée par ligne de W, un neurone par colonne : dans `A @ B`, les colonnes de A sont les "
           "lignes de B."},
    solution="""def reseau(entrees, W, W_o, alpha, beta, theta):
    i = v = s = np.zeros(W.shape[1])
    i_o = v_o = np.zeros(W_o.shape[1])
    suivi = []
    for x in entrees:
        i = alpha * i + x @ W
        v = beta * v + i - theta * s
        s = np.where(v > theta, 1.0, 0.0)
        i_o = alpha * i_o + s @ W_o
        v_o = beta * v_o + i_o
        suivi.append(v_o)
    return np.array(suivi)
""",
)  # fmt: skip
