"""The values of the controls become a ring, what it did of its cues, and what may be long: trials, theory, map."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np

from course.rates import Cue, RingAttractor, RingRun, bump_regimes
from course.widgets.background import Background, Growing

TRIALS, GROUP, COLUMNS = 50, 10, 400
DURATION = 250.0  # ms, of a cue
GRID = 40
J0, J1 = (-0.8, 0.2), (0.0, 1.2)  # the map
SETTLED = 200.0  # ms after the cue: the bump has its shape
SHAPE = ("profile", "width", "I", "heterogeneity", "lesion", "centre")
RING = (*SHAPE, "J0", "J1", "sigma")


@dataclass(frozen=True)
class Theory:
    """What is known without a simulation: rest, the bump around 180 degrees, how its variance grows."""

    rest: float
    bump: np.ndarray | None
    growth: float | None


@dataclass(frozen=True)
class Trials:
    """t [ms] since the cue went and the bump settled, displacement [degrees] (time, trial)."""

    t: np.ndarray
    displacement: np.ndarray

    @property
    def variance(self) -> np.ndarray:
        return self.displacement.var(axis=1, ddof=1)


def computation(
    ring: RingAttractor, theory: Background, trials: Growing, maps: Growing
) -> Callable[..., dict]:
    """`compute(**values) -> arrays` of an explorer that starts from `ring`."""

    def compute(**values) -> dict:
        about = tuple((name, values[name]) for name in RING)
        now, shown = made(ring, about), cues(values)
        run = simulated(ring, about, shown, values["T"], values["seed"])
        shape = tuple((name, values[name]) for name in SHAPE[:3])
        key = (about, shown, values["T"], values["seed"])
        return {
            "ring": now,
            "run": run,
            "cues": shown,
            "values": values,
            "at": min(len(run.t) - 1, round(values["t"] / run.t[1])),
            "theory": theory.ask(about, partial(known, now)),
            "trials": trials.ask(key, partial(tried, now, shown, values["T"], values["seed"]))
            if values["trials"] and values["sigma"] > 0
            else None,
            "map": maps.ask(shape, partial(mapped, now)),
        }

    return compute


@lru_cache(maxsize=32)
def made(ring: RingAttractor, about: tuple) -> RingAttractor:
    """The ring of these values."""
    v = dict(about)
    lesion = (v["centre"], v["lesion"]) if v["lesion"] else None
    return ring.with_(
        width=v["width"] if v["profile"] == "gauss" else None, lesion=lesion,
        **{name: v[name] for name in ("J0", "J1", "I", "sigma", "heterogeneity")},
    )  # fmt: skip


def cues(values: dict) -> tuple[Cue, ...]:
    """The cue, and the distractor if there is one."""
    strengths = {"cue": values["amplitude"], "distractor": values["distraction"]}
    return tuple(
        Cue(*values[name], DURATION, strength, values["spread"])
        for name, strength in strengths.items()
        if values[name] is not None
    )


@lru_cache(maxsize=16)
def simulated(ring: RingAttractor, about: tuple, shown: tuple, T: float, seed: int) -> RingRun:
    return made(ring, about).simulate(T, *shown, every=round(T / COLUMNS), rng=seed)


def known(ring: RingAttractor) -> Theory:
    return Theory(ring.rest(), ring.bump(), ring.diffusion_theory())


def tried(
    ring: RingAttractor, shown: tuple, T: float, seed: int, tell: Callable[[Trials], None]
) -> Trials | None:
    """Fifty times the same cues, ten by ten; None where the run ends before the bump has settled."""
    every, parts = round(T / COLUMNS), []
    begin = shown[0].start + DURATION + SETTLED
    if begin > T - 10 * every:
        return None
    for k in range(TRIALS // GROUP):
        run = ring.simulate(T, *shown, every=every, trials=GROUP, rng=[seed, k + 1])
        after = run.t >= begin
        angle = np.degrees(np.unwrap(np.radians(run.angle[after]), axis=0))
        # the turn that is nearest to the cue
        angle -= 360 * np.round((angle[:1] - shown[0].angle) / 360)
        parts.append(angle - shown[0].angle)
        found = Trials(run.t[after] - begin, np.concatenate(parts, axis=1))
        tell(found)
    return found


def mapped(ring: RingAttractor, tell: Callable[[np.ndarray], None]) -> np.ndarray:
    return bump_regimes(ring, np.linspace(*J0, GRID), np.linspace(*J1, GRID), tell)
