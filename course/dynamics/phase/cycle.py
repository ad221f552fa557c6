"""Limit cycles: closed orbits that stand alone, found by following the flow, then closed by Newton's method."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from course import _check
from course.dynamics.model import Model
from course.dynamics.phase.backward import backward
from course.dynamics.phase.fixed import found_in
from course.dynamics.phase.flight import flight
from course.dynamics.phase.settle import Pace, pace, resets, settle
from course.dynamics.phase.shooting import shot
from course.dynamics.phase.system import System, system
from course.dynamics.phase.window import variable

_FINER = 4  # steps of the flow that closes an orbit, for one of the search
_ALONE = 1e-4  # where ∏ (1 - multiplier) is smaller the orbit belongs to a family, as round a centre


@dataclass(frozen=True, eq=False)
class Cycle:
    """A limit cycle: `period` [ms], `t` (time,) and `orbit[name]` (time,) over one turn, Floquet `multipliers`.

    A multiplier says by how much a small gap is multiplied in one turn; the one along the orbit, 1, is left out.
    """

    period: float
    t: np.ndarray
    orbit: dict[str, np.ndarray]
    multipliers: np.ndarray

    @property
    def stable(self) -> bool:
        return bool((np.abs(self.multipliers) < 1).all())

    def __repr__(self) -> str:
        return f"<cycle limite {'stable' if self.stable else 'instable'}, période {self.period:.6g} ms>"


def limit_cycle(
    model: Model, start: Mapping[str, float] | None = None, stable: bool = True, **parameters: float
) -> Cycle | None:
    """The limit cycle that the motion from `start` ends on, or None.

    Args:
        start: where the motion starts; beside each fixed point in turn, then at `init`, when None.
        stable: False follows a model of two variables backwards in time, to a cycle that repels. With more
            variables nothing that repels in every direction is to be found so, and None comes back.

    >>> vdp = Model("dx/dt = y\\ndy/dt = (1 - x**2)*y - x", init={"x": 2})
    >>> limit_cycle(vdp)
    <cycle limite stable, période 6.66329 ms>
    """
    s = system("limit_cycle", model, parameters)
    if model.noises:
        raise _check.refuse("limit_cycle.model", "un modèle sans bruit", model)
    given = None
    if start is not None:
        for name in start:
            variable("limit_cycle.start", model, name)
        given = np.array(
            [
                _check.number(f"limit_cycle.start[{v!r}]", start.get(v, model.init[v]))
                for v in model.variables
            ]
        )
    return follow(s, given, stable)


def follow(s: System, start: np.ndarray | None, stable: bool = True) -> Cycle | None:
    """What `limit_cycle` documents, for a checked system."""
    if not stable:
        if len(s.variables) != 2:
            return None
        reverse = backward(s.model)
        s_back = system(
            "limit_cycle",
            reverse,
            {n: v for n, v in s.parameters.items() if n in reverse.parameters},
        )
        found = follow(s_back, start)
        return found and _reversed(found)
    starts = [start] if start is not None else [*_beside_fixed_points(s), s.init]
    for X in starts:
        at = pace(s, X)
        motion = settle(s, X, at)
        if motion is None or motion.resting:
            continue
        cycle = closed(s, motion.end, motion.period, at)
        if cycle is not None:
            return cycle
    return None


def closed(s: System, X: np.ndarray, T: float, at: Pace) -> Cycle | None:
    """The closed orbit through a point near X, of period near T; None where there is none that stands alone."""
    found = shot(s, X, T, replace(at, dt=at.dt / _FINER), reach=0.5)
    if found is None:
        return None
    M = flow(s, found.start, found.period, at.dt / _FINER)
    alone = np.polyval(np.polyder(np.poly(M)), 1.0)  # ∏ (1 - multiplier): a double 1, split, would hide
    multipliers = _multipliers(M)
    if len(M) == 2 and not resets(s):  # where a flow without jumps contracts, its divergence says more than M
        multipliers = np.array([found.multiplier])
        alone = 1.0 - found.multiplier
    if abs(alone) < _ALONE:
        return None
    start = dict(zip(s.variables, found.start, strict=True))
    dt = found.period / _steps(found.period, at.dt / _FINER)
    run = s.model.simulate(found.period, dt=dt, start=start, **s.parameters)
    return Cycle(found.period, run.t, {v: run[v] for v in s.variables}, multipliers)


def _multipliers(M: np.ndarray) -> np.ndarray:
    """The eigenvalues of the derivative of the flow over one turn, but for the one along the orbit, 1."""
    values = np.linalg.eigvals(M)
    values = np.delete(values, np.abs(values - 1).argmin())
    return values[np.argsort(-np.abs(values))]


def flow(s: System, X: np.ndarray, T: float, dt: float) -> np.ndarray:
    """The derivative (n, n) of the state after T with respect to X, by central differences in one batch."""
    h = 1e-5 * np.maximum(np.abs(X), 1e-2)
    starts = np.concatenate([X[:, None] + np.diag(h), X[:, None] - np.diag(h)], axis=1)
    ends = flight(s, starts, T, _steps(T, dt)).end
    return (ends[:, : len(X)] - ends[:, len(X) :]) / (2 * h)


def _steps(T: float, dt: float) -> int:
    return max(400, math.ceil(T / dt))


def _beside_fixed_points(s: System) -> list[np.ndarray]:
    found = []
    for p in found_in(s, {}):
        if not p.stable:
            X = np.array([p[v] for v in s.variables])
            found.append(X + 1e-2 * np.maximum(np.abs(X), 1e-1))
    return found


def _reversed(cycle: Cycle) -> Cycle:
    return Cycle(
        cycle.period,
        cycle.t,
        {v: x[::-1].copy() for v, x in cycle.orbit.items()},
        1 / cycle.multipliers[::-1],
    )
