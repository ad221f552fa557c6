"""The oscillations met as a parameter goes up, then down, each run starting where the one before ended.

Where rest and oscillation are both stable the two sweeps differ: the gap between them is the hysteresis.
"""

import math
from dataclasses import dataclass

import numpy as np

from course.dynamics.phase.cycle import Cycle, closed
from course.dynamics.phase.fixed import polished
from course.dynamics.phase.settle import Motion, Pace, pace, settle
from course.dynamics.phase.system import System

_VALUES = 61
_KICK = 1e-3  # of the state: what leaves a point that repels
_LOCATED = 1e-5  # of the bounds


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
    s: System, parameter: str, bounds: tuple[float, float], special: np.ndarray
) -> tuple[tuple[Sweep, Sweep], np.ndarray]:
    """Both sweeps, on a grid that is finer round the `special` values, and where an oscillation dies on them."""
    width = bounds[1] - bounds[0]
    near = [v + k * width for v in special for k in (-1e-2, -2e-3, 2e-3, 1e-2)]
    values = np.unique(np.clip([*np.linspace(*bounds, _VALUES), *near], *bounds))
    up, X, ends = _sweep(s, parameter, values, "montée", s.init, width)
    down, _, more = _sweep(s, parameter, values[::-1], "descente", X, width)
    return (up, down), np.array(sorted([*ends, *more]))


def _sweep(
    s: System, parameter: str, values: np.ndarray, direction: str, X: np.ndarray, width: float
) -> tuple[Sweep, np.ndarray, list[float]]:
    motions, ends, at, resting = [], [], None, True
    for k, value in enumerate(values):
        here = s.at(parameter, value)
        if at is None or k % 10 == 0:
            at = pace(here, X)
        motion = settle(here, _kicked(here, X, resting), at)
        before = motions[-1] if motions else None
        lived = before is not None and before.sure and not before.resting
        if lived and motion is not None and motion.resting:
            ends.append(_death(s, parameter, values[k - 1], value, before, at, width))
        motions.append(motion)
        X, resting = (s.init, True) if motion is None else (motion.end, motion.resting)
    rows = [m if m is not None else _lost(len(s.variables)) for m in motions]
    low, high = (np.array([getattr(m, side) for m in rows]).T for side in ("low", "high"))
    sweep = Sweep(
        direction,
        np.array(values),
        dict(zip(s.variables, low, strict=True)),
        dict(zip(s.variables, high, strict=True)),
        np.array([m.period for m in rows]),
    )
    return sweep, X, ends


def _kicked(s: System, X: np.ndarray, resting: bool) -> np.ndarray:
    """A little beside `X`, or beside the fixed point it rested at, where that has moved to.

    The parameter is thus moved slowly enough: a jump of it would be a stimulus. And a motion that started on a point
    that has become unstable would never leave it.
    """
    moved = polished(s, X) if resting else None
    near = moved is not None and np.abs(np.array(moved) - X).max() < 0.2 * np.abs(X).max() + 1e-2
    X = np.array(moved) if near else X
    return X + _KICK * np.maximum(np.abs(X), 1e-2)


def _death(
    s: System, parameter: str, alive: float, dead: float, motion: Motion, at: Pace, width: float
) -> float:
    """The value where the oscillation dies: steps towards it, halved at each refusal.

    Newton's method follows the closed orbit itself, where its basin becomes too thin for a motion to stay in, and
    where what has just died is still slow to fade. An orbit that it cannot close (a long burst) is simply simulated.
    """
    step = (dead - alive) / 4
    orbit = (
        None
        if math.isnan(motion.period)
        else closed(s.at(parameter, alive), motion.end, motion.period, at)
    )
    while abs(step) > _LOCATED * width:
        if (alive + step - dead) * step >= 0:
            step /= 2
            continue
        here = s.at(parameter, alive + step)
        if orbit is not None:
            found = _next(here, orbit, at)
            lives = found is not None
            orbit = found or orbit
        else:
            found = settle(here, motion.end, at)
            lives = found is not None and found.sure and not found.resting
            motion = found if lives else motion
        alive, step = (alive + step, step) if lives else (alive, step / 2)
    return alive + step


def _next(s: System, orbit: Cycle, at: Pace) -> Cycle | None:
    """The stable orbit near `orbit`, from the phase at which Newton's method finds it."""
    path = np.array(list(orbit.orbit.values()))
    for k in range(4):
        found = closed(s, path[:, k * path.shape[1] // 4], orbit.period, at)
        if found is not None and found.stable:
            return found
    return None


def _lost(n: int) -> Motion:
    return Motion(*(np.full(n, math.nan) for _ in range(3)), math.nan)
