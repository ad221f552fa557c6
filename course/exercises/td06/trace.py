"""Exercise 06.7: the same sum of pairs by two traces, in one pass."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def poids_en_ligne(avant, apres, dt, w, c_p, tau_p, c_d, tau_d):
    """The weight after each step; a coincidence is causal."""
    r = o = 0.0
    weights = []
    for a, b in zip(avant, apres, strict=True):
        r, o = r * np.exp(-dt / tau_p), o * np.exp(-dt / tau_d)
        if a:
            w, r = w - c_d * o, r + 1
        if b:
            w, o = w + c_p * r, o + 1
        weights.append(w)
    return np.array(weights)


def _draw(rng):
    n = 80
    avant, apres = (rng.random((2, n)) < 0.15).astype(int)
    both = rng.choice(n, 3, replace=False)  # coincidences
    avant[both] = apres[both] = 1
    return {
        "avant": avant, "apres": apres, "dt": float(rng.uniform(0.5, 2)), "w": float(rng.uniform(0.3, 0.7)),
        "c_p": float(rng.uniform(0.01, 0.05)), "tau_p": float(rng.uniform(8, 20)),
        "c_d": float(rng.uniform(0.01, 0.05)), "tau_d": float(rng.uniform(22, 40)),
    }  # fmt: skip


def _pairs(avant, apres, dt, w, c_p, tau_p, c_d, tau_d):
    """Every pair acts at the step of its second spike."""
    n = len(avant)
    change = np.zeros(n)
    for i in np.flatnonzero(avant):
        for j in np.flatnonzero(apres):
            d = (j - i) * dt
            change[max(i, j)] += c_p * np.exp(-d / tau_p) if j >= i else -c_d * np.exp(d / tau_d)
    return w + np.cumsum(change)


def _matrix(avant, apres, dt, w, c_p, tau_p, c_d, tau_d):
    lag = np.subtract.outer(np.arange(len(avant)), np.arange(len(avant))) * dt
    r = np.where(lag >= 0, np.exp(-np.abs(lag) / tau_p), 0) @ avant
    o = np.where(lag > 0, np.exp(-np.abs(lag) / tau_d), 0) @ apres
    return w + np.cumsum(c_p * r * apres - c_d * o * avant)


def _order(kind):
    """Other orders of the four acts of one step."""

    def wrong(avant, apres, dt, w, c_p, tau_p, c_d, tau_d):
        r = o = 0.0
        weights = []
        for a, b in zip(avant, apres, strict=True):
            r, o = r * np.exp(-dt / tau_p), o * np.exp(-dt / tau_d)
            if kind == "post":
                w, o = w + c_p * r * b, o + b
                w, r = w - c_d * o * a, r + a
            elif kind == "added":
                r, o = r + a, o + b
                w = w - c_d * o * a + c_p * r * b
            elif kind == "read":
                w = w - c_d * o * a + c_p * r * b
                r, o = r + a, o + b
            elif kind == "swapped":
                w, r = w + c_p * r * a, r + a
                w, o = w - c_d * o * b, o + b
            elif kind == "nearest":
                w, r = w - c_d * o * a, 1.0 if a else r
                w, o = w + c_p * r * b, 1.0 if b else o
            weights.append(w)
        return np.array(weights)

    return wrong


def _euler(avant, apres, dt, w, c_p, tau_p, c_d, tau_d):
    r = o = 0.0
    weights = []
    for a, b in zip(avant, apres, strict=True):
        r, o = r * (1 - dt / tau_p), o * (1 - dt / tau_d)
        w, r = w - c_d * o * a, r + a
        w, o = w + c_p * r * b, o + b
        weights.append(w)
    return np.array(weights)


ONLINE = Exercise(
    id="06.7",
    title="Deux traces pour une synapse",
    reference=poids_en_ligne,
    samples=_draw,
    invariants=[
        holds(
            lambda f, out, avant, w, **_: np.allclose(f(avant=0 * avant), w),
            "ne change pas sans impulsion avant la synapse",
            "Sans impulsion présynaptique, il n'y a aucune paire : le poids reste où il est.",
        ),
    ],
    misconceptions=[
        Misconception(
            _order("post"),
            "À une coïncidence, vous traitez d'abord l'impulsion d'après : la paire Δt = 0 affaiblit. La convention du "
            "cours la veut causale.",
        ),
        Misconception(
            _order("added"),
            "Vous ajoutez aux deux traces avant de les lire : à une coïncidence, la paire compte des deux côtés.",
        ),
        Misconception(
            _order("read"),
            "Vous lisez les deux traces avant d'y ajouter quoi que ce soit : une coïncidence ne compte plus du tout. "
            "Elle doit renforcer.",
        ),
        Misconception(
            _order("swapped"),
            "Chaque impulsion lit la trace de son propre côté. Une paire a un pied de chaque côté : lisez l'autre.",
        ),
        Misconception(
            _order("nearest"),
            "Vos traces repartent de 1 à chaque impulsion : seule la dernière compte. Ici, toutes les paires comptent.",
        ),
        Misconception(
            _euler,
            "C'est le pas d'Euler, 1 − dt/τ. Le facteur exact, exp(−dt/τ), ne coûte pas plus cher.",
        ),
        Misconception(
            lambda **k: poids_en_ligne(**{**k, "tau_d": k["tau_p"]}),
            "Les deux traces fuient avec la même constante de temps : celle d'après a la sienne, τ_d.",
        ),
    ],
    hints=[
        "Une trace r pour les impulsions d'avant, une trace o pour celles d'après. Laquelle faut-il lire à une "
        "impulsion d'après ?",
        "À chaque pas : les deux traces fuient ; puis l'impulsion d'avant, s'il y en a une ; puis celle d'après.",
        "Chaque impulsion fait deux choses, dans cet ordre : changer le poids en lisant l'autre trace, puis ajouter "
        "1 à la sienne.",
    ],
    alternatives=[
        _pairs,
        _matrix,
        lambda avant, apres, dt, w, c_p, tau_p, c_d, tau_d: list(
            poids_en_ligne(avant, apres, dt, w, c_p, tau_p, c_d, tau_d)
        ),
        lambda avant, apres, dt, w, c_p, tau_p, c_d, tau_d: np.float64(
            poids_en_ligne(avant.astype(bool), apres.astype(bool), dt, w, c_p, tau_p, c_d, tau_d)
        ),
        lambda avant, apres, dt, w, c_p, tau_p, c_d, tau_d: (
            w + poids_en_ligne(avant, apres, dt, 0.0, c_p, tau_p, c_d, tau_d)
        ),
    ],
    mutants=[
        lambda **k: poids_en_ligne(**{**k, "c_d": -k["c_d"]}),
        lambda **k: poids_en_ligne(**{**k, "dt": 1.0}),
        lambda **k: poids_en_ligne(**{**k, "w": 0.0}),
        lambda **k: np.clip(poids_en_ligne(**k), 0.45, 0.55),
    ],
    units={"dt": "ms", "tau_p": "ms", "tau_d": "ms"},
    solution="""def poids_en_ligne(avant, apres, dt, w, c_p, tau_p, c_d, tau_d):
    r = o = 0.0
    suivi = []
    for a, b in zip(avant, apres):
        r, o = r * np.exp(-dt / tau_p), o * np.exp(-dt / tau_d)
        if a:
            w, r = w - c_d * o, r + 1
        if b:
            w, o = w + c_p * r, o + 1
        suivi.append(w)
    return np.array(suivi)
""",
)  # fmt: skip
