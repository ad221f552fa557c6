"""Neurons of the literature: their equations, values and sources, as data.

conductance: membranes with ion channels; planar: two variables, drawn from the shape of their nullclines;
integrate_and_fire: a threshold and a reset. A file is read when one of its models is asked for.
"""

from importlib import import_module

from course._check import nearest

_FILES = {
    "conductance": (
        "hodgkin_huxley",
        "hodgkin_huxley_reduced",
        "morris_lecar_class_1",
        "morris_lecar_class_2",
    ),
    "planar": ("fitzhugh_nagumo", "izhikevich", "IZHIKEVICH"),
    "integrate_and_fire": ("lif", "lif_mV", "noisy_lif", "exponential_if", "adex", "ADEX"),
}
_WHERE = {name: file for file, names in _FILES.items() for name in names}
__all__ = [*_WHERE]


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(
            f"course.neurons\u00a0: «\u00a0{name}\u00a0» n'y est pas{nearest(name, _WHERE)}"
        )
    return getattr(import_module(f"course.neurons.{_WHERE[name]}"), name)
