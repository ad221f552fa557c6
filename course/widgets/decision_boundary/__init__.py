"""`explore_decision_boundary()`: a two-layer network learns to tell two clouds apart, one step at a time.

learning  data, and every network that gradient descent goes through
compute   the values of the controls -> the networks up to the cursor, the map, the picture of each unit
view      -> the scene; words -> the sentence; code -> the Python text
"""

from collections.abc import Callable

from course.widgets.controls import Choice, Slider, Verb
from course.widgets.decision_boundary.code import code
from course.widgets.decision_boundary.compute import computation
from course.widgets.decision_boundary.learning import CLOUDS, STEPS, Subject, network
from course.widgets.decision_boundary.view import SIDE, scene
from course.widgets.decision_boundary.words import describe
from course.widgets.explorer import Explorer
from course.widgets.stroke import Stroke

KEPT = 40  # points of one's own
CONTROLS = [
    Choice("cloud", "Données", tuple((cloud.title, name) for name, cloud in CLOUDS.items()), "moons", key="n"),
    Choice("activation", "Activation", (("tanh", "tanh"), ("ReLU", "relu"), ("aucune", "none")), "tanh", key="v"),
    Choice("rule", "Descente", (("simple", "sgd"), ("avec élan 0,9", "momentum"), ("Adam", "adam")), "sgd", key="d"),
    Choice("ink", "Ajouter", (("des ronds", 0), ("des carrés", 1)), 0, key="p"),
    Slider("hidden", "Unités cachées", 1, 8, 1, value=4),
    Slider("lr", "Pas d'apprentissage", 0.01, 5, 0.01, value=0.5),
    Slider("seed", "Tirage des poids", 0, 20, 1, value=0),
]
CURSOR = Slider("step", "le nombre de pas", 0, STEPS, 1, value=0)


def explore_decision_boundary(
    build: Callable | None = None, loss: Callable[[], object] | None = None
) -> Explorer:
    """A network 2-hidden-2 on a problem that no line solves: its map, the picture of each unit, its loss.

    Args:
        build: a network of one's own, `build(hidden, rng)`, a Sequential (first layer, activation, last layer) of
            modules; the choice of the activation then disappears.
        loss: a loss of one's own, `loss()`, in the place of `nn.CrossEntropyLoss`.

    Raises:
        ValueError: « explore_decision_boundary.build : un réseau de 2 entrées et 2 sorties, reçu … ».
    """
    s = Subject.checked(build or network, loss, build is not None)
    return Explorer(
        label="Explorateur de la frontière d'un réseau. Touche\u00a0? pour la liste des touches.",
        controls=[c for c in CONTROLS if not (s.own and c.name == "activation")],
        cursor=CURSOR, compute=computation(s), scene=scene, describe=describe,
        code=lambda values: code(s, values), verbs=verbs(), pen=pen,
        more={"drawn": ()} | ({"activation": "own"} if s.own else {}),
    )  # fmt: skip


def verbs() -> list[Verb]:
    """Every verb, in the order of the buttons."""

    def forward(steps: int) -> Callable[[dict], dict]:
        return lambda values: {"step": min(STEPS, values["step"] + steps)}

    last = f"Le dernier pas, {STEPS}, est atteint."
    return [
        Verb("Enter", "faire 100 pas de descente", forward(100), "100 pas", idle=last),
        Verb(" ", "faire un pas de descente", forward(1), "1 pas", idle=last),
        Verb("b", "revenir aux poids de départ", lambda _: {"step": 0}, "Début", idle="Ce sont les poids de départ."),
        Verb("e", "effacer vos points", lambda _: {"drawn": ()}, "Effacer", said="Vos points sont effacés.",
             idle="Aucun point à effacer."),
    ]  # fmt: skip


def pen(values: dict, stroke: Stroke) -> dict:
    """A click in the map adds a point of the chosen class."""
    event = stroke.now
    if event["panel"] != "map" or event["phase"] != "up":
        return {}
    x, y = (round(max(-SIDE, min(SIDE, event[axis])), 2) for axis in "xy")
    return {"drawn": (*values["drawn"], (x, y, values["ink"]))[-KEPT:]}
