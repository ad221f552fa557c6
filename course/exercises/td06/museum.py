"""Exercises 06.12 and 06.13: a test that unmasks a reversed rule, and one step of the traces in the right order."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def est_causale(regle):
    """Does the rule strengthen when the presynaptic spike comes first, and weaken when it comes late?"""
    return bool(regle(np.array([50.0]), np.array([55.0])) > 0 > regle(np.array([55.0]), np.array([50.0])))


def _rule(kind, rng):
    c_p, c_d = rng.uniform(0.01, 0.1, 2)
    tau_p, tau_d = rng.uniform(10, 40, 2)

    def regle(avant, apres):
        d = np.subtract.outer(np.asarray(apres, float), np.asarray(avant, float))
        if kind == "envers":
            d = -d
        change = np.where(d >= 0, c_p * np.exp(-np.abs(d) / tau_p), -c_d * np.exp(-np.abs(d) / tau_d))
        if kind == "hebb":
            change = np.abs(change)
        if kind == "oubli":
            change = -np.abs(change)
        return float(np.sum(change))

    return regle


CAUSAL = Exercise(
    id="06.12",
    title="Un test pour le signe",
    reference=est_causale,
    samples=lambda rng: {"regle": _rule(str(rng.choice(["endroit", "envers", "hebb", "oubli"])), rng)},
    draws=24,
    misconceptions=[
        Misconception(
            lambda regle: bool(regle(np.array([50.0]), np.array([55.0])) > 0),
            "Une règle qui renforce toujours passe votre test. Essayez aussi l'ordre inverse.",
        ),
        Misconception(
            lambda regle: bool(regle(np.array([55.0]), np.array([50.0])) < 0),
            "Une règle qui affaiblit toujours passe votre test. Essayez aussi l'ordre causal.",
        ),
        Misconception(
            lambda regle: bool(regle([55.0], [50.0]) > 0 > regle([50.0], [55.0])),
            "Votre test accepte les règles renversées, et refuse les bonnes : qui doit venir en premier ?",
        ),
        Misconception(
            lambda regle: bool(regle(np.array([50.0]), np.array([50.0])) > 0),
            "À Δt = 0, une règle renversée et une bonne se ressemblent : séparez les deux impulsions.",
        ),
        Misconception(
            lambda regle: regle(np.array([50.0]), np.array([55.0])),
            "Vous rendez une variation de poids. On demande oui ou non : `True` ou `False`.",
        ),
    ],
    hints=[
        "Une seule paire d'impulsions suffit, si vous choisissez bien ses instants.",
        "Deux expériences : l'une où avant précède, l'autre où il suit.",
    ],
    alternatives=[
        lambda regle: np.bool_(est_causale(regle)),
        lambda regle: all(
            np.sign(regle(np.array([100.0]), np.array([100.0 + d]))) == np.sign(d) for d in (-12.0, -3.0, 3.0, 12.0)
        ),
        lambda regle: regle([10.0], [12.0]) > 0 and regle([12.0], [10.0]) < 0,
        lambda regle: bool(np.sign(regle([0.0], [5.0])) == 1 and np.sign(regle([5.0], [0.0])) == -1),
        lambda regle: regle([0.0, 2000.0], [5.0, 2005.0]) > 0 > regle([5.0, 2005.0], [0.0, 2000.0]),
    ],
    mutants=[
        lambda regle: True,
        lambda regle: False,
        lambda regle: bool(regle(np.array([50.0]), np.array([55.0])) < 0),
    ],
    solution="""def est_causale(regle):
    cause = regle(np.array([50.0]), np.array([55.0]))
    retard = regle(np.array([55.0]), np.array([50.0]))
    return bool(cause > 0 and retard < 0)
""",
)  # fmt: skip


def un_pas(w, r, o, avant, apres, c_p, c_d):
    """(w, r, o) after the spikes of one step; a coincidence is causal."""
    if avant:
        w, r = w - c_d * o, r + 1
    if apres:
        w, o = w + c_p * r, o + 1
    return w, r, o


def _step(rng):
    numbers = {
        "w": float(rng.uniform(0.3, 0.7)), "r": float(rng.uniform(0.1, 2)), "o": float(rng.uniform(0.1, 2)),
        "c_p": float(rng.uniform(0.01, 0.1)), "c_d": float(rng.uniform(0.01, 0.1)),
    }  # fmt: skip
    avant, apres = ((True, True), (True, True), (False, True), (False, False), (True, False))[int(rng.integers(5))]
    return {**numbers, "avant": avant, "apres": apres}


def _added_first(w, r, o, avant, apres, c_p, c_d):
    r, o = r + avant, o + apres
    return w - c_d * o * avant + c_p * r * apres, r, o


def _read_first(w, r, o, avant, apres, c_p, c_d):
    return w - c_d * o * avant + c_p * r * apres, r + avant, o + apres


def _post_first(w, r, o, avant, apres, c_p, c_d):
    w, o = w + c_p * r * apres, o + apres
    return w - c_d * o * avant, r + avant, o


STEP = Exercise(
    id="06.13",
    title="L'ordre des traces",
    reference=un_pas,
    samples=_step,
    draws=24,
    outputs=("w", "r", "o"),
    invariants=[
        holds(
            lambda f, out, w, r, o, **_: np.allclose(f(avant=False, apres=False), (w, r, o)),
            "laisse tout en place quand il ne se passe rien",
            "Sans impulsion, le poids et les traces ne changent pas à ce pas.",
        ),
    ],
    misconceptions=[
        Misconception(
            _added_first,
            "Les deux traces grandissent avant d'être lues : à une coïncidence, la même paire renforce et affaiblit.",
        ),
        Misconception(
            _read_first,
            "Les deux traces sont lues avant de grandir : une coïncidence ne compte plus. Elle doit renforcer.",
        ),
        Misconception(
            _post_first,
            "L'impulsion d'après passe la première : une coïncidence affaiblit. La convention la veut causale.",
        ),
        Misconception(
            lambda w, r, o, avant, apres, c_p, c_d: (un_pas(w, r, o, avant, apres, c_p, c_d)[0], r, o),
            "Le poids est juste, mais les traces n'ont pas grandi : la prochaine impulsion ne saura rien de celles-ci.",
        ),
    ],
    hints=[
        "Quand les deux impulsions tombent au même pas, laquelle doit passer la première pour que la paire renforce ?",
        "Chacune lit la trace de l'autre, puis ajoute 1 à la sienne.",
    ],
    alternatives=[
        lambda w, r, o, avant, apres, c_p, c_d: [
            w - c_d * o * avant + c_p * (r + avant) * apres, r + avant, o + apres],
        lambda w, r, o, avant, apres, c_p, c_d: (
            w - (c_d * o if avant else 0) + (c_p * (r + bool(avant)) if apres else 0), r + int(avant), o + int(apres)),
        lambda w, r, o, avant, apres, c_p, c_d: np.array(un_pas(w, r, o, avant, apres, c_p, c_d)),
        lambda w, r, o, avant, apres, c_p, c_d: (
            np.float64(w) - avant * c_d * o + apres * c_p * (r + avant), r + 1.0 * avant, o + 1.0 * apres),
        lambda w, r, o, avant, apres, c_p, c_d: (
            _read_first(w, r, o, avant, apres, c_p, c_d)[0] + c_p * (avant and apres), r + avant, o + apres),
    ],
    mutants=[
        lambda w, r, o, avant, apres, c_p, c_d: un_pas(w, r, o, avant, apres, c_d, c_p),
        lambda w, r, o, avant, apres, c_p, c_d: un_pas(w, o, r, avant, apres, c_p, c_d),
        lambda w, r, o, avant, apres, c_p, c_d: un_pas(0.0, r, o, avant, apres, c_p, c_d),
    ],
    solution="""def un_pas(w, r, o, avant, apres, c_p, c_d):
    if avant:
        w, r = w - c_d * o, r + 1
    if apres:
        w, o = w + c_p * r, o + 1
    return w, r, o
""",
)  # fmt: skip
