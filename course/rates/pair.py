"""Two populations: one excites, the other inhibits."""

from course.dynamics import Model
from course.rates.recurrence import TRANSFER

ei_network = Model(
    """
    dr_E/dt = (Phi(I_E + w_EE*r_E + w_EI*r_I) - r_E)/tau_E   : Hz
    dr_I/dt = (Phi(I_I + w_IE*r_E + w_II*r_I) - r_I)/tau_I   : Hz
    """
    + TRANSFER,
    I_E=0.0, I_I=0.0, w_EE=0.1, w_EI=-0.1, w_IE=0.1, w_II=0.0, tau_E=20.0, tau_I=20.0,
    r_max=500.0, kappa=0.2, I_half=10.0,
    positive=("r_E", "r_I", "tau_E", "tau_I", "r_max", "kappa"),
)  # fmt: skip
"""Excitatory and inhibitory rates r_E, r_I [Hz]; w_EI is the weight from I to E, and so for the others.

Parameters: I_E, I_I the external currents, in arbitrary units; w the effective weights [unit of current/Hz], w_EE and
w_IE positive, w_EI and w_II negative; tau_E, tau_I [ms]; r_max [Hz], kappa [1/unit of current], I_half: see
`transfer`. With the weights given here rest turns into an oscillation as I_E grows: a supercritical Hopf bifurcation
at I_E = 6.634.

Leaves out: the neurons (no spike, no synchrony inside a population), the time course and the delay of synapses, the
fluctuations due to a finite number of neurons; both populations have the same transfer function.

Source: Wilson & Cowan, Biophys. J. 12 (1972) 1-24, without their refractory terms, as in the course's TD4, which
leaves the time constants open: 20 ms for both is this course's choice.
"""
