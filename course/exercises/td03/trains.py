"""Exercises 03.6 and 03.8: the irregularity of a train, its adaptation."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def cv(impulsions):
    """Deviation (n - 1) of the intervals over their mean; NaN with fewer than two intervals."""
    T = np.diff(impulsions)
    return np.std(T, ddof=1) / np.mean(T) if len(T) > 1 else np.nan


def _draw_train(rng):
    """Gamma intervals, from regular to bursting; too short a train, sometimes."""
    count = int(rng.choice([1, 2, 3, 4, 8, 20, 40], p=[0.1, 0.1, 0.1, 0.15, 0.2, 0.2, 0.15]))
    shape = np.exp(rng.uniform(-1, 3))
    return {
        "impulsions": rng.uniform(0, 300)
        + np.cumsum(rng.gamma(shape, rng.uniform(5, 50) / shape, count))
    }


def _of(impulsions, measure):
    T = np.diff(impulsions)
    return float(measure(T)) if len(T) > 1 else float("nan")


def _cv_in_loop(impulsions):
    T = [float(b - a) for a, b in zip(impulsions, impulsions[1:], strict=False)]
    if len(T) < 2:
        return float("nan")
    mean = sum(T) / len(T)
    return (sum((x - mean) ** 2 for x in T) / (len(T) - 1)) ** 0.5 / mean


def _plain_cv(impulsions):
    T = np.diff(impulsions)
    return np.std(T) / np.mean(T) if len(T) else np.nan


CV = Exercise(
    id="03.6",
    title="Le coefficient de variation",
    reference=cv,
    samples=_draw_train,
    draws=24,
    seed=6,
    invariants=[
        holds(
            lambda f, out, impulsions: np.allclose(f(impulsions=3 * impulsions), out, rtol=1e-5, equal_nan=True),
            "ne change pas si l'on ralentit tout",
            "Trois fois plus lent, le train garde la même irrégularité : votre CV devrait rester le même.",
        ),
        holds(
            lambda f, out, impulsions: abs(f(impulsions=np.arange(0.0, 200.0, 10.0))) < 1e-6,
            "est nul pour une horloge",
            "Pour des impulsions parfaitement régulières, le CV devrait être nul.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda impulsions: _of(impulsions, lambda T: np.std(impulsions, ddof=1) / np.mean(impulsions)),
            "Vous mesurez la dispersion des instants. Ce sont les intervalles qui sont réguliers ou non.",
        ),
        Misconception(
            lambda impulsions: _of(impulsions, lambda T: np.std(T) / np.mean(T)),
            "Votre écart type divise par n, et l'énoncé par n − 1 : avec peu d'intervalles, la différence se voit "
            "(`ddof=1`).",
        ),
        Misconception(
            _plain_cv,
            "Votre écart type divise par n, et l'énoncé par n − 1 (`ddof=1`). Et avec un seul intervalle, vous rendez "
            "0, comme pour une horloge : on ne sait rien, rendez `np.nan`.",
        ),
        Misconception(
            lambda impulsions: _of(impulsions, lambda T: np.var(T, ddof=1) / np.mean(T)),
            "Vous divisez une variance, en ms², par une moyenne, en ms : il reste une unité. Prenez l'écart type.",
        ),
        Misconception(
            lambda impulsions: _of(impulsions, lambda T: np.var(T, ddof=1) / np.mean(T) ** 2),
            "Vous rendez le carré du CV.",
        ),
        Misconception(
            lambda impulsions: _of(impulsions, lambda T: np.mean(T) / np.std(T, ddof=1)),
            "Le rapport est à l'envers : un train plus irrégulier devrait avoir un CV plus grand.",
        ),
        Misconception(
            lambda impulsions: np.nan_to_num(cv(impulsions)),
            "Avec moins de deux intervalles, vous rendez 0, comme pour une horloge. On ne sait rien : rendez `np.nan`.",
        ),
    ],
    hints=[
        "`np.diff` rend les intervalles. Combien en faut-il pour parler de dispersion ?",
        "`np.std(T, ddof=1)` divisé par `np.mean(T)` ; et `np.nan` s'il y a moins de deux intervalles.",
    ],
    alternatives=[
        _cv_in_loop,
        lambda impulsions: _of(impulsions, lambda T: np.sqrt(np.cov(T)) / T.mean()),
        lambda impulsions: np.array([_of(impulsions, lambda T: np.std(T / np.mean(T), ddof=1))]),
        lambda impulsions: np.float32(cv(impulsions)),
        lambda impulsions: _of(impulsions, lambda T: np.linalg.norm(T - T.mean()) / (len(T) - 1) ** 0.5 / T.mean()),
    ],
    mutants=[
        lambda impulsions: _of(impulsions, lambda T: np.std(T, ddof=1) / np.median(T)),
        lambda impulsions: _of(impulsions, lambda T: np.mean(np.abs(T - T.mean())) / np.mean(T)),
        lambda impulsions: _of(impulsions, lambda T: (T.max() - T.min()) / np.mean(T)),
    ],
    units={"impulsions": "ms"},
    solution="""def cv(impulsions):
    T = np.diff(impulsions)
    if len(T) < 2:
        return np.nan
    return np.std(T, ddof=1) / np.mean(T)
""",
)  # fmt: skip


def adaptation(impulsions):
    """Mean over successive intervals of (next - this)/(next + this); NaN with fewer than two intervals."""
    T = np.diff(impulsions)
    return np.mean((T[1:] - T[:-1]) / (T[1:] + T[:-1])) if len(T) > 1 else np.nan


def _draw_adapting(rng):
    """Intervals that lengthen, or shorten, in a little noise."""
    count = int(rng.choice([1, 2, 3, 6, 12], p=[0.1, 0.1, 0.2, 0.3, 0.3]))
    T = (
        rng.uniform(5, 30)
        * np.exp(rng.uniform(-0.2, 0.4) * np.arange(count))
        * rng.uniform(0.8, 1.2, count)
    )
    return {"impulsions": rng.uniform(0, 100) + np.cumsum(T)}


def _adaptation_in_loop(impulsions):
    T = list(np.diff(impulsions))
    changes = [(b - a) / (b + a) for a, b in zip(T, T[1:], strict=False)]
    return sum(changes) / len(changes) if changes else float("nan")


def _as_ratio(T):
    ratio = T[1:] / T[:-1]
    return np.mean((ratio - 1) / (ratio + 1))


ADAPTATION = Exercise(
    id="03.8",
    title="L'indice d'adaptation",
    reference=adaptation,
    samples=_draw_adapting,
    draws=24,
    seed=8,
    invariants=[
        holds(
            lambda f, out, impulsions: abs(f(impulsions=np.arange(0.0, 200.0, 10.0))) < 1e-6,
            "est nul pour une horloge",
            "Pour des impulsions parfaitement régulières, l'indice devrait être nul.",
        ),
        holds(
            lambda f, out, impulsions: np.allclose(f(impulsions=2 * impulsions), out, rtol=1e-5, equal_nan=True),
            "ne dépend pas de l'unité de temps",
            "Deux fois plus lent, le train s'adapte autant : votre indice devrait rester le même.",
        ),
        holds(
            lambda f, out, impulsions: np.allclose(f(impulsions=-impulsions[::-1]), -np.asarray(out), rtol=1e-5,
                                                   atol=1e-9, equal_nan=True),
            "change de signe si l'on remonte le temps",
            "Si l'on remonte le temps, un train qui ralentit accélère : votre indice devrait changer de signe.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda impulsions: -adaptation(impulsions),
            "Le signe est à l'envers : un train qui ralentit doit avoir un indice positif.",
        ),
        Misconception(
            lambda impulsions: _of(impulsions, lambda T: np.mean(T[1:] - T[:-1])),
            "Vous rendez des millisecondes : divisez chaque écart par la somme des deux intervalles.",
        ),
        Misconception(
            lambda impulsions: _of(impulsions, lambda T: np.mean((T[1:] - T[:-1]) / T[:-1])),
            "Vous divisez par le premier des deux intervalles, et il fallait diviser par leur somme : sinon ralentir "
            "pèse plus qu'accélérer.",
        ),
        Misconception(
            lambda impulsions: _of(impulsions, lambda T: (T[-1] - T[0]) / (T[-1] + T[0])),
            "Vous ne comparez que le premier et le dernier intervalle. L'indice compare chaque intervalle au suivant, "
            "puis prend la moyenne.",
        ),
        Misconception(
            lambda impulsions: _of(impulsions, lambda T: np.sum(T[1:] - T[:-1]) / np.sum(T[1:] + T[:-1])),
            "Vous divisez deux sommes. Il faut la moyenne des rapports, et non le rapport des sommes.",
        ),
        Misconception(
            lambda impulsions: _of(impulsions, lambda T: np.sum((T[1:] - T[:-1]) / (T[1:] + T[:-1])) / len(T)),
            "Vous divisez par le nombre d'intervalles. Entre n intervalles, il n'y a que n − 1 comparaisons.",
        ),
        Misconception(
            lambda impulsions: np.nan_to_num(
                adaptation(impulsions)),
            "Avec moins de deux intervalles, il n'y a rien à comparer : rendez `np.nan`, et non 0.",
        ),
    ],
    hints=[
        "Appelez T les intervalles : `T[1:]` est « le suivant », `T[:-1]` « celui-ci ».",
        "`(T[1:] - T[:-1]) / (T[1:] + T[:-1])`, puis `np.mean`.",
        "Moins de deux intervalles : `np.nan`.",
    ],
    alternatives=[
        _adaptation_in_loop,
        lambda impulsions: _of(impulsions, _as_ratio),
        lambda impulsions: _of(impulsions, lambda T: np.mean(np.diff(T) / np.convolve(T, [1, 1], "valid"))),
        lambda impulsions: np.float32(adaptation(impulsions)),
        lambda impulsions: _of(impulsions, lambda T: np.mean(np.tanh(np.diff(np.log(T)) / 2))),
    ],
    mutants=[
        lambda impulsions: _of(impulsions, lambda T: np.median((T[1:] - T[:-1]) / (T[1:] + T[:-1]))),
        lambda impulsions: _of(impulsions, lambda T: np.mean(np.abs(T[1:] - T[:-1]) / (T[1:] + T[:-1]))),
        lambda impulsions: 2 * adaptation(impulsions),
    ],
    tolerance=1e-5,
    units={"impulsions": "ms"},
    solution="""def adaptation(impulsions):
    T = np.diff(impulsions)
    if len(T) < 2:
        return np.nan
    return np.mean((T[1:] - T[:-1]) / (T[1:] + T[:-1]))
""",
)  # fmt: skip
