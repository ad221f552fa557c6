"""Limit cycles: closed orbits that stand alone, found by following the flow, then closed by Newton's method."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from course import _check
from course.dynamics.model import Model
from course.dynamics.phase.backward import backward
from course.dynamics.phase.fixed import found_in
from course.dynamics.phase.flight import flight
from course.dynamics.phase.settle import Pace, pace, settle
from course.dynamics.phase.system import System, system
from course.dynamics.phase.window import variable
from course.dynamics.simulate import SimulationError

_FINER = 4  # steps of the flow that closes an orbit, for one of the search
_POINT = 1e-3  # of the state: an orbit smaller than that is a fixed point for Newton's method
_ALONE = (
    1e-5  # where ∏ (1 - multiplier) is smaller, the orbit belongs to a family, as round a centre
)


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
    """Shooting: X and T such that the flow during T brings X back to X. None when Newton finds no lone orbit."""
    n = len(X)
    for _ in range(12):
        try:
            end, M = flow(s, X, T, at.dt)
        except SimulationError:
            return None
        gap, here, there = end - X, s.field(X), s.field(end)
        A = np.block([[M - np.eye(n), there[:, None]], [here[None, :], np.zeros((1, 1))]])
        step = np.linalg.lstsq(A, np.append(-gap, 0.0), rcond=1e-12)[0]
        if not np.isfinite(step).all() or abs(step[-1]) > 0.5 * T:
            return None
        X, T = X + step[:-1], T + step[-1]
        if (
            np.abs(step[:-1] / np.maximum(np.abs(X), 1e-3)).max() < 1e-7
            and abs(step[-1]) < 1e-7 * T
        ):
            break
    else:
        return None
    for finer in (1, 4):  # near 1, the error of the steps must not stand for a multiplier
        _, M = flow(s, X, T, at.dt / finer)
        alone = np.polyval(
            np.polyder(np.poly(M)), 1.0
        )  # ∏ (1 - multiplier), without the split of a double 1
        if abs(alone) < _ALONE:
            return None
        if abs(alone) > 0.1:
            break
    values = _multipliers(M)
    run = orbit(s, X, T, at.dt)
    if max(np.ptp(run[v]) / max(np.abs(run[v]).max(), 1e-12) for v in s.variables) < _POINT:
        return None  # Newton has shrunk it to a fixed point
    return Cycle(T, run.t, {v: run[v] for v in s.variables}, values)


def _multipliers(M: np.ndarray) -> np.ndarray:
    """The eigenvalues of the derivative of the flow over one turn, but for the one along the orbit, 1."""
    if len(M) == 2:
        return np.array([np.linalg.det(M)])
    values = np.linalg.eigvals(M)
    values = np.delete(values, np.abs(values - 1).argmin())
    return values[np.argsort(-np.abs(values))]


def flow(s: System, X: np.ndarray, T: float, dt: float) -> tuple[np.ndarray, np.ndarray]:
    """Where X is after T, and the derivative of that with respect to X (n, n), by central differences in one batch."""
    n = len(X)
    h = 1e-5 * np.maximum(np.abs(X), 1e-2)
    starts = np.concatenate([X[:, None], X[:, None] + np.diag(h), X[:, None] - np.diag(h)], axis=1)
    ends = flight(s, starts, T, _FINER * max(100, math.ceil(T / dt))).end
    return ends[:, 0], (ends[:, 1 : n + 1] - ends[:, n + 1 :]) / (2 * h)


def orbit(s: System, X: np.ndarray, T: float, dt: float):
    steps = _FINER * max(100, math.ceil(T / dt))
    return s.model.simulate(
        T, dt=T / steps, start=dict(zip(s.variables, X, strict=True)), **s.parameters
    )


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
