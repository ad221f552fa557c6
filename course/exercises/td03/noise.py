"""Exercises 03.5 and 03.7: a step of Euler and Maruyama, a neuron slow and as irregular as can be."""

import math

import numpy as np

from course.exercises.declare import Exercise, Interval, Misconception
from course.exercises.invariants import holds, value


def pas_bruite(u, mu, tau, sigma, dt, tirage):
    """u one step dt (ms) later, for τ du/dt = μ - u + σ √τ ξ; tirage is a draw of deviation 1."""
    return u + dt / tau * (mu - u) + sigma * np.sqrt(dt / tau) * tirage


def _step(u, mu, tau, sigma, dt, tirage, noise):
    return u + dt / tau * (mu - u) + noise * tirage


NOISY_STEP = Exercise(
    id="03.5",
    title="Un pas dans le bruit",
    reference=pas_bruite,
    samples=lambda rng: {
        "u": rng.normal(0.5, 0.5, 20), "mu": float(rng.uniform(-1, 2)), "tau": float(rng.uniform(4, 30)),
        "sigma": float(rng.uniform(0.1, 0.8)), "dt": float(rng.uniform(0.02, 0.8)), "tirage": rng.standard_normal(20),
    },
    invariants=[
        value("u", at={"dt": 0}),
        holds(
            lambda f, out, u, mu, tau, sigma, dt, tirage: np.allclose(
                f(u=0 * u, mu=0.0, dt=dt / 4), np.asarray(f(u=0 * u, mu=0.0)) / 2, rtol=1e-4, atol=1e-9),
            "reçoit deux fois moins de bruit quand le pas est quatre fois plus court",
            "Avec un pas quatre fois plus court, le bruit reçu pendant le pas devrait être deux fois plus petit.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda u, mu, tau, sigma, dt, tirage: _step(u, mu, tau, sigma, dt, tirage, sigma * dt / tau),
            "Vous traitez le bruit comme une pente, proportionnelle à dt : en affinant le pas, il s'évapore. Des "
            "tirages au hasard se compensent, et leur somme croît comme une racine.",
        ),
        Misconception(
            lambda u, mu, tau, sigma, dt, tirage: _step(u, mu, tau, sigma, dt, tirage, sigma),
            "Votre bruit ne connaît pas dt : plus le pas est court, plus il y en a par milliseconde.",
        ),
        Misconception(
            lambda u, mu, tau, sigma, dt, tirage: _step(u, mu, tau, sigma, dt, tirage, sigma * math.sqrt(dt)),
            "La racine porte sur dt seul. σ a l'unité de u : le facteur doit être sans unité, √(dt/τ).",
        ),
        Misconception(
            lambda u, mu, tau, sigma, dt, tirage: _step(u, mu, tau, sigma, dt, tirage, sigma * math.sqrt(tau * dt)),
            "Il reste à diviser par τ, comme pour le premier terme : σ √τ √dt / τ.",
        ),
        Misconception(
            lambda u, mu, tau, sigma, dt, tirage: _step(u, mu, tau, sigma, dt, tirage, sigma * math.sqrt(dt) / tau),
            "Il manque √τ : l'équation porte σ √τ ξ, et le facteur de σ doit être sans unité.",
        ),
        Misconception(
            lambda u, mu, tau, sigma, dt, tirage: _step(
                u, mu, tau, sigma, dt, tirage, sigma * dt / math.sqrt(tau)),
            "Vous multipliez le bruit par dt, comme une pente. En affinant le pas, il s'évaporerait : la somme de "
            "secousses au hasard croît comme une racine.",
        ),
        Misconception(
            lambda u, mu, tau, sigma, dt, tirage: _step(u, mu, tau, sigma, dt, tirage, sigma / math.sqrt(tau * dt)),
            "C'est le bruit que vous diriez d'un courant : il grandit quand dt diminue. Ici, il s'ajoute à u, après "
            "avoir agi pendant dt.",
        ),
        Misconception(
            lambda u, mu, tau, sigma, dt, tirage: dt / tau * (mu - u) + sigma * np.sqrt(dt / tau) * tirage,
            "Vous rendez le chemin parcouru pendant le pas. On attend la nouvelle valeur de u.",
        ),
        Misconception(
            lambda u, mu, tau, sigma, dt, tirage: u + dt / tau * mu + sigma * np.sqrt(dt / tau) * tirage,
            "La fuite manque : rien ne ramène u, et le hasard l'emporterait de plus en plus loin.",
        ),
    ],
    hints=[
        "Deux termes s'ajoutent à u : le pas d'Euler ordinaire, puis le bruit.",
        "Quelle unité σ a-t-il ? Le facteur qui le multiplie doit donc être sans unité.",
        "u + dt/τ (μ − u) + σ √(dt/τ) × tirage.",
    ],
    alternatives=[
        lambda u, mu, tau, sigma, dt, tirage: (1 - dt / tau) * u + dt / tau * mu + (dt / tau) ** 0.5 * sigma * tirage,
        lambda u, mu, tau, sigma, dt, tirage: [
            x + dt * (mu - x) / tau + sigma * math.sqrt(dt / tau) * z for x, z in zip(u, tirage, strict=True)],
        lambda u, mu, tau, sigma, dt, tirage: np.average(
            [u, mu + 0 * u], axis=0, weights=[tau - dt, dt]) + np.hypot(0, sigma * np.sqrt(dt / tau)) * tirage,
        lambda u, mu, tau, sigma, dt, tirage: np.float32(pas_bruite(u, mu, tau, sigma, dt, tirage)),
        lambda u, mu, tau, sigma, dt, tirage: u - (dt * (u - mu) - sigma * math.sqrt(tau * dt) * tirage) / tau,
    ],
    mutants=[
        lambda u, mu, tau, sigma, dt, tirage: _step(
            u, mu, tau, sigma, dt, tirage - np.mean(tirage), sigma * math.sqrt(dt / tau)),
        lambda u, mu, tau, sigma, dt, tirage: _step(u, mu, tau, sigma, dt, np.abs(tirage), sigma * math.sqrt(dt / tau)),
        lambda u, mu, tau, sigma, dt, tirage: _step(u, mu, tau, sigma, dt, tirage, sigma * math.sqrt(2 * dt / tau)),
    ],
    units={"tau": "ms", "dt": "ms"},
    solution="""def pas_bruite(u, mu, tau, sigma, dt, tirage):
    return u + dt / tau * (mu - u) + sigma * np.sqrt(dt / tau) * tirage
""",
)  # fmt: skip


def reglage():
    """Rate (Hz) and CV wanted."""
    return {"taux": Interval(0.8, 1.2), "cv": Interval(0.9, 1.1)}


IRREGULAR = Exercise(
    id="03.7",
    title="Un neurone lent et irrégulier",
    reference=reglage,
    misconceptions=[
        Misconception(
            lambda: {"taux": Interval(0, 0), "cv": np.nan},
            "Aucune impulsion : le bruit ne porte jamais u jusqu'au seuil. Augmentez σ, ou approchez I de 1.",
        ),
        Misconception(
            lambda: {"taux": Interval(1.2000001, 1e4), "cv": Interval(0, 0.8999999)},
            "Trop rapide, et trop régulier : la remise à zéro se voit dans les intervalles. Baissez I ou σ : plus le "
            "passage du seuil est rare, plus il ressemble au hasard pur.",
        ),
        Misconception(
            lambda: {"taux": Interval(1.2000001, 1e4), "cv": Interval(0.9, 1.1)},
            "L'irrégularité est bonne, le neurone est trop rapide. Le taux change très vite avec σ : baissez-le par "
            "centièmes.",
        ),
        Misconception(
            lambda: {"taux": Interval(0, 0.7999999), "cv": Interval(0, 10)},
            "Trop lent. Le taux change très vite avec σ : augmentez-le par centièmes.",
        ),
    ],
    hints=[
        "Gardez I = 0,6, sous la rhéobase, et changez σ seul : encadrez le taux voulu.",
        "Entre σ = 0,15 et σ = 0,25, le taux passe de moins d'un dixième de hertz à plusieurs.",
    ],
    alternatives=[
        lambda: {"taux": 1, "cv": 1},
        lambda: {"taux": np.float64(0.81), "cv": np.float32(0.91)},
        lambda: {"cv": 1.09, "taux": 1.19},
        lambda: {"taux": np.array(1.02), "cv": np.array(0.94)},
        lambda: {"taux": [1.1], "cv": [1.0], "essais": 100},
    ],
    mutants=[
        lambda: {"taux": 1.0, "cv": 0.5},
        lambda: {"taux": 0.9, "cv": 1.3},
        lambda: {"taux": 5.0, "cv": 2.0},
    ],
    units={"taux": "Hz"},
)  # fmt: skip
