"""The law of the foot of an f(I) curve, on curves made of each law and on neurons whose class is known."""

import numpy as np
import pytest

from course.analysis import fi_curve, firing_onset, lif_rate

FINE = np.concatenate([[1.9999], 2 + 0.1 * np.geomspace(1e-3, 1, 46)])


def above(I: np.ndarray, f) -> np.ndarray:
    x = I - 2
    return np.where(x > 0, f(np.where(x > 0, x, 1.0)), 0.0)


@pytest.mark.parametrize(
    ("law", "kind", "f"),
    [
        ("racine", 1, lambda x: 80 * np.sqrt(x)),
        ("racine", 1, lambda x: 80 * np.sqrt(x) + 20 * x),
        ("logarithme", 1, lambda x: lif_rate(2 + x, theta=2)),
        ("saut", 2, lambda x: 50 + 30 * np.sqrt(x)),
        ("saut", 2, lambda x: 20 + 40 * x),
    ],
)
def test_each_law_is_told(law, kind, f) -> None:
    rates = above(FINE, f)
    onset = firing_onset(FINE, rates, near=1)
    assert (onset.law, onset.kind) == (law, kind)
    assert onset.current == pytest.approx(2, abs=0.012)
    assert onset.fit(FINE)[1:] == pytest.approx(rates[1:], rel=0.1)
    assert onset.fit(np.array([1.0])) == [0]
    assert f"classe {kind}" in onset.words
    shuffled = np.random.default_rng(0).permutation(len(FINE))
    assert firing_onset(FINE[shuffled], rates[shuffled], near=1) == onset


def test_the_height_of_a_jump() -> None:
    assert firing_onset(
        FINE, above(FINE, lambda x: 50 + 30 * np.sqrt(x)), near=1
    ).rate == pytest.approx(50, rel=0.01)


def test_the_squid_axon_starts_by_a_jump() -> None:
    from course.neurons import hodgkin_huxley

    I = np.concatenate([[6.2], 6.27 + 0.7 * np.geomspace(1e-3, 1, 31)])
    onset = firing_onset(I, fi_curve(hodgkin_huxley, I, T=1200), near=1)
    assert onset.kind == 2
    assert 45 < onset.rate < 55
    assert 6.2 < onset.current < 6.271


def test_the_exponential_neuron_starts_as_a_root() -> None:
    """A saddle-node at I = g_L (V_T - E_L - Δ_T) = 0.162."""
    from course.neurons import exponential_if

    I = np.concatenate([[0.1619], 0.162 + 0.02 * np.geomspace(0.02, 1, 31)])
    onset = firing_onset(I, fi_curve(exponential_if, I, T=5000), near=1)
    assert onset.law == "racine"
    assert onset.current == pytest.approx(0.162, abs=2e-4)


def test_nothing_to_tell() -> None:
    assert firing_onset([0.0, 1.0], [0.0, 0.0]) is None
    assert firing_onset([0.0, 1.0], [5.0, 9.0]) is None
    with pytest.raises(
        ValueError, match=r"firing_onset.rates\xa0: 2 valeurs, comme currents, reçu 1"
    ):
        firing_onset([0.0, 1.0], [5.0])
    with pytest.raises(ValueError, match=r"firing_onset.near\xa0: une part entre 0 et 1, reçu 2"):
        firing_onset([0.0, 1.0], [0.0, 5.0], near=2)
