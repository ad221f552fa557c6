"""Exercise 06.10: how long after each stimulus the neuron first fires."""

import numpy as np

from course.exercises.declare import Exercise, Misconception
from course.exercises.invariants import holds


def latences(decharges, debuts, fenetre):
    """The time from each stimulus to the first spike after it; nan when there is none within the window."""
    found = []
    for t in debuts:
        after = decharges[(decharges >= t) & (decharges < t + fenetre)]
        found.append(after[0] - t if len(after) else np.nan)
    return np.array(found)


def _draw(rng):
    debuts = rng.uniform(20, 40) + rng.uniform(280, 320) * np.arange(8)
    answered = rng.permutation([True] * 6 + [False] * 2)
    spikes = [rng.uniform(-19, -1, 1) + t for t in debuts]  # before the stimulus: not an answer
    fenetre = float(rng.uniform(50, 150))
    for t, one in zip(debuts, answered, strict=True):
        if one:
            spikes.append(t + rng.uniform(0.1 * fenetre, 0.98 * fenetre, int(rng.integers(1, 4))))
        spikes.append(t + fenetre + rng.uniform(5, 60, 1))  # too late
    return {"decharges": np.sort(np.concatenate(spikes)), "debuts": debuts, "fenetre": fenetre}


def _searched(decharges, debuts, fenetre):
    padded = np.append(decharges, np.inf)
    late = padded[np.searchsorted(decharges, debuts)] - debuts
    return np.where(late < fenetre, late, np.nan)


def _matrix(decharges, debuts, fenetre):
    gap = decharges[None, :] - np.asarray(debuts)[:, None]
    gap = np.where((gap >= 0) & (gap < fenetre), gap, np.inf).min(axis=1, initial=np.inf)
    return np.where(np.isfinite(gap), gap, np.nan)


def _each(pick):
    def wrong(decharges, debuts, fenetre):
        found = []
        for t in debuts:
            after = decharges[(decharges >= t) & (decharges < t + fenetre)] - t
            found.append(pick(after) if len(after) else np.nan)
        return np.array(found)

    return wrong


LATENCY = Exercise(
    id="06.10",
    title="La première décharge",
    reference=latences,
    samples=_draw,
    invariants=[
        holds(
            lambda f, out, decharges, debuts, fenetre: np.isnan(np.asarray(f(decharges=np.zeros(0)), float)).all(),
            "est `nan` partout quand le neurone se tait",
            "Sans aucune décharge, chaque latence est inconnue : `np.nan`, et non 0.",
        ),
    ],
    misconceptions=[
        Misconception(
            lambda decharges, debuts, fenetre: latences(decharges, debuts, fenetre) + debuts,
            "C'est l'instant de la décharge ; on demande le temps écoulé depuis le stimulus.",
        ),
        Misconception(
            lambda decharges, debuts, fenetre: np.nan_to_num(latences(decharges, debuts, fenetre)),
            "Une répétition sans réponse n'a pas une latence nulle : elle n'en a pas. Rendez `np.nan`.",
        ),
        Misconception(
            lambda decharges, debuts, fenetre: latences(decharges, debuts, 1e9),
            "La fenêtre ne sert pas : une décharge venue trop tard répond à autre chose.",
        ),
        Misconception(_each(np.mean), "C'est la moyenne des décharges de la fenêtre. Seule la première compte."),
        Misconception(_each(np.max), "C'est la dernière décharge de la fenêtre."),
        Misconception(
            lambda decharges, debuts, fenetre: np.array(
                [decharges[np.argmin(np.abs(decharges - t))] - t for t in debuts]
            ),
            "La décharge la plus proche peut précéder le stimulus. Cherchez après lui.",
        ),
    ],
    hints=[
        "Pour un début t, quelles décharges sont entre t et t + fenêtre ?",
        "Un masque les choisit ; la première est la plus petite. Et s'il n'y en a aucune ?",
    ],
    alternatives=[
        _searched,
        _matrix,
        _each(np.min),
        lambda decharges, debuts, fenetre: [
            min((x - t for x in decharges if 0 <= x - t < fenetre), default=np.nan) for t in debuts
        ],
        lambda decharges, debuts, fenetre: np.array(
            [next((x - t for x in decharges if t <= x < t + fenetre), float("nan")) for t in debuts]
        ),
    ],
    mutants=[
        lambda decharges, debuts, fenetre: latences(decharges, debuts, fenetre) / 2,
        lambda decharges, debuts, fenetre: latences(decharges + 3.0, debuts, fenetre),
        lambda decharges, debuts, fenetre: latences(decharges, debuts, fenetre / 2),
    ],
    units={"decharges": "ms", "debuts": "ms", "fenetre": "ms"},
    unit="ms",
    solution="""def latences(decharges, debuts, fenetre):
    trouvees = []
    for t in debuts:
        dedans = (decharges >= t) & (decharges < t + fenetre)
        suite = decharges[dedans]
        trouvees.append(suite[0] - t if len(suite) else np.nan)
    return np.array(trouvees)
""",
)  # fmt: skip
