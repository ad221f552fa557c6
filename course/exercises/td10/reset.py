"""Exercise 10.9: a test that unmasks a wrong reset."""

import numpy as np

from course.exercises.declare import Exercise, Misconception

RULES = {
    "douce": lambda v, i, s, beta, theta: beta * v + i - theta * s,
    "envers": lambda v, i, s, beta, theta: beta * v + i - (s - theta),
    "relevée": lambda v, i, s, beta, theta: beta * v + i - theta * (s - 1),
    "sans": lambda v, i, s, beta, theta: beta * v + i,
    "unité": lambda v, i, s, beta, theta: beta * v + i - s,
    "ajoutée": lambda v, i, s, beta, theta: beta * v + i + theta * s,
    "toujours": lambda v, i, s, beta, theta: beta * v + i - theta,
    "dure": lambda v, i, s, beta, theta: beta * v * (1 - s) + i,
    "sans fuite": lambda v, i, s, beta, theta: v + i - theta * s,
    "fuyante": lambda v, i, s, beta, theta: beta * (v - theta * s) + i,
}


def _right(v, i, s, beta, theta):
    return RULES["douce"](v, i, s, beta, theta)


def remise_juste(regle):
    """Does `regle` subtract θ after a spike, and nothing without one?"""
    return all(np.isclose(regle(1.5, 0.25, s, 0.5, 0.8), _right(1.5, 0.25, s, 0.5, 0.8)) for s in (0, 1))


def _tried(*settings):
    """A test that tries these (v, i, s, β, θ) only."""
    return lambda regle: all(bool(np.isclose(regle(*one), _right(*one))) for one in settings)


def _rule(rng):
    kind = "douce" if rng.random() < 0.25 else str(rng.choice(list(RULES)[1:]))
    return {"regle": RULES[kind]}


def _on_arrays(regle):
    v, i, s = np.array([0.3, 1.7]), np.array([0.2, 0.1]), np.array([0.0, 1.0])
    return np.allclose(regle(v, i, s, 0.9, 1.3), [0.47, 0.33])


def _at_random(regle):
    rng = np.random.default_rng(0)
    draws = [(*rng.normal(size=2), k % 2, *rng.uniform(0.3, 0.9, 2)) for k in range(20)]
    return np.bool_(max(abs(regle(*one) - _right(*one)) for one in draws) < 1e-9)


RESET = Exercise(
    id="10.9",
    title="Une remise à l'envers",
    reference=remise_juste,
    samples=_rule,
    draws=64,
    misconceptions=[
        Misconception(
            _tried((1.5, 0.25, 1, 0.5, 0.8)),
            "Vous n'essayez que le pas qui suit une impulsion. Une règle qui soustrait toujours θ y réussit.",
        ),
        Misconception(
            _tried((1.5, 0.25, 0, 0.5, 0.8)),
            "Vous n'essayez que le silence : une règle sans remise y réussit. Essayez aussi après une impulsion.",
        ),
        Misconception(
            _tried((1.5, 0.25, 0, 0.5, 1), (1.5, 0.25, 1, 0.5, 1)),
            "Avec θ = 1, soustraire l'impulsion et soustraire θ se ressemblent : essayez un autre seuil.",
        ),
        Misconception(
            _tried((1.5, 0.25, 0, 1, 0.8), (1.5, 0.25, 1, 1, 0.8)),
            "Avec β = 1, rien ne fuit, et l'ordre entre la fuite et la remise ne se voit pas : essayez un autre β.",
        ),
        Misconception(
            lambda regle: bool(regle(1.5, 0.25, 1, 0.5, 0.8) < regle(1.5, 0.25, 0, 0.5, 0.8)),
            "Votre test demande seulement que l'impulsion fasse baisser le potentiel : la pièce y réussit. De combien, "
            "et à partir d'où ?",
        ),
        Misconception(
            lambda regle: bool(np.isclose(regle(1.5, 0.25, 0, 0.5, 0.8) - regle(1.5, 0.25, 1, 0.5, 0.8), 0.8)),
            "L'écart entre les deux cas est bien θ ; mais une règle peut relever les deux à la fois. Comparez chacun à "
            "ce qu'il doit valoir.",
        ),
        Misconception(
            lambda regle: not remise_juste(regle),
            "Vos réponses sont retournées : `True` est pour une remise juste.",
        ),
        Misconception(
            lambda regle: False,
            "Votre test refuse même la remise douce. Deux nombres égaux sur le papier diffèrent souvent d'un arrondi : "
            "`==` les distingue, `np.isclose` non.",
        ),
        Misconception(
            _tried((0, 0.25, 0, 0.5, 0.8), (0, 0.25, 1, 0.5, 0.8)),
            "Vous partez toujours de v = 0, où rien ne fuit : une règle sans fuite y réussit. Partez d'ailleurs.",
        ),
        Misconception(
            lambda regle: float(regle(1.5, 0.25, 1, 0.5, 0.8)),
            "Vous rendez un potentiel. On demande oui ou non : `True` ou `False`.",
        ),
    ],
    hints=[
        "Deux expériences : l'une après une impulsion (s = 1), l'autre sans (s = 0).",
        "Calculez à la main ce que chacune doit rendre, pour un β et un θ différents de 1.",
        "`np.isclose(a, b)` compare deux nombres à l'arrondi près ; les deux expériences doivent réussir.",
    ],
    alternatives=[
        _on_arrays,
        _at_random,
        _tried((0.3, 0.2, 0, 0.9, 1.3), (1.7, 0.1, 1, 0.9, 1.3)),
        lambda regle: regle(4, 0, 0, 0.5, 3) == 2 and regle(4, 0, 1, 0.5, 3) == -1,
        lambda regle: not (abs(regle(4, 1, 0, 0.5, 0.25) - 3) > 1e-9 or abs(regle(4, 1, 1, 0.5, 0.25) - 2.75) > 1e-9),
        lambda regle: int(remise_juste(regle)),
    ],
    mutants=[
        lambda regle: True,
        _tried((1.6, 0.25, 0, 0.5, 0.8), (1.6, 0.25, 1, 0.5, 0.8)),  # θ = βv: a hard reset does the same
        lambda regle: bool(regle(1.5, 0.25, 1, 0.5, 0.8) > 0),
    ],
    solution="""def remise_juste(regle):
    silence = regle(1.5, 0.25, 0, 0.5, 0.8)
    impulsion = regle(1.5, 0.25, 1, 0.5, 0.8)
    return bool(np.isclose(silence, 1.0) and np.isclose(impulsion, 0.2))
""",
)  # fmt: skip
