"""The pointer from where it was pressed to where it is released."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Stroke:
    """A pointer that is or was pressed: its events (see `Toile`), and the values when it was pressed.

    `before` is the event before `now`; they are one at the first event.
    """

    number: int
    values: dict
    first: dict
    before: dict
    now: dict


def followed(stroke: Stroke | None, event: dict, values: dict) -> Stroke:
    """The stroke that `event` goes on with, or begins."""
    if event["phase"] == "down" or stroke is None:
        return Stroke(stroke.number + 1 if stroke else 1, values, event, event, event)
    return replace(stroke, before=stroke.now, now=event)
