"""Exercises 11.1 and 11.3: the energy of a state, and what is left of it when the hidden units are summed out."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds
from course.exercises.td11.machine import batch, machine, states


def energie(v, h, W, a, b):
    """E(v, h) = -a·v - b·h - v W h."""
    return -(a @ v) - b @ h - v @ W @ h


def _state(rng):
    """A machine and a state with at least one unit on in each layer."""
    m = machine(rng)
    v, h = ((rng.random(len(m[x])) < 0.6) * 1.0 for x in ("a", "b"))
    v[int(rng.integers(len(v)))] = h[int(rng.integers(len(h)))] = 1.0
    return {"v": v, "h": h, **m}


ENERGY = Exercise(
    id="11.1",
    title="L'énergie d'un état",
    reference=energie,
    samples=_state,
    invariants=[
        holds(
            lambda f, out, v, h, **_: np.isclose(f(v=0 * v, h=0 * h), 0, atol=1e-9),
            "est nul quand toutes les unités sont éteintes",
            "Une unité éteinte ne met rien dans la somme : tout éteint, l'énergie est nulle.",
        ),
        holds(
            lambda f, out, v, h, W, a, b: np.isclose(f(W=-W, a=-a, b=-b), -float(out)),
            "change de signe avec W, a et b",
            "Si tous les paramètres changent de signe, l'énergie aussi.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda v, h, W, a, b: a @ v + b @ h + v @ W @ h,
            "c'est l'opposé de l'énergie : deux unités qui s'accordent doivent la faire **baisser**",
        ),
        Misconception(
            lambda v, h, W, a, b: -(v @ W @ h),
            "les biais manquent : une unité allumée seule a aussi une énergie",
        ),
        Misconception(
            lambda v, h, W, a, b: -(a @ v) - b @ h + v @ W @ h,
            "le terme des poids a l'autre signe : un poids positif doit favoriser deux unités allumées ensemble",
        ),
        Misconception(
            lambda v, h, W, a, b: -(a @ v) - b @ h - W.sum(),
            "tous les poids comptent dans votre somme : une connexion ne compte que si ses deux bouts sont allumés",
        ),
        Misconception(
            lambda v, h, W, a, b: -(a @ v) - b @ h - v @ W,
            "vous rendez une énergie pour chaque unité cachée ; celle d'un état est un seul nombre",
        ),
        Misconception(
            lambda v, h, W, a, b: np.exp(a @ v + b @ h + v @ W @ h),
            "c'est le poids exp(−E) de l'état ; on demande E",
        ),
    ],
    hints=[
        "Trois sommes, toutes trois avec le signe moins : sur les unités visibles, sur les cachées, sur les paires.",
        "La somme sur les paires est un vecteur, une matrice, un vecteur : `v @ W @ h`.",
    ],
    alternatives=[
        lambda v, h, W, a, b: -np.sum(a * v) - np.sum(b * h) - np.sum(W * np.outer(v, h)),
        lambda v, h, W, a, b: -(a @ v + (b + v @ W) @ h),
        lambda v, h, W, a, b: -((a + W @ h) @ v + b @ h),
        lambda v, h, W, a, b: -np.einsum("i,ij,j", v, W, h) - np.dot(v, a) - np.dot(h, b),
        lambda v, h, W, a, b: -float(W[np.ix_(v > 0, h > 0)].sum() + a[v > 0].sum() + b[h > 0].sum()),
        lambda v, h, W, a, b: sum(
            -v[i] * W[i, j] * h[j] for i in range(len(v)) for j in range(len(h))) - sum(a * v) - sum(b * h),
    ],
    mutants=[
        lambda v, h, W, a, b: -(a @ v) - v @ W @ h,
        lambda v, h, W, a, b: -(b @ h) - v @ W @ h,
        lambda v, h, W, a, b: -a.sum() - b.sum() - v @ W @ h,
        lambda v, h, W, a, b: -(a @ v) - b @ h - 0.5 * (v @ W @ h),
    ],
    solution="""def energie(v, h, W, a, b):
    return -(a @ v) - b @ h - v @ W @ h
""",
)  # fmt: skip


def energie_libre(v, W, a, b):
    """F(v) = -log Σ_h exp(-E(v, h)), one for each row of v."""
    return -(v @ a) - np.logaddexp(0, b + v @ W).sum(axis=1)


def _rows(rng):
    """A machine, quiet or so strongly tied that a bare exponential overflows."""
    m = machine(rng, 1.0 if rng.random() < 0.6 else 900.0)
    return {"v": batch(rng, len(m["a"])), **m}


def _summed(v, W, a, b):
    """The definition: every hidden state, in the logarithm."""
    h = states(len(b))
    minus_e = (v @ a)[:, None] + h @ b + v @ W @ h.T
    return -np.logaddexp.reduce(minus_e, axis=1)


def _largest_out(v, W, a, b):
    x = v @ W + b
    return -(v @ a) - np.sum(np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x))), axis=1)


def _naive(v, W, a, b):
    with np.errstate(over="ignore"):
        return -(v @ a) - np.log(1 + np.exp(b + v @ W)).sum(axis=1)


FREE = Exercise(
    id="11.3",
    title="L'énergie libre",
    reference=energie_libre,
    samples=_rows,
    invariants=[
        holds(
            lambda f, out, v, W, a, b: np.allclose(f(W=W / 900, a=a / 900, b=b / 900),
                                                   _summed(v, W / 900, a / 900, b / 900)),
            "vaut −log Σ exp(−E), sommé sur tous les états cachés",
            "Par définition, exp(−F) est la somme des exp(−E) sur tous les états cachés.",
        ),
        holds(
            lambda f, out, v, W, a, b: np.allclose(f(W=0 * W, b=0 * b), -(v @ a) - len(b) * np.log(2)),
            "compte 2 états pour chaque unité cachée quand W et b sont nuls",
            "Sans poids ni biais caché, chaque unité cachée a deux états, de même énergie : que devient la somme ?",
        ),
    ],
    misconceptions=[
        Misconception(
            _naive,
            "la formule est juste, mais exp déborde dès que son argument passe 710, et vous rendez l'infini : "
            "`np.logaddexp(0, x)` calcule log(1 + exp(x)) sans former l'exponentielle",
        ),
        Misconception(
            lambda v, W, a, b: -(v @ a) - np.log1p(np.exp(np.minimum(b + v @ W, 700))).sum(axis=1),
            "vous bornez l'exponentielle : au-delà de la borne, l'énergie libre cesse de baisser, et elle est fausse",
        ),
        Misconception(
            lambda v, W, a, b: -(v @ a) + np.logaddexp(0, b + v @ W).sum(axis=1),
            "une unité cachée qui s'accorde avec v doit faire **baisser** F : quel signe pour le second terme ?",
        ),
        Misconception(
            lambda v, W, a, b: v @ a + np.logaddexp(0, b + v @ W).sum(axis=1),
            "c'est l'opposé de F : le logarithme du poids de v",
        ),
        Misconception(
            lambda v, W, a, b: -np.logaddexp(0, b + v @ W).sum(axis=1),
            "le biais des unités visibles manque",
        ),
        Misconception(
            lambda v, W, a, b: -(v @ a)[:, None] - np.logaddexp(0, b + v @ W),
            "vous gardez un terme par unité cachée : sur quel axe reste-t-il à sommer ?",
        ),
        Misconception(
            lambda v, W, a, b: -(v @ a) - np.maximum(b + v @ W, 0).sum(axis=1),
            "c'est la plus basse des énergies, et non l'énergie libre : les autres états cachés comptent aussi",
        ),
        Misconception(
            lambda v, W, a, b: -(v @ a) - np.logaddexp(0, b + v @ W).sum(),
            "vous sommez aussi sur les images : on en attend une valeur pour chaque ligne de v",
        ),
    ],
    hints=[
        "Σ sur h de exp(−E) se factorise : chaque unité cachée, éteinte ou allumée, apporte 1 + exp(b_j + Σ v_i W_ij).",
        "Le logarithme d'un produit est une somme : un terme log(1 + exp(x)) par unité cachée.",
        "`np.logaddexp(0, x)` vaut log(exp(0) + exp(x)), sans débordement ; sommez sur le dernier axe.",
    ],
    alternatives=[
        _summed,
        _largest_out,
        lambda v, W, a, b: [-(row @ a) - sum(np.logaddexp(0, x) for x in b + row @ W) for row in v],
        lambda v, W, a, b: -np.einsum("ni,i->n", v, a) - np.logaddexp(0, -(b + v @ W)).sum(1) - (b + v @ W).sum(1),
        lambda v, W, a, b: -(v @ a) - np.sum(np.logaddexp(np.zeros(len(b)), v @ W + b), axis=-1),
    ],
    mutants=[
        lambda v, W, a, b: -(v @ a) - np.logaddexp(0, v @ W).sum(axis=1) - b.sum(),
        lambda v, W, a, b: -(v @ a) - np.logaddexp(0, -(b + v @ W)).sum(axis=1),
        lambda v, W, a, b: -(v @ a) - np.logaddexp(0, b + v @ W).mean(axis=1),
    ],
    solution="""def energie_libre(v, W, a, b):
    return -(v @ a) - np.logaddexp(0, b + v @ W).sum(axis=1)
""",
)  # fmt: skip
