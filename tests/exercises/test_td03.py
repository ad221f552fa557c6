"""What TD03's exercises rest on: an honest mystery neuron, formulas checked against something else than themselves."""

import numpy as np
import pytest

from course import analysis
from course.exercises.td03.gain import intervalle, taux
from course.exercises.td03.instants import proba_de_passage
from course.exercises.td03.mystery import (
    COVERED,
    JITTER,
    NO_BAR,
    NOISE,
    OUTSIDE,
    TOO_WIDE,
    UNITS,
    neurone_mystere,
)
from course.exercises.td03.probing import _fitted, intervalle_reduit
from course.exercises.td03.pulse import reponse_creneau
from course.neurons import lif


def truth(neurone):
    """The parameters behind the noise, each with a bar of one per cent."""
    return {name: (neurone._truth[name], 0.01 * neurone._truth[name]) for name in UNITS}


def test_a_seed_is_a_neuron_and_another_seed_another():
    first, again, other = (neurone_mystere(seed)._truth for seed in (7, np.int64(7), 8))
    assert first == again
    assert all(first[name] != other[name] for name in UNITS)


def test_the_record_is_the_neuron_in_its_noise():
    neurone = neurone_mystere(3)
    t, u, spikes = neurone.mesurer(0.045, 1000)
    expected = reponse_creneau(t, neurone._truth["tau"], neurone._truth["R"], 0.045, 1e4)
    assert len(spikes) == 0
    assert np.std(u - expected) == pytest.approx(NOISE, rel=0.03)
    assert np.mean(u - expected) == pytest.approx(0, abs=4 * NOISE / len(u) ** 0.5)


def test_two_records_differ_by_their_noise_and_a_notebook_run_again_finds_the_same():
    one, two = neurone_mystere(3), neurone_mystere(3)
    first, second = one.impulsions(0.5), one.impulsions(0.5)
    assert not np.array_equal(first, second)
    assert np.std(first - second) == pytest.approx(2**0.5 * JITTER, rel=0.2)
    assert np.array_equal(first, two.impulsions(0.5))


def test_the_intervals_follow_the_closed_form():
    neurone = neurone_mystere(11)
    p = neurone._truth
    spikes = neurone.impulsions(0.6, 5000)
    measured = (spikes[-1] - spikes[0]) / (len(spikes) - 1)
    expected = p["D"] + intervalle(0.6, p["tau"], p["R"], p["theta"])
    assert measured == pytest.approx(float(expected), abs=4 * 2**0.5 * JITTER / (len(spikes) - 1))


def test_every_seed_is_silent_at_the_current_of_the_lab_and_fires_at_the_others():
    for seed in range(40):
        neurone = neurone_mystere(seed)
        assert len(neurone.mesurer(0.045)[2]) == 0
        assert len(neurone.impulsions(0.4)) > 5


def test_honest_bars_cover_the_truth_as_often_as_they_say():
    """Over 40 neurons, the gap in units of the bar is a normal law of deviation 1, for each parameter."""
    gaps = []
    for seed in range(40):
        neurone = neurone_mystere(seed)
        estimate = _fitted(neurone)
        gaps.append([(estimate[name][0] - neurone._truth[name]) / estimate[name][1] for name in UNITS])
    deviation = np.std(gaps, axis=0)
    assert np.all((deviation > 0.7) & (deviation < 1.3)), deviation
    assert np.mean(np.abs(gaps) < 1) == pytest.approx(0.68, abs=0.1)


@pytest.mark.parametrize(("change", "verdict"), [
    (lambda x, bar: (x, bar), COVERED),
    (lambda x, bar: (x + 2.9 * bar, bar), COVERED),
    (lambda x, bar: (x - 3.1 * bar, bar), OUTSIDE),
    (lambda x, bar: (x, 30 * bar), TOO_WIDE),
    (lambda x, bar: x, NO_BAR),
    (lambda x, bar: (x, 0.0), NO_BAR),
    (lambda x, bar: (x, float("nan")), NO_BAR),
    (lambda x, bar: (float("nan"), bar), OUTSIDE),
    (lambda x, bar: None, NO_BAR),
])  # fmt: skip
def test_the_verdict_of_a_bar(change, verdict):
    neurone = neurone_mystere(5)
    estimate = truth(neurone)
    estimate["tau"] = change(*estimate["tau"])
    assert neurone.confronter(estimate) == dict.fromkeys(UNITS, COVERED) | {"tau": verdict}


def test_nothing_estimated_is_nothing_to_judge():
    assert neurone_mystere(5).confronter(dict.fromkeys(UNITS)) is None
    assert neurone_mystere(5).confronter(None) is None


@pytest.mark.parametrize(("ask", "said"), [
    (lambda: neurone_mystere(-1), "neurone_mystere.graine"),
    (lambda: neurone_mystere(2.5), "neurone_mystere.graine"),
    (lambda: neurone_mystere(1).mesurer(5.0), "neurone.I"),
    (lambda: neurone_mystere(1).impulsions(0.3, -1), "neurone.T"),
    (lambda: neurone_mystere(1).impulsions(0.3, 1e9), "neurone.T"),
    (lambda: neurone_mystere(1).confronter({"tau": (1, 1)}), "confronter.estimation"),
])  # fmt: skip
def test_bad_input_is_refused_with_its_place(ask, said):
    with pytest.raises(ValueError, match=said):
        ask()


def test_the_rate_is_that_of_the_library_with_and_without_refractory_period():
    I = np.linspace(0, 2, 101)
    for D in (0, 5):
        expected = analysis.lif_rate(I, tau=20, R=100, theta=20, refractory=D)
        assert taux(I, 20, 100, 20, D) == pytest.approx(expected, rel=1e-12)
    assert float(taux(0.25, 20, 100, 20, 5)) == pytest.approx(26.890, abs=5e-4)


def test_spikes_alone_do_not_tell_the_resistance_from_the_threshold():
    I = np.linspace(0.15, 1, 12)
    trains = [lif.with_(refractory=3).simulate(300, dt=0.1, I=I, tau=15, R=k * 100, theta=k * 12, record=[]).spikes
              for k in (1, 7)]
    for one, other in zip(*trains, strict=True):
        assert one == pytest.approx(other, rel=1e-9)
    assert np.diff(trains[0][-1])[-1] == pytest.approx(float(intervalle_reduit(1.0, 15, 0.12, 3)), rel=1e-6)


def test_the_unseen_crossings_are_those_of_a_finer_path():
    """Brownian bridges drawn with 1000 points, against the mirror's formula."""
    rng, s, n = np.random.default_rng(1), 0.4, 1000
    for u_0, u_1 in ((0.7, 0.8), (0.9, 0.5), (0.95, 0.97)):
        steps = rng.normal(0, s / n**0.5, (3000, n))
        free = np.cumsum(steps, axis=1)
        path = u_0 + free + np.linspace(1 / n, 1, n) * (u_1 - u_0 - free[:, -1:])
        seen = np.mean(path.max(axis=1) >= 1)
        # the fine path misses crossings too: as if the threshold were higher by 0.58 of its own step
        grid = 1 + 0.5826 * s / n**0.5
        assert seen == pytest.approx(float(proba_de_passage(u_0, u_1, grid, s)), abs=0.03)
