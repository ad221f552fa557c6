"""`explore_ei_network()`, used through the real controls, keys and pointer."""

import numpy as np
import pytest

from course.plot.mpl import draw
from course.plot.scene import Image, Line, Mark, Points
from course.rates import ei_network, regimes
from course.widgets import explore_ei_network
from course.widgets.ei_network.view import REGIMES
from tests.widgets.planes import items


@pytest.fixture
def explorer():
    return explore_ei_network()


def settled(explorer):
    """The text once every thread has answered."""
    for _ in range(3):
        said = explorer.text
    return said


def test_the_first_sight(explorer, page):
    assert [p.name for p in explorer.scene.panels()] == ["plane", "time", "diagram"]
    said = settled(explorer)
    assert said.startswith("Foyer stable en (r_E = 8")
    assert "Hopf à 6,63, nœuds-cols à 19,86 et 38,60" in said
    draw(explorer.scene)


def test_the_oscillation(explorer, page):
    page.keys("o")
    assert explorer.values["I_E"] == 12
    assert "Cycle limite stable, de période 64,0\u00a0ms, soit 15,6\u00a0Hz" in settled(explorer)
    for name, variable in (("dr_{E}/dt = 0", "r_E"), ("dr_{I}/dt = 0", "r_I")):
        (curve,) = items(explorer, "plane", Line, label=name)
        slope = ei_network.evaluate(f"d{variable}/dt", I_E=12.0, r_E=curve.x, r_I=curve.y)
        assert np.nanmax(np.abs(slope)) < 1e-6
    r_E, r_I = items(explorer, "time", Line)
    assert (r_E.colour, r_E.dash) != (r_I.colour, r_I.dash)
    assert np.ptp(r_E.y[-400:]) > 100


def test_the_diagram_has_the_envelope_of_the_rhythm(explorer, page):
    page.keys("o")
    settled(explorer)
    low, high = items(explorer, "diagram", Line, colour="green")[:2]
    run = ei_network.simulate(3000, dt=0.2, start={"r_E": 20, "r_I": 300}, I_E=12)
    late = run["r_E"][-2000:]
    assert np.interp(12, low.x, low.y) == pytest.approx(late.min(), abs=0.2)
    assert np.interp(12, high.x, high.y) == pytest.approx(late.max(), abs=0.2)
    page.keys("v")
    settled(explorer)
    high = items(explorer, "diagram", Line, colour="green")[1]
    assert np.interp(12, high.x, high.y) == pytest.approx(run["r_I"][-2000:].max(), abs=0.2)


def test_the_paradox_is_said(explorer, page):
    page.keys("x")
    said = settled(explorer)
    assert "w_EE\u00a0Φ′ = 1,43 > 1" in said
    assert "exciter I fait baisser r_I (effet paradoxal)" in said
    assert "Selon I_I" in said
    explorer.change({"w_EE": 0.01}, "x")
    assert "exciter I fait monter r_I" in settled(explorer)


def test_a_click_launches_and_says_parameters(explorer, page):
    page.drag("plane", (100.04, -5))
    assert explorer.values["starts"][-1] == (100.0, 0.0)
    page.drag("diagram", (21.02, 200))
    assert explorer.values["I_E"] == 21.0
    page.keys("m")
    page.drag("map", (30.0, 0.05))
    assert (explorer.values["I_E"], explorer.values["w_EE"]) == (30.0, 0.05)
    page.keys("z")
    assert (explorer.values["I_E"], explorer.values["w_EE"]) == (21.0, 0.1)


def test_beside_each_fixed_point(explorer, page):
    explorer.change({"I_E": 25.0}, "x")
    page.keys("Enter")
    assert len(explorer.values["starts"]) == 3
    assert len(items(explorer, "plane", Line, label="séparatrice")) == 1
    page.keys("e")
    assert explorer.values["starts"] == ()
    assert not items(explorer, "time", Line)


def test_there_and_back_where_they_differ(explorer, page):
    """E alone: the hysteresis of one population, between -30.14 and 0.14."""
    explorer.change({"w_EI": 0.0, "w_IE": 0.0}, "x")
    settled(explorer)
    up = items(explorer, "diagram", Line, label="aller")
    down = items(explorer, "diagram", Line, label="retour")
    assert len(up) == len(down) == 1
    k = int(np.abs(up[0].x + 5).argmin())
    assert up[0].y[k] < 10
    assert down[0].y[k] > 490
    page.keys("h")
    assert not items(explorer, "diagram", Line, label="aller")


def test_the_map(explorer, page):
    page.keys("m")
    said = settled(explorer)
    assert "Sur la carte\u00a0: un seul repos." in said
    (image,) = items(explorer, "map", Image)
    assert image.shape == (40, 40)
    (x0, x1), (y0, y1) = image.x, image.y
    for I_E, w_EE, code in ((15.0, 0.1, 1), (-5.0, 0.19, 2), (55.0, 0.02, 0)):
        cell = image.values[int(40 * (w_EE - y0) / (y1 - y0)), int(40 * (I_E - x0) / (x1 - x0))]
        assert cell == REGIMES[code][0], (I_E, w_EE)
    names = {mark.text for mark in items(explorer, "map", Mark)}
    assert {"repos", "oscillation", "deux repos"} <= names
    explorer.change({"I_E": 15.0}, "x")
    assert "Sur la carte\u00a0: une oscillation." in settled(explorer)
    for mark in items(explorer, "map", Mark, text="oscillation"):
        x, y = mark.x + 6, mark.y
        assert regimes("I_E", [x], "w_EE", [y]).codes.item() == 1
    draw(explorer.scene)


def test_the_two_parameters_of_the_map_differ(explorer, page):
    page.keys("m")
    explorer.change({"parameter": "w_EE"}, "x")
    assert explorer.values["second"] == "I_E"


def test_a_curve_of_one_s_own():
    def fI(I):
        return 500 / (1 + np.exp(-0.4 * (I - 10)))

    explorer, ours = explore_ei_network(fI), explore_ei_network()
    assert settled(explorer) == settled(ours)
    called = explore_ei_network(lambda I: 500 / (1 + np.exp(-0.4 * (I - 10))) if I < 1e9 else 500.0)
    called.change({"map": True}, "x")
    assert "Fonction appelée numériquement\u00a0: Phi" in settled(called)
    assert "trop longue" in called.scene.panel("map").title


def test_the_code_says_what_is_seen(explorer, page):
    for keys in (("o",), ("x",), ("e",)):
        page.keys(*keys)
        names: dict = {}
        exec(explorer.code(explorer.values), names)
        settled(explorer)
        expected = explorer.compute(**explorer.values)["diagram"]
        np.testing.assert_allclose(names["diagramme"].hopf, expected.hopf)
        if explorer.values["starts"]:
            r_E = items(explorer, "time", Line)[0]
            np.testing.assert_allclose(names["trace"]["r_E"], r_E.y)


def test_marks_and_markers_of_the_points(explorer, page):
    explorer.change({"I_E": 25.0}, "x")
    shapes = {(p.marker, p.filled) for p in items(explorer, "plane", Points) if p.size > 10}
    assert shapes == {("circle", True), ("circle", False), ("cross", True)}
