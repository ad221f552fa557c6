"""Exercise 11.5: one step of Gibbs' chain, its chance given as uniform numbers."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds
from course.exercises.td11.machine import batch, machine, sigmoid


def pas_gibbs(v, W, a, b, u_h, u_v):
    """h drawn from P(h | v), then v drawn from P(v | h); a unit is on when its uniform number is below."""
    h = (u_h < sigmoid(b + v @ W)) * 1.0
    return h, (u_v < sigmoid(a + h @ W.T)) * 1.0


def chance(rng, v, W):
    """Uniform numbers for both layers, one row for each row of v."""
    n, m = W.shape
    return {"u_h": rng.random((len(v), m)), "u_v": rng.random((len(v), n))}


def _draw(rng):
    m = machine(rng, 0.7)
    v = batch(rng, len(m["a"]), 8, 14)
    return {"v": v, **m, **chance(rng, v, m["W"])}


def _one_by_one(v, W, a, b, u_h, u_v):
    h, back = np.zeros(u_h.shape), np.zeros(u_v.shape)
    for n in range(len(v)):
        for j in range(len(b)):
            h[n, j] = 1 if u_h[n, j] < 1 / (1 + np.exp(-(b[j] + v[n] @ W[:, j]))) else 0
        for i in range(len(a)):
            back[n, i] = 1 if u_v[n, i] < 1 / (1 + np.exp(-(a[i] + W[i] @ h[n]))) else 0
    return h, back


def _logits(v, W, a, b, u_h, u_v):
    """The same without a sigmoid: u < σ(x) when log(u / (1 - u)) < x."""
    h = np.where(np.log(u_h / (1 - u_h)) < b + v @ W, 1, 0)
    return h, np.where(np.log(u_v / (1 - u_v)) < a + h @ W.T, 1, 0)


def _from_probabilities(v, W, a, b, u_h, u_v):
    p = sigmoid(b + v @ W)
    return (u_h < p) * 1.0, (u_v < sigmoid(a + p @ W.T)) * 1.0


GIBBS = Exercise(
    id="11.5",
    title="Un pas de Gibbs",
    reference=pas_gibbs,
    samples=_draw,
    outputs=("h", "v"),
    invariants=[
        holds(
            lambda f, out, **_: all(set(np.unique(np.asarray(part, float))) <= {0.0, 1.0} for part in out),
            "ne rend que des 0 et des 1",
            "Une unité est éteinte ou allumée : après le tirage, il ne reste que des 0 et des 1.",
        ),
        holds(
            lambda f, out, v, W, a, b, u_h, u_v: all(
                np.all(np.asarray(part, float) == 1) for part in f(u_h=0 * u_h, u_v=0 * u_v)),
            "allume tout quand les nombres tirés sont nuls",
            "Un nombre tiré nul est sous toute probabilité : l'unité s'allume.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda v, W, a, b, u_h, u_v: (sigmoid(b + v @ W), sigmoid(a + sigmoid(b + v @ W) @ W.T)),
            "vous rendez des probabilités : rien n'est tiré. Comparez chaque nombre tiré à sa probabilité",
        ),
        Misconception(
            lambda v, W, a, b, u_h, u_v: (
                (sigmoid(b + v @ W) > 0.5) * 1.0,
                (sigmoid(a + (sigmoid(b + v @ W) > 0.5) @ W.T) > 0.5) * 1.0),
            "vous seuillez à un demi : les nombres tirés ne servent à rien, et la chaîne n'a plus de hasard",
        ),
        Misconception(
            _from_probabilities,
            "la couche visible répond aux **probabilités** cachées : elle doit répondre à l'état h qui vient d'être "
            "tiré",
        ),
        Misconception(
            lambda v, W, a, b, u_h, u_v: (
                (u_h > sigmoid(b + v @ W)) * 1.0, (u_v > sigmoid(a + (u_h > sigmoid(b + v @ W)) @ W.T)) * 1.0),
            "votre comparaison est à l'envers : une unité de probabilité 0,9 doit s'allumer neuf fois sur dix",
        ),
        Misconception(
            lambda v, W, a, b, u_h, u_v: pas_gibbs(v, W, a, b, u_h, u_v)[::-1],
            "les deux résultats sont justes, dans l'autre ordre : h d'abord, puis v",
        ),
        Misconception(
            lambda v, W, a, b, u_h, u_v: (pas_gibbs(v, W, a, b, u_h, u_v)[0], v),
            "la couche cachée est tirée, mais v n'a pas bougé : il reste à tirer la couche visible",
        ),
        Misconception(
            lambda v, W, a, b, u_h, u_v: pas_gibbs(v, W, 0 * a, 0 * b, u_h, u_v),
            "les biais manquent",
        ),
    ],
    hints=[
        "Une unité de probabilité p s'allume quand un nombre tiré entre 0 et 1 tombe sous p.",
        "D'abord toutes les cachées, sachant v ; puis toutes les visibles, sachant ce h-là.",
        "`(u < p) * 1.0` rend des 0 et des 1 ; P(v | h) se lit à l'exercice 11.2.",
    ],
    alternatives=[
        _one_by_one,
        _logits,
        lambda v, W, a, b, u_h, u_v: [x.astype(int) for x in pas_gibbs(v, W, a, b, u_h, u_v)],
        lambda v, W, a, b, u_h, u_v: tuple(x > 0 for x in pas_gibbs(v, W, a, b, u_h, u_v)),
        lambda v, W, a, b, u_h, u_v: (
            h := np.floor(sigmoid(b + v @ W) + 1 - u_h), np.floor(sigmoid(a + (W @ h.T).T) + 1 - u_v)),
        lambda v, W, a, b, u_h, u_v: tuple(
            np.float32(np.heaviside(x, 0)) for x in (
                sigmoid(b + v @ W) - u_h, sigmoid(a + (u_h <= sigmoid(b + v @ W)) @ W.T) - u_v)),
    ],
    mutants=[
        lambda v, W, a, b, u_h, u_v: pas_gibbs(v, W, a, b, 1 - u_h, u_v),
        lambda v, W, a, b, u_h, u_v: pas_gibbs(v, W, a, b, u_h, 1 - u_v),
        lambda v, W, a, b, u_h, u_v: ((u_h < b + v @ W) * 1.0, (u_v < a + (u_h < b + v @ W) @ W.T) * 1.0),
        lambda v, W, a, b, u_h, u_v: (pas_gibbs(v, W, a, b, u_h, u_v)[0], sigmoid(
            a + pas_gibbs(v, W, a, b, u_h, u_v)[0] @ W.T)),
    ],
    slips={
        "matmul": "Les poids W ont une ligne par unité visible, une colonne par unité cachée. De la couche cachée vers "
        "la visible, il faut la transposée.",
    },
    solution="""def pas_gibbs(v, W, a, b, u_h, u_v):
    h = (u_h < sigmoide(b + v @ W)) * 1.0
    v = (u_v < sigmoide(a + h @ W.T)) * 1.0
    return h, v
""",
)  # fmt: skip
