"""The Python text that reproduces what an explorer of the plane shows."""

import course.neurons as neurons
from course.dynamics import Model
from course.widgets.phase_plane import analysis
from course.widgets.phase_plane.acts import parameters, rest
from course.widgets.phase_plane.flow import DELAY, Run
from course.widgets.phase_plane.resets import spiking
from course.widgets.phase_plane.subject import Subject


def code(s: Subject, values: dict) -> str:
    """Fixed points, nullclines and the last run, the parameters as they are on the screen."""
    now = parameters(values)
    name, model = known(s.model)
    moved = {p: value for p, value in now.items() if value != float(model.parameters[p])}
    (x0, x1), (y0, y1) = values["view"]
    lines = [
        "from course.dynamics import Model, phase"
        if name is None
        else "from course.dynamics import phase"
    ]
    run = values["runs"][-1] if values["runs"] else None
    if run and run.kick == "I":
        lines += ["from course.inputs import pulse"]
    lines += [f"from course.neurons import {name.partition('[')[0]}"] if name else []
    lines += ["", f"modele = {name}"] if name else ["", *written(s.model)]
    lines += [
        f'fenetre = {{"{s.x}": ({x0:.6g}, {x1:.6g}),', f'           "{s.y}": ({y0:.6g}, {y1:.6g})}}',
        *table("valeurs", moved),
        "for point in phase.fixed_points(modele, fenetre, **valeurs):",
        '    print(point, point.eigenvalues)',
        f'courbes = phase.nullclines(modele, "{s.x}", "{s.y}", fenetre,', "                           **valeurs)",
        *cycle(s, now),
    ]  # fmt: skip
    return "\n".join([*lines, *(simulated(s, values, run) if run else []), ""])


def cycle(s: Subject, now: dict[str, float]) -> list[str]:
    """The limit cycle, from a point of it where one is found."""
    found = next(iter(analysis.cycles(s, tuple(now.items()))), None)
    if found is None:
        return ["print(phase.limit_cycle(modele, **valeurs))"]
    x, y = (found.orbit[v][len(found.t) // 2] for v in (s.x, s.y))
    return [
        f'sur_le_cycle = {{"{s.x}": {x:.6g}, "{s.y}": {y:.6g}}}',
        "print(phase.limit_cycle(modele, sur_le_cycle, **valeurs))",
    ]


def simulated(s: Subject, values: dict, run: Run) -> list[str]:
    """The last run."""
    T, now = values["T"], parameters(values)
    place = (run.rested and rest(s, tuple(now.items()), (run.x, run.y))) or (run.x, run.y)
    x = place[0] + (run.strength if run.kick == "x" else 0.0)
    lines = [f'depart = {{"{s.x}": {x:.12g}, "{s.y}": {place[1]:.12g}}}']
    if run.kick == "I":
        lines += [
            f'valeurs["I"] = {now["I"]:.12g} + pulse({run.strength:g}, {DELAY * T:g}, {run.width:g})'
        ]
    model = "phase.backward(modele)" if run.backward else "modele"
    lines += [
        f"trace = {model}.simulate(", f"    {T:g}, dt={s.dt(T):g}, start=depart, **valeurs)",
        f'trace.portrait("{s.x}", "{s.y}")',
    ]  # fmt: skip
    return lines


def table(name: str, values: dict[str, float]) -> list[str]:
    """A dictionary of numbers, a few to a line."""
    items = [f'"{key}": {value:.12g}' for key, value in values.items()]
    if not items:
        return [f"{name} = {{}}"]
    rows = [", ".join(items[i : i + 3]) for i in range(0, len(items), 3)]
    head = f"{name} = {{"
    return [
        f"{head if i == 0 else ' ' * len(head)}{row}{',' if i < len(rows) - 1 else '}'}"
        for i, row in enumerate(rows)
    ]


def known(model: Model) -> tuple[str | None, Model]:
    """The name under which `course.neurons` has these equations, and the model of that name."""
    for name in neurons.__all__:
        found = getattr(neurons, name)
        for key, other in found.items() if not isinstance(found, Model) else ((None, found),):
            alike = model.text == other.text and spiking(model) == spiking(other)
            if alike and (key is None or model.parameters == other.parameters):
                return (f'{name}["{key}"]' if key else name), other
    return None, model


def written(model: Model) -> list[str]:
    """A model typed by hand, typed again."""
    spike, reset = spiking(model)
    text = ["    " + line.strip() for line in model.text.strip().splitlines()]
    options = [
        f"    init={ {v: float(x) for v, x in model.init.items()} },".replace("={ ", "={").replace(
            " },", "},"
        )
    ]
    options += [f"    spike={spike!r},"] if spike else []
    options += [f"    reset={reset!r},"] if reset else []
    if model.called:
        options += [f"    functions={{{', '.join(f'{name!r}: {name}' for name in model.called)}}},"]
    options += [f"    {name}={float(value):.12g}," for name, value in model.parameters.items()]
    return ['modele = Model("""', *text, '    """,', *options, ")"]
