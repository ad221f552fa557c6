"""Sensible bounds, durations and steps for a model that nobody has seen before."""

import math

import numpy as np

from course.dynamics import phase

NICE = (1, 2, 5, 10)


def floor_125(x: float) -> float:
    """The number 1, 2 or 5 times a power of ten just below `x`.

    >>> floor_125(0.008), floor_125(37)
    (0.005, 20.0)
    """
    power = 10.0 ** math.floor(math.log10(x))
    below = max(n for n in NICE if n * power <= x * (1 + 1e-9))
    return float(f"{below * power:.6g}")


def ceil_125(x: float) -> float:
    """The number 1, 2 or 5 times a power of ten just above `x`.

    >>> ceil_125(0.3), ceil_125(37)
    (0.5, 50.0)
    """
    power = 10.0 ** math.floor(math.log10(x))
    above = min(n for n in NICE if n * power >= x * (1 - 1e-9))
    return float(f"{above * power:.6g}")


def bounds_of(subject, name: str) -> tuple[float, float]:
    """Between what a parameter moves.

    A positive one (a time, a conductance, a slope) from a tenth to two or three times its value; a potential by
    half the window; a current or another number by what it takes to change the field by its own usual size.
    """
    value = subject.values[name]
    if value > 0 and name[0] not in "IE" and not name.startswith("V_"):
        return floor_125(value / 10), ceil_125(2.5 * value)
    if name[0] in "EV":
        low, high = subject.window[0]
        reach = ceil_125((high - low) / 2)
    elif value < 0 and name[0] != "I":
        reach = ceil_125(-value / 2)
    else:
        reach = ceil_125(max(_reach(subject, name), abs(value)))
    middle = round(2 * value / reach) * reach / 2
    return middle - reach, middle + reach


def _reach(subject, name: str) -> float:
    """How much `name` moves to change the field by what is usual in the calmest tenth of the window, eight times."""
    value = subject.values[name]
    nudge = 1e-3 * max(1.0, abs(value))
    args = subject.model, subject.x, subject.y, subject.window, (41, 41)
    moved = phase.vector_field(*args, **{name: value + nudge})
    f, sizes = subject.field, []
    for before, after in ((f.dx, moved.dx), (f.dy, moved.dy)):
        slopes, speeds = np.abs(after - before) / nudge, np.abs(before)
        slope = float(np.median(slopes[np.isfinite(slopes)]))
        if slope > 0:
            sizes.append(8 * float(np.quantile(speeds[np.isfinite(speeds)], 0.1)) / slope)
    return min((size for size in sizes if size > 0), default=max(1.0, abs(value)))


def durations(field: phase.Field, window: tuple) -> tuple[float, float, float]:
    """A quarter, once and four times what the slower variable takes to cross the window a few times [ms]."""
    times = []
    for (low, high), speed in zip(window, (field.dx, field.dy), strict=True):
        speed = np.abs(speed)[np.isfinite(speed)]
        typical = float(np.median(speed)) if len(speed) else 0.0
        times.append((high - low) / typical if typical > 0 else 1.0)
    middle = ceil_125(min(4 * max(times), 300.0))
    return floor_125(middle / 4), middle, ceil_125(4 * middle)
