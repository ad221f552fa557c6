"""The state of an explorer and the states before it."""

import time
from collections.abc import Callable

TOGETHER = 0.8  # two changes of one kind closer than this (s) are one for `undo`


class History:
    """A dict of values, its past, and how its values agree (`settle`).

    >>> h = History({"I": 5, "t": 0}, "t")
    >>> h.change({"I": 10}, "I"), h.change({"t": 3}, "t"), h.undo(), h.values
    (True, True, True, {'I': 5, 't': 3})

    `apart` names the values that undoing leaves where they are: the cursors with which one looks.
    """

    def __init__(
        self, values: dict, *apart: str, settle: Callable[[dict], dict] = dict, clock=time.monotonic
    ):
        self.values, self.apart, self.settle, self.clock = settle(values), apart, settle, clock
        self._past: list[dict] = []
        self._last = ("", 0.0)

    def change(self, changes: dict, kind: str) -> bool:
        """Whether anything changed. A slider one drags is undone at once, not step by step."""
        values = self.settle(self.values | changes)
        if values == self.values:
            return False
        if self._apart(values) != self._apart(self.values):
            now = self.clock()
            if kind != self._last[0] or now - self._last[1] > TOGETHER:
                self._past.append(self.values)
            self._last = (kind, now)
        self.values = values
        return True

    def undo(self) -> bool:
        """Whether there was something to undo."""
        if not self._past:
            return False
        kept = {name: self.values[name] for name in self.apart}
        self.values, self._last = self.settle(self._past.pop() | kept), ("", 0.0)
        return True

    def _apart(self, values: dict) -> dict:
        return {name: value for name, value in values.items() if name not in self.apart}
