"""Exercises 04.12 and 04.13: what the units of a ring receive from each other, and the angle that they say together."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def couplage(r, theta, J0, J1):
    """s_i = (1/n) Σ_j (J0 + J1 cos(θ_i - θ_j)) r_j, angles in degrees."""
    gap = np.radians(theta[:, None] - theta)
    return (J0 + J1 * np.cos(gap)) @ r / len(r)


def _ring(rng):
    n = int(rng.integers(12, 48))
    theta = (360 * np.arange(n) / n + rng.uniform(0, 360)) % 360
    return n, theta


def _draw_rates(rng):
    n, theta = _ring(rng)
    return {"r": rng.uniform(0, 500, n), "theta": theta, "J0": float(rng.uniform(-0.4, -0.05)),
            "J1": float(rng.uniform(0.1, 0.6))}  # fmt: skip


def _by_harmonics(r, theta, J0, J1):
    a = np.radians(theta)
    return J0 * r.mean() + J1 * (
        np.cos(a) * np.mean(r * np.cos(a)) + np.sin(a) * np.mean(r * np.sin(a))
    )


def _by_complex(r, theta, J0, J1):
    z = np.exp(1j * np.deg2rad(theta))
    return J0 * np.mean(r) + J1 * (z * np.mean(r * z.conj())).real


def _by_loops(r, theta, J0, J1):
    n, s = len(r), []
    for i in range(n):
        total = 0.0
        for j in range(n):
            total += (J0 + J1 * np.cos(np.pi * (theta[i] - theta[j]) / 180)) * r[j]
        s.append(total / n)
    return s


def _by_fourier(r, theta, J0, J1):
    """Equal steps around the ring: a circular convolution."""
    kernel = J0 + J1 * np.cos(2 * np.pi * np.arange(len(r)) / len(r))
    return np.fft.ifft(np.fft.fft(kernel) * np.fft.fft(r)).real / len(r)


COUPLING = Exercise(
    id="04.12",
    title="S'écouter autour d'un anneau",
    reference=couplage,
    samples=_draw_rates,
    invariants=[
        holds(
            lambda f, s, r, theta, J0, J1: np.allclose(np.roll(s, 3), f(r=np.roll(r, 3)), rtol=1e-4, atol=1e-3),
            "tourne avec les taux",
            "Faites tourner tous les taux de trois unités : le courant devrait tourner d'autant. Il doit dépendre des "
            "écarts entre directions, et non des directions.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda r, theta, J0, J1: len(r) * couplage(r, theta, J0, J1),
            "La somme est juste, mais elle croît avec le nombre d'unités : il reste à diviser par n.",
        ),
        Misconception(
            lambda r, theta, J0, J1: (J0 + J1 * np.cos(theta[:, None] - theta)) @ r / len(r),
            "`np.cos` attend des radians, et vos angles sont en degrés : `np.radians` les convertit.",
        ),
        Misconception(
            lambda r, theta, J0, J1: (J0 + J1 * np.cos(np.radians(theta))) * np.mean(r),
            "Ce qui compte n'est pas la direction de l'unité, mais son écart avec celle qui lui parle : θ_i − θ_j.",
        ),
        Misconception(
            lambda r, theta, J0, J1: (J0 + J1) * np.cos(np.radians(theta[:, None] - theta)) @ r / len(r),
            "J₀ s'ajoute, il ne multiplie pas le cosinus : c'est l'inhibition de tous par tous.",
        ),
        Misconception(
            lambda r, theta, J0, J1: J1 * np.cos(np.radians(theta[:, None] - theta)) @ r / len(r),
            "J₀ manque : sans inhibition de tous par tous, rien ne borne la bosse.",
        ),
        Misconception(
            lambda r, theta, J0, J1: (J0 + J1 * np.sin(np.radians(theta[:, None] - theta))) @ r / len(r),
            "Un sinus préfère un côté à l'autre. Le cosinus, lui, est le plus grand quand l'écart est nul.",
        ),
        Misconception(
            lambda r, theta, J0, J1: (J0 + J1 * np.cos(np.radians(theta[:, None] - theta))).mean(axis=1) * r,
            "Chaque unité reçoit les taux des autres : c'est r_j, et non r_i, qui est dans la somme.",
        ),
        Misconception(
            lambda r, theta, J0, J1: J0 + J1 * np.cos(np.radians(theta[:, None] - theta)) @ r / len(r),
            "J₀ multiplie aussi les taux : il est dans la somme, avec le cosinus.",
        ),
    ],
    hints=[
        "Pour une unité i, il faut tous les écarts θ_i − θ_j. `theta[:, None] - theta` les donne en un tableau n × n.",
        "Une ligne du tableau J par unité qui reçoit : la somme sur j s'écrit `J @ r`.",
        "`J = J0 + J1 * np.cos(np.radians(theta[:, None] - theta))`, puis `J @ r / len(r)`.",
    ],
    alternatives=[_by_harmonics, _by_complex, _by_loops, _by_fourier,
                  lambda r, theta, J0, J1: np.float32(couplage(r, theta, J0, J1))],
    mutants=[
        lambda r, theta, J0, J1: couplage(r, theta, J1, J0),
        lambda r, theta, J0, J1: (J0 + J1 * np.cos(np.radians(theta[:, None] + theta))) @ r / len(r),
        lambda r, theta, J0, J1: (J0 - J1 * np.cos(np.radians(theta[:, None] - theta))) @ r / len(r),
    ],
    units={"r": "Hz", "theta": "degrés"},
    solution="""def couplage(r, theta, J0, J1):
    ecarts = np.radians(theta[:, None] - theta)
    J = J0 + J1 * np.cos(ecarts)
    return J @ r / len(r)
""",
)  # fmt: skip


def vecteur_population(r, theta):
    """The angle [degrees, 0 to 360] of Σ r_j exp(iθ_j), one for each row of r."""
    return np.degrees(np.angle(r @ np.exp(1j * np.radians(theta)))) % 360


def _draw_bumps(rng):
    """A bump a row, all around the ring, with some unevenness; none where 0 and 360 would be confused."""
    n, theta = _ring(rng)
    while True:
        where = (np.arange(6) * 60 + rng.uniform(8, 52, 6))[:, None]
        gap = (theta - where + 180) % 360 - 180
        r = rng.uniform(100, 400, (6, 1)) * np.exp(
            -0.5 * (gap / rng.uniform(15, 40)) ** 2
        ) + rng.uniform(0, 15, (6, n))
        said = vecteur_population(r, theta)
        if np.all((said > 3) & (said < 357) & (np.abs(said - 180) > 2)):
            return {"r": r, "theta": theta}


def _by_parts(r, theta):
    a = np.radians(theta)
    x, y = (r * np.cos(a)).sum(axis=1), (r * np.sin(a)).sum(axis=1)
    said = np.rad2deg(np.arctan2(y, x))
    return np.where(said < 0, said + 360, said)


def _row_by_row(r, theta):
    out = []
    for row in r:
        z = sum(x * np.exp(1j * np.pi * t / 180) for x, t in zip(row, theta, strict=True))
        out.append((np.angle(z, deg=True) + 360) % 360)
    return out


VECTOR = Exercise(
    id="04.13",
    title="L'angle d'une population",
    reference=vecteur_population,
    samples=_draw_bumps,
    draws=6,
    invariants=[
        holds(
            lambda f, out, r, theta: np.allclose(
                (np.asarray(f(theta=(theta + 40) % 360)) - out - 40 + 180) % 360, 180, atol=0.01),
            "tourne avec les directions",
            "Tournez toutes les directions de 40 degrés : l'angle devrait tourner de 40 degrés.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda r, theta: r @ theta / r.sum(axis=1),
            "La moyenne des directions échoue à la couture : entre 350 et 10 degrés, elle répond 180. Additionnez des "
            "flèches, et non des nombres.",
        ),
        Misconception(
            lambda r, theta: theta[np.argmax(r, axis=1)],
            "Vous rendez la direction de l'unité la plus active, à un pas d'anneau près. Toutes les unités ont leur "
            "mot à dire.",
        ),
        Misconception(
            lambda r, theta: np.angle(r @ np.exp(1j * np.radians(theta))),
            "L'angle est juste, mais en radians : on l'attend en degrés.",
        ),
        Misconception(
            lambda r, theta: np.angle(r @ np.exp(1j * np.radians(theta))) % (2 * np.pi),
            "L'angle est juste, mais en radians : on l'attend en degrés.",
        ),
        Misconception(
            lambda r, theta: np.degrees(np.angle(r @ np.exp(1j * np.radians(theta)))),
            "Les angles sont justes, entre −180 et 180. On les attend entre 0 et 360 : `% 360` les y ramène.",
        ),
        Misconception(
            lambda r, theta: np.degrees(np.angle(r @ np.exp(1j * theta))) % 360,
            "`np.exp(1j * theta)`, comme `np.cos`, attend des radians : convertissez les directions d'abord.",
        ),
        Misconception(
            lambda r, theta: (lambda a: np.degrees(np.arctan2(r @ np.cos(a), r @ np.sin(a))) % 360)(np.radians(theta)),
            "`np.arctan2` prend d'abord l'ordonnée, le sinus, puis l'abscisse.",
        ),
        Misconception(
            lambda r, theta: (lambda a: np.degrees(np.arctan((r @ np.sin(a)) / (r @ np.cos(a)))) % 360)(
                np.radians(theta)),
            "`np.arctan` d'un quotient confond une direction et son opposée. `np.arctan2` garde les deux signes.",
        ),
    ],
    hints=[
        "Chaque unité est une flèche de longueur r_j, dans la direction θ_j. Additionnez les flèches.",
        "La somme a pour coordonnées Σ r_j cos θ_j et Σ r_j sin θ_j. `np.arctan2(y, x)` en donne l'angle, en radians.",
        "`r @ np.cos(a)`, avec a en radians, fait la somme de chaque ligne. Finissez par `np.degrees(…) % 360`.",
    ],
    alternatives=[
        _by_parts,
        _row_by_row,
        lambda r, theta: np.angle((r * np.exp(2j * np.pi * theta / 360)).sum(axis=-1), deg=True) % 360,
        lambda r, theta: np.float32(vecteur_population(r, theta)),
        lambda r, theta: -np.degrees(np.angle(r @ np.exp(-1j * np.radians(theta)))) % 360,
    ],
    mutants=[
        lambda r, theta: 360 - vecteur_population(r, theta),
        lambda r, theta: vecteur_population(r, theta) / 2,
        lambda r, theta: vecteur_population(r**8, theta),
    ],
    tolerance=1e-4,
    unit="degrés",
    units={"r": "Hz", "theta": "degrés"},
    solution="""def vecteur_population(r, theta):
    a = np.radians(theta)
    x, y = r @ np.cos(a), r @ np.sin(a)
    return np.degrees(np.arctan2(y, x)) % 360
""",
)  # fmt: skip
