"""What is seen of a synapse: the spikes placed, the kernels and their sum, the potential, the target's spikes."""

import numpy as np

from course.plot.french import quantity
from course.plot.scene import Axis, Line, Mark, Panel, Points, Raster, Scene
from course.widgets.synapse.compute import E_L, THETA, T


def scene(arrays: dict) -> Scene:
    """Four lanes, one time."""
    lanes = lane(arrays), kernels(arrays), potential(arrays), target(arrays)
    t = arrays["values"]["t"]
    return Scene((lanes,), (1,), height=560, cursor=t, note=f"t = {quantity(t, 'ms', 0)}")


def time(shown: bool) -> Axis:
    return Axis("temps t", "ms", (0.0, T), shown=shown)


def raster(times: np.ndarray, colour: str) -> tuple:
    return (Raster(times, np.zeros(len(times)), colour=colour),) if len(times) else ()


def lane(arrays: dict) -> Panel:
    """Where one clicks."""
    times = np.array(arrays["values"]["spikes"])
    title = "Impulsions présynaptiques\u00a0: cliquez pour en poser ou en ôter"
    return Panel("spikes", time(False), Axis("", "", (-0.5, 0.5), ()), raster(times, "blue"), title, 0.35, pen=True)


def kernels(arrays: dict) -> Panel:
    """Each kernel from its arrival, and the sum; for a jump, its instants alone."""
    t, P = arrays["t"], arrays["P"]
    top = 1.12 * max(1.0, float(P.max()))
    if arrays["jump"]:
        items = [Mark(x=float(x), colour="blue") for x in arrays["arrived"] if x <= T]
        title = "Sauts de potentiel\u00a0: l'instant de chaque arrivée"
    else:
        items = [Line(t, K, "un noyau" * (k == 0), "sky", "solid", 1.3) for k, K in enumerate(arrays["each"])]
        items.append(Line(t, P, "leur somme P", "blue", "solid", 2.4))
        items.append(Points(t[arrays["at"]], P[arrays["at"]], "", "blue"))
        title = "Un noyau par impulsion, et leur somme"
    return Panel("sum", time(False), Axis("P", "", (-0.04 * top, top)), tuple(items), title, 1.0, follows=True)


def potential(arrays: dict) -> Panel:
    """V, rest and threshold; the axis follows what goes below −85 mV."""
    t, V = arrays["t"], arrays["V"]
    low = min(-78.0, float(V.min()) - 4)
    items = [
        Mark(y=THETA, colour="vermillion", dash="dash"), Mark(y=E_L, colour="grey"),
        Mark(x=3.0, y=THETA + 1.2, text="seuil", colour="vermillion"),
        Line(t, V, "", "ink", "solid", 2.0), Points(t[arrays["at"]], V[arrays["at"]], "", "ink"),
        *(Line([x, x], [THETA, THETA + 5], "", "vermillion", "solid", 2.0) for x in arrays["fired"]),
    ]  # fmt: skip
    axis = Axis("V", "mV", (low, THETA + 6))
    return Panel("V", time(False), axis, tuple(items), "Potentiel de la cible", 1.4, follows=True)


def target(arrays: dict) -> Panel:
    items = raster(arrays["fired"], "vermillion")
    title = "Impulsions de la cible"
    return Panel("target", time(True), Axis("", "", (-0.5, 0.5), ()), items, title, 0.35, follows=True)
