"""`explore_bump()`: a ring that remembers an angle, under one's hand: show it a cue, distract it, wound it, wait.

compute   the values of the controls -> a ring, its run, its trials, the theory, the map of its regimes
view      -> the scene; words -> the sentences and the Python text
"""

from course._check import refuse
from course.rates import RingAttractor
from course.widgets.background import Background
from course.widgets.bump.compute import DURATION, J0, J1, Growing, computation
from course.widgets.bump.view import scene
from course.widgets.bump.words import code, describe, place_of
from course.widgets.controls import Choice, Slider, Switch, Verb
from course.widgets.explorer import Explorer
from course.widgets.stroke import Stroke

CURSOR = Slider("t", "le curseur de temps", 0, 10_000, 20, "ms", 4000)
START = RingAttractor(J0=-0.25, J1=0.6, width=30.0, sigma=3.0)


def explore_bump(ring: RingAttractor = START) -> Explorer:
    """The memory of an angle: a ring of populations in space and time, its error, its trials, its regimes.

    A click in the picture shows a cue there, the next one a distractor, the one after begins again; a click in the map
    sets both strengths of the coupling.

    Args:
        ring: where one starts; its n, tau, transfer function and tau_noise are kept.

    Leaves out what `RingAttractor` leaves out; the map is that of the ring without noise, heterogeneity or lesion.

    Raises:
        ValueError: « explore_bump.ring : un RingAttractor, reçu 3 ».
    """
    if not isinstance(ring, RingAttractor):
        raise refuse("explore_bump.ring", "un RingAttractor", ring)
    theory, many, map_ = Background(patience=0.01), Background(), Background()
    trials, maps = Growing(many), Growing(map_)

    def wait() -> None:
        for background in (theory, many, map_):
            background.wait()

    explorer = Explorer(
        label="Explorateur de l'attracteur en anneau. Touche\u00a0? pour la liste des touches.",
        controls=controls(ring), cursor=CURSOR, compute=computation(ring, theory, trials, maps), scene=scene,
        describe=describe, code=code, pen=pen, settle=settle, wait=wait, apart=("angle", "aim"),
        arrows=lambda values: ("t", "angle") if values["aim"] else None,
        more={"cue": (90.0, 300.0), "distractor": None, "seed": 0},
        verbs=[
            Verb("Enter", "présenter l'indice à la mire", show("cue"), "Indice",
                 idle="L'indice est déjà là\u00a0: déplacez la mire."),
            Verb("d", "présenter le distracteur à la mire", show("distractor"), "Distracteur",
                 idle="Le distracteur est déjà là\u00a0: déplacez la mire."),
            Verb("x", "ôter le distracteur", lambda _: {"distractor": None}, "Ôter le distracteur",
                 shown=lambda values: values["distractor"] is not None),
            Verb("n", "un autre tirage du bruit", lambda values: {"seed": values["seed"] + 1}, "Autre bruit",
                 shown=lambda values: values["sigma"] > 0),
        ],
    )  # fmt: skip
    theory.done = many.done = map_.done = explorer.redraw
    return explorer


def controls(ring: RingAttractor) -> list:
    """In reading order: what is chosen, the coupling, the cue, what disturbs."""
    given = ring.given
    centre, lesion = given["lesion"] or (270.0, 0.0)

    def gaussian(values: dict) -> bool:
        return values["profile"] == "gauss"

    return [
        Choice("profile", "Couplage", (("gaussien", "gauss"), ("cosinus", "cos")),
               "cos" if given["width"] is None else "gauss", key="p"),
        Choice("T", "Durée", tuple((f"{T // 1000}\u00a0s", float(T)) for T in (2000, 4000, 10_000)), 4000.0, key="t"),
        Switch("trials", "50 essais", key="e"),
        Switch("aim", "Flèches\u00a0: mire", key="m"),
        Slider("J0", "Inhibition J₀", *J0, 0.01, "", given["J0"]),
        Slider("J1", "Excitation J₁", *J1, 0.01, "", given["J1"]),
        Slider("width", "Largeur du couplage", 10, 90, 1, "°", given["width"] or 30.0, gaussian),
        Slider("I", "Courant I", -5, 10, 0.1, "", given["I"]),
        Slider("sigma", "Bruit σ", 0, 6, 0.1, "", given["sigma"]),
        Slider("amplitude", "Force de l'indice", 0, 40, 0.5, "", 10.0),
        Slider("distraction", "Force du distracteur", 0, 60, 0.5, "", 10.0,
               lambda values: values["distractor"] is not None),
        Slider("spread", "Largeur des indices", 5, 60, 1, "°", 20.0),
        Slider("heterogeneity", "Hétérogénéité", 0, 1, 0.02, "", given["heterogeneity"]),
        Slider("lesion", "Lésion, largeur", 0, 180, 2, "°", lesion),
        Slider("centre", "Lésion, centre", 0, 358, 2, "°", centre, lambda values: values["lesion"] > 0),
        Slider("angle", "Mire", 0, 358, 2, "°", 180.0, lambda values: values["aim"]),
    ]  # fmt: skip


# -- what one does, as changes of the values


def settle(values: dict) -> dict:
    """The cursor and the cues stay inside the run."""
    last = values["T"] - DURATION

    def inside(placed: tuple | None) -> tuple | None:
        return placed and (placed[0], min(placed[1], last))

    placed = {name: inside(values[name]) for name in ("cue", "distractor")}
    return values | placed | {"t": min(values["t"], values["T"])}


def show(name: str):
    """Show the cue, or the distractor, at the time of the cursor and the angle of the crosshair."""

    def act(values: dict) -> dict:
        return {name: (values["angle"], values["t"])}

    return act


def pen(values: dict, stroke: Stroke) -> dict:
    """In the picture: a cue, then a distractor, then all over again; in the map: both strengths."""
    if stroke.now["panel"] == "map":
        return dict(zip(("J0", "J1"), place_of(stroke.now["x"], stroke.now["y"]), strict=True))
    last = values["T"] - DURATION
    start = round(min(last, max(0.0, stroke.now["x"])) / 10) * 10.0
    placed = (round(stroke.now["y"]) % 360.0, start)
    before = stroke.values
    if before["distractor"] is None and start > before["cue"][1]:
        return {"distractor": placed}
    return {"cue": placed, "distractor": None}
