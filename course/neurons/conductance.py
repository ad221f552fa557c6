"""Membranes with ion channels: the squid axon, whole and reduced to two variables; the barnacle muscle fibre."""

from course.dynamics import Model

_SQUID = """
    I_Na = g_Na*m**3*h*(V - E_Na)                 : µA/cm²
    I_K = g_K*n**4*(V - E_K)                      : µA/cm²
    I_L = g_L*(V - E_L)                           : µA/cm²

    alpha_n = 0.01*(-V - 55)/(exp((-V - 55)/10) - 1)  : 1/ms
    beta_n = 0.125*exp((-V - 65)/80)                  : 1/ms
    alpha_m = 0.1*(-V - 40)/(exp((-V - 40)/10) - 1)   : 1/ms
    beta_m = 4*exp((-V - 65)/18)                      : 1/ms
    alpha_h = 0.07*exp((-V - 65)/20)                  : 1/ms
    beta_h = 1/(1 + exp((-V - 35)/10))                : 1/ms

    n_inf = alpha_n/(alpha_n + beta_n)            : 1
    m_inf = alpha_m/(alpha_m + beta_m)            : 1
    h_inf = alpha_h/(alpha_h + beta_h)            : 1
    tau_n = 1/(phi*(alpha_n + beta_n))            : ms
    tau_m = 1/(phi*(alpha_m + beta_m))            : ms
    tau_h = 1/(phi*(alpha_h + beta_h))            : ms
"""  # currents and rates of the squid axon

hodgkin_huxley = Model(
    """
    dV/dt = (I - I_Na - I_K - I_L)/C              : mV
    dn/dt = phi*(alpha_n*(1 - n) - beta_n*n)      : 1
    dm/dt = phi*(alpha_m*(1 - m) - beta_m*m)      : 1
    dh/dt = phi*(alpha_h*(1 - h) - beta_h*h)      : 1
    """
    + _SQUID,
    init={"V": -65.0, "n": 0.3177, "m": 0.0529, "h": 0.5961},
    spike="V >= 0",
    I=0.0, C=1.0, g_Na=120.0, g_K=36.0, g_L=0.3, E_Na=50.0, E_K=-77.0, E_L=-54.4, phi=1.0,
)  # fmt: skip
"""The squid axon at 6.3 °C, resting at -65.0 mV; a spike is counted where V crosses 0 mV upwards, nothing is reset.

Parameters: I µA/cm² injected current; C µF/cm²; g mS/cm²; E mV; phi = 3**((T - 6.3)/10) is the temperature factor of
the gates, T in °C. Gates n, m, h in [0, 1]; rates alpha, beta in 1/ms.

Leaves out: the axon's length (one patch of membrane, no conduction), the pumps that keep the gradients, every channel
but these two and a leak, and the chance opening of each single channel.

Source: Hodgkin & Huxley, J. Physiol. 117 (1952) 500-544, eqs. 12, 13, 20, 21, 23, 24, 26 and table 3, in today's sign
and with the rest at -65 mV instead of 0: E_Na = -65 + 115, E_K = -65 - 12, E_L = -65 + 10.6 (their 10.613 rounded).
β_h has 35 = 65 - 30: a published listing with 36 moves every threshold.
"""

hodgkin_huxley_reduced = Model(
    """
    dV/dt = (I - I_Na - I_K - I_L)/C              : mV
    dn/dt = phi*(alpha_n*(1 - n) - beta_n*n)      : 1
    m = m_inf                                     : 1
    h = S - n                                     : 1
    """
    + _SQUID,
    init={"V": -65.1460, "n": 0.31544},
    spike="V >= 0",
    S=0.83, **hodgkin_huxley.parameters,
)  # fmt: skip
"""The squid axon in the plane (V, n): m follows V at once, and h is what n leaves of a constant S.

Parameters: S, without unit, the constant sum n + h; the others are those of `hodgkin_huxley`. The start is the rest at
I = 0, 0.15 mV under that of the full model.

S was measured on the full model: in the regular train at I = 10 µA/cm², n + h goes from 0.781 to 0.850 in each period,
with mean 0.834. It is 0.914 at rest, and falls to 0.734 at I = 50: no one value is right, and 0.85 is often quoted.

Leaves out: the delay of m (at I = 10 the train's spikes rise to 45 mV for 30) and whatever n and h do apart (its period
is 11.8 ms for 14.6). From rest, a step gives a first spike from 2.2 µA/cm² for 2.3, a train from 5.35 for between 6.2
and 6.3. The rest, the threshold of one spike and the class of excitability stay; the other figures are not the axon's.

Source: the reduction of FitzHugh (Biophys. J. 1 (1961) 445-466) and of Krinsky & Kokoz (1973), on the equations of
`hodgkin_huxley`.
"""

_MORRIS_LECAR = """
    dV/dt = (I - I_Ca - I_K - I_L)/C              : mV
    dw/dt = phi*(w_inf - w)/tau_w                 : 1

    I_Ca = g_Ca*m_inf*(V - E_Ca)                  : µA/cm²
    I_K = g_K*w*(V - E_K)                         : µA/cm²
    I_L = g_L*(V - E_L)                           : µA/cm²

    m_inf = (1 + tanh((V - V1)/V2))/2             : 1
    w_inf = (1 + tanh((V - V3)/V4))/2             : 1
    tau_w = 1/cosh((V - V3)/(2*V4))               : ms
"""
_COMMON = {
    "I": 0.0, "C": 20.0, "g_K": 8.0, "g_L": 2.0, "E_Ca": 120.0, "E_K": -84.0, "E_L": -60.0, "V1": -1.2, "V2": 18.0,
}  # fmt: skip

morris_lecar_class_1 = Model(
    _MORRIS_LECAR,
    init={"V": -59.473998, "w": 0.000270},
    spike="V >= 0",
    **_COMMON, g_Ca=4.0, V3=12.0, V4=17.4, phi=1 / 15,
)  # fmt: skip
"""A barnacle muscle fibre, set so that it can fire as slowly as one likes (class 1: a saddle-node on the cycle).

Parameters: I µA/cm² injected current; C µF/cm²; g mS/cm²; E mV; V1, V3 mV the half-openings of calcium and potassium,
V2, V4 mV their slopes; phi, without unit, scales the rate of potassium. m_inf is calcium, immediate; w in [0, 1]
potassium. The start is the rest at I = 0.

Leaves out: calcium's own delay (the three-variable model has it), inactivation, and the accumulation of calcium; the
fibre does not fire on its own in this way, the set is a textbook's.

Source: Morris & Lecar, Biophys. J. 35 (1981) 193-213, for the equations; Rinzel & Ermentrout, « Analysis of neural
excitability and oscillations », in Koch & Segev (eds), Methods in Neuronal Modeling (1998), for the values, read in
XPPAUT's `ml.ode` by the second author (set « snic »: phi = 0.06666667).
"""

morris_lecar_class_2 = Model(
    _MORRIS_LECAR,
    init={"V": -60.855382, "w": 0.014915},
    spike="V >= 0",
    **_COMMON, g_Ca=4.4, V3=2.0, V4=30.0, phi=0.04,
)  # fmt: skip
"""The same fibre, set so that its firing starts at once at a finite frequency (class 2: a Hopf bifurcation).

Parameters, what it leaves out, source: see `morris_lecar_class_1`; here the set « hopf » of `ml.ode`.
"""
