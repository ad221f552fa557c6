"""Exercises 00.4 and 00.5: Euler's scheme, the order of an error."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def euler(f, y_0, dt, n):
    """The n + 1 values of Euler's scheme for dy/dt = f(t, y), the first included."""
    y = [y_0]
    for k in range(n):
        y.append(y[-1] + dt * f(k * dt, y[-1]))
    return np.array(y)


def slope(rng, size=None):
    """dy/dt = f(t, y), pushed by time; coupled and nonlinear."""
    b, w = rng.normal(size=size), rng.uniform(0.5, 2)
    A = rng.normal(size=(size, size)) if size else rng.normal()
    return lambda t, y: np.tanh(np.dot(A, y)) + b * np.cos(w * t) - 0.2 * np.asarray(y, float)


def _draw_run(rng):
    return {"f": slope(rng), "y_0": float(rng.normal()), "dt": float(rng.uniform(0.05, 0.4)),
            "n": int(rng.integers(3, 15))}  # fmt: skip


def _path(f, y_0, dt, n, step):
    y, t = np.empty(n + 1), 0.0
    y[0] = y_0
    for k in range(n):
        y[k + 1] = step(f, t, y[k], dt)
        t += dt
    return y


def _cumulated(f, y_0, dt, n):
    slopes = []
    for k in range(n):
        slopes.append(f(k * dt, y_0 + dt * sum(slopes)))
    return y_0 + dt * np.concatenate([[0.0], np.cumsum(slopes)])


def _recursive(f, y_0, dt, n):
    if n == 0:
        return [y_0]
    before = _recursive(f, y_0, dt, n - 1)
    return [*before, before[-1] + f((n - 1) * dt, before[-1]) * dt]


def _with_while(f, y_0, dt, n):
    y, t, out = y_0, 0.0, [y_0]
    while len(out) <= n:
        y, t = y + f(t, y) * dt, t + dt
        out.append(y)
    return out


EULER = Exercise(
    id="00.4",
    title="Le schéma d'Euler",
    reference=euler,
    samples=_draw_run,
    invariants=[
        holds(
            lambda call, out, f, y_0, dt, n: np.allclose(
                call(f=lambda t, y: 3.0), y_0 + 3.0 * dt * np.arange(n + 1)),
            "suit une droite quand la pente est constante",
            "Quand la pente est constante, votre solution devrait être une droite qui part de `y_0`.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda f, y_0, dt, n: _path(f, y_0, dt, n, lambda f, t, y, dt: y + f(t, y)),
            "Vous ajoutez une pente à une position : il manque la durée du pas.",
        ),
        Misconception(
            lambda f, y_0, dt, n: euler(f, y_0, dt, n)[1:],
            "Il manque la valeur de départ : n pas séparent n + 1 valeurs.",
        ),
        Misconception(
            lambda f, y_0, dt, n: euler(f, y_0, dt, n)[:-1],
            "Il manque la dernière valeur : n pas séparent n + 1 valeurs.",
        ),
        Misconception(
            lambda f, y_0, dt, n: euler(f, y_0, dt, n)[-1],
            "Vous ne rendez que l'arrivée. On demande tout le chemin, départ compris.",
        ),
        Misconception(
            lambda f, y_0, dt, n: _path(f, y_0, dt, n, lambda f, t, y, dt: y + dt * f(0.0, y)),
            "Votre horloge reste à zéro : la pente se prend à l'instant t, qui vaut k dt au pas k.",
        ),
        Misconception(
            lambda f, y_0, dt, n: y_0 + np.concatenate([[0.0], np.cumsum([dt * f(k * dt, y_0) for k in range(n)])]),
            "Toutes vos pentes sont prises à la valeur de départ. Chaque pas repart de la valeur que le précédent "
            "vient d'atteindre.",
        ),
        Misconception(
            lambda f, y_0, dt, n: _path(f, y_0, dt, n, lambda f, t, y, dt: y + dt * f(t + dt, y)),
            "Votre horloge a un pas d'avance : la pente se prend au début du pas, en t = k dt.",
        ),
        Misconception(
            lambda f, y_0, dt, n: _path(f, y_0, dt, n, lambda f, t, y, dt: y + dt * f(t / dt, y)),
            "Vous donnez à f le numéro du pas, k, et non l'instant, k dt.",
        ),
        Misconception(
            lambda f, y_0, dt, n: _path(f, y_0, dt, n, lambda f, t, y, dt: y + dt * f(y, t)),
            "Vous appelez `f(y, t)` : l'énoncé donne `f(t, y)`, l'instant d'abord.",
        ),
    ],
    hints=[
        "Commencez par la liste `[y_0]`, et allongez-la d'une valeur par tour de boucle.",
        "Au tour k, l'instant est k dt et la dernière valeur connue est y[-1].",
        "`y.append(y[-1] + dt * f(k * dt, y[-1]))`, puis `np.array(y)`.",
    ],
    alternatives=[
        lambda f, y_0, dt, n: _path(f, y_0, dt, n, lambda f, t, y, dt: y + dt * f(t, y)),
        _cumulated,
        _recursive,
        _with_while,
        lambda f, y_0, dt, n: np.float32(euler(f, y_0, dt, n)),
    ],
    mutants=[
        lambda f, y_0, dt, n: _path(f, y_0, dt, n, lambda f, t, y, dt: y - dt * f(t, y)),
        lambda f, y_0, dt, n: _path(f, y_0, dt, n, lambda f, t, y, dt: y + dt * f(t + dt / 2, y + dt / 2 * f(t, y))),
        lambda f, y_0, dt, n: np.round(euler(f, y_0, dt, n), 1),
    ],
    units={"dt": "ms"},
    solution="""def euler(f, y_0, dt, n):
    y = [y_0]
    for k in range(n):
        y.append(y[-1] + dt * f(k * dt, y[-1]))
    return np.array(y)
""",
)  # fmt: skip


def ordre(dt, erreur):
    """Exponent p of |error| = A dt^p, from arrays of steps and of errors."""
    return np.polyfit(np.log(dt), np.log(np.abs(erreur)), 1)[0]


def _draw_errors(rng):
    """A law of any order, from the largest step to the smallest; signs of their own, and a little dust."""
    dt = rng.uniform(0.1, 2) / np.cumprod(rng.uniform(1.5, 3, 6))
    erreur = 10 ** rng.uniform(-3, 2) * dt ** rng.uniform(0.4, 5) * np.exp(rng.normal(0, 0.05, 6))
    return {"dt": dt, "erreur": rng.choice([-1, 1]) * erreur}


def _by_covariance(dt, erreur):
    x, y = np.log(dt), np.log(np.abs(erreur))
    return np.sum((x - x.mean()) * (y - y.mean())) / np.sum((x - x.mean()) ** 2)


def _fit(x, y):
    return np.polyfit(x, y, 1)[0]


ORDER = Exercise(
    id="00.5",
    title="L'ordre d'un schéma",
    reference=ordre,
    samples=_draw_errors,
    invariants=[
        holds(
            lambda f, p, dt, erreur: np.isclose(f(erreur=-7 * erreur), p, rtol=1e-5),
            "ne dépend ni du signe des erreurs ni de leur unité",
            "Si toutes les erreurs sont multipliées par −7, l'ordre ne devrait pas changer.",
        ),
        holds(
            lambda f, p, dt, erreur: np.isclose(f(erreur=dt**3), 3, rtol=1e-5),
            "vaut 3 quand l'erreur est le cube du pas",
            "Avec des erreurs égales au cube du pas, on attend 3.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda dt, erreur: _fit(dt, np.abs(erreur)),
            "Vous ajustez une droite aux erreurs elles-mêmes : la puissance ne devient une pente qu'en logarithmes.",
        ),
        Misconception(
            lambda dt, erreur: _fit(dt, np.log(np.abs(erreur))),
            "Il manque le logarithme du pas : vous mesurez une exponentielle, et non une puissance.",
        ),
        Misconception(
            lambda dt, erreur: _fit(np.log(np.abs(erreur)), np.log(dt)),
            "Les deux axes sont échangés : c'est l'erreur qui dépend du pas. `np.polyfit` veut d'abord les abscisses.",
        ),
        Misconception(
            lambda dt, erreur: np.polyfit(np.log(dt), np.log(np.abs(erreur)), 1),
            "Vous rendez les deux coefficients de la droite. La pente est le premier.",
        ),
        Misconception(
            lambda dt, erreur: np.polyfit(np.log(dt), np.log(np.abs(erreur)), 1)[1],
            "Vous rendez l'ordonnée à l'origine, ln A. La pente est l'autre coefficient.",
        ),
        Misconception(
            lambda dt, erreur: -ordre(dt, erreur),
            "Votre ordre a le mauvais signe : quand le pas diminue, l'erreur diminue aussi.",
        ),
    ],
    hints=[
        "Une puissance devient une droite quand on prend les logarithmes des **deux** grandeurs.",
        "`np.log(np.abs(erreur))` en ordonnée, `np.log(dt)` en abscisse.",
        "`np.polyfit(x, y, 1)[0]` est la pente.",
    ],
    alternatives=[
        _by_covariance,
        lambda dt, erreur: np.polyfit(np.log10(dt), np.log10(abs(erreur)), 1)[0],
        lambda dt, erreur: float(np.polynomial.Polynomial.fit(np.log(dt), np.log(erreur**2) / 2, 1).convert().coef[1]),
        lambda dt, erreur: np.linalg.lstsq(
            np.column_stack([np.log(dt), np.ones(len(dt))]), np.log(np.abs(erreur)), rcond=None)[0][0],
        lambda dt, erreur: np.float32(np.cov(np.log2(dt), np.log2(np.abs(erreur)))[0, 1] / np.var(np.log2(dt), ddof=1)),
    ],
    mutants=[
        lambda dt, erreur: np.log2(np.abs(erreur[0] / erreur[1])),
        lambda dt, erreur: np.log(np.abs(erreur[0])) / np.log(dt[0]),
        lambda dt, erreur: np.round(ordre(dt, erreur)),
    ],
    tolerance=1e-5,
    units={"dt": "ms"},
    solution="""def ordre(dt, erreur):
    return np.polyfit(np.log(dt), np.log(np.abs(erreur)), 1)[0]
""",
)  # fmt: skip
