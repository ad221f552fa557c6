"""Bifurcation diagrams: what rests and what oscillates as one parameter moves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from course import _check
from course.dynamics.model import Model
from course.dynamics.phase.continuation import Curve, Follower
from course.dynamics.phase.fixed import attracts, found_in, kind
from course.dynamics.phase.rest import arcs
from course.dynamics.phase.sweep import Sweep, sweeps
from course.dynamics.phase.system import System, system
from course.dynamics.phase.window import Window, checked_window

_STARTS = 13


@dataclass(frozen=True, eq=False)
class Branch:
    """A curve of fixed points: `values` (k,) of the parameter, `state[name]` (k,), `stable` (k,), `kinds` (k,)."""

    values: np.ndarray
    state: dict[str, np.ndarray]
    stable: np.ndarray
    kinds: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Diagram:
    """What happens between the `bounds` of `parameter`.

    `hopf` and `saddle_nodes` are values of the parameter, in order; `cycles` the two sweeps, up and down, and
    `cycle_ends` the values at which an oscillation dies on one of them.
    """

    parameter: str
    bounds: tuple[float, float]
    branches: tuple[Branch, ...]
    hopf: np.ndarray
    saddle_nodes: np.ndarray
    cycles: tuple[Sweep, ...]
    cycle_ends: np.ndarray

    def __repr__(self) -> str:
        return f"<Diagram {self.parameter}, Hopf {self.hopf}, nœuds-cols {self.saddle_nodes}>"


def bifurcations(
    model: Model,
    parameter: str,
    bounds: Sequence[float],
    window: Mapping | Sequence | None = None,
    cycles: bool = True,
    **parameters: float,
) -> Diagram:
    """Follow every fixed point of `model`, and its oscillations, as `parameter` moves between `bounds`.

    Args:
        parameter: the name of the one that moves.
        bounds: (lowest, highest).
        window: where fixed points are looked for, as in `fixed_points`; everywhere when None.
        cycles: whether to sweep the oscillations too, up then down, each run starting where the one before ended.
        parameters: the values of the others.

    >>> fhn = Model("dv/dt = v - v**3/3 - w + I\\ndw/dt = (v + a - b*w)/tau", I=0.0, a=0.7, b=0.8, tau=12.5)
    >>> bifurcations(fhn, "I", (0, 2), cycles=False).hopf.round(5)
    array([0.33128, 1.41872])
    """
    s = system("bifurcations", model, parameters)
    model.known_parameter("bifurcations", parameter)
    if parameter in parameters:
        raise _check.refuse(
            f"bifurcations.{parameter}",
            "aucune valeur\u00a0: c'est lui qui varie",
            parameters[parameter],
        )
    low, high = _bounds(bounds)
    if parameter in model.positive and low <= 0:
        rule = f"des valeurs de {parameter} strictement positives"
        raise _check.refuse("bifurcations.bounds", rule, tuple(bounds))
    box = {} if window is None else checked_window("bifurcations", model, window)
    follower, curves = _curves(s, parameter, (low, high), box)
    hopf = _sorted([Y[-1] for curve in curves for Y in curve.hopf], high - low)
    folds = _sorted([Y[-1] for curve in curves for Y in curve.folds], high - low)
    branches = tuple(_branch(follower, curve) for curve in curves)
    swept, ends = (), np.zeros(0)
    if cycles and not model.noises:
        stretches = arcs(follower, curves)
        swept, ends = sweeps(s, parameter, (low, high), hopf, folds, stretches)
    return Diagram(parameter, (low, high), branches, hopf, folds, swept, ends)


def _bounds(bounds: Sequence[float]) -> tuple[float, float]:
    rule = "deux nombres finis, le premier plus petit que le second"
    if isinstance(bounds, str) or not hasattr(bounds, "__len__") or len(bounds) != 2:
        raise _check.refuse("bifurcations.bounds", rule, bounds)
    low, high = (_check.number("bifurcations.bounds", b, rule) for b in bounds)
    if not low < high:
        raise _check.refuse("bifurcations.bounds", rule, tuple(bounds))
    return low, high


def _curves(
    s: System, parameter: str, bounds: tuple[float, float], window: Window
) -> tuple[Follower, list[Curve]]:
    """From the fixed points at a few values of the parameter; one that a curve already passes through is left."""
    starts = []
    for value in np.linspace(*bounds, _STARTS):
        points = found_in(s.at(parameter, value), window)
        starts += [np.array([*p.state.values(), value]) for p in points]
    scales = _scales(s, starts, window)
    follower, curves = Follower(s, parameter, bounds, scales), []
    for Y in starts:
        if not any(_passes(follower, curve, Y) for curve in curves):
            curves.append(follower.curve(Y))
    return follower, curves


def _scales(s: System, starts: list[np.ndarray], window: Window) -> np.ndarray:
    found = np.array([Y[:-1] for Y in starts]) if starts else s.init[None, :]
    spread = np.ptp(found, axis=0)
    size = np.maximum(spread, 0.1 * np.abs(found).max(axis=0))
    wide = [window[v][1] - window[v][0] if v in window else 0.0 for v in s.variables]
    return np.where(size > 0, size, np.where(np.array(wide) > 0, wide, 1.0))


def _passes(follower: Follower, curve: Curve, Y: np.ndarray) -> bool:
    """Does `curve` go through the fixed point `Y`? Newton's method from the nearest points of it says so."""
    scale = follower.scale
    a, b = curve.Y[:-1] / scale, curve.Y[1:] / scale
    if not len(a):
        return bool(np.abs((curve.Y[0] - Y) / scale).max() < 1e-6)
    y, step = Y / scale, b - a
    share = np.clip(((y - a) * step).sum(1) / np.maximum((step**2).sum(1), 1e-300), 0, 1)
    near = a + share[:, None] * step
    k = int(np.linalg.norm(near - y, axis=1).argmin())
    if np.linalg.norm(near[k] - y) > 2e-2:
        return False
    across = step[k] / max(np.linalg.norm(step[k]), 1e-300)
    found = follower.corrected(near[k] * scale, across)
    return found is not None and bool(np.linalg.norm(found / scale - y) < 1e-6)


def _branch(follower: Follower, curve: Curve) -> Branch:
    sizes = np.abs(follower.along(curve.Y)).max((1, 2))
    return Branch(
        curve.Y[:, -1],
        dict(zip(follower.s.variables, curve.Y.T, strict=False)),
        attracts(curve.eigenvalues, sizes),
        tuple(map(kind, curve.eigenvalues, sizes)),
    )


def _sorted(values: list[float], width: float) -> np.ndarray:
    """In order, each once."""
    kept: list[float] = []
    for v in sorted(values):
        if not kept or v - kept[-1] > 1e-9 * width:
            kept.append(v)
    return np.array(kept)
