"""`explore_latent()`: walk on the plane of a two-number code, and see what its decoder draws there.

subject  the images, their codes, the decoder, checked once
compute  the place -> the decoded image, the nearest code, the path from the mark
view     -> the scene; words -> the sentences and the Python text
variational  the same plane for codes that have a law
"""

from collections.abc import Callable, Mapping

import numpy as np

from course._check import refuse
from course.widgets.controls import Slider, Switch, Verb
from course.widgets.explorer import Explorer
from course.widgets.latent.compute import computation
from course.widgets.latent.subject import WHERE, Subject
from course.widgets.latent.view import scene
from course.widgets.latent.words import code, describe
from course.widgets.stroke import Stroke


def explore_latent(
    encode: Callable[[np.ndarray], np.ndarray] | Mapping, decode: Callable[[np.ndarray], np.ndarray] | None = None,
    images: np.ndarray | None = None, labels: np.ndarray | None = None,
) -> Explorer:  # fmt: skip
    """The map of the codes, the image decoded at the cursor, its nearest neighbour, a path from a mark.

    With a trained VAE, or several, `explore_latent({0.5: one, 4: other}, images=x, labels=y)`: the law of the codes
    of an image beside the prior, the two parts of the ELBO for each β, the path between two digits.

    Args:
        encode: images (n, pixels) -> codes (n, 2); or a VAE, or {β: VAE}, without decode.
        decode: codes (n, 2) -> images (n, pixels).
        images: (n, pixels), square, from 0 to 1. labels: (n,) whole numbers, one for each.

    Raises:
        ValueError: « explore_latent.encode : des codes (n, 2), reçu (400, 32) ».
    """
    if isinstance(encode, Mapping) or hasattr(encode, "elbo") or not callable(encode):
        if decode is not None:
            rule = "rien, car un VAE a le sien\u00a0: explore_latent(vae, images=x, labels=y)"
            raise refuse(f"{WHERE}.decode", rule, decode)
        from course.widgets.latent.variational import explorer  # torch comes with it
        from course.widgets.latent.variational.family import Family

        return explorer(Family.checked(encode, images, labels))
    if not callable(decode):
        raise refuse(f"{WHERE}.decode", "la fonction qui rend une image à un code", decode)
    return plain(Subject.checked(encode, decode, images, labels))


def plain(s: Subject) -> Explorer:
    """The explorer of codes that are two numbers and no more."""
    (left, low), (right, high) = s.low, s.high
    cursor = Slider("a", "le premier nombre", left, right, (right - left) / 100, "", s.start[0])
    controls = [
        Slider("b", "Second nombre", low, high, (high - low) / 100, "", s.start[1]),
        Switch("path", "Chemin depuis la marque", True, key="p"),
    ]

    def pen(values: dict, stroke: Stroke) -> dict:
        """Wherever the pointer goes on the map."""
        return {"a": cursor.bounded(stroke.now["x"]), "b": controls[0].bounded(stroke.now["y"])}

    return Explorer(
        label="Explorateur d'un espace de codes. Touche\u00a0? pour la liste des touches.",
        controls=controls, cursor=cursor, compute=computation(s), scene=scene, describe=describe,
        code=code, pen=pen, arrows=lambda values: ("a", "b"), more={"mark": s.start},
        verbs=[
            Verb("Enter", "poser la marque ici, d'où part le chemin", lambda v: {"mark": (v["a"], v["b"])}, "Marquer",
                 said="Marque posée.", idle="La marque est déjà ici."),
            Verb("n", "aller au code de l'image la plus proche", lambda v: s.nearest(v), "Plus proche",
                 idle="C'est déjà le code d'une image."),
            Verb("v", "aller là où aucune image n'a son code", lambda v: s.emptiest, "Dans le vide",
                 idle="C'est déjà l'endroit le plus vide."),
        ],
    )  # fmt: skip
