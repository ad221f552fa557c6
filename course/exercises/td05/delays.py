"""Exercise 05.10: a delay in ms becomes a number of steps."""

import math
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def pas_de_delai(delai, dt):
    """The nearest number of steps, at least one."""
    return max(1, round(delai / dt))


def _draw(rng):
    """A multiple of a step that binary rounds badly, or a delay between two steps, off the middle; or below half."""
    dt = float(rng.choice([0.1, 0.3, 0.7, 0.05]))
    k = int(rng.choice([3, 6, 12, 23, 29, 57, 58]))
    beside = float(rng.choice([0.0, 0.0, 0.2, -0.3, 0.35]))
    return {"delai": round((k + beside if rng.random() > 0.15 else 0.3) * dt, 6), "dt": dt}


def _decimal(delai, dt):
    return max(1, int((Decimal(str(delai)) / Decimal(str(dt))).quantize(Decimal(1), ROUND_HALF_UP)))


STEPS = Exercise(
    id="05.10",
    title="Un délai en pas",
    reference=pas_de_delai,
    samples=_draw,
    draws=40,
    invariants=[
        holds(
            lambda f, n, delai, dt: float(f(delai=0.3, dt=0.1)) == 3,
            "compte 3 pas de 0,1 ms dans 0,3 ms",
            "0,3 ms font exactement 3 pas de 0,1 ms. En binaire, 0.3/0.1 vaut 2.9999999999999996.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda delai, dt: int(delai / dt),
            "`int` tronque. 0.3/0.1 vaut 2.9999999999999996 en binaire, et devient 2 : un pas de moins, et toujours du "
            "même côté.",
        ),
        Misconception(
            lambda delai, dt: max(1, int(delai / dt)),
            "`int` tronque. 0.3/0.1 vaut 2.9999999999999996 en binaire, et devient 2 : un pas de moins, et toujours du "
            "même côté.",
        ),
        Misconception(
            lambda delai, dt: int(delai // dt),
            "`//` tronque, comme `int`. Prenez l'entier le plus proche.",
        ),
        Misconception(
            lambda delai, dt: round(delai / dt),
            "Au plus proche, c'est bien. Mais un délai plus court qu'un demi-pas devient 0 : une impulsion agirait à "
            "l'instant où elle naît. Il en faut au moins 1.",
        ),
        Misconception(
            lambda delai, dt: math.ceil(delai / dt),
            "Vous arrondissez toujours vers le haut : 29 × 0,1 ms peut devenir 30 pas. Prenez l'entier le plus proche.",
        ),
        Misconception(
            lambda delai, dt: max(1, round(delai)),
            "Vous comptez des millisecondes. Combien de pas de dt y a-t-il dans ce délai ?",
        ),
        Misconception(
            lambda delai, dt: delai / dt,
            "Un anneau de mémoire se compte en pas entiers : arrondissez.",
        ),
    ],
    hints=[
        "Essayez 0.3/0.1 dans une cellule.",
        "`int` coupe, `round` va au plus proche.",
        "Et si le résultat est 0 ? `max` peut aider.",
    ],
    alternatives=[
        _decimal,
        lambda delai, dt: max(1, math.floor(delai / dt + 0.5)),
        lambda delai, dt: int(np.clip(np.rint(delai / dt), 1, None)),
        lambda delai, dt: np.int32(max(1, round(delai / dt))),
        lambda delai, dt: float(max(1, round(round(delai / dt, 6)))),
    ],
    mutants=[
        lambda delai, dt: pas_de_delai(delai, dt) + 1,
        lambda delai, dt: pas_de_delai(dt, delai),
        lambda delai, dt: max(2, round(delai / dt)),
    ],
    units={"delai": "ms", "dt": "ms"},
    unit="pas",
    solution="""def pas_de_delai(delai, dt):
    return max(1, round(delai / dt))
""",
)  # fmt: skip
