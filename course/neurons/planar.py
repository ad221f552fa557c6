"""Neurons in the plane, written for their geometry: a cubic and a line, a parabola and a line."""

import math
from collections.abc import Mapping
from types import MappingProxyType

from course.dynamics import Model

fitzhugh_nagumo = Model(
    """
    dv/dt = v - v**3/3 - w + I      : 1
    dw/dt = (v + a - b*w)/tau       : 1
    """,
    init={"v": -1.199408, "w": -0.624260},
    spike="v >= 1",
    a=0.7, b=0.8, tau=12.5, I=0.0,
)  # fmt: skip
"""The cubic and the line: v for the potential, w for what brings it back; nothing here has a unit.

Parameters: I the current; a and b the line's place and slope, tau how much slower w is than v. One unit of time is
about a millisecond of axon by its look only: no number of it compares with a measured one. The start is the rest at
I = 0; a spike is counted where v crosses 1 upwards, nothing is reset.

Leaves out: channels, ions, units, any threshold in volts, and slow trains: an excitation of class 2 alone.

Source: FitzHugh, Biophys. J. 1 (1961) 445-466, with a, b and 1/tau = 0.08 as there, in the signs of Nagumo et al.,
Proc. IRE 50 (1962) 2061-2070. The rest is lost at I = 0.33128 and found again at 1.41872, where the
Jacobian has no trace: v² = 1 - b/tau.
"""

_IZHIKEVICH = """
    dv/dt = 0.04*v**2 + 5*v + 140 - u + I      : mV
    du/dt = a*(b*v - u)                        : mV/ms
"""


def _izhikevich(a: float, b: float, c: float, d: float, I: float, v: float = -65.0) -> Model:
    """These values, started from v with u = b·v."""
    return Model(
        _IZHIKEVICH, init={"v": v, "u": b * v}, spike="v >= 30", reset="v = c; u = u + d",
        a=a, b=b, c=c, d=d, I=I,
    )  # fmt: skip


izhikevich = _izhikevich(a=0.02, b=0.2, c=-65, d=8, I=0)
"""A parabola, a line and a reset: many manners of firing for four numbers.

Parameters: a 1/ms how fast u comes back; b 1/ms how much u follows v; c mV where v starts again after a spike;
d mV/ms what a spike adds to u; I mV/ms the current. 0.04, 5 and 140 put v in mV and t in ms. The start is v = -65,
u = b·v, as in the author's program.

Leaves out: channels, the shape of the spike (its top, 30 mV, is where it is cut and no threshold), and what precedes
it: the threshold is a curve of the plane. b > a in every set of `IZHIKEVICH`, so that the rest is lost at a Hopf
bifurcation, at v = (a - 5)/0.08, before the saddle-node at I = (5 - b)²/0.16 - 140: none of them is of class 1.

Source: Izhikevich, IEEE Trans. Neural Networks 14 (2003) 1569-1572.
"""

_CORTEX = {  # a, b, c, d
    "regular_spiking": (0.02, 0.2, -65, 8),
    "intrinsically_bursting": (0.02, 0.2, -55, 4),
    "chattering": (0.02, 0.2, -50, 2),
    "fast_spiking": (0.1, 0.2, -65, 2),
    "low_threshold_spiking": (0.02, 0.25, -65, 2),
    "thalamo_cortical": (0.02, 0.25, -65, 0.05),
}
_CURRENT = {"regular_spiking": 15, "low_threshold_spiking": 15, "thalamo_cortical": 1}


def _at_rest(a: float, b: float, c: float, d: float) -> Model:
    """Without current, from the lower zero of 0.04·v² + (5 - b)·v + 140."""
    return _izhikevich(a, b, c, d, I=0, v=(b - 5 - math.sqrt((5 - b) ** 2 - 22.4)) / 0.08)


IZHIKEVICH: Mapping[str, Model] = MappingProxyType(
    {
        **{name: _izhikevich(*abcd, _CURRENT.get(name, 10)) for name, abcd in _CORTEX.items()},
        "resonator": _izhikevich(0.1, 0.26, -65, 8, -0.0488),
        "thalamo_cortical_rebound": _izhikevich(*_CORTEX["thalamo_cortical"], 1, v=-90.0),
        **{f"2003_{name}": _izhikevich(*abcd, 10) for name, abcd in _CORTEX.items()},
        "2003_thalamo_cortical": _at_rest(*_CORTEX["thalamo_cortical"]),
        "2003_resonator": _at_rest(0.1, 0.26, -65, 2),
    }
)
"""Manners of firing, each a model ready to be simulated.

The names without a year are figures 20 to 27 of Granier's thesis (2018), with the values of their captions: its
program gives -90 mV as a start to the resonator, the captions (and the rebound) to the thalamo-cortical neuron. Its
currents of 15 are its own, and its resonator has d = 8.

The names in `2003_` have the values of Izhikevich (2003), fig. 2 (five of them again in BioModels' BIOMD0000000127),
and its step of I = 10; the currents of the resonator and of the thalamo-cortical neuron are other ones, not printed:
these two are left without current, at rest (-62.5 and -64.4 mV), for a stimulus of one's own.
"""
