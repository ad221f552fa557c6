"""Which connections may learn, and their synapses as the loop needs them."""

from dataclasses import replace

import numpy as np

from course import _check
from course.network.pattern import Links, _listed
from course.plasticity.offline import within
from course.plasticity.rules import Rule


def refuse_plasticity(rule: Rule, delay: object, release: float) -> None:
    where = "Network.connect"
    if not isinstance(rule, Rule):
        raise _check.refuse(f"{where}.plasticity", "une règle de course.plasticity, comme Additive()", rule)
    if np.ndim(delay):
        said = f"un tableau {np.shape(delay)}"
        raise _check.refuse(f"{where}.delay", "un seul délai pour toute une voie plastique (un nombre)", said)
    if release != 1:
        raise _check.refuse(f"{where}.release", "1, sur une voie plastique", release)


def ready(links: Links, shape: tuple[int, int], rule: Rule) -> Links:
    """The same synapses, their weights in the bounds of the rule; a neuron that does not speak to itself has no synapse
    upon itself that could grow."""
    if links.targets is None and not links.autapses:
        links = _listed(links, shape)
    within(f"Network.connect.weight ({type(rule).__name__})", links.weight, rule)
    return replace(links, weight=np.asarray(links.weight, float) if np.ndim(links.weight) else links.weight)
