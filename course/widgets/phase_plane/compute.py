"""The values of the controls become what is drawn and said: the plane, the runs, the cycles, the diagram."""

from collections.abc import Callable
from functools import lru_cache, partial

from course.dynamics import phase
from course.widgets.background import Background
from course.widgets.phase_plane import analysis, drawn, flow
from course.widgets.phase_plane.acts import parameters, rest
from course.widgets.phase_plane.analysis import Values
from course.widgets.phase_plane.subject import Subject


def computation(s: Subject, cycles: Background, diagrams: Background) -> Callable[..., dict]:
    """`compute(**values) -> arrays` of an explorer of `s`; what may be long is left to two other threads."""

    def compute(**values) -> dict:
        now = tuple(parameters(values).items())
        pinned = dict(values["pinned"]) if values["pinned"] else None
        runs = paths(s, now, values["runs"], values["T"])
        view = values["view"]
        return {
            "subject": s,
            "values": values,
            "parameters": dict(now),
            "plane": analysis.plane(s, now, view),
            "cycles": cycles.ask(now, partial(analysis.cycles, s, now)),
            "pinned": analysis.plane(s, tuple(pinned.items()), view) if pinned else None,
            "paths": runs,
            "in_plane": [drawn.in_plane(s, now, path, view) for path in runs],
            "in_time": [drawn.in_time(s, now, path) for path in runs],
            "diagram": diagram(s, diagrams, now, values["parameter"]) if values["strip"] else None,
        }

    return compute


@lru_cache(maxsize=16)
def paths(s: Subject, values: Values, runs: tuple, T: float) -> tuple[flow.Path, ...]:
    started = []
    for run in runs:
        place = rest(s, values, (run.x, run.y)) if run.rested else None
        started.append(run._replace(x=place[0], y=place[1]) if place else run)
    return flow.paths(s, tuple(started), dict(values), T)


def diagram(s: Subject, diagrams: Background, values: Values, name: str) -> phase.Diagram | None:
    """The diagram of the chosen parameter: its branches first, its cycles when they are known.

    Thousands of periods are too much for a function that is called: its model has branches alone.
    """
    others = {other: value for other, value in values if other != name}
    work = partial(phase.bifurcations, s.model, name, s.bounds[name], s.wide, **others)
    key = (name, *others.items())
    branches = diagrams.ask((*key, "branches"), partial(work, cycles=False))
    if branches is None or s.model.called:
        return branches
    return diagrams.ask(key, work) or branches
