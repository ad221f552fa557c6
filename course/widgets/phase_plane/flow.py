"""The trajectories of the plane: all of them in one batch, both ways in time, kept from running to infinity.

The explorer's runs are those of a model written from the one explored: each derivative is multiplied by the
direction of time and by zero outside a box around the window, and the current may gain a brief pulse. Nothing
diverges then, and one compiled loop serves every run.
"""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from course.dynamics import Model
from course.inputs import pulse
from course.widgets.phase_plane.resets import below_threshold, jumps, spiking
from course.widgets.phase_plane.subject import Subject

KEPT = 8
DELAY = 0.05  # of the duration: rest is seen before the pulse


class Run(NamedTuple):
    """One launch: where from, which way in time, and what brief stimulus it receives."""

    x: float
    y: float
    backward: bool = False
    kick: str = ""  # "I": a pulse of current; "x": a jump of the first variable; "": nothing
    strength: float = 0.0
    width: float = 0.0
    rested: bool = False  # it starts from the stable point nearest to (x, y), wherever the parameters have put it


@dataclass(frozen=True, eq=False)
class Path:
    """A run, computed, until it leaves the box: `t` grows or, backwards, decreases."""

    run: Run
    t: np.ndarray
    x: np.ndarray
    y: np.ndarray
    spikes: np.ndarray
    gone: float | None  # the time at which it left the box


def paths(
    subject: Subject, runs: tuple[Run, ...], parameters: dict[str, float], T: float
) -> tuple[Path, ...]:
    """The paths of `runs`, in their order."""
    found = {}
    for group in _groups(runs, jumps(subject.model)):
        found |= zip(group, _batch(subject, group, parameters, T), strict=True)
    return tuple(found[run] for run in runs)


def _groups(runs: tuple[Run, ...], jumping: bool) -> list[list[Run]]:
    """Runs that one batch takes: one duration of the pulse, and one way in time where spikes jump."""
    groups: dict[tuple, list[Run]] = {}
    for run in dict.fromkeys(runs):
        kind = jumping and run.backward, run.width
        groups.setdefault(kind, []).append(run)
    for way, width in list(groups):
        pulsed = next((k for k in groups if k[0] == way and k[1] > 0), None)
        if width == 0 and pulsed:  # without a pulse, any duration will do
            groups[pulsed] += groups.pop((way, width))
    return list(groups.values())


def _batch(s: Subject, runs: list[Run], parameters: dict[str, float], T: float) -> list[Path]:
    """A batch to compile has the size `KEPT`, always, so that one loop is compiled and no other."""
    dt, free = s.dt(T), runs[0].backward or not jumps(s.model)
    model, n = rewritten(s.model, s.x, s.y, free)
    full = runs if s.model.called else [*runs, *[runs[0]] * (KEPT - len(runs))]
    x, y = (np.array([getattr(run, axis) for run in full]) for axis in "xy")
    x = x + np.array([run.strength if run.kick == "x" else 0.0 for run in full])
    if not free:
        x, y = below_threshold(s, parameters, x, y)
    (left, right), (bottom, top) = s.wide[s.x], s.wide[s.y]
    edges = {"left": left, "right": right, "bottom": bottom, "top": top}
    options = {n[role]: value for role, value in edges.items()}
    options |= {name: value for name, value in parameters.items() if name in model.parameters}
    options[n["way"]] = np.array([-1.0 if run.backward else 1.0 for run in full])
    if "I" in parameters:
        width = max(run.width for run in runs) or dt
        options |= {n["rest"]: parameters["I"], n["pulse"]: pulse(1.0, DELAY * T, width)}
        options[n["kick"]] = np.array([r.strength if r.kick == "I" else 0.0 for r in full])
    trace = model.simulate(round(T / dt) * dt, dt=dt, start={s.x: x, s.y: y}, **options)
    return [_path(s, run, trace, i) for i, run in enumerate(runs)]


def _path(s: Subject, run: Run, trace, i: int) -> Path:
    x, y = trace[s.x][:, i], trace[s.y][:, i]
    (left, right), (bottom, top) = s.wide[s.x], s.wide[s.y]
    out = ~((x > left) & (x < right) & (y > bottom) & (y < top))
    t = -trace.t if run.backward else trace.t
    spikes = trace.spikes[i] if not run.backward else np.zeros(0)
    if not out.any():
        return Path(run, t, x, y, spikes, None)
    last = int(out.argmax())
    x, y, t = (
        np.clip(x[: last + 1], left, right),
        np.clip(y[: last + 1], bottom, top),
        t[: last + 1],
    )
    return Path(run, t, x, y, spikes[spikes <= t[-1]], float(t[-1]))


@cache
def rewritten(model: Model, x: str, y: str, free: bool) -> tuple[Model, dict[str, str]]:
    """The model of the runs, and the names of what it has beside the parameters of `model`."""
    equations = model.spec((), "rk").equations
    n = _names({*model.variables, *model.terms, *model.parameters, *equations.functions})
    inside = (
        f"{x} > {n['left']} and {x} < {n['right']} and {y} > {n['bottom']} and {y} < {n['top']}"
    )
    lines = []
    for d in equations.all():
        left = d.line.text.partition("=")[0].strip()
        body = d.line.text[d.offset :].partition(":")[0].strip()
        if d.name in equations.derivatives:
            body = f"where({inside}, {n['way']}*({body}), 0)"
        lines.append(f"{left} = {body}")
    parameters = dict(model.parameters)
    added = ["way", "left", "right", "bottom", "top"]
    if "I" in parameters:
        del parameters["I"]
        lines.append(f"I = {n['rest']} + {n['kick']}*{n['pulse']}")
        added += ["rest", "kick", "pulse"]
    spike, reset = spiking(model)
    if free and reset:
        spike = reset = None
        used = set().union(*map(equations.reached, equations.derivatives.values()))
        parameters = {k: v for k, v in parameters.items() if k in used or k not in model.parameters}
    parameters |= {n[role]: 0.0 for role in added}
    options = {"init": model.init, "spike": spike, "reset": reset, "functions": equations.called}
    return Model("\n".join(lines), **options, **parameters), n


def _names(taken: set[str]) -> dict[str, str]:
    """A name for each addition, that the model does not have."""
    names = {}
    for role in ("way", "left", "right", "bottom", "top", "rest", "kick", "pulse"):
        free = (role, *(f"{role}{k}" for k in range(2, 100)))
        names[role] = next(name for name in free if name not in taken)
    return names
