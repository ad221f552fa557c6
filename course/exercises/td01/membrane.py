"""Exercises 01.1 and 01.2: an ion's battery, a gate."""

import math

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds, value

R = 8.314462618  # J/(mol K)
F = 96485.33212  # C/mol
CELSIUS = 273.15
K_B, CHARGE = 1.380649e-23, 1.602176634e-19  # J/K, C


def nernst(c_ext, c_int, z, T):
    """Nernst potential (mV); concentrations in mmol/L, T in °C."""
    return 1000 * R * (T + 273.15) / (z * F) * np.log(c_ext / c_int)


def _nernst_by_charge(c_ext, c_int, z, T):
    thermal = 1e3 * K_B * (T + CELSIUS) / CHARGE  # mV, for one elementary charge
    return float(thermal / z * (math.log(c_ext) - math.log(c_int)))


def _nernst_by_sign(c_ext, c_int, z, T):
    if z < 0:
        c_ext, c_int = c_int, c_ext
    return 8.314 * (T + 273) / (abs(z) * 96.485) * math.log(c_ext / c_int)


NERNST = Exercise(
    id="01.1",
    title="Le potentiel de Nernst",
    reference=nernst,
    samples=lambda rng: {
        "z": int(rng.choice([-1, 1, 2, 3])),
        "c_ext": float(np.exp(rng.uniform(0, 6))),
        "c_int": float(np.exp(rng.uniform(0, 6))),
        "T": float(rng.uniform(2, 40)),
    },
    draws=12,
    invariants=[
        value(0, at={"c_ext": "c_int"}),
        holds(
            lambda f, E, z, **rest: np.isclose(f(z=-z), -E, rtol=1e-3, atol=1e-9),
            "change de signe avec la charge de l'ion",
            "Le sodium et le chlorure, avec les mêmes concentrations, devraient donner deux potentiels opposés.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda c_ext, c_int, z, T: 1000 * R * T / (z * F) * np.log(c_ext / c_int),
            "À 0 °C, votre potentiel s'annulerait : les ions cessent-ils de s'agiter quand l'eau gèle ? La "
            "température de la formule est absolue, en kelvins.",
        ),
        Misconception(
            lambda c_ext, c_int, z, T: -nernst(c_ext, c_int, z, T),
            "La taille est bonne, le signe est inversé. Si K⁺, abondant dedans, s'échappe, l'intérieur devient-il "
            "positif ou négatif ?",
        ),
        Misconception(
            lambda c_ext, c_int, z, T: nernst(c_ext, c_int, z, T) / math.log(10),
            "Tout est 2,3 fois trop petit : la formule demande le logarithme népérien, et vous avez pris le décimal.",
        ),
        Misconception(
            lambda c_ext, c_int, z, T: nernst(c_ext, c_int, 1, T),
            "Tout va bien pour z = 1. Que devient le potentiel d'un ion négatif, ou d'un ion qui porte deux charges ?",
        ),
        Misconception(
            lambda c_ext, c_int, z, T: nernst(c_ext, c_int, abs(z), T),
            "La charge compte, et son signe aussi : pour Cl⁻, la tension pousse dans l'autre sens.",
        ),
        Misconception(
            lambda c_ext, c_int, z, T: nernst(c_ext, c_int, z, T) / 1000,
            "Vos valeurs sont justes, en volts. On attend des millivolts.",
        ),
        Misconception(
            lambda c_ext, c_int, z, T: R * T / (z * F) * np.log(c_ext / c_int),
            "Les deux conversions manquent : la température se compte en kelvins, et le résultat en millivolts.",
        ),
        Misconception(
            lambda c_ext, c_int, z, T: 1000 * R * (T + CELSIUS) / z * F * np.log(c_ext / c_int),
            "F multiplie au lieu de diviser : `a / z * F` se lit (a / z) × F. Il manque des parenthèses autour de "
            "z F.",
        ),
    ],
    hints=[
        "Que doit valoir le potentiel si les deux concentrations sont égales ? Et pour K⁺, dedans plus que dehors, "
        "quel signe attendez-vous ?",
        "Deux conversions se cachent dans l'énoncé : une pour la température, une pour le résultat.",
        "En numpy, le logarithme népérien s'écrit `np.log` ; les kelvins sont des degrés Celsius plus 273,15.",
    ],
    alternatives=[
        _nernst_by_charge,
        _nernst_by_sign,
        lambda c_ext, c_int, z, T: np.float32(nernst(c_ext, c_int, z, T)),
        lambda c_ext, c_int, z, T: 0.0861733 * (T + CELSIUS) * math.log10(c_ext / c_int) / math.log10(math.e) / z,
        lambda c_ext, c_int, z, T: np.array([-1000 * R * (T + CELSIUS) / (z * F) * np.log(c_int / c_ext)]),
    ],
    mutants=[
        lambda c_ext, c_int, z, T: 1000 * R * (T + CELSIUS) * z / F * np.log(c_ext / c_int),
        lambda c_ext, c_int, z, T: 1000 * R * (T - CELSIUS) / (z * F) * np.log(c_ext / c_int),
        lambda c_ext, c_int, z, T: 1000 * R * (T + CELSIUS) / (z * F) * np.log(c_ext) / np.log(c_int + 1),
    ],
    tolerance=1e-3,
    unit="mV",
    units={"c_ext": "mmol/L", "c_int": "mmol/L", "T": "°C"},
    solution="""def nernst(c_ext, c_int, z, T):
    return 1000 * R * (T + 273.15) / (z * F) * np.log(c_ext / c_int)
""",
)


def porte(alpha, beta):
    """Equilibrium fraction and time constant (ms) of a gate with rates in 1/ms."""
    return alpha / (alpha + beta), 1 / (alpha + beta)


def _gate_by_relaxation(alpha, beta):
    """Two instants of the exact relaxation give the two numbers back."""
    x, tau = 0.5 * np.ones_like(alpha), 1 / np.add(alpha, beta)
    decay = np.exp(-1.0)
    later = alpha * tau + (x - alpha * tau) * decay
    return (later - decay * x) / (1 - decay), tau


GATE = Exercise(
    id="01.2",
    title="Une porte",
    reference=porte,
    samples=lambda rng: {"alpha": rng.uniform(0.02, 4, 20), "beta": rng.uniform(0.02, 4, 20)},
    outputs=("équilibre", "constante de temps"),
    invariants=[
        holds(
            lambda f, out, alpha, beta: np.allclose(f(alpha=beta)[0], 0.5, rtol=1e-4),
            "ouvre la moitié des portes quand les deux taux sont égaux",
            "Quand les deux taux sont égaux, la moitié des portes devrait être ouverte.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda alpha, beta: (alpha / (alpha + beta), alpha + beta),
            "L'équilibre est juste. Votre constante de temps grandit quand les taux grandissent : des portes plus "
            "vives mettent-elles plus longtemps ? Regardez aussi son unité.",
        ),
        Misconception(
            lambda alpha, beta: (beta / (alpha + beta), 1 / (alpha + beta)),
            "Vous rendez la fraction de portes fermées : α est le taux d'ouverture, c'est lui qui remplit n.",
        ),
        Misconception(
            lambda alpha, beta: (1 / (alpha + beta), alpha / (alpha + beta)),
            "Les deux nombres sont justes, dans l'ordre inverse : d'abord l'équilibre, puis la constante de temps.",
        ),
        Misconception(
            lambda alpha, beta: (alpha / beta, 1 / (alpha + beta)),
            "Votre équilibre dépasse 1 dès que α > β : une fraction le peut-elle ? α/β est le rapport des portes "
            "ouvertes aux portes fermées.",
        ),
        Misconception(
            lambda alpha, beta: (alpha / (alpha + beta), 1 / alpha + 1 / beta),
            "Ce sont les taux qui s'ajoutent, et non les durées : deux chemins mènent à l'équilibre en même temps.",
        ),
        *(
            Misconception(
                wrong,
                "La division passe avant l'addition : `1 / alpha + beta` se lit (1/α) + β. Il manque des parenthèses.",
            )
            for wrong in (
                lambda alpha, beta: (alpha / (alpha + beta), 1 / alpha + beta),
                lambda alpha, beta: (alpha / alpha + beta, 1 / (alpha + beta)),
                lambda alpha, beta: (alpha / alpha + beta, 1 / alpha + beta),
            )
        ),
    ],
    hints=[
        "À l'équilibre, autant de portes s'ouvrent que de portes se ferment : α (1 − n) = β n.",
        "Mettez l'équation sous la forme dn/dt = (quelque chose) × (n∞ − n). L'inverse de ce quelque chose est τ.",
        "n∞ = α / (α + β). Il reste τ, dont l'unité est la milliseconde.",
    ],
    alternatives=[
        _gate_by_relaxation,
        lambda alpha, beta: ([a / (a + b) for a, b in zip(alpha, beta, strict=True)],
                             [1 / (a + b) for a, b in zip(alpha, beta, strict=True)]),
        lambda alpha, beta: np.stack([1 / (1 + beta / alpha), 1 / (alpha + beta)]),
        lambda alpha, beta: (np.float32(1 - beta / (alpha + beta)), np.float32(1 / (alpha + beta))),
        lambda alpha, beta: [alpha * np.reciprocal(alpha + beta), np.reciprocal(alpha + beta)],
    ],
    mutants=[
        lambda alpha, beta: (alpha / (alpha + beta), 1 / alpha),
        lambda alpha, beta: (alpha / (alpha - beta), 1 / (alpha - beta)),
        lambda alpha, beta: (alpha / (alpha + beta), np.log(2) / (alpha + beta)),
    ],
    units={"alpha": "1/ms", "beta": "1/ms"},
    solution="""def porte(alpha, beta):
    return alpha / (alpha + beta), 1 / (alpha + beta)
""",
)  # fmt: skip
