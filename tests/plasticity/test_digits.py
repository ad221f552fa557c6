"""A small network of the digits, two looks at a third of the images: it learns, and what it lacks shows."""

import numpy as np
import pytest

from tests.plasticity.digits import CELL, OFF, ON, PEAK, TAU_P, images, learned, run, shown, spikes

pytest.importorskip("sklearn")


def test_what_is_shown_is_the_images():
    X, y, Z, _ = images(0)
    assert len(X) + len(Z) == 1797
    assert np.linalg.norm(X, axis=1) == pytest.approx(1)
    trains = shown(X[:200], np.random.default_rng(1))
    expected = X[:200].sum(axis=0) * PEAK * ON / 1000
    assert [len(t) for t in trains] == pytest.approx(expected, abs=5 * np.sqrt(expected.max()))
    assert max(t.max() % (ON + OFF) for t in trains if len(t)) < ON
    assert np.bincount(y).min() > 100


def test_neurons_share_the_digits():
    """Each weight becomes an image, τ_p times a rate; few neurons answer to one image, and none is left out."""
    X, y, _, _ = images(0)
    X, y = X[:400], y[:400]
    w, theta = learned(X, 40, 0, epochs=2)
    likeness = (w.T @ X.T) / np.linalg.norm(w, axis=0)[:, None]
    assert likeness.max(axis=1).min() > 0.75
    assert np.linalg.norm(w, axis=0) == pytest.approx([TAU_P * PEAK / 1000] * 40, rel=0.35)
    counts = spikes(run(X, w, theta, np.random.default_rng(5)), len(X))
    assert (counts.sum(axis=0) > 0).all()
    assert (counts > 0).sum(axis=1).mean() < 12
    digit = np.array([counts[y == d].mean(axis=0) for d in range(10)]).argmax(axis=0)
    assert np.mean((counts @ np.eye(10)[digit]).argmax(axis=1) == y) > 0.7
    assert (theta > 0).all()
    assert "theta" in CELL.variables
