"""What is seen: the map and its walker, the decoded image beside its nearest neighbour, the path below."""

import numpy as np

from course.plot.scene import Axis, Image, Line, Mark, Panel, Points, Scene

COLOURS = ("blue", "vermillion", "green", "purple", "orange", "sky", "ink", "grey")
SHAPES = ("circle", "square", "triangle")


def scene(arrays: dict) -> Scene:
    """Two columns: the map; the images."""
    s = arrays["subject"]
    near = s.images[arrays["nearest"]].reshape(1, s.side, s.side)
    pair = np.concatenate([arrays["drawn"][-1:], near])
    title = f"Décodée ici ; la plus proche, un {s.labels[arrays['nearest']]}"
    images = [picture("drawn", pair, title, 2)]
    if arrays["values"]["path"]:
        images.append(picture("path", arrays["drawn"], "De la marque jusqu'ici", len(arrays["drawn"]) // 2))
    return Scene(((walk(arrays),), tuple(images)), (1.3, 1.0), height=470)


def walk(arrays: dict) -> Panel:
    """The codes, each label's name in the middle of them, the mark and the place."""
    s, path = arrays["subject"], arrays["path"]
    items = []
    for k, label in enumerate(np.unique(s.labels)):
        codes = s.codes[s.labels == label]
        items.append(Points(*codes.T, "", COLOURS[k % len(COLOURS)], SHAPES[k % len(SHAPES)], 3))
    for label in np.unique(s.labels):
        x, y = np.median(s.codes[s.labels == label], axis=0)
        items.append(Mark(float(x), float(y), str(label), "ink"))
    if arrays["values"]["path"]:
        items.append(Line(*path[[0, -1]].T, "", "ink", "dash", 1.6))
        items.append(Points(*path[:1].T, "", "ink", "square", 8))
    items.append(Points(*path[-1:].T, "", "vermillion", "circle", 12))
    axes = (Axis(name, "", ends) for name, ends in zip(
        ("premier nombre", "second nombre"), zip(s.low, s.high, strict=True), strict=True))
    return Panel("map", *axes, tuple(items), "Les codes des images\u00a0: cliquez ou glissez", pen=True)


def picture(name: str, images: np.ndarray, title: str, across: int) -> Panel:
    """Images (n, side, side) in rows of `across`, the first one at the top left."""
    rows = [np.hstack(images[k : k + across]) for k in range(0, len(images), across)]
    page = np.vstack(rows)[::-1]
    ends = (0.0, float(across)), (0.0, float(len(rows)))
    image = Image(np.clip(page, 0, 1), *ends, (0, 1))
    return Panel(name, *(Axis("", "", end, (), shown=False) for end in ends), (image,), title)
