"""Exercise 02.5: the two currents where the rest of FitzHugh and Nagumo's neuron changes sides."""

import numpy as np
from scipy.optimize import brentq

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def _current(v, a, b):
    """The current that puts the equilibrium at v."""
    return (v + a) / b - v + v**3 / 3


def courants_de_hopf(a, b, tau):
    """Where the trace of the Jacobian at the equilibrium vanishes: 1 - v² = b/τ; lower current first."""
    v = np.sqrt(1 - b / tau)
    return _current(-v, a, b), _current(v, a, b)


def _by_search(a, b, tau):
    """The trace followed along the equilibria, and its two zeros found by intervals."""

    def trace(v):
        return np.trace(np.array([[1 - v**2, -1], [1 / tau, -b / tau]]))

    return [_current(brentq(trace, *ends, xtol=1e-13), a, b) for ends in ((-3, 0), (0, 3))]


def _by_symmetry(a, b, tau):
    """The two currents are on either side of a/b, at the same distance."""
    half = (1 - b / tau) ** 0.5 * (1 / b - 1 + (1 - b / tau) / 3)
    return a / b - half, a / b + half


def _by_roots(a, b, tau):
    v = np.sort(np.roots([-1, 0, 1 - b / tau]).real)
    return np.polyval([1 / 3, 0, 1 / b - 1, a / b], v)


def _with(place):
    def wrong(a, b, tau):
        v = place(b, tau)
        return _current(-v, a, b), _current(v, a, b)

    return wrong


def _draw(rng):
    """A cubic and a line that cross once, and a determinant positive there (b² < τ)."""
    return {"a": float(rng.uniform(0.1, 1)), "b": float(rng.uniform(0.3, 0.98)), "tau": float(rng.uniform(2.5, 30))}


HOPF = Exercise(
    id="02.5",
    title="Les courants de Hopf",
    reference=courants_de_hopf,
    samples=_draw,
    draws=12,
    outputs=("courant bas", "courant haut"),
    invariants=[
        holds(
            lambda f, out, a, b, tau: np.isclose(out[0] + out[1], 2 * a / b, rtol=1e-4, atol=1e-6),
            "donne deux courants symétriques autour de a/b",
            "Les deux courants devraient être à la même distance de a/b : la cubique est impaire.",
        ),
    ],
    misconceptions=[
        Misconception(
            _with(lambda b, tau: 1.0),
            "Vous avez pris les genoux de la cubique, v = ±1. La trace contient aussi −b/τ : le repos perd sa "
            "stabilité un peu après le genou.",
        ),
        Misconception(
            _with(lambda b, tau: np.sqrt(1 + b / tau)),
            "Trace nulle : 1 − v² − b/τ = 0. Un signe a changé en isolant v².",
        ),
        Misconception(
            _with(lambda b, tau: 1 - b / tau),
            "Vous avez trouvé v², et vous l'employez comme v : il reste à prendre la racine.",
        ),
        Misconception(
            _with(lambda b, tau: np.sqrt(1 - 1 / tau)),
            "Le terme en bas à droite de la jacobienne est −b/τ, et non −1/τ.",
        ),
        Misconception(
            lambda a, b, tau: courants_de_hopf(a, b, tau)[::-1],
            "Les deux courants sont justes, dans l'ordre inverse : d'abord le plus petit.",
        ),
        Misconception(
            lambda a, b, tau: tuple(
                (v + a) / b for v in (-np.sqrt(1 - b / tau), np.sqrt(1 - b / tau))),
            "Vous rendez les deux valeurs de w au point fixe. Il reste à trouver le courant qui l'y amène : "
            "I = w − v + v³/3.",
        ),
        Misconception(
            lambda a, b, tau: (-np.sqrt(1 - b / tau), np.sqrt(1 - b / tau)),
            "Vous rendez les deux valeurs de v. On demande les courants : quel I place l'équilibre en ce v ?",
        ),
    ],
    hints=[
        "À la limite, la trace de la jacobienne est nulle. Quelle équation en v cela fait-il ?",
        "1 − v² − b/τ = 0 : deux valeurs de v, opposées. Chacune est l'équilibre d'un certain courant.",
        "La droite donne w = (v + a)/b ; la cubique donne I = w − v + v³/3.",
    ],
    alternatives=[
        _by_search, _by_symmetry, _by_roots,
        lambda a, b, tau: tuple(_current(s * (1 - b / tau) ** 0.5, a, b) for s in (-1, 1)),
        lambda a, b, tau: np.float32(courants_de_hopf(a, b, tau)),
    ],
    mutants=[
        lambda a, b, tau: tuple(-x for x in courants_de_hopf(a, b, tau)),
        lambda a, b, tau: courants_de_hopf(-a, b, tau),
        lambda a, b, tau: tuple((v + a) / b - v + v**3 for v in (-np.sqrt(1 - b / tau), np.sqrt(1 - b / tau))),
    ],
    solution="""def courants_de_hopf(a, b, tau):
    v = np.sqrt(1 - b / tau)
    courants = []
    for v_star in (-v, v):
        w_star = (v_star + a) / b
        courants.append(w_star - v_star + v_star**3 / 3)
    return courants[0], courants[1]
""",
)  # fmt: skip
