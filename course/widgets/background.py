"""What may be long to compute, beside the explorer: at once when it is quick, else on another thread, in a pause."""

import math
import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future


class Background:
    """`ask(key, work)` is the result of `work()`, or None as long as it has not come.

    It is computed at once where the last one took less than `patience` seconds. Else a thread does it, when nothing
    else has been asked for `pause` seconds: a hand that moves is not slowed down, and only the last question is
    answered. `done()` is called, on that thread, when an answer has come. An error of `work` is raised where its
    result is asked for.

    >>> results = Background()
    >>> results.ask(1, lambda: "un"), results.wait(), results.ask(1, lambda: "un")
    (None, None, 'un')
    """

    def __init__(
        self, patience: float = 0.0, pause: float = 0.08, kept: int = 128, clock=time.perf_counter
    ):
        self.patience, self.pause, self.kept, self.clock = patience, pause, kept, clock
        self.done: Callable[[], None] = lambda: None
        self.cost = math.inf
        self._results: dict[Hashable, Future] = {}
        self._wanted: tuple[Hashable, Callable] | None = None
        self._running: tuple[Hashable, Callable] | None = None
        self._begin = 0.0
        self._thread: threading.Thread | None = None
        self._change = threading.Condition()

    def ask(self, key: Hashable, work: Callable[[], object]) -> object | None:
        with self._change:
            known = self._results.get(key)
            later = known is None and self.cost > self.patience
            if later and key not in [asked[0] for asked in (self._running, self._wanted) if asked]:
                self._wanted, self._begin = (key, work), self.clock() + self.pause
                if self._thread is None:
                    self._thread = threading.Thread(target=self._answer, daemon=True)
                    self._thread.start()
        if later:
            return None
        return (known or self._compute(key, work)).result()

    def known(self, key: Hashable) -> Future | None:
        """The answer to an earlier question, if it is still kept."""
        with self._change:
            return self._results.get(key)

    def forget(self, key: Hashable) -> None:
        """What is asked again is computed again."""
        with self._change:
            self._results.pop(key, None)

    def wait(self) -> None:
        """Until everything that was asked for has been answered, and shown."""
        with self._change:
            self._begin = 0.0
            self._change.notify_all()
            self._change.wait_for(lambda: self._thread is None)

    def _compute(self, key: Hashable, work: Callable[[], object]) -> Future:
        future, begin = Future(), self.clock()
        try:
            future.set_result(work())
        except Exception as error:  # kept for whoever asks
            future.set_exception(error)
        with self._change:
            self.cost = self.clock() - begin
            self._results[key] = future
            while len(self._results) > self.kept:
                del self._results[next(iter(self._results))]
        return future

    def _answer(self) -> None:
        try:
            while self._next():
                key, work = self._running
                self._compute(key, work)
                self._running = None
                self.done()
        finally:
            with self._change:
                if self._thread is threading.current_thread():
                    self._thread = None
                self._change.notify_all()

    def _next(self) -> bool:
        """Waits for the pause, and takes what is wanted."""
        with self._change:
            while self._wanted and (rest := self._begin - self.clock()) > 0:
                self._change.wait(rest)
            self._running, self._wanted = self._wanted, None
            if self._running is None:
                self._thread = None  # under the lock: who asks from now on starts another
            return self._running is not None


class Growing:
    """Long results that are shown while they grow: `work(tell)` tells what it has so far, and returns the whole."""

    def __init__(self, background: Background):
        self.background, self.parts = background, {}

    def ask(self, key: tuple, work: Callable[[Callable[[object], None]], object]) -> object | None:
        """The whole, or what is known of it, or None."""

        def tell(part: object) -> None:
            self.parts = {key: part}
            self.background.done()

        whole = self.background.ask(key, lambda: work(tell))
        return self.parts.get(key) if whole is None else whole
