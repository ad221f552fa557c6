"""« Copier le code » : the text, run by itself, is the run on the screen."""

import numpy as np
import pytest

from course.plot.scene import Line

STATES = {
    "échelon": {"I": 7.5, "start": 3.5},
    "impulsion": {"stimulus": "pulse", "duration": 0.6, "I": 40},
    "bruit": {"stimulus": "noise", "sd": 12, "seed": 7, "T": 100},
    "dessiné": {"stimulus": "drawn", "I": 12.5},
    "canaux et température": {"ttx": True, "tea": True, "celsius": 18.5, "T": 20},
    "portes trop rapides pour RK4": {"stimulus": "noise", "sd": 50, "celsius": 25, "I": -20},
    "un seul canal": {"tea": True, "I": -3},
}


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_the_text_reproduces_the_run(explorer, page, state):
    explorer.change(state, "essai")
    if explorer.values["stimulus"] == "drawn":
        page.drag("stimulus", (10.0, 5.0), (18.0, 30.0), (25.0, -5.0))
    explorer.buttons["Copier le code"].click()
    text = explorer.listing.value
    names = {}
    exec(compile(text.replace("trace.plot", "figure = trace.plot"), "copie", "exec"), names)  # noqa: S102
    V = [item for item in explorer.scene.panel("V").items if isinstance(item, Line)][-1]
    np.testing.assert_array_equal(names["trace"]["V"], V.y)
    np.testing.assert_array_equal(names["trace"].t, V.x)
    assert names["figure"].axes


def test_the_text_fits_a_cell(explorer):
    explorer.change({"stimulus": "noise", "ttx": True, "tea": True, "celsius": 12.3}, "essai")
    assert all(len(line) <= 79 for line in explorer.code(explorer.values).splitlines())
