"""Exercise 04.5: every rate where a population that hears itself stops changing."""

import numpy as np
from scipy.optimize import brentq, newton

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds
from course.exercises.td04.folds import cols_noeuds
from course.exercises.td04.transfer import fI, fI_inverse


def _change(r, I_ext, w):
    return (fI(I_ext + w * r) - r) / 20


def points_fixes(I_ext, w):
    """Every sign change of dr/dt on a fine grid, and the straight line between its two sides."""
    r = np.linspace(0, 500, 20_001)
    v = _change(r, I_ext, w)
    k = np.flatnonzero((v[:-1] > 0) != (v[1:] > 0))
    return r[k] - v[k] * (r[k + 1] - r[k]) / (v[k + 1] - v[k])


def _draw(rng):
    """Two times in three well inside the bistable range, else one steady state alone."""
    if rng.random() < 0.67:
        w = float(rng.uniform(0.025, 0.06))
        low, high = cols_noeuds(w, 500, 0.2, 10)
        return {"I_ext": float(low + rng.uniform(0.15, 0.85) * (high - low)), "w": w}
    return {"I_ext": float(rng.uniform(-5, 15)), "w": float(rng.uniform(-0.1, 0.018))}


def _by_brackets(I_ext, w):
    r = np.arange(0, 501)
    v = _change(r, I_ext, w)
    return [brentq(_change, a, a + 1, args=(I_ext, w)) for a in r[:-1] if v[a] * v[a + 1] < 0]


def _by_newton(I_ext, w):
    found = []
    for start in np.linspace(0.5, 499.5, 400):
        x = newton(_change, start, args=(I_ext, w), maxiter=200, disp=False)
        if 0 < x < 500 and abs(_change(x, I_ext, w)) < 1e-7:
            found.append(x)
    return np.unique(np.round(found, 4))


def _by_inverse(I_ext, w):
    r = np.linspace(0, 500, 400_001)[1:-1]
    gap = fI_inverse(r) - w * r - I_ext
    return r[:-1][np.diff(np.sign(gap)) != 0]


def _by_dichotomy(I_ext, w):
    edges, found = np.linspace(0, 500, 1001), []
    for a, b in zip(edges[:-1], edges[1:], strict=True):
        rises = _change(a, I_ext, w) > 0
        if rises == (_change(b, I_ext, w) > 0):
            continue
        while b - a > 1e-9:
            c = (a + b) / 2
            a, b = (c, b) if (_change(c, I_ext, w) > 0) == rises else (a, c)
        found.append(a)
    return found


FIXED_POINTS = Exercise(
    id="04.5",
    title="Tous les équilibres",
    reference=points_fixes,
    samples=_draw,
    draws=12,
    invariants=[
        holds(
            lambda f, r, I_ext, w: np.all(np.abs(_change(np.asarray(r, float), I_ext, w)) < 0.005),
            "annule dr/dt",
            "En l'un de vos points, dr/dt n'est pas nul : la racine est entre deux points de votre grille. Affinez "
            "la grille, ou interpolez.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda I_ext, w: (
                points_fixes(I_ext, w)[[0, -1]]
                if len(points_fixes(I_ext, w)) > 1
                else points_fixes(I_ext, w)
            ),
            "Il en manque un, entre les deux autres. Une simulation ne le montre jamais, parce qu'on s'en éloigne ; "
            "mais dr/dt s'y annule aussi.",
        ),
        Misconception(
            lambda I_ext, w: np.array([points_fixes(I_ext, w)[0], points_fixes(I_ext, w)[-1]]),
            "Vous rendez toujours deux nombres, ceux où mènent les deux départs. Quand il n'y a qu'un équilibre, il "
            "est compté deux fois ; quand il y en a trois, un manque.",
        ),
        Misconception(
            lambda I_ext, w: (lambda r: r[[0, len(r) // 2, -1]])(points_fixes(I_ext, w)),
            "Vous rendez toujours trois nombres. Quand il n'y a qu'un équilibre, il est compté trois fois : "
            "n'en gardez qu'un.",
        ),
        Misconception(
            lambda I_ext, w: points_fixes(I_ext, w)[:1],
            "Vous ne rendez que le premier. dr/dt peut s'annuler plusieurs fois.",
        ),
        Misconception(
            lambda I_ext, w: float(points_fixes(I_ext, w)[0]),
            "Vous ne rendez que le premier. dr/dt peut s'annuler plusieurs fois.",
        ),
        Misconception(
            lambda I_ext, w: points_fixes(I_ext, w)[-1:],
            "Vous ne rendez que le plus haut. dr/dt peut s'annuler plusieurs fois.",
        ),
        Misconception(
            lambda I_ext, w: I_ext + w * points_fixes(I_ext, w),
            "Vous rendez les courants reçus à l'équilibre. On demande les taux.",
        ),
        Misconception(
            lambda I_ext, w: len(points_fixes(I_ext, w)),
            "Vous rendez leur nombre. On demande où ils sont.",
        ),
        Misconception(
            lambda I_ext, w: points_fixes(I_ext, 0.0),
            "Vos équilibres ne dépendent pas de w : la population ne s'entend pas.",
        ),
    ],
    hints=[
        "Calculez dr/dt sur une grille fine de r, de 0 à 500. Où change-t-il de signe ?",
        "`(v[:-1] > 0) != (v[1:] > 0)` est vrai là où le signe change ; `np.flatnonzero` en donne les indices.",
        "Entre r[k] et r[k + 1], la droite s'annule en r[k] − v[k] (r[k + 1] − r[k])/(v[k + 1] − v[k]).",
    ],
    alternatives=[
        _by_brackets,
        _by_newton,
        _by_inverse,
        _by_dichotomy,
        lambda I_ext, w: np.float32(points_fixes(I_ext, w)),
    ],
    mutants=[
        lambda I_ext, w: points_fixes(I_ext, -w),
        lambda I_ext, w: points_fixes(-I_ext, w),
        lambda I_ext, w: np.array([0.0, *points_fixes(I_ext, w)]),
    ],
    absolute=0.03,
    unit="Hz",
    time_limit=20,
    solution="""def points_fixes(I_ext, w):
    r = np.linspace(0, 500, 20_001)
    v = drdt(r, I_ext, w, 20, fI)
    k = np.flatnonzero((v[:-1] > 0) != (v[1:] > 0))
    pente = (v[k + 1] - v[k]) / (r[k + 1] - r[k])
    return r[k] - v[k] / pente
""",
)
