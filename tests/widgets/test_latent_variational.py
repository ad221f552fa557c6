"""`explore_latent()` with variational auto-encoders, through the real keys: what is seen, β, what is refused."""

import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from course.generative import GAN, VAE, Elbo, kl
from course.plot.mpl import draw
from course.plot.scene import Line, Mark
from course.widgets import explore_latent
from course.widgets.latent.variational.words import bound
from tests.widgets.laws import IMAGES, LABELS, decoded, family, items, learnt, now, strip
from tests.widgets.page import Page


@pytest.fixture
def explorer():
    return explore_latent(family(), images=IMAGES, labels=LABELS)


@pytest.fixture
def page(explorer, monkeypatch):
    return Page(explorer, monkeypatch)


# -- what is seen


def test_the_first_sight_is_a_path_between_two_digits(explorer, page):
    assert [p.name for p in explorer.scene.panels()] == ["map", "by_codes", "by_pixels", "drawn", "elbo", "kl"]
    v = explorer.values
    assert LABELS[v["A"]] != LABELS[v["B"]]
    assert (v["beta"], v["share"], v["chosen"]) == (1, 0.0, v["A"])
    assert explorer.text.startswith("β = 1\u00a0: ELBO −")
    assert "on est à son code" in explorer.text
    draw(explorer.scene)


def test_the_axes_of_the_ellipse_are_the_deviations_that_the_encoder_writes(explorer, page):
    for key in ("d", "+", "i", "-", "-"):
        page.keys(key)
        mu, logvar = now(explorer).encode(IMAGES[explorer.values["chosen"], None])
        axes = explorer.compute(**explorer.values)["axes"]
        lines = [line for line in items(explorer, "map", Line) if line.colour == "vermillion"]
        for line, times in zip(lines, (2, 1), strict=True):
            for side, k in ((line.x, axes[0]), (line.y, axes[1])):
                assert (side.max() - side.min()) / 2 == pytest.approx(times * np.exp(logvar[0, k] / 2), rel=1e-4)
                assert (side.max() + side.min()) / 2 == pytest.approx(mu[0, k], abs=1e-4)


def test_the_prior_is_a_circle_of_radius_one(explorer, page):
    dashed = [line for line in items(explorer, "map", Line) if line.dash == "dash"]
    for line, radius in zip(dashed, (1, 2), strict=True):
        np.testing.assert_allclose(np.hypot(line.x, line.y), radius, rtol=1e-6)


def test_the_ends_of_the_path_are_the_codes_of_the_two_images(explorer, page):
    page.keys("d", "a", "d", "b", "+")
    v, vae = explorer.values, now(explorer)
    mu, _ = vae.encode(IMAGES[[v["A"], v["B"]]])
    row = strip(explorer, "by_codes")
    np.testing.assert_allclose(row[[0, -1]], vae.decode(mu), atol=1e-5)
    np.testing.assert_allclose(row[4], vae.decode(mu.mean(0, keepdims=True))[0], atol=1e-5)
    mixed = strip(explorer, "by_pixels")
    np.testing.assert_allclose(mixed[[0, -1]], IMAGES[[v["A"], v["B"]]], atol=1e-6)
    np.testing.assert_allclose(mixed[2], 0.75 * IMAGES[v["A"]] + 0.25 * IMAGES[v["B"]], atol=1e-6)
    assert np.abs(row[4] - mixed[4]).max() > 0.05
    (line,) = (one for one in items(explorer, "map", Line) if one.dash == "solid" and one.colour == "ink")
    axes = explorer.compute(**v)["axes"]
    np.testing.assert_allclose(np.stack([line.x, line.y], axis=1), mu[:, axes], atol=1e-5)


def test_the_bars_add_to_the_elbo(explorer, page):
    bars = items(explorer, "elbo", Line)
    sizes = np.array([line.x[1] - line.x[0] for line in bars]).reshape(3, 2)
    cells = np.array([line.x[1] - line.x[0] for line in items(explorer, "kl", Line)]).reshape(3, 2)
    for size, cell, beta in zip(sizes, cells, (0.25, 1, 4), strict=True):
        bound = family()[beta].elbo(IMAGES, seed=0)
        cut = 0.006 * 90  # the white between two cells is at most that long
        np.testing.assert_allclose(size, (-bound.reconstruction, bound.kl), atol=cut)
        assert size.sum() == pytest.approx(-bound.total, abs=2 * cut)
        assert cell.sum() == pytest.approx(kl(*family()[beta].encode(IMAGES)).mean(), abs=2 * 0.006 * 20)
    for law in explorer.compute(**explorer.values)["family"].laws:
        assert law.elbo.reconstruction - law.elbo.kl == pytest.approx(law.elbo.total)
        assert law.shares.sum() == pytest.approx(law.elbo.kl, rel=1e-5)
    texts = [mark.text for mark in items(explorer, "elbo", Mark)]
    assert texts[::2] == ["β\u00a0=\u00a00,25", "β\u00a0=\u00a01", "β\u00a0=\u00a04"]
    assert texts[5] == f"{-family()[4].elbo(IMAGES, seed=0).total:.1f}".replace(".", ",")
    assert bars[2].width > bars[0].width == bars[4].width


# -- β


def test_another_beta_is_another_model(explorer, page):
    page.keys("End")
    (slider,) = explorer.rows["beta"].widget.children
    assert [text for text, _ in slider.options] == ["0,25", "1", "4"]
    seen = []
    for k in (0, 2):
        slider.value = k
        vae = now(explorer)
        assert explorer.values["chosen"] == explorer.values["B"]
        mu, _ = vae.encode(IMAGES[explorer.values["B"], None])
        np.testing.assert_allclose(decoded(explorer), vae.decode(mu)[0], atol=1e-5)
        assert f"ELBO −{-vae.elbo(IMAGES, seed=0).total:.1f}".replace(".", ",") in explorer.text
        seen.append(decoded(explorer))
    assert np.abs(seen[0] - seen[1]).max() > 0.01
    page.keys("+")
    assert "C'est le plus grand β." in explorer.text
    page.keys("-", "-")
    assert (explorer.values["beta"], slider.value) == (0, 0)
    page.keys("r", "r", "ArrowUp")
    assert explorer.values["beta"] == 1


def test_one_model_has_no_slider(monkeypatch):
    explorer = explore_latent(family()[4], images=IMAGES, labels=LABELS)
    page = Page(explorer, monkeypatch)
    assert list(explorer.controls) == ["a", "b", "near"]
    page.keys("+", "Maj+ArrowRight")
    assert "β = 4" in explorer.text
    assert len(items(explorer, "kl", Line)) == 2


@pytest.mark.parametrize(
    ("shares", "said"),
    [((2.0, 1.0), None), ((2.0, 1.0, 0.01), "un des 3 nombres du code ne dit presque rien."),
     ((2.0, 0.0, 0.01), "2 des 3 nombres du code ne disent presque rien."),
     ((0.0, 0.02), "aucun des 2 nombres du code ne dit grand-chose.")],
)  # fmt: skip
def test_numbers_that_say_nothing_are_counted(shares, said):
    law = SimpleNamespace(vae=SimpleNamespace(beta=4.0), elbo=Elbo(-5.0, -2.0, 3.0), shares=np.array(shares))
    text = bound({"law": law})
    assert text.endswith("(reconstruction −2,0, KL 3,0)." if said is None else f"KL 3,0)\u00a0; {said}")


# -- around it


def test_its_code_draws_the_same_images(explorer, page, capsys):
    for keys in (["+", "ArrowRight"], ["ArrowUp"]):
        page.keys(*keys)
        capsys.readouterr()
        space = {"vaes": family(), "images": IMAGES}
        exec(explorer.code(explorer.values), space)
        np.testing.assert_allclose(space["image"], decoded(explorer), atol=1e-5)
        np.testing.assert_allclose(space["chemin"], strip(explorer, "by_codes"), atol=1e-5)
        assert str(family()[4].elbo(IMAGES, seed=0)) in capsys.readouterr().out


def test_what_learns_on_in_the_notebook_is_not_what_is_shown(monkeypatch):
    vae = learnt(1.0)
    explorer = explore_latent(vae, images=IMAGES, labels=LABELS)
    page = Page(explorer, monkeypatch)
    before = decoded(explorer)
    vae.fit(IMAGES[::-1], 5, batch_size=15, lr=0.05, progress=False)
    page.keys("End", "Home")
    np.testing.assert_array_equal(decoded(explorer), before)


def broken():
    vae = learnt(1.0)
    with torch.no_grad():
        next(vae.parameters())[0, 0] = float("nan")
    return vae


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda v: ({}, IMAGES, LABELS), r"encode\s: de un à 8 modèles, reçu 0"),
        (lambda v: (3, IMAGES, LABELS), r"encode\s: un VAE, un dictionnaire"),
        (lambda v: ({1: GAN(16, hidden=(4, 4))}, IMAGES, LABELS), r"encode\[1\]\s: un VAE de course.generative"),
        (lambda v: ({2: v[1]}, IMAGES, LABELS), r"encode\[2\].*appris avec ce β.*reçu 1\.0"),
        (lambda v: ({"un": v[1]}, IMAGES, LABELS), r"encode\['un'\]\s: un nombre positif ou nul"),
        (lambda v: (VAE(16, hidden=(8,), latent=2), IMAGES, LABELS), ".*un VAE qui a appris"),
        (lambda v: (learnt(1.0, 1), IMAGES, LABELS), ".*au moins deux nombres.*reçu 1"),
        (lambda v: (broken(), IMAGES, LABELS), ".*un VAE aux poids finis"),
        (lambda v: (learnt(1.0, pixels=9), IMAGES, LABELS), r"images.*\(images, 9\)"),
        (lambda v: (v, IMAGES * 255, LABELS), r"images.*\[0, 1\]"),
        (lambda v: (v, IMAGES[:, :15], LABELS), "images.*carrées"),
        (lambda v: (v, IMAGES, LABELS[:4]), "labels.*90 étiquettes"),
        (lambda v: (v, IMAGES[:1], LABELS[:1]), "images.*au moins deux"),
        (lambda v: (v, None, None), "images.*carrées"),
    ],
)
def test_what_cannot_be_walked_on_is_refused(make, said):
    models, images, labels = make(family())
    with pytest.raises(ValueError, match=f"explore_latent.{said}"):
        explore_latent(models, images=images, labels=labels)


def test_a_decoder_too_many_or_too_few_is_refused():
    with pytest.raises(ValueError, match=r"explore_latent.decode\s: rien, car un VAE a le sien"):
        explore_latent(family()[1], IMAGES, LABELS)
    with pytest.raises(ValueError, match=r"explore_latent.decode\s: la fonction"):
        explore_latent(lambda x: x[:, :2], images=IMAGES, labels=LABELS)


def test_codes_without_a_law_need_no_torch():
    text = (
        "import sys, numpy as np; from course.widgets import explore_latent; x = np.eye(4, 16)\n"
        "explore_latent(lambda x: x[:, :2], lambda z: np.zeros((len(z), 16)), x, np.arange(4))\n"
        "print('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True).stdout == "False\n"
