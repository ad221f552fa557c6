"""What a motion does as a parameter goes slowly up, then down, each run starting where the one before ended.

Where rest and oscillation are both stable the two sweeps differ: the gap between them is the hysteresis. A motion at
rest follows its branch, an oscillation its closed orbit: it is simulated only where one of them comes to its end.
"""

import math
from dataclasses import dataclass

import numpy as np

from course.dynamics.phase.fixed import polished
from course.dynamics.phase.rest import Arc
from course.dynamics.phase.settle import Motion, Pace, pace, resets, settle
from course.dynamics.phase.shooting import Orbit, shot
from course.dynamics.phase.system import System
from course.dynamics.phase.track import Track, death, followed, shrinks

_VALUES, _VALUES_RESET = 400, 61  # where a reset breaks the orbit, each value is a simulation
_NEAR = (-2e-3, 2e-3)  # of the bounds: values beside the bifurcations
_KICK = 1e-2  # of the state: what leaves a point that repels
_LOCATED = 5e-6  # of the bounds


@dataclass(frozen=True, eq=False)
class Sweep:
    """One way, "montée" or "descente": `low[name]`, `high[name]` (k,) for each of `values` (k,) of the parameter;
    `period` [ms], nan where the motion rests; nan everywhere where it escapes to infinity."""

    direction: str
    values: np.ndarray
    low: dict[str, np.ndarray]
    high: dict[str, np.ndarray]
    period: np.ndarray


def sweeps(
    s: System,
    parameter: str,
    bounds: tuple[float, float],
    hopf: np.ndarray,
    folds: np.ndarray,
    arcs: list[Arc],
) -> tuple[tuple[Sweep, Sweep], np.ndarray]:
    """Both sweeps, with values beside the Hopf points and the folds, and where an oscillation dies on them."""
    width = bounds[1] - bounds[0]
    grid = np.linspace(*bounds, _VALUES_RESET if resets(s) else _VALUES)
    near = [v + k * width for v in (*hopf, *folds) for k in _NEAR]
    values = np.unique(np.clip([*grid, *near], *bounds))
    sweeper = _Sweeper(s, parameter, values, hopf, folds, arcs)
    up = sweeper.sweep("montée", s.init)
    down = sweeper.sweep("descente", sweeper.end)
    return (up, down), np.array(sorted(sweeper.ends))


class _Sweeper:
    """The two sweeps of one model; what was followed on the way up serves again on the way down."""

    def __init__(self, s: System, parameter: str, values: np.ndarray, hopf, folds, arcs):
        self.s, self.parameter, self.values, self.arcs = s, parameter, values, arcs
        self.hopf, self.folds, self.located = hopf, folds, _LOCATED * (values[-1] - values[0])
        self.smooth = not resets(s)
        self.tracks: list[Track] = []
        self.ends: list[float] = []

    def at(self, k: int) -> System:
        return self.s.at(self.parameter, self.values[k])

    def sweep(self, direction: str, X: np.ndarray) -> Sweep:
        n, last = len(self.s.variables), len(self.values) - 1
        self.low, self.high = np.full((2, n, last + 1), math.nan)
        self.period = np.full(last + 1, math.nan)
        k, way = (0, 1) if direction == "montée" else (last, -1)
        resting, first, orbit, at = True, True, None, None
        while 0 <= k <= last:
            if resting and not first and (arc := self._arc(k - way, X)) is not None:
                k, X = self._rest(arc, k, way, X)
                first = True  # what leaves an arc has to be simulated
                continue
            at = self._pace(at, k, X)
            motion = settle(self.at(k), self._kicked(k, X, resting), at)
            if motion is not None and motion.resting and orbit is not None:
                self._dies(k - way, k, orbit, at)
            orbit, first = None, False
            if motion is None:
                X, resting, k = self.s.init, True, k + way
                continue
            self.low[:, k], self.high[:, k], self.period[k] = motion.low, motion.high, motion.period
            X, resting = motion.end, motion.resting
            if resting and (point := polished(self.at(k), X)) is not None:
                X = np.array(point)
            elif not resting:
                orbit = motion if motion.sure else None
                if self.smooth and (found := self._closed(k, motion, at)) is not None:
                    k, orbit = self._oscillate(found, k, way, at)
                    X = orbit.start
            k += way
        self.end = X
        order = slice(None, None, way)
        names = self.s.variables
        return Sweep(
            direction,
            self.values[order].copy(),
            dict(zip(names, self.low[:, order], strict=True)),
            dict(zip(names, self.high[:, order], strict=True)),
            self.period[order].copy(),
        )

    def _arc(self, k: int, X: np.ndarray) -> Arc | None:
        return next((arc for arc in self.arcs if arc.holds(self.values[k], X)), None)

    def _rest(self, arc: Arc, k: int, way: int, X: np.ndarray) -> tuple[int, np.ndarray]:
        """Along an arc, as far as it goes: the next place, and the state left behind."""
        ahead = np.arange(k, len(self.values) if way > 0 else -1, way)
        inside = (self.values[ahead] >= arc.p[0]) & (self.values[ahead] <= arc.p[-1])
        on = ahead[: int(np.argmin(inside))] if not inside.all() else ahead
        if not len(on):
            return k, X
        self.low[:, on] = self.high[:, on] = arc.at(self.values[on])
        return k + way * len(on), self.low[:, on[-1]].copy()

    def _pace(self, at: Pace | None, k: int, X: np.ndarray) -> Pace:
        return pace(self.at(k), X) if at is None or self.smooth or k % 10 == 0 else at

    def _kicked(self, k: int, X: np.ndarray, resting: bool) -> np.ndarray:
        """A little beside `X`, or beside the fixed point it rested at, where that has moved to.

        The parameter is thus moved slowly enough: a jump of it would be a stimulus. And a motion that started on a
        point that has become unstable would never leave it.
        """
        here = self.at(k)
        moved = polished(here, X) if resting else None
        if moved is None or np.abs(np.array(moved) - X).max() >= 0.2 * np.abs(X).max() + 1e-2:
            return X + _KICK * np.maximum(np.abs(X), 1e-2)
        X = np.array(moved)
        values = np.linalg.eigvals(here.jacobian(X))
        growing = (values.real > 0) & (values.imag != 0)
        # beyond a Hopf point nothing else is near, and a small oscillation takes long to grow
        return X + (10 * _KICK if growing.any() else _KICK) * np.maximum(np.abs(X), 1e-2)

    def _closed(self, k: int, motion: Motion, at: Pace) -> Orbit | None:
        if math.isnan(motion.period):
            return None
        orbit = shot(self.at(k), motion.end, motion.period, at)
        return orbit if orbit is not None and orbit.stable else None

    def _oscillate(self, orbit: Orbit, k: int, way: int, at: Pace) -> tuple[int, Orbit]:
        """Along the closed orbits, as far as they go: the last place, and the orbit there."""
        nodes = {k: orbit}
        for track in self.tracks:
            if track.holds(k, orbit):
                nodes = track.beyond(k, way)
                break
        track = followed(self.at, self.values, nodes, way, at)
        self.tracks.append(track)
        on = slice(track.first, track.last + 1)
        self.low[:, on], self.high[:, on], self.period[on] = track.low, track.high, track.period
        k = track.last if way > 0 else track.first
        return k, track.nodes[k]

    def _dies(self, alive: int, dead: int, what: Orbit | Motion, at: Pace) -> None:
        """The value where the oscillation dies: that of the Hopf point where it has shrunk there, else sought."""
        a, b = self.values[alive], self.values[dead]
        for value in self.hopf[(self.hopf - a) * (self.hopf - b) <= 0]:
            if isinstance(what, Orbit) and shrinks(self.s, self.parameter, a, value, what, at):
                return self.ends.append(float(value))
        value = death(self.s, self.parameter, a, b, what, at, self.located)
        near = self.folds[np.abs(self.folds - value) <= 20 * self.located]
        return self.ends.append(float(near[0]) if len(near) else value)
