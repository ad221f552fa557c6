"""The Python text that reproduces what the explorer of a population shows."""

from course.rates import population
from course.widgets.population.curves import Subject


def code(s: Subject, values: dict) -> str:
    """The runs, the steady rates and the hysteresis at these parameters."""
    lines = ["import numpy as np", ""]
    if s.model is population:
        lines += ["from course.rates import hysteresis, population, steady_states", "", "modele = population"]
    else:
        maker, name = ("with_transfer", "fI") if "drdt" not in s.model.text else ("with_derivative", "drdt")
        names = ", ".join(sorted(["hysteresis", "population", "steady_states", maker]))
        lines += [f"from course.rates import {names}", "", f"modele = {maker}(population, {name})"]
    given = {name: values[name] for name in ("I_ext", "w", "tau") if name in s.model.parameters}
    asked = ", ".join(f"{name}={value:g}" for name, value in given.items())
    others = ", ".join(f"{name}={value:g}" for name, value in given.items() if name != "I_ext")
    starts = ", ".join(f"{r:g}" for r in (0.0, s.top, *values["starts"]))
    tau = values.get("tau", 20.0)
    return "\n".join([
        *lines,
        f'depart = {{"r": np.array([{starts}])}}',
        f"trace = modele.simulate({values['T']:g}, dt={tau / 50:g}, start=depart,",
        f"                        {asked})",
        'trace.plot("r")',
        f"print(steady_states(model=modele, {asked}))",
        "I = np.linspace(-60, 40, 201)",
        "aller, retour = hysteresis(I, I[::-1], model=modele,",
        f"                           {others})",
        "",
    ])  # fmt: skip
