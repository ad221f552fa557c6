"""Neurons of the literature: their equations, values and sources, as data.

conductance: membranes with ion channels; planar: two variables, drawn from the shape of their nullclines;
integrate_and_fire: a threshold and a reset. A file is read when one of its models is asked for.
"""

from course._lazy import lazily

__all__, __getattr__ = lazily(
    __name__,
    {
        "conductance": (
            "hodgkin_huxley",
            "hodgkin_huxley_reduced",
            "morris_lecar_class_1",
            "morris_lecar_class_2",
        ),
        "planar": ("fitzhugh_nagumo", "izhikevich", "IZHIKEVICH"),
        "integrate_and_fire": ("lif", "lif_mV", "noisy_lif", "exponential_if", "adex", "ADEX"),
    },
)
