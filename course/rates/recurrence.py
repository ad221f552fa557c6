"""One population that excites (w > 0) or inhibits (w < 0) itself: where it rests, and what it remembers."""

import numpy as np

from course import _check
from course.dynamics import Model
from course.dynamics.phase.fixed import found_in
from course.dynamics.phase.system import System, system
from course.dynamics.phase.window import checked_window
from course.inputs import piecewise

TRANSFER = """
    Phi(I) = r_max*(1 + tanh(kappa*(I - I_half)))/2  : Hz
"""

_ROUNDING = 1e-9  # Hz: 1 + tanh(y) is known to 2e-16, and is then multiplied by r_max

population = Model(
    "dr/dt = (Phi(I_ext + w*r) - r)/tau : Hz" + TRANSFER,
    I_ext=0.0, w=0.0, tau=20.0, r_max=500.0, kappa=0.2, I_half=10.0,
    positive=("r", "tau", "r_max", "kappa"),
)  # fmt: skip
"""The rate r [Hz] of one population that receives an external current and its own output.

Parameters: I_ext the external current, in arbitrary units; w the effective weight of the recurrent connections [unit of
current/Hz]; tau [ms] how long the rate takes to follow; r_max, kappa, I_half: see `transfer`. The start is r = 0.

At most two rates are stable, and two can be only for w > 2/(r_max κ), 0.02 here: the slope of w r must
somewhere meet that of Φ⁻¹.

Leaves out: the neurons, the synapses' own time course, fluctuations; a population is one number.

Source: Wilson & Cowan, Biophys. J. 12 (1972) 1-24, for one population; the course's TD4.
"""


def steady_states(
    I_ext: float,
    w: float,
    window: tuple[float, float] | None = None,
    model: Model = population,
    **parameters: float,
) -> np.ndarray:
    """The rates [Hz] that do not change, in increasing order: r = Φ(I_ext + w r).

    Args:
        window: (lowest, highest) [Hz]: where they are looked for; everywhere when None.
        model: `population`, or the same with a transfer function of one's own (`with_transfer`).
        parameters: tau, r_max, kappa, I_half, where they are not those of the model.

    Raises:
        ValueError: « steady_states.window : une fenêtre où se trouve un état stationnaire, reçu (200, 300) ».

    >>> steady_states(-2, 0.1).round(2)
    array([  4.97,  77.67, 500.  ])
    """
    s = _system("steady_states", model, I_ext, w, parameters)
    box = {} if window is None else checked_window("steady_states", s.model, (window,))
    points = found_in(s, box)
    if not points:
        rule = "une fenêtre où se trouve un état stationnaire" if box else "un modèle qui en a un"
        raise _check.refuse("steady_states.window", rule, window)
    return np.array([p["r"] for p in points])


def growth_rate(
    r: float | np.ndarray, I_ext: float, w: float, model: Model = population, **parameters: float
) -> float | np.ndarray:
    """λ = (w Φ'(I_ext + w r) - 1)/τ [1/ms], by which a small deviation from the rate r [Hz] grows, or dies if λ < 0.

    δr(t) = δr(0) exp(λ t) beside a steady state: it is stable when w Φ' < 1.

    >>> growth_rate(steady_states(-2, 0.1), -2, 0.1).round(4)
    array([-0.0402,  0.0812, -0.05  ])
    """
    s = _system("growth_rate", model, I_ext, w, parameters)
    slope = s.jacobian(_rates("growth_rate.r", r)[None])[0, 0]
    return slope if np.ndim(slope) else float(slope)


def returns(
    r: float | np.ndarray,
    I_ext: float | np.ndarray,
    w: float | np.ndarray,
    kick: float = 0.01,
    model: Model = population,
    **parameters: float | np.ndarray,
) -> bool | np.ndarray:
    """Does the rate come back to r when it starts from (1 + kick) r? Simulated during 20 τ; arrays make a batch.

    With one variable nothing oscillates: a deviation that has shrunk goes on shrinking. Beside another steady state
    nearer than the kick, take a smaller one.

    >>> returns(steady_states(-2, 0.1), -2, 0.1)
    array([ True, False,  True])
    """
    r, kick = _rates("returns.r", r), _check.positive("returns.kick", kick)
    tau = float(np.max(parameters.get("tau", model.parameters.get("tau", 20.0))))
    steps = np.ceil(20 * tau / _step(model, I_ext=I_ext, w=w, **parameters))
    run = model.simulate(
        20 * tau, dt=20 * tau / steps, start={"r": (1 + kick) * r}, record=[],
        I_ext=I_ext, w=w, **parameters,
    )  # fmt: skip
    came = np.abs(run.end["r"] - r) < np.maximum(0.9 * kick * r, _ROUNDING)
    return came if np.ndim(came) else bool(came)


def hysteresis(
    I_up: np.ndarray,
    I_down: np.ndarray,
    w: float = 0.1,
    hold: float = 2000.0,
    model: Model = population,
    **parameters: float,
) -> tuple[np.ndarray, np.ndarray]:
    """The rates [Hz] at the end of each step of a staircase of currents: first I_up, from r = 0, then I_down.

    Args:
        I_up, I_down: the currents, in the order in which they are held; usually the second are the first, reversed.
        hold: [ms] how long each is held. A jump is late where the rate has no time to leave: after a fold passed
            by δ, the way out lasts about 148 ms/√δ at w = 0.1.

    Returns:
        (r_up, r_down), a rate for each current.

    >>> I = np.linspace(-40, 10, 26)
    >>> up, down = hysteresis(I, I[::-1], w=0.1)
    >>> up[20].round(2), down[::-1][20].round(2)
    (np.float64(18.45), np.float64(500.0))
    """
    up, down = (
        _currents(f"hysteresis.{name}", I) for name, I in (("I_up", I_up), ("I_down", I_down))
    )
    hold = _check.positive("hysteresis.hold", hold, "ms")
    values = np.concatenate([up, down])
    _system("hysteresis", model, 0.0, w, parameters)
    each = int(np.ceil(hold / _step(model, I_ext=values, w=w, **parameters)))
    stairs = piecewise(hold * np.arange(len(values)), values)
    run = model.simulate(hold * len(values), dt=hold / each, I_ext=stairs, w=w, **parameters)
    ends = run["r"][each::each]
    return ends[: len(up)], ends[len(up) :]


def _system(where: str, model: Model, I_ext: float, w: float, parameters: dict) -> System:
    s = system(where, model, {"I_ext": I_ext, "w": w, **parameters})
    if s.variables != ("r",):
        raise _check.refuse(f"{where}.model", "un modèle d'une seule variable, r", model)
    return s


def _rates(where: str, r: float | np.ndarray) -> np.ndarray:
    array = np.asarray(r, float)
    if not (np.isfinite(array) & (array >= 0)).all():
        raise _check.refuse(where, "un taux positif ou nul (Hz), ou un tableau de taux", r)
    return array


def _currents(where: str, I: np.ndarray) -> np.ndarray:
    array = np.asarray(I, float)
    if array.ndim != 1 or not len(array) or not np.isfinite(array).all():
        raise _check.refuse(where, "une suite de courants finis", I)
    return array


def _step(model: Model, **parameters: float | np.ndarray) -> float:
    """A step [ms]: a fifth of the inverse of the largest slope of dr/dt between 0 and 1000 Hz."""
    r = np.linspace(0.0, 1000.0, 401)
    columns = {name: np.asarray(value, float)[..., None] for name, value in parameters.items()}
    change = model.evaluate("dr/dt", r=r, **columns)
    return 0.2 / float(np.abs(np.diff(change) / np.diff(r)).max())
