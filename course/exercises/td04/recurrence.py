"""Exercise 04.4: how the rate of a population that hears itself changes."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds
from course.exercises.td04.transfer import fI


def drdt(r, I_ext, w, tau, Phi):
    """(Φ(I_ext + w r) - r)/τ, whatever the function Φ."""
    return (Phi(I_ext + w * r) - r) / tau


def _curve(rng):
    """A sigmoid or a softened line, of numbers and of arrays."""
    top, steep, half = (
        float(rng.uniform(100, 500)),
        float(rng.uniform(0.1, 0.4)),
        float(rng.uniform(0, 20)),
    )
    if rng.random() < 0.5:
        return lambda I: fI(I, top, steep, half)
    return lambda I: top / 10 * np.logaddexp(0, steep * (np.asarray(I) - half))


CHANGE = Exercise(
    id="04.4",
    title="Une population qui s'entend",
    reference=drdt,
    samples=lambda rng: {
        "r": rng.uniform(0, 500, 12), "I_ext": float(rng.uniform(-20, 30)), "w": float(rng.uniform(-0.12, 0.12)),
        "tau": float(rng.uniform(5, 60)), "Phi": _curve(rng),
    },
    invariants=[
        holds(
            lambda f, out, r, I_ext, w, tau, Phi: np.allclose(
                tau * np.asarray(f(r=np.zeros(2))), Phi(I_ext), rtol=1e-3, atol=1e-3),
            "vaut Φ(I_ext)/τ quand la population se tait",
            "En r = 0, la population n'entend que I_ext : dr/dt devrait y valoir Φ(I_ext)/τ.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda r, I_ext, w, tau, Phi: Phi(I_ext + w * r) - r,
            "Votre dr/dt a partout le bon signe, mais il ne dépend pas de τ : que se passe-t-il si la population est "
            "deux fois plus lente ?",
        ),
        Misconception(
            lambda r, I_ext, w, tau, Phi: tau * (Phi(I_ext + w * r) - r),
            "Chez vous, une population au grand τ va plus vite. τ est un temps : il divise.",
        ),
        Misconception(
            lambda r, I_ext, w, tau, Phi: (Phi(I_ext) - r) / tau,
            "Votre population ne s'entend pas : w n'y figure pas. Son courant est I_ext + w r.",
        ),
        Misconception(
            lambda r, I_ext, w, tau, Phi: (Phi(I_ext) + w * r - r) / tau,
            "w r est un courant : il entre dans Φ, avec I_ext. Vous l'ajoutez à un taux.",
        ),
        Misconception(
            lambda r, I_ext, w, tau, Phi: Phi(I_ext + w * r) - r / tau,
            "τ divise toute la différence. Chez vous, il ne divise que r : l'équilibre lui-même dépendrait de τ.",
        ),
        Misconception(
            lambda r, I_ext, w, tau, Phi: (r - Phi(I_ext + w * r)) / tau,
            "Le signe est retourné : un taux plus bas que Φ doit monter.",
        ),
        Misconception(
            lambda r, I_ext, w, tau, Phi: (Phi(I_ext - w * r) - r) / tau,
            "Un w positif doit exciter : w r s'ajoute au courant. Pour une inhibition, c'est w lui-même qui est "
            "négatif.",
        ),
        Misconception(
            lambda r, I_ext, w, tau, Phi: (Phi(w * (I_ext + r)) - r) / tau,
            "w ne multiplie que le taux. Le courant extérieur entre tel quel.",
        ),
        Misconception(
            lambda r, I_ext, w, tau, Phi: Phi(I_ext + w * r) / tau,
            "Sans r en moins, le taux ne ferait que monter : rien ne le ramène vers Φ.",
        ),
    ],
    hints=[
        "Quel est le courant total que reçoit la population, quand son taux vaut r ?",
        "Le taux va vers Φ(I_ext + w r). dr/dt est l'écart qui reste à parcourir, divisé par τ.",
        "`(Phi(I_ext + w * r) - r) / tau`.",
    ],
    alternatives=[
        lambda r, I_ext, w, tau, Phi: [(float(Phi(I_ext + w * x)) - x) / tau for x in r],
        lambda r, I_ext, w, tau, Phi: Phi(w * (I_ext / w + r)) / tau - r / tau,
        lambda r, I_ext, w, tau, Phi: (np.vectorize(Phi)(I_ext + w * r) - r) / tau,
        lambda r, I_ext, w, tau, Phi: np.float32(drdt(r, I_ext, w, tau, Phi)),
        lambda r, I_ext, w, tau, Phi: np.dot([1 / tau, -1 / tau], [Phi(np.add(I_ext, w * r)), r]),
    ],
    mutants=[
        lambda r, I_ext, w, tau, Phi: (Phi(I_ext + w * r) + r) / tau,
        lambda r, I_ext, w, tau, Phi: (Phi(I_ext + w * r**2) - r) / tau,
        lambda r, I_ext, w, tau, Phi: (Phi(I_ext + w) - r) / tau,
    ],
    unit="Hz/ms",
    units={"r": "Hz", "tau": "ms"},
    solution="""def drdt(r, I_ext, w, tau, Phi):
    courant = I_ext + w * r
    return (Phi(courant) - r) / tau
""",
)  # fmt: skip
