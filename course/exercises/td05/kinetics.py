"""Exercise 05.3: channels that open at a rate alpha and close at a rate beta."""

import numpy as np
from scipy.integrate import solve_ivp
from scipy.linalg import expm

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import between, holds, value


def ouverture(t, P0, alpha, beta):
    """The P of dP/dt = alpha (1 - P) - beta P that starts at P0."""
    rest = alpha / (alpha + beta)
    return rest + (P0 - rest) * np.exp(-(alpha + beta) * t)


def _solved(t, P0, alpha, beta):
    run = solve_ivp(lambda _, P: alpha * (1 - P) - beta * P, (0, t.max() + 1), [P0], dense_output=True, rtol=1e-9)
    return run.sol(t)[0]


def _matrix(t, P0, alpha, beta):
    A = np.array([[-alpha, beta], [alpha, -beta]])
    return [(expm(A * x) @ [1 - P0, P0])[1] for x in t]


def _with(rest=lambda a, b: a / (a + b), rate=lambda a, b: a + b, start=lambda P0, rest: P0 - rest):
    def wrong(t, P0, alpha, beta):
        end = rest(alpha, beta)
        return end + start(P0, end) * np.exp(-rate(alpha, beta) * t)

    return wrong


KINETICS = Exercise(
    id="05.3",
    title="Ouvrir et fermer",
    reference=ouverture,
    samples=lambda rng: {
        "t": rng.uniform(0, 15, 60), "P0": float(rng.uniform(0, 1)), "alpha": float(rng.uniform(0.05, 1.5)),
        "beta": float(rng.uniform(0.05, 0.8)),
    },
    invariants=[
        between(0, 1),
        value("P0", at={"t": 0}),
        holds(
            lambda f, P, t, P0, alpha, beta: np.allclose(f(alpha=0.0), P0 * np.exp(-beta * t), atol=1e-4),
            "décroît en exp(−β t) quand il n'y a plus de neurotransmetteur",
            "Avec α = 0, plus rien ne s'ouvre : P doit décroître en P0 exp(−β t).",
        ),
    ],
    misconceptions=[
        Misconception(
            _with(rate=lambda a, b: 1 / (a + b)),
            "La constante de temps est 1/(α + β). Vous avez divisé par α + β là où il fallait multiplier.",
        ),
        Misconception(
            _with(rate=lambda a, b: b),
            "Le niveau final est juste, mais pas la vitesse : ouvrir et fermer concourent tous deux à la rejoindre. "
            "C'est α + β qui compte.",
        ),
        Misconception(
            _with(rate=lambda a, b: a),
            "Le niveau final est juste, mais pas la vitesse : la fermeture accélère elle aussi le retour. C'est α + β "
            "qui compte.",
        ),
        Misconception(
            _with(start=lambda P0, rest: P0),
            "Le niveau final est juste, mais en t = 0 vous trouvez P∞ + P0. C'est l'écart P0 − P∞ qui s'éteint.",
        ),
        Misconception(
            _with(rest=lambda a, b: b / (a + b)),
            "Votre niveau final est celui des canaux fermés : α et β y sont échangés.",
        ),
        Misconception(
            lambda t, P0, alpha, beta: P0 * np.exp(-(alpha + beta) * t),
            "Vos canaux finissent tous fermés. Tant que α n'est pas nul, il s'en ouvre : cherchez où dP/dt = 0.",
        ),
        Misconception(
            lambda t, P0, alpha, beta: alpha * (1 - P0) - beta * P0 + 0 * t,
            "C'est dP/dt à l'instant 0. On demande P lui-même, à tous les instants.",
        ),
    ],
    hints=[
        "Cherchez d'abord où P s'arrête : dP/dt = 0.",
        "Développez : dP/dt = α − (α + β) P. Quelle est la constante de temps, quel est le niveau final ?",
        "P∞ + (P0 − P∞) exp(−t/τ), avec P∞ = α/(α + β) et τ = 1/(α + β).",
    ],
    alternatives=[
        _solved,
        _matrix,
        lambda t, P0, alpha, beta: [ouverture(x, P0, alpha, beta) for x in t],
        lambda t, P0, alpha, beta: P0 * (e := np.exp(-(alpha + beta) * t)) + alpha / (alpha + beta) * (1 - e),
        lambda t, P0, alpha, beta: np.float32(ouverture(t, P0, alpha, beta)),
    ],
    mutants=[
        lambda t, P0, alpha, beta: ouverture(t, 1 - P0, alpha, beta),
        lambda t, P0, alpha, beta: ouverture(2 * t, P0, alpha, beta),
        lambda t, P0, alpha, beta: np.minimum(1, P0 + t * (alpha * (1 - P0) - beta * P0)),
    ],
    tolerance=1e-5,
    units={"t": "ms", "alpha": "1/ms", "beta": "1/ms"},
    solution="""def ouverture(t, P0, alpha, beta):
    tau = 1 / (alpha + beta)
    P_inf = alpha / (alpha + beta)
    return P_inf + (P0 - P_inf) * np.exp(-t / tau)
""",
)  # fmt: skip
