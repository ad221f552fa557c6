"""Exercise 00.8: the instant when a solution of scipy's `solve_ivp` reaches a threshold."""

import numpy as np
from scipy.integrate import solve_ivp

from course.exercises.declare import Exercise, Misconception

FINE = {"rtol": 1e-8, "atol": 1e-8}


def instant_du_seuil(f, y_0, seuil, T):
    """First time before T when y of dy/dt = f(t, y) rises to the threshold; NaN when it never does."""
    times = _events(f, y_0, seuil, T)
    return times[0] if len(times) else np.nan


def _events(f, y_0, seuil, T, direction=1, terminal=True, precision=FINE):
    def reached(t, y):
        return y[0] - seuil

    reached.direction, reached.terminal = direction, terminal
    return solve_ivp(f, (0, T), [y_0], events=reached, **precision).t_events[0]


def _draw_swing(rng):
    """A wave whose rise to the threshold comes after a fall through it, or never; T sometimes too short."""
    w, size, middle = rng.uniform(0.2, 0.6), rng.uniform(5, 15), rng.uniform(-70, -50)
    k = rng.integers(4)
    seuil = middle + size * (2 if k == 0 else rng.uniform(-0.6, 0.6))
    period = 2 * np.pi / w
    return {
        "f": lambda t, y: -w * size * np.sin(w * t) + 0.0 * np.asarray(y),
        "y_0": float(middle + size),
        "seuil": float(seuil),
        "T": float(period * (0.4 if k == 1 else rng.uniform(2, 3))),
    }


def _draw(rng):
    """One relaxation in three: there the slope depends on y."""
    if rng.integers(3):
        return _draw_swing(rng)
    goal, tau = rng.uniform(-65, -50), rng.uniform(5, 30)
    return {
        "f": lambda t, y: (goal - np.asarray(y)) / tau,
        "y_0": float(goal - rng.uniform(10, 20)),
        "seuil": float(goal + rng.choice([-3, -1, 2])),
        "T": float(rng.uniform(1, 8) * tau),
    }


def _dense(f, y_0, seuil, T):
    from scipy.optimize import brentq

    solution = solve_ivp(f, (0, T), [y_0], rtol=1e-9, atol=1e-9, dense_output=True).sol
    t = np.linspace(0, T, 4001)
    y = solution(t)[0]
    k = np.flatnonzero((y[:-1] < seuil) & (y[1:] >= seuil))
    return (
        brentq(lambda s: solution(s)[0] - seuil, t[k[0]], t[k[0] + 1], xtol=1e-11)
        if len(k)
        else float("nan")
    )


def _by_hand(f, y_0, seuil, T):
    """Runge-Kutta with a short step, then a straight line between two points."""
    n = 6000
    dt, y = T / n, float(y_0)

    def slope(t, y):
        return float(np.ravel(f(t, np.array([y])))[0])

    for k in range(n):
        t = k * dt
        a = slope(t, y)
        b = slope(t + dt / 2, y + dt / 2 * a)
        c = slope(t + dt / 2, y + dt / 2 * b)
        new = y + dt / 6 * (a + 2 * b + 2 * c + slope(t + dt, y + dt * c))
        if y < seuil <= new:
            return t + dt * (seuil - y) / (new - y)
        y = new
    return np.nan


def _all_then_first(f, y_0, seuil, T):
    times = _events(f, y_0, seuil, T, terminal=False)
    return np.min(times) if times.size else np.nan


def _other_method(f, y_0, seuil, T):
    def below(t, y):
        return seuil - y[0]

    below.direction = -1
    solution = solve_ivp(
        f, [0, T], np.array([y_0]), method="DOP853", events=[below], rtol=1e-10, atol=1e-10
    )
    return float(solution.t_events[0][0]) if solution.t_events[0].size else float("nan")


EVENT = Exercise(
    id="00.8",
    title="L'instant du seuil",
    reference=instant_du_seuil,
    samples=_draw,
    draws=16,
    seed=8,
    misconceptions=[
        Misconception(
            lambda f, y_0, seuil, T: (list(_events(f, y_0, seuil, T, direction=0)) or [np.nan])[0],
            "Vous vous arrêtez aussi quand y descend au seuil : il manque `passe.direction = 1`.",
        ),
        Misconception(
            lambda f, y_0, seuil, T: (list(_events(f, y_0, seuil, T, direction=-1)) or [np.nan])[0],
            "Vous attendez que y descende au seuil : le signe de `direction`, ou de la différence, est à l'envers.",
        ),
        Misconception(
            lambda f, y_0, seuil, T: (list(_events(f, y_0, seuil, T)) or [T])[0],
            "Quand le seuil n'est pas atteint, vous rendez T, comme s'il l'avait été à la dernière seconde : rendez "
            "`np.nan`.",
        ),
        Misconception(
            lambda f, y_0, seuil, T: (list(_events(f, y_0, seuil, T)) or [0.0])[0],
            "Quand le seuil n'est pas atteint, vous rendez 0, qui est un instant comme un autre : rendez `np.nan`.",
        ),
        Misconception(
            lambda f, y_0, seuil, T: (list(_events(f, y_0, 0.0, T)) or [np.nan])[0],
            "Votre fonction s'annule quand y vaut 0, et non quand y vaut le seuil : il faut leur différence.",
        ),
        Misconception(
            lambda f, y_0, seuil, T: (list(_events(f, y_0, seuil, T, terminal=False)) or [np.nan])[-1],
            "Vous rendez le dernier passage. On demande le premier.",
        ),
        Misconception(
            lambda f, y_0, seuil, T: (list(_events(f, y_0, seuil, T, precision={})) or [np.nan])[0],
            "Avec la précision par défaut, un pas trop long peut sauter par-dessus le seuil, aller et retour. Demandez "
            "`rtol=1e-8, atol=1e-8`.",
        ),
    ],
    hints=[
        "Quelle différence s'annule quand y atteint le seuil ? N'oubliez pas que y est un tableau d'une case : `y[0]`.",
        "Deux attributs se posent après la fonction : `passe.direction = 1` et `passe.terminal = True`.",
        "`solution.t_events[0]` est un tableau. S'il est vide, rendez `np.nan`.",
    ],
    alternatives=[_dense, _by_hand, _all_then_first, _other_method,
                  lambda f, y_0, seuil, T: np.float32(instant_du_seuil(f, y_0, seuil, T))],
    mutants=[
        lambda f, y_0, seuil, T: instant_du_seuil(f, y_0, seuil, 2 * T),
        lambda f, y_0, seuil, T: np.round(instant_du_seuil(f, y_0, seuil, T), 1),
        lambda f, y_0, seuil, T: instant_du_seuil(f, y_0, seuil, T) - 0.01 * T,
    ],
    tolerance=1e-5,
    unit="ms",
    units={"y_0": "mV", "seuil": "mV", "T": "ms"},
    time_limit=15,
    solution="""def instant_du_seuil(f, y_0, seuil, T):
    def passe(t, y):
        return y[0] - seuil

    passe.direction, passe.terminal = 1, True
    solution = solve_ivp(f, (0, T), [y_0], events=passe, rtol=1e-8, atol=1e-8)
    instants = solution.t_events[0]
    return instants[0] if len(instants) else np.nan
""",
)  # fmt: skip
