"""Exercise 10.5: the gradient of the weights, by walking the layer's equations back in time."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def retropropagation(g, derivee, s_in, alpha, beta):
    """dL/dW (n_in, n_out) from dL/ds, σ'(v - θ), both (time, n_out), and the spikes that came in (time, n_in)."""
    dv = di = np.zeros(g.shape[1])
    dW = np.zeros((s_in.shape[1], g.shape[1]))
    for t in reversed(range(len(g))):
        dv = g[t] * derivee[t] + beta * dv
        di = dv + alpha * di
        dW = dW + np.outer(s_in[t], di)
    return dW


def _draw(rng):
    T, n, m = int(rng.integers(8, 14)), int(rng.integers(5, 7)), int(rng.integers(2, 5))
    return {
        "g": rng.normal(size=(T, m)), "derivee": 1 / (1 + 5 * np.abs(rng.normal(0, 0.3, (T, m)))) ** 2,
        "s_in": (rng.random((T, n)) < 0.4).astype(float),
        "alpha": float(rng.uniform(0.5, 0.85)), "beta": float(rng.uniform(0.6, 0.95)),
    }  # fmt: skip


def _trace(x, factor):
    """y[t] = factor · y[t-1] + x[t]."""
    y = np.array(x, float)
    for t in range(1, len(y)):
        y[t] += factor * y[t - 1]
    return y


def _forward(g, derivee, s_in, alpha, beta):
    """What each synapse has done to its neuron, carried forward with the spikes."""
    return _trace(_trace(s_in, alpha), beta).T @ (g * derivee)


def _other_order(g, derivee, s_in, alpha, beta):
    """The two leaks commute."""
    return s_in.T @ _trace(_trace((g * derivee)[::-1], alpha), beta)[::-1]


def _matrix(g, derivee, s_in, alpha, beta):
    lag = np.subtract.outer(np.arange(len(g)), np.arange(len(g)))
    A, B = (np.where(lag >= 0, factor ** np.maximum(lag, 0), 0.0) for factor in (alpha, beta))
    return s_in.T @ A.T @ B.T @ (g * derivee)


def _tables(g, derivee, s_in, alpha, beta):
    T, m = g.shape
    dv, di = np.zeros((T + 1, m)), np.zeros((T + 1, m))
    for t in range(T - 1, -1, -1):
        dv[t] = g[t] * derivee[t] + beta * dv[t + 1]
        di[t] = dv[t] + alpha * di[t + 1]
    return np.einsum("ti,tj->ij", s_in, di[:T])


def _one_input_at_a_time(g, derivee, s_in, alpha, beta):
    dW = [[0.0] * g.shape[1] for _ in range(s_in.shape[1])]
    for j in range(g.shape[1]):
        dv = di = 0.0
        for t in range(len(g) - 1, -1, -1):
            dv = g[t, j] * derivee[t, j] + beta * dv
            di = dv + alpha * di
            for i in np.flatnonzero(s_in[t]):
                dW[i][j] += di
    return dW


def _walk(dv_of=None, di_of=None, forwards=False, late=False):
    """The walk with one of its lines written otherwise."""
    def wrong(g, derivee, s_in, alpha, beta):
        dv, di, dW = 0.0, 0.0, 0.0
        for t in range(len(g)) if forwards else reversed(range(len(g))):
            before = di
            dv = dv_of(g[t], derivee[t], dv, beta) if dv_of else g[t] * derivee[t] + beta * dv
            di = di_of(dv, di, alpha) if di_of else dv + alpha * di
            dW = dW + np.outer(s_in[t], before + 0 * di if late else di)
        return dW

    return wrong


def _one_array(g, derivee, s_in, alpha, beta):
    """Two names, one array, changed in place."""
    dv = di = np.zeros(g.shape[1])
    dW = np.zeros((s_in.shape[1], g.shape[1]))
    for t in reversed(range(len(g))):
        dv *= beta
        dv += g[t] * derivee[t]
        di *= alpha
        di += dv
        dW += np.outer(s_in[t], di)
    return dW


BACKWARD = Exercise(
    id="10.5",
    title="Le gradient remonte le temps",
    reference=retropropagation,
    samples=_draw,
    invariants=[
        holds(
            lambda f, out, g, **_: np.allclose(f(g=-2 * g), -2 * np.asarray(out)),
            "est proportionnel à `g`",
            "Une erreur deux fois plus grande donne un gradient deux fois plus grand.",
        ),
        holds(
            lambda f, out, g, s_in, **_: np.allclose(
                *(f(g=g * (np.arange(len(g)) < 5)[:, None], s_in=np.where(np.arange(len(g))[:, None] < 5, s_in, late))
                  for late in (0.0, 1.0))),
            "ne doit rien aux impulsions arrivées après la dernière erreur",
            "Une impulsion qui arrive après la dernière erreur n'a pu la causer : elle ne change pas le gradient.",
        ),
        holds(
            lambda f, out, g, derivee, s_in, **_: np.allclose(f(alpha=0.0, beta=0.0), s_in.T @ (g * derivee)),
            "se passe de mémoire quand α = β = 0",
            "Sans fuite à remonter (α = β = 0), chaque pas ne doit rien aux autres : dv[t] = di[t] = g[t] σ′[t].",
        ),
    ],
    misconceptions=[
        Misconception(
            _walk(forwards=True),
            "Vous descendez le temps. L'effet d'un pas se lit plus tard : le gradient se calcule à rebours, de la "
            "fin vers le début.",
        ),
        Misconception(
            _walk(dv_of=lambda g, d, dv, beta: beta * (g * d + dv)),
            "La fuite β multiplie aussi l'erreur du pas, qui ne l'a pas traversée : seul fuit ce qui vient du pas "
            "suivant.",
        ),
        Misconception(
            _walk(dv_of=lambda g, d, dv, beta: d * (g + beta * dv)),
            "La pente σ′ multiplie aussi ce qui vient du pas suivant. D'un pas à l'autre, le potentiel passe par la "
            "fuite, sans franchir le seuil.",
        ),
        Misconception(
            _walk(dv_of=lambda g, d, dv, beta: g + beta * dv),
            "La pente σ′ manque : de l'impulsion au potentiel, le gradient franchit le seuil.",
        ),
        Misconception(
            _walk(dv_of=lambda g, d, dv, beta: g * d),
            "La fuite β manque : le potentiel de ce pas fait aussi celui du pas suivant.",
        ),
        Misconception(
            _walk(di_of=lambda dv, di, alpha: dv),
            "La fuite α manque : le courant de ce pas fait aussi celui du pas suivant.",
        ),
        Misconception(
            _walk(di_of=lambda dv, di, alpha: alpha * (dv + di)),
            "La fuite α multiplie aussi dv : au même pas, le courant entre dans le potentiel tout entier.",
        ),
        Misconception(
            lambda g, derivee, s_in, alpha, beta: retropropagation(g, derivee, s_in, alpha, beta).T,
            "Votre gradient est couché : il a la forme de W, une ligne pour chaque entrée.",
        ),
        Misconception(
            lambda g, derivee, s_in, alpha, beta: np.outer(
                s_in[0], retropropagation(g, derivee, np.eye(len(g)), alpha, beta)[0]),
            "Le même poids sert à tous les pas : son gradient est la somme de ce que chacun réclame. Vous n'en gardez "
            "qu'un.",
        ),
        Misconception(
            lambda g, derivee, s_in, alpha, beta: retropropagation(g, derivee, s_in, alpha, beta) / len(g),
            "Vous faites une moyenne sur le temps ; la dérivée d'une somme est la somme des dérivées.",
        ),
        Misconception(
            lambda g, derivee, s_in, alpha, beta: (
                retropropagation(g, derivee, s_in * (np.arange(len(g)) > 0)[:, None], alpha, beta)),
            "Il manque un pas : `range(T - 1, 0, -1)` s'arrête à 1, et le premier pas a reçu des impulsions lui aussi.",
        ),
        Misconception(
            _walk(dv_of=lambda g, d, dv, beta: g * d + (beta - d) * dv),
            "Vous laissez le gradient traverser la remise. Ici on la détache : d'un pas à l'autre, il ne passe que par "
            "β.",
        ),
        Misconception(
            _one_array,
            "`dv = di = …` donne deux noms au même tableau : modifié sur place (`*=`, `+=`), l'un change l'autre. "
            "Créez-en deux.",
        ),
        Misconception(
            _walk(late=True),
            "Les entrées du pas t rencontrent le di du pas suivant : mettez di à jour avant de vous en servir.",
        ),
    ],
    hints=[
        "Au dernier pas, rien ne vient d'après : dv = g σ′. Que s'ajoute-t-il à l'avant-dernier ?",
        "`reversed(range(len(g)))` parcourt les pas de la fin au début ; dv et di partent de zéro et gardent ce qui "
        "vient du pas suivant.",
        "À chaque pas, trois mises à jour, dans l'ordre inverse du modèle : dv, puis di, puis dW, à qui s'ajoute "
        "`np.outer` de deux vecteurs. Lesquels ?",
    ],
    alternatives=[_forward, _other_order, _matrix, _tables, _one_input_at_a_time],
    mutants=[
        _walk(dv_of=lambda g, d, dv, beta: g * d - beta * dv),
        _walk(dv_of=lambda g, d, dv, beta: g * d + dv),
        _walk(di_of=lambda dv, di, alpha: dv + di),
        lambda g, derivee, s_in, alpha, beta: -retropropagation(g, derivee, s_in, alpha, beta),
        lambda g, derivee, s_in, alpha, beta: retropropagation(g, derivee**2, s_in, alpha, beta),
    ],
    slips={"matmul": "`np.outer` fait un tableau de deux vecteurs ; `@` en ferait un nombre, ou une erreur."},
    solution="""def retropropagation(g, derivee, s_in, alpha, beta):
    dv = di = np.zeros(g.shape[1])
    dW = np.zeros((s_in.shape[1], g.shape[1]))
    for t in reversed(range(len(g))):
        dv = g[t] * derivee[t] + beta * dv
        di = dv + alpha * di
        dW += np.outer(s_in[t], di)
    return dW
""",
)  # fmt: skip
