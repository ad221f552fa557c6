"""The values of the controls become the plane, the runs, the cycle, the diagram and the map."""

from collections.abc import Callable
from functools import lru_cache, partial

import numpy as np

from course.dynamics import Trace, phase
from course.widgets.background import Background
from course.widgets.ei_network.acts import parameters
from course.widgets.ei_network.regimes import Mapper
from course.widgets.phase_plane import analysis
from course.widgets.phase_plane.subject import Subject


def computation(
    s: Subject, cycles: Background, diagrams: Background, mapper: Mapper
) -> Callable[..., dict]:
    """`compute(**values) -> arrays` of an explorer of `s`; what may be long is left to other threads."""

    def compute(**values) -> dict:
        given = parameters(s, values)
        now = tuple(given.items())
        wanted = values["map"] and not s.model.called
        return {
            "subject": s,
            "values": values,
            "parameters": given,
            "plane": analysis.plane(s, now, view(values)),
            "cycles": cycles.ask(now, partial(analysis.cycles, s, now)),
            "run": simulated(s, values["starts"], values["T"], now),
            "diagram": diagram(s, diagrams, now, values["parameter"]),
            "map": mapper.ask(values["parameter"], values["second"], given) if wanted else None,
            "share": mapper.share,
        }

    return compute


def view(values: dict) -> tuple[tuple[float, float], tuple[float, float]]:
    interval = -0.03 * values["top"], 1.03 * values["top"]
    return interval, interval


@lru_cache(maxsize=64)
def simulated(s: Subject, starts: tuple, T: float, now: tuple) -> Trace | None:
    """A lane a start; None when there is none. A fiftieth of the shorter time constant follows every slope here."""
    if not starts:
        return None
    values = dict(now)
    steps = int(np.ceil(T / (min(values["tau_E"], values["tau_I"]) / 50)))
    r_E, r_I = np.array(starts).T
    return s.model.simulate(T, dt=T / steps, start={"r_E": r_E, "r_I": r_I}, **values)


def diagram(s: Subject, diagrams: Background, now: tuple, name: str) -> phase.Diagram | None:
    """Along the chosen parameter: branches first, oscillations when they are known."""
    others = {other: value for other, value in now if other != name}
    work = partial(phase.bifurcations, s.model, name, s.bounds[name], **others)
    key = (name, *others.items())
    branches = diagrams.ask((*key, "branches"), partial(work, cycles=False))
    if branches is None or s.model.called:
        return branches
    return diagrams.ask(key, work) or branches
