"""Distances side by side, and what may not stand there."""

from dataclasses import replace

import pytest

from course.generative import Distance, ladder

LOW = Distance(1.1, 0.7, 1.5, 1000, 1000, 0.6, "distance de Fréchet (LeNet)")
HIGH = replace(LOW, value=707.0, low=700.0, high=713.0)
VAE, GAN = replace(LOW, value=128.0, low=125.0, high=132.0), replace(LOW, value=89.0, low=86.0, high=92.0)


def test_from_the_nearest_to_the_farthest():
    lines = ladder({"VAE": VAE, "GAN": GAN}, LOW, HIGH).splitlines()
    assert lines[0] == "distance de Fréchet (LeNet), 1000 images contre 1000, intervalles à 95\u00a0%"
    assert [line.split("  ")[0] for line in lines[1:]] == ["plancher (vraies images)", "GAN", "VAE", "plafond (bruit)"]
    assert lines[1].endswith("1,1  [0,7\u00a0; 1,5]")
    assert lines[3].split() == ["VAE", "128", "[125", ";", "132]"]


def test_a_model_worse_than_noise_stands_above_it():
    worse = replace(LOW, value=900.0)
    assert ladder({"pire": worse}, LOW, HIGH).splitlines()[-1].startswith("pire")


@pytest.mark.parametrize(("found", "said"), [
    (replace(VAE, n=500), "autant d'images que le plancher .1000 contre 1000.*VAE, 500 contre 1000"),
    (replace(VAE, title="FID (Inception)"), "les caractéristiques du plancher"),
    (128.0, "ce que rend distance"),
])
def test_what_was_measured_otherwise_is_refused(found, said):
    with pytest.raises(ValueError, match=said):
        ladder({"VAE": found}, LOW, HIGH)
