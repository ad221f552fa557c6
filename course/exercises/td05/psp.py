"""Exercise 05.7: what a leaky membrane makes of an exponential current."""

import numpy as np
from scipy.integrate import quad, solve_ivp

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds, value


def ppse(t, w, tau_m, tau_s):
    """The u of du/dt = -u/tau_m + w exp(-t/tau_s), u(0) = 0."""
    scale = w * tau_m * tau_s / (tau_m - tau_s)
    return scale * (np.exp(-t / tau_m) - np.exp(-t / tau_s))


def _solved(t, w, tau_m, tau_s):
    run = solve_ivp(lambda s, u: -u / tau_m + w * np.exp(-s / tau_s), (0, t.max() + 1), [0.0], dense_output=True,
                    rtol=1e-9, atol=1e-9)  # fmt: skip
    return run.sol(t)[0]


def _integrated(t, w, tau_m, tau_s):
    return [quad(lambda s, x=x: w * np.exp(-s / tau_s - (x - s) / tau_m), 0, x)[0] for x in t]


def _by_sinh(t, w, tau_m, tau_s):
    mean, half = (1 / tau_m + 1 / tau_s) / 2, (1 / tau_s - 1 / tau_m) / 2
    return w / half * np.exp(-mean * t) * np.sinh(half * t)


PSP = Exercise(
    id="05.7",
    title="Le potentiel post-synaptique",
    reference=ppse,
    samples=lambda rng: {
        "t": rng.uniform(0, 80, 60), "w": float(rng.uniform(-2, 3)), "tau_m": float(rng.uniform(12, 30)),
        "tau_s": float(rng.uniform(1, 9)),
    },
    invariants=[
        value(0, at={"t": 0}),
        holds(
            lambda f, u, t, w, tau_m, tau_s: np.isclose(
                np.ravel(f(t=np.array([1e-3])))[0] / 1e-3, w, rtol=1e-2, atol=1e-3),
            "part avec la pente w",
            "En t = 0, u est nul et le noyau vaut 1 : la pente de départ devrait être w.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda t, w, tau_m, tau_s: -ppse(t, w, tau_m, tau_s),
            "Le signe est retourné : un poids positif doit élever le potentiel. Laquelle des deux exponentielles dure "
            "le plus ?",
        ),
        Misconception(
            lambda t, w, tau_m, tau_s: w * (np.exp(-t / tau_m) - np.exp(-t / tau_s)),
            "La forme est juste, l'amplitude ne l'est pas : reportez A (exp(−t/τm) − exp(−t/τs)) dans l'équation, et "
            "cherchez A.",
        ),
        Misconception(
            lambda t, w, tau_m, tau_s: w * tau_s * np.exp(-t / tau_m),
            "C'est la limite d'un courant très bref : le potentiel saute. Ici, la synapse a une durée, et u part de 0.",
        ),
        Misconception(
            lambda t, w, tau_m, tau_s: w * np.exp(-t / tau_s),
            "C'est le courant. La membrane le filtre : le potentiel monte d'abord, puis redescend avec τm.",
        ),
        Misconception(
            lambda t, w, tau_m, tau_s: ppse(t, w, tau_m, tau_s) / tau_m,
            "Vous avez divisé w par τm : dans l'équation, seule la fuite l'est.",
        ),
        Misconception(
            lambda t, w, tau_m, tau_s: ppse(t, w, tau_m, tau_s) / tau_s,
            "La forme est juste, il manque un facteur τs dans l'amplitude.",
        ),
    ],
    hints=[
        "Cherchez u sous la forme A (exp(−t/τm) − exp(−t/τs)) : elle est nulle en 0 pour tout A.",
        "La pente en t = 0 est A (1/τs − 1/τm). Et l'équation dit qu'elle vaut w.",
        "A = w τm τs/(τm − τs).",
    ],
    alternatives=[
        _solved,
        _integrated,
        _by_sinh,
        lambda t, w, tau_m, tau_s: [ppse(x, w, tau_m, tau_s) for x in t],
        lambda t, w, tau_m, tau_s: np.float32(ppse(t, w, tau_m, tau_s)),
        lambda t, w, tau_m, tau_s: w / (1 / tau_s - 1 / tau_m) * (np.exp(-t / tau_m) - np.exp(-t / tau_s)),
    ],
    mutants=[
        lambda t, w, tau_m, tau_s: np.abs(ppse(t, w, tau_m, tau_s)),
        lambda t, w, tau_m, tau_s: w * tau_m * tau_s / (tau_m + tau_s) * (np.exp(-t / tau_m) - np.exp(-t / tau_s)),
        lambda t, w, tau_m, tau_s: w * t * np.exp(-t / tau_m),
    ],
    tolerance=1e-5,
    unit="mV",
    units={"t": "ms", "w": "mV/ms", "tau_m": "ms", "tau_s": "ms"},
    solution="""def ppse(t, w, tau_m, tau_s):
    A = w * tau_m * tau_s / (tau_m - tau_s)
    return A * (np.exp(-t / tau_m) - np.exp(-t / tau_s))
""",
)  # fmt: skip
