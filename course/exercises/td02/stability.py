"""Exercises 02.3 and 02.4: the four slopes at a point, and the words that their trace and determinant deserve."""

import cmath

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def jacobienne(v, b, tau):
    """Jacobian of FitzHugh and Nagumo's equations at a point of potential v; rows dv/dt, dw/dt; columns v, w."""
    return np.array([[1 - v**2, -1.0], [1 / tau, -b / tau]])


def _by_differences(v, b, tau, e=1e-4):
    """Slopes of the field, two sides; its even error is e²/3 on the cube alone."""

    def field(x, w):
        return np.array([x - x**3 / 3 - w, (x - b * w) / tau])

    return np.column_stack(
        [(field(v + e, 0) - field(v - e, 0)) / (2 * e), (field(v, e) - field(v, -e)) / (2 * e)]
    )


def _entry_by_entry(v, b, tau):
    J = np.zeros((2, 2))
    J[0, 0], J[0, 1] = (1 - v) * (1 + v), -1
    J[1] = np.array([1, -b]) / tau
    return J


JACOBIAN = Exercise(
    id="02.3",
    title="La jacobienne",
    reference=jacobienne,
    samples=lambda rng: {
        "v": float(rng.uniform(-2, 2)), "b": float(rng.uniform(0.3, 1.6)), "tau": float(rng.uniform(2, 30))
    },
    invariants=[
        holds(
            lambda f, J, v, b, tau: np.allclose(np.asarray(f(v=-v)), np.asarray(J), atol=1e-5),
            "ne change pas quand v change de signe",
            "La pente de v³ est la même en v et en −v : votre matrice devrait l'être aussi.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda v, b, tau: jacobienne(v, b, tau).T,
            "Les quatre nombres sont justes, la matrice est retournée : une ligne par dérivée, dv/dt puis dw/dt ; une "
            "colonne par variable, v puis w.",
        ),
        Misconception(
            lambda v, b, tau: np.array([[1 - v, -1], [1 / tau, -b / tau]]),
            "En haut à gauche, la dérivée de v³/3 n'est pas v : la puissance 3 descend et se simplifie avec le 3.",
        ),
        Misconception(
            lambda v, b, tau: np.array([[1 - v**2 / 3, -1], [1 / tau, -b / tau]]),
            "En haut à gauche, il reste un facteur 1/3 : la puissance 3 descend et se simplifie avec lui.",
        ),
        Misconception(
            lambda v, b, tau: np.array([[-(v**2), -1], [1 / tau, -b / tau]]),
            "En haut à gauche, le premier terme de dv/dt, v tout seul, a disparu : sa dérivée est 1.",
        ),
        Misconception(
            lambda v, b, tau: np.array([[1 - v**2, 1], [1 / tau, -b / tau]]),
            "En haut à droite : quand w monte, dv/dt descend. w est ce qui rappelle v.",
        ),
        Misconception(
            lambda v, b, tau: np.array([[1 - v**2, -1], [1, -b]]),
            "La première ligne est juste. La seconde ne dépend pas de τ : w serait aussi rapide que v.",
        ),
        Misconception(
            lambda v, b, tau: np.array([[1 - v**2, -1], [1 / tau, -b]]),
            "En bas à droite, τ divise toute la parenthèse, et le terme b w avec.",
        ),
        Misconception(
            lambda v, b, tau: np.array([[1 - v**2, -1], [1 / tau, b / tau]]),
            "En bas à droite : w se rappelle lui-même. S'il est trop grand, il redescend.",
        ),
        Misconception(
            lambda v, b, tau: np.array([[v - v**3 / 3, -1], [v / tau, -b / tau]]),
            "Vous avez recopié les termes de l'équation ; la jacobienne contient leurs dérivées, leurs pentes.",
        ),
    ],
    hints=[
        "Quatre questions, quatre nombres. La première : si v augmente d'un rien, de combien dv/dt change-t-il ?",
        "Par rapport à v, w est une constante, et inversement. I et a n'ont pas de pente.",
        "`np.array([[…, −1], [1 / tau, …]])`. En haut à gauche, la dérivée de v − v³/3.",
    ],
    alternatives=[
        _by_differences,
        _entry_by_entry,
        lambda v, b, tau: [[1 - v * v, -1], [1 / tau, -b / tau]],
        lambda v, b, tau: np.diag([1.0, 1 / tau]) @ np.array([[1 - v**2, -1], [1, -b]]),
        lambda v, b, tau: np.float32([[1 - v**2, -1], [tau**-1, -b * tau**-1]]),
    ],
    mutants=[
        lambda v, b, tau: jacobienne(v, b, tau) * [[1], [tau**2]],
        lambda v, b, tau: np.array([[1 - 3 * v**2, -1], [1 / tau, -b / tau]]),
        lambda v, b, tau: np.array([[1 + v**2, -1], [1 / tau, -b / tau]]),
    ],
    tolerance=1e-5,
)  # fmt: skip


# what a student is shown as a solution is this very text
def nature(trace, determinant):
    if determinant < 0:
        return "col"
    if trace == 0:
        return "centre"
    forme = "foyer" if trace**2 < 4 * determinant else "nœud"
    if trace < 0:
        return forme + " stable"
    return forme + " instable"


def _draw_point(rng):
    """The five words in turn, near their borders too."""
    trace, kind = float(rng.uniform(0.2, 3) * rng.choice([-1, 1])), rng.integers(6)
    share = {0: (-2, -0.02), 1: (0.02, 0.9), 2: (1.1, 3.8), 3: (4.2, 12), 4: (0.3, 3), 5: (-2, -0.02)}[int(kind)]
    determinant = float(rng.uniform(*share) * trace**2 / 4)
    return {"trace": 0.0 if kind >= 4 else trace, "determinant": determinant}


def _by_eigenvalues(trace, determinant):
    root = cmath.sqrt(trace**2 - 4 * determinant)
    first, second = (trace + root) / 2, (trace - root) / 2
    if abs(first.imag) > 1e-12:
        word = "foyer"
    else:
        word = "col" if first.real * second.real < 0 else "noeud"
    if word == "col":
        return word
    if abs(first.real) < 1e-9:
        return "Centre"
    return f"{word} {'stable' if max(first.real, second.real) < 0 else 'instable'}"


def _by_companion(trace, determinant):
    x = np.linalg.eigvals([[0, 1], [-determinant, trace]])
    if np.iscomplex(x).any():
        side = np.round(x.real.max(), 9)
        return "centre" if side == 0 else "foyer " + ("stable" if side < 0 else "instable")
    x = np.sort(x.real)
    return "nœud stable" if x[1] < 0 else "nœud instable" if x[0] > 0 else "col"


def _by_table(trace, determinant):
    table = {(True, True): "nœud instable", (True, False): "nœud stable",
             (False, True): "foyer instable", (False, False): "foyer stable"}  # fmt: skip
    word = table[trace * trace > 4 * determinant, trace > 0]
    return "col" if determinant < 0 else "centre" if not trace else word


def _in_numpy(trace, determinant):
    words = np.array(["foyer stable", "foyer instable", "nœud stable", "nœud instable", "centre", "col"])
    k = np.where(trace > 0, 1, 0) + 2 * (trace**2 > 4 * determinant)
    return str(words[5 if determinant < 0 else 4 if trace == 0 else k])


KIND = Exercise(
    id="02.4",
    title="Nommer un point fixe",
    reference=nature,
    samples=_draw_point,
    draws=60,
    misconceptions=[
        Misconception(
            lambda trace, determinant: nature(trace, abs(determinant)),
            "Vous ne reconnaissez jamais un col. Avec un déterminant négatif, les deux valeurs propres sont de signes "
            "opposés : quelle que soit la trace, une direction s'éloigne.",
        ),
        Misconception(
            lambda trace, determinant: (
                "centre" if trace == 0 else "foyer stable" if trace < 0 else "foyer instable"
            ) if trace**2 < 4 * determinant or trace == 0 else ("nœud stable" if trace < 0 else "nœud instable"),
            "Votre verdict ne tient qu'à la trace. Un déterminant négatif, c'est un col : une direction attire, "
            "l'autre repousse.",
        ),
        *(Misconception(
            lambda trace, determinant, still=still: (
                nature(trace, abs(determinant)) if trace and determinant > 0
                else ("nœud " if determinant < 0 else "foyer ") + ("stable" if trace < still else "instable")
            ),
            "Vous ne reconnaissez ni les cols, ni les centres. Avec un déterminant négatif, les deux valeurs propres "
            "sont de signes opposés ; avec une trace nulle, on tourne sans se rapprocher ni s'éloigner.",
        ) for still in (0, 1e-300)),
        Misconception(
            lambda trace, determinant: "stable" if trace < 0 else "instable",
            "Vous ne regardez que la trace : la forme manque, et un col ne serait jamais reconnu. Commencez par le "
            "signe du déterminant.",
        ),
        Misconception(
            lambda trace, determinant: nature(-trace, determinant),
            "Stable et instable sont échangés : la trace est la somme des valeurs propres. Quand une petite "
            "perturbation s'éteint-elle ?",
        ),
        Misconception(
            lambda trace, determinant: (
                nature(trace, determinant) if determinant < 0 or trace == 0
                else nature(trace, determinant).replace("nœud", "?").replace("foyer", "nœud").replace("?", "foyer")
            ),
            "Nœud et foyer sont échangés : on tourne quand les valeurs propres sont complexes, donc quand le "
            "discriminant est négatif.",
        ),
        Misconception(
            lambda trace, determinant: nature(trace, determinant / 4),
            "Votre frontière entre nœud et foyer n'est pas au bon endroit : le discriminant de λ² − T λ + D est "
            "T² − 4 D.",
        ),
        Misconception(
            lambda trace, determinant: (
                nature(trace, determinant) if trace or determinant < 0 else "foyer stable"
            ),
            "Une trace nulle n'est pas stable : rien n'y ramène, rien n'en éloigne. C'est un centre.",
        ),
        Misconception(
            lambda trace, determinant: (
                nature(trace, determinant) if trace or determinant < 0 else "foyer instable"
            ),
            "Une trace nulle n'est pas instable : rien n'y ramène, rien n'en éloigne. C'est un centre.",
        ),
        Misconception(
            lambda trace, determinant: nature(trace, determinant).split()[0],
            "La forme est juste : nœud, foyer, col ou centre. Il manque le plus important, « stable » ou « instable ».",
        ),
    ],
    hints=[
        "Commencez par le col : un produit négatif suffit à le reconnaître.",
        "Ensuite, le discriminant T² − 4 D dit si l'on tourne ; puis le signe de T dit si l'on revient.",
        "Quatre `if`, dans cet ordre : `determinant < 0`, `trace == 0`, `trace**2 < 4 * determinant`, `trace < 0`.",
    ],
    alternatives=[_by_eigenvalues, _by_companion, _by_table, _in_numpy,
                  lambda trace, determinant: nature(trace, determinant).upper()],
    mutants=[
        lambda trace, determinant: nature(trace, determinant - trace**2),
        lambda trace, determinant: "col" if determinant > 0 else nature(trace, -determinant),
        lambda trace, determinant: nature(trace, determinant) if determinant < 1 else "col",
    ],
)  # fmt: skip
