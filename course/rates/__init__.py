"""Firing rates: populations instead of neurons, and one curve that says how a population answers a current.

sigmoid: the transfer function, its inverse, its slope; recurrence: one population that excites or inhibits itself;
pair: excitation and inhibition; given: the same models with a transfer function of one's own;
ring: populations around a circle, where a bump of activity remembers an angle.
A file is read when one of its names is asked for.
"""

from importlib import import_module

from course._check import nearest

_FILES = {
    "sigmoid": ("transfer", "transfer_inverse", "transfer_derivative"),
    "recurrence": ("population", "steady_states", "growth_rate", "returns", "hysteresis"),
    "pair": ("ei_network",),
    "given": ("with_transfer", "with_derivative"),
    "plane": ("Regimes", "regimes"),
    "ring": ("RingAttractor",),
    "ring_run": ("Cue", "RingRun"),
    "ring_angles": ("population_vector",),
    "ring_diffusion": ("Diffusion", "scatter"),
    "ring_regimes": ("bump_regimes",),
}
_WHERE = {name: file for file, names in _FILES.items() for name in names}
__all__ = [*_WHERE]


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(
            f"course.rates\u00a0: «\u00a0{name}\u00a0» n'y est pas{nearest(name, _WHERE)}"
        )
    return getattr(import_module(f"course.rates.{_WHERE[name]}"), name)
