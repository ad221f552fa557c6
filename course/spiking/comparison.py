"""The same apprenticeship under several surrogates, from the same first weights."""

from collections.abc import Iterable

from course.spiking.history import History
from course.spiking.network import SpikingNetwork
from course.spiking.surrogate import Surrogate, surrogate
from course.spiking.training import fit


def compare(sizes: list, train: object, surrogates: Iterable[str | tuple[str, float] | Surrogate], *,
            network: dict[str, object] | None = None, **fitted: object) -> dict[tuple[str, float], History]:
    """{(name, scale): History} of one network per surrogate.

    Args:
        sizes, train: as in `SpikingNetwork` and `fit`. surrogates: names, (name, scale), or Surrogate.
        network: other arguments of `SpikingNetwork`. fitted: other arguments of `fit`, valid and epochs among them.

    Every surrogate is read before the first one learns: a misspelled name costs nothing.
    """
    every = [surrogate(s, "compare.surrogates") for s in surrogates]
    return {
        (s.name, s.scale): fit(SpikingNetwork(sizes, surrogate=s, **(network or {})), train, **fitted) for s in every
    }
