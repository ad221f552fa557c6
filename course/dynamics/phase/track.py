"""A family of closed orbits over a grid of values of a parameter, followed from one of them."""

import math
from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np

from course.dynamics.phase.flight import flight
from course.dynamics.phase.settle import Motion, Pace, settle
from course.dynamics.phase.shooting import Orbit, neighbour, shot
from course.dynamics.phase.system import System
from course.dynamics.simulate import SimulationError

_LONGEST = 16  # places of the grid in one step
_SMOOTH, _ROUGH = 0.01, 0.04  # of the orbit's extent: a guess good enough for a longer step, and for this one
_SAME = 0.02  # of the orbit's extent


@dataclass(frozen=True, eq=False)
class Track:
    """Orbits from place `first` to place `last`: `low`, `high` (n, k), `period` (k,); those computed are `nodes`."""

    first: int
    last: int
    low: np.ndarray
    high: np.ndarray
    period: np.ndarray
    nodes: dict[int, Orbit]

    def holds(self, k: int, orbit: Orbit) -> bool:
        """Is `orbit` the one of this family at place k?"""
        if not self.first <= k <= self.last:
            return False
        i, size = k - self.first, np.maximum(orbit.high - orbit.low, 1e-12)
        gap = np.maximum(np.abs(self.low[:, i] - orbit.low), np.abs(self.high[:, i] - orbit.high))
        return bool((gap < _SAME * size).all())

    def beyond(self, k: int, way: int) -> dict[int, Orbit]:
        """The nodes from k on, in the order of the way."""
        places = sorted((j for j in self.nodes if (j - k) * way >= 0), reverse=way < 0)
        return {j: self.nodes[j] for j in places}


def followed(
    at: Callable[[int], System], values: np.ndarray, nodes: dict[int, Orbit], way: int, pace: Pace
) -> Track:
    """From `nodes` on, until the orbit is lost between two neighbouring values, or the grid ends."""
    places, step, end = list(nodes), 1, len(values) - 1 if way > 0 else 0
    while (left := (end - places[-1]) * way) > 0:
        k = places[-1] + way * min(step, left)
        guess = _guess(values, nodes, places, k)
        orbit = shot(at(k), guess.start, guess.period, pace)
        if orbit is None and step == 1:
            orbit = neighbour(at(k), nodes[places[-1]], pace)
        gap = np.inf if orbit is None or not orbit.stable else _gap(orbit, guess)
        if gap > _ROUGH and (step > 1 or not gap < 1.0):
            if step == 1:
                break
            step //= 2
            continue
        nodes[k] = orbit
        places.append(k)
        step = (
            min(2 * step, _LONGEST)
            if gap < _SMOOTH
            else max(1, step // 2)
            if gap > _ROUGH
            else step
        )
    return _filled(values, nodes)


def _guess(values: np.ndarray, nodes: dict[int, Orbit], places: list[int], k: int) -> Orbit:
    """On the line through the last two."""
    b = nodes[places[-1]]
    if len(places) == 1:
        return b
    share = (values[k] - values[places[-1]]) / (values[places[-1]] - values[places[-2]])
    return _further(nodes[places[-2]], b, min(share, 4.0))


def _further(a: Orbit, b: Orbit, share: float) -> Orbit:
    """Beyond `b`, by `share` of what is between `a` and it."""
    pairs = ((getattr(a, f.name), getattr(b, f.name)) for f in fields(Orbit))
    return Orbit(*(now + share * (now - before) for before, now in pairs))


def _gap(orbit: Orbit, guess: Orbit) -> float:
    size = np.maximum(orbit.high - orbit.low, 1e-12)
    moved = np.maximum(np.abs(orbit.low - guess.low), np.abs(orbit.high - guess.high))
    return float((moved / size).max())


def _filled(values: np.ndarray, nodes: dict[int, Orbit]) -> Track:
    """A monotone cubic between the nodes."""
    places = sorted(nodes)
    rows = np.array([[*nodes[k].low, *nodes[k].high, nodes[k].period] for k in places])
    every = values[places[0] : places[-1] + 1]
    if len(places) > 2:
        from scipy.interpolate import PchipInterpolator

        rows = PchipInterpolator(values[places], rows)(every)
    elif len(places) == 2:
        rows = np.array([np.interp(every, values[places], row) for row in rows.T]).T
    n = rows.shape[1] // 2
    return Track(places[0], places[-1], rows[:, :n].T, rows[:, n:-1].T, rows[:, -1], dict(nodes))


def shrinks(s: System, parameter: str, alive: float, hopf: float, orbit: Orbit, at: Pace) -> bool:
    """Does a closed orbit shrink to the Hopf point? A quarter of the way before it, it is half as large, at most."""
    size, start = np.max(orbit.high - orbit.low), orbit
    for share in (0.4, 0.75):
        start = neighbour(s.at(parameter, alive + share * (hopf - alive)), start, at)
        if start is None:
            return False
    return bool(np.max(start.high - start.low) < 0.6 * size)


def death(
    s: System, parameter: str, alive: float, dead: float, what: Orbit | Motion, at: Pace, located: float
) -> float:  # fmt: skip
    """The value between `alive` and `dead` where an oscillation dies: steps towards it, shorter at each refusal.

    Newton's method follows the closed orbit itself, where its basin becomes too thin for a motion to stay in, and
    where what has just died is still slow to fade. An orbit that it cannot close (a burst, a reset) is simulated.
    """
    step, before = 0.23 * (dead - alive), None
    while abs(step) > located:
        if (alive + step - dead) * step >= 0:
            step /= 4
            continue
        here = s.at(parameter, alive + step)
        if isinstance(what, Orbit):
            found = before and _near(
                here, _further(before[1], what, step / (alive - before[0])), at
            )
            found = found or neighbour(here, what, at)
        else:
            found = _again(here, what, at)
        if found:
            before, alive, what = (alive, what), alive + step, found
        else:
            step /= 4
    return alive + step


def _near(s: System, guess: Orbit, at: Pace) -> Orbit | None:
    found = shot(s, guess.start, guess.period, at)
    return found if found is not None and found.stable else None


def _again(s: System, motion: Motion, at: Pace) -> Motion | None:
    """The oscillation from where `motion` ended, or from a quarter, a half, three quarters of a turn further: where it
    passes close to a rest, another value of the parameter would make it fall there by chance."""
    X = motion.end
    for _ in range(4):
        found = settle(s, X, at)
        if found is not None and found.sure and not found.resting:
            return found
        turn = motion.period / 4
        if math.isnan(turn):
            return None
        try:
            X = flight(s, X[:, None], turn, max(2, math.ceil(turn / at.dt))).end[:, 0]
        except SimulationError:
            return None
    return None
