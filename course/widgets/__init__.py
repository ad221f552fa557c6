"""The explorers of the notebooks, loaded when asked for: `explore_hodgkin_huxley()`, `explore_phase_plane(…)`..."""

from course._lazy import lazily

__all__, __getattr__ = lazily(
    __name__,
    {
        "hodgkin_huxley": ("explore_hodgkin_huxley",),
        "phase_plane": ("explore_phase_plane",),
        "fi_curve": ("explore_fi_curve",),
        "population": ("explore_population",),
        "ei_network": ("explore_ei_network",),
        "bump": ("explore_bump",),
        "synapse": ("explore_synapse",),
        "network": ("explore_network",),
        "decision_boundary": ("explore_decision_boundary",),
        "latent": ("explore_latent",),
        "oja": ("explore_oja",),
        "stdp": ("explore_stdp",),
        "spiking_training": ("explore_spiking_training",),
        "gan": ("explore_gan",),
        "rbm": ("explore_rbm",),
    },
)
