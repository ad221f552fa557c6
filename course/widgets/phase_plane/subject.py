"""What an explorer of the phase plane looks at: a model, two variables, a window, and what suits them.

`Subject` is refused in French before any work where the model has no plane, and carries what is derived once from
the model: the range of each parameter, the durations, the step of integration.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from course import _check
from course.dynamics import Model, phase
from course.widgets.controls import Slider
from course.widgets.phase_plane.ranges import bounds_of, durations, floor_125

Interval = tuple[float, float]
View = tuple[Interval, Interval]


@dataclass(frozen=True, eq=False)
class Subject:
    """A model of two variables, the one drawn across and the one drawn upwards, and the whole window."""

    model: Model
    x: str
    y: str
    window: View
    given: Mapping[str, Interval]

    @property
    def values(self) -> dict[str, float]:
        """The parameters as the model has them."""
        return {name: float(value) for name, value in self.model.parameters.items()}

    @property
    def wide(self) -> dict[str, Interval]:
        """Three windows each way: where a fixed point out of sight is still worth a word."""
        return {
            name: (low - (high - low), high + (high - low))
            for name, (low, high) in zip((self.x, self.y), self.window, strict=True)
        }

    @cached_property
    def field(self) -> phase.Field:
        """The arrows over the whole window, at the model's own parameters."""
        return phase.vector_field(self.model, self.x, self.y, self.window, (41, 41))

    @cached_property
    def bounds(self) -> dict[str, Interval]:
        """Between what each parameter moves."""
        found = {name: bounds_of(self, name) for name in self.model.parameters}
        return found | dict(self.given)

    @cached_property
    def durations(self) -> tuple[float, float, float]:
        """A short, a middle and a long time for this plane [ms]."""
        return durations(self.field, self.window)

    @cached_property
    def rate(self) -> float:
        """How fast the fastest thing goes, almost everywhere in the window [1/ms]."""
        f, (dx, dy) = self.field, ((b - a) / 40 for a, b in self.window)
        fx, fy = np.gradient(f.dx, dx, axis=1), np.gradient(f.dx, dy, axis=0)
        gx, gy = np.gradient(f.dy, dx, axis=1), np.gradient(f.dy, dy, axis=0)
        speeds = np.maximum(abs(fx), abs(gy)) + np.sqrt(abs(fy * gx))
        speeds = speeds[np.isfinite(speeds)]
        return float(np.quantile(speeds, 0.95)) if len(speeds) else 1.0

    def dt(self, T: float) -> float:
        """A step that RK4 follows closely; fewer steps where a function is called, which costs more."""
        most, least = (1_000, 500) if self.model.called else (40_000, 1_000)
        return floor_125(min(T / least, max(T / most, 0.4 / max(self.rate, 1e-300))))

    def slider(self, name: str, chosen) -> Slider:
        """The slider of a parameter, seen where `chosen(values)`."""
        low, high = self.bounds[name]
        value = self.values[name]
        low, high = min(low, value), max(high, value)
        step = floor_125((high - low) / 500)
        return Slider(f"p.{name}", name, low, high, step, value=value, shown=chosen, wide=True)


def subject(model: Model, x: str, y: str, window: Mapping | Sequence, bounds: Mapping) -> Subject:
    """A checked `Subject`.

    Raises:
        ValueError: `explore_phase_plane.argument : règle, reçu valeur`.
    """
    where = "explore_phase_plane"
    if not isinstance(model, Model):
        raise _check.refuse(f"{where}.model", "un Model de course.dynamics", model)
    if len(model.variables) != 2:
        known = ", ".join(model.variables)
        rule = f"un modèle à deux variables, et celui-ci en a {len(model.variables)} ({known})"
        raise _check.refuse(f"{where}.model", rule, model)
    if model.noises:
        names = ", ".join(model.noises)
        rule = f"un modèle sans bruit\u00a0: avec {names}, un point du plan n'a pas une seule suite"
        raise _check.refuse(f"{where}.model", rule, model)
    field = phase.vector_field(model, x, y, window, (2, 2))
    view = tuple((float(a[0]), float(a[-1])) for a in (field.x, field.y))
    for name, interval in bounds.items():
        model.known_parameter(f"{where}.bounds", name)
        place, rule = f"{where}.bounds[{name!r}]", "deux bornes croissantes"
        if isinstance(interval, str) or not hasattr(interval, "__len__") or len(interval) != 2:
            raise _check.refuse(place, rule, interval)
        low, high = (_check.number(place, bound, rule) for bound in interval)
        if not low < high:
            raise _check.refuse(place, rule, interval)
    if not model.parameters:
        rule = "un modèle avec au moins un paramètre, que l'on fera varier"
        raise _check.refuse(f"{where}.model", rule, model)
    return Subject(model, x, y, view, dict(bounds))


def digits(step: float) -> int:
    """The decimals that a number moved by `step` needs.

    >>> digits(0.005), digits(2)
    (3, 0)
    """
    return max(0, -math.floor(math.log10(step) + 1e-9))
