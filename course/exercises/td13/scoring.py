"""Exercise 13.8, museum of mistakes: a normalisation that goes on learning while it is marked."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def normaliser(x, moyenne, variance, gamma, beta, eps):
    """What a normalisation by batches answers once learnt: γ (x - mean) / √(variance + eps) + β, with what it kept."""
    return gamma * (x - moyenne) / np.sqrt(variance + eps) + beta


def _draw(rng):
    n, d = int(rng.integers(4, 8)), 3
    return {
        "x": rng.normal(1, 2, (n, d)), "moyenne": rng.normal(0.5, 1, d), "variance": rng.uniform(0.3, 4, d),
        "gamma": rng.uniform(0.4, 2, d), "beta": rng.normal(0, 1, d), "eps": float(rng.uniform(0.01, 0.1)),
    }  # fmt: skip


def _one_by_one(x, moyenne, variance, gamma, beta, eps):
    return [[g * (v - m) / (s + eps) ** 0.5 + b for v, m, s, g, b in
             zip(row, moyenne, variance, gamma, beta, strict=True)] for row in x]


def _affine(x, moyenne, variance, gamma, beta, eps):
    """A product and a shift, computed once: what a program does before it answers."""
    slope = gamma / np.sqrt(variance + eps)
    return x * slope + (beta - moyenne * slope)


def _by_matrix(x, moyenne, variance, gamma, beta, eps):
    return (x - moyenne) @ np.diag(gamma * (variance + eps) ** -0.5) + beta


def _in_place(x, moyenne, variance, gamma, beta, eps):
    y = np.array(x)
    y -= moyenne
    y /= np.sqrt(variance + eps)
    y *= gamma
    y += beta
    return y


def _of_batch(mean=True, spread=True):
    def wrong(x, moyenne, variance, gamma, beta, eps):
        return normaliser(x, x.mean(axis=0) if mean else moyenne, x.var(axis=0) if spread else variance,
                          gamma, beta, eps)

    return wrong


SCORING = Exercise(
    id="13.8",
    title="Noté pendant qu'il apprend",
    reference=normaliser,
    samples=_draw,
    invariants=[
        holds(
            lambda f, out, x, **_: np.allclose(f(x=x[:1]), np.asarray(out)[:1]),
            "ne dépend pas des autres images du lot",
            "Une image, seule ou en compagnie, doit donner la même réponse.",
        ),
        holds(
            lambda f, out, x, moyenne, beta, **_: np.allclose(f(x=0 * x + moyenne), 0 * x + beta),
            "vaut β là où x est la moyenne retenue",
            "Une image égale à la moyenne retenue est centrée : il ne reste que β.",
        ),
    ],
    misconceptions=[
        Misconception(
            _of_batch(),
            "C'est encore la pièce : moyenne et variance sont celles du lot. Pour répondre, le réseau se sert de "
            "celles qu'il a retenues.",
        ),
        Misconception(
            _of_batch(spread=False),
            "La variance est celle que le réseau a retenue, mais la moyenne est encore celle du lot.",
        ),
        Misconception(
            _of_batch(mean=False),
            "La moyenne est celle que le réseau a retenue, mais la variance est encore celle du lot.",
        ),
        Misconception(
            lambda x, moyenne, variance, gamma, beta, eps: gamma * (x - moyenne) / (variance + eps) + beta,
            "Vous divisez par la variance ; l'écart-type est sa racine.",
        ),
        Misconception(
            lambda x, moyenne, variance, gamma, beta, eps: gamma * (x - moyenne) / (np.sqrt(variance) + eps) + beta,
            "eps s'ajoute à la variance, sous la racine, et non à l'écart-type.",
        ),
        Misconception(
            lambda x, moyenne, variance, gamma, beta, eps: gamma * (x - moyenne) / np.sqrt(variance) + beta,
            "eps manque : un trait de variance nulle ferait diviser par zéro.",
        ),
        Misconception(
            lambda x, moyenne, variance, gamma, beta, eps: (x - moyenne) / np.sqrt(variance + eps),
            "γ et β manquent : ce sont les deux nombres que la couche a appris pour chaque trait.",
        ),
        Misconception(
            lambda x, moyenne, variance, gamma, beta, eps: gamma * ((x - moyenne) / np.sqrt(variance + eps) + beta),
            "γ multiplie aussi β : il ne multiplie que la valeur réduite.",
        ),
        Misconception(
            lambda x, moyenne, variance, gamma, beta, eps: beta * (x - moyenne) / np.sqrt(variance + eps) + gamma,
            "γ et β sont échangés : γ multiplie, β s'ajoute.",
        ),
        Misconception(
            lambda x, moyenne, variance, gamma, beta, eps: normaliser(
                x, 0.9 * moyenne + 0.1 * x.mean(axis=0), 0.9 * variance + 0.1 * x.var(axis=0, ddof=1),
                gamma, beta, eps),
            "Vous mettez à jour ce que le réseau a retenu : c'est apprendre. Regarder ne doit rien changer.",
        ),
    ],
    hints=[
        "Que doit donner la couche, si le lot n'a qu'une image ?",
        "`moyenne` et `variance` ont été retenues pendant l'apprentissage : aucune statistique de x n'est nécessaire.",
        "Centrer, diviser par un écart-type (eps est sous la racine), multiplier par γ, ajouter β.",
    ],
    alternatives=[
        _one_by_one, _affine, _by_matrix, _in_place,
        lambda x, moyenne, variance, gamma, beta, eps: np.float32(
            beta + gamma * (x - moyenne) / np.hypot(np.sqrt(variance), np.sqrt(eps))),
    ],
    mutants=[
        lambda x, moyenne, variance, gamma, beta, eps: gamma * (x + moyenne) / np.sqrt(variance + eps) + beta,
        lambda x, moyenne, variance, gamma, beta, eps: gamma * (x - moyenne) / np.sqrt(variance + eps) - beta,
        lambda x, moyenne, variance, gamma, beta, eps: normaliser(x, x.mean(), x.var(), gamma, beta, eps),
        lambda x, moyenne, variance, gamma, beta, eps: np.tanh(normaliser(x, moyenne, variance, gamma, beta, eps)),
    ],
    solution="""def normaliser(x, moyenne, variance, gamma, beta, eps):
    reduite = (x - moyenne) / np.sqrt(variance + eps)
    return gamma * reduite + beta
""",
)  # fmt: skip
