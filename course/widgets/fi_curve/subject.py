"""What is explored: a model, the current that varies and its bounds, what is drawn, and the noise one may add."""

import math
import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from course import _check
from course.analysis.gain import counting, measured
from course.dynamics import Model

DT = 0.05
NOISE = "sigma_xi"


@dataclass(frozen=True, eq=False)
class Subject:
    """A model with a spike condition; `noise` is its parameter that σ moves, "" when a noise has to be added."""

    model: Model
    current: str
    low: float
    high: float
    variable: str
    noise: str
    given: Model  # as it came, for the Python text: `model` may have gained the condition `spike`
    spike: str | None = None

    @property
    def second(self) -> str:
        """The other variable of a plane, "" when there is no plane."""
        others = [v for v in self.model.variables if v != self.variable]
        return others[0] if len(others) == 1 else ""

    @property
    def level(self) -> float | None:
        """Where a spike is cut when it is reset: the V of « V >= 0 » or of « u >= theta »."""
        read = re.fullmatch(rf"{self.variable} >=? (\S+)", self.model.spike)
        if not read or not self.model.reset:
            return None
        value = self.model.parameters.get(read[1], read[1])
        return float(value) if re.fullmatch(r"-?[\d.]+", str(value)) else None

    @property
    def unit(self) -> str:
        """That of the current, as the leak tells it."""
        unit = self.model.units.get("I_L", "")
        return "" if unit == "1" else unit

    @property
    def noise_unit(self) -> str:
        unit = self.model.units[self.variable]
        if unit in ("", "1"):
            return ""
        return unit if self.noise else f"{unit}/√ms"

    def step(self, sigma: float) -> float:
        """dt [ms]: Euler-Maruyama wants a finer one than RK4 where channels or an upstroke are stiff."""
        return DT if self.noise or not sigma else 0.4 * DT

    def with_noise(self, sigma: float, refractory: float) -> tuple[Model, dict[str, float]]:
        """The model to simulate, and the parameter that says its noise. Without noise it is integrated by RK4."""
        model = self.model.with_(refractory=refractory) if self.model.reset else self.model
        if self.noise:
            return (model, {self.noise: sigma}) if sigma else (quiet(model), {})
        return (noisy(model, self.variable), {NOISE: sigma}) if sigma else (model, {})


def subject(
    model: Model, currents: tuple[float, float] | None, current: str, variable: str | None,
    spike: str | None,
) -> Subject:  # fmt: skip
    """A checked `Subject`."""
    where = "explore_fi_curve"
    if not isinstance(model, Model):
        raise _check.refuse(f"{where}.model", "un modèle, comme course.neurons.lif", model)
    given, model = model, counting(model, spike)
    model.known_parameter(where, current)
    variable = _check.one_of(f"{where}.variable", variable or model.variables[0], model.variables)
    noise = "sigma" if model.noises and "sigma" in model.parameters else ""
    if model.noises and not noise:
        raise _check.refuse(f"{where}.model", "un bruit de paramètre sigma, ou pas de bruit", model)
    try:
        low, high = currents or bounds(quiet(model) if noise else model, current)
    except (TypeError, ValueError):
        raise _check.refuse(f"{where}.currents", "deux courants croissants", currents) from None
    low, high = _check.number(f"{where}.currents", low), _check.number(f"{where}.currents", high)
    if low >= high:
        raise _check.refuse(f"{where}.currents", "deux courants croissants", currents)
    return Subject(model, current, low, high, variable, noise, given, spike)


def noisy(model: Model, variable: str) -> Model:
    """The model with `sigma_xi*xi` added to the derivative of `variable`: a white noise, in its unit by √ms."""
    text, n = re.subn(rf"\bd{variable}/dt\s*=", f"d{variable}/dt = {NOISE}*xi + ", model.text)
    assert n == 1, "a derivative is written once"
    return _again(model, text, {**model.parameters, NOISE: 0.0})


@lru_cache(maxsize=32)
def quiet(model: Model) -> Model:
    """A model with a noise of parameter sigma, without it."""
    text = re.sub(r"\bxi(_\w+)?\b", "0", model.text)
    text = re.sub(r"\bsigma\b", "0", text)
    used = set(re.findall(r"\w+", f"{text} {model.spike} {model.reset}"))
    kept = {name: value for name, value in model.parameters.items() if name in used}
    return _again(model, text, kept)


def _again(model: Model, text: str, parameters: dict) -> Model:
    return Model(
        text, init=model.init, spike=model.spike, reset=model.reset, refractory=model.refractory,
        functions=model.functions, **parameters,
    )  # fmt: skip


def bounds(model: Model, current: str) -> tuple[float, float]:
    """Zero, and about three times the first current that makes it fire, looked for decade after decade."""
    for decade in range(-3, 4):
        tried = 10.0**decade * np.geomspace(1, 10, 16)
        _, lasting, _ = measured(model, tried, 600.0, 200.0, {"dt": DT}, current)
        firing = np.flatnonzero(lasting)
        if len(firing):
            return 0.0, rounded(3 * tried[firing[0]])
    return 0.0, 1.0


def rounded(x: float) -> float:
    """The next of 1, 1.5, 2, 3, 4, 5, 6, 8, 10, times a power of ten."""
    power = 10 ** math.floor(math.log10(x))
    step = min(k for k in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if k * power >= x * (1 - 1e-9))
    return round(step * power, 9)
