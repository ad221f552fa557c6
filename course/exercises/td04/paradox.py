"""Exercise 04.11: what the inhibitory rate does when inhibition is excited."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def effet_sur_rI(pente_E, pente_I, w_EE, w_EI, w_IE):
    """dr_I/dI_I at a steady state, with w_II = 0."""
    g = w_EE * pente_E
    return (1 - g) * pente_I / (1 - g - w_EI * w_IE * pente_E * pente_I)


def _draw(rng):
    """Stable states, on both sides of w_EE Φ' = 1."""
    while True:
        draw = {
            "pente_E": float(rng.uniform(5, 50)), "pente_I": float(rng.uniform(5, 50)),
            "w_EE": float(rng.uniform(0.005, 0.06)), "w_EI": float(rng.uniform(-0.1, -0.02)),
            "w_IE": float(rng.uniform(0.02, 0.1)),
        }  # fmt: skip
        g = draw["w_EE"] * draw["pente_E"]
        loop = -draw["w_EI"] * draw["w_IE"] * draw["pente_E"] * draw["pente_I"]
        if g < 1.9 and 1 - g + loop > 0.3 and abs(1 - g) > 0.05:
            return draw


def _by_system(pente_E, pente_I, w_EE, w_EI, w_IE):
    M = np.array([[1 - w_EE * pente_E, -w_EI * pente_E], [-w_IE * pente_I, 1]])
    return np.linalg.solve(M, [0, pente_I])[1]


def _by_inverse(pente_E, pente_I, w_EE, w_EI, w_IE):
    W, slopes = np.array([[w_EE, w_EI], [w_IE, 0.0]]), np.diag([pente_E, pente_I])
    return (np.linalg.inv(np.eye(2) - slopes @ W) @ slopes)[1, 1]


def _by_cramer(pente_E, pente_I, w_EE, w_EI, w_IE):
    rows = np.array([[1 / pente_E - w_EE, -w_EI], [-w_IE, 1 / pente_I]])
    return np.linalg.det(np.column_stack([rows[:, 0], [0, 1]])) / np.linalg.det(rows)


PARADOX = Exercise(
    id="04.11",
    title="Exciter l'inhibition",
    reference=effet_sur_rI,
    samples=_draw,
    draws=16,
    invariants=[
        holds(
            lambda f, x, pente_E, pente_I, w_EE, w_EI, w_IE: (float(x) < 0) == (w_EE * pente_E > 1),
            "est négatif exactement quand w_EE Φ′_E dépasse 1",
            "Le signe de votre réponse ne bascule pas quand w_EE Φ′_E traverse 1.",
        ),
        holds(
            lambda f, x, pente_E, pente_I, w_EE, w_EI, w_IE: np.isclose(float(f(w_IE=0.0)), pente_I, rtol=1e-4),
            "vaut Φ′_I quand E n'excite pas I",
            "Si w_IE = 0, rien ne revient à I : dr_I/dI_I devrait valoir Φ′_I.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda pente_E, pente_I, w_EE, w_EI, w_IE: pente_I,
            "C'est la réponse de I toute seule. Mais I freine E, qui excite moins I : la boucle entière répond.",
        ),
        Misconception(
            lambda pente_E, pente_I, w_EE, w_EI, w_IE: pente_I / (1 - w_EI * w_IE * pente_E * pente_I),
            "La boucle y est, mais E n'entend que I : il manque w_EE. C'est lui qui fait le paradoxe.",
        ),
        Misconception(
            lambda pente_E, pente_I, w_EE, w_EI, w_IE: (1 - w_EE * pente_E) * pente_I
            / (1 - w_EE * pente_E + w_EI * w_IE * pente_E * pente_I),
            "Le signe de la boucle est retourné : w_EI est négatif, donc −w_EI w_IE est positif.",
        ),
        Misconception(
            lambda pente_E, pente_I, w_EE, w_EI, w_IE: pente_I
            / (1 - w_EE * pente_E - w_EI * w_IE * pente_E * pente_I),
            "Le dénominateur est juste. Au numérateur, il manque 1 − w_EE Φ′_E : c'est lui qui change de signe.",
        ),
        Misconception(
            lambda pente_E, pente_I, w_EE, w_EI, w_IE: w_EI * pente_E * pente_I
            / (1 - w_EE * pente_E - w_EI * w_IE * pente_E * pente_I),
            "C'est la réponse de E, dr_E/dI_I, toujours négative. On demande celle de I.",
        ),
        Misconception(
            lambda pente_E, pente_I, w_EE, w_EI, w_IE: -effet_sur_rI(pente_E, pente_I, w_EE, w_EI, w_IE),
            "Le signe est retourné partout : sans excitation récurrente, exciter I doit élever r_I.",
        ),
        Misconception(
            lambda pente_E, pente_I, w_EE, w_EI, w_IE: effet_sur_rI(pente_E, pente_I, w_EE, w_EI, w_IE) / pente_I,
            "Un facteur Φ′_I manque : c'est par lui que le courant devient un taux.",
        ),
    ],
    hints=[
        "Écrivez les deux équilibres, puis faites varier I_I d'un rien : δr_E = Φ′_E (…), δr_I = Φ′_I (…).",
        "δr_E (1 − w_EE Φ′_E) = Φ′_E w_EI δr_I, et δr_I = Φ′_I (δI_I + w_IE δr_E). Éliminez δr_E.",
        "δr_I (1 − w_EE Φ′_E − w_EI w_IE Φ′_E Φ′_I) = (1 − w_EE Φ′_E) Φ′_I δI_I.",
    ],
    alternatives=[
        _by_system,
        _by_inverse,
        _by_cramer,
        lambda pente_E, pente_I, w_EE, w_EI, w_IE: pente_I
        / (1 + abs(w_EI) * w_IE * pente_E * pente_I / (1 - w_EE * pente_E)),
        lambda *a, **k: np.float32(effet_sur_rI(*a, **k)),
    ],
    mutants=[
        lambda pente_E, pente_I, w_EE, w_EI, w_IE: effet_sur_rI(pente_I, pente_E, w_EE, w_EI, w_IE),
        lambda pente_E, pente_I, w_EE, w_EI, w_IE: effet_sur_rI(pente_E, pente_I, w_IE, w_EI, w_EE),
        lambda pente_E, pente_I, w_EE, w_EI, w_IE: (1 - w_EE) * pente_I
        / (1 - w_EE - w_EI * w_IE * pente_E * pente_I),
    ],
    tolerance=1e-4,
    absolute=1e-6,
    unit="Hz par unité de courant",
    solution="""def effet_sur_rI(pente_E, pente_I, w_EE, w_EI, w_IE):
    g = w_EE * pente_E
    boucle = -w_EI * w_IE * pente_E * pente_I
    return (1 - g) * pente_I / (1 - g + boucle)
""",
)  # fmt: skip
