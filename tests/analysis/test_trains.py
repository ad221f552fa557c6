"""Intervals and their summaries against trains whose laws are known."""

import math

import numpy as np
import pytest

from course.analysis import adaptation_index, cv, isi, isi_histogram, latency


@pytest.fixture
def poisson() -> list[np.ndarray]:
    rng = np.random.default_rng(5)
    return [np.cumsum(rng.exponential(20.0, 500)) for _ in range(200)]


def test_a_clock() -> None:
    clock = np.arange(10) * 12.5
    assert isi(clock) == pytest.approx(np.full(9, 12.5))
    assert cv(clock) == 0
    assert adaptation_index(clock) == 0


def test_two_intervals() -> None:
    assert cv([0.0, 10.0, 30.0]) == pytest.approx(50**0.5 / 15)
    assert adaptation_index([0.0, 10.0, 30.0]) == pytest.approx(1 / 3)


def test_a_poisson_process(poisson) -> None:
    values = cv(poisson)
    assert values.shape == (200,)
    assert values.mean() == pytest.approx(1, abs=0.01)
    assert abs(adaptation_index(poisson).mean()) < 0.01


def test_twenty_spikes_say_little_of_a_cv() -> None:
    """Nineteen intervals of a Poisson process: the CV strays by 0.19."""
    rng = np.random.default_rng(1)
    values = cv([np.cumsum(rng.exponential(50.0, 20)) for _ in range(4000)])
    assert values.std() == pytest.approx(0.19, abs=0.02)


def test_a_histogram_of_exponential_intervals(poisson) -> None:
    edges, density = isi_histogram(poisson, width=10)
    assert density.sum() * 10 == pytest.approx(1)
    shares = np.exp(-edges[:-1] / 20) - np.exp(-edges[1:] / 20)
    assert density[:6] * 10 == pytest.approx(shares[:6], rel=0.03)
    cut_edges, cut = isi_histogram(poisson, width=10, longest=60)
    assert cut_edges.tolist() == [0, 10, 20, 30, 40, 50, 60]
    assert np.array_equal(cut, density[:6])


def test_an_interval_that_ends_a_class_is_counted() -> None:
    edges, density = isi_histogram([0.0, 5.0, 15.0], width=5)
    assert edges.tolist() == [0, 5, 10]
    assert density.sum() * 5 == 1


def test_latency() -> None:
    assert latency([3.0, 8.0], 3) == 0
    assert latency([3.0, 8.0], 4) == 4
    assert latency([3.0], 4) == math.inf
    assert latency([np.array([5.0]), np.array([])], 1).tolist() == [4, math.inf]


def test_too_few_spikes() -> None:
    for few in ([], [1.0], [1.0, 2.0]):
        assert math.isnan(cv(few))
        assert math.isnan(adaptation_index(few))
    assert isi([]).size == 0
    assert isi_histogram([])[1].tolist() == [0]


def test_a_batch_of_one_is_a_batch() -> None:
    assert cv([np.array([0.0, 1.0, 2.0, 3.0])]).shape == (1,)
    assert len(isi([np.array([0.0, 1.0])])) == 1


@pytest.mark.parametrize(
    "spikes", [[2.0, 1.0], [1.0, np.nan], [[1.0], [3.0, 2.0]], "abc", [[[1.0]]]]
)
def test_what_is_no_train_is_refused(spikes) -> None:
    with pytest.raises(ValueError, match=r"isi.spikes\xa0: des instants croissants \(ms\), reçu"):
        isi(spikes)


def test_bad_widths_are_refused() -> None:
    with pytest.raises(ValueError, match="isi_histogram.width"):
        isi_histogram([1.0, 2.0], width=0)
    with pytest.raises(ValueError, match="isi_histogram.longest"):
        isi_histogram([1.0, 2.0], longest=-1)
    with pytest.raises(ValueError, match="latency.start"):
        latency([1.0], start=np.nan)
