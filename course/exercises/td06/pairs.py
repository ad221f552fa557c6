"""Exercises 06.6 and 06.8: what two trains of spikes do to a weight, all pairs, or the nearest ones only."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds
from course.plasticity import spike_pairs, stdp_window


def variation(avant, apres, fenetre):
    """The sum of the window over every pair, Δt = t_post - t_pre."""
    return sum(float(fenetre(b - a)) for a in avant for b in apres)


def variation_voisines(avant, apres, fenetre):
    """Each spike with the last one of the other side; at the same instant the presynaptic one comes first."""
    total = 0.0
    for b in apres:
        passees = avant[avant <= b]
        if len(passees):
            total += float(fenetre(b - passees[-1]))
    for a in avant:
        passees = apres[apres < a]
        if len(passees):
            total += float(fenetre(passees[-1] - a))
    return total


def _draw(rng):
    """Two trains on a grid of half a millisecond, one instant in both, and a window of its own."""
    n, m = int(rng.integers(4, 9)), int(rng.integers(4, 9))
    avant, apres = (np.sort(rng.choice(400, k, replace=False)) * 0.5 for k in (n, m + 3 * (n == m)))
    apres[1] = avant[np.argmin(np.abs(avant - apres[1]))]
    numbers = rng.uniform(0.3, 1), rng.uniform(8, 18), rng.uniform(0.3, 1), rng.uniform(22, 40)
    return {"avant": avant, "apres": np.unique(apres), "fenetre": lambda d: stdp_window(d, *numbers)}


def _table(avant, apres):
    return np.asarray(apres)[None, :] - np.asarray(avant)[:, None]


_EMPTY = holds(
    lambda f, out, avant, apres, fenetre: np.isclose(f(apres=np.zeros(0)), 0),
    "est nul sans impulsion après la synapse",
    "Si un seul côté décharge, il n'y a aucune paire : le poids ne doit pas changer.",
)
_LATER = holds(
    lambda f, out, avant, apres, fenetre: np.isclose(f(avant=avant + 50.0, apres=apres + 50.0), out, rtol=1e-4),
    "ne dépend que des écarts",
    "Si les deux trains sont décalés ensemble, aucun Δt ne change : le résultat non plus.",
)


def _sum(delta, fenetre):
    return float(sum(fenetre(d) for d in np.ravel(delta)))


def _by_index(avant, apres, fenetre):
    return sum(float(fenetre(b - a)) for a, b in zip(avant, apres, strict=False))


PAIRS = Exercise(
    id="06.6",
    title="Toutes les paires",
    reference=variation,
    samples=_draw,
    invariants=[_EMPTY, _LATER],
    misconceptions=[
        Misconception(
            lambda avant, apres, fenetre: variation(apres, avant, fenetre),
            "le signe de Δt est renversé : c'est l'instant d'après la synapse moins celui d'avant",
        ),
        Misconception(
            _by_index,
            "vous n'appariez que les impulsions de même rang ; chacune rencontre toutes celles de l'autre train",
        ),
        Misconception(
            lambda avant, apres, fenetre: _sum(_table(avant, apres)[_table(avant, apres) >= 0], fenetre),
            "les paires à l'envers manquent : elles affaiblissent la synapse",
        ),
        Misconception(
            variation_voisines,
            "chaque impulsion n'écoute que la dernière de l'autre train ; ici, toutes comptent",
        ),
        Misconception(
            lambda avant, apres, fenetre: variation(avant, apres, fenetre) / max(1, len(avant) * len(apres)),
            "vous rendez une moyenne par paire ; on demande leur somme",
        ),
    ],
    hints=[
        "Combien de paires forment 3 impulsions avant et 4 après ?",
        "Deux boucles, l'une dans l'autre ; ou le tableau de toutes les différences.",
        "La fenêtre attend t_post − t_pre, et s'occupe elle-même du signe.",
    ],
    alternatives=[
        lambda avant, apres, fenetre: np.sum([fenetre(d) for d in _table(avant, apres).ravel()]),
        lambda avant, apres, fenetre: fenetre(_table(avant, apres)).sum(),
        lambda avant, apres, fenetre: sum(fenetre(apres - a).sum() for a in avant),
        lambda avant, apres, fenetre: sum(np.sum(fenetre(b - avant)) for b in apres),
        lambda avant, apres, fenetre: np.sum(fenetre(spike_pairs(avant, apres).delta_t)),
        lambda avant, apres, fenetre: np.float32(variation(avant, apres, fenetre)),
    ],
    mutants=[
        lambda avant, apres, fenetre: variation(avant[1:], apres, fenetre),
        lambda avant, apres, fenetre: _sum(_table(avant, apres)[_table(avant, apres) != 0], fenetre),
        lambda avant, apres, fenetre: _sum(np.abs(_table(avant, apres)), fenetre),
        lambda avant, apres, fenetre: variation(avant, avant, fenetre),
    ],
    units={"avant": "ms", "apres": "ms"},
    solution="""def variation(avant, apres, fenetre):
    total = 0.0
    for a in avant:
        for b in apres:
            total += fenetre(b - a)
    return total
""",
)  # fmt: skip


def _searched(avant, apres, fenetre):
    last_pre, last_post = np.searchsorted(avant, apres, "right") - 1, np.searchsorted(apres, avant, "left") - 1
    ahead = apres[last_pre >= 0] - avant[last_pre[last_pre >= 0]]
    return _sum(ahead, fenetre) + _sum(apres[last_post[last_post >= 0]] - avant[last_post >= 0], fenetre)


def _merged(avant, apres, fenetre):
    """One pass over the events, keeping the last spike of each side."""
    total, last = 0.0, [None, None]
    for t, side in sorted([(t, 0) for t in avant] + [(t, 1) for t in apres]):
        if last[1 - side] is not None:
            total += float(fenetre(t - last[0] if side else last[1] - t))
        last[side] = t
    return total


def _smallest(avant, apres, fenetre):
    ahead = [min((b - a for a in avant if a <= b), default=None) for b in apres]
    back = [max((b - a for b in apres if b < a), default=None) for a in avant]
    return _sum([d for d in ahead + back if d is not None], fenetre)


def _only_post(avant, apres, fenetre):
    return _sum([b - avant[avant <= b][-1] for b in apres if (avant <= b).any()], fenetre)


def _strict(avant, apres, fenetre):
    """The coincident spikes ignore each other."""
    ahead = [b - avant[avant < b][-1] for b in apres if (avant < b).any()]
    return _sum(ahead + [apres[apres < a][-1] - a for a in avant if (apres < a).any()], fenetre)


def _absolute(avant, apres, fenetre):
    """Each postsynaptic spike with the nearest presynaptic one, before or after."""
    return _sum([b - avant[np.argmin(np.abs(b - avant))] for b in apres], fenetre) if len(apres) else 0.0


NEAREST = Exercise(
    id="06.8",
    title="Les voisines seulement",
    reference=variation_voisines,
    samples=_draw,
    invariants=[_EMPTY, _LATER],
    misconceptions=[
        Misconception(variation, "toutes les paires comptent chez vous ; ici, seule la dernière de l'autre train"),
        Misconception(
            _only_post,
            "seules les impulsions d'après cherchent une voisine ; celles d'avant en ont une aussi, qui affaiblit",
        ),
        Misconception(
            _absolute,
            "la voisine d'une impulsion est dans son passé : une synapse ne connaît pas l'impulsion à venir",
        ),
        Misconception(
            _strict,
            "au même instant, l'impulsion d'avant la synapse compte comme arrivée la première : Δt = 0 renforce",
        ),
        Misconception(
            lambda avant, apres, fenetre: variation_voisines(apres, avant, lambda d: fenetre(-d)),
            "au même instant, c'est l'impulsion d'avant la synapse qui passe la première",
        ),
    ],
    hints=[
        "Quand une impulsion arrive, la synapse ne se souvient que de la dernière de l'autre côté.",
        "Deux boucles, l'une après l'autre : une pour chaque train.",
        "Un tableau de booléens choisit les impulsions déjà passées ; laquelle est la plus récente ?",
    ],
    alternatives=[
        _searched,
        _merged,
        _smallest,
        lambda avant, apres, fenetre: np.sum(fenetre(spike_pairs(avant, apres, "nearest").delta_t)),
        lambda avant, apres, fenetre: np.float32(variation_voisines(avant, apres, fenetre)),
    ],
    mutants=[
        lambda avant, apres, fenetre: variation_voisines(avant[1:], apres, fenetre),
        lambda avant, apres, fenetre: (
            variation_voisines(avant, apres, fenetre) - _only_post(avant, apres, fenetre)),
        lambda avant, apres, fenetre: variation_voisines(avant, apres, lambda d: fenetre(-d)),
    ],
    units={"avant": "ms", "apres": "ms"},
    solution="""def variation_voisines(avant, apres, fenetre):
    total = 0.0
    for b in apres:
        passees = avant[avant <= b]
        if len(passees):
            total += fenetre(b - passees[-1])
    for a in avant:
        passees = apres[apres < a]
        if len(passees):
            total += fenetre(passees[-1] - a)
    return total
""",
)  # fmt: skip
