"""A thousand steps of Gibbs take no more memory than ten."""

import tracemalloc

import numpy as np

from course.generative import RBM


def peak(steps):
    rbm = RBM(64, 32)
    tracemalloc.start()
    try:
        rbm.sample(50, steps, seed=0)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_the_steps_gone_by_are_forgotten():
    peak(2)
    assert peak(300) < 1.5 * peak(10)


def test_what_is_drawn_is_the_last_step_of_the_chain():
    rbm = RBM(20, 8, seed=1)
    start = (np.random.default_rng(2).random((5, 20)) < 0.5).astype("float32")
    assert np.array_equal(rbm.sample(5, 7, start=start, seed=3), list(rbm.chain(start, 7, seed=3))[-1][0])
