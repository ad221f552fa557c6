"""Exercises 03.4 and 03.11: the instant of a crossing between two points, and the crossings between two points
that nobody sees."""

import math

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import between, holds, value


def instant_interpole(t_0, u_0, t_1, u_1, theta):
    """Where the straight line from (t_0, u_0) to (t_1, u_1) reaches theta (ms)."""
    return t_0 + (t_1 - t_0) * (theta - u_0) / (u_1 - u_0)


def _draw_crossing(rng):
    """Points on both sides of the threshold, at uneven steps."""
    n = 12
    theta, t_0 = float(rng.uniform(5, 25)), rng.uniform(0, 500, n)
    return {"t_0": t_0, "u_0": theta - rng.uniform(0.05, 4, n), "t_1": t_0 + rng.uniform(0.01, 1, n),
            "u_1": theta + rng.uniform(0.05, 4, n), "theta": theta}  # fmt: skip


def _by_halving(t_0, u_0, t_1, u_1, theta):
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if u_0 + middle * (u_1 - u_0) < theta else (low, middle)
    return t_0 + low * (t_1 - t_0)


def _share(t_0, u_0, t_1, u_1, theta):
    part = (u_1 - theta) / (u_1 - u_0)
    return part * t_0 + (1 - part) * t_1


INTERPOLATION = Exercise(
    id="03.4",
    title="Entre deux points",
    reference=instant_interpole,
    samples=_draw_crossing,
    invariants=[
        value("t_0", at={"theta": "u_0"}),
        value("t_1", at={"theta": "u_1"}),
        between("t_0", "t_1"),
    ],
    misconceptions=[
        Misconception(
            lambda t_0, u_0, t_1, u_1, theta: t_1 + 0 * u_0,
            "C'est l'instant du point d'après : le seuil a été franchi avant lui.",
        ),
        Misconception(
            lambda t_0, u_0, t_1, u_1, theta: (t_0 + t_1) / 2,
            "Vous prenez toujours le milieu. Si u_0 touche presque le seuil, le passage est tout près de t_0.",
        ),
        Misconception(
            lambda t_0, u_0, t_1, u_1, theta: t_0 + (t_1 - t_0) * (u_1 - theta) / (u_1 - u_0),
            "La fraction est à l'envers : plus u_0 est loin du seuil, plus le passage vient tard.",
        ),
        Misconception(
            lambda t_0, u_0, t_1, u_1, theta: (t_1 - t_0) * (theta - u_0) / (u_1 - u_0),
            "Vous rendez une durée depuis t_0. Il reste à partir de t_0.",
        ),
        Misconception(
            lambda t_0, u_0, t_1, u_1, theta: t_0 + (theta - u_0) / (u_1 - u_0),
            "Vous ajoutez une fraction de pas, sans unité, à un instant : multipliez-la par la durée du pas.",
        ),
        Misconception(
            lambda t_0, u_0, t_1, u_1, theta: t_0 + (t_1 - t_0) * theta / (u_1 - u_0),
            "Vous mesurez le seuil depuis zéro. La droite part de u_0 : il lui reste θ − u_0 à monter.",
        ),
    ],
    hints=[
        "Quelle fraction du chemin de u_0 à u_1 faut-il faire pour arriver à θ ?",
        "(θ − u_0)/(u_1 − u_0) est cette fraction : 0 au départ, 1 à l'arrivée.",
        "La même fraction du temps : t_0 + fraction × (t_1 − t_0).",
    ],
    alternatives=[
        _by_halving,
        _share,
        lambda t_0, u_0, t_1, u_1, theta: t_1 - (u_1 - theta) / ((u_1 - u_0) / (t_1 - t_0)),
        lambda t_0, u_0, t_1, u_1, theta: float(np.interp(theta, [u_0, u_1], [t_0, t_1])),
        lambda t_0, u_0, t_1, u_1, theta: [
            a + (b - a) / (v - u) * (c - u) for a, b, u, v, c in np.broadcast(t_0, t_1, u_0, u_1, theta)],
    ],
    mutants=[
        lambda t_0, u_0, t_1, u_1, theta: t_0 + (t_1 - t_0) * ((theta - u_0) / (u_1 - u_0)) ** 2,
        lambda t_0, u_0, t_1, u_1, theta: np.where(theta - u_0 < u_1 - theta, t_0, t_1),
        lambda t_0, u_0, t_1, u_1, theta: t_0 - (t_1 - t_0) * (theta - u_0) / (u_1 - u_0),
    ],
    tolerance=1e-9,
    unit="ms",
    units={"t_0": "ms", "t_1": "ms", "u_0": "mV", "u_1": "mV", "theta": "mV"},
    solution="""def instant_interpole(t_0, u_0, t_1, u_1, theta):
    fraction = (theta - u_0) / (u_1 - u_0)
    return t_0 + fraction * (t_1 - t_0)
""",
)  # fmt: skip


def proba_de_passage(u_0, u_1, theta, s):
    """Probability that a Brownian path from u_0 to u_1 goes through theta between, s the deviation of the step."""
    under = (theta - u_0) * (theta - u_1)
    return np.where((u_0 < theta) & (u_1 < theta), np.exp(-2 * under / s**2), 1.0)


def _draw_ends(rng):
    """Ends under the threshold, near it; a third of the arrivals above."""
    s, theta = float(rng.uniform(0.01, 0.3)), float(rng.uniform(0.5, 20))
    near = np.abs(rng.normal(0, s, (2, 24)))
    return {"u_0": theta - near[0], "u_1": np.where(rng.random(24) < 1 / 3, theta + near[1], theta - near[1]),
            "theta": theta, "s": s}  # fmt: skip


def _passage_in_loop(u_0, u_1, theta, s):
    def one(a, b):
        return 1.0 if max(a, b) >= theta else math.exp(-2 * (theta - a) * (theta - b) / s**2)

    u_0, u_1 = np.broadcast_arrays(u_0, u_1)
    return np.reshape([one(a, b) for a, b in zip(u_0.flat, u_1.flat, strict=True)], u_0.shape)


def _by_reflection(u_0, u_1, theta, s):
    """The density of the mirrored path over that of the path."""
    ratio = np.exp(((u_1 - u_0) ** 2 - (2 * theta - u_1 - u_0) ** 2) / (2 * s**2))
    return np.minimum(ratio, 1) if np.all(u_0 <= theta) else _passage_in_loop(u_0, u_1, theta, s)


def _formula(u_0, u_1, theta, s, factor=2.0, power=2):
    under = np.exp(-factor * (theta - u_0) * (theta - u_1) / s**power)
    return np.where(u_1 < theta, under, 1.0)


BRIDGE = Exercise(
    id="03.11",
    title="Un passage que personne n'a vu",
    reference=proba_de_passage,
    samples=_draw_ends,
    invariants=[
        between(0, 1),
        value(1, at={"u_1": "theta"}),
        holds(
            lambda f, out, u_0, u_1, theta, s: np.allclose(
                f(u_0=u_0 + 5, u_1=u_1 + 5, theta=theta + 5), out, rtol=1e-4),
            "ne dépend que des distances au seuil",
            "Si tout est décalé de 5, le seuil compris, votre probabilité change.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda u_0, u_1, theta, s: np.exp(-2 * (theta - u_0) * (theta - u_1) / s**2),
            "Quand l'arrivée est au-dessus du seuil, votre « probabilité » dépasse 1 : le passage est alors certain.",
        ),
        Misconception(
            lambda u_0, u_1, theta, s: np.where(u_1 >= theta, 1.0, 0.0),
            "C'est le programme du musée : il ne voit que les arrivées au-dessus du seuil.",
        ),
        Misconception(
            lambda u_0, u_1, theta, s: _formula(u_0, u_1, theta, s, factor=1),
            "Il manque un facteur 2 dans l'exposant : développez (2θ − u₁ − u₀)² − (u₁ − u₀)².",
        ),
        Misconception(
            lambda u_0, u_1, theta, s: _formula(u_0, u_1, theta, s, power=1),
            "L'exposant doit être sans unité : deux distances en haut, donc s² en bas.",
        ),
        Misconception(
            lambda u_0, u_1, theta, s: 1 - _formula(u_0, u_1, theta, s),
            "Vous rendez la probabilité de ne pas passer : un chemin qui frôle le seuil devrait presque sûrement le "
            "franchir.",
        ),
        Misconception(
            lambda u_0, u_1, theta, s: _formula(u_0, u_1, theta, s, factor=-2).clip(0, 1),
            "Un signe : loin du seuil, la probabilité doit tendre vers zéro.",
        ),
    ],
    hints=[
        "Deux cas : si l'un des deux bouts est au seuil ou au-dessus, le passage est certain.",
        "Sinon, c'est le rapport de deux gaussiennes, de même écart type s : l'une arrive en 2θ − u₁, l'autre en u₁.",
        "exp(−2 (θ − u₀)(θ − u₁)/s²), et `np.where` pour l'autre cas.",
    ],
    alternatives=[
        _passage_in_loop,
        _by_reflection,
        lambda u_0, u_1, theta, s: np.exp(-2 * np.maximum(theta - u_0, 0) * np.maximum(theta - u_1, 0) / s**2),
        lambda u_0, u_1, theta, s: np.float32(proba_de_passage(u_0, u_1, theta, s)),
        lambda u_0, u_1, theta, s: 1.0 if u_1 >= theta or u_0 >= theta else math.exp(
            -2 * (theta - u_0) / s * (theta - u_1) / s),
    ],
    mutants=[
        lambda u_0, u_1, theta, s: np.where(u_1 < theta, np.exp(-2 * ((theta - u_1) / s) ** 2), 1.0),
        lambda u_0, u_1, theta, s: np.where(u_1 < theta, np.exp(-2 * np.abs(theta - u_0) / s), 1.0),
        lambda u_0, u_1, theta, s: np.where(u_1 < theta, 0.5, 1.0),
    ],
    tolerance=1e-5,
    solution="""def proba_de_passage(u_0, u_1, theta, s):
    dessous = (theta - u_0) * (theta - u_1)
    return np.where((u_0 < theta) & (u_1 < theta), np.exp(-2 * dessous / s**2), 1.0)
""",
)  # fmt: skip
