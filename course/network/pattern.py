"""Who is connected to whom: all, each pair with a probability, so many sources each, a matrix; then weights, delays."""

import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from course import _check
from course.network.memory import refuse_memory

_WHERE = "Network.connect"


@dataclass(frozen=True)
class Links:
    """Synapses source after source; `targets` is None when every pair is connected."""

    targets: np.ndarray | None = None
    rows: np.ndarray | None = None
    weight: float | np.ndarray = 1.0
    delay: int | np.ndarray = 1
    autapses: bool = True

    @property
    def sources(self) -> np.ndarray:
        return np.repeat(np.arange(len(self.rows) - 1), np.diff(self.rows))


def pattern(
    shape: tuple[int, int], weight: object, probability: float, degree: int | None, autapses: bool,
    rng: np.random.Generator, zeros: bool = False,
) -> Links:  # fmt: skip
    """The synapses that exist; those of a matrix sparse or mostly empty are its entries that are not 0.

    With `zeros` a synapse of weight 0 is one: of a full matrix all the entries, of a sparse one those that it stores.
    """
    if degree is not None:
        most = shape[0] - (not autapses)
        if (
            isinstance(degree, bool)
            or not isinstance(degree, int | np.integer)
            or not 0 <= degree <= most
        ):
            raise _check.refuse(
                f"{_WHERE}.degree", f"un nombre entier de sources, de 0 à {most}", degree
            )
        if probability != 1.0:
            rule = "probability ou degree, et non les deux"
            raise _check.refuse(f"{_WHERE}.degree", rule, degree)
    ruled = degree is not None or probability < 1.0
    if hasattr(weight, "tocsr"):
        if ruled:
            raise _check.refuse(
                f"{_WHERE}.weight", "une matrice, ou une règle, mais non les deux", weight
            )
        return _sparse(shape, weight, autapses, zeros)
    if isinstance(weight, np.ndarray | list | tuple) and np.ndim(weight):
        matrix = _matrix(shape, weight)
        if ruled:
            raise _check.refuse(
                f"{_WHERE}.weight", "une matrice, ou une règle, mais non les deux", weight
            )
        if not zeros and np.count_nonzero(matrix) < matrix.size // 3:
            from scipy.sparse import csr_array

            return _sparse(shape, csr_array(matrix), autapses)
        if not autapses:
            matrix = matrix.copy()
            np.fill_diagonal(matrix, 0.0)
        return Links(weight=matrix, autapses=autapses)
    if degree is not None:
        return _by_degree(shape, int(degree), autapses, rng)
    return (
        _by_chance(shape, probability, autapses, rng)
        if probability < 1.0
        else Links(autapses=autapses)
    )


def _matrix(shape: tuple[int, int], weight: object) -> np.ndarray:
    matrix = np.asarray(weight)
    if matrix.dtype != np.float32:
        try:
            matrix = matrix.astype(float)
        except (TypeError, ValueError):
            raise _check.refuse(f"{_WHERE}.weight", "des nombres", weight) from None
    if matrix.shape != shape:
        rule = f"une matrice ({shape[0]}, {shape[1]}), une ligne par source"
        raise _check.refuse(f"{_WHERE}.weight", rule, f"une matrice {matrix.shape}")
    return np.ascontiguousarray(matrix)


def _sparse(shape: tuple[int, int], weight: object, autapses: bool, zeros: bool = False) -> Links:
    if weight.shape != shape:
        rule = f"une matrice ({shape[0]}, {shape[1]}), une ligne par source"
        raise _check.refuse(f"{_WHERE}.weight", rule, f"une matrice {weight.shape}")
    w = weight.tocsr().copy()
    w.sum_duplicates()
    if not zeros:
        w.eliminate_zeros()
    if not autapses and w.diagonal().any():
        w = w.tolil()
        w.setdiag(0)
        w = w.tocsr()
        w.eliminate_zeros()
    data = w.data if w.data.dtype == np.float32 else w.data.astype(float)
    return Links(w.indices.astype(np.int32), w.indptr.astype(np.int64), data)


def _by_chance(shape: tuple[int, int], p: float, autapses: bool, rng: np.random.Generator) -> Links:
    """Each pair alone: the number of targets of a source is binomial, and they are then drawn without repetition."""
    refuse_memory(f"{_WHERE}", 4.0 * p * shape[0] * shape[1])
    possible = shape[1] - (not autapses)
    counts = rng.binomial(possible, p, shape[0])
    return _chosen(shape, counts, possible, autapses, rng)


def _chosen(
    shape: tuple[int, int],
    counts: np.ndarray,
    possible: int,
    autapses: bool,
    rng: np.random.Generator,
) -> Links:
    rows = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    targets = np.empty(rows[-1], np.int32)
    for i, n in enumerate(counts.tolist()):
        row = np.sort(rng.choice(possible, n, replace=False, shuffle=False))
        targets[rows[i] : rows[i + 1]] = row if autapses else row + (row >= i)
    return Links(targets, rows)


def _by_degree(
    shape: tuple[int, int], degree: int, autapses: bool, rng: np.random.Generator
) -> Links:
    """The sources of each target, without repetition; then put source after source."""
    from scipy.sparse import csr_array

    refuse_memory(f"{_WHERE}", 12.0 * degree * shape[1])
    counts = np.full(shape[1], degree)
    back = _chosen(shape[::-1], counts, shape[0] - (not autapses), autapses, rng)
    ones = np.ones(len(back.targets), np.int8)
    w = csr_array((ones, back.targets, back.rows), shape=shape[::-1]).T.tocsr()
    return Links(w.indices.astype(np.int32), w.indptr.astype(np.int64))


def _listed(links: Links, shape: tuple[int, int]) -> Links:
    """The same synapses as a list of targets."""
    kept = np.ones(shape, bool)
    if not links.autapses:
        np.fill_diagonal(kept, False)
    rows = np.concatenate([[0], np.cumsum(kept.sum(axis=1))]).astype(np.int64)
    w = links.weight[kept] if isinstance(links.weight, np.ndarray) else links.weight
    return Links(np.nonzero(kept)[1].astype(np.int32), rows, w)


def drawn(links: Links, shape: tuple[int, int], weight: float | np.ndarray | Callable) -> Links:
    """The same synapses with their weights: a matrix's are already there."""
    if isinstance(links.weight, np.ndarray):
        result = links
    elif callable(weight):
        if links.targets is None:
            i, j = np.indices(shape)
        else:
            i, j = links.sources, links.targets.astype(np.int64)
        w = np.asarray(weight(i, j), float)
        if w.shape not in ((), i.shape):
            rule = "une fonction weight(i, j) de tableaux d'indices, qui rend un poids par synapse"
            raise _check.refuse(f"{_WHERE}.weight", rule, f"un tableau {w.shape}")
        w = np.array(np.broadcast_to(w, i.shape), order="C")
        if not links.autapses:
            np.fill_diagonal(w, 0.0)
        result = replace(links, weight=w)
    else:
        result = replace(
            links,
            weight=_check.number(f"{_WHERE}.weight", weight, "un nombre fini, ou une matrice"),
        )
    if not np.isfinite(result.weight).all():
        raise _check.refuse(f"{_WHERE}.weight", "des nombres finis", float("nan"))
    return result


def jittered(
    links: Links, shape: tuple[int, int], jitter: float, rng: np.random.Generator
) -> Links:
    """w·(1 + jitter·ν), ν Gaussian, 0 where that would change its sign.

    What is clipped raises the mean: E max(0, 1 + ν) = Φ(1) + φ(1) = 1.0833 for jitter 1.
    """
    size = shape if links.targets is None else links.targets.shape
    refuse_memory(_WHERE, 8.0 * math.prod(size))
    factor = rng.standard_normal(size, dtype=np.float32)
    factor *= np.float32(jitter)
    factor += np.float32(1.0)
    np.maximum(factor, 0.0, out=factor)
    factor *= links.weight
    return replace(links, weight=factor)


def delays(links: Links, shape: tuple[int, int], delay: float | np.ndarray, dt: float) -> Links:
    """Delays in whole steps, half a step up; 0 is one step. Says when a delay moved."""
    if np.ndim(delay) == 0:
        ms = np.array(_check.not_negative(f"{_WHERE}.delay", delay, "ms"))
    else:
        ms = np.asarray(delay, float)
        if ms.shape != shape:
            rule = f"un nombre (ms), ou une matrice ({shape[0]}, {shape[1]})"
            raise _check.refuse(f"{_WHERE}.delay", rule, f"un tableau {ms.shape}")
        if not (np.isfinite(ms).all() and (ms >= 0).all()):
            raise _check.refuse(f"{_WHERE}.delay", "des nombres positifs ou nuls (ms)", delay)
        if links.targets is None:
            links = _listed(links, shape)
        ms = ms[links.sources, links.targets]
    short = ms[(ms > 0) & (ms < dt * (1 - 1e-9))]
    if short.size:
        rule = f"0, ou au moins un pas (dt = {dt:g}\u00a0ms)".replace(".", ",")
        raise _check.refuse(f"{_WHERE}.delay", rule, float(short.flat[0]))
    steps = np.floor(ms / dt + 0.5 + 1e-9).astype(np.int32)
    moved = np.abs(steps * dt - ms) > 1e-6 * dt
    if moved.any():
        first = float(ms[moved].flat[0])
        asked, taken = (
            f"{x:g}\u00a0ms".replace(".", ",") for x in (first, float(steps[moved].flat[0]) * dt)
        )
        said = f"{asked} n'est pas un nombre entier de pas\u00a0; {taken} est pris"
        warnings.warn(f"{_WHERE}.delay\u00a0: {said}", stacklevel=5)
    steps = np.maximum(steps, 1)
    return replace(links, delay=int(steps) if steps.ndim == 0 else np.ascontiguousarray(steps))
