"""Exercise 04.7: the two currents where a steady rate meets another, and both are lost."""

import numpy as np
from scipy.optimize import minimize_scalar

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds
from course.exercises.td04.transfer import fI_inverse


def cols_noeuds(w, r_max, kappa, I_half):
    """The currents where w Φ' = 1 at a steady state: 2 κ r (1 - r/r_max) = 1/w; the lower first."""
    gap = np.sqrt(1 - 2 / (w * r_max * kappa))
    low, high = (r_max / 2 * (1 + s * gap) for s in (1, -1))
    return (
        fI_inverse(low, r_max, kappa, I_half) - w * low,
        fI_inverse(high, r_max, kappa, I_half) - w * high,
    )


def _draw_beyond(rng):
    r_max, kappa = float(rng.uniform(100, 600)), float(rng.uniform(0.05, 0.5))
    return {
        "w": float(2 / (r_max * kappa) * rng.uniform(1.15, 6)), "r_max": r_max, "kappa": kappa,
        "I_half": float(rng.uniform(-5, 25)),
    }  # fmt: skip


def _by_extremes(w, r_max, kappa, I_half):
    """The two extremes of the current along the steady states."""

    def current(r):
        return fI_inverse(r, r_max, kappa, I_half) - w * r

    def extreme(sign, ends):
        bounds = minimize_scalar(lambda r: sign * current(r), bounds=ends, method="bounded",
                                 options={"xatol": 1e-9 * r_max})  # fmt: skip
        return current(bounds.x)

    half = r_max / 2
    return extreme(1, (half, r_max * (1 - 1e-9))), extreme(-1, (r_max * 1e-9, half))


def _by_grid(w, r_max, kappa, I_half):
    r = r_max * np.linspace(0, 1, 2_000_001)[1:-1]
    current = fI_inverse(r, r_max, kappa, I_half) - w * r
    half = len(r) // 2
    return [current[half:].min(), current[:half].max()]


def _by_slope(w, r_max, kappa, I_half):
    """cosh²(y) = w r_max κ/2 at the folds."""
    y = np.arccosh(np.sqrt(w * r_max * kappa / 2))
    return tuple(I_half + s * y / kappa - w * r_max / 2 * (1 + s * np.tanh(y)) for s in (1, -1))


def _by_symmetry(w, r_max, kappa, I_half):
    centre = I_half - w * r_max / 2
    high = cols_noeuds(w, r_max, kappa, I_half)[1]
    return 2 * centre - high, high


def _with(rates, current=lambda I, w, r: I - w * r):
    """What another idea of the two rates, or of the current that makes them steady, gives."""

    def wrong(w, r_max, kappa, I_half):
        return tuple(
            current(fI_inverse(r, r_max, kappa, I_half), w, r) for r in rates(w, r_max, kappa)
        )

    return wrong


def _rates(w, r_max, kappa):
    gap = np.sqrt(1 - 2 / (w * r_max * kappa))
    return r_max / 2 * (1 + gap), r_max / 2 * (1 - gap)


FOLDS = Exercise(
    id="04.7",
    title="Les deux cols-nœuds",
    reference=cols_noeuds,
    samples=_draw_beyond,
    draws=12,
    outputs=("courant bas", "courant haut"),
    invariants=[
        holds(
            lambda f, out, w, r_max, kappa, I_half: np.isclose(
                sum(map(float, out)), 2 * I_half - w * r_max, rtol=1e-4, atol=1e-4
            ),
            "donne deux courants symétriques autour de I½ − w r_max/2",
            "La sigmoïde est symétrique autour de I½ : le milieu de vos deux courants devrait être I½ − w r_max/2.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda w, r_max, kappa, I_half: cols_noeuds(w, r_max, kappa, I_half)[::-1],
            "Les deux courants sont justes, dans l'ordre inverse : le plus petit d'abord. C'est celui du taux le plus "
            "haut.",
        ),
        Misconception(
            lambda w, r_max, kappa, I_half: _rates(w, r_max, kappa)[::-1],
            "Vous rendez les deux taux. Quel courant I_ext rend chacun d'eux stationnaire ?",
        ),
        Misconception(
            lambda w, r_max, kappa, I_half: _rates(w, r_max, kappa),
            "Vous rendez les deux taux. Quel courant I_ext rend chacun d'eux stationnaire ?",
        ),
        Misconception(
            _with(_rates, lambda I, w, r: I),
            "Φ⁻¹(r) est le courant total. Une partie vient de la population elle-même : il faut en retirer w r.",
        ),
        Misconception(
            lambda w, r_max, kappa, I_half: _with(_rates, lambda I, w, r: I)(
                w, r_max, kappa, I_half
            )[::-1],
            "Φ⁻¹(r) est le courant total. Une partie vient de la population elle-même : il faut en retirer w r.",
        ),
        Misconception(
            _with(_rates, lambda I, w, r: I + w * r),
            "I_ext + w r = Φ⁻¹(r) : en isolant I_ext, w r passe de l'autre côté avec un moins.",
        ),
        Misconception(
            _with(
                lambda w, r_max, kappa: tuple(
                    r_max / 2 * (1 + s * np.sqrt(1 - 1 / (w * r_max * kappa))) for s in (1, -1)
                )
            ),
            "La pente maximale de Φ est r_max κ/2, et non r_max κ : un facteur 2 s'est perdu dans w Φ′ = 1.",
        ),
        Misconception(
            _with(
                lambda w, r_max, kappa: tuple(
                    r_max / 2 * (1 + s * (1 - 2 / (w * r_max * kappa))) for s in (1, -1)
                )
            ),
            "Une racine carrée manque : c'est tanh² qui vaut 1 − 2/(w r_max κ).",
        ),
    ],
    hints=[
        "Au col-nœud, w Φ′ = 1. Écrivez Φ′ avec tanh : que vaut tanh² ?",
        "tanh² = 1 − 2/(w r_max κ), et r = r_max (1 ± tanh)/2 : voilà les deux taux.",
        "Un équilibre vérifie I_ext + w r = Φ⁻¹(r). Le taux haut donne le courant bas.",
    ],
    alternatives=[
        _by_extremes,
        _by_grid,
        _by_slope,
        _by_symmetry,
        lambda w, r_max, kappa, I_half: np.float32(cols_noeuds(w, r_max, kappa, I_half)),
    ],
    mutants=[
        lambda w, r_max, kappa, I_half: tuple(-x for x in cols_noeuds(w, r_max, kappa, I_half)),
        lambda w, r_max, kappa, I_half: cols_noeuds(w, r_max, kappa, -I_half),
        lambda w, r_max, kappa, I_half: (cols_noeuds(w, r_max, kappa, I_half)[0],) * 2,
    ],
    tolerance=1e-4,
    units={"r_max": "Hz"},
    solution="""def cols_noeuds(w, r_max, kappa, I_half):
    ecart = np.sqrt(1 - 2 / (w * r_max * kappa))
    courants = []
    for signe in (1, -1):
        r = r_max / 2 * (1 + signe * ecart)
        courant_total = I_half + np.arctanh(2 * r / r_max - 1) / kappa
        courants.append(courant_total - w * r)
    return courants[0], courants[1]
""",
)
