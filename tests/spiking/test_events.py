"""Spikes as lists, and the codes that make them: laws known on paper."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from course.spiking import Constant, Latency, Rate, jittered, noisy, shifted, thinned
from course.spiking.events import gather, sparse


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 6), st.integers(1, 5), st.integers(1, 7), st.integers(0, 99))
def test_dense_and_back(steps, samples, n, seed):
    dense = (np.random.default_rng(seed).random((steps, samples, n)) < 0.3).astype(np.float32)
    events = sparse(dense)
    assert (events.dense().numpy() == dense).all()
    rows = np.random.default_rng(seed).integers(samples, size=3)
    assert events[rows].index is events.index
    assert (events[rows].dense().numpy() == dense[:, rows]).all()
    again = gather(*events[rows].where(), 3, steps, n)
    assert (again.dense().numpy() == dense[:, rows]).all()


def test_the_layout_that_kernels_walk():
    dense = np.zeros((3, 2, 4))
    dense[0, 0, 2] = dense[2, 0, 1] = dense[2, 0, 3] = dense[1, 1, 0] = 1
    events = sparse(dense)
    assert events.ptr.tolist() == [[0, 1, 1, 3], [3, 3, 4, 4]]
    assert events.index.tolist() == [2, 1, 3, 0]
    assert (events.ptr.dtype, events.index.dtype) == (np.int64, np.int32)


def test_a_brighter_pixel_fires_earlier():
    code = Latency(100)
    x = np.linspace(0.21, 1, 200)[None]
    times = code.times(x)[0]
    assert (np.diff(times) < 0).all()
    # the membrane of a leaky integrator driven by x, x (1 - exp(-t/τ)), is at the threshold at that time
    np.testing.assert_allclose(x[0] * (1 - np.exp(-times / code.tau)), code.threshold, rtol=1e-12)
    sample, step, pixel = code(x).where()
    assert (step == np.floor(times[pixel])).all()
    assert len(pixel) == len(set(pixel)) == (times < 100).sum()
    assert len(Latency(100)(np.array([[0.0, 0.2]])).index) == 0


def test_a_rate_code_has_the_law_of_independent_steps():
    x, steps, p = np.full((2000, 3), 0.5, dtype=np.float32), 20, 0.15
    events = Rate(steps, rate=300.0)(x, rng=0)
    dense = events.dense().numpy()
    n = dense.size
    assert abs(dense.mean() - p) < 4 * np.sqrt(p * (1 - p) / n)
    counts = dense.sum(0)  # binomial(steps, p)
    assert counts.var() == pytest.approx(steps * p * (1 - p), rel=0.06)
    each = dense.mean((1, 2))
    assert np.abs(each - p).max() < 4.5 * np.sqrt(p * (1 - p) / 6000)
    centred = dense - p
    follows = (centred[1:] * centred[:-1]).mean() / (p * (1 - p))  # what a step says of the next one
    assert abs(follows) < 4 / np.sqrt(n)


def test_a_rate_is_proportional_to_the_pixel_and_drawn_by_its_seed():
    x = np.repeat([[0.0, 0.25, 1.0]], 3000, axis=0).astype(np.float32)
    events = Rate(50)(x, 3)
    assert (Rate(50)(x, 3).index == events.index).all()
    assert len(Rate(50)(x, 4).index) != len(events.index)
    rates = events.dense().mean((0, 1)).numpy()
    np.testing.assert_allclose(rates, [0, 0.025, 0.1], atol=4 * np.sqrt(0.1 / 150_000))


def test_a_constant_current_is_one_picture_seen_many_times():
    x = Constant(7, gain=2.0)(np.array([[0.5, 0.25]], dtype=np.float32))
    assert x.shape == (7, 1, 2)
    assert x.stride(0) == 0
    torch.testing.assert_close(x[6, 0], torch.tensor([1.0, 0.5]))


def test_noise_jitter_and_losses():
    x = np.full((400, 50), 0.5, dtype=np.float32)
    assert noisy(x, 0.1, 0).std() == pytest.approx(0.1, rel=0.05)
    assert noisy(x, 5.0, 0).min() == 0
    events = sparse(np.random.default_rng(0).random((100, 40, 30)) < 0.02)
    assert (jittered(events, 0.0, 0).dense() == events.dense()).all()
    middle = gather(np.arange(3000), np.full(3000, 50), np.zeros(3000, int), 3000, 101, 1)
    moved = jittered(middle, 3.0, 0).where()[1]
    assert moved.mean() == pytest.approx(50, abs=0.25)
    assert moved.std() == pytest.approx(np.sqrt(9 + 1 / 12), rel=0.05)  # rounding adds 1/12
    kept = thinned(events, 0.3, 0)
    assert len(kept.index) / len(events.index) == pytest.approx(0.7, abs=0.05)
    assert (kept.dense() <= events.dense()).all()
    assert len(thinned(events, 1.0, 0).index) == 0


def test_a_picture_that_moves():
    x = np.zeros((300, 16), dtype=np.float32)
    x[:, 5] = 1  # row 1, column 1 of 4 × 4
    events = Latency(10)(x)
    assert (shifted(events, 0, 0).dense() == events.dense()).all()
    sample, step, pixel = shifted(events, 1, 0).where()
    assert set(pixel) == {0, 1, 2, 4, 5, 6, 8, 9, 10}
    assert (sample == np.arange(300)).all()
    assert (step == events.where()[1]).all()
    lost = shifted(events[[0] * 400], 2, 0)  # two rows up or two columns left: out of the frame
    assert len(lost.index) / 400 == pytest.approx(16 / 25, abs=0.08)
