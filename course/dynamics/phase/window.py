"""The window one looks through: an interval for each variable that it names."""

from collections.abc import Mapping, Sequence

from course import _check
from course.dynamics.model import Model

Window = dict[str, tuple[float, float]]


def checked_window(
    where: str, model: Model, window: Mapping | Sequence, names: Sequence[str] | None = None
) -> Window:
    """`((-2, 2), (-1, 1))`, in the order of `names` or of the variables, or `{"v": (-2, 2), "w": (-1, 1)}`."""
    names = tuple(names or model.variables)
    if not isinstance(window, Mapping):
        rule = f"un intervalle (début, fin) par variable, dans l'ordre {', '.join(names)}"
        if isinstance(window, str) or not isinstance(window, Sequence) or len(window) != len(names):
            raise _check.refuse(f"{where}.window", rule, window)
        window = dict(zip(names, window, strict=True))
    if not window:
        raise _check.refuse(f"{where}.window", "au moins un intervalle", window)
    for name, interval in window.items():
        variable(where, model, name)
        place = f"{where}.window[{name!r}]"
        rule = "deux nombres finis, le premier plus petit que le second"
        if isinstance(interval, str) or not hasattr(interval, "__len__") or len(interval) != 2:
            raise _check.refuse(place, rule, interval)
        low, high = (_check.number(place, bound, rule) for bound in interval)
        if not low < high:
            raise _check.refuse(place, rule, tuple(interval))
    return {name: (float(a), float(b)) for name, (a, b) in window.items()}


def variable(where: str, model: Model, name: object) -> str:
    """One of the variables of `model`."""
    if name not in model.variables:
        hint = _check.nearest(name, model.variables)
        known = ", ".join(model.variables)
        raise ValueError(
            f"{where}\u00a0: le modèle n'a pas de variable {name}{hint}\u00a0; il a {known}"
        )
    return name


def plane(where: str, model: Model, x: str, y: str) -> tuple[str, str]:
    """Two different variables of `model`."""
    variable(f"{where}.x", model, x)
    variable(f"{where}.y", model, y)
    if x == y:
        raise _check.refuse(f"{where}.y", f"une autre variable que x ({x})", y)
    return x, y
