"""Exercises 07.9 and 07.10: what can be taken away, one part after the other; and the smallest set that is enough."""

from itertools import combinations

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds

NAMES = ("CTX", "D1", "D2", "GPi", "TA", "TI", "STN", "SNc", "SNr")


def garder(parties, capable):
    """Try to take each part away, in order; for good when the rest is still capable."""
    kept = list(parties)
    for part in parties:
        rest = [p for p in kept if p != part]
        if capable(rest):
            kept = rest
    return kept


def _draw(rng):
    """Capable: one set of parts, or another that shares some of them; the first of the two is the larger."""
    names = list(rng.permutation(NAMES)[: int(rng.integers(6, 9))])
    names = [str(n) for n in names]
    common, one, other = names[:1], names[1:4], names[4:6]
    ways = (set(common + one), set(common + other))
    order = [str(n) for n in rng.permutation(names)]
    return {"parties": order, "capable": lambda kept: any(way <= set(kept) for way in ways)}


def _without(parts, part):
    return [p for p in parts if p != part]


def _skipping(parties, capable):
    kept = list(parties)
    for part in kept:
        if capable(_without(kept, part)):
            kept.remove(part)
    return kept


def _forward(parties, capable):
    kept = []
    for part in parties:
        if capable(kept):
            break
        kept.append(part)
    return kept


def _by_sets(parties, capable):
    kept = set(parties)
    for part in parties:
        if capable(kept - {part}):
            kept.discard(part)
    return [p for p in parties if p in kept]


def _put_back(parties, capable):
    kept = list(parties)
    for part in parties:
        place = kept.index(part)
        kept.pop(place)
        if not capable(kept):
            kept.insert(place, part)
    return tuple(kept)


def _masked(parties, capable):
    on = np.ones(len(parties), bool)
    for k in range(len(parties)):
        on[k] = False
        on[k] = not capable([p for p, x in zip(parties, on, strict=True) if x])
    return np.array(parties)[on]


def _recursive(parties, capable, first=0):
    if first == len(parties):
        return list(parties)
    rest = [*parties[:first], *parties[first + 1 :]]
    return _recursive(rest, capable, first) if capable(rest) else _recursive(parties, capable, first + 1)


KEPT = Exercise(
    id="07.9",
    title="Ôter ce qui ne manque pas",
    reference=garder,
    samples=_draw,
    draws=12,
    invariants=[
        holds(
            lambda f, out, parties, capable: capable([str(p) for p in out]),
            "est capable",
            "L'ensemble que vous rendez n'a plus la capacité : une partie de trop est partie.",
        ),
        holds(
            lambda f, out, parties, capable: not any(capable(_without([str(q) for q in out], str(p))) for p in out),
            "ne peut plus perdre aucune partie",
            "Dans l'ensemble que vous rendez, une partie peut encore être ôtée.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda parties, capable: [p for p in parties if not capable(_without(parties, p))],
            "Vous essayez chaque lésion sur le système entier. Deux parties qui se remplacent l'une l'autre "
            "partent alors toutes les deux : une lésion réussie doit rester pour la suite.",
        ),
        Misconception(
            lambda parties, capable: [p for p in parties if p not in garder(parties, capable)],
            "Ce sont les parties ôtées. On demande celles qui restent.",
        ),
        Misconception(
            _skipping,
            "Vous ôtez d'une liste pendant que vous la parcourez : la boucle saute la partie qui suit. Parcourez "
            "`parties`, ôtez d'une copie.",
        ),
        Misconception(
            lambda parties, capable: [p for p in parties if p in garder(parties[::-1], capable)],
            "Les parties s'essaient dans l'ordre de la liste. Vous commencez par la fin.",
        ),
        Misconception(
            _forward,
            "Vous ajoutez des parties jusqu'à la capacité. L'algorithme part du système entier, et en ôte.",
        ),
        Misconception(
            lambda parties, capable: [p for p in parties if capable(_without(parties, p))],
            "C'est à l'envers : si le reste est encore capable, la partie s'en va.",
        ),
        Misconception(
            lambda parties, capable: list(parties),
            "Vous n'ôtez rien : une lésion dont le système se remet doit rester.",
        ),
    ],
    hints=[
        "Partez de `reste = list(parties)`. Pour chaque partie, qu'obtient-on sans elle ?",
        "`essai = [q for q in reste if q != p]` ; si `capable(essai)`, alors `reste = essai`.",
        "La boucle parcourt `parties`, qui ne change pas ; `reste`, lui, diminue.",
    ],
    alternatives=[_by_sets, _put_back, _masked, _recursive, lambda parties, capable: tuple(garder(parties, capable))],
    mutants=[
        lambda parties, capable: _without(garder(parties, capable), garder(parties, capable)[0]),
        lambda parties, capable: garder(parties[:-1], capable),
        lambda parties, capable: garder(parties[1:] + parties[:1], capable)[:1],
    ],
)


def plus_petit(parties, capable):
    """The first capable set, the small ones first."""
    for size in range(len(parties) + 1):
        for some in combinations(parties, size):
            if capable(list(some)):
                return list(some)
    return None


def _by_masks(parties, capable):
    n = len(parties)
    for mask in sorted(range(2**n), key=lambda m: m.bit_count()):
        some = [parties[k] for k in range(n) if mask >> k & 1]
        if capable(some):
            return some
    return None


def _all_then_min(parties, capable):
    sets = [[]]
    for p in parties:
        sets += [[*s, p] for s in sets]
    return min((s for s in sets if capable(s)), key=len)


def _best_of_orders(parties, capable):
    """The greedy algorithm from every place: enough for sets such as those of the draws."""
    found = [garder(parties, capable), garder(parties[::-1], capable)]
    rng = np.random.default_rng(0)
    for _ in range(300):
        found.append(garder([str(p) for p in rng.permutation(parties)], capable))
    best = min(found, key=len)
    return [p for p in parties if p in best]


def _shrinking(parties, capable):
    """A smaller one as long as there is one."""
    best = list(parties)
    while True:
        smaller = next((s for s in combinations(parties, len(best) - 1) if capable(s)), None)
        if smaller is None:
            return best
        best = list(smaller)


SMALLEST = Exercise(
    id="07.10",
    title="Le plus petit qui suffise",
    reference=plus_petit,
    samples=_draw,
    seed=10,
    draws=12,
    invariants=[
        holds(
            lambda f, out, parties, capable: capable([str(p) for p in out]),
            "est capable",
            "L'ensemble que vous rendez n'a pas la capacité.",
        ),
    ],
    misconceptions=[
        Misconception(
            garder,
            "C'est l'algorithme glouton : son résultat ne peut plus rien perdre, mais un autre choix au départ en "
            "aurait laissé moins. Essayez tous les ensembles.",
        ),
        Misconception(
            lambda parties, capable: list(parties),
            "Le système entier est capable, mais vous cherchez le plus petit : commencez par les petits ensembles.",
        ),
        Misconception(
            lambda parties, capable: next(
                list(s) for k in range(len(parties), 0, -1) for s in combinations(parties, k)
                if capable(list(s)) and k < len(parties)),
            "Vous commencez par les grands ensembles : le premier capable n'est pas le plus petit.",
        ),
        Misconception(
            lambda parties, capable: len(plus_petit(parties, capable)),
            "C'est sa taille. On demande l'ensemble lui-même.",
        ),
    ],
    hints=[
        "`itertools.combinations(parties, k)` donne tous les ensembles de k parties. Par quel k commencer ?",
        "Deux boucles : la taille, de 0 à n, puis les ensembles de cette taille. Le premier capable est la réponse.",
    ],
    alternatives=[
        _by_masks, _all_then_min, _shrinking, _best_of_orders,
        lambda parties, capable: next(
            s for k in range(len(parties) + 1) for s in combinations(parties, k) if capable(set(s))),
    ],
    mutants=[
        lambda parties, capable: list(parties)[:2],
        lambda parties, capable: plus_petit(parties, capable)[:-1],
        lambda parties, capable: [p for p in parties if p not in plus_petit(parties, capable)],
    ],
    solution="""from itertools import combinations


def plus_petit(parties, capable):
    for k in range(len(parties) + 1):
        for essai in combinations(parties, k):
            if capable(list(essai)):
                return list(essai)
""",
)  # fmt: skip
