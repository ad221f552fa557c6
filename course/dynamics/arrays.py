"""The same time loop on whole arrays: numpy where numba is absent, torch on a GPU.

`step` of the generated text takes arrays as well as numbers. The rare neuron that spikes or is refractory during
a grid step is handed, alone and in float64 on the CPU, to the very `event` of the scalar kernel.
"""

from collections.abc import Callable
from types import ModuleType

import numpy as np


def array_run(model: ModuleType, scalar: ModuleType, to: Callable, back: Callable) -> Callable:
    """A function with the signature of the kernel `run`; `to` brings an array to the device, `back` brings it home."""

    @np.errstate(all="ignore")  # what is not finite is seen below, and said
    def run(
        X, Q, U, Z, k0, steps, dt, A, B, S, located, D, LEFT, R, OUT, TIMES, COUNT, M, G, STATUS, first, last
    ):  # fmt: skip
        x, q, u3, z, h = list(to(X)), list(to(Q)), to(U), to(Z), to(np.array(dt))
        A, B = A.tolist(), B.tolist()  # Python numbers: torch takes no others
        spikes = hasattr(model, "g")
        recorded = [(r, i) for i, r in enumerate(R) if r >= 0]
        for k in range(steps):
            t = to(np.array((k0 + k) * dt))
            drives = [u3[k, i, m] for i in range(U.shape[1]) for m in range(3)]
            end = drives[2::3]
            y = list(model.step(t, h, 0.0, 1.0, 1.0, *x, *drives, *z[k], *q, A, B, S))
            if spikes:
                above = back(model.g(t + h, *y, *end, *q)[0] >= 0.0)
                above = np.broadcast_to(above, LEFT.shape)
                hit = (LEFT > 0.0) | ((LEFT == 0.0) & above)
                LEFT[(LEFT < 0.0) & ~above] = 0.0
                for j in np.flatnonzero(hit):
                    state = [float(v[j]) for v in x]
                    inputs = [*map(float, drives), *map(float, Z[k, :, j]), *Q[:, j]]
                    code, LEFT[j], new = scalar.event(
                        (k0 + k) * dt,
                        dt,
                        LEFT[j],
                        *state,
                        *inputs,
                        A,
                        B,
                        S,
                        located,
                        D,
                        j,
                        TIMES,
                        COUNT,
                    )
                    if code:
                        STATUS[:] = code, k0 + k, j
                        return
                    for v, value in zip(y, new, strict=True):
                        v[j] = float(value)
            x = y
            total = sum(v - v for v in x)
            if not bool((total == 0.0).all()):
                for i, v in enumerate(x):
                    X[i] = back(v)
                STATUS[:] = 2, k0 + k, np.flatnonzero(back(total) != 0.0)[0]
                return
            for r, i in recorded:
                OUT[r, k0 + k + 1] = back(x[i])
        for i, v in enumerate(x):
            X[i] = back(v)

    return run
