"""Every verb of `explore_hodgkin_huxley`, used through the real controls, keys and pointer."""

import numpy as np
import pytest

from course.neurons import hodgkin_huxley
from course.plot.french import decimal
from course.plot.scene import Arrows, Line, Points


def line(explorer, panel, n=0):
    return [item for item in explorer.scene.panel(panel).items if isinstance(item, Line)][n]


def points(explorer, panel):
    return [item for item in explorer.scene.panel(panel).items if isinstance(item, Points)]


def row(explorer, name):
    return explorer.rows[name].widget


def drag_slider(explorer, name, value):
    row(explorer, name).children[0].value = value


# -- what is seen at first


def test_the_first_sight(explorer):
    assert [p.name for p in explorer.scene.panels()] == ["stimulus", "V", "gates", "currents", "tau", "inf"]
    assert explorer.text.startswith("Trois potentiels d'action, le premier à 6,9\u00a0ms, puis un toutes les")
    assert "V culmine à 40\u00a0mV." in explorer.text
    trace = hodgkin_huxley.simulate(50, dt=0.02, I=lambda t: 10.0 * (t >= 5))
    np.testing.assert_allclose(line(explorer, "V").y, trace["V"], atol=1e-9)
    assert [line(explorer, "currents", n).label for n in range(3)] == ["I_{Na}", "I_{K}", "I_{L}"]


def test_colour_never_stands_alone(explorer):
    for panel in ("gates", "currents", "tau", "inf"):
        lines = [line(explorer, panel, n) for n in range(3)]
        assert len({item.dash for item in lines}) == 3
        assert len({item.colour for item in lines}) == 3
        assert len({point.marker for point in points(explorer, panel)}) == 3


# -- the stimulus


def test_the_current_moved_by_its_slider(explorer, page):
    drag_slider(explorer, "I", 5.0)
    assert explorer.text.startswith("Un potentiel d'action, à 8,0\u00a0ms")
    assert line(explorer, "stimulus").y.max() == 5
    drag_slider(explorer, "I", 2.0)
    assert explorer.text.startswith("Aucun potentiel d'action\u00a0; V culmine à −6")
    assert page.pictures[-1]["text"] == explorer.text


def test_the_current_moved_by_keys(explorer, page):
    page.keys("ArrowUp", "Maj+ArrowUp", "ArrowDown")
    assert explorer.values["I"] == 11
    assert row(explorer, "I").children[0].value == 11
    assert row(explorer, "I").children[1].value == "11"


def test_the_current_typed(explorer, page):
    row(explorer, "I").children[1].value = "6,25"
    assert explorer.values["I"] == 6.25
    row(explorer, "I").children[1].value = "beaucoup"
    assert explorer.values["I"] == 6.25
    assert "n'est pas un nombre" in page.pictures[-1]["text"]


def test_the_start_of_the_step(explorer, page):
    drag_slider(explorer, "start", 20.0)
    stimulus = line(explorer, "stimulus")
    assert stimulus.y[stimulus.x < 20].max() == 0
    assert "le premier à 21,9" in explorer.text


def test_a_pulse(explorer, page):
    row(explorer, "stimulus").value = "pulse"
    assert explorer.text.startswith("Un potentiel d'action")
    assert row(explorer, "duration").layout.display == ""
    drag_slider(explorer, "duration", 0.4)
    stimulus = line(explorer, "stimulus")
    assert 0.02 * (stimulus.y > 0).sum() == pytest.approx(0.4)
    assert explorer.text.startswith("Aucun potentiel d'action")


def test_noise_is_drawn_again_by_relaunching(explorer, page):
    row(explorer, "stimulus").value = "noise"
    assert row(explorer, "sd").layout.display == ""
    assert row(explorer, "start").layout.display == "none"
    first = line(explorer, "stimulus").y
    assert first.std() == pytest.approx(10, rel=0.25)
    explorer.buttons["Relancer"].click()
    second = line(explorer, "stimulus").y
    assert np.abs(first - second).max() > 1
    page.keys("z")
    np.testing.assert_array_equal(line(explorer, "stimulus").y, first)
    page.keys("Enter")
    np.testing.assert_array_equal(line(explorer, "stimulus").y, second)
    drag_slider(explorer, "sd", 0.0)
    assert np.ptp(line(explorer, "stimulus").y) == 0


def test_relaunching_without_noise_says_why_nothing_changes(explorer, page):
    before = line(explorer, "V").y
    page.keys("Enter")
    assert line(explorer, "V").y is before
    assert "le modèle est déterministe" in page.pictures[-1]["text"]


def test_the_pointer_draws_the_current(explorer, page):
    row(explorer, "stimulus").value = "drawn"
    assert explorer.scene.panel("stimulus").pen
    assert line(explorer, "stimulus").y[-1] == 10, "one starts from the step one was looking at"
    explorer.buttons["Effacer"].click()
    assert explorer.text.startswith("Aucun potentiel d'action")
    page.drag("stimulus", (10.0, 0.0), (15.0, 20.0), (20.0, 20.0))
    t, drawn = explorer.scene.panel("stimulus").items[0].x, line(explorer, "stimulus").y
    assert drawn[t < 10].max() == 0
    assert np.all(drawn[(t > 15.1) & (t < 20.4)] == 20)
    assert 5 < drawn[(t > 12) & (t < 13)].mean() < 15, "the stroke joins its points"
    assert drawn[t > 21].max() == 0
    assert explorer.text.startswith("Un potentiel d'action")
    assert explorer.values["t"] == 20, "the cursor follows the pen"
    page.keys("z")
    assert line(explorer, "stimulus").y.max() == 0, "one stroke, one undo"


def test_a_stroke_out_of_bounds_stays_on_the_panel(explorer, page):
    row(explorer, "stimulus").value = "drawn"
    page.drag("stimulus", (-5.0, 1e4), (500.0, -1e4))
    drawn = np.array(explorer.values["drawn"])
    assert (drawn.max(), drawn.min()) == (100, -20)


def test_keys_draw_the_current(explorer, page):
    page.keys(" ")
    assert "Choisissez le stimulus dessiné" in page.pictures[-1]["text"]
    page.keys("s", "s", "s", "Delete", "Home", "ArrowUp", " ", " ")
    assert explorer.values["stimulus"] == "drawn"
    assert explorer.values["t"] == 2
    drawn = line(explorer, "stimulus")
    assert drawn.y[drawn.x < 2].tolist() == [10.1] * 100
    assert drawn.y[drawn.x > 2.01].max() == 0


# -- channels, temperature, duration


def test_tetrodotoxin_by_checkbox_and_by_key(explorer, page):
    row(explorer, "ttx").value = True
    assert np.abs(line(explorer, "currents", 0).y).max() == 0
    assert "canaux bloqués\u00a0: Na (TTX)" in explorer.text
    assert explorer.text.startswith("Aucun potentiel d'action")
    page.keys("n")
    assert not row(explorer, "ttx").value
    assert explorer.text.startswith("Trois potentiels d'action")


def test_tetraethylammonium_keeps_the_axon_depolarised(explorer, page):
    page.keys("k")
    assert row(explorer, "tea").value
    assert np.abs(line(explorer, "currents", 1).y).max() == 0
    assert line(explorer, "V").y[-1] > -30
    assert "K (TEA)" in explorer.text


def test_noise_around_zero_is_not_firing(explorer, page):
    explorer.change({"stimulus": "noise", "tea": True}, "essai")
    V = line(explorer, "V").y
    assert ((V[1:] >= 0) & (V[:-1] < 0)).sum() > 1
    assert explorer.text.startswith("Un potentiel d'action, à 1,3")
    explorer.change({"ttx": True, "tea": True, "stimulus": "step", "I": 60.0}, "essai")
    assert line(explorer, "V").y.max() > 50
    assert explorer.text.startswith("Aucun potentiel d'action")


def test_warmth_shortens_the_spike_and_divides_the_time_constants(explorer, page):
    def width():
        V = line(explorer, "V").y
        return (V > 0).sum() * 0.02 / max(1, ((V[1:] > 0) & (V[:-1] <= 0)).sum())

    cold, tau = width(), line(explorer, "tau").y
    row(explorer, "celsius").children[1].value = "16,3"
    assert width() < 0.6 * cold
    np.testing.assert_allclose(line(explorer, "tau").y, tau / 3, rtol=1e-9)
    np.testing.assert_allclose(line(explorer, "inf").y, hodgkin_huxley.evaluate("m_inf", V=line(explorer, "inf").x))


def test_the_duration_keeps_the_cursor_inside(explorer, page):
    page.keys("End")
    assert explorer.values["t"] == 50
    row(explorer, "T").value = 20
    assert explorer.values["t"] == 20
    assert explorer.scene.panel("V").x.limits == (0, 20)
    page.keys("d", "d")
    assert explorer.values["T"] == 100
    assert explorer.text.startswith("Sept potentiels d'action")


# -- the cursor in time


def test_the_cursor_is_shared_and_the_points_follow(explorer, page):
    page.drag("gates", (7.0, 0.5), (12.3, 0.5))
    scene, at = explorer.scene, 615
    assert scene.cursor == 12.3
    assert scene.note == "t = 12,3\u00a0ms"
    V = line(explorer, "V").y[at]
    assert points(explorer, "V")[0].y[0] == V
    assert f"À t = 12,3\u00a0ms\u00a0: V = {decimal(V)}\u00a0mV" in explorer.text
    n = line(explorer, "gates", 2).y[at]
    assert f"n = {decimal(n, 2)}" in explorer.text
    assert line(explorer, "gates", 2).label == f"n = {decimal(n, 2)}"
    followers = [p for p in points(explorer, "inf") if p.marker == "circle"]
    assert [p.x[0] for p in followers] == [V, V]
    target = hodgkin_huxley.evaluate("n_inf", V=V)
    assert [p.y[0] for p in followers] == [n, pytest.approx(target, abs=1e-4)]
    arrow = [item for item in scene.panel("inf").items if isinstance(item, Arrows)][2]
    assert arrow.dy[0] == pytest.approx(target - n, abs=1e-4), "the gate runs after its target"


def test_moving_the_cursor_sends_almost_nothing(explorer, page):
    page.keys("ArrowRight")
    message, buffers = next(m for m in reversed(page.messages) if "frame" in m[0])
    assert sum(map(len, buffers)) < 200
    assert explorer.values["t"] == 8.1


def test_a_click_outside_time_moves_nothing(explorer, page):
    page.drag("tau", (0.0, 1.0))
    assert explorer.values["t"] == 8


# -- pinning, undoing


def test_pinning_compares_two_runs(explorer, page):
    before = line(explorer, "V").y
    explorer.buttons["Épingler"].click()
    assert page.pictures[-1]["text"].startswith("Trace épinglée.")
    drag_slider(explorer, "I", 5.0)
    pinned, now = line(explorer, "V", 0), line(explorer, "V", 1)
    np.testing.assert_array_equal(pinned.y, before)
    assert (pinned.label, pinned.dash) == ("épinglée", "long")
    assert now.y.max() > 0
    assert "Trace épinglée\u00a0: trois potentiels d'action" in explorer.text
    assert explorer.buttons["Ôter l'épingle"].layout.display == ""
    page.keys("o")
    assert line(explorer, "V").label == ""
    assert explorer.buttons["Ôter l'épingle"].layout.display == "none"
    page.keys("z", "z")
    assert explorer.values["I"] == 10


def test_undo_takes_a_whole_drag_back_and_moves_the_controls(explorer, page):
    for value in (11.0, 12.0, 13.0):
        drag_slider(explorer, "I", value)
    row(explorer, "ttx").value = True
    explorer.buttons["Annuler"].click()
    assert not row(explorer, "ttx").value
    assert page.pictures[-1]["text"].startswith("Annulé.")
    page.keys("z")
    assert row(explorer, "I").children[0].value == 10
    page.keys("z")
    assert page.pictures[-1]["text"].startswith("Rien à annuler.")


def test_every_verb_and_every_control_with_a_key_is_in_the_help(explorer):
    listed = [key for key, _ in explorer.toile.touches]
    for key in ("Entrée", "P", "O", "Espace", "Suppr", "S", "D", "N", "K"):
        assert listed.count(key) == 1


def test_no_setting_breaks_the_run(explorer, page):
    """The corners of every slider: RK4 gives way to exponential Euler, and says so."""
    corners = [
        {"I": -20.0, "celsius": 30.0}, {"I": 100.0, "celsius": 30.0, "ttx": True, "tea": True},
        {"stimulus": "noise", "sd": 50.0, "I": -20.0, "celsius": 30.0},
        {"stimulus": "noise", "sd": 50.0, "I": 100.0, "celsius": 0.0, "tea": True},
    ]  # fmt: skip
    said = []
    for corner in corners:
        explorer.change({"ttx": False, "tea": False, "stimulus": "step", "T": 200} | corner, "coin")
        for n in range(3):
            gate = line(explorer, "gates", n).y
            assert gate.min() >= -1e-9
            assert gate.max() <= 1 + 1e-9
        said.append("Euler exponentiel" in explorer.text)
    assert any(said)


def test_the_two_schemes_agree_where_both_hold(explorer):
    from course.widgets.hodgkin_huxley.run import RK4, STIFF

    spikes = [hodgkin_huxley.simulate(50, I=10, **scheme).spikes for scheme in (RK4, STIFF)]
    np.testing.assert_allclose(*spikes, atol=0.2)
