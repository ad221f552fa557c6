"""Exercise 06.5: the window of a pair of spikes, Δt = t_post - t_pre."""

import numpy as np

from course.exercises.declare import Exercise, Misconception


def fenetre(delta_t, c_p, tau_p, c_d, tau_d):
    """What a pair of spikes does to the weight; Δt = 0 is causal."""
    far = np.abs(delta_t)
    return np.where(delta_t >= 0, c_p * np.exp(-far / tau_p), -c_d * np.exp(-far / tau_d))


def _draw(rng):
    return {
        "delta_t": np.append(rng.uniform(-80, 80, 40), 0.0), "c_p": float(rng.uniform(0.2, 2)),
        "tau_p": float(rng.uniform(5, 20)), "c_d": float(rng.uniform(0.2, 2)), "tau_d": float(rng.uniform(22, 40)),
    }  # fmt: skip


def _reversed(delta_t, c_p, tau_p, c_d, tau_d):
    return fenetre(-delta_t, c_p, tau_p, c_d, tau_d)


def _one_tau(delta_t, c_p, tau_p, c_d, tau_d):
    return fenetre(delta_t, c_p, tau_p, c_d, tau_p)


def _positive(delta_t, c_p, tau_p, c_d, tau_d):
    return np.abs(fenetre(delta_t, c_p, tau_p, c_d, tau_d))


WINDOW = Exercise(
    id="06.5",
    title="La fenêtre de la STDP",
    reference=fenetre,
    samples=_draw,
    alternatives=[
        lambda delta_t, c_p, tau_p, c_d, tau_d: [
            c_p * np.exp(-d / tau_p) if d >= 0 else -c_d * np.exp(d / tau_d) for d in np.atleast_1d(delta_t)
        ],
        lambda delta_t, c_p, tau_p, c_d, tau_d: np.where(
            delta_t < 0, -c_d * np.exp(np.minimum(delta_t, 0) / tau_d), c_p * np.exp(-np.maximum(delta_t, 0) / tau_p)
        ),
        lambda delta_t, c_p, tau_p, c_d, tau_d: (
            (delta_t >= 0) * c_p * np.exp(-np.abs(delta_t) / tau_p)
            - (delta_t < 0) * c_d * np.exp(-np.abs(delta_t) / tau_d)
        ),
        lambda delta_t, c_p, tau_p, c_d, tau_d: (
            np.where(delta_t >= 0, c_p, -c_d) * np.exp(-np.abs(delta_t) / np.where(delta_t >= 0, tau_p, tau_d))
        ),
        lambda delta_t, c_p, tau_p, c_d, tau_d: np.select(
            [delta_t >= 0], [c_p * np.exp(-np.abs(delta_t) / tau_p)], -c_d * np.exp(-np.abs(delta_t) / tau_d)
        ),
    ],
    misconceptions=[
        Misconception(_reversed, "le signe de Δt est renversé : la cause précède l'effet quand Δt > 0"),
        Misconception(_one_tau, "la même constante de temps sert des deux côtés : que devient τ_d ?"),
        Misconception(_positive, "une impulsion présynaptique venue trop tard doit affaiblir la synapse"),
    ],
    mutants=[
        lambda delta_t, c_p, tau_p, c_d, tau_d: fenetre(delta_t, c_p, tau_p, c_p, tau_d),
        lambda delta_t, c_p, tau_p, c_d, tau_d: fenetre(delta_t, c_p, tau_d, c_d, tau_p),
        lambda delta_t, c_p, tau_p, c_d, tau_d: fenetre(delta_t, 1.0, tau_p, c_d, tau_d),
        lambda delta_t, c_p, tau_p, c_d, tau_d: np.where(delta_t == 0, -c_d, fenetre(delta_t, c_p, tau_p, c_d, tau_d)),
    ],
    hints=["Qui vient en premier quand Δt > 0 ?", "np.where choisit, élément par élément, entre deux tableaux."],
    units={"delta_t": "ms", "tau_p": "ms", "tau_d": "ms"},
    solution="""def fenetre(delta_t, c_p, tau_p, c_d, tau_d):
    ecart = np.abs(delta_t)
    plus = c_p * np.exp(-ecart / tau_p)
    moins = -c_d * np.exp(-ecart / tau_d)
    return np.where(delta_t >= 0, plus, moins)
""",
)
