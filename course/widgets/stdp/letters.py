"""The pairs of the chosen spike, each with a letter: the same between the lanes, on the window, in the sentence."""

from typing import NamedTuple

import numpy as np

NAMES = "abcdefghijklmnopqrstuvwxyz"


class Letter(NamedTuple):
    """A pair of the chosen spike, which is on `lane` at `chosen`; the other spike is at `other`."""

    name: str
    lane: str
    chosen: float
    other: float
    delta_t: float
    change: float


def lettered(arrays: dict) -> list[Letter]:
    """In the order of the other spike; none in the protocol, or without a chosen spike."""
    values, pairs, run = arrays["values"], arrays["pairs"], arrays["run"]
    if values["mode"] != "free" or values["chosen"] is None:
        return []
    lane, at = values["chosen"]
    times = {"pre": run.times[~run.post][pairs.pre], "post": run.times[run.post][pairs.post]}
    own = np.flatnonzero(times[lane] == at)
    other = times["post" if lane == "pre" else "pre"]
    found = sorted((float(other[k]), int(k)) for k in own)
    return [
        Letter(name, lane, at, x, float(pairs.delta_t[k]), float(arrays["each"][k]))
        for name, (x, k) in zip(NAMES, found, strict=False)
    ]
