"""Every verb of `explore_phase_plane`, used through the real controls, keys and pointer."""

import numpy as np
import pytest

from course.neurons import fitzhugh_nagumo, izhikevich
from course.widgets import explore_phase_plane
from tests.widgets.page import Page
from tests.widgets.planes import FHN_WINDOW, Arrows, Line, Points, fhn, items, line, runs


@pytest.fixture
def explorer():
    return fhn()


def row(explorer, name):
    return explorer.rows[name].widget


def cubic(x, I=0.0):
    return x - x**3 / 3 + I


# -- what is seen at first


def test_the_first_sight(explorer, page):
    assert [p.name for p in explorer.scene.panels()] == ["plane", "strip", "time", "traces"]
    assert explorer.text.startswith(
        "Foyer stable en (v = −1,20\u00a0; w = −0,62), valeurs propres −0,251 ± 0,212\u00a0i"
    )
    of_v, of_w = line(explorer, "dv/dt = 0"), line(explorer, "dw/dt = 0")
    np.testing.assert_allclose(of_v.y, cubic(of_v.x), atol=1e-9)
    np.testing.assert_allclose(of_w.y, (of_w.x + 0.7) / 0.8, atol=1e-9)
    assert (of_v.colour, of_v.dash) != (of_w.colour, of_w.dash)
    assert of_v.colour != of_w.colour
    assert of_v.dash != of_w.dash
    (field,) = items(explorer, "plane", Arrows)
    middle = field.x + field.dx / 2, field.y + field.dy / 2
    slopes = cubic(middle[0]) - middle[1]
    assert np.all(np.sign(field.dx) == np.sign(slopes)), "the arrows go where v goes"


def test_eight_runs_are_told_apart_without_colour(explorer, page):
    for k in range(10):
        page.drag("plane", (-2 + 0.4 * k, 1.5))
    assert len(runs(explorer)) == 8
    starts = items(explorer, "plane", Points, filled=False, size=7)
    looks = {
        (curve.dash, start.marker) for curve, start in zip(runs(explorer), starts, strict=True)
    }
    assert len(looks) == 8
    assert len({(curve.colour, curve.dash) for curve in runs(explorer)}) == 8
    assert explorer.values["runs"][0].x == pytest.approx(-1.2), "the oldest two are forgotten"


# -- launching


def test_a_click_launches_and_the_run_obeys_the_equations(explorer, page):
    page.drag("plane", (0.5, -0.5))
    assert explorer.values["runs"][-1][:2] == (0.5, -0.5)
    assert (explorer.values["x0"], explorer.values["y0"]) == (0.5, -0.5)
    trace = fitzhugh_nagumo.simulate(200, dt=0.05, start={"v": 0.5, "w": -0.5})
    at_time = items(explorer, "time", Line, width=1.7)[-1]
    np.testing.assert_allclose(np.interp(trace.t, at_time.x, at_time.y), trace["v"], atol=1e-6)
    said = "Trajectoire 2, de (v = 0,50\u00a0; w = −0,50)\u00a0: un potentiel d'action, rejoint le foyer stable."
    assert said in page.pictures[-1]["text"]


def test_the_crosshair_launches_by_keyboard(explorer, page):
    page.keys("m", "Maj+ArrowLeft", "ArrowUp", "ArrowUp", "Enter")
    x, y = explorer.values["x0"], explorer.values["y0"]
    assert (x, y) == (pytest.approx(0.25 - 0.2), pytest.approx(-0.1 + 0.02))
    assert explorer.values["runs"][-1][:2] == (x, y)
    (cross,) = items(explorer, "plane", Points, marker="plus")
    assert (cross.x[0], cross.y[0]) == (x, y)
    page.keys("Enter")
    assert "Une trajectoire part déjà d'ici" in page.pictures[-1]["text"]
    assert len(explorer.values["runs"]) == 2
    page.keys("m", "ArrowUp")
    assert explorer.values["p.I"] == pytest.approx(0.005), "the arrows move the parameter again"


def test_clear_and_undo(explorer, page):
    page.drag("plane", (1.0, -0.5))
    page.drag("plane", (1.5, -0.5))
    page.keys("e")
    assert runs(explorer) == []
    page.keys("e")
    assert "Rien à effacer" in page.pictures[-1]["text"]
    page.keys("z")
    assert len(explorer.values["runs"]) == 3
    page.keys("z")
    assert len(explorer.values["runs"]) == 2
    assert explorer.values["x0"] == 1.5, "the crosshair stays where it is"


def test_time_goes_back(explorer, page):
    page.keys("e", "b")
    page.drag("plane", (-1.0, -0.5))
    path = items(explorer, "time", Line, width=1.7)[0]
    assert path.x.min() < 0
    assert path.x.max() == 0
    assert explorer.scene.panel("time").x.limits == (-200, 0)
    assert "vient de loin, avant t = −" in explorer.text
    end = {"v": float(path.y[1]), "w": float(runs(explorer)[0].y[-2])}
    assert abs(end["v"]) < 8
    again = fitzhugh_nagumo.simulate(5, dt=0.05, start={"v": -1.0, "w": -0.5})
    page.keys("b")
    page.drag("plane", (-1.0, -0.5))
    path = items(explorer, "time", Line, width=1.7)[1]
    np.testing.assert_allclose(path.y[:101], again["v"], atol=1e-6)


def test_backwards_then_forwards_comes_home(explorer, page):
    """The past of a point, followed forwards, is that point."""
    from course.widgets.phase_plane.flow import Run, paths
    from course.widgets.phase_plane.subject import subject

    s = subject(fitzhugh_nagumo, "v", "w", FHN_WINDOW, {})
    (back,) = paths(s, (Run(0.5, 0.5, True),), s.values, 200.0)
    at = 20
    (forth,) = paths(s, (Run(float(back.x[at]), float(back.y[at])),), s.values, 200.0)
    assert (forth.x[at], forth.y[at]) == (
        pytest.approx(0.5, abs=1e-6),
        pytest.approx(0.5, abs=1e-6),
    )


# -- the parameter under the hand


def test_arrows_slide_the_nullcline(explorer, page):
    page.keys("Maj+ArrowUp", "ArrowDown")
    assert explorer.values["p.I"] == pytest.approx(0.045)
    of_v = line(explorer, "dv/dt = 0")
    np.testing.assert_allclose(of_v.y, cubic(of_v.x, 0.045), atol=1e-9)


def test_a_nullcline_follows_the_hand(explorer, page):
    """Pressed on the cubic, the hand takes it along: it passes under the pointer when this is released."""
    page.drag("plane", (0.0, 0.0), (0.2, 0.3), (0.5, 0.9))
    assert explorer.values["p.I"] == pytest.approx(0.9 - cubic(0.5), abs=1e-3)
    assert len(explorer.values["runs"]) == 1, "a drag launches nothing"
    page.keys("z")
    assert explorer.values["p.I"] == 0, "one drag, one undo"


def test_the_other_nullcline_follows_when_the_parameter_moves_it_alone(explorer, page):
    row(explorer, "parameter").value = "a"
    page.drag("plane", (0.1, 1.0), (0.3, 1.0))
    assert explorer.values["p.a"] == pytest.approx(0.8 * 1.0 - 0.3, abs=1e-3)


def test_any_parameter_may_be_chosen(explorer, page):
    assert dict(row(explorer, "parameter").options).keys() == {"a", "b", "tau", "I"}
    row(explorer, "parameter").value = "tau"
    assert row(explorer, "p.tau").layout.display == ""
    assert row(explorer, "p.I").layout.display == "none"
    assert explorer.selected == "p.tau"
    row(explorer, "p.tau").children[1].value = "2,5"
    assert explorer.values["p.tau"] == 2.5
    page.keys("n")
    assert explorer.values["parameter"] == "I"


# -- the stimulus


def test_a_pulse_from_rest_fires_or_not(explorer, page):
    page.keys("e", "i")
    assert "stimulation de 1 sur I pendant 2,00\u00a0: un potentiel d'action" in explorer.text
    assert items(explorer, "time", Line, label="stimulation")
    row(explorer, "strength").children[1].value = "0,2"
    page.keys("i")
    assert "stimulation de 0,2 sur I pendant 2,00\u00a0: aucun potentiel d'action" in explorer.text
    page.keys("i")
    assert "Cette stimulation est déjà tracée" in page.pictures[-1]["text"]


def test_a_stimulus_below_rest_fires_the_neuron(explorer, page):
    explorer.change({"strength": -0.5, "width": 30.0}, "essai")
    page.keys("i")
    assert (
        "stimulation de −0,5 sur I pendant 30,0\u00a0: un potentiel d'action, rejoint le foyer stable"
        in explorer.text
    )


def test_a_jump_of_the_potential(explorer, page):
    row(explorer, "kick").value = "x"
    assert row(explorer, "width").layout.display == "none"
    explorer.change({"strength": 0.9}, "essai")
    page.keys("i")
    start = items(explorer, "plane", Points, filled=False, size=7)[-1]
    assert start.x[0] == pytest.approx(-1.19941 + 0.9, abs=1e-4)
    assert "saut de 0,9 sur v\u00a0: un potentiel d'action" in explorer.text


def test_rest_moves_with_the_parameter_and_the_stimulus_with_it(explorer, page):
    page.keys("e", "i")
    explorer.change({"p.I": 0.2}, "essai")
    start = items(explorer, "plane", Points, filled=False, size=7)[-1]
    rest = items(explorer, "plane", Points, marker="circle", size=13)[0]
    assert (start.x[0], start.y[0]) == (rest.x[0], rest.y[0])


# -- windows, pins, the cursor


def test_the_window(explorer, page):
    page.drag("plane", (1.0, 0.5))
    page.keys("+")
    assert explorer.scene.panel("plane").x.limits == (-0.25, 2.25)
    assert explorer.scene.panel("time").y.limits == (-0.25, 2.25)
    page.keys("f")
    (v0, v1), _ = explorer.values["view"]
    assert ((v0 + v1) / 2, v1 - v0) == (pytest.approx(-1.19941, abs=1e-4), pytest.approx(0.625))
    page.keys("0", "-")
    assert explorer.scene.panel("plane").x.limits == (-4.0, 6.0)
    page.keys("-", "-", "-")
    assert explorer.scene.panel("plane").x.limits == (-7.5, 7.5)
    assert "Rien n'est calculé plus loin" in page.pictures[-1]["text"]
    for label in ("×\u00a02", "÷\u00a02", "Point fixe", "Tout voir"):
        explorer.buttons[label].click()
    assert explorer.values["view"] == FHN_WINDOW


def test_pinning_keeps_the_nullclines(explorer, page):
    page.keys("p", "Maj+ArrowUp")
    grey = items(explorer, "plane", Line, colour="grey", width=1.3)
    np.testing.assert_allclose(grey[0].y, cubic(grey[0].x), atol=1e-9)
    assert "Épinglé (I = 0)\u00a0: foyer stable." in explorer.text
    explorer.buttons["Ôter l'épingle"].click()
    assert items(explorer, "plane", Line, colour="grey", width=1.3) == []


def test_the_cursor_is_linked(explorer, page):
    page.drag("time", (10.0, 0.0), (20.0, 0.0))
    assert explorer.scene.note == "t = 20,0"
    assert explorer.scene.panel("time").x.limits == (0, 200)
    trace = fitzhugh_nagumo.simulate(20, dt=0.05, start={"v": 0.25, "w": -0.1})
    (dot,) = items(explorer, "plane", Points, size=9)
    assert (dot.x[0], dot.y[0]) == (
        pytest.approx(trace.end["v"], abs=1e-6),
        pytest.approx(trace.end["w"], abs=1e-6),
    )
    page.keys("End")
    assert explorer.values["t"] == 200
    page.keys("Home")
    assert explorer.values["t"] == 0, "no run goes back: no time before the launch"
    row(explorer, "T").value = 50.0
    page.keys("End")
    assert explorer.values["t"] == 50


# -- the two diagrams


def test_trace_and_determinant(explorer, page):
    parabola, (point,) = items(explorer, "traces", Line)[0], items(explorer, "traces", Points)
    np.testing.assert_allclose(parabola.y, parabola.x**2 / 4)
    v = -1.1994080352440
    J = np.array([[1 - v**2, -1], [1 / 12.5, -0.8 / 12.5]])
    assert (point.x[0], point.y[0]) == (
        pytest.approx(np.trace(J), abs=1e-6),
        pytest.approx(np.linalg.det(J), abs=1e-6),
    )
    assert point.filled


def test_the_strip_says_and_sets_the_parameter(explorer, page):
    explorer.scene  # noqa: B018 (asked once, so that the diagram is begun)
    explorer.diagrams.wait()
    (hopf,) = items(explorer, "strip", Points, label="Hopf")
    np.testing.assert_allclose(np.sort(hopf.x), [0.33128, 1.41872], atol=1e-4)
    dashes = {
        curve.dash for curve in items(explorer, "strip", Line) if curve.colour in ("ink", "grey")
    }
    assert dashes == {"solid", "dot"}
    assert items(explorer, "strip", Line, label="oscillation")
    page.drag("strip", (0.5, 1.0), (0.8, 1.0))
    assert explorer.values["p.I"] == pytest.approx(0.8)
    page.keys("g")
    assert [p.name for p in explorer.scene.panels()] == ["plane", "time", "traces"]


def test_the_diagram_says_that_it_is_coming(explorer, page):
    row(explorer, "parameter").value = "tau"
    assert "calcul…" in explorer.scene.panel("strip").title
    explorer.diagrams.wait()
    assert explorer.scene.panel("strip").title == "Bifurcations selon tau"
    assert page.pictures[-1]["frame"]["panels"]["strip"]["title"] == "Bifurcations selon tau", (
        "it came by itself"
    )


# -- spikes that are jumps


def test_spikes_are_jumps(monkeypatch):
    explorer = explore_phase_plane(izhikevich.with_(I=10.0), "v", "u", ((-90, 40), (-22, 10)))
    Page(explorer, monkeypatch)
    threshold, landing = line(explorer, "impulsion"), line(explorer, "remise")
    np.testing.assert_allclose(threshold.x, 30.0)
    np.testing.assert_allclose(landing.x, -65.0)
    np.testing.assert_allclose(landing.y - threshold.y, 8.0)
    (run,), leaps = runs(explorer), items(explorer, "plane", Line, dash="dot", width=1.0)[0]
    assert np.isnan(run.x).any(), "the curve is lifted at a reset"
    ends = leaps.x[np.isfinite(leaps.x)]
    assert set(ends.round(6)) == {30.0, -65.0}
    assert items(explorer, "time", Line, width=1.7)[0].y.max() == pytest.approx(30, abs=1e-6)
    trace = izhikevich.simulate(
        500, dt=0.05, start=dict(zip("vu", explorer.values["runs"][0][:2], strict=True)), I=10.0
    )
    assert len(trace.spikes) > 5
    assert f"{len(trace.spikes)} potentiels d'action" in explorer.text


def test_a_start_beyond_the_threshold_is_reset_at_once(monkeypatch):
    explorer = explore_phase_plane(izhikevich.with_(I=10.0), "v", "u", ((-90, 40), (-22, 10)))
    page = Page(explorer, monkeypatch)
    page.drag("plane", (35.0, 0.0))
    start = items(explorer, "plane", Points, filled=False, size=7)[-1]
    assert (start.x[0], start.y[0]) == (-65.0, 8.0)


# -- help


def test_every_key_is_in_the_help_and_means_one_thing(explorer):
    listed = [key for key, _ in explorer.toile.touches]
    for key in (
        "Entrée",
        "I",
        "E",
        "P",
        "O",
        "+",
        "-",
        "F",
        "0",
        "Z",
        "C",
        "R",
        "?",
        "N",
        "D",
        "B",
        "M",
        "G",
        "K",
    ):
        assert listed.count(key) == 1, key
