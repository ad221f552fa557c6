"""What a ring is shown, and what it answers."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from course import _check
from course.rates.ring_angles import checked_angle, difference, population_vector, wrapped

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Cue:
    """A current around a direction, for a while.

    Args:
        angle: [degrees] where.
        start, duration: [ms] when.
        amplitude: the current at the centre, in arbitrary units.
        width: [degrees] standard deviation of its Gaussian profile, 1 to 180.

    >>> Cue(370).angle
    10.0
    """

    angle: float
    start: float = 200.0
    duration: float = 250.0
    amplitude: float = 10.0
    width: float = 20.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "angle", checked_angle("Cue.angle", self.angle))
        _check.not_negative("Cue.start", self.start, "ms")
        _check.positive("Cue.duration", self.duration, "ms")
        _check.number("Cue.amplitude", self.amplitude)
        if not 1 <= _check.positive("Cue.width", self.width, "degrés") <= 180:
            raise _check.refuse("Cue.width", "une largeur de 1 à 180 degrés", self.width)

    def over(self, theta: np.ndarray) -> np.ndarray:
        """Its current in the units of directions theta [degrees], while it lasts."""
        return self.amplitude * wrapped(theta - self.angle, self.width)

    def window(self, t: np.ndarray) -> np.ndarray:
        """1 while it lasts, else 0."""
        return np.where((t >= self.start) & (t < self.start + self.duration), 1.0, 0.0)


@dataclass(frozen=True, eq=False)
class RingRun:
    """A run of a ring.

    Attributes:
        t: instants [ms] (time,).
        r: rates [Hz] (time, unit), or (time, trial, unit).
        theta: preferred directions [degrees] (unit,).
        cues: what was shown.
    """

    t: np.ndarray
    r: np.ndarray
    theta: np.ndarray
    cues: tuple[Cue, ...]

    @cached_property
    def _said(self) -> tuple[np.ndarray, np.ndarray]:
        return population_vector(self.r)

    @property
    def angle(self) -> np.ndarray:
        """The decoded direction [degrees], (time,) or (time, trial)."""
        return self._said[0]

    @property
    def strength(self) -> np.ndarray:
        """How much the ring says it, 0 to 1, (time,) or (time, trial)."""
        return self._said[1]

    def error(self, angle: float) -> np.ndarray:
        """From `angle` to the decoded direction by the shorter way [degrees], in (-180, 180]."""
        return difference(self.angle, checked_angle("RingRun.error.angle", angle))

    @property
    def stimulus(self) -> np.ndarray:
        """The current of the cues (time, unit)."""
        total = np.zeros((len(self.t), len(self.theta)))
        for cue in self.cues:
            total += cue.window(self.t)[:, None] * cue.over(self.theta)
        return total

    def __repr__(self) -> str:
        trials = f", {self.r.shape[1]} essais" if self.r.ndim == 3 else ""
        return f"<RingRun {self.t[-1]:g} ms, {len(self.theta)} unités{trials}>"

    def plot(self, trial: int = 0) -> "Figure":
        """Space against time: the rate of every unit, the cues, and the decoded direction of one trial."""
        from matplotlib.figure import Figure

        one = self.r if self.r.ndim == 2 else self.r[:, trial]
        said, strength = population_vector(one)
        figure = Figure(figsize=(8.5, 3.4), layout="constrained")
        ax = figure.subplots()
        step = self.theta[1]
        extent = (self.t[0], self.t[-1], -step / 2, 360 - step / 2)
        image = ax.imshow(
            one.T, origin="lower", aspect="auto", extent=extent, interpolation="nearest"
        )
        jumps = np.abs(np.diff(said, append=said[-1])) > 180
        ax.plot(self.t, np.where(jumps | (strength < 0.1), np.nan, said), color="white", lw=1.4)
        for cue in self.cues:
            ax.plot([cue.start, cue.start + cue.duration], [cue.angle] * 2, color="#f0823e", lw=4)
        ax.set(xlabel="temps (ms)", ylabel="direction préférée (degrés)", yticks=range(0, 361, 90))
        figure.colorbar(image, label="taux (Hz)")
        return figure
