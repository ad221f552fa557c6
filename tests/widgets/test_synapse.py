"""`explore_synapse()`, used through the real controls, keys and pointer."""

import matplotlib
import numpy as np
import pytest

from course.plot.mpl import draw
from course.plot.scene import Line, Raster
from course.widgets import explore_synapse
from course.widgets.synapse.compute import THETA, kernel_of
from tests.widgets.page import Page


@pytest.fixture
def explorer():
    return explore_synapse()


@pytest.fixture
def page(explorer, monkeypatch):
    return Page(explorer, monkeypatch)


def arrays(explorer):
    return explorer.compute(**explorer.values)


def test_the_first_sight(explorer, page):
    assert [p.name for p in explorer.scene.panels()] == ["spikes", "sum", "V", "target"]
    assert explorer.text.startswith("Trois impulsions, délai de 5\u00a0ms, noyau\u00a0: exponentiel de 8\u00a0ms")
    assert "il manque" in explorer.text
    draw(explorer.scene)


def test_a_click_puts_a_spike_and_takes_it_away(explorer, page):
    page.drag("spikes", (80.2, 0))
    assert explorer.values["spikes"] == (20.0, 30.0, 40.0, 80.0)
    (bars,) = (i for i in explorer.scene.panel("spikes").items if isinstance(i, Raster))
    np.testing.assert_allclose(bars.x, [20, 30, 40, 80])
    page.drag("spikes", (81, 0))
    assert explorer.values["spikes"] == (20.0, 30.0, 40.0)
    page.drag("spikes", (100, 0), (120, 0))  # dragged: where it is released
    assert explorer.values["spikes"] == (20.0, 30.0, 40.0, 120.0)
    page.keys("z")
    assert explorer.values["spikes"] == (20.0, 30.0, 40.0)


def test_the_keys_alone_do_it(explorer, page):
    page.keys("e")
    assert "Aucune impulsion" in explorer.text
    page.keys("Home", "Maj+ArrowRight", "Enter")
    assert explorer.values["spikes"] == (10.0,)
    page.keys("Enter", "b")
    assert explorer.values["spikes"] == (10.0, 14.0, 18.0, 22.0, 26.0)
    page.keys("b")
    assert "déjà là" in explorer.text


@pytest.mark.parametrize("kind", ["exp", "alpha", "double"])
def test_one_spike_is_the_membrane_s_exact_answer(explorer, page, kind):
    """Against the convolution of the kernel with exp(-t/20)/20, by another quadrature."""
    explorer.change({"spikes": (10.0,), "kernel": kind, "w": 10.0, "delay": 5.0}, "x")
    found = arrays(explorer)
    fine = 0.01 * np.arange(23_500)
    K = kernel_of(kind, 8.0)(fine)
    u = 10 * 0.01 * np.convolve(K, np.exp(-fine / 20) / 20)[: len(fine)]
    expected = np.interp(found["t"] - 15, fine, u, left=0)
    np.testing.assert_allclose(found["V"] + 70, expected, atol=0.05)
    assert not len(found["fired"])


def test_a_jump_is_the_weight_then_the_leak(explorer, page):
    explorer.change({"spikes": (10.0,), "kernel": "jump", "w": 6.0, "delay": 2.0}, "x")
    V = arrays(explorer)["V"]
    assert V[119] == pytest.approx(-70)
    assert V[120] == pytest.approx(-64)
    assert V[320] == pytest.approx(-70 + 6 * np.exp(-1), abs=1e-6)
    assert "la somme" not in explorer.text


def test_a_conductance_pulls_towards_its_reversal_and_no_further(explorer, page):
    explorer.change({"spikes": tuple(np.arange(10.0, 200, 4)), "effect": "conductance", "g": 5.0, "E_s": -62.0}, "x")
    found = arrays(explorer)
    assert -63 < found["V"].max() < -62
    explorer.change({"E_s": -70.0}, "y")
    assert "La cible reste à −70,0\u00a0mV" in explorer.text
    explorer.change({"E_s": -80.0}, "y")
    assert "inhibiteur" in explorer.text


def test_enough_weight_makes_it_fire(explorer, page):
    explorer.change({"w": 40.0}, "w")
    found = arrays(explorer)
    assert len(found["fired"]) >= 1
    assert found["V"].max() == THETA
    assert "La cible décharge" in explorer.text
    (bars,) = (i for i in explorer.scene.panel("target").items if isinstance(i, Raster))
    np.testing.assert_allclose(bars.x, found["fired"])


def test_the_sum_is_the_kernels_and_waits_for_the_delay(explorer, page):
    explorer.change({"delay": 30.0}, "delay")
    lines = [i for i in explorer.scene.panel("sum").items if isinstance(i, Line)]
    np.testing.assert_allclose(lines[-1].y, sum(line.y for line in lines[:-1]))
    assert lines[-1].x[np.argmax(lines[-1].y > 0)] == pytest.approx(50.0)


@pytest.mark.parametrize("changes", [{}, {"kernel": "jump"}, {"kernel": "double", "w": 40.0},
                                     {"effect": "conductance", "kernel": "alpha", "I": 3.0}])
def test_the_text_repeats_the_state(explorer, page, changes):
    explorer.change(changes, "x")
    matplotlib.use("agg")
    names = {}
    exec(explorer.code(explorer.values), names)
    found = arrays(explorer)
    np.testing.assert_allclose(names["V"], found["V"], atol=1e-9)
    np.testing.assert_allclose(names["decharges"], found["fired"])
