"""Exercises 00.6 and 00.7: a step of Runge and Kutta, a step of the implicit Euler scheme."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds, value
from course.exercises.td00.euler import slope


def pas_rk4(f, t, y, dt):
    """y at t + dt for dy/dt = f(t, y), by the classical Runge-Kutta scheme."""
    return y + dt * _mean_slope(f, t, y, dt)


def _mean_slope(f, t, y, dt, weights=(1, 2, 2, 1), half=0.5, clock=(0, 0.5, 0.5, 1)):
    k_1 = f(t + clock[0] * dt, y)
    k_2 = f(t + clock[1] * dt, y + half * dt * k_1)
    k_3 = f(t + clock[2] * dt, y + half * dt * k_2)
    k_4 = f(t + clock[3] * dt, y + dt * k_3)
    return np.tensordot(weights, np.array([k_1, k_2, k_3, k_4]), 1) / sum(weights)


def _by_tableau(f, t, y, dt):
    c, k = (0, 0.5, 0.5, 1), []
    for share in c:
        k.append(f(t + share * dt, y + share * dt * (k[-1] if k else 0 * np.asarray(y))))
    return np.average(k, axis=0, weights=[1, 2, 2, 1]) * dt + y


def _by_increments(f, t, y, dt):
    a = np.multiply(dt, f(t, y))
    b = np.multiply(dt, f(t + dt / 2, y + a / 2))
    c = np.multiply(dt, f(t + dt / 2, y + b / 2))
    return y + a / 6 + b / 3 + c / 3 + np.multiply(dt, f(t + dt, y + c)) / 6


def _by_library(f, t, y, dt):
    """scipy's own bookkeeping, with the classical coefficients."""
    slopes = np.array([f(t, y)])
    for share in (0.5, 0.5, 1.0):
        slopes = np.vstack([slopes, [f(t + share * dt, y + share * dt * slopes[-1])]])
    return y + np.array([1, 2, 2, 1]) / 6 * dt @ slopes


def _without_dt(f, t, y, dt):
    k_1 = f(t, y)
    k_2 = f(t + dt / 2, y + k_1 / 2)
    k_3 = f(t + dt / 2, y + k_2 / 2)
    return y + dt / 6 * (k_1 + 2 * k_2 + 2 * k_3 + f(t + dt, y + k_3))


def _going_on(f, t, y, dt):
    k_1 = f(t, y)
    trial = y + dt / 2 * k_1
    k_2 = f(t + dt / 2, trial)
    trial = trial + dt / 2 * k_2
    k_3 = f(t + dt / 2, trial)
    return y + dt / 6 * (k_1 + 2 * k_2 + 2 * k_3 + f(t + dt, trial + dt * k_3))


def _draw_step(rng):
    """One number, or several variables that move each other."""
    size = (2, 3, None, 4)[rng.integers(4)]
    y = rng.normal(size=size) if size else float(rng.normal())
    return {"f": slope(rng, size), "t": float(rng.uniform(0, 5)), "y": y,
            "dt": float(rng.uniform(0.1, 0.6))}  # fmt: skip


RUNGE_KUTTA = Exercise(
    id="00.6",
    title="Un pas de Runge et Kutta",
    reference=pas_rk4,
    samples=_draw_step,
    invariants=[
        holds(
            lambda call, out, f, t, y, dt: np.allclose(
                call(f=lambda t, y: 4 * t**3 + 0 * np.asarray(y)), y + (t + dt) ** 4 - t**4),
            "intègre exactement un polynôme de degré 3",
            "Quand la pente est 4t³, RK4 devrait tomber juste, comme la formule de Simpson.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda f, t, y, dt: y + dt * f(t, y),
            "C'est le pas d'Euler : une seule pente, celle du départ.",
        ),
        Misconception(
            lambda f, t, y, dt: y + dt * _mean_slope(f, t, y, dt, weights=(1, 1, 1, 1)),
            "Vos quatre pentes pèsent autant ; celles du milieu comptent double, et le total fait six.",
        ),
        Misconception(
            lambda f, t, y, dt: y + dt * _mean_slope(f, t, y, dt, half=1),
            "Vos essais du milieu avancent d'un pas entier : k₂ et k₃ se prennent à mi-chemin, à dt/2.",
        ),
        Misconception(
            lambda f, t, y, dt: y + dt * _mean_slope(f, t, y, dt, clock=(0, 0, 0, 0)),
            "Votre horloge ne bouge pas pendant le pas : k₂ et k₃ se prennent en t + dt/2, k₄ en t + dt.",
        ),
        Misconception(
            lambda f, t, y, dt: y + 6 * dt * _mean_slope(f, t, y, dt),
            "La somme des quatre pentes n'est pas divisée par 6 : une moyenne de pentes, et non leur somme.",
        ),
        Misconception(
            lambda f, t, y, dt: dt * _mean_slope(f, t, y, dt),
            "Vous rendez le chemin parcouru pendant le pas. On attend la nouvelle valeur.",
        ),
        Misconception(
            lambda f, t, y, dt: y + dt / 6 * (
                f(t, y) + 2 * f(t + dt / 2, y + dt / 2 * f(t, y)) + 2 * f(t + dt / 2, y + dt / 2 * f(t, y))
                + f(t + dt, y + dt * f(t + dt / 2, y + dt / 2 * f(t, y)))),
            "Vos deux pentes du milieu sont la même : k₃ part avec k₂, et non avec k₁.",
        ),
        Misconception(
            _without_dt,
            "Vos essais s'ajoutent à y sans avoir duré : une pente se multiplie par un temps, `y + dt / 2 * k_1`.",
        ),
        Misconception(
            _going_on,
            "Vos essais s'enchaînent, chacun parti de l'essai d'avant. Tous doivent repartir de y.",
        ),
    ],
    hints=[
        "Écrivez les quatre pentes l'une après l'autre, chacune à l'aide de la précédente.",
        "k₂ se prend en t + dt/2, à la valeur y + dt/2 × k₁ ; k₃, au même instant, avec k₂.",
        "`y + dt / 6 * (k_1 + 2 * k_2 + 2 * k_3 + k_4)`.",
    ],
    alternatives=[
        _by_tableau,
        _by_increments,
        _by_library,
        lambda f, t, y, dt: np.float32(pas_rk4(f, t, y, dt)),
        lambda f, t, y, dt: np.add(y, dt * _mean_slope(f, t, y, dt)).tolist(),
    ],
    mutants=[
        lambda f, t, y, dt: y + dt * f(t + dt / 2, y + dt / 2 * f(t, y)),
        lambda f, t, y, dt: y + dt * _mean_slope(f, t, y, dt, weights=(2, 1, 1, 2)),
        lambda f, t, y, dt: y + dt * _mean_slope(f, t, y, dt, clock=(0, 0.5, 1, 1)),
    ],
    units={"t": "ms", "dt": "ms"},
    solution="""def pas_rk4(f, t, y, dt):
    k_1 = f(t, y)
    k_2 = f(t + dt / 2, y + dt / 2 * k_1)
    k_3 = f(t + dt / 2, y + dt / 2 * k_2)
    k_4 = f(t + dt, y + dt * k_3)
    return y + dt / 6 * (k_1 + 2 * k_2 + 2 * k_3 + k_4)
""",
)  # fmt: skip


def pas_implicite(V, dt, V_inf, tau):
    """V (mV) one step dt (ms) later, with the slope of the arrival."""
    return (V + dt / tau * V_inf) / (1 + dt / tau)


def _by_iteration(V, dt, V_inf, tau):
    """The equation of the step, solved by halving the interval."""
    low, high = min(V, V_inf), max(V, V_inf)
    for _ in range(80):
        middle = (low + high) / 2
        if (middle - V - dt * (V_inf - middle) / tau) > 0:
            high = middle
        else:
            low = middle
    return middle


def _by_root(V, dt, V_inf, tau):
    from scipy.optimize import brentq

    return brentq(
        lambda x: x - V - dt * (V_inf - x) / tau, min(V, V_inf) - 1, max(V, V_inf) + 1, xtol=1e-12
    )


IMPLICIT = Exercise(
    id="00.7",
    title="Un pas d'Euler implicite",
    reference=pas_implicite,
    samples=lambda rng: {
        "V": float(rng.uniform(-80, -20)), "dt": float(np.exp(rng.uniform(-3, 4))),
        "V_inf": float(rng.uniform(-90, -40)), "tau": float(np.exp(rng.uniform(-2, 3))),
    },
    draws=12,
    invariants=[
        value("V", at={"dt": 0}),
        holds(
            lambda f, out, V, dt, V_inf, tau: np.isclose(f(dt=1e9 * tau), V_inf),
            "tend vers V∞ quand le pas est immense",
            "Quand le pas est immense, V devrait arriver à V∞, et s'y tenir.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda V, dt, V_inf, tau: V + dt * (V_inf - V) / tau,
            "C'est le pas d'Euler ordinaire : la pente y est prise au départ. Ici, l'inconnue est des deux côtés : "
            "isolez-la.",
        ),
        Misconception(
            lambda V, dt, V_inf, tau: V_inf + (V - V_inf) * np.exp(-dt / tau),
            "C'est la solution exacte. Elle est meilleure, mais ce n'est pas le schéma demandé : lui n'a pas besoin "
            "de connaître la solution.",
        ),
        Misconception(
            lambda V, dt, V_inf, tau: (V + dt / tau * V_inf) / (1 - dt / tau),
            "Un signe s'est perdu en isolant l'inconnue : V_{k+1} passe à gauche avec un plus.",
        ),
        Misconception(
            lambda V, dt, V_inf, tau: V + dt / tau * V_inf / (1 + dt / tau),
            "Tout se divise par 1 + dt/τ, l'ancien potentiel aussi : il manque des parenthèses.",
        ),
        Misconception(
            lambda V, dt, V_inf, tau: (V + dt / tau * V_inf) / (1 + dt),
            "Votre dénominateur ajoute 1 et des millisecondes : dt doit y être divisé par τ, lui aussi.",
        ),
        Misconception(
            lambda V, dt, V_inf, tau: V + dt * (V_inf - (V + dt * (V_inf - V) / tau)) / tau,
            "Vous devinez l'arrivée par un pas ordinaire, puis prenez sa pente. Avec un grand pas, cette arrivée est "
            "fausse : il faut résoudre l'équation.",
        ),
    ],
    hints=[
        "Rassemblez à gauche tout ce qui contient V_{k+1}.",
        "V_{k+1} (1 + dt/τ) = V_k + (dt/τ) V∞.",
        "Divisez par 1 + dt/τ.",
    ],
    alternatives=[
        lambda V, dt, V_inf, tau: (tau * V + dt * V_inf) / (tau + dt),
        lambda V, dt, V_inf, tau: V + dt * (V_inf - V) / (tau + dt),
        _by_iteration,
        _by_root,
        lambda V, dt, V_inf, tau: np.float32(np.average([V, V_inf], weights=[tau, dt])),
    ],
    mutants=[
        lambda V, dt, V_inf, tau: (V + dt / (2 * tau) * (2 * V_inf - V)) / (1 + dt / (2 * tau)),
        lambda V, dt, V_inf, tau: (V_inf + dt / tau * V) / (1 + dt / tau),
        lambda V, dt, V_inf, tau: V / (1 + dt / tau),
    ],
    unit="mV",
    units={"V": "mV", "dt": "ms", "V_inf": "mV", "tau": "ms"},
    solution="""def pas_implicite(V, dt, V_inf, tau):
    return (V + dt / tau * V_inf) / (1 + dt / tau)
""",
)  # fmt: skip
