"""Digits that the package carries, and features that cost nothing."""

import functools

import numpy as np

from course.data import load


@functools.cache
def mnist(n=1000, m=1000):
    d = load("mnist", subset=(n, m))
    return d.x_train, d.x_test


def averages(images):
    """Six numbers an image: the means of six parts of its pixels."""
    return np.stack([part.mean(axis=1) for part in np.array_split(images, 6, axis=1)], axis=1)
