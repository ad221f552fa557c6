"""Exercise 05.8: where a membrane rests when a synaptic conductance stays open."""

import numpy as np
from scipy.optimize import brentq

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def equilibre(I, g_L, E_L, g_s, E_s):
    """The V of g_L (E_L - V) + g_s (E_s - V) + I = 0."""
    return (g_L * E_L + g_s * E_s + I) / (g_L + g_s)


def _draw(rng):
    return {
        "I": rng.uniform(-100, 400, 20), "g_L": float(rng.uniform(5, 20)), "E_L": float(rng.uniform(-75, -60)),
        "g_s": float(rng.uniform(1, 30)), "E_s": float(rng.uniform(-90, 10)),
    }  # fmt: skip


def _root(I, g_L, E_L, g_s, E_s):
    return [brentq(lambda V, x=x: g_L * (E_L - V) + g_s * (E_s - V) + x, -2000, 2000, xtol=1e-12) for x in I]


def _relaxed(I, g_L, E_L, g_s, E_s):
    V, h = np.full(len(I), E_L), 0.5 / (g_L + g_s)
    for _ in range(80):
        V = V + h * (g_L * (E_L - V) + g_s * (E_s - V) + I)
    return V


SHUNT = Exercise(
    id="05.8",
    title="Où s'arrête la membrane ?",
    reference=equilibre,
    samples=_draw,
    invariants=[
        holds(
            lambda f, V, I, g_L, E_L, g_s, E_s: np.allclose(f(I=0 * I, E_s=E_L), E_L, rtol=1e-4),
            "reste au repos quand la synapse y renverse",
            "Si E_s = E_L et I = 0, rien ne déplace la membrane : V devrait rester en E_L.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda I, g_L, E_L, g_s, E_s: E_L + (g_s * E_s + I) / g_L,
            "Vous traitez la synapse comme un courant constant. g_s multiplie aussi −V : elle passe au dénominateur.",
        ),
        Misconception(
            lambda I, g_L, E_L, g_s, E_s: E_L + (g_s * (E_s - E_L) + I) / g_L,
            "Le courant synaptique est calculé au repos, puis gardé. Or il diminue à mesure que V approche de E_s.",
        ),
        Misconception(
            lambda I, g_L, E_L, g_s, E_s: (g_L * E_L + g_s * E_s) / (g_L + g_s) + I,
            "Le courant I doit être divisé par la conductance totale : tel quel, il n'est pas en mV.",
        ),
        Misconception(
            lambda I, g_L, E_L, g_s, E_s: (g_L * E_L + g_s * E_s) / (g_L + g_s) + I / g_L,
            "Les deux potentiels sont bien moyennés, mais I se divise lui aussi par la conductance totale : c'est là "
            "qu'est la dérivation.",
        ),
        Misconception(
            lambda I, g_L, E_L, g_s, E_s: (g_L * E_L - g_s * E_s + I) / (g_L + g_s),
            "Le signe de g_s E_s est retourné : le courant synaptique est g_s (E_s − V).",
        ),
        Misconception(
            lambda I, g_L, E_L, g_s, E_s: (g_L * E_L + g_s * E_s - I) / (g_L + g_s),
            "Le signe de I est retourné : un courant positif élève le potentiel.",
        ),
        Misconception(
            lambda I, g_L, E_L, g_s, E_s: (E_L + E_s) / 2 + I / (g_L + g_s),
            "E_L et E_s ne pèsent pas autant : chacun compte pour sa conductance.",
        ),
    ],
    hints=[
        "À l'équilibre, la somme des trois courants est nulle.",
        "Développez, et regroupez tous les V d'un côté : quel est leur facteur ?",
        "V (g_L + g_s) = g_L E_L + g_s E_s + I.",
    ],
    alternatives=[
        _root,
        _relaxed,
        lambda I, g_L, E_L, g_s, E_s: E_L + (g_s * (E_s - E_L) + I) / (g_L + g_s),
        lambda I, g_L, E_L, g_s, E_s: [np.average([E_L, E_s], weights=[g_L, g_s]) + x / (g_L + g_s) for x in I],
        lambda I, g_L, E_L, g_s, E_s: np.float32(equilibre(I, g_L, E_L, g_s, E_s)),
    ],
    mutants=[
        lambda I, g_L, E_L, g_s, E_s: equilibre(I, g_s, E_L, g_L, E_s),
        lambda I, g_L, E_L, g_s, E_s: equilibre(I, g_L, E_s, g_s, E_L),
        lambda I, g_L, E_L, g_s, E_s: -equilibre(I, g_L, E_L, g_s, E_s),
    ],
    unit="mV",
    units={"I": "pA", "g_L": "nS", "E_L": "mV", "g_s": "nS", "E_s": "mV"},
    solution="""def equilibre(I, g_L, E_L, g_s, E_s):
    return (g_L * E_L + g_s * E_s + I) / (g_L + g_s)
""",
)  # fmt: skip
