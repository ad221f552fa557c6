"""Firing rates: populations instead of neurons, and one curve that says how a population answers a current.

sigmoid: the transfer function, its inverse, its slope; recurrence: one population that excites or inhibits itself;
pair: excitation and inhibition; given: the same models with a transfer function of one's own;
ring: populations around a circle, where a bump of activity remembers an angle.
A file is read when one of its names is asked for.
"""

from course._lazy import lazily

__all__, __getattr__ = lazily(
    __name__,
    {
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
    },
)
