"""`explore_ei_network()`: excitation and inhibition, their plane, their rhythm, and what each parameter makes of them.

subject   the model, and between what its parameters move
compute   the values of the controls -> plane, runs, cycle; diagram and map on other threads (regimes)
view      -> the scene (diagram, map); words -> the sentences; code -> the Python text
acts      what one does, as changes of the values
"""

from collections.abc import Callable

from course.rates import ei_network, with_transfer
from course.widgets.background import Background
from course.widgets.controls import Choice, Slider, Switch, Verb
from course.widgets.ei_network import acts
from course.widgets.ei_network.code import code
from course.widgets.ei_network.compute import computation
from course.widgets.ei_network.regimes import Mapper
from course.widgets.ei_network.subject import BOUNDS, LABELS, STEPS, subject
from course.widgets.ei_network.view import scene
from course.widgets.ei_network.words import describe
from course.widgets.explorer import Explorer

CURSOR = Slider("t", "le curseur de temps", 0, 1000, 1, "ms", 100)


def explore_ei_network(fI: Callable[[float], float] | None = None) -> Explorer:
    """The plane (r_E, r_I), both rates in time, the bifurcations along one parameter, the regimes over two.

    Args:
        fI: a transfer function of one's own, `fI(I)` [Hz], in the place of Φ.

    Raises:
        ValueError: those of `with_transfer`.
    """
    model = ei_network if fI is None else with_transfer(ei_network, fI)
    s = subject(model)
    cycles, diagrams = Background(patience=0.015), Background()
    mapper = Mapper(s.model)
    explorer = Explorer(
        label="Explorateur du réseau excitateur-inhibiteur. Touche\u00a0? pour la liste des touches.",
        controls=controls(model), cursor=CURSOR, compute=computation(s, cycles, diagrams, mapper),
        scene=scene, describe=describe, code=lambda values: code(s, values), verbs=verbs(s),
        pen=acts.pen(s), settle=acts.settle, wait=lambda: (cycles.wait(), diagrams.wait(), mapper.wait()),
        more={"starts": ((20.0, 300.0),)},
    )  # fmt: skip
    cycles.done = diagrams.done = mapper.done = explorer.redraw
    return explorer


def controls(model) -> list:
    """In reading order: what is shown, the two currents, the weights, the times."""
    names = tuple((LABELS[name], name) for name in BOUNDS)
    return [
        Choice("parameter", "Balayer", names, "I_E", key="n"),
        Choice("second", "Carte, avec", names, "w_EE", key="s", shown=lambda values: values["map"]),
        Choice("shown", "Diagramme de", (("r_E", "r_E"), ("r_I", "r_I")), "r_E", key="v"),
        Choice("T", "Durée", tuple((f"{T}\u00a0ms", T) for T in (250, 500, 1000)), 500, key="d"),
        Choice("top", "Fenêtre", tuple((f"{f}\u00a0Hz", f) for f in (100, 250, 500)), 500, key="f"),
        Switch("sweeps", "Aller et retour", True, key="h"),
        Switch("map", "Carte des régimes", key="m"),
        *(
            Slider(name, LABELS[name], *BOUNDS[name], STEPS[name], "ms" if name[:3] == "tau" else "",
                   float(model.parameters[name]))
            for name in BOUNDS
        ),
    ]  # fmt: skip


def verbs(s) -> list[Verb]:
    """Every verb, in the order of the buttons."""
    return [
        Verb("Enter", "partir de 1,01\u00a0r* près de chaque point fixe", acts.beside(s), "Partir de 1,01\u00a0r*",
             idle="Ces départs sont déjà tracés."),
        Verb("e", "effacer les trajectoires", lambda _: {"starts": ()}, "Effacer",
             said="Trajectoires effacées.", idle="Rien à effacer."),
        Verb("o", "régler un réseau qui oscille", lambda _: acts.OSCILLATION, "Oscillation",
             said="Poids d'un réseau qui oscille.", idle="Le réseau est déjà réglé ainsi."),
        Verb("x", "régler un réseau à l'effet paradoxal", lambda _: acts.PARADOX, "Effet paradoxal",
             said="Faites varier I_I et regardez r_I.", idle="Le réseau est déjà réglé ainsi."),
    ]  # fmt: skip
