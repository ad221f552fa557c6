"""Every verb of `explore_fi_curve`, used through the real controls, keys and pointer."""

import threading

import numpy as np
import pytest

from course.analysis import fi_curve, lif_rate
from course.dynamics import Model
from course.neurons import (
    ADEX,
    exponential_if,
    hodgkin_huxley,
    lif,
    lif_mV,
    morris_lecar_class_1,
    morris_lecar_class_2,
    noisy_lif,
)
from course.plot.scene import Line, Mark, Points, Raster
from course.widgets import explore_fi_curve
from course.widgets.fi_curve import run
from tests.widgets.page import Page


@pytest.fixture
def explorer():
    return explore_fi_curve(lif)


@pytest.fixture
def noisy(monkeypatch):
    explorer = explore_fi_curve(noisy_lif)
    Page(explorer, monkeypatch)
    return explorer


def lines(explorer, panel="f(I)"):
    return [item for item in explorer.scene.panel(panel).items if isinstance(item, Line)]


def curve(explorer):
    """The curve of the present state, once it has come; the others are the pinned one and the law."""
    assert explorer.scene
    explorer.background.wait()
    return lines(explorer)[-1]


def settled(explorer):
    """Everything computed: the curve, then the law of its onset."""
    for _ in range(2):
        curve(explorer)
    return explorer


def slide(explorer, name, value):
    explorer.rows[name].widget.children[0].value = value


# -- what is seen at first


def test_the_first_sight(explorer):
    settled(explorer)
    assert [p.name for p in explorer.scene.panels()] == ["f(I)", "spikes", "V", "line"]
    drawn = curve(explorer)
    assert len(drawn.x) == 200
    assert drawn.y == pytest.approx(lif_rate(drawn.x), rel=1e-6, abs=1e-9)
    assert (drawn.x[0], drawn.x[-1]) == (0, 4)
    assert explorer.text.startswith("Décharge au-delà de Ic = 1,0000, jusqu'à 348\u00a0Hz à I = 4,00\u00a0; classe 1")
    assert "comme −1/ln(I − Ic)" in explorer.text
    assert explorer.text.endswith("À I = 1,50\u00a0: 91,0\u00a0Hz, une impulsion toutes les 11,0\u00a0ms.")


def test_the_law_is_drawn_over_the_foot_and_only_there(explorer):
    settled(explorer)
    law = next(item for item in lines(explorer) if item.label == "loi ajustée")
    assert law.x[0] == pytest.approx(1, abs=1e-3)
    assert law.x[-1] < 1.2
    assert law.y[1:] == pytest.approx(lif_rate(law.x[1:]), rel=0.1)


def test_the_trace_is_that_of_the_chosen_current(explorer):
    V = lines(explorer, "V")[0]
    assert V.y.max() == 1
    raster = next(i for i in explorer.scene.panel("spikes").items if isinstance(i, Raster))
    assert raster.x == pytest.approx(10 * np.log(3) * np.arange(1, 28), abs=1e-6)
    threshold = next(i for i in explorer.scene.panel("V").items if isinstance(i, Mark))
    assert (threshold.y, threshold.text) == (1, "seuil")


# -- choosing a current


def test_a_click_on_the_curve_chooses_the_current(explorer, page):
    page.drag("f(I)", (2.5, 100.0))
    assert explorer.values["I"] == 2.5
    assert f"À I = 2,50\u00a0: {lif_rate(2.5):.0f}\u00a0Hz" in explorer.text
    page.drag("f(I)", (0.5, 100.0))
    assert explorer.text.endswith("À I = 0,50\u00a0: silence.")
    assert lines(explorer, "V")[0].y.max() < 0.5
    page.drag("V", (1.0, 0.0))
    assert explorer.values["I"] == 0.5, "time is not a current"


def test_arrows_move_the_current(explorer, page):
    page.keys("ArrowRight", "Maj+ArrowRight", "ArrowLeft")
    assert explorer.values["I"] == pytest.approx(1.7)
    page.keys("End")
    assert explorer.values["I"] == 4
    page.keys("Home")
    assert explorer.values["I"] == 0


def test_a_point_of_the_plane_for_two_variables(monkeypatch):
    explorer = settled(explore_fi_curve(ADEX["adapting"]))
    Page(explorer, monkeypatch)
    assert [p.name for p in explorer.scene.panels()] == ["f(I)", "spikes", "V", "plane"]
    of_V, of_w, path = lines(explorer, "plane")
    assert (of_V.label, of_w.label) == ("dV/dt = 0", "dw/dt = 0")
    assert of_w.y == pytest.approx(2 * (of_w.x + 70), abs=1e-6)
    steps = np.hypot(np.diff(path.x) / np.ptp(path.x), np.diff(path.y) / np.nanmax(path.y))
    assert np.nanmax(steps) < 0.6, "the pen is lifted at resets"
    assert len(path.x) <= 1000
    assert not [i for i in explorer.scene.panel("plane").items if isinstance(i, Points)]
    explorer.change({"I": 150.0}, "I")
    rest = [i for i in explorer.scene.panel("plane").items if isinstance(i, Points)]
    assert [p.filled for p in rest] == [True, False]
    assert "stable en V = −5" in explorer.text


def test_the_line_of_one_variable_says_where_it_rests(explorer):
    explorer.change({"I": 0.5}, "I")
    rest = next(i for i in explorer.scene.panel("line").items if isinstance(i, Points))
    assert rest.x[0] == pytest.approx(0.5)
    explorer.change({"I": 1.5}, "I")
    assert not [i for i in explorer.scene.panel("line").items if isinstance(i, Points)]


# -- what changes the curve


def test_the_refractory_period(explorer, page):
    slide(explorer, "refractory", 5.0)
    drawn = curve(explorer)
    assert drawn.y == pytest.approx(lif_rate(drawn.x, refractory=5), rel=1e-6, abs=1e-9)
    slide(explorer, "refractory", 1.7)
    assert explorer.values["refractory"] == 1.5


def test_the_old_curve_stays_grey_until_the_new_one_comes(explorer, page, monkeypatch):
    settled(explorer)
    old, gate = curve(explorer).y, threading.Event()
    measured = run.measured

    def slow(*arguments, **options):
        gate.wait(10)
        return measured(*arguments, **options)

    monkeypatch.setattr(run, "measured", slow)
    slide(explorer, "refractory", 7.5)
    stale = lines(explorer)[-1]
    assert (stale.colour, stale.dash, stale.label) == ("grey", "dot", "calcul en cours")
    np.testing.assert_array_equal(stale.y, old)
    assert page.pictures[-1]["text"].startswith("La courbe est en cours de calcul\u00a0; l'ancienne est en gris.")
    before = len(page.pictures)
    page.keys("ArrowRight")
    assert explorer.values["I"] == pytest.approx(1.52), "one goes on meanwhile"
    gate.set()
    explorer.background.wait()
    assert len(page.pictures) > before + 1, "the curve is drawn when it comes"
    assert lines(explorer)[-1].colour == "blue"
    assert "calcul" not in page.pictures[-1]["text"]


def test_noise_on_a_neuron_that_has_its_own(noisy):
    assert curve(noisy).y[40] > 5, "the rheobase is at the fiftieth point"
    assert "Le bruit efface le seuil" in noisy.text
    assert "coefficient de variation des intervalles 0,6" in noisy.text
    assert [p.name for p in noisy.scene.panels()][-1] == "intervals"
    density = lines(noisy, "intervals")[0]
    assert np.trapezoid(density.y, density.x) == pytest.approx(1, abs=0.01)
    noisy.change({"sigma": 0.0}, "sigma")
    drawn = curve(noisy)
    assert drawn.y == pytest.approx(lif_rate(drawn.x), rel=1e-6, abs=1e-9)


def test_a_new_draw(noisy):
    first = curve(noisy).y
    noisy.press("Enter")
    second = curve(noisy).y
    assert np.abs(first - second).max() > 1
    noisy.press("z")
    np.testing.assert_array_equal(curve(noisy).y, first)


def test_relaunching_without_noise_says_why_nothing_changes(explorer, page):
    page.keys("Enter")
    assert "le modèle est déterministe" in page.pictures[-1]["text"]


def test_noise_may_be_added_to_any_model(monkeypatch):
    explorer = explore_fi_curve(hodgkin_huxley, (0, 20))
    Page(explorer, monkeypatch)
    quiet = curve(explorer).y
    explorer.change({"sigma": 2.0}, "sigma")
    loud = curve(explorer).y
    assert quiet[:60].max() == 0
    assert (loud[20:60] > 1).all()
    assert explorer.rows["sigma"].widget.children[0].description == "Bruit σ (mV/√ms)"


def test_the_magnifying_glass(explorer, page):
    page.keys("s", "s")
    drawn = curve(explorer)
    assert drawn.x[-1] - drawn.x[0] == pytest.approx(0.04)
    assert drawn.x[0] < 1 < drawn.x[-1]
    assert explorer.values["I"] == pytest.approx(drawn.x[-1]), "the current stays in sight"
    page.keys("ArrowLeft")
    assert drawn.x[-1] - explorer.values["I"] == pytest.approx(0.0002, rel=0.01)
    page.keys("s")
    assert curve(explorer).x[-1] == 4


def test_the_duration(explorer, page):
    page.keys("d")
    assert explorer.values["T"] == 2000
    assert curve(explorer).y == pytest.approx(lif_rate(np.linspace(0, 4, 200)), rel=1e-6, abs=1e-9)


# -- classes


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (exponential_if, "classe 1\u00a0: f part de zéro, comme √(I − Ic)"),
        (hodgkin_huxley, "classe 2\u00a0: f commence par un saut à 50,5"),
        (lif_mV, "classe 1\u00a0: f part de zéro, comme −1/ln(I − Ic)"),
        (morris_lecar_class_1, "Ic = 39,96\u00a0µA/cm²"),
        (morris_lecar_class_1, "classe 1\u00a0: f part de zéro, comme √(I − Ic)"),
        (morris_lecar_class_2, "classe 2\u00a0: f commence par un saut à 8,"),
    ],
)
def test_the_class_is_read_off(model, words):
    assert words in settled(explore_fi_curve(model)).text


# -- pinning, undoing, repeating


def test_pinning_compares_two_curves(noisy):
    before = curve(noisy).y
    noisy.press("p")
    noisy.change({"sigma": 0.6, "refractory": 2.0}, "both")
    curve(noisy)
    pinned, now = lines(noisy)
    np.testing.assert_array_equal(pinned.y, before)
    assert (pinned.label, pinned.dash, now.label) == ("épinglée", "long", "f")
    assert "Courbe épinglée (σ = 0,3)\u00a0: 23,8\u00a0Hz au même courant." in noisy.text
    noisy.press("o")
    assert len(lines(noisy)) == 1
    noisy.press("z")
    assert len(lines(noisy)) == 2


@pytest.mark.parametrize(
    ("model", "options", "changes"),
    [
        (lif, {}, {}),
        (ADEX["tonic"], {}, {"refractory": 3.0}),
        (noisy_lif, {}, {"sigma": 0.4, "seed": 3, "T": 500.0}),
        (hodgkin_huxley, {"currents": (4, 12)}, {"sigma": 0.8, "T": 500.0}),
        (lif, {"current": "R", "currents": (0.5, 2)}, {"zoom": 10}),
    ],
)
def test_the_copied_code_repeats_the_curve(model, options, changes):
    explorer = explore_fi_curve(model, **options)
    explorer.change(changes, "essai")
    drawn, names = curve(explorer), {}
    exec(compile(explorer.code(explorer.values), "code", "exec"), names)
    np.testing.assert_allclose(names["courants"], drawn.x, rtol=1e-8)
    np.testing.assert_allclose(names["taux"], drawn.y, rtol=1e-6)


def test_the_code_of_a_model_of_one_s_own():
    silent = Model(hodgkin_huxley.text, init=hodgkin_huxley.init, **hodgkin_huxley.parameters)
    explorer = explore_fi_curve(silent, (0, 20), spike="V >= 0")
    code = explorer.code(explorer.values)
    assert "modele est le vôtre" in code
    assert 'spike="V >= 0"' in code
    assert curve(explorer).y == pytest.approx(fi_curve(hodgkin_huxley, np.linspace(0, 20, 200), T=700))


# -- the bounds, and what is refused


def test_the_bounds_are_found():
    assert explore_fi_curve(lif_mV).scene.panel("f(I)").x.limits == (0, 0.8)
    assert explore_fi_curve(ADEX["adapting"]).scene.panel("f(I)").x.limits[1] > 500


def test_a_model_that_never_fires(monkeypatch):
    dead = Model("dx/dt = -x + I", spike="x >= 1e9", reset="x = 0", I=0.0)
    explorer = explore_fi_curve(dead, (0, 10))
    Page(explorer, monkeypatch)
    explorer.press("s")
    assert curve(explorer).x[-1] == 10
    assert explorer.text.startswith("Aucune décharge soutenue de I = 0,0 à 10,0.")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((hodgkin_huxley.text,), "explore_fi_curve.model\xa0: un modèle, comme course.neurons.lif"),
        ((lif, (3, 1)), "explore_fi_curve.currents\xa0: deux courants croissants"),
        ((lif, 3), "explore_fi_curve.currents"),
        ((Model("dx/dt = -x + I", I=0.0),), "fi_curve.spike\xa0: un critère"),
        ((Model("dx/dt = -x + I + xi", I=0.0, spike="x >= 1"),), "un bruit de paramètre sigma"),
    ],
)
def test_what_cannot_be_explored_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        explore_fi_curve(*arguments)
    with pytest.raises(ValueError, match="explore_fi_curve.variable"):
        explore_fi_curve(lif, variable="w")
