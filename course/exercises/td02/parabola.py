"""Exercise 02.9: a parabola and a line lose their rest twice, and the first loss is the one that counts."""

import numpy as np
from scipy.optimize import brentq

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def _current(v, b):
    """The current that puts an equilibrium at v."""
    return b * v - (0.04 * v**2 + 5 * v + 140)


def deux_pertes(a, b):
    """Izhikevich's currents of the Hopf bifurcation (0.08·v + 5 = a), then of the saddle-node (0.08·v + 5 = b)."""
    return _current((a - 5) / 0.08, b), (5 - b) ** 2 / 0.16 - 140


def _by_search(a, b):
    """The trace along the lower equilibria; the largest current that has one."""
    hopf = brentq(lambda v: 0.08 * v + 5 - a, -90, -30, xtol=1e-13)
    summit = brentq(lambda v: b - 0.08 * v - 5, -90, -30, xtol=1e-13)
    return [_current(hopf, b), _current(summit, b)]


def _by_gap(a, b):
    """The parabola of the currents, from its summit: the Hopf is (b - a)²/0.16 below."""
    top = 6.25 * (5 - b) ** 2 - 140
    return top - 6.25 * (b - a) ** 2, top


def _by_matrices(a, b):
    """Zero trace, then zero determinant, of [[0.08·v + 5, -1], [a·b, -a]]."""
    v = np.array([(a - 5) / 0.08, np.roots([-0.08 * a, a * b - 5 * a])[0]])
    return np.polyval([-0.04, b - 5, -140], v)


TWO_LOSSES = Exercise(
    id="02.9",
    title="Perdre le repos de deux façons",
    reference=deux_pertes,
    samples=lambda rng: (lambda a: {"a": a, "b": a + float(rng.uniform(0.06, 0.3))})(float(rng.uniform(0.01, 0.15))),
    draws=12,
    outputs=("Hopf", "col-nœud"),
    invariants=[
        holds(
            lambda f, out, a, b: out[0] < out[1],
            "place la Hopf avant le col-nœud",
            "Quand b > a, la trace s'annule avant que le repos ne rencontre le col : votre premier courant devrait "
            "être le plus petit.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda a, b: deux_pertes(a, b)[::-1],
            "Les deux courants sont justes, dans l'ordre inverse : d'abord la Hopf, puis le col-nœud.",
        ),
        Misconception(
            lambda a, b: (_current(-62.5, b), deux_pertes(a, b)[1]),
            "Le col-nœud est juste. Pour la Hopf, vous avez pris le sommet de la parabole, v = −62,5 : la trace "
            "contient aussi −a.",
        ),
        Misconception(
            lambda a, b: (_current(-(a + 5) / 0.08, b), deux_pertes(a, b)[1]),
            "Le col-nœud est juste. Trace nulle : 0,08 v + 5 − a = 0 ; un signe a changé en isolant v.",
        ),
        Misconception(
            lambda a, b: (_current((a - 5) / 0.04, b), deux_pertes(a, b)[1]),
            "Le col-nœud est juste. La pente de 0,04 v² est 0,08 v.",
        ),
        Misconception(
            lambda a, b: (deux_pertes(a, b)[0], 25 / 0.16 - 140),
            "La Hopf est juste. Au col-nœud, c'est la droite u = b v qui touche la parabole, et non l'horizontale : b "
            "change le coefficient de v.",
        ),
        Misconception(
            lambda a, b: (deux_pertes(a, b)[0], (5 + b) ** 2 / 0.16 - 140),
            "La Hopf est juste. Dans l'équation du second degré, u = b v passe de l'autre côté : 5 − b.",
        ),
        Misconception(
            lambda a, b: (deux_pertes(a, b)[0], (5 - b) ** 2 / 0.04 - 140),
            "La Hopf est juste. Le discriminant est (5 − b)² − 4 × 0,04 × (140 + I) : le 4 manque.",
        ),
        Misconception(
            lambda a, b: (-0.04 * ((a - 5) / 0.08) ** 2 - 5 * (a - 5) / 0.08 - 140, deux_pertes(a, b)[1]),
            "Le col-nœud est juste. À la Hopf, le courant doit aussi compenser u, qui vaut b v.",
        ),
    ],
    hints=[
        "Un équilibre vérifie u = b v et 0,04 v² + (5 − b) v + 140 + I = 0.",
        "Le col-nœud : les deux racines se confondent, le discriminant est nul. La Hopf : 0,08 v + 5 − a = 0.",
        "Le col-nœud : I = (5 − b)²/0,16 − 140. La Hopf : v = (a − 5)/0,08, puis I = b v − (0,04 v² + 5 v + 140).",
    ],
    alternatives=[
        _by_search,
        _by_gap,
        _by_matrices,
        lambda a, b: tuple(b * v - 0.04 * v * v - 5 * v - 140 for v in (12.5 * (a - 5), 12.5 * (b - 5))),
        lambda a, b: np.float32(np.float64(deux_pertes(a, b))),
    ],
    mutants=[
        lambda a, b: (_current((a - 5) / 0.08, a), deux_pertes(a, b)[1]),
        lambda a, b: (deux_pertes(a, b)[0], (5 - b) ** 2 / 0.16 + 140),
        lambda a, b: (deux_pertes(b, a)[0], deux_pertes(a, b)[1]),
    ],
    absolute=1e-4,
    solution="""def deux_pertes(a, b):
    v = (a - 5) / 0.08
    hopf = b * v - (0.04 * v**2 + 5 * v + 140)
    col_noeud = (5 - b) ** 2 / 0.16 - 140
    return hopf, col_noeud
""",
)  # fmt: skip
