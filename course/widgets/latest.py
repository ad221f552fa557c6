"""Latest wins: while pictures are on their way, newer states replace each other; the last is always drawn."""

import time
from collections.abc import Callable
from contextlib import contextmanager


class Latest:
    """Calls `draw(number)` for a request, but keeps at most `window` pictures on their way to the page.

    The page answers each picture (`answered`). A request that comes while the window is full is only
    noted, and drawn at the next answer: what was asked in between is never computed. A page that has said
    nothing for `patience` seconds is gone (closed, asleep): nobody waits for it.

    >>> drawn = []
    >>> latest = Latest(drawn.append, window=1)
    >>> latest.ready()
    >>> for _ in range(5): latest.request()
    >>> drawn
    [1]
    >>> latest.answered(1); drawn
    [1, 2]
    """

    def __init__(
        self, draw: Callable[[int], None], window: int = 3, patience: float = 1.0, clock=time.monotonic
    ):
        self.draw, self.window, self.patience, self.clock = draw, window, patience, clock
        self.sent = self.seen = 0
        self.waiting = False
        self.heard = -float("inf")
        self.held = self.noted = False

    @contextmanager
    def together(self):
        """What is requested inside is one request, made at the end."""
        self.held = True
        try:
            yield
        finally:
            self.held = False
        if self.noted:
            self.noted = False
            self.request()

    def ready(self) -> None:
        """A page has opened: nothing it has not seen is on its way to it."""
        self.heard = self.clock()
        self.seen = self.sent
        self.waiting = False

    def request(self) -> None:
        """The state has changed: draw it now, or at the next answer."""
        if self.held:
            self.noted = True
            return
        silent = self.clock() - self.heard > self.patience
        self.waiting = self.sent - self.seen >= self.window and not silent
        if not self.waiting:
            if silent:
                self.seen = self.sent
            self.sent += 1
            self.draw(self.sent)

    def answered(self, number: int) -> None:
        """The page shows picture `number`; what was noted meanwhile is drawn."""
        self.heard = self.clock()
        self.seen = min(self.sent, max(self.seen, number))
        if self.waiting:
            self.request()
