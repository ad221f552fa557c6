"""The values of the controls become runs, steady states and curves."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from course import rates
from course.widgets.population.curves import Subject, folds, steady

_RATES = 801


def computation(s: Subject) -> Callable[..., dict]:
    """`compute(**values) -> arrays` of an explorer of `s`."""

    def compute(**values) -> dict:
        now = parameters(s, values)
        run = simulated(s, values["T"], (0.0, s.top, *values["starts"]), *now.values())
        states, slopes = rest(s, *now.values())
        r = np.linspace(0.0, 1.04 * s.top, _RATES)
        return {
            "subject": s,
            "values": values,
            "parameters": now,
            "run": run,
            "at": round(values["t"] / run.t[1]),
            "states": states,
            "slopes": slopes,
            "slope": (r, s.model.evaluate("dr/dt", r=r, **now)),
            "steady": steady(s, values["w"]),
            "folds": folds(s),
        }

    return compute


def parameters(s: Subject, values: dict) -> dict[str, float]:
    """Those of the model, as the sliders have them."""
    return {name: values[name] for name in ("I_ext", "w", "tau") if name in s.model.parameters}


@lru_cache(maxsize=64)
def simulated(s: Subject, T: float, starts: tuple[float, ...], *now: float):
    """One lane a start. The largest slope of dr/dt is 11/τ here: a step of τ/50 follows it."""
    names = [name for name in ("I_ext", "w", "tau") if name in s.model.parameters]
    values = dict(zip(names, now, strict=True))
    steps = int(np.ceil(T / (values.get("tau", 20.0) / 50)))
    return s.model.simulate(T, dt=T / steps, start={"r": np.array(starts)}, **values)


@lru_cache(maxsize=64)
def rest(s: Subject, *now: float) -> tuple[np.ndarray, np.ndarray]:
    """The steady rates of the window and the λ of each; none where nothing rests."""
    names = [name for name in ("I_ext", "w", "tau") if name in s.model.parameters]
    values = dict(zip(names, now, strict=True))
    try:
        found = rates.steady_states(model=s.model, **values)
    except ValueError:
        return np.zeros(0), np.zeros(0)
    found = found[(found >= 0) & (found <= 1.04 * s.top)]
    return found, np.atleast_1d(rates.growth_rate(found, model=s.model, **values))


def beside(s: Subject, values: dict) -> tuple[float, ...]:
    """1 % above each steady rate."""
    found, _ = rest(s, *parameters(s, values).values())
    return tuple(float(1.01 * r) for r in found)
