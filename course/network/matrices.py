"""A network from two tables, one row a source and one column a target: mean weights, and delays."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from course import _check
from course.dynamics import Model
from course.network.population import Current, Noise
from course.synapses import Kernel

if TYPE_CHECKING:
    from course.network.network import Network


def from_matrices(
    net: "Network", names: Sequence[str], sizes: Sequence[int], parameters: Sequence[Mapping[str, float]],
    weights: Sequence[Sequence[float]], delays: Sequence[Sequence[float]], model: Model, excitatory: Kernel,
    inhibitory: Kernel, jitter: float, current: Mapping[str, Current], noise: Mapping[str, Noise],
) -> None:  # fmt: skip
    """Fill `net`. Where the weight is not 0, every source speaks to every target, itself included.

    A synapse has the weight W[i][j]/n_i, n_i the size of the source: what a target receives does not depend on it.
    The jitter (1 by default) multiplies each by 1 + ν, ν Gaussian, clipped at 0 so that no synapse changes sign: one
    synapse in six is silent, and the mean rises by φ(1) - Φ(-1) = 8.3 %. The kernel is `excitatory` for W > 0.
    Each neuron starts from the model's v, and from u = b·v with its own b when the model has them.

    Source: Granier's thesis (2018), Program 17.
    """
    where, n = "Network.from_matrices", len(names)
    for name, given in (("sizes", sizes), ("parameters", parameters)):
        if len(given) != n:
            rule = f"autant d'éléments que de noms ({n})"
            raise _check.refuse(f"{where}.{name}", rule, f"{len(given)} éléments")
    W, D = _table(f"{where}.weights", weights, n), _table(f"{where}.delays", delays, n)
    if (D < 0).any():
        raise _check.refuse(f"{where}.delays", "des délais positifs ou nuls (ms)", float(D.min()))
    for name, given in (("current", current), ("noise", noise)):
        for key in given:
            _check.one_of(f"{where}.{name}", key, names)
    for name, size, own in zip(names, sizes, parameters, strict=True):
        start = None
        if {"u", "v"} <= set(model.variables) and "b" in model.parameters:
            v = model.init["v"]
            start = {"u": np.asarray(own.get("b", model.parameters["b"])) * v}
        net.population(
            name,
            size,
            model,
            current=current.get(name, 0.0),
            start=start,
            noise=noise.get(name),
            **own,
        )
    for i, j in np.argwhere(W):
        net.connect(
            names[i], names[j], weight=W[i, j] / sizes[i], delay=D[i, j],
            kernel=excitatory if W[i, j] > 0 else inhibitory, jitter=jitter,
        )  # fmt: skip


def _table(where: str, table: Sequence[Sequence[float]], n: int) -> np.ndarray:
    rule = f"une table de {n} lignes et {n} colonnes de nombres finis"
    try:
        a = np.array(table, float)
    except (TypeError, ValueError):
        raise _check.refuse(where, rule, table) from None
    if a.shape != (n, n) or not np.isfinite(a).all():
        raise _check.refuse(
            where, rule, f"une table {a.shape}" if a.shape != (n, n) else float("nan")
        )
    return a
