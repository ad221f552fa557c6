"""The rate of a neuron against the current it receives: f(I), by one batch of simulations."""

import warnings
from typing import TYPE_CHECKING

import numpy as np

from course import _check

if TYPE_CHECKING:
    from course.dynamics import Model


def fi_curve(
    model: "Model", currents: np.ndarray, T: float = 1000.0, transient: float = 200.0,
    dt: float = 0.05, current: str = "I", spike: str | None = None, method: str | None = None,
    rng: np.random.Generator | int | None = None, **parameters: float,
) -> np.ndarray:  # fmt: skip
    """The rate at each current, all the currents in one run.

    Without noise the rate is that of the intervals, (n - 1)/(last spike - first spike), exact to the error of the
    method whatever T; it is n/(T - transient) where firing stops, and with noise (`xi` in the equations), when spikes
    are looked for on the grid, as `siegert_rate(..., dt=dt)` supposes.

    Args:
        model: any model with a spike condition, or one without and `spike`.
        currents: values of the parameter `current`, in any order.
        T: [ms] duration of the run, the `transient` [ms] that is left out of the count included.
        spike: "V >= 0", an upward crossing to be counted, for a model that has no spike condition.
        dt, method, rng: as for `simulate`; "exponential_euler" is exact for `lif`, whatever dt.
        parameters: other parameters of the model, one number each.

    Returns:
        Rates [Hz], of the shape of `currents`; 0 where nothing fires. A single spike in the window gives no interval:
        the rate is then 1/(T - transient), and a warning says for how many currents.

    Raises:
        ValueError: `fi_curve.T : …`, before any work.

    >>> from course.neurons import lif
    >>> fi_curve(lif, [2.0, 1.0, 1.5]).round(2).tolist()
    [144.27, 0.0, 91.02]
    """
    how = {"dt": dt, "method": method, "rng": rng}
    rates, _, single = measured(model, currents, T, transient, how, current, spike, **parameters)
    if single:
        where = "un courant ne donne" if single == 1 else f"{single} courants ne donnent"
        warnings.warn(
            f"fi_curve.T\u00a0: {where} qu'une impulsion en {T - transient:g}\u00a0ms, "
            "sans intervalle à mesurer\u00a0; allongez T, ou transient si elle n'est que la première",
            RuntimeWarning,
            stacklevel=2,
        )
    return rates


def measured(
    model: "Model", currents: np.ndarray, T: float, transient: float, how: dict, current: str = "I",
    spike: str | None = None, **parameters: float,
) -> tuple[np.ndarray, np.ndarray, int]:  # fmt: skip
    """The rates of `fi_curve`, where firing goes on to the end, and how many currents gave a single spike.

    `how` goes to `simulate`. Without noise firing has stopped when the silence at the end is longer than two intervals.
    """
    currents = _currents(currents)
    T = _check.positive("fi_curve.T", T, "ms")
    transient = _check.not_negative("fi_curve.transient", transient, "ms")
    window = T - transient
    if window <= 0:
        raise _check.refuse(
            "fi_curve.T", f"une durée qui dépasse transient ({transient:g}\u00a0ms)", T
        )
    model = counting(model, spike)
    if model.refractory >= window:
        rule = f"une durée comptée plus longue que la période réfractaire ({model.refractory:g}\u00a0ms)"
        raise _check.refuse("fi_curve.T", rule, T)
    model.known_parameter("fi_curve", current)
    for name, value in parameters.items():
        _check.number(f"fi_curve.{name}", value)
        if name == current:
            raise _check.refuse(f"fi_curve.{name}", "le courant est déjà dans currents", value)
    if parameters.get("sigma", 0) < 0:
        raise _check.refuse("fi_curve.sigma", "un bruit positif ou nul", parameters["sigma"])
    trace = model.simulate(
        T, record=[], spike_time="step" if model.noises else "interpolated", **how,
        **{current: currents.ravel()}, **parameters,
    )  # fmt: skip
    counted = [train[train >= transient] for train in trace.spikes]
    number = np.array([len(train) for train in counted])
    rates, lasting = number * 1000 / window, number > 0
    if not model.noises:
        lasting = number > 1
        for i in np.flatnonzero(lasting):
            train = counted[i]
            lasting[i] = trace.t[-1] - train[-1] <= 2 * np.diff(train).max()
            if lasting[i]:
                rates[i] = 1000 * (number[i] - 1) / (train[-1] - train[0])
    single = 0 if model.noises else int((number == 1).sum())
    return rates.reshape(currents.shape), lasting.reshape(currents.shape), single


def counting(model: "Model", spike: str | None) -> "Model":
    """The model, with `spike` as what is counted when it is given."""
    if spike is not None and model.reset:
        rule = f"aucun critère\u00a0: ce modèle a le sien, {model.spike}"
        raise _check.refuse("fi_curve.spike", rule, spike)
    if spike is not None:
        model = type(model)(
            model.text, init=model.init, spike=spike, functions=model.functions, **model.parameters
        )
    if model.spike is None:
        rule = (
            "un critère, comme spike=\"V >= 0\"\u00a0: ce modèle n'a pas de condition d'impulsion"
        )
        raise _check.refuse("fi_curve.spike", rule, spike)
    return model


def _currents(currents: np.ndarray) -> np.ndarray:
    try:
        values = np.atleast_1d(np.asarray(currents, float))
    except (TypeError, ValueError):
        values = np.zeros(0)
    if not values.size or not np.isfinite(values).all():
        raise _check.refuse("fi_curve.currents", "un tableau de courants finis", currents)
    return values
