"""Neurons that integrate their input and fire at a threshold: a rule in the place of the spike's channels."""

from types import MappingProxyType

from course.dynamics import Model

lif = Model(
    "du/dt = (-u + R*I)/tau : 1",
    spike="u >= theta",
    reset="u = u_r",
    tau=10.0, R=1.0, theta=1.0, u_r=0.0, I=1.5,
)  # fmt: skip
"""The leaky integrate-and-fire neuron, u measured from rest in units of its threshold: a capacitor, a resistor, a rule.

Parameters: tau ms; R, I, theta, u_r without unit. `lif.with_(refractory=5)` holds u at u_r for 5 ms after a spike.

Leaves out: the spike itself (an instant), every channel but the leak, adaptation, the length of the neuron.

Source: Lapicque, J. Physiol. Pathol. Gén. 9 (1907) 620-635, for the membrane; Knight, J. Gen. Physiol. 59 (1972)
734-766, for the firing with leak. Values: Granier's thesis (2018), part I.4, equations 4 to 6.
"""

lif_mV = Model(
    "dV/dt = (E_L - V + R*I)/tau : mV",
    init={"V": -70.0},
    spike="V >= theta",
    reset="V = V_r",
    tau=20.0, R=100.0, E_L=-70.0, theta=-50.0, V_r=-70.0, I=0.25,
)  # fmt: skip
"""`lif` in a membrane's own units: V, E_L, theta, V_r in mV, R in MΩ, I in nA; the threshold is 20 mV above rest."""

noisy_lif = Model(
    "du/dt = (-u + R*I + sigma*sqrt(tau)*xi)/tau : 1",
    spike="u >= theta",
    reset="u = u_r",
    tau=10.0, R=1.0, theta=1.0, u_r=0.0, I=0.8, sigma=0.3,
)  # fmt: skip
"""`lif` in the storm of its synapses: τ du = (-u + R I) dt + σ √τ dW, xi = dW/dt.

Without threshold u is an Ornstein-Uhlenbeck process of mean R I, correlation time tau and deviation σ/√2, in the units
of u. A simulation looks at the threshold on its grid only, and misses crossings between: its rate is too low by an
amount that shrinks as √dt, which `course.analysis.siegert_rate(..., dt=dt)` foresees.

Source: Brunel, J. Comput. Neurosci. 8 (2000) 183-208, section 3, same σ.
"""

_EXPONENTIAL = "g_L*Delta_T*exp(min((V - V_T)/Delta_T, 10))"

exponential_if = Model(
    f"""
    dV/dt = (I - I_L + I_exp)/C : mV
    I_L = g_L*(V - E_L)         : µA/cm²
    I_exp = {_EXPONENTIAL}      : µA/cm²
    """,
    init={"V": -65.0},
    spike="V >= 0",
    reset="V = V_r",
    refractory=1.7,
    I=0.0, C=1.0, g_L=0.1, E_L=-65.0, V_T=-59.9, Delta_T=3.48, V_r=-68.0,
)  # fmt: skip
"""A leak, and sodium reduced to an exponential: past V_T the upstroke feeds itself, and 0 mV is only where it is cut.

Units: µA/cm², µF/cm², mS/cm², mV, ms. Delta_T is the sharpness of the upstroke; Delta_T → 0 gives back `lif`.
The exponent stops at 10, so that no step overflows: from there the true V is infinite after C/g_L·e⁻¹⁰ = 0.5 µs, and
the stopped one is at 0 mV after 3 µs (longer when Delta_T is smaller: 0.1 ms for 0.3 mV).

Leaves out: the downstroke (a reset), and the recovery of sodium (a refractory period).

Source: Fourcaud-Trocmé, Hansel, van Vreeswijk & Brunel, J. Neurosci. 23 (2003) 11628-11640, table 1 (the fit to the
Wang-Buzsáki neuron).
"""

_ADEX = f"""
    dV/dt = (I - I_L + I_exp - w)/C   : mV
    dw/dt = (a*(V - E_L) - w)/tau_w   : pA
    I_L = g_L*(V - E_L)               : pA
    I_exp = {_EXPONENTIAL}            : pA
"""


def _adex(
    C: float, g_L: float, E_L: float, a: float, tau_w: float, b: float, V_r: float, I: float
) -> Model:
    return Model(
        _ADEX, init={"V": E_L}, spike="V >= 0", reset="V = V_r; w = w + b",
        I=I, C=C, g_L=g_L, E_L=E_L, V_T=-50.0, Delta_T=2.0, a=a, tau_w=tau_w, b=b, V_r=V_r,
    )  # fmt: skip


ADEX = MappingProxyType({
    "tonic":            _adex(200.0, 10.0, -70.0, 2.0, 30.0, 0.0, -58.0, 500.0),
    "adapting":         _adex(200.0, 12.0, -70.0, 2.0, 300.0, 60.0, -58.0, 500.0),
    "initial_burst":    _adex(130.0, 18.0, -58.0, 4.0, 150.0, 120.0, -50.0, 400.0),
    "bursting":         _adex(200.0, 10.0, -58.0, 2.0, 120.0, 100.0, -46.0, 210.0),
    "accelerating":     _adex(200.0, 12.0, -70.0, -10.0, 300.0, 0.0, -58.0, 300.0),
    "delayed_bursting": _adex(100.0, 10.0, -65.0, -10.0, 90.0, 30.0, -47.0, 110.0),
    "transient":        _adex(100.0, 10.0, -65.0, 10.0, 90.0, 100.0, -47.0, 180.0),
    "irregular":        _adex(100.0, 12.0, -60.0, -11.0, 130.0, 30.0, -48.0, 160.0),
})  # fmt: skip
"""Eight firing patterns of `adex`, each with its current: table 1 of Naud et al. (2008)."""

adex = ADEX["adapting"]
"""`exponential_if` with an adaptation current w, which follows V (a) and jumps at each spike (b).

Units, those of the published tables: I, w, b pA; C pF; g_L, a nS; V, E_L, V_T, Delta_T, V_r mV; tau_w ms.

Leaves out: the shape of the spike, and every current with a time constant of its own but w.

Source: Brette & Gerstner, J. Neurophysiol. 94 (2005) 3637-3642; values: Naud, Marcille, Clopath & Gerstner,
Biol. Cybern. 99 (2008) 335-347, table 1. The spike is cut at 0 mV, as there.
"""
