"""Gibbs sampling: the hidden units are drawn knowing the visible ones, then the visible ones knowing them."""

from collections.abc import Iterator, Sequence

import numpy as np

from course import _check
from course.generative.pictures import pictures
from course.nn.given import count


def walk(rbm, v, steps: int, temperature: float, clamp: tuple | None, silent: Sequence[int], rng) -> Iterator[tuple]:  # noqa: ANN001
    """(P(v = 1 | h), h) after each of `steps`, from the rows v.

    Args:
        temperature: T divides every energy: at 2, the machine takes twice the liberties.
        clamp: (mask, values): visible units held at `values` where `mask` is true; of one row, or of each.
        silent: hidden units held at 0.
    """
    E, factor = rbm.E, 1 / _check.positive("chain.temperature", temperature)
    quiet = [count("chain.silent", j, 0) for j in silent]
    if any(j >= rbm.n_hidden for j in quiet):
        raise _check.refuse("chain.silent", f"des unités cachées de 0 à {rbm.n_hidden - 1}", max(quiet))
    held = None if clamp is None else given(E, *clamp, len(v), rbm.n_visible)
    return _steps(rbm, E, v, steps, factor, held, quiet, rng)


def _steps(rbm, E, v, steps: int, factor: float, held: tuple | None, quiet: list[int], rng) -> Iterator[tuple]:  # noqa: ANN001
    if held is not None:
        v = (1 - held[0]) * v + held[0] * held[1]
    for _ in range(steps):
        p = rbm._up(v, factor)
        p[:, quiet] = 0
        h = E.bernoulli(p, rng)
        p = rbm._down(h, factor)
        if held is not None:
            p = (1 - held[0]) * p + held[0] * held[1]
        v = E.bernoulli(p, rng)
        yield E.numpy(p), E.numpy(h)


def given(E, mask: object, values: object, n: int, units: int) -> tuple:  # noqa: ANN001
    """(mask, values) as arrays of the engine, one row for all or one a row."""
    mask = np.atleast_2d(np.asarray(mask))
    if mask.dtype != bool or mask.shape not in ((1, units), (n, units)):
        rule = f"un masque de booléens de forme ({units},) ou ({n}, {units})"
        raise _check.refuse("chain.clamp", rule, (str(mask.dtype), mask.shape))
    values = pictures("chain.clamp", np.atleast_2d(np.asarray(values)), units)
    if len(values) not in (1, n):
        raise _check.refuse("chain.clamp", f"une ligne de valeurs, ou {n}", len(values))
    return E.array(mask), E.array(values)
