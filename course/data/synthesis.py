"""« AlphaDigits de synthèse »: where Roweis' characters are not at hand, others, drawn with matplotlib's own fonts.

Each image takes a font, then a seeded affine distortion (slant, turn, two scales), is placed on a 20×16 grid and
made binary: a pixel is ink when at least half of its 3×3 points fall inside the outline.
"""

from pathlib import Path

import numpy as np

from course.data.catalogue import ALPHADIGITS
from course.data.dataset import Dataset
from course.data.tables import characters

TITLE = "AlphaDigits de synthèse"
EACH = 39
SEED = 2001
FINE = 3  # points per pixel and per side
FONTS = (
    "DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSansMono", "DejaVuSansMono-Bold",
    "DejaVuSansMono-Oblique", "DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSerif-Italic",
    "STIXGeneral", "STIXGeneralBol", "STIXGeneralItalic", "cmr10", "cmss10", "cmtt10",
)


def draw() -> Dataset:
    """36 classes × 39 characters, the same at every call."""
    rng = np.random.default_rng(SEED)
    outlines = [fonts(letter) for letter in ALPHADIGITS.classes]
    drawn = np.array([[image(of[k % len(of)], rng) for k in range(EACH)] for of in outlines])
    return characters(
        TITLE, drawn, "synthèse", "dessins faits ici\u00a0; polices DejaVu, STIX et Computer Modern (licences libres)",
        "caractères de synthèse, sur le modèle de Binary Alphadigits (S. Roweis)", extract=True,
    )


def fonts(letter: str) -> list:
    """The outline of a letter in each font, as matplotlib paths."""
    import matplotlib
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    return [TextPath((0, 0), letter, size=20, prop=FontProperties(fname=folder / f"{name}.ttf")) for name in FONTS]


def image(outline, rng: np.random.Generator) -> np.ndarray:
    """One outline, distorted, as a (20, 16) array of 0 and 1."""
    turn, slant = rng.normal(0, 0.08), rng.normal(0, 0.12)
    matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]) @ [[1, slant], [0, 1]]
    edges = [points @ matrix.T for points in outline.to_polygons()]
    low = np.min([points.min(axis=0) for points in edges], axis=0)
    high = np.max([points.max(axis=0) for points in edges], axis=0)
    height, width = ALPHADIGITS.shape
    room = np.array([width - 1, height - 1]) * rng.uniform(0.8, 1, 2)
    # a character fills its height; its width follows, up to the grid's
    scale = room[1] / (high[1] - low[1])
    scales = np.array([min(scale * rng.uniform(0.85, 1.15), room[0] / (high[0] - low[0])), scale])
    centre = np.array([width, height]) / 2
    across, down = np.meshgrid(*((np.arange(n * FINE) + 0.5) / FINE for n in (width, height)))
    points = np.column_stack([across.ravel(), height - down.ravel()])
    placed = (points - centre) / scales + (low + high) / 2
    inside = even_odd(edges, placed).reshape(height, FINE, width, FINE)
    return (inside.mean(axis=(1, 3)) >= 0.5).astype(np.uint8)


def even_odd(polygons: list[np.ndarray], points: np.ndarray) -> np.ndarray:
    """True where a point is inside an odd number of the polygons: a hole is a polygon inside another."""
    from matplotlib.path import Path as Outline

    return np.sum([Outline(polygon).contains_points(points) for polygon in polygons], axis=0) % 2 == 1
