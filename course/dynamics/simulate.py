"""`simulate`: a checked request becomes chunks of the compiled loop, then a `Trace`."""

import math
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from course import _check
from course.dynamics.load import compiled, functions, has_numba
from course.dynamics.progress import progress, workers
from course.dynamics.request import METHODS, Run, checked_run
from course.dynamics.trace import Trace
from course.dynamics.values import Value

if TYPE_CHECKING:
    from course.dynamics.model import Model

CHUNK = 250_000  # neuron-steps between two looks at the clock and at Ctrl-C: about 50 ms
_WIDTH = 16  # loops.WIDTH, known without importing the generator


class SimulationError(ArithmeticError):
    """A run that cannot go on: the time, the variable, and what to try."""


def simulate(
    model: "Model",
    T: float,
    dt: float,
    method: str | None,
    start: Mapping[str, float] | None,
    record: Iterable[str] | None,
    spike_time: str,
    rng: np.random.Generator | int | None,
    device: str,
    parameters: Mapping[str, Value],
) -> Trace:
    """The run that `Model.simulate` documents."""
    run = checked_run(model, T, dt, method, start, record, spike_time, rng, device, parameters)
    if run.couplings:
        from course.dynamics.coupled import simulate_coupled

        return simulate_coupled(run)
    states, spikes, end = integrate(run)
    t = run.dt * np.arange(run.steps + 1)
    return Trace(
        t=t,
        recorded=recorded(run, t, states),
        spikes=spikes if run.batch else spikes[0],
        end={
            v: x.reshape(run.batch) if run.batch else float(x[0])
            for v, x in zip(model.variables, end, strict=True)
        },
        units=model.units,
        batch=run.batch,
    )


def _kernels(run: Run) -> tuple[Callable, Callable, int]:
    """What computes the constants, the loop, and how many neurons the loop takes side by side."""
    spec = run.spec
    plain = functions(spec, "numpy")
    if run.device == "cuda":
        from course.dynamics.gpu import cuda_run

        return plain.constants, cuda_run(spec), 1
    if spec.equations.called or not has_numba():
        from course.dynamics.arrays import array_run

        return plain.constants, array_run(plain, plain, np.asarray, np.asarray), 1
    if run.n >= _WIDTH // 2:
        return plain.constants, compiled(spec, "run_block"), _WIDTH
    return plain.constants, compiled(spec, "run"), 1


def integrate(run: Run) -> tuple[np.ndarray, list[np.ndarray], np.ndarray]:
    """States (slot, time, neuron), spike times of each neuron, state at the end."""
    spec, noises = run.spec, len(run.model.noises)
    for f in spec.equations.called.values():
        f.undefined = None
    constants, kernel, width = _kernels(run)
    padded = -(-run.n // width) * width

    def pad(a: np.ndarray) -> np.ndarray:
        if padded == run.n:
            return a.copy()
        return np.repeat(a, [1] * (run.n - 1) + [padded - run.n + 1], axis=1)

    with np.errstate(all="ignore"):
        rows = constants(**run.fixed)
    Q = np.empty((len(rows), run.n))
    for i, row in enumerate(rows):
        Q[i] = row
    X, Q = pad(run.start), pad(Q)
    A, B = (np.array(c) for c in METHODS[run.method])
    R = np.array([run.kept.index(v) if v in run.kept else -1 for v in spec.variables], np.int64)
    OUT = np.zeros((len(run.kept), run.steps + 1, padded))
    OUT[:, 0] = X[[spec.variables.index(v) for v in run.kept]]
    LEFT, room = _threshold_side(run, X, Q), 64
    found: list[list[np.ndarray]] = [[] for _ in range(run.n)]
    size = max(1, CHUNK // padded)
    cut = width > 1 and padded * run.steps > CHUNK
    room_of_block = functions(spec, "numpy").SCRATCH, _WIDTH
    with (
        progress(run.steps * run.dt) as advance,
        workers(padded, width, cut, room_of_block) as each,
    ):
        for k0 in range(0, run.steps, size):
            steps = min(size, run.steps - k0)
            U, Z = samples(run, k0, steps), np.zeros((steps, noises, padded))
            if noises:
                draws = run.rng.standard_normal((steps, noises, run.n))
                Z[:, :, : run.n] = draws * math.sqrt(run.dt)
            while True:
                x, left = X.copy(), LEFT.copy()
                TIMES, COUNT = np.zeros((padded, room)), np.zeros(padded, np.int64)
                moving = (x, Q, U, Z, k0, steps, run.dt, A, B, len(B))
                spiking = (run.located, run.model.refractory, left, R, OUT, TIMES, COUNT)
                status = each(kernel, moving + spiking)
                if status[0] != 1:
                    break
                room *= 4  # this chunk again, from the same state, with room for its spikes
            if status[0]:
                raise failure(run, status, x)
            X, LEFT = x, left
            for j in np.flatnonzero(COUNT[: run.n]):
                found[j].append(TIMES[j, : COUNT[j]].copy())
            advance(steps * run.dt)
    spikes = [np.concatenate(parts) if parts else np.zeros(0) for parts in found]
    return OUT[:, :, : run.n], spikes, X[:, : run.n]


def samples(run: Run, k0: int, steps: int) -> np.ndarray:
    """Drives (step, drive, 3) at the start, the middle and the end of each step.

    The ends are taken a millionth of a step inside: a jump that falls on the grid then belongs, whole, to the step
    that it opens, and no method loses its order there.
    """
    if not run.drives:
        return np.zeros((steps, 0, 3))
    t = (k0 + np.arange(steps)) * run.dt
    inside = t[:, None] + run.dt * np.array([1e-6, 0.5, 1 - 1e-6])
    return np.stack([signal(inside) for signal in run.drives.values()], axis=1)


def _threshold_side(run: Run, X: np.ndarray, Q: np.ndarray) -> np.ndarray:
    """The `r` of `event` at the start: 0 below the threshold, -1 above it; a model that resets must start below."""
    spec, side = run.spec, np.zeros(X.shape[1])
    if spec.spike is None:
        return side
    drives = [signal(np.array([run.dt * 1e-6])) for signal in run.drives.values()]
    with np.errstate(all="ignore"):
        above = np.broadcast_to(
            functions(spec, "numpy").g(0.0, *X, *drives, *Q)[0] >= 0.0, side.shape
        )
    if spec.reset and above[: run.n].any():
        rule = f"un état initial sous le seuil ({spec.spike.line.text} y est déjà vrai)"
        start = dict(zip(spec.variables, X[:, int(np.argmax(above))].tolist(), strict=True))
        raise _check.refuse("simulate.start", rule, start)
    side[above] = -1.0
    return side


def failure(run: Run, status: np.ndarray, X: np.ndarray) -> SimulationError:
    code, k, j = map(int, status)
    where = f"à t = {k * run.dt:g}\u00a0ms".replace(".", ",") + (
        f" (neurone {j})" if run.batch else ""
    )
    if code == 2:
        name = next(
            (v for v, x in zip(run.model.variables, X[:, j], strict=True) if not math.isfinite(x)),
            run.model.variables[0],
        )
        for f in run.spec.equations.called.values():
            if f.undefined is not None:
                return SimulationError(
                    f"simulate\u00a0: {f.at(f.undefined)} n'est pas un nombre fini {where}\u00a0; corrigez {f.name}"
                )
        advice = f"réduisez dt ({run.dt:g}\u00a0ms) ou vérifiez les paramètres".replace(".", ",", 1)
        return SimulationError(
            f"simulate\u00a0: {name} n'est plus un nombre fini {where}\u00a0; {advice}"
        )
    if code == 3:
        return SimulationError(
            f"simulate\u00a0: {where}, la remise à zéro laisse la condition d'impulsion vraie\u00a0; corrigez reset"
        )
    return SimulationError(
        f"simulate\u00a0: {where}, plus de 1000 impulsions dans un seul pas\u00a0; vérifiez spike et reset"
    )


def recorded(run: Run, t: np.ndarray, states: np.ndarray) -> dict[str, np.ndarray]:
    """The quantities asked for: variables as they were kept, terms computed from them."""
    model, shape = run.model, (len(t), *run.batch)
    kept = dict(zip(run.kept, states, strict=True))
    result = {}
    if set(run.recorded) - set(kept):
        inside = t + run.dt * 1e-6  # as the steps saw a jump on the grid
        drives = {name: s(inside)[:, None] for name, s in run.drives.items()}
        noises = dict.fromkeys(model.noises, 0.0)
        for name, coupling in run.couplings.items():
            received = coupling.of(kept[coupling.variable].reshape(shape))
            drives[name] = received.reshape(len(t), run.n)
        terms = functions(model.spec((), "rk"), "numpy").terms
        with np.errstate(all="ignore"):
            values = terms(t=t[:, None], **kept, **run.fixed, **drives, **noises)
        kept |= {
            n: np.broadcast_to(v, (len(t), run.n))
            for n, v in zip(model.terms, values, strict=False)
        }
    for name in run.recorded:
        result[name] = np.ascontiguousarray(
            kept[name].reshape(shape) if run.batch else kept[name][:, 0]
        )
    return result
