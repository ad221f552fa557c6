"""How firing begins along an f(I) curve: continuously, from zero, or by a jump."""

from dataclasses import dataclass

import numpy as np

from course import _check

_LEAST = 8  # points that tell a law
_BELOW = 0.1  # of the part that is near: how far under the last silent current the onset may be
_ROOT = 0.1  # a root that fits as well as this is a root
_HIGH = 0.4  # a jump leaves little to climb on the way to the last point
_BENDS = 0.05  # a logarithm less bent than this at its foot is a jump
_WORDS = {
    "racine": "classe 1\u00a0: f part de zéro, comme √(I − I_c)",
    "logarithme": "classe 1\u00a0: f part de zéro, comme −1/ln(I − I_c)",
    "saut": "classe 2\u00a0: f commence par un saut",
}


@dataclass(frozen=True)
class Onset:
    """The foot of an f(I) curve.

    Attributes:
        current: I_c, where firing begins, between the last silent current and the first that is not.
        rate: [Hz] where the fitted law begins: 0 in class 1, the height of the jump in class 2.
        law: "racine", f = a √(I - I_c) (a saddle-node on an invariant circle); "logarithme", 1/f = c - k ln(I - I_c)
            (a threshold that is reached ever more slowly: integrate-and-fire); "saut", f = f_c + a √(I - I_c).
        coefficients: (f_c, a), or (c, k) in seconds.
        error: relative root mean square error of the fit.
    """

    current: float
    rate: float
    law: str
    coefficients: tuple[float, float]
    error: float

    @property
    def kind(self) -> int:
        """Hodgkin's class, 1 or 2."""
        return 2 if self.law == "saut" else 1

    @property
    def words(self) -> str:
        return _WORDS[self.law]

    def fit(self, I: np.ndarray) -> np.ndarray:
        """The fitted law [Hz]; 0 up to I_c."""
        x = np.asarray(I, float) - self.current
        return np.where(x > 0, _law(self.law, self.coefficients, np.where(x > 0, x, 1.0)), 0.0)


def firing_onset(currents: np.ndarray, rates: np.ndarray, near: float = 0.1) -> Onset | None:
    """The law that the foot of the curve follows best; None when it is never silent below, or never fires.

    Two decades of I - I_c tell a root from a logarithm and from a jump; a coarse curve may not.

    Args:
        currents, rates: a curve [Hz], its points in any order.
        near: the foot is this part of the firing currents, from the lowest: 1 for a curve of the foot alone.

    >>> I = np.linspace(0, 2, 201)
    >>> onset = firing_onset(I, 30*np.sqrt(np.clip(I - 1, 0, None)))
    >>> onset.law, onset.kind, round(onset.coefficients[1], 3)
    ('racine', 1, 30.0)
    """
    if not 0 < _check.number("firing_onset.near", near) <= 1:
        raise _check.refuse("firing_onset.near", "une part entre 0 et 1", near)
    I, f = np.ravel(np.asarray(currents, float)), np.ravel(np.asarray(rates, float))
    if len(I) != len(f):
        raise _check.refuse("firing_onset.rates", f"{len(I)} valeurs, comme currents", len(f))
    order = np.argsort(I)
    I, f = I[order], f[order]
    firing = np.flatnonzero(f > 0)
    if not len(firing) or firing[0] == 0:
        return None
    first = firing[0]
    low, high = I[first - 1], I[first]
    I, f = I[firing], f[firing]
    foot = (I - low <= near * (I[-1] - low)) | (np.arange(len(I)) < _LEAST)
    I, f = I[foot], f[foot]
    # the onset is anywhere between two points, or a little below: a run too short calls silent what fires slowly
    between = low + (high - low) * (1 - np.cos(np.linspace(0, np.pi, 61)[:-1])) / 2
    below = low - _BELOW * (I[-1] - low) * np.geomspace(1e-3, 1, 100)
    places = [*below, *between]
    root, log, jump = (
        min((_fitted(law, float(p), I, f) for p in places), key=lambda onset: onset.error)
        for law in ("racine", "logarithme", "saut")
    )
    if root.error < _ROOT:  # two coefficients are enough
        return root
    bends = log.coefficients[1] * f[0] > _BENDS  # d ln f/d ln(I - I_c) at the lowest current
    if bends and log.error < 0.5 * min(root.error, jump.error):
        return log
    return jump if jump.rate > _HIGH * f[-1] and jump.error < root.error else root


def _law(law: str, coefficients: tuple[float, float], x: np.ndarray) -> np.ndarray:
    first, second = coefficients
    if law == "logarithme":
        period = first - second * np.log(x)
        return np.divide(1.0, period, out=np.full_like(x, np.inf), where=period > 0)
    return first + second * np.sqrt(x)


def _fitted(law: str, place: float, I: np.ndarray, f: np.ndarray) -> Onset:
    """Least squares of the relative error, the onset being at `place`."""
    x = I - place
    if law == "logarithme":
        columns, target = (f, -f * np.log(x)), np.ones_like(f)
    else:
        columns, target = (1 / f, np.sqrt(x) / f), np.ones_like(f)
    if law == "racine":
        columns = columns[1:]
    solution = np.linalg.lstsq(np.stack(columns, axis=1), target, rcond=None)[0].tolist()
    coefficients = (0.0, *solution) if law == "racine" else tuple(solution)
    with np.errstate(all="ignore"):
        error = float(np.sqrt(np.mean((_law(law, coefficients, x) / f - 1) ** 2)))
    rate = coefficients[0] if law == "saut" else 0.0
    return Onset(place, rate, law, coefficients, error)
