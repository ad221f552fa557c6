"""Exercise 07.11: the deviation that a noise redrawn at each step must have for its power not to depend on the step."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def ecart_type_du_pas(sd, every, dt):
    """sd √(every/dt): over a duration T, the integral of the noise has the variance sd² every T."""
    return sd * np.sqrt(every / dt)


def _by_steps(sd, every, dt):
    """So that the sums over 1000 ms have the same variance."""
    T = 1000
    return (sd**2 * every**2 * (T / every) / (dt**2 * (T / dt))) ** 0.5


DEVIATION = Exercise(
    id="07.11",
    title="Un bruit qui ne dépend pas du pas",
    reference=ecart_type_du_pas,
    samples=lambda rng: {
        "sd": float(rng.uniform(2, 40)), "every": float(rng.uniform(0.1, 1)),
        "dt": rng.uniform(0.01, 2, 8),
    },
    invariants=[
        holds(
            lambda f, out, sd, every, dt: np.allclose(f(dt=np.full(2, every)), sd, rtol=1e-4),
            "vaut `sd` quand dt = every",
            "Quand le pas est justement `every`, le bruit ne change pas : on attend `sd`.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda sd, every, dt: sd + 0 * dt,
            "Vous gardez le même écart type : c'est la pièce elle-même. Tiré plus souvent, le bruit se compense plus.",
        ),
        Misconception(
            lambda sd, every, dt: sd * every / dt,
            "Ce sont les variances qui s'ajoutent : il manque une racine.",
        ),
        Misconception(
            lambda sd, every, dt: sd * np.sqrt(dt / every),
            "Le rapport est à l'envers : tiré plus souvent, chaque tirage doit être plus fort.",
        ),
        Misconception(
            lambda sd, every, dt: sd * dt / every,
            "Le rapport est à l'envers, et il manque une racine : ce sont les variances qui s'ajoutent.",
        ),
        Misconception(
            lambda sd, every, dt: sd / np.sqrt(dt),
            "La dépendance en dt est bonne. Il reste à retrouver `sd` quand dt vaut `every`.",
        ),
        Misconception(
            lambda sd, every, dt: sd**2 * every / dt,
            "C'est la variance. On demande l'écart type.",
        ),
    ],
    hints=[
        "Pendant T, le courant est tiré T/dt fois, et chaque tirage dure dt. Quelle est la variance de son intégrale ?",
        "T/dt tirages indépendants, chacun de variance (sd·dt)² : en tout, sd²·dt·T.",
        "Égalez x²·dt·T à sd²·every·T, et tirez x.",
    ],
    alternatives=[
        _by_steps,
        lambda sd, every, dt: np.sqrt(sd**2 * every / dt),
        lambda sd, every, dt: [sd * (every / x) ** 0.5 for x in dt],
        lambda sd, every, dt: sd * np.exp(0.5 * (np.log(every) - np.log(dt))),
        lambda sd, every, dt: np.float32(sd * np.sqrt(every / dt)),
    ],
    mutants=[
        lambda sd, every, dt: 2 * sd * np.sqrt(every / dt),
        lambda sd, every, dt: sd * np.cbrt(every / dt),
        lambda sd, every, dt: sd * np.sqrt(1 + every / dt),
    ],
    units={"every": "ms", "dt": "ms"},
    solution="""def ecart_type_du_pas(sd, every, dt):
    return sd * np.sqrt(every / dt)
""",
)  # fmt: skip
