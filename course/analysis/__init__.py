"""What spikes and currents say, once simulated: arrays in, arrays out. Times in ms, rates in Hz.

trains      one spike train: intervals, their variation, their histogram, latency, adaptation
gain        the rate against the current, by one batch of simulations
onset       how firing begins along such a curve: from zero, or by a jump
threshold   the rates of the integrate-and-fire neuron in closed form, with and without noise
"""

from importlib import import_module

from course._check import nearest

_FILES = {
    "trains": ("isi", "cv", "isi_histogram", "latency", "adaptation_index"),
    "gain": ("fi_curve",),
    "onset": ("firing_onset", "Onset"),
    "threshold": ("lif_rate", "siegert_rate"),
}
_WHERE = {name: file for file, names in _FILES.items() for name in names}
__all__ = [*_WHERE]


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(
            f"course.analysis\u00a0: «\u00a0{name}\u00a0» n'y est pas{nearest(name, _WHERE)}"
        )
    return getattr(import_module(f"course.analysis.{_WHERE[name]}"), name)
