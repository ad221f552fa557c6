"""What is said of a ring: the memory, its error, the trials; and the Python text that repeats the run."""

import numpy as np

from course.plot.french import decimal, quantity
from course.rates.ring_angles import difference
from course.widgets.bump.compute import COLUMNS, DURATION, J0, J1, cues
from course.widgets.bump.view import FAINT

NBSP = "\u00a0"


def describe(arrays: dict) -> str:
    """The memory at the end, the trials, and the rates at the cursor."""
    said = [memory(arrays)]
    if arrays["values"]["trials"]:
        said.append(tried(arrays))
    run, at = arrays["run"], arrays["at"]
    low, high = decimal(run.r[at].min(), 0), quantity(run.r[at].max(), "Hz", 0)
    now = f"À t = {quantity(run.t[at], 'ms', 0)}{NBSP}: taux de {low} à {high}"
    if run.strength[at] >= FAINT:
        now += f", direction décodée {decimal(run.angle[at], 1)}°"
    return " ".join([*said, now + "."])


def memory(arrays: dict) -> str:
    run, cues, theory = arrays["run"], arrays["cues"], arrays["theory"]
    cue = cues[0]
    shown = f"Indice à {decimal(cue.angle, 0)}° de {decimal(cue.start, 0)} à {quantity(cue.start + DURATION, 'ms', 0)}"
    if len(cues) > 1:
        shown += (
            f", distracteur à {decimal(cues[1].angle, 0)}° à {quantity(cues[1].start, 'ms', 0)}"
        )
    if run.strength[-1] < FAINT:
        high = (
            run.r[-1].mean() > run.r.max() / 2
            and run.r[-1].mean() > 0.25 * arrays["ring"].given["r_max"]
        )
        kept = "tout l'anneau s'est emballé" if high else "l'anneau n'a rien retenu"
        return f"{shown}\u00a0; {kept}."
    off = float(difference(run.angle[-1], cue.angle))
    kept = (
        f"à la fin, la bosse est à {decimal(run.angle[-1], 1)}°, à {decimal(off, 1)}° de l'indice"
    )
    if theory and theory.growth and len(cues) == 1:
        delay = run.t[-1] - cue.start - DURATION
        sd = np.sqrt(theory.growth * max(delay, 0) / 1000)
        kept += f" (le bruit en explique ± {decimal(2 * sd, 1)}°)"
    return f"{shown}\u00a0; {kept}."


def tried(arrays: dict) -> str:
    trials, theory = arrays["trials"], arrays["theory"]
    if arrays["values"]["sigma"] == 0:
        return "Sans bruit, cinquante essais sont cinquante fois le même."
    if trials is None:
        return "Les cinquante essais se calculent, ou le délai est trop court pour en parler."
    n = trials.displacement.shape[1]
    seconds = trials.t[-1] / 1000
    growth = (trials.variance[-1] - trials.variance[0]) / seconds
    said = (
        f"{n} essais\u00a0: l'écart-type atteint {decimal(float(np.sqrt(trials.variance[-1])), 1)}°"
    )
    said += f", la variance croît de {decimal(float(growth), 1)} degrés² par seconde"
    if theory and theory.growth:
        said += f" (théorie\u00a0: {decimal(theory.growth, 1)})"
    return said + "."


def code(values: dict) -> str:
    """A Python text whose `run` is the one on the screen."""
    given = [f"J0={values['J0']:g}, J1={values['J1']:g}"]
    given += [f"width={values['width']:g}"] if values["profile"] == "gauss" else []
    given += [f"I={values['I']:g}"]
    given += [f"{name}={values[name]:g}" for name in ("sigma", "heterogeneity") if values[name]]
    given += [f"lesion=({values['centre']:g}, {values['lesion']:g})"] if values["lesion"] else []
    lines = ["from course.rates import Cue, RingAttractor\n", "ring = RingAttractor("]
    lines += [f"    {g}," for g in given] + [")", "run = ring.simulate(", f"    {values['T']:g},"]
    for cue in cues(values):
        where = f"{cue.angle:g}, start={cue.start:g}"
        lines.append(f"    Cue({where}, amplitude={cue.amplitude:g}, width={cue.width:g}),")
    lines += [
        f"    every={round(values['T'] / COLUMNS)},",
        f"    rng={values['seed']},",
        ")",
        "run.plot()",
        "",
    ]
    return "\n".join(lines)


def place_of(J0_: float, J1_: float) -> tuple[float, float]:
    """A place of the map, brought inside it and to the grain of the sliders."""
    inside = (min(high, max(low, x)) for x, (low, high) in ((J0_, J0), (J1_, J1)))
    return tuple(round(x, 2) for x in inside)
