"""A scene refuses what nobody could draw, in the house's words."""

import numpy as np
import pytest

from course.plot.scene import Arrows, Axis, Image, Line, Mark, Panel, Points, Raster, Scene
from course.plot.style import COLOURS, DASHES, contrast, ramp


def panel(name, *items):
    return Panel(name, Axis("t", "ms"), Axis("V", "mV"), items)


def test_numbers_and_lists_become_arrays():
    line, point = Line([0, 1], (2, 3)), Points(1.0, 2)
    assert isinstance(line.y, np.ndarray)
    assert line.y.tolist() == [2, 3]
    assert point.x.shape == (1,)


@pytest.mark.parametrize(
    ("build", "said"),
    [
        (lambda: Line([0, 1], [0]), r"Line\.y\s: 2 valeurs, comme x"),
        (lambda: Line([0], [0], colour="bleu"), r"Line\.colour\s: un de .*reçu 'bleu'"),
        (lambda: Line([0], [0], dash="tiret"), r"Line\.dash\s: un de .*reçu 'tiret'"),
        (lambda: Points([0], [0], marker="o"), r"Points\.marker\s: un de"),
        (lambda: Arrows([0], [0], [1, 2], [0]), r"Arrows\.dx\s: 1 valeurs"),
        (lambda: Raster([[0]], [[0]]), r"Raster\.x\s: 1 valeurs"),
        (lambda: Image(np.zeros(3), (0, 1), (0, 1), (0, 1)), r"Image\.values\s: un tableau"),
        (lambda: Mark(), r"Mark\.x\s: une abscisse"),
        (lambda: Axis("t", limits=(1, 1)), r"Axis\.limits\s: deux bornes croissantes"),
        (lambda: Scene(((panel("a"),),), widths=(1, 2)), r"Scene\.widths\s: 1 largeurs"),
        (lambda: Scene(((panel("a"), panel("a")),)), r"Scene\.columns\s: des noms"),
        (lambda: Scene(((panel("gates"),),)).panel("gate"), r"Scene\.panel\s:.*vouliez-vous dire gates"),
    ],
)
def test_refusals(build, said):
    with pytest.raises(ValueError, match=said):
        build()


def test_panels_are_found_by_name_in_reading_order():
    scene = Scene(((panel("a"), panel("b")), (panel("c"),)), (1, 1))
    assert [p.name for p in scene.panels()] == ["a", "b", "c"]
    assert scene.panel("b") is scene.columns[0][1]
    assert scene.panel("a").y.title == "V (mV)"


@pytest.mark.parametrize("name", [name for name in COLOURS if name not in ("grid", "field", "snow")])
@pytest.mark.parametrize(("theme", "ground"), [(0, "#ffffff"), (1, "#111111"), (1, "#212121")])
def test_every_colour_stands_out_on_both_grounds(name, theme, ground):
    assert contrast(COLOURS[name][theme], ground) >= 3


def test_dashes_differ_and_the_ramp_grows_lighter():
    assert len(set(DASHES.values())) == len(DASHES)
    light = [0.3 * r + 0.6 * g + 0.1 * b for r, g, b in ramp(64)]
    assert np.all(np.diff(light) > 0)
