"""The explorer of the ring: what one does, what is drawn and said, what the long computations give."""

import itertools

import numpy as np
import pytest

from course.plot.mpl import draw
from course.plot.scene import Image, Line, Mark, Points
from course.rates import RingAttractor, bump_regimes
from course.widgets import explore_bump
from course.widgets.bump.compute import GRID, J0, J1, TRIALS

SMALL = RingAttractor(32, -0.25, 0.6, 30.0, sigma=2.0)


@pytest.fixture
def explorer():
    e = explore_bump(SMALL)
    e.change({"T": 2000.0}, "T")
    return e


def pointer(e, panel, x, y, phase="down"):
    e._draw(0)
    e.point({"event": "pointer", "phase": phase, "panel": panel, "x": x, "y": y})


def of(panel, kind):
    return [item for item in panel.items if isinstance(item, kind)]


def lines(panel):
    return {item.label: item for item in of(panel, Line)}


def test_it_opens_on_a_memory(explorer):
    image = of(explorer.scene.panel("space"), Image)[0]
    assert image.shape == (32, 401)
    assert image.values[8, -1] > 300  # 90 degrees, at the end
    assert image.values[24, -1] < 20
    assert "Indice à 90° de 300 à 550\u00a0ms" in explorer.text
    assert "à la fin, la bosse est à " in explorer.text
    assert "distracteur" not in explorer.text


def test_a_click_distracts_and_the_next_one_begins_again(explorer):
    pointer(explorer, "space", 1203.0, 200.4)
    assert explorer.values["cue"] == (90.0, 300.0)
    assert explorer.values["distractor"] == (200.0, 1200.0)
    assert "distracteur à 200° à 1200\u00a0ms" in explorer.text
    pointer(explorer, "space", 1210.0, 220.0, "move")  # the same stroke: it is moved
    assert explorer.values["distractor"] == (220.0, 1210.0)
    pointer(explorer, "space", 1210.0, 220.0, "up")
    pointer(explorer, "space", 404.0, -3.0)
    assert explorer.values["cue"] == (357.0, 400.0)
    assert explorer.values["distractor"] is None
    explorer.undo()
    assert explorer.values["distractor"] == (220.0, 1210.0)
    assert explorer.values["cue"] == (90.0, 300.0)


def test_a_click_before_the_cue_is_the_cue(explorer):
    pointer(explorer, "space", 100.0, 45.0)
    assert explorer.values["cue"] == (45.0, 100.0)


def test_a_click_in_the_map_sets_both_strengths(explorer):
    pointer(explorer, "map", -0.503, 0.218)
    assert (explorer.values["J0"], explorer.values["J1"]) == (-0.5, 0.22)
    assert "l'anneau n'a rien retenu" in explorer.text
    pointer(explorer, "map", 3.0, 3.0)
    assert (explorer.values["J0"], explorer.values["J1"]) == (J0[1], J1[1])
    assert "tout l'anneau s'est emballé" in explorer.text
    cross = of(explorer.scene.panel("map"), Points)
    assert [(p.x[0], p.y[0]) for p in cross] == [(J0[1], J1[1])] * 2


def test_everything_by_keyboard(explorer):
    for key in ("m", "ArrowUp", "ArrowUp", "Home", "ArrowRight"):
        explorer.press(key)
    assert (explorer.values["angle"], explorer.values["t"]) == (184, 20)
    explorer.press("Enter")
    assert explorer.values["cue"] == (184, 20)
    explorer.press("ArrowRight", shift=True)
    explorer.press("d")
    assert explorer.values["distractor"] == (184, 220)
    explorer.press("x")
    assert explorer.values["distractor"] is None
    explorer.press("n")
    assert explorer.values["seed"] == 1
    explorer.press("e")
    assert explorer.values["trials"]
    explorer.press("p")
    assert explorer.values["profile"] == "cos"


def test_another_noise_is_another_path(explorer):
    first = explorer.scene.panel("error")
    explorer.press("n")
    second = explorer.scene.panel("error")
    a, b = (lines(panel)["cet essai"].y for panel in (first, second))
    assert np.nanmax(np.abs(a - b)) > 0.5
    theory = lines(second)["théorie, ± 2 écarts-types"]
    growth = SMALL.diffusion_theory()
    assert theory.y[-1] == pytest.approx(2 * np.sqrt(growth * (2000 - 550) / 1000), rel=1e-6)


def test_fifty_trials(explorer):
    explorer.press("e")
    scene = explorer.scene
    bars = lines(scene.panel("histogram"))[f"{TRIALS} essais"]
    assert bars.y[1:-1:2].sum() == TRIALS
    found, theory = (
        lines(scene.panel("variance"))[name] for name in (f"{TRIALS} essais", "théorie")
    )
    assert found.x[0] >= 750
    assert theory.y[-1] / 2 < found.y[-1] < theory.y[-1] * 2
    assert "50 essais\u00a0: l'écart-type atteint " in explorer.text
    assert "théorie\u00a0: " in explorer.text
    explorer.change({"sigma": 0.0}, "sigma")
    assert "cinquante fois le même" in explorer.text
    assert not lines(explorer.scene.panel("variance"))


def test_trials_grow_before_ones_eyes(explorer):
    seen, redraw = [], explorer.redraw

    def look():
        arrays = explorer.compute(**explorer.values)
        if arrays["trials"] is not None:
            seen.append(arrays["trials"].displacement.shape[1])
        redraw()

    many = explorer.compute.__closure__
    backgrounds = [
        c.cell_contents.background for c in many if hasattr(c.cell_contents, "background")
    ]
    for background in backgrounds:
        background.done = look
    explorer.press("e")
    explorer.scene  # noqa: B018 (waits for the whole)
    assert len(set(seen)) > 2
    assert seen[-1] == TRIALS


def test_the_map_is_that_of_the_library(explorer):
    image = of(explorer.scene.panel("map"), Image)[0]
    codes = bump_regimes(SMALL, np.linspace(*J0, GRID), np.linspace(*J1, GRID))
    assert image.shape == (GRID, GRID)
    for code in (0, 1, 2):
        assert len(np.unique(image.values[codes == code])) == 1
    names = {mark.text for mark in of(explorer.scene.panel("map"), Mark)}
    assert names == {"oubli", "bosse", "emballement"}


def test_the_stationary_bump_is_where_the_ring_is(explorer):
    explorer.change({"sigma": 0.0}, "sigma")
    found = lines(explorer.scene.panel("profile"))
    assert found["bosse stationnaire"].y == pytest.approx(found["taux"].y, abs=5)
    explorer.change({"lesion": 40.0, "centre": 180.0}, "lesion")
    profile = explorer.scene.panel("profile")
    dead = np.abs(found["taux"].x - 180) <= 20
    assert (lines(profile)["taux"].y[dead] == 0).all()
    assert "bosse stationnaire" not in lines(profile)
    assert sorted(m.x for m in of(profile, Mark) if not m.text) == [160, 200]


def test_the_code_is_the_run_on_the_screen(explorer):
    explorer.change(
        {"distractor": (150.0, 900.0), "heterogeneity": 0.2, "lesion": 20.0, "distraction": 17.0},
        "x",
    )
    text, space = explorer.code(explorer.values), {}
    exec(
        text.replace("run.plot()", "").replace("RingAttractor(\n", "RingAttractor(\n    32,\n"),
        space,
    )
    image = of(explorer.scene.panel("space"), Image)[0]
    assert np.array_equal(space["run"].r.T, image.values)


def test_a_shorter_run_keeps_its_cues_inside(explorer):
    explorer.change({"T": 10_000.0, "t": 9000.0}, "T")
    explorer.change({"distractor": (10.0, 8000.0), "trials": True, "cue": (90.0, 1900.0)}, "x")
    explorer.change({"T": 2000.0}, "T")
    assert explorer.values["t"] == 2000
    assert explorer.values["cue"][1] == explorer.values["distractor"][1] == 1750
    assert "trop court" in explorer.text


def test_every_choice_is_drawn(explorer):
    for profile, trials, J1_ in itertools.product(("gauss", "cos"), (False, True), (0.0, 0.6, 1.2)):
        explorer.change({"profile": profile, "trials": trials, "J1": J1_, "T": 2000.0}, "x")
        explorer.toile._parcel.pack(explorer.scene, 1200)
        assert explorer.text.endswith(".")
    assert len(draw(explorer.scene).axes) == 6


def test_what_is_no_ring():
    with pytest.raises(ValueError, match="explore_bump.ring\u00a0: un RingAttractor, reçu 3"):
        explore_bump(3)
