"""`explore_synapse()`: place the spikes of one neuron, and see what they do to another.

compute   the values of the controls -> the kernels, their sum, the membrane, its spikes
view      -> the scene; words -> the sentences and the Python text
"""

from course.widgets.controls import Choice, Slider, Verb
from course.widgets.explorer import Explorer
from course.widgets.stroke import Stroke
from course.widgets.synapse.compute import KERNELS, T, compute
from course.widgets.synapse.view import scene
from course.widgets.synapse.words import code, describe

MOST = 60  # spikes
NEAR = 1.5  # ms: a click this close to a spike takes it away
START = (20.0, 30.0, 40.0)
BURST = 5, 4.0  # how many, ms between them

CURSOR = Slider("t", "le curseur de temps", 0, T, 1, "ms", 60)


def explore_synapse() -> Explorer:
    """One synapse on a leaky membrane that fires at −55 mV: kernel, weight, delay, current or conductance.

    A click on the lane of the spikes puts one there, a click on a spike takes it away; Enter does so at the cursor.

    Leaves out: short-term plasticity, failures of release, the dendrite between the synapse and the soma.
    """
    return Explorer(
        label="Explorateur d'une synapse. Touche\u00a0? pour la liste des touches.",
        controls=controls(), cursor=CURSOR, compute=compute, scene=scene, describe=describe, code=code, pen=pen,
        more={"spikes": START},
        verbs=[
            Verb("Enter", "poser une impulsion au curseur, ou l'ôter", at_cursor, "Impulsion",
                 idle=f"Pas plus de {MOST} impulsions."),
            Verb("b", "poser une bouffée de cinq impulsions au curseur", burst, "Bouffée",
                 idle="Cette bouffée est déjà là."),
            Verb("e", "effacer toutes les impulsions", lambda _: {"spikes": ()}, "Effacer",
                 said="Impulsions effacées.", idle="Rien à effacer."),
        ],
    )  # fmt: skip


def controls() -> list:
    """What is chosen, then the kernel, then its effect."""

    def timed(values: dict) -> bool:
        return values["kernel"] != "jump"

    def current(values: dict) -> bool:
        return not timed(values) or values["effect"] == "current"

    def conductance(values: dict) -> bool:
        return not current(values)

    return [
        Choice("kernel", "Noyau", tuple((text, name) for name, text in KERNELS.items()), "exp", key="k"),
        Choice("effect", "Effet", (("courant", "current"), ("conductance", "conductance")), "current", key="g",
               shown=timed),
        Slider("tau", "Constante de temps τ", 1, 50, 0.5, "ms", 8.0, timed),
        Slider("delay", "Délai", 0, 60, 0.5, "ms", 5.0),
        Slider("w", "Poids w", -40, 40, 0.5, "mV", 12.0, current),
        Slider("g", "Conductance g/g_L", 0, 5, 0.05, "", 0.5, conductance),
        Slider("E_s", "Potentiel d'inversion E_s", -90, 20, 1, "mV", 0.0, conductance),
        Slider("I", "Courant permanent", -10, 30, 0.5, "mV", 0.0),
    ]  # fmt: skip


# -- what one does, as changes of the values


def toggled(spikes: tuple[float, ...], at: float) -> tuple[float, ...]:
    """With a spike at that time, or without the one that is there."""
    near = [x for x in spikes if abs(x - at) <= NEAR]
    if near:
        gone = min(near, key=lambda x: abs(x - at))
        return tuple(x for x in spikes if x != gone)
    return tuple(sorted((*spikes, at))) if len(spikes) < MOST else spikes


def at_cursor(values: dict) -> dict:
    return {"spikes": toggled(values["spikes"], round(values["t"], 1))}


def burst(values: dict) -> dict:
    n, gap = BURST
    new = (round(values["t"] + gap * k, 1) for k in range(n))
    return {"spikes": tuple(sorted({*values["spikes"], *(x for x in new if x <= T)})[:MOST])}


def pen(values: dict, stroke: Stroke) -> dict:
    """On the lane: one spike a click, dragged as long as the button is down."""
    at = round(2 * min(T, max(0.0, stroke.now["x"]))) / 2
    return {"spikes": toggled(stroke.values["spikes"], at)}


