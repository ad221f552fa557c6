"""All the zeros of a function of one variable, those where it touches zero without crossing it included."""

from collections.abc import Callable

import numpy as np
from scipy.optimize import brentq, minimize_scalar

_WHOLE = 20  # samples where g is exactly zero: more are no lone zeros
_TOUCH = 1e-11  # of the largest |g| near: what counts as zero where g does not change sign


def zeros(g: Callable[[np.ndarray], np.ndarray], x: np.ndarray) -> list[float]:
    """The zeros of `g` between the ends of the increasing samples `x`; of an interval of zeros, the two ends."""
    y = np.asarray(g(x), float)
    y, found = np.where(np.isfinite(y), y, np.nan), list(x[y == 0])
    if len(found) > _WHOLE:  # a whole interval
        found = [found[0], found[-1]]
    crossing = np.flatnonzero(np.sign(y[:-1]) * np.sign(y[1:]) < 0)
    for i in crossing:
        root = brentq(g, x[i], x[i + 1], xtol=1e-15 * max(1.0, abs(x[i])), rtol=4e-15)
        if abs(g(root)) <= max(abs(y[i]), abs(y[i + 1])):  # a pole changes sign too
            found.append(root)
    size = np.abs(y)
    dips = 1 + np.flatnonzero(
        (size[1:-1] < size[:-2]) & (size[1:-1] <= size[2:]) & (np.sign(y[:-2]) * np.sign(y[2:]) > 0)
    )
    for i in dips:
        if y[i] * y[i - 1] > 0:
            found += _touching(g, x[i - 1 : i + 2], y[i - 1 : i + 2])
    return sorted(found)


def _touching(g: Callable, x: np.ndarray, y: np.ndarray) -> list[float]:
    """The zeros near a minimum of |g|: two, one where it touches, or none."""
    sign = np.sign(y[1])
    curvature = abs(y[0] - 2 * y[1] + y[2])
    if abs(y[1]) > 2 * curvature:  # a parabola through the three points stays away from zero
        return []
    dip = minimize_scalar(
        lambda u: sign * g(u), bounds=(x[0], x[2]), method="bounded", options={"xatol": 1e-12}
    )
    if dip.fun < -_TOUCH * np.abs(y).max():
        return [brentq(g, x[0], dip.x), brentq(g, dip.x, x[2])]
    return [float(dip.x)] if dip.fun <= _TOUCH * np.abs(y).max() else []


def polynomial_zeros(coefficients: np.ndarray) -> list[float]:
    """The real zeros, a multiple one once. Rounding splits a double zero by the square root of its size."""
    c = np.trim_zeros(np.asarray(coefficients, float), "f")
    if len(c) < 2 or not np.isfinite(c).all():
        return []
    r = np.roots(c)
    near = 1e-6 * np.maximum(1.0, np.abs(r))
    real = np.sort(r.real[np.abs(r.imag) <= near])
    kept: list[float] = []
    for group in np.split(
        real, 1 + np.flatnonzero(np.diff(real) > 2e-6 * np.maximum(1.0, np.abs(real[1:])))
    ):
        if len(group):
            kept.append(float(group.mean()))  # the mean of a split zero is exact to second order
    return kept
