"""Lesions: the same network without some of its neurons, or without a pathway."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from course import _check

if TYPE_CHECKING:
    from course.network.network import Network


def lesioned(
    net: "Network", pre: str, post: str | None, indices: Iterable[int] | None
) -> "Network":
    other = net.copy()
    population = net.populations[pre]
    if post is not None:
        if indices is not None:
            rule = "une voie entière, ou des neurones, mais non les deux"
            raise _check.refuse("Network.lesion.indices", rule, indices)
        other.connections = [c for c in net.connections if (c.pre, c.post) != (pre, post)]
        if len(other.connections) == len(net.connections):
            rule = f"une voie qui existe (rien ne va de {pre} à {post})"
            raise _check.refuse("Network.lesion.post", rule, post)
        return other
    if indices is None:
        dead = frozenset(range(population.n))
    else:
        a = np.asarray(list(indices))
        if a.size and (a.dtype.kind not in "iu" or a.min() < 0 or a.max() >= population.n):
            rule = f"des indices de neurones, de 0 à {population.n - 1}"
            raise _check.refuse("Network.lesion.indices", rule, indices)
        dead = population.dead | frozenset(a.tolist())
    other.populations[pre] = replace(population, dead=dead)
    return other
