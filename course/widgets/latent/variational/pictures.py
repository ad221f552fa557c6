"""What is seen: the plane, the path by codes and by pixels; the chosen image beside the decoded one; the bars."""

import numpy as np

from course.plot.french import quantity
from course.plot.scene import Axis, Image, Mark, Panel, Scene
from course.widgets.latent.variational.bars import bars
from course.widgets.latent.variational.map import plane
from course.widgets.latent.variational.state import STOPS
from course.widgets.latent.view import picture

HALF = 0.5 / (STOPS - 1)  # of an image of the path, whose length is one
ENDS = (-HALF, 1 + HALF)


def scene(arrays: dict) -> Scene:
    """Two columns: the plane above the path; the two images above the bars. The cursor is the place on the path."""
    v = arrays["values"]
    at, note = (v["share"], quantity(100 * v["share"], "%", 0)) if v["mode"] == "path" else (None, "")
    left = plane(arrays), strip("by_codes", arrays, "De A à B, par les codes"), strip(
        "by_pixels", arrays, "De A à B, par les pixels", True)  # fmt: skip
    return Scene((left, (pair(arrays), *bars(arrays))), (1.2, 1.0), height=520, cursor=at, note=note)


def pair(arrays: dict) -> Panel:
    """The chosen image, and what is decoded at the place."""
    f, k = arrays["family"], arrays["values"]["chosen"]
    both = np.stack([f.images[k], arrays["drawn"]]).reshape(2, f.side, f.side)
    panel = picture("drawn", both, f"Choisie, un {f.labels[k]}\u00a0; décodée ici", 2)
    return Panel(panel.name, panel.x, panel.y, (*panel.items, Mark(x=1.0, colour="snow", dash="solid")), panel.title, 4)


def strip(name: str, arrays: dict, title: str, below: bool = False) -> Panel:
    """The images of the path, one under each share of the way; the pointer walks there."""
    side = arrays["family"].side
    row = np.hstack(arrays[name].reshape(-1, side, side))[::-1]
    across = Axis("part du chemin", "", ENDS, (0.0, 0.25, 0.5, 0.75, 1.0), shown=below)
    return Panel(name, across, Axis("", "", (0.0, 1.0), (), shown=False),
                 (Image(np.clip(row, 0, 1), ENDS, (0.0, 1.0), (0.0, 1.0)),), title, 1, follows=True)  # fmt: skip
