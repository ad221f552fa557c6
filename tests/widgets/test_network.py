"""The explorer of a network: what one does to it, what is drawn and said, and runs that begin by shorter ones."""

import itertools

import numpy as np
import pytest

from course.network import Network, Noise
from course.neurons import izhikevich
from course.plot.mpl import draw
from course.plot.scene import Line, Mark, Points, Raster
from course.synapses import Exponential
from course.widgets import explore_network
from course.widgets.network import compute
from course.widgets.network.compute import ROWS, Asked, beginnings, late, merged
from course.widgets.network.view import BAND
from tests.widgets.page import Page


@pytest.fixture(scope="module")
def net():
    """A noisy nucleus drives a second one, which drives a third."""
    net = Network(dt=0.2, seed=3)
    for name, n, I, noise in (("A", 200, 5.0, Noise(10, every=0.2)), ("B", 80, 0.0, None), ("C", 50, 0.0, None)):
        net.population(name, n, izhikevich, current=I, noise=noise)
    net.connect("A", "B", 15 / 200, 5.0, Exponential(20))
    net.connect("B", "C", np.full((80, 50), 40 / 80), 5.0, Exponential(20), jitter=1.0)
    return net


@pytest.fixture
def explorer(net):
    e = explore_network(net)
    e.state.clock = itertools.count(0, 10).__next__  # no two changes are one for undoing
    e.change({"T": 300.0}, "T")
    return e


def of(panel, kind):
    return [item for item in panel.items if isinstance(item, kind)]


def stroke(e, *heights, x=50.0):
    e._draw(0)
    phases = ["down", *["move"] * (len(heights) - 2), "up"]
    for phase, y in zip(phases, heights, strict=True):
        e.point({"event": "pointer", "phase": phase, "panel": "raster", "x": x, "y": y})


def test_it_opens_on_the_run_of_the_library(explorer, net):
    run = net.run(300, progress=False)
    assert explorer.text.startswith("Réseau intact, g = 1, délais × 1. Taux\u00a0: A ")
    for name, rate in run.rates().items():
        assert f"{name} {rate:.1f}".replace(".", ",") + "\u00a0Hz" in explorer.text
    dots = of(explorer.scene.panel("rates"), Points)
    assert len(dots) == 1
    assert dots[0].x == pytest.approx(list(run.rates().values()))
    assert dots[0].y == pytest.approx([2 * BAND + ROWS / 2, BAND + ROWS / 2, ROWS / 2])


def test_the_raster_shows_forty_of_each_and_every_spike_of_theirs(explorer, net):
    run = net.run(300, progress=False)
    for raster, name, base in zip(of(explorer.scene.panel("raster"), Raster), "ABC", (2, 1, 0), strict=True):
        n = net.populations[name].n
        shown = np.unique(np.linspace(0, n - 1, ROWS).astype(int))
        assert len(raster.x) == np.isin(run.spikes[name].indices, shown).sum()
        assert base * BAND <= raster.y.min()
        assert raster.y.max() < base * BAND + ROWS


def test_a_run_begins_by_the_shorter_ones(net):
    one, other = net.run(100, progress=False), net.run(300, progress=False)
    for name in "ABC":
        early = other.spikes[name].times < 100 - 1e-9
        assert np.array_equal(one.spikes[name].times, other.spikes[name].times[early])
        assert np.array_equal(one.spikes[name].indices, other.spikes[name].indices[early])


def test_a_lesion_is_that_of_the_library_and_the_run_before_stays_beside(explorer, net):
    explorer.text  # noqa: B018 (the first run ends)
    explorer.change({"nucleus": "B"}, "nucleus")
    explorer.press("l")
    run = net.lesion("B").run(300, progress=False)
    assert explorer.values["lesions"] == (("B", 0, 80),)
    assert explorer.text.startswith("Sans B, g = 1")
    assert "Depuis la simulation précédente\u00a0: C −" in explorer.text  # the largest change first
    assert ", B −" in explorer.text
    assert "B se tait." in explorer.text
    old, new = of(explorer.scene.panel("rates"), Points)
    assert new.x == pytest.approx(list(run.rates().values()))
    assert old.x == pytest.approx(list(net.run(300, progress=False).rates().values()))
    assert old.label == "simulation précédente"
    assert [m.text for m in of(explorer.scene.panel("raster"), Mark)].count("lésion") == 1
    explorer.press("l")
    assert explorer.values["lesions"] == ()
    assert "B +" in explorer.text
    explorer.change({"g": 1.05}, "g")  # what is compared with is the run seen last, known long before or not
    assert of(explorer.scene.panel("rates"), Points)[0].x == pytest.approx(old.x)
    explorer.undo()
    explorer.undo()
    assert explorer.values["lesions"] == (("B", 0, 80),)


def test_a_brush_takes_away_the_neurons_that_it_covers(explorer, net):
    stroke(explorer, BAND + 10, BAND + 25, BAND + 20)
    assert explorer.values["lesions"] == (("B", 20, 40),)  # half a band is half of the neurons
    assert "25\u00a0% de B" in explorer.text
    stroke(explorer, BAND + 15, 0.8 * ROWS)
    assert explorer.values["lesions"] == (("B", 0, 40), ("C", 40, 50))
    rate = net.lesion("B", indices=range(40)).lesion("C", indices=range(40, 50)).run(300, progress=False).rates()
    assert of(explorer.scene.panel("rates"), Points)[-1].x == pytest.approx(list(rate.values()))
    explorer.undo()
    assert explorer.values["lesions"] == (("B", 20, 40),)
    explorer.press("x")
    assert explorer.values["lesions"] == ()


def test_g_and_delays_are_those_of_a_network_built_so(explorer, net):
    explorer.change({"g": 1.5, "delay": 2.0}, "x")
    other = Network(dt=0.2, seed=3)
    for p in net.populations.values():
        other.population(p.name, p.n, izhikevich, current=5.0 if p.name == "A" else 0.0, noise=p.noise)
    other.connect("A", "B", 1.5 * 15 / 200, 10.0, Exponential(20))
    other.connect("B", "C", 1.5 * net.connections[1].weights, 10.0, Exponential(20))
    run = other.run(300, progress=False)
    assert of(explorer.scene.panel("rates"), Points)[-1].x == pytest.approx(list(run.rates().values()))
    assert late(12, 0.0) == 1
    assert late(np.array([5, 25]), 0.5).tolist() == [3, 13]


def test_everything_by_keyboard(explorer):
    for key in ("p", "ArrowUp", "ArrowUp"):  # C is chosen at first, then A; g is the first slider
        explorer.press(key)
    assert (explorer.values["nucleus"], explorer.values["g"]) == ("A", 1.1)
    explorer.press("ArrowUp", shift=True)
    assert explorer.values["g"] == 1.6
    explorer.change({"share": 25.0}, "share")
    explorer.press("l")
    assert explorer.values["lesions"] == (("A", 0, 50),)
    explorer.press("n")
    assert explorer.values["seed"] == 1
    explorer.press("z")
    assert explorer.values["seed"] == 0


def test_another_noise_is_compared_with_nothing(explorer):
    first = explorer.text
    explorer.press("n")
    assert explorer.text != first
    assert "précédente" not in explorer.text


def test_a_stopped_run_keeps_its_beginning_and_can_be_asked_again(net, monkeypatch):
    e = explore_network(net)
    whole = compute.look

    def look(run):
        e.press("s")
        return whole(run)

    monkeypatch.setattr(compute, "look", look)
    e.change({"g": 1.2}, "g")
    text = e.text
    assert "Simulé\u00a0: 60\u00a0ms sur 600\u00a0ms." in text
    monkeypatch.setattr(compute, "look", whole)
    e.press("Enter")
    assert "Simulé" not in e.text
    assert "Arrêt" not in e.text
    assert of(e.scene.panel("raster"), Raster)[0].x.max() > 500


def test_a_page_sees_the_short_runs_first(net, monkeypatch):
    e, seen = explore_network(net), []
    redraw = e.redraw

    def look():
        arrays = e.compute(**e.values)
        seen.append(arrays["seen"] and arrays["seen"].T)
        redraw()

    cells = [c.cell_contents for c in e.compute.__closure__]
    next(c for c in cells if hasattr(c, "background")).background.done = look
    page = Page(e, monkeypatch)
    page.keys("ArrowUp")
    e.wait()
    assert seen[-1] == pytest.approx(600)
    assert any(T and T < 100 for T in seen)
    assert len(page.pictures) >= 3


def test_the_code_is_the_run_on_the_screen(explorer, net):
    explorer.change({"g": 0.8, "delay": 1.5, "lesions": (("A", 0, 30),), "seed": 2}, "x")
    space = {"net": net.copy()}
    exec(explorer.code(explorer.values).replace("run.raster()", ""), space)
    assert of(explorer.scene.panel("rates"), Points)[-1].x == pytest.approx(list(space["run"].rates().values()))


def test_lesions_that_touch_are_one():
    assert merged((("A", 0, 5),), (("A", 5, 9), ("B", 1, 2))) == (("A", 0, 9), ("B", 1, 2))
    assert merged((("A", 0, 9),), (("A", 2, 3),)) == (("A", 0, 9),)
    assert merged((("A", 0, 2),), (("A", 4, 6),)) == (("A", 0, 2), ("A", 4, 6))


def test_a_burst_follows_a_silence():
    assert beginnings(np.array([3.0, 5, 20, 80, 81, 140])).tolist() == [3, 80, 140]
    assert beginnings(np.array([])).tolist() == []


def test_the_run_before_has_the_same_length_and_seed():
    asked = Asked()
    one, two, other = (1.0, 1.0, (), 300.0, 0), (2.0, 1.0, (), 300.0, 0), (1.0, 1.0, (), 300.0, 1)
    for key in (one, two, other):
        asked.end(key)
    assert asked.before(one) == two
    assert asked.before(other) is None


def test_every_choice_is_drawn(explorer):
    for nucleus in "AC":
        explorer.change({"nucleus": nucleus, "T": 300.0}, "x")
        explorer.toile._parcel.pack(explorer.scene, 1200)
        assert f"Taux de {nucleus}" in explorer.scene.panel("course").title
        assert len(of(explorer.scene.panel("course"), Line)) >= 1
    assert len(draw(explorer.scene).axes) == 3


def test_what_is_no_network():
    with pytest.raises(ValueError, match="explore_network.net\u00a0: un réseau .* reçu 3"):
        explore_network(3)
