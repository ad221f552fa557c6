"""Stopping a Python loop at a time limit, on every system and in every thread.

In the main thread of Linux and macOS an alarm signal raises `TimeUp` (it also ends a `sleep`). Elsewhere (Windows,
secondary threads) another thread asks the interpreter to raise it in this one, at its next call or loop. A loop in
compiled code hears neither: after a moment, that other thread says so.
"""

import contextlib
import ctypes
import signal
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

GRACE = 2.0  # seconds after the limit before the code is said to be stuck
AGAIN = 0.05  # `TimeUp` is sent again at this pace: a bare `except:` may have swallowed it


class TimeUp(BaseException):
    """The time limit; no `Exception`, so that a student's `except Exception` lets it through."""


class Watch:
    """Runs one call within a time limit.

    `running` is what makes it exact: a plain store, between which and the call the interpreter neither changes
    threads nor looks at signals, so that nothing is raised after the call has ended.
    """

    def __init__(self, seconds: float, when_stuck: Callable[[], None]) -> None:
        self.running = False
        self.seconds, self._when_stuck = seconds, when_stuck
        self._by_signal = hasattr(signal, "setitimer") and in_main_thread()
        self._raise = ctypes.pythonapi.PyThreadState_SetAsyncExc
        self._thread = ctypes.c_ulong(threading.get_ident())
        self._over = threading.Lock()

    def run(self, call: Callable[[], Any]) -> Any:
        """`call()`.

        Raises:
            TimeUp: after the limit.
        """
        with self._over, self._alarm():
            threading.Thread(target=self._watch, daemon=True, name="limite de temps").start()
            try:
                self.running = True
                return call()
            finally:
                self.running = False
                self._raise(self._thread, None)  # take back what was sent and not yet raised

    def _watch(self) -> None:
        """In another thread: send `TimeUp` until the call ends, and tell when it does not."""
        up, end = ctypes.py_object(TimeUp), time.monotonic() + self.seconds + GRACE
        wait, told = (self.seconds + GRACE if self._by_signal else self.seconds), False
        while not self._over.acquire(timeout=max(wait, 0)):
            if not self._by_signal and self.running:
                self._raise(self._thread, up)
            if not told and time.monotonic() >= end:
                told = True
                self._when_stuck()
            wait = AGAIN
        self._over.release()

    @contextlib.contextmanager
    def _alarm(self) -> Iterator[None]:
        """`TimeUp` by SIGALRM, where there are signals; a timer that somebody else had set goes on afterwards."""
        if not self._by_signal:
            yield
            return
        begin = time.monotonic()
        handler = signal.signal(signal.SIGALRM, self._ring)
        left, interval = signal.setitimer(signal.ITIMER_REAL, self.seconds, AGAIN)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, handler)
            if left:
                signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - begin), 0.001), interval)

    def _ring(self, number: int, frame: object) -> None:
        if self.running:
            raise TimeUp


def in_main_thread() -> bool:
    """Where Python handles signals."""
    return threading.current_thread() is threading.main_thread()
