"""Ctrl-C asks for an end; it does not cut a chunk in its middle, whose state would belong to no instant."""

import signal
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def ctrl_c() -> Iterator[Callable[[], bool]]:
    """What tells whether Ctrl-C was pressed; pressed twice, it raises as ever.

    Only the main thread hears it. Where it was silenced already, it stays so.
    """
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield lambda: False
        return
    pressed: list[bool] = []

    def note(number: int, frame: object) -> None:
        if pressed:
            raise KeyboardInterrupt
        pressed.append(True)

    signal.signal(signal.SIGINT, note)
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)


def stopped(ms: float) -> None:
    """Say until when."""
    at = f"{ms:g}".replace(".", ",")
    said = f"Network.run\u00a0: arrêté à {at}\u00a0ms\u00a0; ce qui précède est gardé"
    warnings.warn(said, stacklevel=5)
