"""Exercise 06.9: where van Rossum's rule rests under unrelated trains, and how fast it gets there."""

import numpy as np
from scipy.integrate import trapezoid

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def repos(f_avant, f_apres, c_p, tau_p, c_d, tau_d):
    """dw/dt = r₁ r₂ (c_p τ_p - c_d τ_d w): its rest [pS] and its time [s]; rates in Hz, τ in ms."""
    return c_p * tau_p / (c_d * tau_d), 1000 / (f_avant * f_apres * c_d * tau_d)


def _draw(rng):
    return {
        "f_avant": float(rng.uniform(5, 20)), "f_apres": float(rng.uniform(25, 60)), "c_p": float(rng.uniform(3, 9)),
        "tau_p": float(rng.uniform(10, 18)), "c_d": float(rng.uniform(0.002, 0.005)),
        "tau_d": float(rng.uniform(22, 40)),
    }  # fmt: skip


def _slope(w, f_avant, f_apres, c_p, tau_p, c_d, tau_d):
    """The mean drift [pS/s]: pairs of each kind, each with its mean effect."""
    return f_avant * f_apres / 1000 * (c_p * tau_p - c_d * w * tau_d)


def _secant(**given):
    """The rest and the time from two points of the line."""
    at_0, at_1000 = _slope(0.0, **given), _slope(1000.0, **given)
    rate = (at_0 - at_1000) / 1000
    return at_0 / rate, 1 / rate


def _seconds(f_avant, f_apres, c_p, tau_p, c_d, tau_d):
    gain, loss = f_apres * f_avant * c_p * tau_p / 1000, f_apres * f_avant * c_d * tau_d / 1000
    return [gain / loss, 1 / loss]


def _windows(f_avant, f_apres, c_p, tau_p, c_d, tau_d):
    """The areas of the window, summed."""
    s = np.linspace(0, 40, 400_001)
    area = trapezoid(np.exp(-s), s)
    return c_p * area * tau_p / (c_d * area * tau_d), 1e3 / (c_d * area * tau_d * f_avant * f_apres)


def _walked(**given):
    """Halving: where the drift changes sign; then the time of its slope."""
    low, high = 0.0, 1e6
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if _slope(middle, **given) > 0 else (low, middle)
    return low, low / _slope(0.0, **given)


MEAN = Exercise(
    id="06.9",
    title="Où se tient le poids moyen",
    reference=repos,
    samples=_draw,
    outputs=("poids", "duree"),
    invariants=[
        holds(
            lambda f, out, f_avant, f_apres, c_p, tau_p, c_d, tau_d: np.isclose(
                f(f_avant=2 * f_avant)[0], out[0], rtol=1e-4),
            "garde le même repos à toutes les fréquences",
            "Deux fois plus d'impulsions, c'est deux fois plus de paires de chaque sorte : l'équilibre ne bouge pas.",
        ),
        holds(
            lambda f, out, f_avant, f_apres, c_p, tau_p, c_d, tau_d: np.isclose(
                f(f_avant=2 * f_avant)[1], out[1] / 2, rtol=1e-4),
            "y va deux fois plus vite quand une fréquence double",
            "Quand une fréquence double, les paires sont deux fois plus nombreuses : que devient la durée ?",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda f_avant, f_apres, c_p, tau_p, c_d, tau_d: (
                c_p / c_d, repos(f_avant, f_apres, c_p, tau_p, c_d, tau_d)[1]),
            "c_p/c_d suppose τ_p = τ_d : une fenêtre plus large compte plus de paires",
        ),
        Misconception(
            lambda f_avant, f_apres, c_p, tau_p, c_d, tau_d: (
                c_p * tau_p / (c_d * tau_d), 1 / (f_avant * f_apres * c_d * tau_d)),
            "le repos est juste ; la durée mêle les ms et les s : des Hz sont des 1/s",
        ),
        Misconception(
            lambda f_avant, f_apres, c_p, tau_p, c_d, tau_d: (
                c_p * tau_p / (c_d * tau_d), 1 / (f_avant * c_d)),
            "le repos est juste ; la durée compte une paire par impulsion d'avant, alors que le nombre de paires "
            "suit le produit des deux fréquences",
        ),
        Misconception(
            lambda f_avant, f_apres, c_p, tau_p, c_d, tau_d: (
                c_d * tau_d / (c_p * tau_p), repos(f_avant, f_apres, c_p, tau_p, c_d, tau_d)[1]),
            "le rapport est à l'envers : une potentialisation plus forte doit élever le repos",
        ),
        Misconception(
            lambda f_avant, f_apres, c_p, tau_p, c_d, tau_d: repos(f_avant, f_apres, c_p, tau_p, c_d, tau_d)[::-1],
            "les deux valeurs sont justes, dans l'ordre inverse : le poids d'abord",
        ),
        Misconception(
            lambda f_avant, f_apres, c_p, tau_p, c_d, tau_d: (
                c_p * tau_p / (c_d * tau_d), 1000 / (f_avant * f_apres * c_p * tau_p)),
            "le repos est juste ; la durée vient du seul terme qui dépend de w",
        ),
    ],
    hints=[
        "À un instant quelconque, quelle est la valeur moyenne d'une trace qui reçoit r impulsions par seconde ?",
        "Écrivez d⟨w⟩/dt = A − B ⟨w⟩ : le repos et la durée se lisent dans A et B.",
        "Les impulsions d'après lisent la trace d'avant, de moyenne r₁ τ_p ; avec des Hz et des ms, pensez au 1000.",
    ],
    alternatives=[_secant, _seconds, _windows, _walked, lambda **given: np.array(repos(**given))],
    mutants=[
        lambda **given: (_seconds(**given)[0] * given["f_avant"] / given["f_apres"], _seconds(**given)[1]),
        lambda **given: (_seconds(**given)[0], np.log(2) * _seconds(**given)[1]),
        lambda **given: (-_seconds(**given)[0], _seconds(**given)[1]),
    ],
    units={"f_avant": "Hz", "f_apres": "Hz", "c_p": "pS", "tau_p": "ms", "tau_d": "ms"},
    solution="""def repos(f_avant, f_apres, c_p, tau_p, c_d, tau_d):
    paires = f_avant * f_apres / 1000
    A, B = paires * c_p * tau_p, paires * c_d * tau_d
    return A / B, 1 / B
""",
)  # fmt: skip
