"""The student's own window f(Δt), called one number at a time: what it answers, or why it does not."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from course._check import refuse, shown

GRID = np.arange(-100.0, 101.0)  # ms: where the curve is drawn and compared


@dataclass(frozen=True, eq=False)
class Own:
    """A function, and what it has said; `fault` is the first refusal, in French, or nothing."""

    f: Callable
    said: dict = field(default_factory=dict)
    faults: dict = field(default_factory=dict)

    @classmethod
    def checked(cls, f: object) -> "Own":
        """`f` tried on the whole grid. What is no function is refused; a function that fails is shown to fail."""
        if not callable(f):
            raise refuse("explore_stdp.update", "une fonction f(delta_t)", f)
        own = cls(f)
        own(GRID)
        return own

    def __call__(self, delta_t: np.ndarray) -> np.ndarray:
        """f at each Δt; NaN where it has no number to give. Dust of sums aside, f is called once for each value."""
        x = np.asarray(delta_t, float)
        clean = np.round(x, 9)
        each, back = np.unique(np.where(clean == 0, x, clean), return_inverse=True)
        return np.array([self._one(one) for one in each.tolist()])[back]

    def _one(self, delta_t: float) -> float:
        if delta_t not in self.said:
            self.said[delta_t] = self._called(delta_t)
        return self.said[delta_t]

    def _called(self, delta_t: float) -> float:
        try:
            value = self.f(delta_t)
        except Exception as error:  # it is the student's: the message is for them, and the explorer goes on
            text = " ".join(str(error).split())
            self.faults[delta_t] = f"lève {type(error).__name__}" + (f" ({text[:80]})" if text else "")
            return np.nan
        a = np.asarray(value) if isinstance(value, int | float | np.number | np.ndarray) else None
        if a is None or a.ndim or a.dtype.kind not in "iuf":
            self.faults[delta_t] = f"doit rendre un nombre, et rend {shown(value)}"
            return np.nan
        if not np.isfinite(a):
            self.faults[delta_t] = f"doit rendre un nombre fini, et rend {shown(float(a))}"
            return np.nan
        return float(a)

    @property
    def fault(self) -> tuple[float, str] | None:
        """The failure nearest to Δt = 0, and what is wrong there."""
        if not self.faults:
            return None
        at = min(self.faults, key=lambda x: (abs(x), x < 0))
        return at, self.faults[at]


def weights(each: np.ndarray, pairs, run) -> np.ndarray:
    """The weight at the start and after each spike of `run`: `each` is added for each pair, then the bounds hold."""
    change = np.zeros(len(run.times))
    np.add.at(change, second(pairs, run), each)
    w, low, high = [float(run.weights[0])], run.rule.low, run.rule.high
    for step in change.tolist():
        w.append(min(max(w[-1] + step, low), high))
    lost = np.isnan(change).cumsum() > 0  # from there on nothing is known
    return np.where(np.concatenate([[False], lost]), np.nan, w)


def second(pairs, run) -> np.ndarray:
    """For each pair, the place in `run.times` of its second spike: when it acts."""
    before, after = np.flatnonzero(~run.post), np.flatnonzero(run.post)
    return np.where(pairs.delta_t >= 0, after[pairs.post], before[pairs.pre])
