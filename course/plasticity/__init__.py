"""How synapses learn, without a teacher: from the rates of two neurons, or from the times of their spikes.

rates      Hebb, Oja, covariance, BCM: one update, pure
window     what one pair of spikes does, the pairs that a pairing keeps, the protocol of the experiments
rules      pairs: additive, multiplicative, van Rossum's; what all rules share (traces, bounds, noise)
triplet    Pfister and Gerstner's rule, with its published parameters
offline    two spike trains and a rule: the weight after each spike
"""

from course._lazy import lazily

__all__, __getattr__ = lazily(
    __name__,
    {
        "rates": ("hebb", "oja", "covariance", "bcm", "bcm_threshold"),
        "window": ("stdp_window", "spike_pairs", "pairing_protocol"),
        "rules": ("Additive", "Multiplicative", "VanRossum", "Instar", "Rule"),
        "triplet": ("TripletSTDP",),
        "offline": ("stdp", "Learning"),
    },
)
