"""Rules that know only rates: u before the synapses, v after them, w between; each returns the new weights.

One neuron: w and u are arrays (input,), v is a number. Several neurons at once: w is (neuron, input) and v (neuron,).
The weights given are never changed. `epsilon` is the step of time over the time of learning, dt/τ_w.
"""

import numpy as np

from course import _check

Weights = np.ndarray


def hebb(w: Weights, u: np.ndarray, v: float | np.ndarray, epsilon: float) -> Weights:
    """τ_w dw/dt = u v: what fires together is strengthened. The norm only grows: d|w|²/dt = 2 v²/τ_w when v = w·u.

    >>> hebb([1.0, 0.0], [1.0, 2.0], 1.0, 0.1)
    array([1.1, 0.2])
    """
    w, u, v, epsilon = _given("hebb", w, u, v, epsilon)
    return w + epsilon * np.multiply.outer(v, u)


def oja(w: Weights, u: np.ndarray, v: float | np.ndarray, epsilon: float, alpha: float = 1.0) -> Weights:
    """τ_w dw/dt = u v - α v² w: Hebb, and a forgetting that brings |w|² to 1/α; w turns to the first principal axis.

    Source: Oja, J. Math. Biol. 15 (1982) 267-273.
    """
    w, u, v, epsilon = _given("oja", w, u, v, epsilon)
    alpha = _check.positive("oja.alpha", alpha)
    return w + epsilon * (np.multiply.outer(v, u) - alpha * (v * v)[..., None] * w)


def covariance(
    w: Weights, u: np.ndarray, v: float | np.ndarray, epsilon: float, mean_u: float | np.ndarray,
    mean_v: float | np.ndarray = 0.0,
) -> Weights:  # fmt: skip
    """τ_w dw/dt = (u - <u>)(v - <v>): strengthened when both leave their means on the same side. Not stable either.

    Source: Sejnowski, Biophys. J. 18 (1977) 10a; Dayan & Abbott, Theoretical Neuroscience (2001), eq. 8.8.
    """
    w, u, v, epsilon = _given("covariance", w, u, v, epsilon)
    mean_u, mean_v = _means("covariance.mean_u", mean_u, u), _means("covariance.mean_v", mean_v, v)
    return w + epsilon * np.multiply.outer(v - mean_v, u - mean_u)


def bcm(w: Weights, u: np.ndarray, v: float | np.ndarray, epsilon: float, theta: float | np.ndarray) -> Weights:
    """τ_w dw/dt = u v (v - θ): strengthened above the threshold θ, weakened below; θ follows v²: `bcm_threshold`.

    Source: Bienenstock, Cooper & Munro, J. Neurosci. 2 (1982) 32-48.
    """
    w, u, v, epsilon = _given("bcm", w, u, v, epsilon)
    return w + epsilon * np.multiply.outer(v * (v - _means("bcm.theta", theta, v)), u)


def bcm_threshold(theta: float | np.ndarray, v: float | np.ndarray, epsilon: float) -> float | np.ndarray:
    """τ_θ dθ/dt = v² - θ: one step of the threshold of `bcm`, epsilon = dt/τ_θ.

    It must follow faster than the weights move, or they oscillate.

    Source: Intrator & Cooper, Neural Networks 5 (1992) 3-17.
    """
    epsilon = _check.positive("bcm_threshold.epsilon", epsilon)
    v = _finite("bcm_threshold.v", v)
    theta = _means("bcm_threshold.theta", theta, v)
    new = theta + epsilon * (v * v - theta)
    return new if new.ndim else float(new)


def _given(rule: str, w: Weights, u: np.ndarray, v: float | np.ndarray, epsilon: float) -> tuple:
    w, u, v = (_finite(f"{rule}.{name}", x) for name, x in (("w", w), ("u", u), ("v", v)))
    if u.ndim != 1:
        raise _check.refuse(f"{rule}.u", "un tableau d'activités, une par entrée", f"un tableau {u.shape}")
    if v.ndim > 1:
        raise _check.refuse(f"{rule}.v", "un nombre, ou une activité par neurone", f"un tableau {v.shape}")
    if w.shape != (*v.shape, *u.shape):
        shape = ", ".join(map(str, (*v.shape, *u.shape)))
        raise _check.refuse(f"{rule}.w", f"un poids par entrée et par neurone ({shape})", f"un tableau {w.shape}")
    return w, u, v, _check.not_negative(f"{rule}.epsilon", epsilon)


def _finite(where: str, x: object) -> np.ndarray:
    a = np.asarray(x)
    if a.dtype.kind not in "iuf" or not np.isfinite(a).all():
        raise _check.refuse(where, "des nombres finis", x)
    return a.astype(float)


def _means(where: str, x: object, like: np.ndarray) -> np.ndarray:
    a = _finite(where, x)
    if a.shape not in ((), like.shape):
        raise _check.refuse(where, f"un nombre, ou un tableau {like.shape}", f"un tableau {a.shape}")
    return a
