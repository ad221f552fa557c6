"""`explore_stdp()`, used through the real controls, keys and pointer; physics against course.plasticity and by hand."""

import math

import matplotlib
import numpy as np
import pytest

from course.plasticity import (
    Additive,
    Instar,
    Multiplicative,
    TripletSTDP,
    VanRossum,
    pairing_protocol,
    stdp,
    stdp_window,
)
from course.plot.mpl import draw
from course.plot.scene import Line, Mark, Points, Raster
from course.widgets import explore_stdp
from course.widgets.stdp import disagreement
from course.widgets.stdp.view import SIDE
from tests.widgets.page import Page

STATES = {
    "additive": {},
    "nearest": {"pairing": "nearest", "pre": (10.0, 20.0, 50.0, 90.0), "post": (20.0, 30.0, 85.0)},
    "multiplicative": {"rule": "multiplicative", "c_p": 40.0, "w": 0.3},
    "van Rossum": {"rule": "van_rossum", "tau_d": 35.0},
    "triplets": {"rule": "triplet", "pre": (10.0, 40.0, 60.0, 61.0), "post": (10.0, 20.0, 45.0)},
    "triplets, nearest": {"rule": "triplet", "tissue": "hippocampus", "pairing": "nearest"},
    "sixty": {"mode": "sixty", "f": 40.0, "delta": -7.0},
    "sixty triplets": {"mode": "sixty", "rule": "triplet"},
}


@pytest.fixture
def explorer():
    return explore_stdp()


@pytest.fixture
def page(explorer, monkeypatch):
    return Page(explorer, monkeypatch)


def arrays(explorer):
    return explorer.compute(**explorer.values)


def items(explorer, panel, kind):
    return [item for item in explorer.scene.panel(panel).items if isinstance(item, kind)]


def reference(delta_t):
    return stdp_window(delta_t, 0.005, 20, 0.00525, 20)


def test_the_first_sight(explorer, page):
    assert [p.name for p in explorer.scene.panels()] == ["spikes", "traces", "weight", "window"]
    assert explorer.text.startswith(
        "Deux impulsions présynaptiques, deux postsynaptiques\u00a0: quatre paires comptent.")
    assert "la présynaptique de 50\u00a0ms\u00a0; paire a, Δt = +10\u00a0ms, Δw = +0,0030" in explorer.text
    draw(explorer.scene)


# -- spikes


def test_a_click_puts_a_spike_and_a_drag_moves_it(explorer, page):
    page.drag("spikes", (80.2, 2.1))
    assert explorer.values["pre"] == (50.0, 80.0, 120.0)
    assert explorer.values["chosen"] == ("pre", 80.0)
    page.drag("spikes", (60.9, 0.2), (75, 0.1), (91.2, 2.0))  # it stays on its lane
    assert explorer.values["post"] == (90.0, 105.0)
    page.keys("z")
    assert explorer.values["post"] == (60.0, 105.0)
    page.drag("spikes", (59.0, -0.2))  # a press alone chooses
    assert explorer.values["post"] == (60.0, 105.0)
    assert explorer.values["chosen"] == ("post", 60.0)


def test_a_spike_dragged_out_is_gone_and_comes_back(explorer, page):
    page.drag("spikes", (120, 2), (120, 9))
    assert explorer.values["pre"] == (50.0,)
    page.drag("spikes", (50, 2), (60, 9), (70, 2))
    assert explorer.values["pre"] == (70.0,)
    page.drag("spikes", (150, 2), (150, 9))  # a new one that is not wanted
    assert explorer.values["pre"] == (70.0,)


def test_a_dragged_spike_stays_inside_and_off_the_others(explorer, page):
    page.drag("spikes", (50, 2), (-30, 2))
    assert explorer.values["pre"] == (0.0, 120.0)
    page.drag("spikes", (0, 2), (120, 2))
    assert explorer.values["pre"] == (120.0, 121.0)
    page.drag("spikes", (105, 0), (500, 0))
    assert explorer.values["post"] == (60.0, 200.0)


def test_the_keys_alone_do_it(explorer, page):
    page.keys("ArrowRight", "Maj+ArrowRight")
    assert explorer.values["pre"] == (61.0, 120.0)
    page.keys("ArrowLeft")  # coincident with the postsynaptic one: Δt = 0 is causal
    assert arrays(explorer)["run"].w > 0.5
    assert "Δt = 0\u00a0ms, Δw = +0,0050" in explorer.text
    page.keys("s", "ArrowRight")
    assert explorer.values["post"] == (61.0, 105.0)
    page.keys("q", "Delete")
    assert explorer.values["pre"] == (120.0,)
    assert explorer.values["chosen"] == ("post", 61.0)
    page.keys("a", "e")
    assert explorer.values["pre"] == (71.0, 120.0)
    assert explorer.values["post"] == (61.0, 81.0, 105.0)
    page.keys("z", "z")
    assert explorer.values["pre"] == (120.0,)
    page.keys("z")
    assert explorer.values["pre"] == (60.0, 120.0)


def test_a_spike_jumps_over_its_neighbour(explorer, page):
    explorer.change({"pre": (50.0, 51.0), "chosen": ("pre", 50.0), "at": 50.0}, "x")
    page.keys("ArrowRight")
    assert explorer.values["pre"] == (51.0, 52.0)
    explorer.change({"pre": (199.0, 200.0), "chosen": ("pre", 199.0), "at": 199.0}, "y")
    page.keys("ArrowRight")
    assert explorer.values["pre"] == (199.0, 200.0)  # no place further on


def test_the_last_spike_may_go_and_others_come(explorer, page):
    page.keys(*["Backspace"] * 5)
    assert "Aucune impulsion\u00a0: cliquez" in explorer.text
    assert explorer.text.startswith("Aucune impulsion n'est choisie.")
    draw(explorer.scene)
    at = explorer.values["at"]
    page.keys("ArrowLeft", "e")
    assert explorer.values["post"] == (at - 1,)
    assert "aucune paire ne compte. Le poids reste à 0,5000." in explorer.text
    page.keys(*["e"] * 20)
    assert len(explorer.values["post"]) == 12
    assert "Pas plus de 12 impulsions" in explorer.text


def test_the_slider_of_the_spike_moves_it(explorer, page):
    explorer.rows["at"].widget.children[0].value = 73
    assert explorer.values["pre"] == (73.0, 120.0)
    assert explorer.values["t"] == 73


# -- physics


@pytest.mark.parametrize("changes", STATES.values(), ids=STATES)
def test_the_parts_of_the_pairs_make_the_change(explorer, page, changes):
    """No bound is met: what the points of the window say adds up to the weight, spike after spike."""
    explorer.change(changes | {"chosen": None}, "x")
    found = arrays(explorer)
    run = found["run"]
    each = np.zeros(len(run.times))
    np.add.at(each, disagreement.second(found["pairs"], run), found["each"])
    np.testing.assert_allclose(found["w0"] + np.concatenate([[0], np.cumsum(each)]), run.weights, atol=1e-13)


def test_the_weight_is_the_sum_over_pairs_by_hand(explorer, page):
    pre, post = (12.0, 47.0, 130.0), (20.0, 47.0, 90.0, 131.0)
    explorer.change({"pre": pre, "post": post, "chosen": None}, "x")
    by_hand = sum(
        0.005 * math.exp(-(b - a) / 20) if b >= a else -0.00525 * math.exp((b - a) / 20) for a in pre for b in post
    )
    assert arrays(explorer)["run"].w - 0.5 == pytest.approx(by_hand, abs=1e-14)


def test_the_pictures_say_the_run(explorer, page):
    explorer.change({"pre": (20.0, 90.0), "post": (55.0,), "chosen": ("post", 55.0), "at": 55.0}, "x")
    run = stdp([20.0, 90.0], [55.0], 0.5, Additive())
    before, after = items(explorer, "spikes", Raster)
    assert (before.x.tolist(), after.x.tolist()) == ([20.0, 90.0], [55.0])
    r1, o1 = items(explorer, "traces", Line)
    np.testing.assert_allclose(r1.y, run.trace("r1", r1.x))
    assert o1.y[np.searchsorted(o1.x, 75)] == pytest.approx(math.exp(-1))
    (w,) = items(explorer, "weight", Line)
    np.testing.assert_allclose(w.y[::2], run.weights)
    up, down = items(explorer, "window", Points)
    assert (up.x[0], up.y[0]) == (35.0, pytest.approx(0.005 * math.exp(-35 / 20)))
    assert (down.x[0], down.y[0]) == (-35.0, pytest.approx(-0.00525 * math.exp(-35 / 20)))
    *joins, a, b = items(explorer, "spikes", Line)
    assert [(line.x[:2].tolist(), line.y[0] > line.y[1]) for line in joins] == [([20, 55], True), ([90, 55], True)]
    assert [(line.x.tolist(), line.y[0] < line.y[1]) for line in (a, b)] == [([55, 20], True), ([55, 90], True)]
    for panel in ("spikes", "window"):  # each pair is named in both
        assert [mark.text for mark in items(explorer, panel, Mark) if mark.text] == ["a", "b"]


def test_the_curve_is_what_one_pair_does_to_this_weight(explorer, page):
    explorer.change({"rule": "multiplicative", "w": 0.9, "pre": (50.0,), "post": (65.0,), "chosen": None}, "x")
    found = arrays(explorer)
    assert found["window"][115] == pytest.approx(stdp([0.0], [15.0], 0.9, Multiplicative()).w - 0.9)
    assert found["window"][85] == pytest.approx(stdp([15.0], [0.0], 0.9, Multiplicative()).w - 0.9)
    assert found["each"] == pytest.approx(found["window"][115])


@pytest.mark.parametrize("rule", [Additive(), VanRossum(0.01, 15, 0.02, 30, noise=0), TripletSTDP.visual_cortex()])
@pytest.mark.parametrize(("f", "delta"), [(20.0, 10.0), (50.0, -10.0), (0.5, 0.0)])
def test_sixty_pairs(rule, f, delta, monkeypatch):
    explorer = explore_stdp(rule=rule)
    Page(explorer, monkeypatch)
    explorer.change({"mode": "sixty", "f": f, "delta": delta}, "x")
    w0 = arrays(explorer)["w0"]
    w = stdp(*pairing_protocol(f, delta), w0, rule).w
    assert arrays(explorer)["run"].w == w
    point = [p for p in items(explorer, "frequency", Points) if len(p.x) == 1 and p.filled][0]
    assert (point.x[0], point.y[0]) == (f, pytest.approx(100 * (w - w0) / w0))
    assert len(items(explorer, "frequency", Line)) == (2 if delta else 1)


def test_why_frequency_matters(explorer, page):
    """Visual cortex, +10 ms: nothing at 0.5 Hz, +53 % at 40 Hz, where triplets bring it; additive pairs say less."""
    explorer.change({"mode": "sixty", "rule": "triplet", "f": 0.5, "delta": 10.0}, "x")
    assert abs(arrays(explorer)["run"].w - 1) < 0.01
    assert "il reste 0\u00a0% de sa trace lente" in explorer.text
    explorer.change({"f": 40.0}, "x")
    found = arrays(explorer)
    assert found["run"].w - 1 == pytest.approx(0.53, abs=0.01)
    assert found["twos"].sum() < 0 < found["threes"].sum()
    assert f"il reste {100 * math.exp(-25 / 125):.0f}\u00a0% de sa trace lente o₂" in explorer.text
    assert "(creux\u00a0: mesures)" in explorer.scene.panel("frequency").title
    explorer.change({"rule": "additive"}, "x")
    assert "Les paires voulues apportent +0,182" in explorer.text
    assert 60 * 0.005 * math.exp(-0.5) == pytest.approx(0.182, abs=5e-4)


def test_in_the_protocol_the_arrows_move_the_cursor(explorer, page):
    page.keys("m", "Home", "Maj+ArrowRight")
    assert explorer.values["t"] == 10
    assert explorer.values["pre"] == (50.0, 120.0)
    page.drag("spikes", (33, 1))
    assert explorer.values["t"] == 33
    assert "À 33\u00a0ms\u00a0: r₁ = " in explorer.text


def test_bounds_are_said(explorer, page):
    explorer.change({"c_p": 50.0, "mode": "sixty", "f": 10.0}, "x")
    assert "La borne 1 l'arrête à" in explorer.text


# -- the student's window


def student(f, monkeypatch, **changes):
    explorer = explore_stdp(f)
    Page(explorer, monkeypatch)
    explorer.change(changes, "x")
    return explorer


@pytest.mark.parametrize("f", [
    reference,
    lambda d: np.where(d >= 0, 0.005 * np.exp(-d / 20), -0.00525 * np.exp(d / 20)),  # an array of no dimension
    lambda d: 0.005 * math.exp(-d / 20) if d >= 0 else -0.00525 * math.exp(d / 20),
])
def test_a_right_window_agrees(f, monkeypatch):
    explorer = student(f, monkeypatch)
    assert "Votre fonction s'accorde avec la référence" in explorer.text
    found = arrays(explorer)
    np.testing.assert_allclose(found["own_weights"], found["run"].weights, atol=1e-12)
    assert len(items(explorer, "weight", Line)) == 2
    explorer.change({"mode": "sixty", "f": 30.0, "delta": -12.0}, "x")
    assert "s'accorde" in explorer.text
    explorer.change({"mode": "sixty", "f": 30.0, "delta": 0.0}, "x")
    assert "s'accorde" in explorer.text


def test_the_first_disagreement_is_said(monkeypatch):
    explorer = student(lambda d: -reference(d), monkeypatch)
    assert ("Premier désaccord à 60\u00a0ms, paire de Δt = +10\u00a0ms\u00a0: votre fonction donne −0,003033, "
            "la référence 0,003033 (partout l'opposé).") in explorer.text
    assert "(partout 200 fois)" in student(lambda d: 200 * reference(d), monkeypatch).text
    assert "nulle partout" in student(lambda d: 0, monkeypatch).text
    late = student(lambda d: reference(d) if d >= 0 else -0.001, monkeypatch)
    assert "Premier désaccord à 105\u00a0ms" not in late.text
    assert "Premier désaccord à 120\u00a0ms, paire de Δt = −60\u00a0ms" in late.text


def test_coincident_spikes_tell_a_strict_inequality(monkeypatch):
    def strict(d):
        return reference(d) if d > 0 else -0.00525 * math.exp(d / 20)

    explorer = student(strict, monkeypatch)
    assert "Ces paires ne les départagent pas\u00a0; à Δt = 0\u00a0ms, votre fonction donne −0,00525" in explorer.text
    explorer.change({"post": (50.0,)}, "x")
    assert "Premier désaccord à 50\u00a0ms, paire de Δt = 0\u00a0ms" in explorer.text
    assert arrays(explorer)["own_weights"][-1] < 0.5 < arrays(explorer)["run"].w + 0.01


@pytest.mark.parametrize(("f", "said"), [
    (lambda d: 1 / d, "À Δt = 0\u00a0ms, votre fonction lève ZeroDivisionError (float division by zero)."),
    (lambda d: None, "À Δt = 0\u00a0ms, votre fonction doit rendre un nombre, et rend None."),
    (lambda d: [0.1], "doit rendre un nombre, et rend [0.1]"),
    (lambda d: d > 0, "doit rendre un nombre, et rend False"),
    (lambda d: 1j, "doit rendre un nombre, et rend 1j"),
    (lambda d: np.array([0.1]), "doit rendre un nombre, et rend array([0.1])"),
    (lambda d: math.nan, "doit rendre un nombre fini, et rend nan"),
    (lambda d: math.inf if d == 10 else 0.0, "À Δt = +10\u00a0ms, votre fonction doit rendre un nombre fini"),
    (lambda a, b: 0.0, "lève TypeError"),
])
def test_a_window_that_fails_is_told_and_blocks_nothing(f, said, monkeypatch):
    explorer = student(f, monkeypatch)
    assert said in explorer.text
    assert "Le poids passe de 0,5000 à 0,5006" in explorer.text
    draw(explorer.scene)
    explorer.change({"mode": "sixty"}, "y")
    assert said in explorer.text
    assert len(items(explorer, "weight", Line)) == 2


def test_a_window_that_fails_later_has_a_weight_until_then(monkeypatch):
    explorer = student(lambda d: reference(d) if abs(d) != 55 else math.nan, monkeypatch)
    found = arrays(explorer)
    np.testing.assert_allclose(found["own_weights"][:3], found["run"].weights[:3])
    assert np.isnan(found["own_weights"][3:]).all()
    assert "À Δt = +55\u00a0ms, votre fonction doit rendre un nombre fini" in explorer.text
    assert explorer.scene.panel("weight").y.limits[0] < 0.5


def test_a_window_is_asked_each_value_once(monkeypatch):
    asked = []

    def f(d):
        asked.append(d)
        return reference(d)

    explorer = student(f, monkeypatch, mode="sixty")
    explorer.change({"f": 30.0}, "y")
    assert all(type(d) is float for d in asked)
    assert len(asked) == len(set(asked)) < 201 + 4 * 120


def test_refusals():
    with pytest.raises(ValueError, match="explore_stdp.update\u00a0: une fonction f\\(delta_t\\), reçu 3"):
        explore_stdp(3)
    with pytest.raises(ValueError, match="explore_stdp.rule\u00a0: une règle à paires ou à triplets.*Instar"):
        explore_stdp(rule=Instar())
    with pytest.raises(ValueError, match="explore_stdp.rule.*reçu 'additive'"):
        explore_stdp(rule="additive")


@pytest.mark.parametrize("rule", [
    Additive(1.0, 20, 1.0, 20, low=-math.inf, high=math.inf), VanRossum(), Multiplicative(0.2, 10, 0.1, 40, 0, 2),
    TripletSTDP(0.1, 0.2, 0.1, 0.05, 300, 60), Additive(c_d=0),
])
def test_one_starts_from_one_s_rule(rule, monkeypatch):
    explorer = explore_stdp(rule=rule)
    Page(explorer, monkeypatch)
    found = arrays(explorer)
    expected = VanRossum(noise=0) if isinstance(rule, VanRossum) else rule
    assert found["rule"] == expected
    for _, kind in explorer.controls["rule"].options:
        explorer.change({"rule": kind, "pre": (), "post": ()}, "x")
        assert len(list(explorer.scene.panels())) == 4
        explorer.change({"mode": "sixty"}, "x")
        assert "60 paires à 20\u00a0Hz, Δt = +10\u00a0ms." in explorer.text
        assert len(list(explorer.scene.panels())) == 5
        explorer.undo()
        explorer.undo()


# -- the text


@pytest.mark.parametrize("changes", STATES.values(), ids=STATES)
def test_the_text_repeats_the_state(explorer, page, changes):
    explorer.change(changes | {"chosen": None}, "x")
    matplotlib.use("agg")
    names = {}
    text = explorer.code(explorer.values)
    assert all(len(line) <= 79 for line in text.splitlines())
    exec(text, names)  # noqa: S102
    np.testing.assert_array_equal(names["run"].weights, arrays(explorer)["run"].weights)


def test_letters_stay_on_the_window(explorer, page):
    explorer.change({"pre": tuple(np.arange(0.0, 200, 17)), "post": tuple(np.arange(5.0, 200, 17)),
                     "chosen": ("pre", 102.0), "at": 102.0}, "x")
    marks = [mark for mark in items(explorer, "window", Mark) if mark.text]
    assert all(abs(mark.x) < SIDE + 2 for mark in marks)
    assert len({mark.text for mark in marks}) == len(marks)
    assert "et neuf autres" in explorer.text
