"""What two populations do in the end, over a plane of two parameters: one batch of runs."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from course import _check
from course.dynamics import Model
from course.dynamics.phase.system import System
from course.dynamics.values import checked
from course.rates.pair import ei_network

REST, OSCILLATION, TWO_RESTS, REST_OR_OSCILLATION = range(4)
_LOOKS = 10  # the runs are cut into so many, to say how far they are
_STILL, _APART = 0.5, 5.0  # Hz: no oscillation is smaller, no two states nearer
_LASTS, _SETTLED = 0.5, 0.995  # of the swing of the look before: round an unstable point, round a stable one
_STARTS = ((0.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.35, 0.95))  # of r_max


@dataclass(frozen=True, eq=False)
class Regimes:
    """`codes[j, i]`, one of the four above, at the i-th value of `x` and the j-th of `y`."""

    x: np.ndarray
    y: np.ndarray
    codes: np.ndarray


def regimes(
    x: str,
    xs: np.ndarray,
    y: str,
    ys: np.ndarray,
    model: Model = ei_network,
    progress: Callable[[float], None] = lambda share: None,
    **parameters: float,
) -> Regimes:
    """Rest, oscillation, or two of them, where the parameters `x` and `y` take the values `xs` and `ys`.

    Each pair is run from four starts (silence, both populations at their highest, E alone, I above a third of E) during
    100 times the longer time constant. The last tenth says what it does, the tenth before and the nearest fixed point
    whether that lasts. A state that none of the four falls on is missed: over I_E and w_EE, 1 pair of 1600.

    Args:
        progress: called with the share that is done, 0 to 1.

    Raises:
        ValueError: « regimes.y : un autre paramètre que x (I_E), reçu I_E ».

    >>> regimes("I_E", [0, 15], "w_EE", [0.02, 0.1]).codes
    array([[0, 0],
           [0, 1]])
    """
    for name in (x, y, *parameters):
        model.known_parameter("regimes", name)
    if x == y:
        raise _check.refuse("regimes.y", f"un autre paramètre que x ({x})", y)
    across, up = _values("xs", xs), _values("ys", ys)
    for name, given in {**parameters, x: across, y: up}.items():
        checked(f"regimes.{name}", given, name in model.positive)
    values = {**model.parameters, **parameters}
    top = values.get("r_max", 500.0)
    shape = (len(_STARTS), len(up), len(across))
    grid = dict(zip((x, y), (a.ravel() for a in np.broadcast_arrays(
        across[None, None, :], up[None, :, None], np.zeros(shape)
    )[:2]), strict=True))  # fmt: skip
    taus = [np.asarray({**values, **grid}[name], float) for name in ("tau_E", "tau_I")]
    T = 100 * max(float(tau.max()) for tau in taus) / _LOOKS
    steps = int(np.ceil(T / (min(float(tau.min()) for tau in taus) / 20)))
    state = {
        v: top * np.repeat([start[i] for start in _STARTS], shape[1] * shape[2])
        for i, v in enumerate(model.variables)
    }
    looks = []
    for k in range(_LOOKS):
        last = k >= _LOOKS - 2
        run = model.simulate(
            T, dt=T / steps, start=state, record=None if last else [], **{**parameters, **grid}
        )
        state = run.end
        if last:
            looks.append(np.array([[run[v].min(0), run[v].max(0)] for v in model.variables]))
        progress((k + 1) / _LOOKS)
    values = {**model.parameters, **parameters, **grid}
    resting = _beside_a_rest(System(model, tuple(values.values())), looks[-1].mean(1))
    return Regimes(across, up, _codes(*looks, resting, shape))


def _values(name: str, given: np.ndarray) -> np.ndarray:
    array = np.asarray(given, float)
    if array.ndim != 1 or not len(array) or not np.isfinite(array).all():
        raise _check.refuse(f"regimes.{name}", "une suite de nombres finis", given)
    return array


def _beside_a_rest(s: System, X: np.ndarray) -> np.ndarray:
    """Is the fixed point nearest to each state (variable, run) stable? Newton's method from the middle of a swing."""
    X = X.copy()
    for _ in range(12):
        J, F = np.moveaxis(s.jacobian(X), -1, 0), s.field(X).T
        with np.errstate(all="ignore"):
            X -= np.clip(
                np.linalg.solve(J + 1e-12 * np.eye(len(X)), F[:, :, None])[:, :, 0].T, -20, 20
            )
    still = np.abs(s.field(X)).max(0) < 1e-9
    return still & (np.linalg.eigvals(np.moveaxis(s.jacobian(X), -1, 0)).real < 0).all(1)


def _codes(
    before: np.ndarray, after: np.ndarray, resting: np.ndarray, shape: tuple[int, ...]
) -> np.ndarray:
    """From the (variable, least or greatest, run) of two looks, and where a stable point is in the middle."""
    was, swing = (np.ptp(look, axis=1).max(0) for look in (before, after))
    lasts = swing > np.where(resting, _SETTLED, _LASTS) * was
    oscillates = ((swing > _STILL) & lasts).reshape(shape)
    where = after.mean(1).reshape(-1, *shape)
    rests = ~oscillates
    low = np.where(rests, where, np.inf).min(1)
    high = np.where(rests, where, -np.inf).max(1)
    two = rests.any(0) & ((high - low).max(0) > _APART)
    codes = np.where(two, TWO_RESTS, REST)
    codes = np.where(oscillates.any(0), REST_OR_OSCILLATION, codes)
    return np.where(oscillates.all(0), OSCILLATION, codes)
