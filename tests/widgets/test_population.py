"""`explore_population()`, used through the real controls, keys and pointer."""

import math

import numpy as np
import pytest

from course.plot.mpl import draw
from course.plot.scene import Line, Points
from course.rates import hysteresis, steady_states, transfer
from course.widgets import explore_population
from tests.widgets.planes import items


@pytest.fixture
def explorer():
    return explore_population()


def test_the_first_sight(explorer, page):
    assert [p.name for p in explorer.scene.panels()] == ["time", "slope", "steady", "folds"]
    assert explorer.text.startswith("Bistabilité\u00a0: r* = 5,0\u00a0Hz et r* = 500\u00a0Hz, séparés par 77,7\u00a0Hz")
    assert "entre −30,14 et 0,14" in explorer.text
    draw(explorer.scene)


def test_the_zeros_of_the_derivative_are_marked_by_what_they_are(explorer, page):
    (stable,) = items(explorer, "slope", Points, label="stable")
    (lost,) = items(explorer, "slope", Points, label="instable")
    low, middle, high = steady_states(-2, 0.1)
    np.testing.assert_allclose(stable.x, [low, high])
    np.testing.assert_allclose(lost.x, [middle])
    assert stable.filled
    assert not lost.filled
    (curve,) = items(explorer, "slope", Line)
    np.testing.assert_allclose(curve.y, (transfer(-2 + 0.1 * curve.x) - curve.x) / 20, atol=1e-9)


def test_there_and_back_are_what_a_slow_current_does(explorer, page):
    for name, way in (("aller", 1), ("retour", -1)):
        (line,) = items(explorer, "steady", Line, label=name)
        I = np.linspace(-50, 30, 33)[::way] + 0.03  # off the folds
        rates = hysteresis(I, I[:1], hold=4000)[0] if way > 0 else hysteresis([40.0], I, hold=4000)[1]
        order = np.argsort(line.x, kind="stable")
        drawn = np.interp(I, line.x[order], line.y[order])
        np.testing.assert_allclose(drawn, rates, atol=1.0)
    page.keys("h")
    assert not items(explorer, "steady", Line, label="aller")


def test_inhibition_has_one_state_and_no_hysteresis(explorer, page):
    explorer.change({"w": -0.05, "I_ext": 20.0}, "x")
    assert explorer.text.startswith("Un seul état stationnaire, r* = 214\u00a0Hz")
    assert "il en faut plus de 0,020 pour deux" in explorer.text
    assert not items(explorer, "steady", Line, label="aller")


def test_a_click_says_the_current_or_both(explorer, page):
    page.drag("steady", (-12.03, 300))
    assert explorer.values["I_ext"] == pytest.approx(-12.05)
    page.drag("folds", (10, 0.0503))
    assert (explorer.values["I_ext"], explorer.values["w"]) == (10.0, 0.05)
    page.drag("folds", (900, 3))
    assert (explorer.values["I_ext"], explorer.values["w"]) == (40.0, 0.2)
    page.keys("z")
    assert (explorer.values["I_ext"], explorer.values["w"]) == (10.0, 0.05)


def test_a_rate_to_start_from(explorer, page):
    page.drag("slope", (80, 3))
    assert explorer.values["starts"] == (80.0,)
    run = items(explorer, "time", Line)[2]
    assert run.y[0] == 80
    assert run.y[-1] == pytest.approx(500, abs=1), "above the unstable state, it goes up"
    page.keys("e")
    assert explorer.values["starts"] == ()
    page.drag("slope", (-30, 0))
    assert explorer.values["starts"] == (0.0,)


def test_beside_each_state(explorer, page):
    page.keys("Enter")
    np.testing.assert_allclose(explorer.values["starts"], 1.01 * steady_states(-2, 0.1))
    ends = [line.y[-1] for line in items(explorer, "time", Line)[2:]]
    np.testing.assert_allclose(ends, steady_states(-2, 0.1)[[0, 2, 2]], atol=0.5)


def test_every_run_has_its_look(explorer, page):
    page.keys("Enter")
    lines = items(explorer, "time", Line)
    assert len({(line.colour, line.dash) for line in lines}) == len(lines) == 5


def test_the_fold_of_the_cusp(explorer, page):
    (curve,) = items(explorer, "folds", Line)
    k = int(np.nanargmin(curve.y))
    assert curve.y[k] == pytest.approx(0.02, abs=1e-5), "w r_max κ/2 = 1"
    assert curve.x[k] == pytest.approx(10 - 0.02 * 250, abs=0.1)


def fI(I):
    return 250 * (1 + math.tanh(0.2 * (I - 10))) if I < 1e6 else 500.0


def drdt(r, I_ext, w):
    return (transfer(I_ext + w * r) - r) / 20


@pytest.mark.parametrize("own", [{"fI": fI}, {"drdt": drdt}])
def test_a_function_of_one_s_own(own):
    explorer, ours = explore_population(**own), explore_population()
    assert explorer.text.startswith(ours.text.partition("À t =")[0])
    assert "Fonction appelée numériquement" in explorer.text


def test_a_derivative_of_another_form_keeps_its_branches():
    """Without τ and without 1/τ's place in it: dr/dt = Φ - r² /100; the curve follows it all the same."""
    explorer = explore_population(drdt=lambda r, I_ext, w: (transfer(I_ext + w * r) - r * r / 100) / 20)
    names = [p.name for p in explorer.scene.panels()]
    assert names == ["time", "slope", "steady"]
    lines = [i for i in items(explorer, "steady", Line, colour="ink") if np.isfinite(i.y).any()]
    for line in lines:
        shown = np.isfinite(line.y) & np.isfinite(line.x)
        I, r = line.x[shown], line.y[shown]
        np.testing.assert_allclose(transfer(I + 0.1 * r), r * r / 100, atol=1e-6)
    assert lines


def test_the_code_says_what_is_seen(explorer, page):
    page.keys("Enter")
    names: dict = {}
    exec(explorer.code(explorer.values), names)
    seen = items(explorer, "time", Line)
    np.testing.assert_allclose(names["trace"]["r"], np.array([line.y for line in seen]).T, rtol=1e-4, atol=1e-3)
    np.testing.assert_allclose(names["aller"][0], steady_states(-60, 0.1)[0], atol=1e-6)


def test_what_is_refused():
    with pytest.raises(ValueError, match="^explore_population.drdt\u00a0: fI ou drdt, pas les deux"):
        explore_population(fI, drdt)
    with pytest.raises(ValueError, match="^with_transfer.Phi\u00a0: une fonction croissante"):
        explore_population(lambda I: 500 - fI(I))
