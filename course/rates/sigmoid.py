"""The transfer function of a population: its firing rate for a constant current, the inverse, and the slope."""

import numpy as np

from course import _check


def transfer(
    I: float | np.ndarray, r_max: float = 500.0, kappa: float = 0.2, I_half: float = 10.0
) -> float | np.ndarray:
    """Φ(I) = r_max (1 + tanh(κ (I - I_half)))/2.

    Args:
        I: current, in arbitrary units.
        r_max: [Hz] > 0, the rate that a strong current approaches.
        kappa: [1/unit of current] > 0, how steep the curve is: its slope at I_half is r_max κ/2.
        I_half: the current that gives r_max/2.

    Returns:
        The rate [Hz], of the shape of I.

    Raises:
        ValueError: « transfer.r_max : un nombre strictement positif (Hz), reçu -500 ».

    Leaves out: a threshold below which the rate is exactly zero, adaptation, and the delay before the rate follows.

    Source: the course's TD4, where r_max = 500, κ = 0.2 and I_half = 10 are the values used throughout.

    >>> transfer(10.0)
    250.0
    >>> transfer(np.array([0.0, 10.0, 20.0])).round(2)
    array([  8.99, 250.  , 491.01])
    """
    r_max, kappa, I_half = _curve("transfer", r_max, kappa, I_half)
    I = _numbers("transfer.I", I)
    # 1 + tanh(y) = 2/(1 + exp(-2y)): on the left the sum of 1 and -1 would lose the small rates
    y = np.exp(-2 * kappa * np.abs(I - I_half))
    return _same_kind(r_max * np.where(I_half > I, y, 1.0) / (1 + y))


def transfer_inverse(
    r: float | np.ndarray, r_max: float = 500.0, kappa: float = 0.2, I_half: float = 10.0
) -> float | np.ndarray:
    """Φ⁻¹(r) = I_half + artanh(2 r/r_max - 1)/κ: the current that gives the rate r, for 0 < r < r_max alone.

    Raises:
        ValueError: « transfer_inverse.r : des taux strictement compris entre 0 et r_max = 500 Hz, reçu 500.0 ».

    >>> transfer_inverse(250.0)
    10.0
    """
    r_max, kappa, I_half = _curve("transfer_inverse", r_max, kappa, I_half)
    r = _numbers("transfer_inverse.r", r)
    outside = ~((r > 0) & (r < r_max))
    if outside.any():
        rule = f"des taux strictement compris entre 0 et r_max = {r_max:g}\u00a0Hz"
        raise _check.refuse("transfer_inverse.r", rule, float(r[outside].flat[0]))
    # artanh(2 r/r_max - 1) = log(r/(r_max - r))/2
    return _same_kind(I_half + np.log(r / (r_max - r)) / (2 * kappa))


def transfer_derivative(
    I: float | np.ndarray, r_max: float = 500.0, kappa: float = 0.2, I_half: float = 10.0
) -> float | np.ndarray:
    """Φ'(I) = r_max κ (1 - tanh²(κ (I - I_half)))/2 [Hz per unit of current].

    >>> transfer_derivative(10.0)
    50.0
    """
    r_max, kappa, I_half = _curve("transfer_derivative", r_max, kappa, I_half)
    y = np.exp(-2 * kappa * np.abs(_numbers("transfer_derivative.I", I) - I_half))
    return _same_kind(2 * r_max * kappa * y / (1 + y) ** 2)


def _curve(where: str, r_max: float, kappa: float, I_half: float) -> tuple[float, float, float]:
    return (
        _check.positive(f"{where}.r_max", r_max, "Hz"),
        _check.positive(f"{where}.kappa", kappa),
        _check.number(f"{where}.I_half", I_half),
    )


def _numbers(where: str, values: float | np.ndarray) -> np.ndarray:
    rule = "un nombre fini, ou un tableau de nombres finis"
    try:
        array = np.asarray(values, float) if not isinstance(values, bool | str) else None
    except (TypeError, ValueError):
        array = None
    if array is None or not np.isfinite(array).all():
        raise _check.refuse(where, rule, values)
    return array


def _same_kind(values: np.ndarray) -> float | np.ndarray:
    """A number for a number, an array for an array."""
    return values if np.ndim(values) else float(values)
