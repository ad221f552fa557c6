"""Exercise 11.8: a test that tells a gradient whose phases are in their places."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.td11.exact import _dreamt, _less, _seen
from course.exercises.td11.machine import sigmoid

RULES = {
    "droit": lambda x, W, a, b: _less(_seen(x, W, b), _dreamt(W, a, b)),
    "envers": lambda x, W, a, b: _less(_dreamt(W, a, b), _seen(x, W, b)),
    "positif": lambda x, W, a, b: _seen(x, W, b),
    "négatif": lambda x, W, a, b: _less((0, 0, 0), _dreamt(W, a, b)),
    "somme": lambda x, W, a, b: tuple(x + y for x, y in zip(_seen(x, W, b), _dreamt(W, a, b), strict=True)),
    "nul": lambda x, W, a, b: (0 * W, 0 * a, 0 * b),
}
FULL, EMPTY, HALF = np.ones((2, 3)), np.zeros((2, 3)), np.array([[0.0, 0, 0], [1, 1, 1]])
ZERO = np.zeros((3, 2)), np.zeros(3), np.zeros(2)


def _side(gradient, x):
    """da of an ignorant machine on these rows."""
    return np.asarray(gradient(x, *ZERO)[1])


def phases_justes(gradient):
    """Does da rise towards what is always on, fall away from what is always off, and rest on what is known?"""
    return bool(
        np.all(_side(gradient, FULL) > 1e-6)
        and np.all(_side(gradient, EMPTY) < -1e-6)
        and np.allclose(_side(gradient, HALF), 0, atol=1e-6)
    )


def _one_rule(rng):
    kind = "droit" if rng.random() < 0.3 else str(rng.choice(list(RULES)[1:]))
    return {"gradient": RULES[kind]}


def _values(gradient):
    return np.allclose(_side(gradient, FULL), 0.5) and np.allclose(_side(gradient, EMPTY), -0.5)


def _by_differences(gradient):
    """One direction, and the log-likelihood of the machine without weights."""
    x, a = np.array([[1.0, 0, 1], [1, 0, 0], [1, 1, 0]]), np.array([0.3, -0.2, 0.1])

    def log_p(a):
        return np.mean(x @ a) - np.logaddexp(0, a).sum()

    slope = [(log_p(a + d) - log_p(a - d)) / 2e-5 for d in 1e-5 * np.eye(3)]
    return np.allclose(gradient(x, ZERO[0], a, ZERO[2])[1], slope, atol=1e-4)


def _by_dw(gradient):
    """The same question to the weights: v and h both on half the time, h independent of v."""
    full, empty = (np.asarray(gradient(x, *ZERO)[0]) for x in (FULL, EMPTY))
    return bool(np.all(full > 0) and np.all(empty < 0) and np.allclose(full, 0.25))


def _three_machines(gradient):
    W, b = np.zeros((1, 1)), np.zeros(1)
    low, high = (float(np.asarray(gradient(np.array([[1.0], [0.0]]), W, np.array([a]), b)[1])[0]) for a in (-1, 1))
    return low > 0.2 and high < -0.2 and abs(low + high) < 1e-9


def _climbs(gradient):
    """Walks up, and sees whether the machine ends where the data are."""
    a, x = np.zeros(3), np.array([[1.0, 0, 1], [1, 0, 0], [1, 1, 0], [0, 0, 1]])
    for _ in range(300):
        a = a + gradient(x, ZERO[0], a, ZERO[2])[1]
    return np.allclose(sigmoid(a), x.mean(axis=0), atol=1e-3)


SIGN = Exercise(
    id="11.8",
    title="Un test pour les deux phases",
    reference=phases_justes,
    samples=_one_rule,
    draws=40,
    misconceptions=[
        Misconception(
            lambda gradient: bool(np.all(_side(gradient, FULL) > 0)),
            "Des images tout allumées ne suffisent pas : un gradient sans phase négative y réussit. Essayez aussi des "
            "images éteintes.",
        ),
        Misconception(
            lambda gradient: bool(np.all(_side(gradient, EMPTY) < 0)),
            "Des images tout éteintes ne suffisent pas : un gradient sans phase positive y réussit. Essayez aussi des "
            "images allumées.",
        ),
        Misconception(
            lambda gradient: bool(np.allclose(_side(gradient, HALF), 0, atol=1e-6)),
            "À l'équilibre, le bon gradient est nul ; le gradient à l'envers aussi. Essayez hors de l'équilibre.",
        ),
        Misconception(
            lambda gradient: bool(np.all(_side(gradient, FULL) < -1e-6) and np.all(_side(gradient, EMPTY) > 1e-6)),
            "Votre test accepte les phases échangées, et refuse les justes : on **monte** vers les données.",
        ),
        Misconception(
            lambda gradient: bool(np.all(_side(gradient, FULL) >= 0) and np.all(_side(gradient, EMPTY) <= 0)),
            "Vos inégalités acceptent zéro : un gradient nul, ou une phase oubliée, y réussit. Demandez qu'il bouge.",
        ),
        Misconception(
            lambda gradient: not phases_justes(gradient),
            "Vos réponses sont retournées : `True` est pour un gradient juste.",
        ),
        Misconception(
            lambda gradient: _side(gradient, FULL)[0],
            "Vous rendez un gradient. On demande oui ou non : `True` ou `False`.",
        ),
    ],
    hints=[
        "Prenez une machine qui ne sait rien, W, a et b nuls : que doit faire da devant des images tout allumées ?",
        "Une phase oubliée ne se voit que d'un côté : essayez aussi des images tout éteintes.",
        "`gradient(x, W, a, b)[1]` est da ; deux inégalités, réunies par `and`.",
    ],
    alternatives=[
        _values,
        _by_differences,
        _by_dw,
        _three_machines,
        _climbs,
        lambda gradient: np.bool_(phases_justes(gradient)),
        lambda gradient: bool(np.all(_side(gradient, FULL) > 0) and np.all(_side(gradient, EMPTY) < 0)),
    ],
    mutants=[
        lambda gradient: True,
        lambda gradient: False,
        lambda gradient: bool(np.any(_side(gradient, FULL) != 0)),
    ],
    solution="""def phases_justes(gradient):
    W, a, b = np.zeros((3, 2)), np.zeros(3), np.zeros(2)
    allume = gradient(np.ones((2, 3)), W, a, b)[1]
    eteint = gradient(np.zeros((2, 3)), W, a, b)[1]
    return bool(np.all(allume > 0) and np.all(eteint < 0))
""",
)  # fmt: skip
