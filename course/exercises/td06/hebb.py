"""Exercises 06.1 and 06.2: one step of Hebb's rule, and the speed at which it makes the norm of the weights grow."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def pas_hebb(w, u, epsilon):
    """The weights after one step of Hebb's rule, the neuron answering v = w·u."""
    return w + epsilon * np.dot(w, u) * u


def vitesse_norme(w, u, tau):
    """d|w|²/dt under τ dw/dt = u v."""
    return 2 * np.dot(w, u) ** 2 / tau


def _vectors(rng):
    n = int(rng.integers(2, 6))
    return {"w": rng.normal(size=n), "u": rng.normal(size=n)}


HEBB = Exercise(
    id="06.1",
    title="Un pas de la règle de Hebb",
    reference=pas_hebb,
    samples=lambda rng: {**_vectors(rng), "epsilon": float(rng.uniform(0.01, 0.5))},
    invariants=[
        holds(
            lambda f, out, w, u, epsilon: np.allclose(f(w=-w), -np.asarray(out, float)),
            "change de signe avec w",
            "Si tous les poids changent de signe, v en change aussi, et le pas avec lui.",
        ),
        holds(
            lambda f, out, w, u, epsilon: np.allclose(f(u=np.zeros(len(u))), w),
            "ne change rien quand les entrées se taisent",
            "Sans activité avant la synapse, la règle de Hebb ne change aucun poids.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda w, u, epsilon: w + epsilon * u,
            "la réponse v du neurone manque : la synapse grandit même quand il se tait",
        ),
        Misconception(
            lambda w, u, epsilon: w + epsilon * np.dot(w, u),
            "tous les poids grandissent du même nombre : chacun doit dépendre de sa propre entrée",
        ),
        Misconception(
            lambda w, u, epsilon: epsilon * np.dot(w, u) * u,
            "vous rendez la variation des poids, et non les nouveaux poids",
        ),
        Misconception(
            lambda w, u, epsilon: w + epsilon * w * u * u,
            "chaque synapse n'écoute qu'elle-même : v est la réponse du neurone entier, une somme sur les entrées",
        ),
    ],
    hints=[
        "Calculez d'abord la réponse v : un seul nombre pour tout le neurone.",
        "Le poids de l'entrée i gagne ε fois l'activité avant la synapse, fois l'activité après.",
    ],
    alternatives=[
        lambda w, u, epsilon: w + epsilon * np.outer(u, u) @ w,
        lambda w, u, epsilon: (np.eye(len(u)) + epsilon * np.outer(u, u)) @ w,
        lambda w, u, epsilon: [x + epsilon * float(w @ u) * y for x, y in zip(w, u, strict=True)],
        lambda w, u, epsilon: w + sum(w * u) * epsilon * u,
        lambda w, u, epsilon: np.add(w, u * (epsilon * np.vdot(u, w))),
    ],
    mutants=[
        lambda w, u, epsilon: w - epsilon * np.dot(w, u) * u,
        lambda w, u, epsilon: w + epsilon * np.dot(w, u) ** 2 * u,
        lambda w, u, epsilon: w + np.dot(w, u) * u,
        lambda w, u, epsilon: w + epsilon * np.dot(w, u) * w,
    ],
    solution="""def pas_hebb(w, u, epsilon):
    v = w @ u
    return w + epsilon * v * u
""",
)  # fmt: skip


def _differences(w, u, tau):
    """The same by a very small step of time."""
    h = 1e-7 * tau
    return (np.sum((w + h / tau * np.dot(w, u) * u) ** 2) - np.sum(w**2)) / h


NORM = Exercise(
    id="06.2",
    title="À quelle vitesse la norme grandit",
    reference=vitesse_norme,
    samples=lambda rng: {**_vectors(rng), "tau": float(rng.uniform(20, 2000))},
    invariants=[
        holds(
            lambda f, out, w, u, tau: float(out) >= 0,
            "n'est jamais négatif",
            "Sous la règle de Hebb, la norme ne diminue jamais : vérifiez les signes de votre calcul.",
        ),
        holds(
            lambda f, out, w, u, tau: np.isclose(f(w=2 * w), 4 * float(out)),
            "quadruple quand les poids doublent",
            "Des poids deux fois plus grands donnent une réponse double : que devient v² ?",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda w, u, tau: np.dot(w, u) ** 2 / tau,
            "le facteur 2 manque : la dérivée de w² est 2 w dw/dt",
        ),
        Misconception(
            lambda w, u, tau: 2 * np.dot(w, u) ** 2,
            "τ manque : une synapse deux fois plus lente grandit deux fois moins vite",
        ),
        Misconception(
            lambda w, u, tau: np.dot(w, u) ** 2 / tau / np.linalg.norm(w),
            "c'est la vitesse de ‖w‖ ; on demande celle de son carré",
        ),
        Misconception(
            lambda w, u, tau: 2 * abs(np.dot(w, u)) / tau,
            "la réponse v entre deux fois dans le calcul : une fois dans la règle, une fois dans w·u",
        ),
        Misconception(
            lambda w, u, tau: 2 * np.sum(w**2) * np.sum(u**2) / tau,
            "v n'est pas le produit des normes : il dépend de l'angle entre w et u",
        ),
        Misconception(
            lambda w, u, tau: 2 * np.dot(w, u) * u / tau,
            "vous rendez un vecteur ; la norme est un nombre, sa vitesse aussi",
        ),
    ],
    hints=[
        "Écrivez ‖w‖² comme une somme de carrés, et dérivez chaque terme.",
        "Remplacez dw/dt par la règle de Hebb : reconnaissez-vous w·u ?",
    ],
    alternatives=[
        _differences,
        lambda w, u, tau: 2 * float(w @ np.outer(u, u) @ w) / tau,
        lambda w, u, tau: sum(2 * x * y * float(w @ u) / tau for x, y in zip(w, u, strict=True)),
        lambda w, u, tau: 2 / tau * np.square(np.sum(w * u)),
        lambda w, u, tau: np.array(2 * (w @ u) ** 2 / tau),
    ],
    mutants=[
        lambda w, u, tau: -2 * np.dot(w, u) ** 2 / tau,
        lambda w, u, tau: 2 * np.dot(w, u) ** 2 / tau**2,
        lambda w, u, tau: 4 * np.dot(w, u) ** 2 / tau,
    ],
    tolerance=1e-5,
    units={"tau": "ms"},
    unit="1/ms",
    solution="""def vitesse_norme(w, u, tau):
    v = w @ u
    return 2 * v**2 / tau
""",
)  # fmt: skip
