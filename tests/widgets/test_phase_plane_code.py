"""« Copier le code » of the plane: the text, run by itself, is what is on the screen."""

import numpy as np
import pytest

from course.neurons import IZHIKEVICH, fitzhugh_nagumo, izhikevich
from course.widgets import explore_phase_plane
from tests.widgets.planes import FHN_WINDOW, VAN_DER_POL

SQUARE = ((-3, 3), (-4, 4))
CASES = {
    "lancer": (fitzhugh_nagumo, FHN_WINDOW, {"p.I": 0.5, "p.tau": 10.0}, "Enter"),
    "stimuler": (fitzhugh_nagumo, FHN_WINDOW, {"strength": -0.5, "width": 30.0}, "i"),
    "saut": (fitzhugh_nagumo, FHN_WINDOW, {"kick": "x", "strength": 0.9}, "i"),
    "remise": (izhikevich, ((-90, 40), (-22, 10)), {"p.I": 10.0}, "Enter"),
    "préréglage": (IZHIKEVICH["chattering"], ((-90, 40), (-22, 10)), {}, "Enter"),
    "tapé": (VAN_DER_POL, SQUARE, {"p.mu": 2.0}, "Enter"),
}


def run(text: str) -> dict:
    names = {}
    exec(compile(text, "copie", "exec"), names)  # noqa: S102 (our own text)
    return names


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_text_reproduces_the_run(case, capsys):
    model, window, changes, key = case
    explorer = explore_phase_plane(model, *model.variables, window)
    explorer.change({"x0": 0.5, "y0": 0.5, **changes}, "essai")
    explorer.press(key)
    text = explorer.code(explorer.values)
    assert all(len(line) <= 79 for line in text.splitlines()), text
    names = run(text)
    path = explorer.compute(**explorer.values)["paths"][-1]
    np.testing.assert_allclose(names["trace"][model.variables[0]], path.x, atol=1e-6)
    printed = capsys.readouterr().out
    assert all(p.words in printed for p in explorer.compute(**explorer.values)["plane"].points)
    assert ("cycle limite stable" in printed) == ("ycle limite stable" in explorer.text)


def test_time_reversed(capsys):
    explorer = explore_phase_plane(VAN_DER_POL, "x", "y", SQUARE)
    explorer.change(
        {"x0": 0.5, "y0": 0.5, "backward": True, "T": explorer.controls["T"].options[0][1]}, "essai"
    )
    explorer.press("Enter")
    names = run(explorer.code(explorer.values))
    path = explorer.compute(**explorer.values)["paths"][-1]
    np.testing.assert_allclose(names["trace"]["x"], path.x, atol=1e-6)


def test_without_a_run_the_text_still_stands(capsys):
    explorer = explore_phase_plane(fitzhugh_nagumo, "v", "w", FHN_WINDOW)
    explorer.press("e")
    assert "trace" not in run(explorer.code(explorer.values))
