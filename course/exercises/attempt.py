"""One way of calling the student's function, on every draw: what came out of it."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course.exercises import fault
from course.exercises.calling import Convention
from course.exercises.compare import Part
from course.exercises.guard import Outcome


@dataclass
class Attempt:
    """The student's function called one way on every draw: its results, or what stopped it."""

    way: Convention
    outputs: list[Any] = field(default_factory=list)
    stop: Outcome | None = None
    parts: list[list[Part]] = field(default_factory=list)
    mismatch: str = ""

    @property
    def right(self) -> bool:
        return (
            not self.stop
            and not self.mismatch
            and not any(part.wrong.any() for compared in self.parts for part in compared)
        )


def better(first: Attempt, second: Attempt) -> Attempt:
    """The attempt that says most about the student's idea: right, else with values, else its own error."""
    if second.right:
        return second
    if first.stop and (
        not second.stop
        or (first.stop.error and fault.array_refused(first.stop.error) and not second.way.as_arrays)
    ):
        return second
    if first.mismatch and second.parts and not second.way.as_arrays:
        return second
    return first


def kept(output: Any, depth: int = 3) -> Any:
    """The result as it is now: a function may return the same array again and change it later."""
    if depth and type(output) in (tuple, list):
        return type(output)(kept(x, depth - 1) for x in output)
    if depth and type(output) is dict:
        return {key: kept(x, depth - 1) for key, x in output.items()}
    return output.copy() if isinstance(output, np.ndarray) else output


def changed(before: Any, after: Any) -> bool:
    if isinstance(before, np.ndarray):
        return not np.array_equal(before, after, equal_nan=before.dtype.kind in "fc")
    if type(before) is dict:
        return before.keys() != after.keys() or any(changed(x, after[key]) for key, x in before.items())
    if type(before) in (tuple, list):
        return len(before) != len(after) or any(changed(x, y) for x, y in zip(before, after, strict=True))
    return isinstance(before, (list, dict)) and before != after
