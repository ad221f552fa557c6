"""Exercises 02.1 and 02.2: two curves where nothing moves one way, the point where nothing moves at all."""

import numpy as np
from scipy.optimize import brentq

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def nullclines(v, I, a, b):
    """w on the nullcline of v, then w on the nullcline of w."""
    return v - v**3 / 3 + I, (v + a) / b


def _one_at_a_time(v, I, a, b):
    cubic, line = [], []
    for x in v:
        cubic.append(x * (1 - x * x / 3) + I)
        line.append(x / b + a / b)
    return cubic, line


NULLCLINES = Exercise(
    id="02.1",
    title="Les deux nullclines",
    reference=nullclines,
    samples=lambda rng: {
        "v": rng.uniform(-2.5, 2.5, 15), "I": float(rng.uniform(-1, 1.5)),
        "a": float(rng.uniform(0.2, 1.2)), "b": float(rng.uniform(0.3, 1.6)),
    },
    outputs=("nullcline de v", "nullcline de w"),
    invariants=[
        holds(
            lambda f, out, **_: np.allclose(f(I=0.0, v=np.array([-1.0]))[0], -2 / 3, atol=1e-5),
            "a son genou gauche en v = −1, où w = −2/3 + I",
            "Le genou gauche de la cubique est en v = −1 ; sans courant, w y vaut −2/3.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda v, I, a, b: (-(v - v**3 / 3 + I), (v + a) / b),
            "La droite est juste. Votre cubique est retournée : dans dv/dt, w figure avec un signe moins.",
        ),
        Misconception(
            lambda v, I, a, b: (v - v**3 / 3 - I, (v + a) / b),
            "Quand I augmente, votre cubique descend. Le courant entre : il pousse v vers le haut, et w doit être plus "
            "grand pour le compenser.",
        ),
        Misconception(
            lambda v, I, a, b: (v - v**3 / 3, (v + a) / b),
            "Le courant a disparu de votre cubique : rien ne glisserait quand on le change.",
        ),
        Misconception(
            lambda v, I, a, b: (v - v**3 + I, (v + a) / b),
            "Vos genoux sont en v = ±0,58 : le cube n'est pas divisé par 3.",
        ),
        Misconception(
            lambda v, I, a, b: (v - v**3 / 3 + I, b * (v + a)),
            "La cubique est juste. Plus b est grand, plus votre droite est raide : dans dw/dt, c'est w que b "
            "multiplie, et non v.",
        ),
        Misconception(
            lambda v, I, a, b: (v - v**3 / 3 + I, (v - a) / b),
            "La cubique est juste. Votre droite coupe l'axe en v = a ; où v + a s'annule-t-il ?",
        ),
        Misconception(
            lambda v, I, a, b: (v - v**3 / 3 + I, v + a),
            "La cubique est juste. La droite ignore b : dw/dt = 0 donne b w = v + a.",
        ),
        Misconception(
            lambda v, I, a, b: ((v + a) / b, v - v**3 / 3 + I),
            "Les deux courbes sont justes, dans l'ordre inverse. La nullcline de v est celle où v ne bouge pas.",
        ),
    ],
    hints=[
        "Une nullcline se trouve en posant une dérivée égale à zéro, puis en isolant w.",
        "dv/dt = 0 donne w = v − v³/3 + I. Faites de même avec dw/dt ; τ n'y compte pas.",
        "Rendez les deux, séparées par une virgule : `return …, (v + a) / b`.",
    ],
    alternatives=[
        _one_at_a_time,
        lambda v, I, a, b: np.stack([np.polyval([-1 / 3, 0, 1, I], v), np.polyval([1 / b, a / b], v)]),
        lambda v, I, a, b: (v - v * v * v / 3 + I, (v + a) / b),
        lambda v, I, a, b: (np.float32(v - v**3 / 3 + I), np.float32((v + a) / b)),
        lambda v, I, a, b: [I - v * (v - 3**0.5) * (v + 3**0.5) / 3, np.divide(v + a, b)],
    ],
    mutants=[
        lambda v, I, a, b: (v - v**2 / 3 + I, (v + a) / b),
        lambda v, I, a, b: (v - v**3 / 3 + I, v + a / b),
        lambda v, I, a, b: (v - v**3 / 3 + I, np.zeros_like(v)),
    ],
)  # fmt: skip


def equilibre(I, a, b):
    """(v, w) where both derivatives vanish: b·(v - v³/3 + I) = v + a, when it happens once."""
    roots = np.roots([1 / 3, 0, 1 / b - 1, a / b - I])
    v = float(roots[np.abs(roots.imag).argmin()].real)
    return v, (v + a) / b


def _draw_once(rng):
    """A line that crosses the cubic once: the discriminant of v³ + p·v + q is clearly negative."""
    while True:
        I, a, b = rng.uniform(-1.5, 2), rng.uniform(-0.5, 1.2), rng.uniform(0.4, 2)
        p, q = 3 * (1 / b - 1), 3 * (a / b - I)
        if 4 * p**3 + 27 * q**2 > 1:
            return {"I": float(I), "a": float(a), "b": float(b)}


def _by_dichotomy(I, a, b):
    low, high = -10.0, 10.0
    while high - low > 1e-12:
        v = (low + high) / 2
        low, high = (v, high) if v - v**3 / 3 + I > (v + a) / b else (low, v)
    return low, low - low**3 / 3 + I


def _by_cardano(I, a, b):
    p, q = 3 * (1 / b - 1), 3 * (a / b - I)
    root = np.sqrt(q**2 / 4 + p**3 / 27)
    v = np.cbrt(-q / 2 + root) + np.cbrt(-q / 2 - root)
    return np.array([v, (v + a) / b])


def _by_newton(I, a, b):
    """From far away on the side of the root, Newton never turns back."""
    v = np.copysign(10.0, I - a / b)
    for _ in range(200):
        v -= (v - v**3 / 3 + I - (v + a) / b) / (1 - v**2 - 1 / b)
    return [v, (v + a) / b]


def _first_root(I, a, b):
    v = float(np.roots([1 / 3, 0, 1 / b - 1, a / b - I])[0].real)
    return v, (v + a) / b


def _of(cubic):
    def wrong(I, a, b):
        roots = np.roots(cubic(I, a, b))
        v = float(roots[np.abs(roots.imag).argmin()].real)
        return v, (v + a) / b

    return wrong


REST = Exercise(
    id="02.2",
    title="Le point fixe",
    reference=equilibre,
    samples=_draw_once,
    draws=24,
    outputs=("v", "w"),
    invariants=[
        holds(
            lambda f, out, I, a, b: abs(out[0] - out[0] ** 3 / 3 - out[1] + I) < 1e-3,
            "annule dv/dt",
            "En votre point, dv/dt n'est pas nul : il n'est pas sur la nullcline de v.",
        ),
        holds(
            lambda f, out, I, a, b: abs(out[0] + a - b * out[1]) < 1e-3,
            "annule dw/dt",
            "En votre point, dw/dt n'est pas nul : il n'est pas sur la nullcline de w.",
        ),
    ],
    misconceptions=[
        Misconception(
            _first_root,
            "`np.roots` rend les trois racines, et deux d'entre elles peuvent être complexes. Vous prenez la première "
            "venue : laquelle est réelle ?",
        ),
        Misconception(
            lambda I, a, b: (lambda v: (v, (v + a) / b))(np.roots([1 / 3, 0, 1 / b - 1, a / b - I])[0]),
            "`np.roots` rend les trois racines, et deux d'entre elles peuvent être complexes. Vous prenez la première "
            "venue : laquelle est réelle ?",
        ),
        Misconception(
            lambda I, a, b: (equilibre(I, a, b)[1], equilibre(I, a, b)[0]),
            "Les deux nombres sont justes, dans l'ordre inverse : d'abord v, puis w.",
        ),
        Misconception(
            _of(lambda I, a, b: [1 / 3, 0, 1 / b - 1, -a / b - I]),
            "Votre point tombe sur la droite de l'autre côté : le signe de a a changé en passant dans la cubique.",
        ),
        Misconception(
            lambda I, a, b: equilibre(0.0, a, b),
            "Votre équilibre ne bouge pas quand le courant change : vous avez calculé celui de I = 0.",
        ),
        Misconception(
            _of(lambda I, a, b: [1 / 3, 0, 1 / b - 1, a / b + I]),
            "Votre équilibre part dans le mauvais sens quand le courant croît : surveillez le signe de I dans la "
            "cubique.",
        ),
        Misconception(
            lambda I, a, b: (equilibre(I, a, b)[0], equilibre(I, a, b)[0] - equilibre(I, a, b)[0] ** 3 / 3),
            "v est juste. Votre w oublie le courant : il n'est sur aucune des deux nullclines.",
        ),
    ],
    hints=[
        "Au point fixe, les deux expressions de w de l'exercice 02.1 sont égales. Il reste une équation en v.",
        "v³/3 + (1/b − 1) v + a/b − I = 0. `np.roots` prend la liste des quatre coefficients, du plus haut degré au "
        "plus bas.",
        "Des trois racines, gardez celle dont la partie imaginaire, `.imag`, est nulle aux arrondis près ; rendez sa "
        "partie réelle, `.real`, et le w qui va avec.",
    ],
    alternatives=[
        _by_dichotomy,
        _by_cardano,
        _by_newton,
        lambda I, a, b: (lambda v: (v, (v + a) / b))(
            brentq(lambda v: b * (v - v**3 / 3 + I) - v - a, -20, 20)),
        lambda I, a, b: np.float32(_by_dichotomy(I, a, b)),
    ],
    mutants=[
        _of(lambda I, a, b: [1 / 3, 0, 1 - 1 / b, a / b - I]),
        _of(lambda I, a, b: [1, 0, 1 / b - 1, a / b - I]),
        _of(lambda I, a, b: [1 / 3, 1 / b - 1, 0, a / b - I]),
    ],
    tolerance=1e-4,
    solution="""def equilibre(I, a, b):
    racines = np.roots([1 / 3, 0, 1 / b - 1, a / b - I])
    reelle = racines[np.abs(racines.imag).argmin()]
    v = reelle.real
    return v, (v + a) / b
""",
)  # fmt: skip
