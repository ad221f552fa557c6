"""The elementary functions of the kernels that LLVM vectorises, against the C library in extended precision."""

import numpy as np
import pytest
from numba import njit

from course.dynamics.functions import LANES


def on_array(name: str):
    f = LANES[name]

    @njit
    def each(x):
        y = np.empty_like(x)
        for i in range(len(x)):
            y[i] = f(x[i])
        return y

    return each


@pytest.mark.parametrize(("name", "ulps"), [("exp", 3), ("tanh", 24)])
def test_within_a_few_units_in_the_last_place(name, ulps):
    small = np.logspace(-300, 1, 3001)
    x = np.concatenate(
        [np.linspace(-25, 25, 20001), small, -small, np.linspace(0.169, 0.171, 1001)]
    )
    wanted = getattr(np, name)(x.astype(np.longdouble))
    error = np.abs(on_array(name)(x) - wanted) / np.spacing(np.abs(wanted.astype(float)))
    assert error.max() < ulps, x[error.argmax()]


def test_at_the_ends():
    ends = np.array([0.0, np.inf, -np.inf, np.nan, 1e4, -1e4])
    assert on_array("tanh")(ends) == pytest.approx([0, 1, -1, np.nan, 1, -1], nan_ok=True, abs=0)
    assert on_array("exp")(ends) == pytest.approx([1, np.inf, 0, np.nan, np.inf, 0], nan_ok=True)
