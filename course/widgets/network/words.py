"""What is said of a network: what was done to it, its rates, its rhythm, what has changed; and the Python text."""

import numpy as np

from course.plot.french import quantity, short
from course.widgets.network.compute import Lesion

NBSP = "\u00a0"
CHANGED = 0.1  # relative change of a rate that is told
FEW = 1.0  # Hz: below it, a change is not told


def describe(arrays: dict) -> str:
    """The settings, the rates, the bursts of the chosen nucleus, and the difference with the run before."""
    values, seen = arrays["values"], arrays["seen"]
    said = [settings(values, arrays["sizes"]) + "."]
    if seen is None:
        return " ".join([*said, "Simulation en cours."])
    if values["T"] - seen.T > 1e-6:
        said.append(f"Simulé{NBSP}: {quantity(seen.T, 'ms', 0)} sur {quantity(values['T'], 'ms', 0)}.")
    said.append("Taux\u00a0: " + ", ".join(f"{n} {quantity(f, 'Hz')}" for n, f in seen.rates.items()) + ".")
    said.append(rhythm(values["nucleus"], seen.bursts[values["nucleus"]]))
    if arrays["before"] is not None:
        said.append(difference(arrays["before"].rates, seen.rates))
    return " ".join(said)


def settings(values: dict, sizes: dict) -> str:
    wounds = ", ".join(wound(lesion, sizes) for lesion in values["lesions"])
    whole = f"Sans {wounds}" if wounds else "Réseau intact"
    return f"{whole}, g = {short(values['g'])}, délais × {short(values['delay'])}"


def wound(lesion: Lesion, sizes: dict) -> str:
    name, first, last = lesion
    if last - first == sizes[name]:
        return name
    return f"{quantity(100 * (last - first) / sizes[name], '%', 0)} de {name}"


def rhythm(name: str, bursts: np.ndarray) -> str:
    if len(bursts) == 0:
        return f"{name} se tait."
    if len(bursts) < 3:
        return f"{name} décharge, sans silences répétés."
    return f"{name}{NBSP}: {len(bursts)} bouffées, une toutes les {quantity(float(np.diff(bursts).mean()), 'ms', 0)}."


def difference(before: dict, now: dict) -> str:
    """The rates that have changed, the largest change first."""
    gaps = {n: now[n] - before[n] for n in now}
    told = [n for n in gaps if abs(gaps[n]) > max(FEW, CHANGED * before[n])]
    if not told:
        return "Rien n'a changé de plus de 10\u00a0% depuis la simulation précédente."
    told.sort(key=lambda n: -abs(gaps[n]))
    said = [f"{n} {'+' if gaps[n] > 0 else ''}{quantity(gaps[n], 'Hz')}" for n in told]
    return "Depuis la simulation précédente\u00a0: " + ", ".join(said) + "."


def code(values: dict, given: bool) -> str:
    """A Python text whose `run` is the one on the screen; `given` when the network is somebody's own."""
    lines = [] if given else ["from course.network import basal_ganglia\n", "net = basal_ganglia()"]
    if (values["g"], values["delay"]) != (1, 1):
        lines.insert(0, "from dataclasses import replace\n")
        lines += [
            "net.connections = [",
            f"    replace(c, weight=c.weight * {values['g']:g},",
            f"            delay_steps=max(1, int(c.delay_steps * {values['delay']:g} + 0.5)))",
            "    for c in net.connections]",
        ]
    for name, first, last in values["lesions"]:
        lines.append(f'net = net.lesion("{name}", indices=range({first}, {last}))')
    if values["seed"]:
        lines.append(f"net.seed += {values['seed']}")
    return "\n".join([*lines, f"run = net.run({values['T']:g})", "run.raster()", ""])
