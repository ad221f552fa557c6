"""`explore_network()`: a network under one's hand: wound it, strengthen it, delay it, and compare with what it was.

compute   the values of the controls -> a network, its run in a worker, what is kept of it
view      -> the scene; words -> the sentences and the Python text
"""

from course._check import refuse
from course.network import Network, basal_ganglia
from course.widgets.background import Background, Growing
from course.widgets.controls import Choice, Slider, Verb
from course.widgets.explorer import Explorer
from course.widgets.network.compute import ROWS, Asked, computation, key_of, merged
from course.widgets.network.view import bottom, scene
from course.widgets.network.words import code, describe
from course.widgets.stroke import Stroke

CURSOR = Slider("t", "le curseur de temps", 0, 2000, 2, "ms", 0)
DURATIONS = (300, 600, 1000, 2000)


def explore_network(net: Network | None = None) -> Explorer:
    """A network of spiking neurons, the basal ganglia by default: its raster, its rates, its lesions, A against B.

    A brush in the raster is a lesion; each run keeps the weights, the seed and the noise of the one before, which stays
    beside it in grey. The runs are made by a worker, the short ones first, and can be stopped.

    Args:
        net: a network of one's own.

    Leaves out the single neuron: the raster shows forty neurons of each nucleus.

    Raises:
        ValueError: « explore_network.net : un réseau (Network), reçu 3 ».
    """
    given = net is not None
    if given and not (isinstance(net, Network) and net.populations):
        raise refuse("explore_network.net", "un réseau (Network) d'au moins une population", net)
    net = quiet() if net is None else net
    names, sizes = list(net.populations), {p.name: p.n for p in net.populations.values()}
    background, asked = Background(), Asked()

    def toggle(values: dict) -> dict:
        """The chosen share of the nucleus is taken away, or all of it comes back."""
        name = values["nucleus"]
        others = tuple(x for x in values["lesions"] if x[0] != name)
        if others != values["lesions"]:
            return {"lesions": others}
        n = max(1, round(sizes[name] * values["share"] / 100))
        return {"lesions": merged(others, ((name, 0, n),))}

    def stop(values: dict) -> dict:
        asked.stop = key_of(values)
        return {}

    def again(values: dict) -> dict:
        asked.stop = None
        if key_of(values) not in asked.ended:
            background.forget(key_of(values))
        return {}

    explorer = Explorer(
        label="Explorateur d'un réseau à impulsions. Touche\u00a0? pour la liste des touches.",
        controls=controls(names), cursor=CURSOR, compute=computation(net, Growing(background), asked), scene=scene,
        describe=describe, code=lambda values: code(values, given), pen=pen(names, sizes), settle=settle,
        wait=background.wait, apart=("nucleus", "share"), more={"lesions": (), "seed": 0},
        verbs=[
            Verb("l", "léser le noyau choisi, ou le rétablir", toggle, "Lésion"),
            Verb("x", "tout rétablir", lambda _: {"lesions": (), "g": 1.0, "delay": 1.0}, "Tout rétablir",
                 idle="Le réseau est intact."),
            Verb("n", "un autre bruit", lambda values: {"seed": values["seed"] + 1}, "Autre bruit"),
            Verb("s", "arrêter la simulation", stop, "Arrêter", idle="Arrêt demandé\u00a0: Entrée relance."),
            Verb("Enter", "relancer ce qui a été arrêté", again),
        ],
    )  # fmt: skip

    background.done = explorer.redraw
    return explorer


def quiet() -> Network:
    """The basal ganglia, without the warning that two delays were rounded."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return basal_ganglia()


def controls(names: list[str]) -> list:
    return [
        Choice("T", "Durée", tuple((f"{T}\u00a0ms", float(T)) for T in DURATIONS), 600.0, key="t"),
        Choice("nucleus", "Noyau", tuple((n, n) for n in names), names[-1], key="p"),
        Slider("g", "Force g de toutes les synapses", 0, 3, 0.05, "", 1.0),
        Slider("delay", "Délais multipliés par", 0, 8, 0.25, "", 1.0),
        Slider("share", "Part lésée du noyau", 5, 100, 5, "%", 100.0),
    ]


def settle(values: dict) -> dict:
    """The cursor stays inside the run."""
    return values | {"t": min(values["t"], values["T"])}


def pen(names: list[str], sizes: dict[str, int]):
    """A vertical stroke in the raster takes away the neurons that it covers."""

    def paint(values: dict, stroke: Stroke) -> dict:
        low, high = sorted((stroke.first["y"], stroke.now["y"]))
        more = []
        for name in names:
            base, n = bottom(names, name), sizes[name]
            first, last = (min(max(y - base, 0), ROWS) / ROWS * n for y in (low, high))
            inside = low < base + ROWS and high >= base
            if inside:
                first = min(int(first), n - 1)
                more.append((name, first, max(first + -(-n // ROWS), min(n, round(last)))))
        more = tuple((name, a, min(b, sizes[name])) for name, a, b in more)
        return {"lesions": merged(stroke.values["lesions"], more)}

    return paint

