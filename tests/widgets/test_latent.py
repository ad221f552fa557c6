"""`explore_latent()`, used through the real keys and pointer, on a code whose decoder is known: a plane of images."""

import numpy as np
import pytest

from course.plot.mpl import draw
from course.plot.scene import Image, Line
from course.widgets import explore_latent
from tests.widgets.page import Page

rng = np.random.default_rng(3)
BASE = np.linalg.qr(rng.normal(size=(16, 2)))[0].T
CODES = np.concatenate([rng.normal((-2, 0), 0.2, (60, 2)), rng.normal((2, 0), 0.2, (60, 2))])
IMAGES, LABELS = CODES @ BASE, np.repeat([3, 8], 60)


def encode(images):
    return images @ BASE.T


def decode(codes):
    return codes @ BASE


@pytest.fixture
def explorer():
    return explore_latent(encode, decode, IMAGES, LABELS)


@pytest.fixture
def page(explorer, monkeypatch):
    return Page(explorer, monkeypatch)


def drawn(explorer, panel="drawn"):
    (image,) = (item for item in explorer.scene.panel(panel).items if isinstance(item, Image))
    return image.values[::-1][:, :4]  # the nearest image stands on its right


def test_the_first_sight(explorer, page):
    assert [p.name for p in explorer.scene.panels()] == ["map", "drawn", "path"]
    assert "Le décodeur a appris ici" in explorer.text
    draw(explorer.scene)


def test_the_image_is_the_decoder_s_at_the_place(explorer, page):
    page.drag("map", (1.5, 0.1))
    place = np.array([explorer.values["a"], explorer.values["b"]])
    np.testing.assert_allclose(place, (1.5, 0.1), atol=0.05)
    np.testing.assert_allclose(drawn(explorer), np.clip(decode(place).reshape(4, 4), 0, 1), atol=1e-6)
    assert "celui d'un 8" in explorer.text


def test_the_keys_walk_both_ways(explorer, page):
    a, b = explorer.values["a"], explorer.values["b"]
    page.keys("ArrowRight", "Maj+ArrowUp")
    assert explorer.values["a"] > a
    assert explorer.values["b"] - b == pytest.approx(10 * explorer.controls["b"].step, rel=1e-3)
    page.keys("z", "z")
    assert explorer.values["b"] == b


def test_where_no_image_has_its_code_the_words_say_so(explorer, page):
    page.keys("v")
    assert "le décodeur improvise" in explorer.text
    far = np.hypot(*(CODES - (explorer.values["a"], explorer.values["b"])).T).min()
    assert far > 0.5
    page.keys("n")
    assert "à 0,0\u00a0% du côté. Le décodeur a appris ici" in explorer.text


def test_the_path_goes_from_the_mark_to_the_place(explorer, page):
    page.drag("map", (-2, 0))
    page.keys("Enter")
    page.drag("map", (2, 0))
    (line,) = (item for item in explorer.scene.panel("map").items if isinstance(item, Line))
    np.testing.assert_allclose(line.x, (-2, 2), atol=0.05)
    arrays = explorer.compute(**explorer.values)
    np.testing.assert_allclose(np.diff(arrays["path"][:, 0]), 4 / 7, atol=0.02)
    np.testing.assert_allclose(arrays["drawn"].reshape(8, 16), arrays["path"] @ BASE, atol=1e-6)
    page.keys("p")
    assert "path" not in [p.name for p in explorer.scene.panels()]


def test_its_code_draws_the_same_image(explorer, page):
    page.drag("map", (1, 0.1))
    space = {"decode": decode}
    exec(explorer.code(explorer.values), space)
    np.testing.assert_allclose(space["image"], decode(np.array([[explorer.values["a"], explorer.values["b"]]]))[0],
                               atol=1e-3)  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((encode, decode, IMAGES[:, :15], LABELS), "images.*carrées.*15"),
        ((encode, decode, IMAGES, LABELS[:5]), "labels.*120 étiquettes"),
        ((lambda x: x[:, :3], decode, IMAGES, LABELS), r"encode.*\(120, 2\)"),
        ((lambda x: encode(x) * np.nan, decode, IMAGES, LABELS), "encode.*finis"),
        ((encode, lambda z: z, IMAGES, LABELS), r"decode.*\(1, 16\)"),
    ],
)
def test_what_does_not_fit_is_refused(arguments, said):
    with pytest.raises(ValueError, match=said):
        explore_latent(*arguments)
