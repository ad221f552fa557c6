"""Exercise 10.4: the derivative that a spike borrows, SuperSpike's."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import between, holds, value


def derivee_super_spike(x, k):
    """1 / (1 + k|x|)² at x = v - θ."""
    return 1 / (1 + k * np.abs(x)) ** 2


def _draw(rng):
    x = rng.normal(0, 1, int(rng.integers(9, 15)))
    x[0] = 0.0
    return {"x": x, "k": float(rng.uniform(2, 30))}


def _one(x, k):
    return [(1 + k * (y if y > 0 else -y)) ** -2.0 for y in x]


def _two_sides(x, k):
    return np.where(x < 0, 1 / (1 - k * np.minimum(x, 0)) ** 2, 1 / (1 + k * np.maximum(x, 0)) ** 2)


def _slope_of_the_function(x, k):
    """By x / (1 + k|x|), of which it is the derivative, and an imaginary step."""
    a = np.abs(x) + 1e-30j
    return (a / (1 + k * a)).imag / 1e-30


SUPER_SPIKE = Exercise(
    id="10.4",
    title="La dérivée SuperSpike",
    reference=derivee_super_spike,
    samples=_draw,
    tolerance=1e-5,
    invariants=[
        holds(
            lambda f, out, x, k: np.allclose(f(x=-x), out, atol=1e-4),
            "est pair en `x`",
            "À la même distance du seuil, dessous ou dessus, la pente empruntée est la même.",
        ),
        value(1, at={"x": 0}, tolerance=1e-3),
        between(0, 1),
        holds(
            lambda f, out, x, k: np.allclose(f(k=2 * k), f(x=2 * x), atol=1e-4),
            "se resserre deux fois quand `k` double",
            "L'échelle agit sur x : doubler k revient à doubler x.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda x, k: 1 / (1 + k * x) ** 2,
            "La valeur absolue manque : sous le seuil, votre dénominateur passe près de zéro et la pente explose.",
        ),
        Misconception(
            lambda x, k: 1 / (1 + np.abs(x)) ** 2,
            "L'échelle k est perdue : sans elle, la largeur de la pente ne se règle plus.",
        ),
        Misconception(
            lambda x, k: 1 / (1 + k * np.abs(x)),
            "Le carré manque : loin du seuil, la pente doit s'éteindre plus vite.",
        ),
        Misconception(
            lambda x, k: x / (1 + k * np.abs(x)),
            "C'est la fonction, une marche adoucie ; on demande sa dérivée.",
        ),
        Misconception(
            lambda x, k: 1 / 2 + x / (1 + k * np.abs(x)),
            "C'est la fonction, une marche adoucie ; on demande sa dérivée.",
        ),
        Misconception(
            lambda x, k: np.sign(x) / (1 + k * np.abs(x)) ** 2,
            "Votre pente change de signe au seuil. Une marche ne fait que monter : sa pente est positive partout.",
        ),
        Misconception(
            lambda x, k: -1 / (1 + k * np.abs(x)) ** 2,
            "Le signe est retourné : augmenter v rapproche de l'impulsion, la pente est positive.",
        ),
        Misconception(
            lambda x, k: k / (1 + k * np.abs(x)) ** 2,
            "La forme est juste. Ici, la pente vaut 1 au seuil, quel que soit k : le facteur k n'y est pas.",
        ),
        Misconception(
            lambda x, k: 1 / (1 + np.abs(x) / k) ** 2,
            "Vous divisez par k : chez SuperSpike, un grand k resserre la pente autour du seuil.",
        ),
        Misconception(
            lambda x, k: 1 / 1 + k * np.abs(x) ** 2,
            "Des parenthèses manquent : tout le dénominateur, 1 + k|x|, est élevé au carré.",
        ),
    ],
    hints=[
        "À quoi doit-elle ressembler : une bosse, une marche, une vague ? Que vaut-elle au seuil ?",
        "`np.abs` rend la distance au seuil ; k dit combien cette distance compte.",
        "Formez d'abord 1 + k|x|, entre parenthèses ; le carré et l'inverse viennent après.",
    ],
    alternatives=[
        _one,
        _two_sides,
        _slope_of_the_function,
        lambda x, k: np.exp(-2 * np.log1p(k * np.sqrt(x**2))),
        lambda x, k: (1 + k * np.maximum(x, -x)) ** -2,
        lambda x, k: np.float32(np.square(np.reciprocal(1 + k * np.abs(x)))),
        lambda x, k: 1 / (1 + 2 * k * np.abs(x) + (k * x) ** 2),
    ],
    mutants=[
        lambda x, k: 1 / (1 + k * np.abs(x)) ** 3,
        lambda x, k: 1 / (1 + (k * x) ** 2),
        lambda x, k: -2 * k * np.sign(x) / (1 + k * np.abs(x)) ** 3,
        lambda x, k: 1 / (1 + np.sqrt(k) * np.abs(x)) ** 2,
        lambda x, k: np.where(x > 0, 1 / (1 + k * np.abs(x)) ** 2, 0),
    ],
    solution="""def derivee_super_spike(x, k):
    return 1 / (1 + k * np.abs(x)) ** 2
""",
)  # fmt: skip
