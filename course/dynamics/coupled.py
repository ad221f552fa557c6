"""Units that receive sums of one another: the same text, integrated ring by ring.

Each stage of the method needs the state of the whole ring, so time is the outer loop. Two engines do it, compiled in
the harmonics of the couplings (`coupled_kernel`), or on whole arrays by Fourier transform where there is no numba.
"""

import math
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from course import _check
from course.dynamics import coupled_kernel, simulate
from course.dynamics.load import functions, has_numba, key, source, written
from course.dynamics.progress import progress, workers
from course.dynamics.request import METHODS, Run
from course.dynamics.trace import Trace

if TYPE_CHECKING:
    from course.dynamics.circular import Circular

_compiled: dict[str, Callable] = {}


def simulate_coupled(run: Run, every: int = 1) -> Trace:
    """The run of a model some parameters of which are couplings; one state in `every` is kept."""
    if run.model.spike is not None:
        raise _check.refuse(
            "simulate.spike", "un modèle sans impulsions\u00a0: il est couplé", "spike"
        )
    if run.method == "exponential_euler":
        rule = "une méthode parmi euler, heun, rk4\u00a0: le modèle est couplé"
        raise _check.refuse("simulate.method", rule, run.method)
    if run.device != "cpu":
        raise _check.refuse("simulate.device", "cpu\u00a0: le modèle est couplé", run.device)
    for name, coupling in run.couplings.items():
        _check.one_of(f"simulate.{name}.variable", coupling.variable, run.model.variables)
    states, end = _loop(run, every)
    t = run.dt * every * np.arange(states.shape[1])
    variables = run.model.variables
    return Trace(
        t=t,
        recorded=simulate.recorded(run, t, states),
        spikes=[np.zeros(0)] * run.n,
        end={v: x.reshape(run.batch) for v, x in zip(variables, end, strict=True)},
        units=run.model.units,
        batch=run.batch,
    )


def _loop(run: Run, every: int) -> tuple[np.ndarray, np.ndarray]:
    """States (slot, time, unit) and the state at the end, flat over rings and units."""
    n, noises = run.batch[-1], len(run.model.noises)
    rings, width = run.n // n, 1 if _on_arrays(run) else coupled_kernel.WIDTH
    P = -(-n // width) * width

    def pad(a: np.ndarray) -> np.ndarray:
        apart = a.reshape(*a.shape[:-1], rings, n)
        wide = np.concatenate([apart, np.repeat(apart[..., :1], P - n, axis=-1)], axis=-1)
        return wide.reshape(*a.shape[:-1], rings * P)

    def cut(a: np.ndarray) -> np.ndarray:
        return a.reshape(*a.shape[:-1], rings, P)[..., :n].reshape(*a.shape[:-1], run.n)

    with np.errstate(all="ignore"):
        rows = functions(run.spec, "numpy").constants(**run.fixed)
        Q = np.array([np.broadcast_to(row, run.n) for row in rows], float).reshape(len(rows), run.n)
    X, Q = pad(run.start), pad(Q)
    A, B = (np.array(c) for c in METHODS[run.method])
    kept = [run.kept.index(v) if v in run.kept else -1 for v in run.model.variables]
    OUT = np.zeros((len(run.kept), run.steps // every + 1, rings * P))
    OUT[:, 0] = X[[run.model.variables.index(v) for v in run.kept]]
    for f in run.spec.equations.called.values():
        f.undefined = None
    kernel, E, scratch = _engine(run, rings, P)
    about = (*E, n)
    size = max(1, simulate.CHUNK // (rings * P))
    far = rings > 1 and rings * P * run.steps > simulate.CHUNK
    with progress(run.steps * run.dt) as advance, workers(rings * P, P, far, scratch) as each:
        for k0 in range(0, run.steps, size):
            steps = min(size, run.steps - k0)
            Z = np.zeros((steps, noises, 0 if not noises else rings * P))
            if noises:
                Z = pad(run.rng.standard_normal((steps, noises, run.n)) * math.sqrt(run.dt))
            U = simulate.samples(run, k0, steps)
            status = each(
                kernel,
                (
                    X,
                    Q,
                    U,
                    Z,
                    *about,
                    k0,
                    steps,
                    every,
                    run.dt,
                    A,
                    B,
                    len(B),
                    np.array(kept, np.int64),
                    OUT,
                ),
            )
            if status[0]:
                ring, unit = divmod(int(status[2]), P)
                raise simulate.failure(run, (status[0], status[1], ring * n + unit), cut(X))
            advance(steps * run.dt)
    return cut(OUT), cut(X)


def _on_arrays(run: Run) -> bool:
    """Whether a student's Python function, which numpy alone can call, or the absence of numba decides for arrays."""
    return bool(run.spec.equations.called) or not has_numba()


def _engine(run: Run, rings: int, P: int) -> tuple[Callable, tuple, tuple[int, int]]:
    """The kernel, what it is told of the couplings, and the room it needs."""
    couplings = list(run.couplings.values())
    source = np.array([run.model.variables.index(c.variable) for c in couplings], np.int64)
    if _on_arrays(run):
        return _arrays(run, rings, P), (None, None, None, source), (0, 0)
    found = [_filled(*c.harmonics, run.batch[:-1], P) for c in couplings]
    ends = np.cumsum([0, *(len(rows) for rows, _ in found)])
    E, gains = (np.ascontiguousarray(np.concatenate(parts)) for parts in zip(*found, strict=True))
    told = (E, np.ascontiguousarray(gains.reshape(-1, rings).T), ends.astype(np.int64), source)
    nv, fixed = len(run.model.variables), _kernel_file(run)[1]
    return _machine_code(run), told, (fixed + (2 * nv + len(couplings)) * P, 1)


def _filled(
    rows: np.ndarray, gains: np.ndarray, batch: tuple[int, ...], P: int
) -> tuple[np.ndarray, np.ndarray]:
    """Rows (row, P) and gains (row, *batch), with rows of zeros up to a multiple of those that the kernel takes."""
    more = -len(rows) % coupled_kernel.ABREAST
    gains = np.moveaxis(np.broadcast_to(gains, (*batch, gains.shape[-1])), -1, 0)
    wide = np.pad(rows, ((0, more), (0, P - rows.shape[1])))
    return wide, np.pad(gains, ((0, more), *(((0, 0),) * len(batch))))


def _kernel_file(run: Run) -> tuple[Path, int]:
    """The generated file of the kernel, and the room of one of its blocks."""
    spec, couplings = run.spec, len(run.couplings)

    def text() -> str:
        from course.dynamics.generate import generate

        functions_, constants, noise = generate(spec)
        return f"{functions_}{coupled_kernel.kernel_source(spec, constants, noise, couplings)}"

    path = written(f"coupled{couplings}_{key(spec)}", spec, text)
    room = next(
        int(line.partition("=")[2])
        for line in source(path).splitlines()
        if line.startswith("LANES_OF_A_BLOCK")
    )
    return path, room


def _machine_code(run: Run) -> Callable:
    from course.dynamics import machine

    path, _ = _kernel_file(run)
    if path.name not in _compiled:
        _compiled[path.name] = machine.kernel(
            path, "run_coupled", "LANES", coupled_kernel.ARGUMENTS
        )
    return _compiled[path.name]


def _arrays(run: Run, rings: int, P: int) -> Callable:
    """The same loop on whole arrays, the couplings by Fourier transform."""
    f, couplings = functions(run.spec, "numpy").f, list(run.couplings.values())
    noisy, nv = run.spec.scheme == "noise", len(run.model.variables)
    pairs = functions(run.spec, "numpy").NOISE

    def field(c: "Circular", x: np.ndarray) -> np.ndarray:
        return c.of(x.reshape(*run.batch)).ravel()

    def advance(
        X, Q, U, Z, E, GAIN, ROWS, SOURCE, n, k0, steps, every, dt, A, B, S, R, OUT, M, G, STATUS, first, last
    ):  # fmt: skip
        for k in range(steps):
            y, total = X.copy(), X.copy()
            for i in range(1 if noisy else S):
                w = A[i]
                parabola = np.array([(2 * w - 1) * (w - 1), 4 * w * (1 - w), w * (2 * w - 1)])
                with np.errstate(all="ignore"):
                    fields = [field(c, y[s]) for c, s in zip(couplings, SOURCE, strict=True)]
                    drives = [*(U[k] @ parabola), *fields]
                    found = f((k0 + k + w) * dt, *y, *drives, *Q)
                if noisy:
                    total += dt * np.array([np.broadcast_to(d, X.shape[1]) for d in found[:nv]])
                    for (v, z), b in zip(pairs, found[nv:], strict=True):
                        total[v] += b * Z[k, z]
                else:
                    d = np.array([np.broadcast_to(d, X.shape[1]) for d in found])
                    total += B[i] * dt * d
                    y = X + A[i + 1] * dt * d
            X[:] = total
            wrong = ~np.isfinite(X).all(axis=0)
            if wrong.any():
                STATUS[:] = 2, k0 + k, int(np.argmax(wrong))
                return
            if (k0 + k + 1) % every == 0:
                OUT[:, (k0 + k + 1) // every] = X[[v for v, r in enumerate(R) if r >= 0]]

    return advance
