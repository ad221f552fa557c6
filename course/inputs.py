"""What one injects: inputs add and scale, `step(5, 20) + noise(1)`, and take the place of a number in `simulate`.

A deterministic input is also a function of the time: `step(5, 20)(t)`. At a jump it has its new value. Times in
ms, amplitudes in the unit of the parameter it replaces. In a batch every neuron receives the same input; `xi` in
an equation is the noise that differs from neuron to neuron.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from course import _check

Signal = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Input:
    """A signal; `realise(T, dt, rng)` draws what is random in it and returns the function of time of one run."""

    name: str
    realise: Callable[[float, float, np.random.Generator], Signal]
    random: bool = False

    def __call__(self, t: np.ndarray | float) -> np.ndarray:
        """The value at `t` (ms) of a deterministic input.

        Raises:
            ValueError: « noise : un tirage par simulation, et non une fonction du temps ».
        """
        if self.random:
            raise ValueError(
                f"{self.name}\u00a0: un tirage par simulation, et non une fonction du temps"
            )
        return self.realise(math.inf, math.nan, None)(np.asarray(t, float))

    def __add__(self, other: "Input | float") -> "Input":
        other = as_input(other)
        draw = lambda T, dt, rng: _sum(self.realise(T, dt, rng), other.realise(T, dt, rng))  # noqa: E731
        return Input(f"{self.name} + {other.name}", draw, self.random or other.random)

    __radd__ = __add__

    def __mul__(self, factor: float) -> "Input":
        factor = _check.number(f"{self.name} * facteur", factor)
        draw = lambda T, dt, rng: _scaled(self.realise(T, dt, rng), factor)  # noqa: E731
        return Input(f"{factor:g}*({self.name})", draw, self.random)

    __rmul__ = __mul__

    def __neg__(self) -> "Input":
        return self * -1.0

    def __sub__(self, other: "Input | float") -> "Input":
        return self + as_input(other) * -1.0

    def __rsub__(self, other: float) -> "Input":
        return as_input(other) - self

    def __repr__(self) -> str:
        return self.name


def _sum(a: Signal, b: Signal) -> Signal:
    return lambda t: a(t) + b(t)


def _scaled(a: Signal, factor: float) -> Signal:
    return lambda t: factor * a(t)


def as_input(x: Input | float) -> Input:
    """A number is the constant input."""
    if isinstance(x, Input):
        return x
    x = _check.number("Input + terme", x, "un nombre ou une entrée de course.inputs")
    return _fixed(f"{x:g}", lambda t: np.full(np.shape(t), x))


def _fixed(name: str, signal: Signal) -> Input:
    return Input(name, lambda T, dt, rng: signal)


def step(amplitude: float, start: float, stop: float = math.inf) -> Input:
    """`amplitude` from `start` to `stop` (ms), 0 elsewhere.

    >>> step(5, 20)([0, 20, 100])
    array([0., 5., 5.])
    """
    amplitude, start = (
        _check.number("step.amplitude", amplitude),
        _check.number("step.start", start),
    )
    if not stop > start:
        raise _check.refuse("step.stop", f"une fin après le début ({start:g}\u00a0ms)", stop)
    text = (
        f"step({amplitude:g}, {start:g})"
        if stop == math.inf
        else f"step({amplitude:g}, {start:g}, {stop:g})"
    )
    return _fixed(text, lambda t: amplitude * ((t >= start) & (t < stop)))


def pulse(amplitude: float, start: float, duration: float) -> Input:
    """`amplitude` during `duration` ms from `start` on."""
    duration = _check.positive("pulse.duration", duration, "ms")
    start = _check.number("pulse.start", start)
    return step(_check.number("pulse.amplitude", amplitude), start, start + duration)


def ramp(start: float, stop: float, first: float, last: float) -> Input:
    """`first` until `start`, `last` from `stop` on, a straight line between."""
    start, first, last = (
        _check.number(f"ramp.{n}", v)
        for n, v in (("start", start), ("first", first), ("last", last))
    )
    if not (stop > start and math.isfinite(stop)):
        raise _check.refuse("ramp.stop", f"une fin après le début ({start:g}\u00a0ms)", stop)
    return _fixed(
        f"ramp({start:g}, {stop:g}, {first:g}, {last:g})",
        lambda t: np.interp(t, (start, stop), (first, last)),
    )


def sine(amplitude: float, frequency: float, offset: float = 0.0, phase: float = 0.0) -> Input:
    """offset + amplitude sin(2π frequency t + phase), the frequency in Hz, the phase in radians.

    >>> float(sine(2, 10)(25.0))
    2.0
    """
    amplitude, offset, phase = (
        _check.number(f"sine.{n}", v)
        for n, v in (("amplitude", amplitude), ("offset", offset), ("phase", phase))
    )
    frequency = _check.positive("sine.frequency", frequency, "Hz")
    omega = 2 * math.pi * frequency / 1000  # t is in ms
    return _fixed(
        f"sine({amplitude:g}, {frequency:g}, {offset:g})",
        lambda t: offset + amplitude * np.sin(omega * t + phase),
    )


def piecewise(times: Sequence[float], values: Sequence[float]) -> Input:
    """`values[k]` from `times[k]` (ms) on, 0 before the first.

    >>> piecewise([0, 10, 20], [1, 3, 0])([5, 10, 30])
    array([1., 3., 0.])
    """
    at, value = np.asarray(times, float), np.asarray(values, float)
    if at.ndim != 1 or at.shape != value.shape or not len(at):
        raise _check.refuse(
            "piecewise.values", f"autant de valeurs que d'instants ({at.size})", values
        )
    if not (np.isfinite(at).all() and (np.diff(at) > 0).all()):
        raise _check.refuse("piecewise.times", "des instants finis et croissants (ms)", times)
    if not np.isfinite(value).all():
        raise _check.refuse("piecewise.values", "des nombres finis", values)
    padded = np.concatenate([[0.0], value])
    return _fixed(
        f"piecewise({at.tolist()}, {value.tolist()})",
        lambda t: padded[np.searchsorted(at, t, side="right")],
    )


def noise(sd: float, every: float = 0.1, mean: float = 0.0) -> Input:
    """Gaussian values of standard deviation `sd`, drawn anew each `every` ms whatever dt.

    Its power at low frequency is sd²·every: a value redrawn at each step would vanish as dt → 0.
    """
    sd, every = _check.not_negative("noise.sd", sd), _check.positive("noise.every", every, "ms")
    mean = _check.number("noise.mean", mean)

    def realise(T: float, dt: float, rng: np.random.Generator) -> Signal:
        values = mean + sd * rng.standard_normal(int(T / every) + 2)
        return lambda t: values[np.minimum(t / every + 1e-9, len(values) - 1).astype(int)]

    return Input(f"noise({sd:g}, {every:g}, {mean:g})", realise, random=True)


def ornstein_uhlenbeck(mean: float, sd: float, tau: float) -> Input:
    """τ dx/dt = mean - x + sd √(2τ) ξ: stationary deviation `sd`, correlation exp(-|Δt|/τ); exact at any dt.

    Starts in its stationary law. Source: Gillespie, Phys. Rev. E 54 (1996) 2084, eq. 3.1.
    """
    mean, sd = (
        _check.number("ornstein_uhlenbeck.mean", mean),
        _check.not_negative("ornstein_uhlenbeck.sd", sd),
    )
    tau = _check.positive("ornstein_uhlenbeck.tau", tau, "ms")

    def realise(T: float, dt: float, rng: np.random.Generator) -> Signal:
        from scipy.signal import lfilter

        decay = math.exp(-dt / tau)
        kicks = rng.standard_normal(int(round(T / dt)) + 2)
        kicks[1:] *= math.sqrt(1 - decay**2)
        values = mean + sd * lfilter([1.0], [1.0, -decay], kicks)
        grid = dt * np.arange(len(values))
        return lambda t: np.interp(t, grid, values)

    return Input(f"ornstein_uhlenbeck({mean:g}, {sd:g}, {tau:g})", realise, random=True)


def poisson(rate: float, T: float, rng: np.random.Generator) -> np.ndarray:
    """The times (ms) of a Poisson train of `rate` Hz on [0, T): a Poisson number of independent uniform times."""
    rate, T = _check.not_negative("poisson.rate", rate, "Hz"), _check.positive("poisson.T", T, "ms")
    return np.sort(rng.uniform(0.0, T, rng.poisson(rate * T / 1000)))


def correlated_poisson(n: int, rate: float, correlation: float, T: float, rng: np.random.Generator) -> list[np.ndarray]:
    """`n` Poisson trains of `rate` Hz on [0, T) ms, any two of which share a part `correlation` of their spikes.

    Each keeps the spikes of one mother train of rate/correlation Hz with the probability `correlation`, independently:
    counts in any window then have that correlation coefficient. At 0 the trains are independent.

    Source: Kuhn, Aertsen & Rotter, Neural Comput. 15 (2003) 67-101, the single interaction process.
    """
    if isinstance(n, bool) or not isinstance(n, int | np.integer) or n < 1:
        raise _check.refuse("correlated_poisson.n", "un nombre entier de trains, au moins 1", n)
    if not 0 <= _check.number("correlated_poisson.correlation", correlation) <= 1:
        raise _check.refuse("correlated_poisson.correlation", "une corrélation entre 0 et 1", correlation)
    if correlation == 0:
        return [poisson(rate, T, rng) for _ in range(n)]
    mother = poisson(rate / correlation, T, rng)
    return [mother[rng.random(len(mother)) < correlation] for _ in range(n)]
