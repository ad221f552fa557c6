"""Exercises 01.3 and 01.4: four gates in a row, the balance of currents."""

import math

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import value
from course.neurons import hodgkin_huxley


def conductance_K(t, n_0, n_inf, tau, g_K):
    """Potassium conductance (mS/cm²), t ms after a step of voltage."""
    n = n_inf - (n_inf - n_0) * np.exp(-t / tau)
    return g_K * n**4


def _clamp_in_steps(t, n_0, n_inf, tau, g_K):
    """Each instant from the one before, by the exact step of the relaxation."""
    n, last, out = n_0, 0.0, []
    for now in np.atleast_1d(t):
        n += (n_inf - n) * (1 - math.exp(-(now - last) / tau))
        last = now
        out.append(g_K * n * n * n * n)
    return np.reshape(out, np.shape(t))


CLAMP = Exercise(
    id="01.3",
    title="Quatre portes pour un canal",
    reference=conductance_K,
    samples=lambda rng: {
        "t": np.sort(rng.uniform(0, 12, 30)),
        "n_0": float(rng.uniform(0.05, 0.4)),
        "n_inf": float(rng.uniform(0.5, 0.98)),
        "tau": float(rng.uniform(1, 6)),
        "g_K": float(rng.uniform(10, 60)),
    },
    invariants=[value("g_K * n_0**4", at={"t": 0}), value("g_K * n_inf**4", at={"t": "1000 * tau"})],
    misconceptions=[
        Misconception(
            lambda t, n_0, n_inf, tau, g_K: g_K * (n_inf - (n_inf - n_0) * np.exp(-t / tau)),
            "Votre courbe part d'un trait, sans hésiter : elle décrit une seule porte. Combien doivent être "
            "ouvertes à la fois pour que le canal conduise ?",
        ),
        Misconception(
            lambda t, n_0, n_inf, tau, g_K: g_K * (n_0 - (n_0 - n_inf) * np.exp(-t / tau)) ** 4,
            "Votre conductance part de la valeur d'arrivée et finit à celle du départ : n₀ et n∞ sont échangés.",
        ),
        Misconception(
            lambda t, n_0, n_inf, tau, g_K: g_K * (n_inf**4 - (n_inf**4 - n_0**4) * np.exp(-t / tau)),
            "Départ et arrivée sont justes, mais la courbe part d'un trait. C'est n qui relaxe, et non n⁴ : la "
            "puissance vient après.",
        ),
        Misconception(
            lambda t, n_0, n_inf, tau, g_K: g_K * (n_inf - (n_inf - n_0) * np.exp(-t * tau)) ** 4,
            "Plus τ est grand, plus votre porte se presse. Une longue constante de temps devrait la ralentir ; "
            "l'exposant, lui, ne doit pas avoir d'unité.",
        ),
        Misconception(
            lambda t, n_0, n_inf, tau, g_K: (g_K * (n_inf - (n_inf - n_0) * np.exp(-t / tau))) ** 4,
            "La puissance 4 porte aussi sur g_K : quelle serait l'unité du résultat ?",
        ),
        Misconception(
            lambda t, n_0, n_inf, tau, g_K: (n_inf - (n_inf - n_0) * np.exp(-t / tau)) ** 4,
            "Vous rendez la fraction de canaux ouverts. Il reste à la multiplier par la conductance maximale.",
        ),
    ],
    hints=[
        "Calculez d'abord n(t), seul, et vérifiez-le à t = 0.",
        "n(t) = n∞ − (n∞ − n₀) exp(−t/τ). Que faut-il pour que quatre portes indépendantes soient ouvertes ?",
        "Deux lignes suffisent à l'écrire : n, puis g_K fois n à la puissance 4. En Python, `**`.",
    ],
    alternatives=[
        _clamp_in_steps,
        lambda t, n_0, n_inf, tau, g_K: [
            g_K * (n_inf + (n_0 - n_inf) * math.exp(-x / tau)) ** 4 for x in np.atleast_1d(t)
        ] if np.ndim(t) else g_K * (n_inf + (n_0 - n_inf) * math.exp(-t / tau)) ** 4,
        lambda t, n_0, n_inf, tau, g_K: g_K * np.square(np.square(n_0 - (n_inf - n_0) * np.expm1(-t / tau))),
        lambda t, n_0, n_inf, tau, g_K: np.float32(conductance_K(t, n_0, n_inf, tau, g_K)),
        lambda t, n_0, n_inf, tau, g_K: (n_inf * (1 - math.exp(-t / tau)) + n_0 * math.exp(-t / tau)) ** 4 * g_K,
    ],
    mutants=[
        lambda t, n_0, n_inf, tau, g_K: g_K * (n_inf - (n_inf - n_0) * np.exp(-t / tau)) ** 3,
        lambda t, n_0, n_inf, tau, g_K: g_K * (n_inf - n_inf * np.exp(-t / tau)) ** 4,
        lambda t, n_0, n_inf, tau, g_K: g_K * (n_inf + (n_inf - n_0) * np.exp(-t / tau)) ** 4,
    ],
    tolerance=1e-5,
    unit="mS/cm²",
    units={"t": "ms", "tau": "ms", "g_K": "mS/cm²"},
    solution="""def conductance_K(t, n_0, n_inf, tau, g_K):
    n = n_inf - (n_inf - n_0) * np.exp(-t / tau)
    return g_K * n**4
""",
)  # fmt: skip


def dV_dt(V, n, m, h, I, C, g_Na, g_K, g_L, E_Na, E_K, E_L):
    """The course's own equation of the membrane potential (mV/ms)."""
    return hodgkin_huxley.evaluate(
        "dV/dt", V=V, n=n, m=m, h=h, I=I, C=C, g_Na=g_Na, g_K=g_K, g_L=g_L, E_Na=E_Na, E_K=E_K, E_L=E_L
    )


def _balance(V, n, m, h, I, C, g_Na, g_K, g_L, E_Na, E_K, E_L, *, m3h=None, n4=None, current=1, ionic=1,
             signs=(1, 1, 1)):  # fmt: skip
    """The balance again, written apart, with the places where a student goes astray left open."""
    m3h, n4 = m**3 * h if m3h is None else m3h(m, h), n**4 if n4 is None else n4(n)
    ways = g_Na * m3h * (V - E_Na), g_K * n4 * (V - E_K), g_L * (V - E_L)
    out = sum(sign * way for sign, way in zip(signs, ways, strict=True))
    return (current * I - ionic * out) / C


def _signed(*signs):
    """The balance with these signs of the three ionic currents."""
    return lambda **x: _balance(**x, signs=signs)


def _by_conductance(V, n, m, h, I, C, g_Na, g_K, g_L, E_Na, E_K, E_L):
    """Towards a moving target: the mean of the batteries, weighted by the open conductances."""
    a, b = g_Na * h * m * m * m, g_K * (n * n) ** 2
    g = a + b + g_L
    return (I + g * ((a * E_Na + b * E_K + g_L * E_L) / g - V)) / C


def _draw_balance(rng):
    gates = {x: rng.uniform(0.05, 0.95, 12) for x in "nmh"}
    return dict(V=rng.uniform(-90, 60, 12), **gates, I=float(rng.uniform(-20, 40)), C=float(rng.uniform(0.5, 2)),
                g_Na=float(rng.uniform(50, 150)), g_K=float(rng.uniform(10, 60)), g_L=float(rng.uniform(5, 20)),
                E_Na=float(rng.uniform(40, 60)), E_K=float(rng.uniform(-90, -70)),
                E_L=float(rng.uniform(-60, -50)))  # fmt: skip


def _balance_in_turn(V, n, m, h, I, C, g_Na, g_K, g_L, E_Na, E_K, E_L):
    """One neuron after the other, one way after the other, as a list."""
    ways = ((g_Na * m**3 * h, E_Na), (g_K * n**4, E_K), (np.full(np.shape(V), g_L), E_L))
    return [(I - sum(float(g[k]) * (float(V[k]) - E) for g, E in ways)) / C for k in range(len(V))]


BALANCE = Exercise(
    id="01.4",
    title="Le bilan des courants",
    reference=dV_dt,
    samples=_draw_balance,
    invariants=[
        value("I / C", at={"V": "E_K", "g_Na": 0, "g_L": 0}),
        value("I / C", at={"V": "E_Na", "g_K": 0, "g_L": 0}),
    ],
    misconceptions=[
        Misconception(
            lambda **x: _balance(**x, ionic=-1),
            "Vos courants ioniques éloignent V de leurs piles : un petit écart grandirait sans fin. Un courant "
            "positif sort ; que fait à V une charge positive qui sort ?",
        ),
        Misconception(
            lambda **x: _balance(**x, current=-1),
            "Le courant injecté fait baisser V : il entre, pourtant, et porte des charges positives.",
        ),
        Misconception(
            lambda **x: _balance(**x, n4=lambda n: n),
            "Le canal potassium s'ouvre chez vous avec une seule porte. Combien doivent être ouvertes à la fois ?",
        ),
        Misconception(
            lambda **x: _balance(**x, m3h=lambda m, h: m * h),
            "Le canal sodium n'a chez vous qu'une porte m. Il en a trois, et une porte h.",
        ),
        Misconception(
            lambda **x: _balance(**x, m3h=lambda m, h: m * h**3),
            "Les puissances de m et de h sont échangées : trois portes m, une porte h.",
        ),
        Misconception(
            lambda **x: _balance(**{**x, "C": 1}),
            "Rien ne dépend de la capacité : un condensateur deux fois plus gros se chargerait-il aussi vite ?",
        ),
        Misconception(
            lambda **x: _balance(**{**x, "g_L": 0}),
            "Deux canaux, et la fuite ? La troisième voie du circuit reste toujours ouverte.",
        ),
        Misconception(
            lambda **x: _balance(**{**x, "E_Na": x["E_K"], "E_K": x["E_Na"]}),
            "Les deux piles sont échangées : chez vous, le sodium tire vers le bas et le potassium vers le haut.",
        ),
        Misconception(
            lambda **x: _balance(**{**x, "E_Na": 0, "E_K": 0, "E_L": 0}),
            "Vos courants s'annulent à V = 0. Chacun doit s'annuler sur sa propre pile : la force motrice est V − E.",
        ),
        *(
            Misconception(
                _signed(*signs),
                f"Le courant {which} éloigne V de sa pile ; les deux autres l'y ramènent. Les trois sortent du même "
                "fil : leurs signes peuvent-ils différer ?",
            )
            for which, signs in (
                ("sodium", (-1, 1, 1)), ("potassium", (1, -1, 1)), ("de fuite", (1, 1, -1)),
            )
        ),
        Misconception(
            lambda **x: _balance(**x, m3h=lambda m, h: m**3 + h),
            "Le canal sodium demande que les portes m et h soient ouvertes : pour des portes indépendantes, les "
            "probabilités se multiplient.",
        ),
        Misconception(
            lambda **x: _balance(**{**x, "C": 1}) + x["g_L"] * (x["V"] - x["E_L"]) * (1 - 1 / x["C"]),
            "La capacité ne divise chez vous que le dernier courant : il manque des parenthèses autour de la somme.",
        ),
    ],
    hints=[
        "Écrivez d'abord les trois courants ioniques, un par ligne. Chacun est une conductance fois une force motrice.",
        "Loi des nœuds : I = C dV/dt + I_Na + I_K + I_L.",
        "I_Na = g_Na m³ h (V − E_Na). Sur le même modèle, I_K avec n⁴, I_L sans porte. Puis (I − leur somme) / C.",
    ],
    alternatives=[
        _balance,
        _by_conductance,
        _balance_in_turn,
        lambda V, n, m, h, I, C, g_Na, g_K, g_L, E_Na, E_K, E_L: np.float32(
            I / C + (g_Na * np.power(m, 3) * h * (E_Na - V) + g_K * np.power(n, 4) * (E_K - V) + g_L * (E_L - V)) / C
        ),
        lambda V, n, m, h, I, C, g_Na, g_K, g_L, E_Na, E_K, E_L: (
            I - np.einsum("ij,ij->j", [g_Na * m**3 * h, g_K * n**4, g_L + 0 * V], [V - E_Na, V - E_K, V - E_L])
        ) / C,
    ],
    mutants=[
        lambda **x: _balance(**x) * x["C"] ** 2,
        lambda **x: _balance(**x, m3h=lambda m, h: m**3 * (1 - h)),
        lambda **x: _balance(**x, n4=lambda n: n**3),
    ],
    unit="mV/ms",
    units={"V": "mV", "I": "µA/cm²", "C": "µF/cm²", "g_Na": "mS/cm²", "g_K": "mS/cm²", "g_L": "mS/cm²",
           "E_Na": "mV", "E_K": "mV", "E_L": "mV"},
    solution="""def dV_dt(V, n, m, h, I, C, g_Na, g_K, g_L, E_Na, E_K, E_L):
    I_Na = g_Na * m**3 * h * (V - E_Na)
    I_K = g_K * n**4 * (V - E_K)
    I_L = g_L * (V - E_L)
    return (I - I_Na - I_K - I_L) / C
""",
)  # fmt: skip
