"""A scene and its still picture say the same."""

import io

import numpy as np
import pytest
from matplotlib.colors import to_hex

from course.plot.mpl import draw
from course.plot.scene import Arrows, Axis, Image, Line, Mark, Panel, Points, Raster, Scene
from course.plot.style import COLOURS


@pytest.fixture
def scene():
    t = np.linspace(0, 10, 50)
    items = (
        Line(t, np.sin(t), "I_{Na}", "vermillion", "dash", under=0.0), Line(t, t, "V"),
        Points([1, 2], [0, 1], "mesures", "blue", "square", filled=False), Arrows(1, 1, 2, 2),
        Mark(x=3, text="seuil"), Mark(y=0.5, text="repos"), Mark(x=1, y=1, text="ici"),
    )  # fmt: skip
    first = Panel("a", Axis("temps", "ms", (0, 10)), Axis("V", "mV", (-2, 12), (0, 5, 10)), items, "Un", follows=True)
    values = np.arange(12.0).reshape(3, 4)
    second = Panel(
        "b", Axis("x", limits=(0, 4)), Axis("y", limits=(0, 3)),
        (Image(values, (0, 4), (0, 3), (0, 11)), Raster([1, 2], [0, 1])),
    )  # fmt: skip
    return Scene(((first,), (second,)), (2, 1), cursor=4.0, note="t = 4,0 ms")


def test_every_kind_of_item_is_drawn_in_its_colour(scene):
    figure = draw(scene)
    left, right = figure.axes
    dashed, plain = left.lines[:2]
    assert to_hex(dashed.get_color()) == COLOURS["vermillion"][0]
    assert dashed.is_dashed()
    assert not plain.is_dashed()
    np.testing.assert_array_equal(plain.get_ydata(), scene.panel("a").items[1].y)
    assert [text.get_text() for text in left.get_legend().get_texts()] == ["I$_{\\mathrm{Na}}$", "V", "mesures"]
    assert {"seuil", "repos", "ici", "t = 4,0 ms", "V (mV)"} <= {text.get_text() for text in left.texts}
    assert left.get_xlabel() == "temps (ms) →"
    assert left.get_title("left") == "Un"
    assert left.get_xlim() == (0, 10)
    assert left.get_yticks().tolist() == [0, 5, 10]
    np.testing.assert_array_equal(right.images[0].get_array(), scene.panel("b").items[0].values)


def test_ticks_have_a_decimal_comma(scene):
    figure = draw(scene)
    figure.savefig(io.BytesIO(), format="svg")
    texts = [label.get_text() for label in figure.axes[1].get_yticklabels()]
    assert "0,5" in texts or "0" in texts and not any("." in text for text in texts)


def test_an_unknown_item_is_refused():
    panel = Panel("a", Axis("x"), Axis("y"), ("ligne",))
    with pytest.raises(TypeError, match="un élément de scène est attendu, reçu str"):
        draw(Scene(((panel,),)))
