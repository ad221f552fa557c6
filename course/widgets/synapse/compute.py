"""The values of the controls become kernels, their sum, and a membrane that may fire.

tau_m dV/dt = E_L - V + I + w P(t), or + g P(t) (E_s - V): w and I in mV, what they would add to V in the long run.
"""

from functools import lru_cache

import numpy as np

from course.synapses import Alpha, DoubleExponential, Exponential, Kernel, VoltageJump

T, DT = 250.0, 0.1
TAU_M, E_L, THETA = 20.0, -70.0, -55.0
KERNELS = {"exp": "exponentiel", "alpha": "alpha", "double": "double exponentiel", "jump": "saut de potentiel"}


def compute(**values) -> dict:
    """`values` and the arrays that the scene and the sentence read."""
    made = response(*(values[name] for name in ("kernel", "effect", "tau", "delay", "w", "g", "E_s", "I", "spikes")))
    return made | {"values": values, "at": round(values["t"] / DT)}


def kernel_of(kind: str, tau: float) -> Kernel:
    """`tau` is the decay, or the time of the peak of the alpha function; a double one rises in a fifth of it."""
    if kind == "jump":
        return VoltageJump()
    return {"exp": Exponential, "alpha": Alpha, "double": lambda tau: DoubleExponential(tau / 5, tau)}[kind](tau)


@lru_cache(maxsize=128)
def response(
    kind: str, effect: str, tau: float, delay: float, w: float, g: float, E_s: float, I: float, spikes: tuple
) -> dict:
    """The sum of the kernels and the potential, every DT; `V` is drawn up to THETA where it fires."""
    t = DT * np.arange(round(T / DT) + 1)
    K, arrived = kernel_of(kind, tau), np.array(spikes) + delay
    each = [K(t - s + 1e-9) for s in arrived]
    P = np.sum(each, axis=0) if each else np.zeros(len(t))
    jumps = np.zeros(len(t))
    if K.jump:
        steps = np.round(arrived / DT).astype(int)
        np.add.at(jumps, steps[steps < len(t)], w)
    if effect == "current" or K.jump:
        conductance, drive = np.zeros(len(t)), w * P * (not K.jump)
    else:
        conductance, drive = g * P, g * P * E_s
    V, fired = membrane(E_L + I + drive, 1 + conductance, jumps, E_L + I)
    return {"t": t, "each": each, "P": P, "V": V, "fired": t[fired], "jump": K.jump, "arrived": arrived}


def membrane(pull: np.ndarray, leak: np.ndarray, jumps: np.ndarray, start: float) -> tuple[np.ndarray, list[int]]:
    """tau_m dV/dt = pull - leak V, exact over a step where both stay still; V falls back to E_L when it has fired."""
    rest, fade = (pull / leak).tolist(), np.exp(-DT / TAU_M * leak).tolist()
    v, V, fired = min(start, THETA), np.empty(len(pull)), []
    for k, jump in enumerate(jumps.tolist()):
        v += jump
        V[k] = v
        if v >= THETA:
            fired.append(k)
            V[k], v = THETA, E_L
        v = rest[k] + (v - rest[k]) * fade[k]
    return V, fired
