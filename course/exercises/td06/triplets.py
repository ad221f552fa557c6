"""Exercise 06.11: what one pair of a long train potentiates, when the second trace of triplets is read."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def potentialisation(frequence, delta_t, A3, tau_p, tau_y):
    """A3 r o at each postsynaptic spike of an endless train of pairs, delta_t after the presynaptic ones."""
    period = 1000 / frequence
    r = np.exp(-delta_t / tau_p) / (1 - np.exp(-period / tau_p))
    o = np.exp(-period / tau_y) / (1 - np.exp(-period / tau_y))
    return A3 * r * o


def _draw(rng):
    return {
        "frequence": rng.uniform(2, 60, 12), "delta_t": float(rng.uniform(2, 14)),
        "A3": float(rng.uniform(2e-3, 2e-2)), "tau_p": float(rng.uniform(10, 25)),
        "tau_y": float(rng.uniform(60, 150)),
    }  # fmt: skip


def _walked(frequence, delta_t, A3, tau_p, tau_y):
    """The traces, spike after spike, until they repeat."""
    r = o = 0.0
    period = 1000 / np.asarray(frequence, float)
    for _ in range(600):
        r = r * np.exp(-period / tau_p) + 1
        o = (o + 1) * np.exp(-period / tau_y)
    return A3 * r * np.exp(-delta_t / tau_p) * o


def _series(frequence, delta_t, A3, tau_p, tau_y):
    k, period = np.arange(2000)[:, None], 1000 / np.asarray(frequence, float)
    return A3 * np.exp(-(k * period + delta_t) / tau_p).sum(0) * np.exp(-(k + 1) * period / tau_y).sum(0)


def _after(frequence, delta_t, A3, tau_p, tau_y):
    period = 1000 / frequence
    return potentialisation(frequence, delta_t, A3, tau_p, tau_y) * np.exp(period / tau_y)


def _last_pre(frequence, delta_t, A3, tau_p, tau_y):
    period = 1000 / frequence
    return potentialisation(frequence, delta_t, A3, tau_p, tau_y) * (1 - np.exp(-period / tau_p))


def _last_post(frequence, delta_t, A3, tau_p, tau_y):
    period = 1000 / frequence
    return potentialisation(frequence, delta_t, A3, tau_p, tau_y) * (1 - np.exp(-period / tau_y))


def _hertz(frequence, delta_t, A3, tau_p, tau_y):
    return potentialisation(1000 * frequence, delta_t, A3, tau_p, tau_y)


TRIPLET = Exercise(
    id="06.11",
    title="Ce que lit un triplet",
    reference=potentialisation,
    samples=_draw,
    invariants=[
        holds(
            lambda f, out, frequence, **_: float(np.max(f(frequence=np.array([0.5])))) < 1e-3 * float(np.max(out)),
            "s'efface à basse fréquence",
            "À une paire toutes les deux secondes, la trace lente est vide : rien ne se renforce.",
        ),
    ],
    misconceptions=[
        Misconception(
            _after,
            "La trace o est lue avant que l'impulsion n'y ajoute la sienne : la plus récente qu'elle contient a déjà "
            "une période.",
        ),
        Misconception(
            _last_pre,
            "r ne garde que la dernière impulsion d'avant. Dans un long train, les précédentes y sont encore un peu.",
        ),
        Misconception(
            _last_post,
            "o ne garde que la dernière impulsion d'après. La trace est lente : plusieurs y sont encore.",
        ),
        Misconception(
            _hertz,
            "La période n'est pas en ms : à f Hz, deux paires sont séparées de 1000/f ms.",
        ),
        Misconception(
            lambda frequence, delta_t, A3, tau_p, tau_y: potentialisation(frequence, 0.0, A3, tau_p, tau_y),
            "Δt manque : à l'impulsion d'après, la dernière impulsion d'avant a déjà Δt ms.",
        ),
        Misconception(
            lambda frequence, delta_t, A3, tau_p, tau_y: potentialisation(frequence, delta_t, A3, tau_y, tau_p),
            "Les deux constantes de temps sont échangées.",
        ),
    ],
    hints=[
        "Chaque trace est une série géométrique, de raison exp(−période/τ).",
        "1 + q + q² + … = 1/(1 − q), et q + q² + … = q/(1 − q). Laquelle pour r ? Laquelle pour o ?",
        "r est lue Δt ms après la dernière impulsion d'avant ; o, une période après la dernière d'après.",
    ],
    alternatives=[
        _walked,
        _series,
        lambda frequence, delta_t, A3, tau_p, tau_y: (
            -A3 * np.exp(-delta_t / tau_p) / np.expm1(-1000 / frequence / tau_p) / np.expm1(1000 / frequence / tau_y)
        ),
        lambda frequence, delta_t, A3, tau_p, tau_y: [
            float(potentialisation(f, delta_t, A3, tau_p, tau_y)) for f in np.atleast_1d(frequence)
        ],
        lambda frequence, delta_t, A3, tau_p, tau_y: A3 * potentialisation(frequence, delta_t, 1.0, tau_p, tau_y),
    ],
    mutants=[
        lambda frequence, delta_t, A3, tau_p, tau_y: -potentialisation(frequence, delta_t, A3, tau_p, tau_y),
        lambda frequence, delta_t, A3, tau_p, tau_y: potentialisation(frequence, -delta_t, A3, tau_p, tau_y),
        lambda frequence, delta_t, A3, tau_p, tau_y: potentialisation(frequence, delta_t, 6.2e-3, tau_p, tau_y),
    ],
    units={"frequence": "Hz", "delta_t": "ms", "tau_p": "ms", "tau_y": "ms"},
    solution="""def potentialisation(frequence, delta_t, A3, tau_p, tau_y):
    T = 1000 / frequence
    r = np.exp(-delta_t / tau_p) / (1 - np.exp(-T / tau_p))
    o = np.exp(-T / tau_y) / (1 - np.exp(-T / tau_y))
    return A3 * r * o
""",
)  # fmt: skip
