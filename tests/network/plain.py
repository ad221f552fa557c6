"""The same network as plain numpy: every past spike kept, K read again at each step. Slow, and easy to believe."""

import numpy as np


def izhikevich(populations, connections, dt, steps, order="vu", deferred=True):
    """Spikes and inputs of a network of Izhikevich neurons.

    populations: name -> dict(n, a, b, c, d, v, u, I: array (n) or function of t).
    connections: (pre, post, W (pre, post), D steps (pre, post), K function of lags [ms], E or None).
    Returns name -> list of (step, neuron), name -> array (step, n) of the input I.
    """
    s = {
        name: dict(p, v=np.full(p["n"], float(p["v"])), u=np.zeros(p["n"]) + p["u"])
        for name, p in populations.items()
    }
    fired = {name: [] for name in s}
    inputs = {name: np.zeros((steps, p["n"])) for name, p in s.items()}
    for k in range(steps):
        for p in s.values():
            I = p["I"](k * dt) if callable(p["I"]) else p["I"]
            p["total"] = np.zeros(p["n"]) + I
        for pre, post, W, D, K, E in connections:
            at, i = np.array(fired[pre], int).reshape(-1, 2).T
            lag = k - at[:, None] - D[i]  # the spike of the step `at` is there D steps later
            g = np.where(lag >= 0, W[i] * K(np.maximum(lag, 0) * dt), 0.0).sum(axis=0)
            s[post]["total"] += g if E is None else g * (E - s[post]["v_at"])
        for name, p in s.items():
            inputs[name][k] = p["total"]
            v, u, I = p["v"], p["u"], p["total"]
            if order == "uv":
                u = u + dt * p["a"] * (p["b"] * v - u)
                v = v + dt * (0.04 * v * v + 5 * v + 140 - u + I)
            elif order == "vu":
                v = v + dt * (0.04 * v * v + 5 * v + 140 - u + I)
                u = u + dt * p["a"] * (p["b"] * v - u)
            else:  # both from the old values
                v, u = (
                    v + dt * (0.04 * v * v + 5 * v + 140 - u + I),
                    u + dt * p["a"] * (p["b"] * v - u),
                )
            above = v >= 30
            fired[name] += [(k, int(j)) for j in np.flatnonzero(above)]
            p["v"] = np.where(
                above, p["c"], v
            )  # the reset of the next step's start, or of this step's end
            p["u"] = np.where(above, u + p["d"], u)
            p["v_at"] = p["v"]
        for p in s.values():
            p["v_at"] = p["v"]
    return fired, inputs


def pairs(run, name):
    """The spikes of a run as (step, neuron)."""
    times, indices = run.spikes[name]
    return list(zip(np.round(times / run.dt).astype(int).tolist(), indices.tolist(), strict=True))
