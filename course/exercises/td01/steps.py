"""Exercises 01.8 and 01.9: one step of Euler's scheme, a noise that does not depend on the step."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds, value


def pas_euler(etat, dt, derivees):
    """The state one step dt (ms) later, by Euler's scheme."""
    return etat + dt * derivees(etat)


def _draw_system(rng):
    """A nonlinear system of a size of its own, every variable moved by the others."""
    size = int(rng.integers(2, 6))
    A, b = rng.normal(size=(size, size)), rng.normal(size=size)
    return {
        "etat": rng.normal(size=size),
        "dt": float(rng.uniform(0.02, 0.5)),
        "derivees": lambda y: np.tanh(A @ np.asarray(y, float)) + b - 0.3 * np.asarray(y, float),
    }


def _in_turn(etat, dt, derivees):
    """Each variable changed before the next one's derivative is taken."""
    new = np.array(etat, float)
    for k in range(len(new)):
        new[k] += dt * derivees(new)[k]
    return new


def _implicit(etat, dt, derivees):
    new = etat
    for _ in range(200):
        new = etat + dt * derivees(new)
    return new


def _by_variable(etat, dt, derivees):
    slopes, new = derivees(etat), []
    for value_, slope in zip(etat, slopes, strict=True):
        new.append(float(value_) + dt * float(slope))
    return new


def _in_place(etat, dt, derivees):
    new = np.array(etat, copy=True)
    new += np.multiply(dt, derivees(etat.copy()))
    return new


def _by_matrix(etat, dt, derivees):
    return np.array([1.0, dt]) @ np.vstack([etat, derivees(etat)])


EULER = Exercise(
    id="01.8",
    title="Un pas d'Euler",
    reference=pas_euler,
    samples=_draw_system,
    invariants=[
        holds(
            lambda f, out, etat, dt, derivees: np.allclose(f(dt=0.0), etat),
            "est l'état de départ quand `dt` = 0",
            "Avec un pas nul, l'état devrait rester où il est.",
        ),
    ],
    misconceptions=[
        Misconception(
            _in_turn,
            "Vous avancez les variables l'une après l'autre : la seconde voit déjà la première déplacée. Toutes les "
            "dérivées se prennent sur l'ancien état.",
        ),
        Misconception(
            lambda etat, dt, derivees: dt * derivees(etat),
            "Vous rendez le chemin parcouru. On attend le nouvel état : il faut partir de l'ancien.",
        ),
        Misconception(
            lambda etat, dt, derivees: etat + derivees(etat),
            "Vous ajoutez une vitesse à une position : la durée du pas manque.",
        ),
        Misconception(
            lambda etat, dt, derivees: etat - dt * derivees(etat),
            "Vous remontez le temps : une dérivée positive devrait faire croître la variable.",
        ),
        Misconception(
            lambda etat, dt, derivees: etat + dt * derivees(etat) / 2,
            "Vous n'avancez que d'un demi-pas : à la fin, l'horloge aura pris deux fois trop d'avance.",
        ),
        Misconception(
            lambda etat, dt, derivees: etat * (1 + dt * derivees(etat)),
            "Votre accroissement est multiplié par l'état : une variable nulle resterait nulle à jamais.",
        ),
    ],
    hints=[
        "Vous roulez à 30 mètres par seconde depuis la borne 100 : où êtes-vous un dixième de seconde plus tard ?",
        "Appelez `derivees` une seule fois, sur l'état entier.",
        "Nouvel état = ancien état + dt × dérivées.",
    ],
    alternatives=[
        _by_variable,
        _in_place,
        _by_matrix,
        lambda etat, dt, derivees: np.float32(np.float32(etat) + np.float32(dt) * np.float32(derivees(etat))),
        lambda etat, dt, derivees: np.add(etat, np.asarray(list(derivees(list(etat)))) * dt).tolist(),
    ],
    mutants=[
        _implicit,
        lambda etat, dt, derivees: etat + dt * derivees(etat + dt * derivees(etat)),
        lambda etat, dt, derivees: etat + dt * derivees(etat)[::-1],
    ],
    units={"dt": "ms"},
    slips={
        "to unpack": "L'état peut avoir une autre taille que quatre : calculez sur le tableau entier.",
        "positional argument": "`derivees` attend l'état entier, en un seul argument.",
    },
    solution="""def pas_euler(etat, dt, derivees):
    return etat + dt * derivees(etat)
""",
)  # fmt: skip


def bruit_blanc(tirages, D, dt):
    """White noise of intensity D (µA/cm²·√ms) held during steps dt (ms), from draws of deviation 1."""
    return D * tirages / np.sqrt(dt)


WHITE_NOISE = Exercise(
    id="01.9",
    title="Un bruit qui ne dépend pas du pas",
    reference=bruit_blanc,
    samples=lambda rng: {
        "tirages": rng.standard_normal(40), "D": float(rng.uniform(0.3, 4)), "dt": float(rng.uniform(0.005, 0.5))
    },
    invariants=[
        value("D / sqrt(dt)", at={"tirages": 1}),
        holds(
            lambda f, out, tirages, D, dt: np.allclose(f(dt=dt / 4), 2 * np.asarray(out), rtol=1e-4),
            "double quand `dt` est divisé par quatre",
            "Avec un pas quatre fois plus court, chaque tirage devrait être deux fois plus grand : ils sont quatre à "
            "se compenser.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda tirages, D, dt: D * tirages,
            "C'est le bruit du musée : il ne connaît pas dt. Plus les tirages sont serrés, plus la membrane les "
            "moyenne.",
        ),
        Misconception(
            lambda tirages, D, dt: D * tirages * np.sqrt(dt),
            "√dt est juste, à l'envers. D √dt est la charge apportée pendant un pas ; on demande un courant, "
            "qu'il faut diviser par la durée du pas.",
        ),
        Misconception(
            lambda tirages, D, dt: D * tirages / dt,
            "Vous divisez par dt : le bruit grandirait sans borne quand le pas diminue. Des tirages au hasard se "
            "compensent ; leur somme croît comme une racine.",
        ),
        Misconception(
            lambda tirages, D, dt: np.sqrt(D / dt) * tirages,
            "La racine porte aussi sur D. L'intensité est en µA/cm²·√ms : c'est d'elle que vient déjà la racine.",
        ),
        Misconception(
            lambda tirages, D, dt: 5 + D * tirages / np.sqrt(dt),
            "Le bruit est juste, mais vous ajoutez les 5 µA/cm² du courant moyen : le programme s'en charge.",
        ),
    ],
    hints=[
        "Quelle unité doit avoir le résultat ? D est en µA/cm²·√ms, et dt en ms.",
        "La moyenne de k tirages a un écart type √k fois plus petit. Combien de tirages dans une durée τ ?",
        "L'écart type de chaque tirage vaut D/√dt.",
    ],
    alternatives=[
        lambda tirages, D, dt: [float(x) * D * dt**-0.5 for x in tirages],
        lambda tirages, D, dt: np.diff(np.concatenate([[0.0], np.cumsum(D * np.sqrt(dt) * tirages)])) / dt,
        lambda tirages, D, dt: np.float32(D / np.sqrt(dt)) * np.asarray(tirages, np.float32),
        lambda tirages, D, dt: np.sign(tirages) * np.sqrt(D**2 * tirages**2 / dt),
        lambda tirages, D, dt: np.multiply(tirages, D) * np.exp(-np.log(dt) / 2),
    ],
    mutants=[
        lambda tirages, D, dt: D * np.abs(tirages) / np.sqrt(dt),
        lambda tirages, D, dt: D * tirages / np.cbrt(dt),
        lambda tirages, D, dt: D * (tirages - np.mean(tirages)) / np.sqrt(dt),
    ],
    unit="µA/cm²",
    units={"D": "µA/cm²·√ms", "dt": "ms"},
    solution="""def bruit_blanc(tirages, D, dt):
    return D * tirages / np.sqrt(dt)
""",
)  # fmt: skip
