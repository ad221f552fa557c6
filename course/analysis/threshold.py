"""The firing rate of the leaky integrate-and-fire neuron in closed form, without noise and with it."""

import numpy as np
from scipy.special import dawsn, erfcx

from course import _check

Number = float | np.ndarray

# βσ√(dt/τ) is by how much a threshold that is looked at on a grid is too high: β = -ζ(1/2)/√(2π)
# (Broadie, Glasserman & Kou, Math. Finance 7 (1997) 325-349)
_BETA = 0.5825971579390107
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(48)


def lif_rate(
    I: Number, tau: Number = 10.0, R: Number = 1.0, theta: Number = 1.0, reset: Number = 0.0,
    E_L: Number = 0.0, refractory: Number = 0.0,
) -> Number:  # fmt: skip
    """Rate [Hz] under a constant current: f = 1/(Δ + τ ln((V∞ - V_r)/(V∞ - θ))), V∞ = E_L + R I; 0 for V∞ ≤ θ.

    Args:
        I: current; I, R and V in units that agree (nA, MΩ, mV), arrays broadcast.
        tau: [ms] membrane time constant, > 0.
        theta, reset, E_L: threshold, value after a spike (below the threshold), rest.
        refractory: [ms] Δ, ≥ 0.

    Raises:
        ValueError: `lif_rate.reset : une remise à zéro sous le seuil, reçu 2`.

    >>> round(1000/lif_rate(1.5), 4), lif_rate(1.0)
    (10.9861, 0.0)
    >>> round(lif_rate(25, tau=20, theta=20), 3), round(lif_rate(25, tau=20, theta=20, refractory=5), 3)
    (31.067, 26.89)
    """
    I, tau, R, theta, reset, E_L, refractory = _checked(
        "lif_rate", I=I, tau=tau, R=R, theta=theta, reset=reset, E_L=E_L, refractory=refractory
    )
    target = E_L + R * I
    with np.errstate(divide="ignore", invalid="ignore"):
        # log1p: far above the threshold the ratio is near 1
        period = refractory + tau * np.log1p((theta - reset) / (target - theta))
        rate = np.where(target > theta, 1000 / period, 0.0)
    return _plain(rate)


def siegert_rate(
    I: Number, sigma: Number, tau: Number = 10.0, R: Number = 1.0, theta: Number = 1.0,
    reset: Number = 0.0, E_L: Number = 0.0, refractory: Number = 0.0, dt: float = 0.0,
) -> Number:  # fmt: skip
    """Rate [Hz] of τ dV = (E_L - V + R I) dt + σ √τ dW with threshold and reset: the inverse of the mean interval

        1/f = Δ + τ √π ∫ eˣ² (1 + erf x) dx,  from (V_r - μ)/σ to (θ - μ)/σ,  μ = E_L + R I.

    Args:
        I, tau, R, theta, reset, E_L, refractory: as for `lif_rate`, to which σ = 0 comes back.
        sigma: σ ≥ 0, in the units of V; without threshold V has the deviation σ/√2.
        dt: [ms] 0 for the neuron itself; a step for its simulation on a grid, which sees crossings late, as if its
            threshold were higher by 0.5826 σ √(dt/τ). To the first order in √dt.

    Source: Siegert, Phys. Rev. 81 (1951) 617-623; Ricciardi, Diffusion Processes (1977); in this form Brunel & Hakim,
    Neural Comput. 11 (1999) 1621-1671, eq. 3.26.

    >>> round(siegert_rate(0.8, 0.3), 2)
    25.67
    >>> siegert_rate(1.5, 0.0) == lif_rate(1.5)
    True
    """
    I, sigma, tau, R, theta, reset, E_L, refractory, dt = _checked(
        "siegert_rate", I=I, sigma=sigma, tau=tau, R=R, theta=theta, reset=reset, E_L=E_L,
        refractory=refractory, dt=dt,
    )  # fmt: skip
    quiet = lif_rate(I, tau, R, theta, reset, E_L, refractory)
    noise = np.where(sigma > 0, sigma, 1.0)
    mean = E_L + R * I
    high = theta + _BETA * noise * np.sqrt(dt / tau)
    with np.errstate(over="ignore", under="ignore", divide="ignore"):
        integral = _integral(*np.broadcast_arrays((reset - mean) / noise, (high - mean) / noise))
        rate = 1000 / (refractory + tau * np.sqrt(np.pi) * integral)
    return _plain(np.where(sigma > 0, rate, quiet))


def _integral(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """∫ₐᵇ eˣ²(1 + erf x) dx = ∫ₐᵇ erfcx(-x) dx without the product of a huge and a tiny number.

    For x > 0, erfcx(-x) = 2eˣ² - erfcx(x), and ∫₀ᵇ eˣ² dx = exp(b²) D(b) with Dawson's D; what is left is an integral
    of erfcx over positive x, between 0 and 1, that falls slowly: Gauss's rule in ln(1 + x) is exact to 14 digits.
    It overflows to inf where the rate is below 1e-300.
    """
    a, b = np.asarray(a, float), np.asarray(b, float)
    low, high = np.clip(a, 0, None), np.clip(b, 0, None)
    grown = 2 * np.exp(high**2) * (dawsn(high) - np.exp(low**2 - high**2) * dawsn(low))
    return grown - _slow(low, high) + _slow(np.clip(-b, 0, None), np.clip(-a, 0, None))


def _slow(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """∫ₐᵇ erfcx(x) dx for 0 ≤ a ≤ b."""
    start, end = np.log1p(a), np.log1p(b)
    half = (end - start) / 2
    s = (start + half)[..., None] + half[..., None] * _NODES
    return half * ((erfcx(np.expm1(s)) * np.exp(s)) @ _WEIGHTS)


def _checked(where: str, **values: Number) -> list[np.ndarray]:
    """The arguments as arrays, their signs checked."""
    arrays = {}
    for name, value in values.items():
        try:
            arrays[name] = np.asarray(value, float)
        except (TypeError, ValueError):
            arrays[name] = np.array(np.nan)
        if not np.isfinite(arrays[name]).all():
            raise _check.refuse(
                f"{where}.{name}", "un nombre fini, ou un tableau de nombres", value
            )
    rules = {
        "tau": ("une constante de temps strictement positive (ms)", arrays["tau"] > 0),
        "reset": ("une remise à zéro sous le seuil", arrays["reset"] < arrays["theta"]),
    }
    for name in ("refractory", "sigma", "dt"):
        if name in arrays:
            rules[name] = ("une valeur positive ou nulle", arrays[name] >= 0)
    for name, (rule, holds) in rules.items():
        if not holds.all():
            raise _check.refuse(f"{where}.{name}", rule, values[name])
    return list(arrays.values())


def _plain(rate: np.ndarray) -> Number:
    return rate if rate.ndim else float(rate)
