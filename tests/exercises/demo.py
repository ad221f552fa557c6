"""Exercises declared for the engine's own tests: a curve, a solver that takes a function, a measured value."""

import math

import numpy as np

from course.exercises import (
    Exercise,
    Interval,
    Misconception,
    between,
    holds,
    increasing,
    order,
    value,
)


def transfer(I, r_max, kappa, I_half):
    """Firing rate [Hz] of a population for a current I."""
    return r_max / 2 * (1 + np.tanh(kappa * (I - I_half)))


def loop(I, r_max, kappa, I_half):
    return [r_max / 2 * (1 + math.tanh(kappa * (x - I_half))) for x in I]


def one_number(I, r_max, kappa, I_half):
    y = kappa * (I - I_half)
    return r_max - r_max / (1 + math.exp(2 * y)) if y < 0 else r_max / (1 + math.exp(-2 * y))


def other_names(current, maximum, slope, half):
    return maximum / (1 + np.exp(-2 * slope * (current - half)))


def where(I, r_max, kappa, I_half):
    y = np.exp(-2 * kappa * np.abs(I - I_half))
    return np.where(I_half < I, r_max / (1 + y), r_max * y / (1 + y))


def single_precision(I, r_max, kappa, I_half):
    return transfer(np.float32(I), np.float32(r_max), np.float32(kappa), np.float32(I_half))


TRANSFER = Exercise(
    id="99.1",
    title="La fonction de transfert",
    reference=transfer,
    samples=lambda rng: {
        "I": rng.uniform(-40, 60, 200), "r_max": rng.uniform(50, 600),
        "kappa": rng.uniform(0.05, 0.5), "I_half": rng.uniform(-5, 25),
    },
    invariants=[increasing("I"), between(0, "r_max"), value("r_max / 2", at="I_half")],
    misconceptions=[
        Misconception(lambda I, r_max, kappa, I_half: r_max * (1 + np.tanh(kappa * (I - I_half))),
                      "le facteur ½ manque : la courbe monte jusqu'au double de r_max"),
        Misconception(lambda I, r_max, kappa, I_half: r_max / 2 * (1 + np.tanh(kappa * I - I_half)),
                      "κ multiplie tout l'écart I − I½, et pas seulement I"),
    ],
    hints=["Que vaut tanh(0) ?", "Écrivez d'abord y = κ (I − I½)."],
    alternatives=[loop, one_number, other_names, where, single_precision],
    mutants=[
        lambda I, r_max, kappa, I_half: r_max / 2 * np.tanh(kappa * (I - I_half)),
        lambda I, r_max, kappa, I_half: r_max / (1 + np.exp(-kappa * (I - I_half))),
        lambda I, r_max, kappa, I_half: r_max / 2 * (1 + np.tanh(kappa * (I + I_half))),
    ],
    unit="Hz",
    units={"I": "µA/cm²", "I_half": "µA/cm²"},
)


def euler(f, x0, T, dt):
    """Solve dx/dt = f(x, t) from x0; times and states, both of length round(T/dt) + 1."""
    t = np.arange(round(T / dt) + 1) * dt
    x = np.empty(len(t))
    x[0] = x0
    for k in range(len(t) - 1):
        x[k + 1] = x[k] + dt * f(x[k], t[k])
    return t, x


def euler_with_lists(f, x0, T, dt):
    t, x = [0.0], [x0]
    for k in range(round(T / dt)):
        x.append(x[-1] + dt * f(x[-1], t[-1]))
        t.append((k + 1) * dt)
    return t, x


def euler_while(f, x0, T, dt):
    points, k = [(0.0, x0)], 0
    while k < round(T / dt):
        t, x = points[-1]
        k += 1
        points.append((k * dt, x + f(x, t) * dt))
    return np.array(points).T


def euler_cumulated(g, start, duration, step):
    t = np.linspace(0, round(duration / step) * step, round(duration / step) + 1)
    slopes = []
    for s in t[:-1]:
        slopes.append(g(start + step * sum(slopes), s))
    return [t, start + step * np.concatenate([[0], np.cumsum(slopes)])]


def euler_recursive(f, x0, T, dt):
    def states(k):
        if k == 0:
            return [x0]
        before = states(k - 1)
        return [*before, before[-1] + dt * f(before[-1], (k - 1) * dt)]
    n = round(T / dt)
    return tuple(np.array(x) for x in ([k * dt for k in range(n + 1)], states(n)))


def euler_single(f, x0, T, dt):
    t, x = euler(f, x0, T, dt)
    return t.astype(np.float32), x.astype(np.float32)


def drawn_field(rng):
    a, w = rng.uniform(0.2, 1), rng.uniform(1, 3)
    return lambda x, t: -a * x + np.sin(w * t)


EULER = Exercise(
    id="99.2",
    title="La méthode d'Euler",
    reference=euler,
    samples=lambda rng: {"f": drawn_field(rng), "x0": rng.uniform(-2, 2),
                         "T": rng.uniform(2, 6), "dt": rng.uniform(0.02, 0.1)},
    invariants=[order(1, at={"dt": 1 / 64, "T": 1.0}),
                holds(lambda call, out, x0, **_: out[1][0] == np.asarray(out[1]).dtype.type(x0),
                      "part de `x0`", "Votre solution ne part pas de `x0`.")],
    misconceptions=[
        Misconception(lambda f, x0, T, dt: tuple(x[1:] for x in euler(f, x0, T, dt)),
                      "l'état initial fait partie de la solution : il manque le temps 0"),
    ],
    alternatives=[euler_with_lists, euler_while, euler_cumulated, euler_recursive, euler_single],
    mutants=[
        lambda f, x0, T, dt: (euler(f, x0, T, dt)[0], euler(lambda x, t: f(x, 0), x0, T, dt)[1]),
        lambda f, x0, T, dt: euler(f, x0, T / 2, dt),
        lambda f, x0, T, dt: (euler(f, x0, T, dt)[0], x0 + dt * np.arange(round(T / dt) + 1)),
    ],
    hints=["Avancez d'un pas à la fois."],
    outputs=("t", "x"),
)

RHEOBASE = Exercise(
    id="99.3",
    title="La rhéobase",
    reference=lambda: Interval(6.2, 6.4),
    misconceptions=[Misconception(lambda: Interval(2.2, 2.4), "une seule impulsion n'est pas un train")],
    hints=["Procédez par dichotomie."],
    alternatives=[lambda: 6.25, lambda: np.float32(6.3), lambda: 6.4, lambda: np.array([6.2]), lambda: [6.3]],
    mutants=[lambda: 0, lambda: 7.5, lambda: -6.3],
    unit="µA/cm²",
)

REVERSALS = Exercise(
    id="99.4",
    title="Les potentiels de Nernst",
    reference=lambda: {"E_Na": 50.0, "E_K": -77.0, "type": "foyer stable"},
    absolute=0.5,
    misconceptions=[Misconception(lambda: {"E_Na": -77.0, "E_K": 50.0, "type": "foyer stable"},
                                  "sodium et potassium sont échangés")],
    hints=["Qui est plus concentré dehors ?"],
    alternatives=[
        lambda: {"E_Na": 50, "E_K": -77, "type": "Foyer  stable"},
        lambda: {"E_K": np.float32(-77.2), "E_Na": 50.3, "type": "foyer stable"},
        lambda: {"E_Na": np.array(50), "E_K": -76.9, "type": "FOYER STABLE"},
        lambda: {"E_Na": [50.0], "E_K": -77, "type": "foyer stable", "en plus": None},
        lambda: {"E_Na": 49.6, "E_K": -77.4, "type": " foyer stable "},
    ],
    mutants=[
        lambda: {"E_Na": 50, "E_K": 77, "type": "foyer stable"},
        lambda: {"E_Na": 50, "E_K": -77, "type": "nœud stable"},
        lambda: {"E_Na": 50, "type": "foyer stable"},
    ],
    unit="mV",
)

EXERCISES = [TRANSFER, EULER, RHEOBASE, REVERSALS]
