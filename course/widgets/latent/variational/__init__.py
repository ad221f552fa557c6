"""`explore_latent()` with variational auto-encoders: the law of the codes of an image, and the path between two.

family   the models, each with the laws of the images and the two parts of its ELBO, checked once
state    which image is chosen, and where one is when β, an end of the path, or a number of the plane changes
compute  the place -> the decoded image; the path -> the decoded images
map      the plane of two numbers; pictures: the images, the path; bars: the ELBO -> the scene
words    the sentences and the Python text
"""

from course.plot.french import short
from course.widgets.controls import Choice, Notches, Slider, Switch
from course.widgets.explorer import Explorer
from course.widgets.latent.variational.compute import computation
from course.widgets.latent.variational.family import Family
from course.widgets.latent.variational.pictures import scene
from course.widgets.latent.variational.state import LOOKS, settling, start, verbs
from course.widgets.latent.variational.words import code, describe
from course.widgets.stroke import Stroke

RANKS = ("le plus utile", "le deuxième", "le troisième", "le quatrième", "le cinquième", "le sixième")
FINER = 5  # the steps of the sliders under the magnifying glass


def explorer(f: Family) -> Explorer:
    """The plane of the codes, an image decoded at the place, the path from A to B; β goes from model to model.

    ← → go along the path from A to B, the pointer goes anywhere on the plane. What is undone is β, A, B and the
    numbers of the plane, not the place where one looks.
    """
    first = start(f)
    reach = max(law.reach for law in f.laws)
    numbers = [
        Slider(name, label, -reach, reach, 0.05, "", first[name], finer=lambda v: FINER if v["near"] else 1)
        for name, label in (("a", "En abscisse"), ("b", "En ordonnée"))
    ]
    betas = [Notches.of("beta", "β", [short(beta) for beta in f.betas], first["beta"])] if len(f.laws) > 1 else []
    ranks = tuple((text, k) for k, text in enumerate(RANKS[: f.latent]))
    axes = [Choice("across", "Nombre en abscisse", ranks, 0, key="x"),
            Choice("up", "Nombre en ordonnée", ranks, 1, key="y")] if f.latent > 2 else []  # fmt: skip

    def pen(values: dict, stroke: Stroke) -> dict:
        """Wherever the pointer goes on the map."""
        return {"a": numbers[0].bounded(stroke.now["x"]), "b": numbers[1].bounded(stroke.now["y"])}

    return Explorer(
        label="Explorateur des codes d'un auto-encodeur variationnel. Touche\u00a0? pour la liste des touches.",
        controls=[*numbers, *betas, *axes, Switch("near", "Loupe", key="l")],
        cursor=Slider("share", "la place sur le chemin de A à B", 0, 1, 0.025, "", first["share"]),
        compute=computation(f), scene=scene, describe=describe, code=lambda values: code(f, values), pen=pen,
        verbs=verbs(f), apart=LOOKS, more=first, settle=settling(f),
    )  # fmt: skip
