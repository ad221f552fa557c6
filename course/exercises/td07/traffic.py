"""Exercises 07.4 to 07.6: the bytes that a step reads, the roof of a machine, the bytes that a history copies."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import between, holds, increasing


def octets_lus(n, k, taille):
    """Bytes of weights read in a step: by the dense product, by the k rows of those who fired."""
    return n * n * taille, k * n * taille


BYTES = Exercise(
    id="07.4",
    title="Les octets d'un pas",
    reference=octets_lus,
    samples=lambda rng: {
        "n": int(rng.integers(50, 5000)), "k": int(rng.integers(2, 40)), "taille": int(rng.choice([2, 4, 8, 16])),
    },
    seed=4,
    invariants=[
        holds(
            lambda f, out, n, k, taille: np.isclose(*f(k=n)),
            "est le même des deux façons quand tous déchargent",
            "Quand tout le monde décharge, k = n, les deux façons lisent toute la matrice.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda n, k, taille: (n * n, k * n),
            "Vous comptez les poids. Chacun occupe `taille` octets.",
        ),
        Misconception(
            lambda n, k, taille: (n * n * taille, k * taille),
            "Une impulsion ne lit pas un poids, mais une ligne : un poids pour chacune des n cibles.",
        ),
        Misconception(
            lambda n, k, taille: (n * n * taille, k * k * taille),
            "Ceux qui reçoivent ne sont pas seulement ceux qui déchargent : chaque impulsion va aux n neurones.",
        ),
        Misconception(
            lambda n, k, taille: (n * n * taille, (n - k) * n * taille),
            "Vous comptez les lignes des neurones muets.",
        ),
        Misconception(
            lambda n, k, taille: (k * n * taille, n * n * taille),
            "L'ordre est à l'envers : le produit d'abord, les événements ensuite.",
        ),
        Misconception(
            lambda n, k, taille: (n * taille, k * taille),
            "La matrice a n lignes et n colonnes.",
        ),
    ],
    hints=[
        "Combien de poids la matrice contient-elle ? Combien une ligne ?",
        "Le produit lit les n² poids ; les événements, k lignes de n poids.",
    ],
    alternatives=[
        lambda n, k, taille: (n**2 * taille, n * k * taille),
        lambda n, k, taille: [taille * n * n, taille * n * k],
        lambda n, k, taille: np.array([n, k]) * n * taille,
        lambda n, k, taille: tuple(float(taille * n * rows) for rows in (n, k)),
        lambda n, k, taille: (taille * n * n, sum(n * taille for _ in range(k))),
    ],
    mutants=[
        lambda n, k, taille: (n * n * taille / 2, k * n * taille),
        lambda n, k, taille: (n * n * taille, (k + 1) * n * taille),
        lambda n, k, taille: (n * (n - 1) * taille, k * n * taille),
    ],
    outputs=("produit", "evenements"),
    unit="octets",
)  # fmt: skip


def toit(intensite, crete, debit):
    """min(peak, bandwidth × intensity): operations a second [1e9/s]."""
    return np.minimum(crete, debit * intensite)


ROOF = Exercise(
    id="07.5",
    title="Le toit d'une machine",
    reference=toit,
    samples=lambda rng: (lambda crete, debit: {
        "intensite": np.sort(crete / debit * 10 ** rng.uniform(-1.5, 1.5, 12)), "crete": crete, "debit": debit,
    })(float(rng.uniform(20, 200)), float(rng.uniform(5, 60))),
    invariants=[increasing("intensite"), between(0, "crete")],
    misconceptions=[
        Misconception(
            lambda intensite, crete, debit: np.maximum(crete, debit * intensite),
            "Vous prenez le meilleur des deux. Une chaîne va à l'allure du plus lent.",
        ),
        Misconception(
            lambda intensite, crete, debit: debit * intensite,
            "Aux grandes intensités, vous dépassez la crête : le processeur ne calcule pas plus vite que lui-même.",
        ),
        Misconception(
            lambda intensite, crete, debit: crete + 0 * intensite,
            "Vous supposez que les octets arrivent toujours à temps. Aux petites intensités, le processeur attend la "
            "mémoire.",
        ),
        Misconception(
            lambda intensite, crete, debit: np.minimum(crete, debit / intensite),
            "L'intensité est en opérations par octet : multipliée par des octets par seconde, elle donne des "
            "opérations par seconde.",
        ),
        Misconception(
            lambda intensite, crete, debit: np.minimum(crete, intensite),
            "Le débit manque : une mémoire deux fois plus rapide ne changerait rien.",
        ),
        Misconception(
            lambda intensite, crete, debit: 1 / (1 / crete + 1 / (debit * intensite)),
            "Vous additionnez les deux temps. Ici, la lecture et le calcul se font ensemble : le plus lent décide.",
        ),
    ],
    hints=[
        "Chaque octet qui arrive permet `intensite` opérations. Combien d'octets arrivent par seconde ?",
        "La mémoire permet `debit * intensite` opérations par seconde, le processeur `crete`. Lequel décide ?",
        "`np.minimum` prend le plus petit, élément par élément.",
    ],
    alternatives=[
        lambda intensite, crete, debit: np.where(intensite < crete / debit, debit * intensite, crete),
        lambda intensite, crete, debit: np.clip(debit * intensite, 0, crete),
        lambda intensite, crete, debit: [min(crete, debit * x) for x in intensite],
        lambda intensite, crete, debit: 1 / np.maximum(1 / crete, 1 / (debit * intensite)),
        lambda intensite, crete, debit: np.float32(np.minimum(crete, debit * intensite)),
    ],
    mutants=[
        lambda intensite, crete, debit: np.minimum(crete, debit * np.sqrt(intensite)),
        lambda intensite, crete, debit: np.minimum(debit, crete * intensite),
        lambda intensite, crete, debit: np.minimum(crete, 8 * debit * intensite),
    ],
    unit="milliards/s",
    units={"intensite": "opérations/octet", "crete": "milliards/s", "debit": "Go/s"},
    solution="""def toit(intensite, crete, debit):
    return np.minimum(crete, debit * intensite)
""",
)  # fmt: skip


def octets_copies(n, M, taille):
    """Σ_{m=1}^{M-1} (m + 1) n·taille: at the step m, vstack writes m + 1 rows anew."""
    return n * taille * (M * (M + 1) // 2 - 1)


def _triangle(shift):
    return lambda n, M, taille: n * taille * sum(m + shift for m in range(1, M))


HISTORY = Exercise(
    id="07.6",
    title="Le prix d'un souvenir",
    reference=octets_copies,
    samples=lambda rng: {
        "n": int(rng.integers(10, 3000)), "M": int(rng.integers(5, 60)), "taille": int(rng.choice([2, 4, 8, 16])),
    },
    seed=5,
    misconceptions=[
        Misconception(
            lambda n, M, taille: n * M * taille,
            "C'est la taille du tableau final : le prix si l'on écrivait chaque ligne une seule fois. Mais `vstack` "
            "recommence tout à chaque pas.",
        ),
        Misconception(
            lambda n, M, taille: n * taille * M * (M - 1) // 2,
            "Vous comptez les lignes recopiées. La ligne nouvelle est écrite aussi, à chaque pas.",
        ),
        Misconception(
            lambda n, M, taille: n * taille * M * (M + 1) // 2,
            "Vous comptez aussi l'état de départ, que rien ne copie au pas 0 : la somme commence à 2 lignes.",
        ),
        Misconception(
            lambda n, M, taille: n * taille * M * (M - 1),
            "Vous comptez, à chaque pas, le tableau final entier. Au pas m, il n'a encore que m + 1 lignes.",
        ),
        Misconception(
            lambda n, M, taille: n * taille * M * M,
            "Vous comptez, à chaque pas, le tableau final entier. Au pas m, il n'a encore que m + 1 lignes.",
        ),
        Misconception(
            lambda n, M, taille: n * (M * (M + 1) // 2 - 1),
            "Vous comptez des nombres. Chacun occupe `taille` octets.",
        ),
    ],
    hints=[
        "Au pas 1, deux lignes ; au pas 2, trois. Au pas M − 1 ?",
        "Il faut 2 + 3 + … + M. Que vaut 1 + 2 + … + M ?",
    ],
    alternatives=[
        _triangle(1),
        lambda n, M, taille: float(taille * n * np.arange(2, M + 1).sum()),
        lambda n, M, taille: n * taille * (M - 1) * (M + 2) / 2,
        lambda n, M, taille: sum(np.empty((m + 1, n), np.int8).nbytes * taille for m in range(1, M)),
        lambda n, M, taille: np.sum([(m + 1) * n * taille for m in range(1, M)]),
    ],
    mutants=[
        lambda n, M, taille: 3 * octets_copies(n, M, taille),
        lambda n, M, taille: n * taille * M**3 / 6,
        _triangle(2),
    ],
    tolerance=1e-9,
    unit="octets",
)  # fmt: skip
