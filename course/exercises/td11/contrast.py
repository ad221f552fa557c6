"""Exercise 11.6: the gradient of contrastive divergence, one step of the chain."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds
from course.exercises.td11.gibbs import chance, pas_gibbs
from course.exercises.td11.machine import batch, machine, sigmoid


def gradient_cd1(v, W, a, b, u_h, u_v):
    """Statistics of the batch less those after one step of Gibbs, probabilities of h in both."""
    _, dreamt = pas_gibbs(v, W, a, b, u_h, u_v)
    p, q = sigmoid(b + v @ W), sigmoid(b + dreamt @ W)
    n = len(v)
    return (v.T @ p - dreamt.T @ q) / n, (v - dreamt).mean(axis=0), (p - q).mean(axis=0)


def _draw(rng):
    m = machine(rng, 0.7)
    v = batch(rng, len(m["a"]), 6, 13)
    return {"v": v, **m, **chance(rng, v, m["W"])}


def _summed(v, W, a, b, u_h, u_v):
    return tuple(len(v) * g for g in gradient_cd1(v, W, a, b, u_h, u_v))


def _swapped(v, W, a, b, u_h, u_v):
    return tuple(-g for g in gradient_cd1(v, W, a, b, u_h, u_v))


def _all_drawn(v, W, a, b, u_h, u_v):
    """The drawn h in the positive statistics, the same numbers drawn again for the negative ones."""
    h, back = pas_gibbs(v, W, a, b, u_h, u_v)
    last = (u_h < sigmoid(b + back @ W)) * 1.0
    return (v.T @ h - back.T @ last) / len(v), (v - back).mean(axis=0), (h - last).mean(axis=0)


def _half_drawn(v, W, a, b, u_h, u_v):
    h, back = pas_gibbs(v, W, a, b, u_h, u_v)
    q = sigmoid(b + back @ W)
    return (v.T @ h - back.T @ q) / len(v), (v - back).mean(axis=0), (h - q).mean(axis=0)


def _never_drawn(v, W, a, b, u_h, u_v):
    p = sigmoid(b + v @ W)
    back = sigmoid(a + p @ W.T)
    q = sigmoid(b + back @ W)
    return (v.T @ p - back.T @ q) / len(v), (v - back).mean(axis=0), (p - q).mean(axis=0)


def _same_hidden(v, W, a, b, u_h, u_v):
    h, back = pas_gibbs(v, W, a, b, u_h, u_v)
    p = sigmoid(b + v @ W)
    return (v.T @ p - back.T @ h) / len(v), (v - back).mean(axis=0), (p - h).mean(axis=0)


def _grey_dream(v, W, a, b, u_h, u_v):
    """The dream kept as probabilities."""
    h, _ = pas_gibbs(v, W, a, b, u_h, u_v)
    back = sigmoid(a + h @ W.T)
    p, q = sigmoid(b + v @ W), sigmoid(b + back @ W)
    return (v.T @ p - back.T @ q) / len(v), (v - back).mean(axis=0), (p - q).mean(axis=0)


def _grey_da(v, W, a, b, u_h, u_v):
    """A drawn dream in dW and db, its probabilities in da."""
    dW, _, db = gradient_cd1(v, W, a, b, u_h, u_v)
    return dW, _grey_dream(v, W, a, b, u_h, u_v)[1], db


def _thresholded(v, W, a, b, u_h, u_v):
    return gradient_cd1(v, W, a, b, 0 * u_h + 0.5, 0 * u_v + 0.5)


def _biases_summed(v, W, a, b, u_h, u_v):
    dW, da, db = gradient_cd1(v, W, a, b, u_h, u_v)
    return dW, len(v) * da, len(v) * db


def _product_of_means(v, W, a, b, u_h, u_v):
    """Each phase as the product of two means."""
    _, back = pas_gibbs(v, W, a, b, u_h, u_v)
    p, q = sigmoid(b + v @ W), sigmoid(b + back @ W)
    _, da, db = gradient_cd1(v, W, a, b, u_h, u_v)
    return np.outer(v.mean(axis=0), p.mean(axis=0)) - np.outer(back.mean(axis=0), q.mean(axis=0)), da, db


def _product_of_gaps(v, W, a, b, u_h, u_v):
    _, da, db = gradient_cd1(v, W, a, b, u_h, u_v)
    return np.outer(da, db), da, db


def _biases_exchanged(v, W, a, b, u_h, u_v):
    dW, da, db = gradient_cd1(v, W, a, b, u_h, u_v)
    return dW, db, da


def _row_by_row(v, W, a, b, u_h, u_v):
    n, m = W.shape
    dW, da, db = np.zeros((n, m)), np.zeros(n), np.zeros(m)
    for k in range(len(v)):
        p = 1 / (1 + np.exp(-(b + v[k] @ W)))
        back = (u_v[k] < 1 / (1 + np.exp(-(a + W @ (u_h[k] < p))))) * 1.0
        q = 1 / (1 + np.exp(-(b + back @ W)))
        dW, da, db = dW + np.outer(v[k], p) - np.outer(back, q), da + v[k] - back, db + p - q
    return dW / len(v), da / len(v), db / len(v)


def _extended(v, W, a, b, u_h, u_v):
    """Biases as weights of units that are always on."""
    one = np.ones((len(v), 1))
    full = np.block([[np.zeros((1, 1)), b[None]], [a[:, None], W]])

    def up(x):
        return sigmoid(x @ full[:, 1:])

    x = np.hstack([one, v])
    h = np.hstack([one, u_h < up(x)])
    y = np.hstack([one, u_v < sigmoid(h @ full[1:].T)])
    g = (x.T @ np.hstack([one, up(x)]) - y.T @ np.hstack([one, up(y)])) / len(v)
    return g[1:, 1:], g[1:, 0], g[0, 1:]


CONTRAST = Exercise(
    id="11.6",
    title="Le gradient de CD-1",
    reference=gradient_cd1,
    samples=_draw,
    outputs=("dW", "da", "db"),
    invariants=[
        holds(
            lambda f, out, v, W, a, b, u_h, u_v: all(
                np.allclose(one, other) for one, other in zip(
                    f(v=np.vstack([v, v]), u_h=np.vstack([u_h, u_h]), u_v=np.vstack([u_v, u_v])), out, strict=True)),
            "ne change pas quand chaque image est donnée deux fois",
            "Un gradient moyen ne dépend pas du nombre de fois qu'on répète tout le lot.",
        ),
        holds(
            lambda f, out, v, W, a, b, u_h, u_v: all(
                np.allclose(part, 0, atol=1e-9) for part in f(v=0 * v + 1, u_v=0 * u_v)),
            "est nul quand le rêve est l'image",
            "Si la chaîne revient sur les images mêmes, la machine n'a rien à corriger : le gradient est nul.",
        ),
    ],
    misconceptions=[
        Misconception(_summed, "c'est la somme sur le lot : la vitesse d'apprentissage dépendrait de sa taille"),
        Misconception(
            _swapped,
            "les deux phases sont échangées : ce gradient fait oublier les données et apprendre les rêves",
        ),
        Misconception(
            _half_drawn,
            "dans la phase positive, vous comptez le h tiré. Il sert à rêver ; dans les statistiques, sa probabilité "
            "dit la même chose avec moins de bruit",
        ),
        Misconception(
            _all_drawn,
            "vos statistiques comptent des h tirés : leur probabilité donne la même moyenne, avec moins de bruit",
        ),
        Misconception(
            _never_drawn,
            "rien n'est tiré : entre les deux couches, la chaîne doit passer par des 0 et des 1",
        ),
        Misconception(
            _grey_dream,
            "votre rêve est fait de gris : P(v | h) n'y est pas tirée. Bien des programmes s'en contentent ; ici, la "
            "chaîne passe par des 0 et des 1, dans les deux couches",
        ),
        Misconception(
            _grey_da,
            "`da` compare les images à des probabilités, et `dW` à un rêve tiré : le même rêve doit servir aux trois",
        ),
        Misconception(
            _thresholded,
            "vous seuillez à un demi : les nombres tirés ne servent à rien, et le rêve est toujours le même",
        ),
        Misconception(
            _biases_summed,
            "`dW` est une moyenne, mais `da` et `db` sont encore des sommes sur le lot",
        ),
        Misconception(
            _product_of_means,
            "⟨v⟩⟨h⟩ n'est pas ⟨v h⟩ : multiplier les moyennes oublie ce que les deux couches font **ensemble**",
        ),
        Misconception(
            _product_of_gaps,
            "`dW` n'est pas le produit de `da` et de `db` : c'est v h que l'on moyenne, dans chaque phase",
        ),
        Misconception(
            _same_hidden,
            "la phase négative garde le h d'où vient le rêve : il faut celui que le rêve provoque, P(h | v rêvé)",
        ),
        Misconception(
            _biases_exchanged,
            "les gradients des deux biais sont échangés : a est du côté visible, b du côté caché",
        ),
        Misconception(
            lambda v, W, a, b, u_h, u_v: (v.T @ sigmoid(b + v @ W) / len(v), v.mean(axis=0),
                                          sigmoid(b + v @ W).mean(axis=0)),
            "c'est la phase positive seule : sans les rêves, les poids montent sans fin",
        ),
    ],
    hints=[
        "Quatre temps : P(h | v) ; tirer h ; tirer le rêve v' ; P(h | v'). Le gradient compare le premier et le "
        "dernier.",
        "⟨v h⟩ sur un lot est un produit de matrices, `v.T @ p`, divisé par le nombre d'images.",
        "Le h tiré ne sert qu'à rêver : il n'entre dans aucune des trois différences.",
    ],
    alternatives=[
        _row_by_row,
        _extended,
        lambda v, W, a, b, u_h, u_v: list(gradient_cd1(v, W, a, b, u_h, u_v)),
        lambda v, W, a, b, u_h, u_v: tuple(np.float32(g) for g in _row_by_row(v, W, a, b, u_h, u_v)),
        lambda v, W, a, b, u_h, u_v: (
            p := sigmoid(b + v @ W),
            r := (u_v < sigmoid(a + (u_h < p) @ W.T)) * 1.0,
            (np.mean([np.outer(x, y) - np.outer(z, t) for x, y, z, t in zip(v, p, r, sigmoid(b + r @ W), strict=True)],
                     axis=0), np.mean(v - r, axis=0), np.mean(p, axis=0) - np.mean(sigmoid(b + r @ W), axis=0)))[-1],
    ],
    mutants=[
        lambda v, W, a, b, u_h, u_v: gradient_cd1(v, W, 0 * a, b, u_h, u_v),
        lambda v, W, a, b, u_h, u_v: tuple(g / 2 for g in gradient_cd1(v, W, a, b, u_h, u_v)),
        lambda v, W, a, b, u_h, u_v: (gradient_cd1(v, W, a, b, u_h, u_v)[0], 0 * a, 0 * b),
        lambda v, W, a, b, u_h, u_v: gradient_cd1(v, W, a, b, 1 - u_h, u_v),
    ],
    slips={
        "matmul": "Les poids W ont une ligne par unité visible, une colonne par unité cachée. De la couche cachée vers "
        "la visible, il faut la transposée ; et ⟨v h⟩ a la forme de W.",
    },
    solution="""def gradient_cd1(v, W, a, b, u_h, u_v):
    p = sigmoide(b + v @ W)
    h = (u_h < p) * 1.0
    reve = (u_v < sigmoide(a + h @ W.T)) * 1.0
    q = sigmoide(b + reve @ W)
    dW = (v.T @ p - reve.T @ q) / len(v)
    da = (v - reve).mean(axis=0)
    db = (p - q).mean(axis=0)
    return dW, da, db
""",
)  # fmt: skip
