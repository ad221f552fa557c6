"""The two populations as what the explorers of a plane look at, and between what their parameters move."""

from course.dynamics import Model
from course.widgets.phase_plane.subject import Subject

BOUNDS = {
    "I_E": (-10.0, 60.0), "I_I": (-30.0, 60.0), "w_EE": (0.0, 0.2), "w_EI": (-0.2, 0.0), "w_IE": (0.0, 0.2),
    "w_II": (-0.1, 0.0), "tau_E": (5.0, 100.0), "tau_I": (5.0, 100.0),
}  # fmt: skip
STEPS = {name: 1.0 if name.startswith("tau") else 0.05 if name.startswith("I") else 0.001 for name in BOUNDS}
LABELS = {name: name for name in BOUNDS} | {"tau_E": "τ_E", "tau_I": "τ_I"}
TOP = 500.0  # Hz


def subject(model: Model) -> Subject:
    """The plane (r_E, r_I) of `ei_network`, or of the same with a student's Φ."""
    window = (-0.03 * TOP, 1.03 * TOP)
    return Subject(model, "r_E", "r_I", (window, window), BOUNDS)


def subscripted(name: str) -> str:
    """« w_{EE} », as the canvas writes it."""
    base, _, below = LABELS[name].partition("_")
    return f"{base}_{{{below}}}"
