"""What is asked of `simulate`, checked before any work: the object, the argument, the rule, the value."""

import math
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from course import _check
from course.dynamics.circular import Circular
from course.dynamics.spec import Spec
from course.dynamics.values import Value, checked
from course.inputs import Input

if TYPE_CHECKING:
    from course.dynamics.model import Model

# explicit Runge-Kutta methods whose stages need only the one before: nodes A (a sentinel ends them), weights B
METHODS = {
    "euler": ((0.0, 0.0), (1.0,)),
    "heun": ((0.0, 1.0, 0.0), (1 / 2, 1 / 2)),
    "rk4": ((0.0, 1 / 2, 1 / 2, 1.0, 0.0), (1 / 6, 1 / 3, 1 / 3, 1 / 6)),
    "exponential_euler": ((0.0,), ()),
    "euler_maruyama": ((0.0,), ()),
}
MEMORY = 2**30  # bytes a recording may take
_SCHEMES = {"exponential_euler": "exponential", "euler_maruyama": "noise"}


@dataclass
class Run:
    """A checked request: everything the loop needs, flat over neurons."""

    model: "Model"
    steps: int
    dt: float
    method: str
    located: bool
    batch: tuple[int, ...]
    n: int
    start: np.ndarray
    fixed: dict[str, np.ndarray]
    drives: dict[str, Callable[[np.ndarray], np.ndarray]]
    couplings: dict[str, Circular]
    recorded: tuple[str, ...]
    kept: tuple[str, ...]
    rng: np.random.Generator
    device: str

    @property
    def spec(self) -> Spec:
        return self.model.spec((*self.drives, *self.couplings), _SCHEMES.get(self.method, "rk"))


def checked_run(
    model: "Model",
    T: float,
    dt: float,
    method: str | None,
    start: Mapping[str, float] | None,
    record: Iterable[str] | None,
    spike_time: str,
    rng: np.random.Generator | int | None,
    device: str,
    parameters: Mapping[str, Value],
    every: int = 1,
) -> Run:
    """Refuse what cannot be run, before any work, with the object, the argument, the rule and the value.

    One state in `every` will be kept.
    """
    T, dt = _check.positive("simulate.T", T, "ms"), _check.positive("simulate.dt", dt, "ms")
    if dt > T:
        raise _check.refuse("simulate.dt", f"un pas plus petit que la durée ({T:g}\u00a0ms)", dt)
    steps = round(T / dt)
    if abs(steps * dt - T) > 1e-9 * T:
        warnings.warn(
            f"simulate.T\u00a0: {T:g}\u00a0ms n'est pas un multiple de dt = {dt:g}\u00a0ms\u00a0; "
            f"durée arrondie à {steps * dt:g}\u00a0ms",
            stacklevel=4,
        )
    default = "euler_maruyama" if model.noises else "rk4"
    method = _check.one_of("simulate.method", method or default, METHODS)
    if bool(model.noises) != (method == "euler_maruyama"):
        rule = (
            "euler_maruyama, la seule méthode quand xi figure"
            if model.noises
            else "une méthode sans bruit\u00a0: xi ne figure pas"
        )
        raise _check.refuse("simulate.method", f"{rule} dans les équations", method)
    located = (
        _check.one_of("simulate.spike_time", spike_time, ("interpolated", "step")) == "interpolated"
    )
    _check.one_of("simulate.device", device, ("cpu", "cuda"))
    if device == "cuda" and model.called:
        rule = f"cpu, où s'exécutent les fonctions Python du modèle ({', '.join(model.called)})"
        raise _check.refuse("simulate.device", rule, device)
    if (
        rng is not None
        and not isinstance(rng, np.random.Generator | int | np.integer)
        or isinstance(rng, bool)
    ):
        raise _check.refuse("simulate.rng", "un numpy.random.Generator ou une graine entière", rng)
    if isinstance(rng, int | np.integer) and rng < 0:
        raise _check.refuse("simulate.rng", "une graine positive ou nulle", rng)
    rng = np.random.default_rng(rng)

    for name, value in parameters.items():
        model.known_parameter("simulate", name)
        checked(f"simulate.{name}", value, name in model.positive)
    values = model.with_(**parameters).parameters
    drives = {n: v for n, v in values.items() if callable(v)}
    couplings = {n: v for n, v in values.items() if isinstance(v, Circular)}
    numbers = {n: v for n, v in values.items() if n not in drives and n not in couplings}
    arrays = {n: np.asarray(v, float) for n, v in numbers.items()}
    state = {**model.init, **_checked_start(model, start)}
    try:
        batch = np.broadcast_shapes(
            *(a.shape for a in arrays.values()),
            *(np.shape(v) for v in state.values()),
            *(c.kernel.shape for c in couplings.values()),
        )
    except ValueError:
        shapes = ", ".join(
            f"{n} {np.shape(a)}"
            for n, a in {**arrays, **state, **{n: c.kernel for n, c in couplings.items()}}.items()
            if np.ndim(a)
        )
        raise ValueError(
            f"simulate\u00a0: des tableaux de même forme (un neurone par élément), reçu {shapes}"
        ) from None
    n = math.prod(batch)
    recorded = (
        model.variables
        if record is None
        else (record,)
        if isinstance(record, str)
        else tuple(record)
    )
    if not all(isinstance(name, str) for name in recorded):
        raise _check.refuse("simulate.record", "une liste de noms", record)
    for name in recorded:
        _check.one_of("simulate.record", name, [*model.variables, *model.terms])
    kept = (
        model.variables
        if set(recorded) & set(model.terms)
        else tuple(v for v in model.variables if v in recorded)
    )
    _refuse_memory((n * len({*kept, *recorded}) + 1) * (steps // every + 1) * 8)
    return Run(
        model, steps, dt, method, located, batch, n,
        np.array([np.broadcast_to(state[v], batch).ravel() for v in model.variables]),
        {name: np.broadcast_to(a, batch).ravel() for name, a in arrays.items()},
        {name: _signal(name, v, steps * dt, dt, rng) for name, v in drives.items()},
        couplings, recorded, kept, rng, device,
    )  # fmt: skip


def _checked_start(model: "Model", start: Mapping[str, float] | None) -> dict[str, np.ndarray]:
    if start is not None and not isinstance(start, Mapping):
        raise _check.refuse("simulate.start", "un dictionnaire, comme {'V': -65}", start)
    for name in start or {}:
        if name not in model.variables:
            hint = _check.nearest(name, model.variables)
            raise _check.refuse(
                f"simulate.start[{name!r}]",
                f"une variable parmi {', '.join(model.variables)}{hint}",
                name,
            )
        value = checked(f"simulate.start[{name!r}]", start[name])
        if callable(value) or isinstance(value, Circular):
            raise _check.refuse(f"simulate.start[{name!r}]", "un nombre ou un tableau", start[name])
        if name in model.positive and (np.asarray(start[name], float) < 0).any():
            rule = f"{name} n'est jamais négatif"
            raise _check.refuse(f"simulate.start[{name!r}]", rule, start[name])
    return {name: np.asarray(v, float) for name, v in (start or {}).items()}


def _refuse_memory(size: int) -> None:
    if size > MEMORY:
        gib = f"{size / 2**30:.1f}".replace(".", ",")
        raise ValueError(
            f"simulate.record\u00a0: au plus {MEMORY / 2**30:g} Gio d'enregistrement, il en faudrait {gib}"
            "\u00a0; enregistrez moins de grandeurs (record=[]), augmentez dt ou réduisez T"
        )


def _signal(
    name: str, value: Callable, T: float, dt: float, rng: np.random.Generator
) -> Callable[[np.ndarray], np.ndarray]:
    """A drive as a function of an array of times; a student's function of one number is called point by point."""
    function = value.realise(T, dt, rng) if isinstance(value, Input) else value

    def signal(t: np.ndarray) -> np.ndarray:
        try:
            result = np.asarray(function(t.copy()), float)
        except (TypeError, ValueError):
            result = np.zeros(())
        if result.ndim == 0:  # a constant, a function of one number, or one that draws at each call
            try:
                result = np.array([function(x) for x in t.ravel().tolist()], float).reshape(t.shape)
            except (TypeError, ValueError):
                rule = "une fonction de t qui rend un nombre"
                raise _check.refuse(f"simulate.{name}", rule, function) from None
        if result.ndim and result.shape != t.shape:
            raise _check.refuse(f"simulate.{name}", "une fonction de t qui rend un nombre", result)
        if not np.isfinite(result).all():
            raise _check.refuse(f"simulate.{name}", "une fonction de t partout finie", result)
        return np.broadcast_to(result, t.shape)

    return signal
