"""The values of the controls become f(I) curves, the law of their onset, and one trace."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from course.analysis import Onset, firing_onset, isi_histogram
from course.analysis.gain import measured
from course.dynamics import Trace
from course.widgets.background import Background
from course.widgets.fi_curve.subject import DT, Subject

POINTS = 200
TRANSIENT = 200.0
SHOWN = 300.0  # ms of the trace that are drawn
CURVE = ("sigma", "refractory", "T", "zoom", "seed")  # what a curve depends on


def computation(s: Subject, background: Background) -> Callable[..., dict]:
    """`compute(**values) -> arrays`: the trace at once, the curve when `background` has made it."""
    shown: list[tuple] = []  # what the last curve on the screen depends on

    def compute(*, I: float, pinned: tuple | None, **physics) -> dict:
        key = tuple(physics[name] for name in CURVE)
        if key in shown or not shown:  # the first curve is waited for: there is none to show meanwhile
            made = curve(s, *key)
        else:
            made = background.ask(key, lambda: curve(s, *key))
        foot = None
        if made:
            shown[:] = [key]
            if not physics["sigma"]:
                rest = physics["refractory"]
                foot = background.ask(("onset", rest), lambda: onset(s, rest))
        noise = physics["sigma"], physics["refractory"], physics["seed"]
        return {
            "subject": s,
            "values": physics,
            "I": I,
            "window": window(s, physics["zoom"]),
            "curve": made or curve(s, *shown[0]),
            "stale": not made,
            "onset": foot,
            "pinned": curve(s, *pinned) if pinned else None,
            "pinned_values": dict(zip(CURVE, pinned, strict=True)) if pinned else None,
            "trace": trace(s, I, *noise, SHOWN),
            "intervals": intervals(s, I, *noise, physics["T"]) if physics["sigma"] else None,
        }

    return compute


@lru_cache(maxsize=32)
def curve(
    s: Subject, sigma: float, refractory: float, T: float, zoom: float, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Currents and rates; spikes that stop are no firing."""
    I = np.linspace(*window(s, zoom), POINTS)
    model, noise = s.with_noise(sigma, refractory)
    rates, lasting, _ = measured(
        model, I, TRANSIENT + T, TRANSIENT,
        {"dt": s.step(sigma), "rng": np.random.default_rng(seed)}, s.current, **noise,
    )  # fmt: skip
    return I, np.where(lasting, rates, 0.0)


@lru_cache(maxsize=32)
def threshold(s: Subject) -> tuple[float, float] | None:
    """The last silent current and the first that fires again and again, without noise; None when none does."""
    model, _ = s.with_noise(0.0, s.model.refractory)
    I, f = curve(s, 0.0, s.model.refractory, 1000.0, 1.0, 0)
    if not f.any() or f[0] > 0:
        return None
    step = I[1] - I[0]
    high = I[np.flatnonzero(f > 0)[0]]
    low = high - step
    for _ in range(8):
        I = np.linspace(low, high, 48)
        _, lasting, _ = measured(model, I, 3200.0, TRANSIENT, {"dt": DT}, s.current)
        first = int(np.argmax(lasting))
        if lasting[0]:
            low, high = low - 8 * (high - low), low  # in a longer run the last silent one fires
        elif not lasting[first]:
            return float(I[-1]), float(high + step)
        else:
            low, high = I[first - 1], I[first]
        if high - low < 1e-5 * step:
            break
    return float(low), float(high)


@lru_cache(maxsize=32)
def onset(s: Subject, refractory: float) -> tuple[Onset, float] | tuple[None, float]:
    """The law of the foot of the curve without noise, over three decades, and up to where it was looked at."""
    found = threshold(s)
    if not found:
        return None, s.high
    span = 0.05 * (s.high - found[1])
    I = np.concatenate([found, found[1] + span * np.geomspace(1e-3, 1, 46)])
    model, _ = s.with_noise(0.0, refractory)
    rates, lasting, _ = measured(model, I, 5200.0, TRANSIENT, {"dt": DT}, s.current)
    last = int(np.flatnonzero(~lasting).max(initial=0))  # it may stop after 3 s: the foot is above
    rates[: last + 1] = 0.0
    return firing_onset(I[last:], rates[last:], near=1.0), found[1] + span


def window(s: Subject, zoom: float) -> tuple[float, float]:
    """The currents in sight: all, or `zoom` times fewer around the threshold."""
    found = threshold(s) if zoom > 1 else None
    if not found:
        return s.low, s.high
    width = (s.high - s.low) / zoom
    return found[1] - 0.3 * width, found[1] + 0.7 * width


@lru_cache(maxsize=64)
def trace(s: Subject, I: float, sigma: float, refractory: float, seed: int, T: float) -> Trace:
    """One neuron at the current I, from its usual start."""
    model, noise = s.with_noise(sigma, refractory)
    # eight neurons, of which one is kept: the compiled loop is that of the curves
    run = model.simulate(
        T, s.step(sigma), rng=np.random.default_rng(seed), **{s.current: np.full(8, I)}, **noise
    )
    one = {name: np.ascontiguousarray(values[:, 0]) for name, values in run.recorded.items()}
    return Trace(run.t, one, run.spikes[0], {}, run.units)


@lru_cache(maxsize=64)
def intervals(
    s: Subject, I: float, sigma: float, refractory: float, seed: int, T: float
) -> tuple[np.ndarray, list[np.ndarray]]:
    """The intervals of sixteen neurons at the current I, pooled, and their histogram."""
    model, noise = s.with_noise(sigma, refractory)
    run = model.simulate(
        T, s.step(sigma), record=[], rng=np.random.default_rng(seed),
        **{s.current: np.full(16, I)}, **noise,
    )  # fmt: skip
    return np.concatenate([np.diff(train) for train in run.spikes]), isi_histogram(run.spikes, 2.0)
