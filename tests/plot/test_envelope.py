"""What is taken away from a curve is never seen missing."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from course.plot.envelope import envelope


@given(st.integers(0, 3), st.integers(20, 300), st.integers(1, 5000))
def test_extremes_of_every_column_are_kept(seed, columns, n):
    y = np.random.default_rng(seed).normal(size=n)
    x = np.arange(n) * 0.02
    thin_x, thin_y = envelope(x, y, columns)
    assert len(thin_x) == len(thin_y) <= max(n, 2)
    assert len(thin_y) <= 3 * columns + 2 * n / columns + 3
    assert thin_y.max() == y.max()
    assert thin_y.min() == y.min()
    assert np.all(np.diff(thin_x) >= 0)
    assert thin_x[-1] == x[-1]
    assert thin_y[-1] == y[-1]
    assert set(zip(thin_x.tolist(), thin_y.tolist(), strict=True)) <= set(
        zip(x.tolist(), y.tolist(), strict=True)
    ), "every point kept is a point of the curve"


def test_a_short_curve_is_left_as_it_is():
    x = np.arange(100.0)
    assert envelope(x, x, 50)[0] is x
