"""Exercise 07.2: one step of Program 15, all neurons at once."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def un_pas(v, u, decharge, I, a, b, c, d, dt):
    """Reset of those who fired, u, then v with the new u, then who fires; v is brought back to 30 there."""
    v, u = np.where(decharge, c, v), np.where(decharge, u + d, u)
    u = u + dt * a * (b * v - u)
    v = v + dt * (0.04 * v**2 + 5 * v + 140 - u + I)
    fired = v >= 30
    return np.where(fired, 30.0, v), u, fired


def _draw(rng):
    """Some have just fired, some are about to, most are at rest."""
    n = 30
    v = rng.uniform(-80, -45, n)
    v[:8], v[8:14] = 30.0, rng.uniform(10, 28, 6)
    b = rng.uniform(0.2, 0.25, n)
    order = rng.permutation(n)
    return {
        "v": v[order], "u": (b * -65 + rng.uniform(-3, 6, n))[order], "decharge": (v == 30)[order],
        "I": rng.uniform(-5, 15, n), "a": rng.uniform(0.02, 0.1, n), "b": b[order],
        "c": rng.uniform(-65, -50, n), "d": rng.uniform(2, 8, n), "dt": float(rng.uniform(0.1, 0.3)),
    }  # fmt: skip


def _way(first="u", reset=True, jump=True, clamp=True, late=False, old=False, plus=False):
    """The step with one idea changed."""

    def way(v, u, decharge, I, a, b, c, d, dt):
        if reset:
            v = np.where(decharge, c, v)
        if jump:
            u = np.where(decharge, u + d, d if plus else u) if not plus else np.where(decharge, d, u)
        du = dt * a * (b * v - u)
        dv = dt * (0.04 * v**2 + 5 * v + 140 - (u if old or first == "v" else u + du) + I)
        if first == "v":
            du = dt * a * (b * (v + dv) - u)
        v, u = v + dv, u + du
        fired = v >= 30
        if late:
            return np.where(fired, c, v), np.where(fired, u + d, u), fired
        return np.where(fired, 30.0, v) if clamp else v, u, fired

    return way


def _in_place(v, u, decharge, I, a, b, c, d, dt):
    v[decharge] = c[decharge]
    u[decharge] += d[decharge]
    u += dt * (a * (b * v - u))
    v += dt * (((0.04 * v) + 5) * v + 140 - u + I)
    fired = np.zeros(len(v), bool)
    fired[np.where(v >= 30)[0]] = True
    v[fired] = 30
    return v, u, fired


def _one_by_one(v, u, decharge, I, a, b, c, d, dt):
    out = [], [], []
    for k in range(len(v)):
        x, y = (c[k], u[k] + d[k]) if decharge[k] else (v[k], u[k])
        y = y + dt * a[k] * (b[k] * x - y)
        x = x + dt * (0.04 * x * x + 5 * x + 140 - y + I[k])
        for part, value in zip(out, (min(x, 30.0), y, x >= 30), strict=True):
            part.append(value)
    return tuple(np.array(part) for part in out)


def _minimum(v, u, decharge, I, a, b, c, d, dt):
    m = decharge.astype(float)
    v, u = v + m * (c - v), u + m * d
    u = (1 - dt * a) * u + dt * a * b * v
    v = v + dt * (np.polyval([0.04, 5, 140], v) - u + I)
    return np.minimum(v, 30), u, v >= 30


STEP = Exercise(
    id="07.2",
    title="Un pas, tous les neurones à la fois",
    reference=un_pas,
    samples=_draw,
    invariants=[
        holds(
            lambda f, out, v, u, decharge, I, a, b, c, d, dt: np.array_equal(
                np.asarray(out[2], bool), np.asarray(out[0]) >= 30),
            "signale exactement ceux qui sont à 30 mV",
            "`decharge` devrait signaler ceux dont le v final vaut 30 mV, et eux seuls.",
        ),
    ],
    misconceptions=[
        Misconception(
            _way(first="v"),
            "Vous avancez v d'abord. Ici, c'est u, et v voit déjà le nouveau u : les deux ordres ne donnent pas les "
            "mêmes impulsions.",
        ),
        Misconception(
            _way(old=True),
            "Votre v voit l'ancien u. Dans ce programme, u est déjà mis à jour quand v avance.",
        ),
        Misconception(
            _way(clamp=False),
            "Il reste à ramener à 30 mV ceux qui dépassent : sinon, leur v s'envole.",
        ),
        Misconception(
            _way(jump=False),
            "Ceux qui ont déchargé repartent de c, mais leur u n'a pas sauté de d : ils ne se fatiguent jamais.",
        ),
        Misconception(
            _way(plus=True),
            "u saute de d : il garde sa valeur et y ajoute d. Vous le remplacez.",
        ),
        Misconception(
            _way(reset=False),
            "Ceux qui ont déchargé ne repartent pas de c : ils restent à 30 mV.",
        ),
        Misconception(
            _way(late=True),
            "Vous remettez à zéro à la fin du pas. Ici, l'impulsion reste à 30 mV jusqu'au début du pas suivant.",
        ),
        Misconception(
            _way(reset=False, jump=False),
            "Il manque la remise à zéro, au début du pas : v = c et u + d pour ceux qui ont déchargé.",
        ),
    ],
    hints=[
        "`np.where(decharge, c, v)` prend c là où le neurone a déchargé, v ailleurs.",
        "Dans l'ordre : remise à zéro, u, v, seuil. Chaque ligne se sert de ce que la précédente a changé.",
        "Notez `decharge = v >= 30` avant de ramener v : `np.where(decharge, 30, v)`.",
    ],
    alternatives=[
        _in_place,
        _one_by_one,
        _minimum,
        lambda **x: tuple(np.asarray(p) if p.dtype == bool else np.float32(p) for p in un_pas(**x)),
        lambda v, u, decharge, I, a, b, c, d, dt: list(un_pas(v, u, decharge, I, a, b, c, d, dt)),
    ],
    mutants=[
        lambda v, u, decharge, I, a, b, c, d, dt: un_pas(v, u, decharge, I, a, b, c, d, 2 * dt),
        lambda v, u, decharge, I, a, b, c, d, dt: un_pas(v, u, decharge, -I, a, b, c, d, dt),
        lambda v, u, decharge, I, a, b, c, d, dt: un_pas(v, u, ~decharge, I, a, b, c, d, dt),
    ],
    outputs=("v", "u", "decharge"),
    units={"v": "mV", "dt": "ms"},
    solution="""def un_pas(v, u, decharge, I, a, b, c, d, dt):
    v = np.where(decharge, c, v)
    u = np.where(decharge, u + d, u)
    u = u + dt * (a * (b * v - u))
    v = v + dt * (0.04 * v**2 + 5 * v + 140 - u + I)
    decharge = v >= 30
    return np.where(decharge, 30, v), u, decharge
""",
)
