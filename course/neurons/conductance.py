"""Membranes with ion channels: the squid axon."""

from course.dynamics import Model

hodgkin_huxley = Model(
    """
    dV/dt = (I - I_Na - I_K - I_L)/C              : mV
    dn/dt = phi*(alpha_n*(1 - n) - beta_n*n)      : 1
    dm/dt = phi*(alpha_m*(1 - m) - beta_m*m)      : 1
    dh/dt = phi*(alpha_h*(1 - h) - beta_h*h)      : 1

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
    """,
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
