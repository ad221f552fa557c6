"""Where one is among the codes of variational auto-encoders, through the real keys and pointer."""

import numpy as np
import pytest

from course.plot.scene import Line, Points
from course.widgets import explore_latent
from tests.widgets.laws import IMAGES, LABELS, decoded, family, items, learnt, now, strip
from tests.widgets.page import Page


@pytest.fixture
def explorer():
    return explore_latent(family(), images=IMAGES, labels=LABELS)


@pytest.fixture
def page(explorer, monkeypatch):
    return Page(explorer, monkeypatch)


# -- where one is


def test_the_keys_walk_along_the_path(explorer, page):
    page.keys("Maj+ArrowRight", "ArrowRight")
    assert explorer.values["share"] == pytest.approx(0.275)
    vae, v = now(explorer), explorer.values
    mu, _ = vae.encode(IMAGES[[v["A"], v["B"]]])
    np.testing.assert_allclose(decoded(explorer), vae.decode(0.725 * mu[:1] + 0.275 * mu[1:])[0], atol=1e-5)
    assert "28\u00a0% du trajet" in explorer.text
    page.keys(" ")
    assert explorer.values["share"] == pytest.approx(0.375)
    page.keys("End")
    assert (explorer.values["chosen"], explorer.scene.cursor) == (v["B"], 1.0)
    page.keys(" ")
    assert (explorer.values["chosen"], explorer.scene.cursor) == (v["A"], 0.0)
    page.drag("by_pixels", (0.5, 0.5))
    assert explorer.values["share"] == 0.5


def test_the_pointer_chooses_the_nearest_image_and_the_letters_put_the_ends_there(explorer, page):
    axes = explorer.compute(**explorer.values)["axes"]
    mu, _ = now(explorer).encode(IMAGES)
    k = next(k for k in range(90) if k not in (explorer.values["A"], explorer.values["B"]))
    page.drag("map", (0, 0), mu[k, axes] + 0.0004)
    assert explorer.values["chosen"] == k
    assert explorer.scene.cursor is None
    z = explorer.compute(**explorer.values)["z"]
    np.testing.assert_allclose(z[axes], mu[k, axes] + 0.0004, atol=1e-5)
    np.testing.assert_allclose(decoded(explorer), now(explorer).decode(z[None])[0], atol=1e-6)
    assert "hors du chemin" in explorer.text
    page.keys("b")
    assert (explorer.values["B"], explorer.values["share"]) == (k, 1.0)
    page.keys("a")
    assert "Cette image est déjà à un bout du chemin." in explorer.text
    assert explorer.values["A"] != k


def test_undoing_brings_back_beta_and_the_ends(explorer, page):
    first = explorer.values
    page.keys("+", "d", "b", "d", "a", "Home")
    assert len({explorer.values["A"], explorer.values["B"], first["A"], first["B"]}) == 4
    page.keys("z", "z", "z")
    for name in ("beta", "A", "B"):
        assert explorer.values[name] == first[name]
    assert explorer.values["chosen"] == first["A"]
    (place,) = items(explorer, "map", Points)[-1:]
    np.testing.assert_allclose((place.x[0], place.y[0]), (first["a"], first["b"]), atol=1e-6)


def test_another_digit_another_image_and_back_to_its_code(explorer, page):
    page.keys("d")
    k = explorer.values["chosen"]
    assert LABELS[k] != LABELS[explorer.values["A"]]
    page.keys("i")
    assert explorer.values["chosen"] == k + 1
    assert LABELS[k + 1] == LABELS[k]
    page.keys("ArrowUp", "ArrowUp")
    moved = explorer.values["chosen"]
    page.keys("n")
    law = explorer.compute(**explorer.values)["law"]
    np.testing.assert_array_equal(explorer.compute(**explorer.values)["z"], law.mu[moved])
    page.keys("n")
    assert "C'est déjà son code." in explorer.text


def test_the_magnifying_glass_follows_the_place(explorer, page):
    page.keys("-")
    arrays = explorer.compute(**explorer.values)
    usual = np.median(arrays["law"].sigma[:, arrays["axes"]], axis=0).max()
    assert 8 * usual < np.diff(explorer.scene.panel("map").y.limits)
    page.keys("l")
    for keys in ([], ["Maj+ArrowUp"] * 4, ["End"], ["l", "l"]):
        page.keys(*keys)
        panel = explorer.scene.panel("map")
        low, high = panel.x.limits
        assert np.diff(panel.y.limits) == pytest.approx(8 * usual)
        assert low < explorer.values["a"] < high
        assert panel.y.limits[0] < explorer.values["b"] < panel.y.limits[1]
    page.keys("Home", "l", "l")
    here = explorer.values["a"], explorer.values["b"]
    assert explorer.values["middle"] == here
    page.keys("ArrowUp")  # a small step leaves the map where it is
    assert explorer.values["middle"] == here
    page.keys("End")  # a jump takes it along
    assert explorer.values["middle"] == (explorer.values["a"], explorer.values["b"]) != here


def test_the_place_stays_on_the_map(explorer, page):
    """The models have maps of different sizes, and the sliders go to the edge of the widest."""
    page.keys("+")
    for key, name in (("Maj+ArrowUp", "a"), ("r", ""), ("Maj+ArrowDown", "b")):
        page.keys(*[key] * (20 if name else 1))
        panel = explorer.scene.panel("map")
        axis, end = (panel.x, 1) if name == "a" else (panel.y, 0)
        if name:
            most = min(abs(axis.limits[end]), explorer.controls[name].max)
            assert abs(explorer.values[name]) == pytest.approx(most)
            assert f"({explorer.values['a']:.2f}".replace(".", ",") in explorer.text


# -- more than two numbers


def test_the_numbers_that_are_not_seen_are_those_of_the_chosen_image(monkeypatch):
    deep = learnt(0.5, 5)
    explorer = explore_latent(deep, images=IMAGES, labels=LABELS)
    page = Page(explorer, monkeypatch)
    arrays = explorer.compute(**explorer.values)
    shares = arrays["law"].shares
    np.testing.assert_array_equal(arrays["axes"], np.argsort(-shares)[:2])
    mu, _ = deep.encode(IMAGES)
    np.testing.assert_allclose(strip(explorer, "by_codes")[[0, -1]],
                               deep.decode(mu[[explorer.values["A"], explorer.values["B"]]]), atol=1e-5)  # fmt: skip
    page.drag("map", (0.2, -0.3))
    arrays = explorer.compute(**explorer.values)
    expected = mu[explorer.values["chosen"]].copy()
    expected[arrays["axes"]] = 0.2, -0.3
    np.testing.assert_allclose(arrays["z"], expected, atol=1e-6)
    page.keys("x")  # the second number is on the other axis: they change places
    np.testing.assert_array_equal(explorer.compute(**explorer.values)["axes"], arrays["axes"][::-1])
    page.keys("y", "y")
    np.testing.assert_array_equal(explorer.compute(**explorer.values)["axes"], np.argsort(-shares)[[0, 2]])
    assert explorer.scene.panel("map").y.label.startswith(f"z_{{{np.argsort(-shares)[2] + 1}}}, KL")
    assert len(items(explorer, "kl", Line)) == 5
