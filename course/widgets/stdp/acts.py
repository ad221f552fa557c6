"""What one does to the spikes, as changes of the values: each spike is a whole number of ms, alone on its lane.

`chosen` is (lane, time) of the chosen spike or None; `at`, the slider of its time, moves it (`settle`).
"""

from course.widgets.stdp.compute import T
from course.widgets.stroke import Stroke

MOST = 12  # spikes on a lane
NEAR = 2.5  # ms: a press this close to a spike takes hold of it
LANES = "pre", "post"
AFTER = 10.0  # ms from the chosen spike to a new one
OUT = -1.4, 3.4  # ordinates below and above which a spike that is dragged is gone


def settle(values: dict) -> dict:
    """The chosen spike goes where its slider says, the cursor with it; the first one is chosen when none is."""
    chosen = values["chosen"]
    if chosen is None or chosen[1] not in values[chosen[0]]:
        first = in_order(values)[:1]
        return values | ({"chosen": first[0], "at": first[0][1]} if first else {"chosen": None})
    lane, before = chosen
    if values["at"] == before:
        return values
    rest = tuple(x for x in values[lane] if x != before)
    return values | placed(rest, lane, values["at"], -1 if values["at"] < before else 1)


def placed(rest: tuple, lane: str, at: float, step: int = 1) -> dict:
    """`rest` and one more spike, chosen, at `at` or at the first free place that way, else the other way."""
    at = float(round(min(T, max(0.0, at))))
    while at in rest and 0 <= at + step <= T:
        at += step
    while at in rest:
        at -= step
    return {lane: tuple(sorted((*rest, at)))} | taken(lane, at)


def taken(lane: str, at: float) -> dict:
    return {"chosen": (lane, at), "at": at, "t": at}


def in_order(values: dict) -> list[tuple[str, float]]:
    """Every spike, (lane, time), as time goes; the presynaptic one first where both are."""
    return sorted(((lane, x) for lane in LANES for x in values[lane]), key=lambda s: (s[1], s[0] == "post"))


def choose(step: int):
    """The spike after (or before) the chosen one, round and round."""

    def act(values: dict) -> dict:
        spikes = in_order(values)
        if not spikes:
            return {}
        chosen = values["chosen"]
        return taken(*spikes[(spikes.index(chosen) + step) % len(spikes) if chosen in spikes else 0])

    return act


def add(lane: str):
    """A spike on that lane, a little after the chosen one; where its slider is, when there is none."""

    def act(values: dict) -> dict:
        if len(values[lane]) >= MOST:
            return {}
        return placed(values[lane], lane, values["at"] + (AFTER if values["chosen"] else 0))

    return act


def remove(values: dict) -> dict:
    """Without the chosen spike; the one that was nearest is chosen."""
    if values["chosen"] is None:
        return {}
    lane, at = values["chosen"]
    values = values | {lane: tuple(x for x in values[lane] if x != at)}
    left = min(in_order(values), key=lambda s: abs(s[1] - at), default=None)
    return {lane: values[lane]} | (taken(*left) if left else {"chosen": None})


def pen(values: dict, stroke: Stroke) -> dict:
    """A press near a spike takes it, elsewhere it puts one; it then follows, and is gone once out of the panel."""
    before, first, now = stroke.values, stroke.first, stroke.now
    lane = "pre" if first["y"] > 1 else "post"
    held = min(before[lane], key=lambda x: abs(x - first["x"]), default=None)
    if held is not None and abs(held - first["x"]) > NEAR:
        held = None
    if held is None and len(before[lane]) >= MOST:
        return {}
    rest = tuple(x for x in before[lane] if x != held)
    if not OUT[0] <= now["y"] <= OUT[1]:
        return remove(before | {"chosen": (lane, held)}) if held is not None else {
            name: before[name] for name in (*LANES, "chosen", "at")}
    if held is not None and abs(now["x"] - first["x"]) < 0.5:
        return {name: before[name] for name in LANES} | taken(lane, held)
    shift = held - first["x"] if held is not None else 0.0
    return placed(rest, lane, now["x"] + shift)
