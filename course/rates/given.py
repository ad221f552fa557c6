"""The models of this room with a function of one's own in the place of Φ, or of dr/dt."""

import inspect
from collections.abc import Callable

import numpy as np

from course import _check
from course.dynamics import FunctionError, Model
from course.rates.recurrence import TRANSFER

_FROM, _TO, _SAMPLES = -200.0, 200.0, 4001


def with_transfer(model: Model, Phi: Callable[[float], float]) -> Model:
    """`population` or `ei_network` with the transfer function `Phi`, a Python function of the current.

    It must give a finite rate ≥ 0 for every current, and never less for more current; this is seen at 4001 currents
    from -200 to 200.

    Raises:
        ValueError: « with_transfer.Phi : une fonction croissante, reçu Phi(10) = 250 puis Phi(10,1) = 249 ».

    >>> from course.rates import population, steady_states
    >>> line = with_transfer(population, lambda I: max(0.0, 2 * I))
    >>> steady_states(10, 0.25, model=line)
    array([40.])
    """
    if TRANSFER.strip() not in model.text:
        rule = "population ou ei_network, dont Φ est encore celle du cours"
        raise _check.refuse("with_transfer.model", rule, model)
    if not callable(Phi):
        raise _check.refuse("with_transfer.Phi", "une fonction du courant", Phi)
    text = model.text.replace(TRANSFER, "\n")
    used = {n: v for n, v in model.parameters.items() if n not in ("r_max", "kappa", "I_half")}
    I = np.linspace(_FROM, _TO, _SAMPLES)
    refuse_curve("with_transfer.Phi", I, np.array([_value(Phi, x) for x in I.tolist()]))
    positive = model.positive & {*used, *model.variables}
    return Model(text, init=dict(model.init), functions={"Phi": Phi}, positive=positive, **used)


def refuse_curve(where: str, I: np.ndarray, r: np.ndarray) -> None:
    """The rules of a transfer function, and which one is broken: finite, never negative, never decreasing."""
    if not np.isfinite(r).all():
        _refuse(where, "un taux fini pour chaque courant", I, r, int(np.argmin(np.isfinite(r))))
    rounding = 1e-9 * np.abs(r).max()
    if (r < -rounding).any():
        _refuse(where, "un taux jamais négatif", I, r, int(np.argmax(r < -rounding)))
    falls = np.diff(r) < -rounding
    if falls.any():
        k = int(np.argmax(falls))
        rule = "une fonction croissante, où plus de courant ne donne jamais moins de décharge"
        _refuse(where, rule, I, r, k, k + 1)


def _refuse(where: str, rule: str, I: np.ndarray, r: np.ndarray, *places: int) -> None:
    said = " puis ".join(f"Φ({I[k]:.6g}) = {r[k]:.6g}".replace(".", ",") for k in places)
    raise ValueError(f"{where}\u00a0: {rule}, reçu {said}")


def _value(Phi: Callable, I: float) -> float:
    """One value; what comes out of a student's function is said with its argument."""
    try:
        value = Phi(I)
    except Exception as e:  # a student's function: anything may come out of it
        said = f"la fonction s'arrête sur {type(e).__name__} ({e})"
        raise FunctionError(f"with_transfer.Phi({I:g})\u00a0: {said}") from e
    if np.ndim(value) or isinstance(value, bool | str) or value is None:
        rule = "un nombre pour chaque courant" + " (il manque return\u00a0?)" * (value is None)
        raise _check.refuse(f"with_transfer.Phi({I:g})", rule, value)
    return float(value)


def with_derivative(model: Model, drdt: Callable[..., float]) -> Model:
    """`population` with dr/dt [Hz/ms] given by `drdt`, a Python function of r, I_ext, w, and of others by their names.

    It may also take tau, r_max, kappa, I_half, and t, which is 0: nothing here depends on time. An argument of another
    name needs a default value.

    Raises:
        ValueError: « with_derivative.drdt : une fonction de r, I_ext, w, reçu drdt(r) ».

    >>> from course.rates import population, steady_states
    >>> half = with_derivative(population, lambda r, I_ext, w: (I_ext + w * r - r / 2) / 20)
    >>> steady_states(10, 0.25, model=half).round(6)
    array([40.])
    """
    if model.variables != ("r",):
        raise _check.refuse("with_derivative.model", "un modèle d'une seule variable, r", model)
    names = _taken("with_derivative.drdt", drdt, {"r", "t", *model.parameters})
    called = ", ".join("0" if name == "t" else name for name in names)
    used = {n: v for n, v in model.parameters.items() if n in names}
    given = {"drdt": lambda *values: drdt(**dict(zip(names, values, strict=True)))}
    positive = model.positive & {"r", *used}
    return Model(
        f"dr/dt = drdt({called}) : Hz",
        init=dict(model.init),
        functions=given,
        positive=positive,
        **used,
    )


def _taken(where: str, function: Callable, known: set[str]) -> list[str]:
    """The known names among the arguments of a function."""
    rule = "une fonction de r, I_ext, w"
    if not callable(function):
        raise _check.refuse(where, rule, function)
    arguments = inspect.signature(function).parameters
    missing = {"r", "I_ext", "w"} - set(arguments)
    strange = [n for n, a in arguments.items() if n not in known and a.default is a.empty]
    if missing or strange:
        said = f"drdt{inspect.signature(function)}"
        raise ValueError(f"{where}\u00a0: {rule}, reçu {said}")
    return [n for n in arguments if n in known]
