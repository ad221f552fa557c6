"""What spikes and currents say, once simulated: arrays in, arrays out. Times in ms, rates in Hz.

trains      one spike train: intervals, their variation, their histogram, latency, adaptation
gain        the rate against the current, by one batch of simulations
onset       how firing begins along such a curve: from zero, or by a jump
threshold   the rates of the integrate-and-fire neuron in closed form, with and without noise
"""

from course._lazy import lazily

__all__, __getattr__ = lazily(
    __name__,
    {
        "trains": ("isi", "cv", "isi_histogram", "latency", "adaptation_index"),
        "gain": ("fi_curve",),
        "onset": ("firing_onset", "Onset"),
        "threshold": ("lif_rate", "siegert_rate"),
    },
)
