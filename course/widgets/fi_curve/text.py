"""The Python text whose `taux` is the curve on the screen."""

from collections.abc import Mapping

from course import neurons
from course.dynamics import Model
from course.widgets.fi_curve.run import POINTS, TRANSIENT, window
from course.widgets.fi_curve.subject import NOISE, Subject


def code(s: Subject, values: dict) -> str:
    """Imports, the currents, `fi_curve`, and a figure."""
    name, imported = named(s.given)
    low, high = window(s, values["zoom"])
    lines = ["import numpy as np", "from matplotlib import pyplot as plt\n"]
    lines += ["from course.analysis import fi_curve"]
    lines += [f"from course.neurons import {imported}"] if imported else ["# modele est le vôtre"]
    sigma = values["sigma"]
    if sigma and not s.noise:
        lines += ["from course.widgets.fi_curve.subject import noisy"]
    model = name
    if s.model.reset and values["refractory"] != s.model.refractory:
        model = f"{model}.with_(refractory={values['refractory']:g})"
    if sigma and not s.noise:
        model = f'noisy({model}, "{s.variable}")'
    options = [f"T={TRANSIENT + values['T']:g}, transient={TRANSIENT:g}, dt={s.step(sigma):g}"]
    options += [f'current="{s.current}"'] if s.current != "I" else []
    options += [f'spike="{s.spike}"'] if s.spike else []
    noise = s.noise or NOISE
    options += [f"{noise}={sigma:g}, rng={values['seed']}"] if sigma or s.noise else []
    lines += [f"\ncourants = np.linspace({low:.9g}, {high:.9g}, {POINTS})", "taux = fi_curve("]
    lines += [f"    {model}, courants,", *(f"    {option}," for option in options), ")"]
    lines += ["plt.plot(courants, taux)", f'plt.xlabel("{s.current}")', 'plt.ylabel("f (Hz)")', ""]
    return "\n".join(lines)


def named(model: Model) -> tuple[str, str]:
    """How a model of `course.neurons` is written, and what is imported for it; « modele » for another."""
    for name in neurons.__all__:
        found = getattr(neurons, name)
        if found is model:
            return name, name
        if isinstance(found, Mapping):
            for key, one in found.items():
                if one is model:
                    return f'{name}["{key}"]', name
    return "modele", ""
