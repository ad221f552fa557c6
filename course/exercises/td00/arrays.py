"""Exercises 00.1 to 00.3: a time constant and its units, a relaxation, the crossings of a threshold."""

import math

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds, value


def constante_de_temps(R, C):
    """Time constant (ms) of a membrane; R in MΩ, C in pF."""
    return R * C / 1000


TIME_CONSTANT = Exercise(
    id="00.1",
    title="La constante de temps",
    reference=constante_de_temps,
    samples=lambda rng: {"R": float(rng.uniform(20, 600)), "C": float(np.exp(rng.uniform(-4, 6)))},
    invariants=[value("R", at={"C": 1000})],
    misconceptions=[
        Misconception(
            lambda R, C: R * C,
            "Le produit est juste, l'unité ne l'est pas. Un mégaohm (10⁶ Ω) fois un picofarad (10⁻¹² F) donne une "
            "microseconde.",
        ),
        Misconception(
            lambda R, C: R * C * 1e-6,
            "Vous rendez des secondes : MΩ × pF donne des microsecondes, et l'on demande des millisecondes.",
        ),
        Misconception(
            lambda R, C: R * C * 1000,
            "Vous multipliez par 1000 là où il faut diviser : une microseconde est plus petite qu'une milliseconde.",
        ),
        Misconception(
            lambda R, C: R / C,
            "Vous divisez par la capacité. Un condensateur plus gros se charge-t-il plus vite ?",
        ),
        Misconception(
            lambda R, C: 1000 / (R * C),
            "Vous rendez l'inverse de la constante de temps : un taux, en ms⁻¹.",
        ),
    ],
    hints=[
        "Essayez à la main : 100 MΩ et 200 pF. Combien d'ohms ? Combien de farads ? Combien de secondes ?",
        "10⁶ × 10⁻¹² = 10⁻⁶ : le produit R × C est en microsecondes.",
    ],
    alternatives=[
        lambda R, C: (R * 1e6) * (C * 1e-12) * 1e3,
        lambda R, C: R / 1e3 * C,
        lambda R, C: np.float32(R) * np.float32(C) * np.float32(1e-3),
        lambda R, C: np.array([R]) @ np.array([C]) / 1000,
        lambda R, C: math.exp(math.log(R) + math.log(C)) / 10**3,
    ],
    mutants=[
        lambda R, C: R + C / 1000,
        lambda R, C: R * C / 1024,
        lambda R, C: math.log(2) * R * C / 1000,
    ],
    unit="ms",
    units={"R": "MΩ", "C": "pF"},
    solution="""def constante_de_temps(R, C):
    return R * C / 1000
""",
)  # fmt: skip


def relaxation(t, V_0, V_inf, tau):
    """Potential (mV) of a passive membrane t ms after V_0, on its way to V_inf."""
    return V_inf + (V_0 - V_inf) * np.exp(-t / tau)


def _relaxation_in_steps(t, V_0, V_inf, tau):
    """From each instant to the next by the exact step."""
    V, last, out = V_0, 0.0, []
    for now in np.atleast_1d(t):
        V += (V_inf - V) * (1 - math.exp(-(float(now) - last) / tau))
        last = float(now)
        out.append(V)
    return np.reshape(out, np.shape(t))


RELAXATION = Exercise(
    id="00.2",
    title="La relaxation",
    reference=relaxation,
    samples=lambda rng: {
        "t": np.sort(rng.uniform(0, 100, 25)), "V_0": float(rng.uniform(-60, -20)),
        "V_inf": float(rng.uniform(-95, -65)), "tau": float(rng.uniform(3, 60)),
    },
    invariants=[value("V_0", at={"t": 0}), value("V_inf", at={"t": "1000 * tau"})],
    misconceptions=[
        Misconception(
            lambda t, V_0, V_inf, tau: V_0 * np.exp(-t / tau),
            "Votre potentiel s'éteint vers 0 mV. C'est l'écart à V∞ qui s'éteint, et non V.",
        ),
        Misconception(
            lambda t, V_0, V_inf, tau: V_0 + (V_inf - V_0) * np.exp(-t / tau),
            "Vous partez de V∞ et finissez en V₀ : les deux bouts sont échangés.",
        ),
        Misconception(
            lambda t, V_0, V_inf, tau: V_inf + (V_0 - V_inf) * np.exp(t / tau),
            "L'écart grandit avec le temps : il manque un signe dans l'exponentielle.",
        ),
        Misconception(
            lambda t, V_0, V_inf, tau: V_inf + (V_0 - V_inf) * np.exp(-t * tau),
            "L'exposant doit être sans unité : des ms divisées par des ms, et non multipliées.",
        ),
        Misconception(
            lambda t, V_0, V_inf, tau: V_inf + V_0 * np.exp(-t / tau),
            "À l'instant zéro, votre potentiel vaut V∞ + V₀ : c'est l'écart V₀ − V∞ qui s'éteint.",
        ),
        Misconception(
            lambda t, V_0, V_inf, tau: V_inf + (V_0 - V_inf) * 2 ** (-t / tau),
            "Votre écart diminue de moitié en un temps τ. Avec l'exponentielle, il est divisé par e, soit 2,72.",
        ),
    ],
    hints=[
        "À t = 0, l'exponentielle vaut 1 : que reste-t-il de la formule ?",
        "Recopiez la formule du texte, terme à terme ; `np.exp` accepte un tableau.",
    ],
    alternatives=[
        _relaxation_in_steps,
        lambda t, V_0, V_inf, tau: V_0 + (V_inf - V_0) * (1 - np.exp(-t / tau)),
        lambda t, V_0, V_inf, tau: V_0 - (V_inf - V_0) * np.expm1(-t / tau),
        lambda t, V_0, V_inf, tau: V_inf + (V_0 - V_inf) * math.exp(-t / tau),
        lambda t, V_0, V_inf, tau: np.float32(relaxation(t, V_0, V_inf, tau)),
    ],
    mutants=[
        lambda t, V_0, V_inf, tau: V_inf + (V_0 - V_inf) / (1 + t / tau),
        lambda t, V_0, V_inf, tau: V_inf + (V_0 - V_inf) * np.maximum(1 - t / tau, 0),
        lambda t, V_0, V_inf, tau: V_inf + (V_0 - V_inf) * np.exp(-((t / tau) ** 2)),
    ],
    unit="mV",
    units={"t": "ms", "V_0": "mV", "V_inf": "mV", "tau": "ms"},
    solution="""def relaxation(t, V_0, V_inf, tau):
    return V_inf + (V_0 - V_inf) * np.exp(-t / tau)
""",
)  # fmt: skip


def franchissements(t, V, seuil):
    """Times (ms) of the first samples at or above the threshold after one below it."""
    return t[1:][(V[:-1] < seuil) & (V[1:] >= seuil)]


def _draw_wave(rng):
    """Two sines, at instants unevenly spread; some samples stand exactly on the threshold."""
    t = np.cumsum(rng.uniform(0.05, 0.15, 400))
    V = (
        rng.uniform(20, 40) * np.sin(t * rng.uniform(0.5, 1.5) + rng.uniform(0, 6))
        + 8 * np.sin(3.1 * t)
        - 10
    )
    seuil = float(np.round(rng.uniform(-25, 5), 1))
    rising = np.flatnonzero((V[:-2] < seuil) & (V[1:-1] >= seuil) & (V[2:] > seuil))
    V[rising[::2] + 1] = seuil
    return {"t": t, "V": V, "seuil": seuil}


def _crossings_in_loop(t, V, seuil):
    found, above = [], V[0] >= seuil
    for now, v in zip(t, V, strict=True):
        if v >= seuil and not above:
            found.append(now)
        above = v >= seuil
    return found


CROSSINGS = Exercise(
    id="00.3",
    title="Quand franchit-on un seuil ?",
    reference=franchissements,
    samples=_draw_wave,
    invariants=[
        holds(
            lambda f, out, t, V, seuil: np.allclose(f(t=t + 50), np.asarray(out) + 50),
            "suit l'horloge quand tous les instants sont décalés",
            "Quand tous les instants sont décalés de 50 ms, vos franchissements ne le sont pas.",
        ),
        holds(
            lambda f, out, t, V, seuil: np.size(f(V=V * 0 + seuil - 1)) == 0,
            "est vide quand V reste sous le seuil",
            "Quand V reste sous le seuil, il n'y a rien à rendre : un tableau vide.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda t, V, seuil: t[seuil <= V],
            "Vous rendez tous les instants passés au-dessus du seuil. On veut les passages de dessous à dessus : "
            "deux points consécutifs.",
        ),
        Misconception(
            lambda t, V, seuil: t[1:][(V[:-1] < seuil) != (V[1:] < seuil)],
            "Vous comptez aussi les descentes : un aller et retour fait deux franchissements, dont un seul en montant.",
        ),
        Misconception(
            lambda t, V, seuil: t[1:][(V[:-1] >= seuil) & (V[1:] < seuil)],
            "Ce sont les descentes : avant, au-dessus ; après, dessous. On cherche l'inverse.",
        ),
        Misconception(
            lambda t, V, seuil: t[:-1][(V[:-1] < seuil) & (V[1:] >= seuil)],
            "Les passages sont les bons, mais vous rendez l'instant du point d'avant : V y est encore sous le seuil.",
        ),
        Misconception(
            lambda t, V, seuil: np.flatnonzero((V[:-1] < seuil) & (V[1:] >= seuil)) + 1,
            "Vous rendez les numéros des points. Il reste à lire, dans t, les instants qu'ils portent.",
        ),
        Misconception(
            lambda t, V, seuil: t[1:][(V[:-1] < seuil) & (V[1:] > seuil)],
            "Un point posé exactement sur le seuil vous échappe : dessous avant, au seuil ou au-dessus après.",
        ),
        Misconception(
            lambda t, V, seuil: (V[:-1] < seuil) & (V[1:] >= seuil),
            "C'est le bon masque, fait de vrai et de faux. Il reste à s'en servir pour choisir dans les instants.",
        ),
    ],
    hints=[
        "Écrivez d'abord le masque « avant, sous le seuil » : `V[:-1] < seuil`. Quel est celui d'après ?",
        "Les deux masques ont un point de moins que t : les instants d'après sont `t[1:]`.",
        "`t[1:][masque_avant & masque_apres]`.",
    ],
    alternatives=[
        _crossings_in_loop,
        lambda t, V, seuil: t[np.flatnonzero(np.diff((seuil <= V).astype(int)) == 1) + 1],
        lambda t, V, seuil: [t[k] for k in range(1, len(t)) if V[k - 1] < seuil <= V[k]],
        lambda t, V, seuil: np.float32(t[1:][np.diff(np.sign(V - seuil) >= 0) & (V[1:] >= seuil)]),
        lambda t, V, seuil: np.compress((V[1:] >= seuil) & np.logical_not(V[:-1] >= seuil), t[1:]),
    ],
    mutants=[
        lambda t, V, seuil: t[1:][(V[:-1] < 0) & (V[1:] >= 0)],
        lambda t, V, seuil: franchissements(t, V, seuil)[:1],
        lambda t, V, seuil: (t[1:] + t[:-1])[(V[:-1] < seuil) & (V[1:] >= seuil)] / 2,
    ],
    unit="ms",
    units={"t": "ms", "V": "mV", "seuil": "mV"},
    solution="""def franchissements(t, V, seuil):
    monte = (V[:-1] < seuil) & (V[1:] >= seuil)
    return t[1:][monte]
""",
)  # fmt: skip
