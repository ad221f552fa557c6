"""Exercise 10.3: the slope of a staircase, by a central difference."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds, order


def pente(fonction, w, h):
    """The central difference of `fonction` at w."""
    return (fonction(w + h) - fonction(w - h)) / (2 * h)


def _spikes(rng):
    """How many spikes a leaky neuron fires, as a function of its one weight."""
    arrivals = rng.random(60) < 0.3
    alpha, beta = float(rng.uniform(0.6, 0.85)), float(rng.uniform(0.8, 0.95))

    def fonction(w):
        i, v, s, count = 0.0, 0.0, 0, 0
        for fired in arrivals:
            i = alpha * i + (w if fired else 0.0)
            v = beta * v + i - s
            s = 1 if v > 1 else 0
            count += s
        return float(count)

    return fonction


def _smooth(rng):
    """A function without steps, whose three first derivatives are felt."""
    a, b, c = rng.uniform(0.5, 2, 3)
    return lambda w: float(a * np.sin(2 * b * w) + c * w**2)


def _draw(rng):
    fonction = (_spikes if rng.random() < 0.5 else _smooth)(rng)
    return {"fonction": fonction, "w": float(rng.uniform(0.1, 0.8)), "h": float(rng.uniform(0.03, 0.3))}


def _parabola(fonction, w, h):
    """The slope of the parabola through three points."""
    return np.polyfit([-h, 0, h], [fonction(w - h), fonction(w), fonction(w + h)], 2)[1]


def _both_sides(fonction, w, h):
    right, left = (fonction(w + h) - fonction(w)) / h, (fonction(w) - fonction(w - h)) / h
    return (right + left) / 2


SLOPE = Exercise(
    id="10.3",
    title="La pente d'un escalier",
    reference=pente,
    samples=_draw,
    draws=16,
    invariants=[
        holds(
            lambda f, out, **_: np.isclose(f(fonction=lambda w: 3.0), 0, atol=1e-12),
            "est nul sur un palier",
            "Sur un palier, la fonction ne change pas : sa pente est nulle.",
        ),
        holds(
            lambda f, out, **_: np.isclose(f(fonction=lambda w: 3 * w + 1), 3),
            "est exact sur une droite",
            "Sur la droite 3w + 1, la pente vaut 3, quels que soient w et h.",
        ),
        order(2, of="h", at={"fonction": np.exp, "w": 0.3, "h": 0.1}),
    ],
    misconceptions=[
        Misconception(
            lambda fonction, w, h: (fonction(w + h) - fonction(w)) / h,
            "C'est la différence à droite. La différence centrée regarde des deux côtés de w.",
        ),
        Misconception(
            lambda fonction, w, h: (fonction(w) - fonction(w - h)) / h,
            "C'est la différence à gauche. La différence centrée regarde des deux côtés de w.",
        ),
        Misconception(
            lambda fonction, w, h: (fonction(w + h) - fonction(w - h)) / h,
            "De w − h à w + h, quelle distance le poids parcourt-il ?",
        ),
        Misconception(
            lambda fonction, w, h: fonction(w + h) - fonction(w - h),
            "C'est ce que la fonction gagne ; la pente est ce gain par unité de poids.",
        ),
        Misconception(
            lambda fonction, w, h: (fonction(w - h) - fonction(w + h)) / (2 * h),
            "Le signe est retourné : une fonction qui croît a une pente positive.",
        ),
        Misconception(
            lambda fonction, w, h: (fonction(w + h / 2) - fonction(w - h / 2)) / h,
            "C'est bien centré, mais vous n'allez qu'à h/2 : h est la distance à w, de chaque côté.",
        ),
        Misconception(
            lambda fonction, w, h: (fonction(w + h) - fonction(w - h)) / 2 * h,
            "`/ 2 * h` divise par 2 puis multiplie par h : entourez le dénominateur de parenthèses.",
        ),
    ],
    hints=[
        "Une pente est un rapport : ce que gagne la fonction, sur ce que gagne w.",
        "Appelez `fonction` en deux points, de part et d'autre de w, à la distance h chacun.",
        "Au dénominateur, la distance qui sépare ces deux points.",
    ],
    alternatives=[
        _parabola,
        _both_sides,
        lambda fonction, w, h: np.gradient([fonction(w - h), fonction(w), fonction(w + h)], h)[1],
        lambda fonction, w, h: np.diff([fonction(x) for x in (w - h, w + h)])[0] / (2 * h),
        lambda fonction, w, h: np.dot([fonction(w + k * h) for k in (-1, 1)], [-1, 1]) * 0.5 / h,
        lambda fonction, w, h: np.array([(fonction(w + h) - fonction(w - h)) / (h + h)]),
    ],
    mutants=[
        lambda fonction, w, h: 0.0,
        lambda fonction, w, h: (fonction(w + h) + fonction(w - h)) / (2 * h),
        lambda fonction, w, h: (fonction(w + h) - 2 * fonction(w) + fonction(w - h)) / h**2,
        lambda fonction, w, h: fonction(w) / w,
    ],
    solution="""def pente(fonction, w, h):
    return (fonction(w + h) - fonction(w - h)) / (2 * h)
""",
)  # fmt: skip
