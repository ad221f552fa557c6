"""Exercises 04.8 and 04.9: two populations that answer each other, and the two curves where one of them stops."""

import numpy as np
from scipy.special import expit, logit

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds
from course.exercises.td04.transfer import fI, fI_inverse


def derivees(r_E, r_I, I_E, I_I, w_EE, w_EI, w_IE, tau):
    """(dr_E/dt, dr_I/dt) with w_II = 0; w_EI, negative, is the weight from I to E."""
    return (
        (fI(I_E + w_EE * r_E + w_EI * r_I) - r_E) / tau,
        (fI(I_I + w_IE * r_E) - r_I) / tau,
    )


def _weights(rng):
    return {
        "I_E": float(rng.uniform(-5, 25)), "I_I": float(rng.uniform(-5, 15)), "w_EE": float(rng.uniform(0.02, 0.12)),
        "w_EI": float(rng.uniform(-0.12, -0.03)), "w_IE": float(rng.uniform(0.02, 0.12)),
    }  # fmt: skip


def _as_matrix(r_E, r_I, I_E, I_I, w_EE, w_EI, w_IE, tau):
    r = np.stack([r_E, r_I])
    received = np.array([[w_EE, w_EI], [w_IE, 0]]) @ r + np.array([[I_E], [I_I]])
    return (fI(received) - r) / tau


def _one_by_one(r_E, r_I, I_E, I_I, w_EE, w_EI, w_IE, tau):
    pairs = [derivees(a, b, I_E, I_I, w_EE, w_EI, w_IE, tau) for a, b in zip(r_E, r_I, strict=True)]
    return [a for a, _ in pairs], [b for _, b in pairs]


def _logistic(r_E, r_I, I_E, I_I, w_EE, w_EI, w_IE, tau):
    E = 500 * expit(0.4 * (I_E - 10 + w_EE * r_E + w_EI * r_I))
    return E / tau - r_E / tau, 500 / tau * expit(0.4 * (I_I - 10 + w_IE * r_E)) - r_I / tau


DERIVATIVES = Exercise(
    id="04.8",
    title="Deux populations",
    reference=derivees,
    samples=lambda rng: {
        "r_E": rng.uniform(0, 300, 10), "r_I": rng.uniform(0, 300, 10), **_weights(rng),
        "tau": float(rng.uniform(5, 60)),
    },
    outputs=("dr_E/dt", "dr_I/dt"),
    misconceptions=[
        Misconception(
            lambda r_E, r_I, I_E, I_I, w_EE, w_EI, w_IE, tau: derivees(
                r_E, r_I, I_E, I_I, w_EE, w_IE, w_EI, tau),
            "w_EI et w_IE sont échangés. Le premier indice est celui qui reçoit : w_EI va de I vers E.",
        ),
        Misconception(
            lambda r_E, r_I, I_E, I_I, w_EE, w_EI, w_IE, tau: derivees(
                r_E, r_I, I_E, I_I, w_EE, -w_EI, w_IE, tau),
            "w_EI est déjà négatif : en le retranchant, votre inhibition excite.",
        ),
        Misconception(
            lambda r_E, r_I, I_E, I_I, w_EE, w_EI, w_IE, tau: derivees(
                r_E, r_I, I_E, I_I, w_EE, -w_EI, -w_IE, tau),
            "Deux signes sont retournés. Tous les poids s'ajoutent, avec le signe qu'ils portent : w_EI est déjà "
            "négatif, et w_IE excite.",
        ),
        Misconception(
            lambda r_E, r_I, I_E, I_I, w_EE, w_EI, w_IE, tau: derivees(
                r_E, r_I, I_E, I_I, 0, w_EI, w_IE, tau),
            "dr_I/dt est juste. Dans dr_E/dt, la population excitatrice ne s'entend plus elle-même : w_EE manque.",
        ),
        Misconception(
            lambda r_E, r_I, I_E, I_I, w_EE, w_EI, w_IE, tau: derivees(
                r_E, r_I, I_E, I_I, w_EE, 0, w_IE, tau),
            "dr_I/dt est juste. Dans dr_E/dt, l'inhibition n'arrive pas : w_EI r_I manque.",
        ),
        Misconception(
            lambda r_E, r_I, I_E, I_I, w_EE, w_EI, w_IE, tau: tuple(
                tau * x for x in derivees(r_E, r_I, I_E, I_I, w_EE, w_EI, w_IE, tau)),
            "Les deux dérivées ont le bon signe, mais elles ignorent τ.",
        ),
        Misconception(
            lambda r_E, r_I, I_E, I_I, w_EE, w_EI, w_IE, tau: derivees(
                r_E, r_I, I_E, I_I, w_EE, w_EI, w_IE, tau)[::-1],
            "Les deux dérivées sont justes, dans l'ordre inverse : E d'abord.",
        ),
        Misconception(
            lambda r_E, r_I, I_E, I_I, w_EE, w_EI, w_IE, tau: (
                derivees(r_E, r_I, I_E, I_I, w_EE, w_EI, w_IE, tau)[0], (fI(I_I + w_IE * r_I) - r_I) / tau),
            "dr_E/dt est juste. La population I reçoit r_E, et non son propre taux : w_IE va de E vers I.",
        ),
        Misconception(
            lambda r_E, r_I, I_E, I_I, w_EE, w_EI, w_IE, tau: (
                derivees(r_E, r_I, I_E, I_I, w_EE, w_EI, w_IE, tau)[0],
                (fI(I_E + w_IE * r_E) - r_I) / tau),
            "dr_E/dt est juste. Chaque population a son courant extérieur : I_I pour la seconde.",
        ),
    ],
    hints=[
        "Deux fois l'exercice 04.4. Que reçoit la population E ? Que reçoit la population I ?",
        "E reçoit I_E + w_EE r_E + w_EI r_I ; I reçoit I_I + w_IE r_E. Les signes sont dans les poids.",
        "Rendez les deux dérivées séparées par une virgule : `return …, …`.",
    ],
    alternatives=[
        _as_matrix,
        _one_by_one,
        _logistic,
        lambda r_E, r_I, I_E, I_I, w_EE, w_EI, w_IE, tau: [
            (fI(np.add(I_E, w_EE * r_E) - abs(w_EI) * r_I) - r_E) / tau, (fI(w_IE * r_E + I_I) - r_I) / tau],
        lambda *a, **k: np.float32(derivees(*a, **k)),
    ],
    mutants=[
        lambda r_E, r_I, I_E, I_I, w_EE, w_EI, w_IE, tau: derivees(r_I, r_E, I_E, I_I, w_EE, w_EI, w_IE, tau),
        lambda r_E, r_I, I_E, I_I, w_EE, w_EI, w_IE, tau: tuple(
            -x for x in derivees(r_E, r_I, I_E, I_I, w_EE, w_EI, w_IE, tau)),
        lambda r_E, r_I, I_E, I_I, w_EE, w_EI, w_IE, tau: (
            fI(I_E + w_EE * r_E + w_EI * r_I) / tau, fI(I_I + w_IE * r_E) / tau),
    ],
    unit="Hz/ms",
    units={"r_E": "Hz", "r_I": "Hz", "tau": "ms"},
    solution="""def derivees(r_E, r_I, I_E, I_I, w_EE, w_EI, w_IE, tau):
    courant_E = I_E + w_EE * r_E + w_EI * r_I
    courant_I = I_I + w_IE * r_E
    return (fI(courant_E) - r_E) / tau, (fI(courant_I) - r_I) / tau
""",
)  # fmt: skip


def nullclines_EI(r_E, I_E, I_I, w_EE, w_EI, w_IE):
    """r_I where dr_E/dt = 0, then r_I where dr_I/dt = 0."""
    return (fI_inverse(r_E) - I_E - w_EE * r_E) / w_EI, fI(I_I + w_IE * r_E)


def _each(r_E, I_E, I_I, w_EE, w_EI, w_IE):
    first = [(I_E + w_EE * x - 10 - 2.5 * float(logit(x / 500))) / -w_EI for x in r_E]
    return first, [500 / (1 + np.exp(-0.4 * (I_I + w_IE * x - 10))) for x in r_E]


NULLCLINES = Exercise(
    id="04.9",
    title="Deux courbes pour deux populations",
    reference=nullclines_EI,
    samples=lambda rng: {"r_E": rng.uniform(5, 495, 20), **_weights(rng)},
    outputs=("nullcline de r_E", "nullcline de r_I"),
    invariants=[
        holds(
            lambda f, out, r_E, I_E, I_I, w_EE, w_EI, w_IE: np.allclose(
                derivees(r_E, np.asarray(out[0], float), I_E, I_I, w_EE, w_EI, w_IE, 1)[0], 0, atol=0.5),
            "annule dr_E/dt sur la première courbe",
            "Sur votre première courbe, dr_E/dt n'est pas nul.",
        ),
        holds(
            lambda f, out, r_E, I_E, I_I, w_EE, w_EI, w_IE: np.allclose(
                derivees(r_E, np.asarray(out[1], float), I_E, I_I, w_EE, w_EI, w_IE, 1)[1], 0, atol=0.5),
            "annule dr_I/dt sur la seconde courbe",
            "Sur votre seconde courbe, dr_I/dt n'est pas nul.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda r_E, I_E, I_I, w_EE, w_EI, w_IE: nullclines_EI(r_E, I_E, I_I, w_EE, w_EI, w_IE)[::-1],
            "Les deux courbes sont justes, dans l'ordre inverse. La nullcline de r_E est celle où r_E ne bouge pas.",
        ),
        Misconception(
            lambda r_E, I_E, I_I, w_EE, w_EI, w_IE: (
                fI(I_E + w_EE * r_E), nullclines_EI(r_E, I_E, I_I, w_EE, w_EI, w_IE)[1]),
            "La seconde courbe est juste. Pour la première, dr_E/dt = 0 donne r_E = Φ(…), avec r_I **dans** Φ : il "
            "faut Φ⁻¹ pour l'en sortir.",
        ),
        Misconception(
            lambda r_E, I_E, I_I, w_EE, w_EI, w_IE: (
                (fI_inverse(r_E) - I_E) / w_EI, nullclines_EI(r_E, I_E, I_I, w_EE, w_EI, w_IE)[1]),
            "La seconde courbe est juste. Dans la première, l'excitation récurrente w_EE r_E manque.",
        ),
        Misconception(
            lambda r_E, I_E, I_I, w_EE, w_EI, w_IE: (
                -nullclines_EI(r_E, I_E, I_I, w_EE, w_EI, w_IE)[0], nullclines_EI(r_E, I_E, I_I, w_EE, w_EI, w_IE)[1]),
            "La seconde courbe est juste. La première a le signe retourné : w_EI est négatif, gardez-le tel quel.",
        ),
        Misconception(
            lambda r_E, I_E, I_I, w_EE, w_EI, w_IE: (
                w_EI * (fI_inverse(r_E) - I_E - w_EE * r_E), nullclines_EI(r_E, I_E, I_I, w_EE, w_EI, w_IE)[1]),
            "La seconde courbe est juste. Pour isoler r_I, il faut diviser par w_EI, et non multiplier.",
        ),
        Misconception(
            lambda r_E, I_E, I_I, w_EE, w_EI, w_IE: (
                nullclines_EI(r_E, I_E, I_I, w_EE, w_EI, w_IE)[0], (fI_inverse(r_E) - I_I) / w_IE),
            "La première courbe est juste. Dans dr_I/dt, r_I est déjà seul : r_I = Φ(I_I + w_IE r_E), sans inverse.",
        ),
        Misconception(
            lambda r_E, I_E, I_I, w_EE, w_EI, w_IE: (
                nullclines_EI(r_E, I_E, I_I, w_EE, w_EI, w_IE)[0], fI(w_IE * r_E)),
            "La première courbe est juste. La seconde ignore I_I.",
        ),
    ],
    hints=[
        "Posez chaque dérivée égale à zéro, puis isolez r_I.",
        "La seconde est immédiate : r_I = Φ(I_I + w_IE r_E). Dans la première, r_I est à l'intérieur de Φ.",
        "Φ⁻¹(r_E) = I_E + w_EE r_E + w_EI r_I : isolez r_I.",
    ],
    alternatives=[
        _each,
        lambda r_E, I_E, I_I, w_EE, w_EI, w_IE: np.stack([
            (10 + np.arctanh(r_E / 250 - 1) / 0.2 - I_E - w_EE * r_E) / w_EI, 500 * expit(0.4 * (I_I + w_IE * r_E - 10))
        ]),
        lambda r_E, I_E, I_I, w_EE, w_EI, w_IE: [
            (I_E + w_EE * r_E - fI_inverse(r_E)) / abs(w_EI), 250 * (1 + np.tanh(0.2 * (I_I - 10 + w_IE * r_E)))],
        lambda *a, **k: tuple(np.float32(x) for x in nullclines_EI(*a, **k)),
        lambda r_E, I_E, I_I, w_EE, w_EI, w_IE: (
            fI_inverse(r_E) / w_EI - I_E / w_EI - w_EE / w_EI * r_E, np.array([fI(I_I + w_IE * x) for x in r_E])),
    ],
    mutants=[
        lambda r_E, I_E, I_I, w_EE, w_EI, w_IE: nullclines_EI(r_E, I_I, I_E, w_EE, w_EI, w_IE),
        lambda r_E, I_E, I_I, w_EE, w_EI, w_IE: nullclines_EI(r_E, -I_E, I_I, w_EE, w_EI, w_IE),
        lambda r_E, I_E, I_I, w_EE, w_EI, w_IE: nullclines_EI(r_E, I_E, I_I, -w_EE, w_EI, w_IE),
    ],
    unit="Hz",
    units={"r_E": "Hz"},
    solution="""def nullclines_EI(r_E, I_E, I_I, w_EE, w_EI, w_IE):
    ou_E_s_arrete = (fI_inverse(r_E) - I_E - w_EE * r_E) / w_EI
    ou_I_s_arrete = fI(I_I + w_IE * r_E)
    return ou_E_s_arrete, ou_I_s_arrete
""",
)  # fmt: skip
