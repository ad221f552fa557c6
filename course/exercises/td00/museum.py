"""Exercise 00.9: the museum's Runge-Kutta step, whose variables share a state, mended."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def pas_repare(derivees, etat, dt):
    """A Runge-Kutta step of the whole state; derivees[x](etat) is the slope of x."""

    def slopes(k, share):
        trial = {x: etat[x] + share * dt * k[x] for x in etat}
        return {x: derivees[x](trial) for x in etat}

    k_1 = {x: derivees[x](etat) for x in etat}
    k_2 = slopes(k_1, 1 / 2)
    k_3 = slopes(k_2, 1 / 2)
    k_4 = slopes(k_3, 1)
    return {x: etat[x] + dt / 6 * (k_1[x] + 2 * k_2[x] + 2 * k_3[x] + k_4[x]) for x in etat}


def _one_variable(derivees, state, x, dt):
    """RK4 of x alone, the others held."""

    def slope(value):
        return derivees[x]({**state, x: value})

    a = slope(state[x])
    b = slope(state[x] + dt / 2 * a)
    c = slope(state[x] + dt / 2 * b)
    return state[x] + dt / 6 * (a + 2 * b + 2 * c + slope(state[x] + dt * c))


def _museum(derivees, etat, dt):
    state = dict(etat)
    for x in etat:
        state[x] = _one_variable(derivees, state, x, dt)
    return state


def _frozen(derivees, etat, dt):
    return {x: _one_variable(derivees, etat, x, dt) for x in etat}


def _euler(derivees, etat, dt):
    return {x: etat[x] + dt * derivees[x](etat) for x in etat}


def _as_arrays(derivees, etat, dt):
    names = list(etat)

    def f(y):
        here = dict(zip(names, y, strict=True))
        return np.array([derivees[x](here) for x in names])

    y, k = np.array([etat[x] for x in names]), []
    for share in (0, 0.5, 0.5, 1):
        k.append(f(y + share * dt * k[-1]) if k else f(y))
    return dict(
        zip(names, (y + dt * np.array([1, 2, 2, 1]) / 6 @ np.array(k)).tolist(), strict=True)
    )


def _accumulated(derivees, etat, dt, weights=(1, 2, 2, 1), shares=(0.5, 0.5, 1, 0)):
    """One pass: each set of slopes is added as soon as it is known."""
    trial, total = dict(etat), dict.fromkeys(etat, 0.0)
    for weight, share in zip(weights, shares, strict=True):
        k = {x: derivees[x](trial) for x in etat}
        total = {x: total[x] + weight * k[x] for x in etat}
        trial = {x: etat[x] + share * dt * k[x] for x in etat}
    return {x: etat[x] + dt * total[x] / sum(weights) for x in etat}


def _written_out(derivees, etat, dt):
    k1, k2, k3, k4, new = {}, {}, {}, {}, {}
    for x in etat:
        k1[x] = derivees[x](etat)
    for x in etat:
        k2[x] = derivees[x]({y: etat[y] + 0.5 * dt * k1[y] for y in etat})
    for x in etat:
        k3[x] = derivees[x]({y: etat[y] + 0.5 * dt * k2[y] for y in etat})
    for x in etat:
        k4[x] = derivees[x]({y: etat[y] + dt * k3[y] for y in etat})
    for x in etat:
        new[x] = etat[x] + dt * (k1[x] / 6 + k2[x] / 3 + k3[x] / 3 + k4[x] / 6)
    return new


def _mixed_ages(derivees, etat, dt):
    """The trial state is filled while its slopes are being taken."""

    def slopes(k, share):
        trial, out = dict(etat), {}
        for x in etat:
            trial[x] = etat[x] + share * dt * k[x]
            out[x] = derivees[x](trial)
        return out

    k_1 = slopes(dict.fromkeys(etat, 0.0), 0)
    k_2 = slopes(k_1, 0.5)
    k_3 = slopes(k_2, 0.5)
    k_4 = slopes(k_3, 1)
    return {x: etat[x] + dt / 6 * (k_1[x] + 2 * k_2[x] + 2 * k_3[x] + k_4[x]) for x in etat}  # fmt: skip


def _going_on(derivees, etat, dt):
    """Each trial state starts from the trial before."""
    trial, total = dict(etat), dict.fromkeys(etat, 0.0)
    for weight, share in zip((1, 2, 2, 1), (0.5, 0.5, 1, 0), strict=True):
        k = {x: derivees[x](trial) for x in etat}
        total = {x: total[x] + weight * k[x] for x in etat}
        trial = {x: trial[x] + share * dt * k[x] for x in etat}
    return {x: etat[x] + dt * total[x] / 6 for x in etat}


def _draw_circuit(rng):
    """Three compartments that pull on each other, under an active current."""
    names = ("soma", "dendrite", "axone")
    pull, leak = rng.uniform(0.05, 0.6, (3, 3)), rng.uniform(0.02, 0.2, 3)

    def slope(k):
        def of(state):
            V = [state[x] for x in names]
            return float(
                -leak[k] * V[k] + 3 * np.tanh(V[k] / 8) + sum(pull[k] * (np.array(V) - V[k]))
            )

        return of

    return {
        "derivees": {x: slope(k) for k, x in enumerate(names)},
        "etat": {x: float(rng.uniform(-10, 10)) for x in names},
        "dt": float(rng.uniform(0.3, 1.2)),
    }


REPAIRED = Exercise(
    id="00.9",
    title="Quatre pentes d'un même âge",
    reference=pas_repare,
    samples=_draw_circuit,
    invariants=[
        holds(
            lambda f, out, derivees, etat, dt: all(np.isclose(f(dt=0.0)[x], etat[x]) for x in etat),
            "est l'état de départ quand `dt` = 0",
            "Avec un pas nul, l'état devrait rester où il est.",
        ),
        holds(
            lambda f, out, derivees, etat, dt: all(
                np.isclose(f(etat=dict(reversed(etat.items())))[x], out[x]) for x in etat),
            "ne dépend pas de l'ordre des variables",
            "Si l'on range les variables dans un autre ordre, votre résultat change : elles n'avancent pas ensemble.",
        ),
    ],
    misconceptions=[
        Misconception(
            _museum,
            "C'est la pièce du musée : chaque variable avance seule, et la suivante la voit déjà arrivée. Les quatre "
            "jeux de pentes se prennent sur des états entiers.",
        ),
        Misconception(
            _frozen,
            "Vos variables ne se marchent plus dessus, mais chacune avance devant les autres figées au départ. Au "
            "milieu du pas, toutes doivent être au milieu.",
        ),
        Misconception(
            _euler,
            "C'est un pas d'Euler : toutes les variables ont le même âge, mais il n'y a qu'une pente sur quatre.",
        ),
        Misconception(
            _mixed_ages,
            "Votre état d'essai se remplit pendant que vous y prenez les pentes : la première variable ne voit pas "
            "les suivantes avancer. Remplissez-le d'abord, tout entier.",
        ),
        Misconception(
            lambda derivees, etat, dt: {x: v - etat[x] for x, v in pas_repare(derivees, etat, dt).items()},
            "Vous rendez le chemin parcouru par chaque variable. On attend le nouvel état.",
        ),
        Misconception(
            _going_on,
            "Vos états d'essai s'enchaînent, chacun parti du précédent. Tous doivent repartir de l'état de départ.",
        ),
    ],
    hints=[
        "Une boucle sur les variables, dans chacune des quatre étapes ; et non quatre étapes dans une boucle.",
        "k₁ est un dictionnaire : `{x: derivees[x](etat) for x in etat}`. De quel état se servira k₂ ?",
        "Écrivez une fonction qui, à partir de k et d'une part du pas, fabrique l'état d'essai entier, puis rend le "
        "dictionnaire de ses pentes.",
    ],
    alternatives=[
        _as_arrays,
        _accumulated,
        _written_out,
        lambda derivees, etat, dt: {x: np.float32(v) for x, v in pas_repare(derivees, etat, dt).items()},
        lambda derivees, etat, dt: {x: [v] for x, v in _as_arrays(derivees, etat, dt).items()},
    ],
    mutants=[
        lambda derivees, etat, dt: _accumulated(derivees, etat, dt, weights=(1, 1, 1, 1)),
        lambda derivees, etat, dt: _accumulated(derivees, etat, dt, shares=(1, 1, 1, 0)),
        lambda derivees, etat, dt: pas_repare(derivees, etat, dt / 2),
    ],
    unit="mV",
    units={"dt": "ms"},
    solution="""def pas_repare(derivees, etat, dt):
    def pentes(k, part):
        essai = {x: etat[x] + part * dt * k[x] for x in etat}
        return {x: derivees[x](essai) for x in etat}

    k_1 = {x: derivees[x](etat) for x in etat}
    k_2 = pentes(k_1, 1 / 2)
    k_3 = pentes(k_2, 1 / 2)
    k_4 = pentes(k_3, 1)
    return {x: etat[x] + dt / 6 * (k_1[x] + 2 * k_2[x] + 2 * k_3[x] + k_4[x]) for x in etat}
""",
)  # fmt: skip
