"""Running a student's code so that nothing it does can stop the check: loops, exits, prints,
interruptions.

A Python loop is stopped at the limit: by an alarm signal in the main thread of Linux and macOS, by
an exception sent to the thread elsewhere (Windows, secondary threads). A loop inside compiled code
cannot be stopped from Python: a sentence printed from another thread then tells how to restart the
kernel.
"""

import builtins
import contextlib
import functools
import io
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from course.exercises.french import typeset
from course.exercises.stopping import TimeUp, Watch, in_main_thread

PRINTED = 400  # characters of the student's prints that are kept
STUCK = (
    "\nLe calcul ne rend pas la main : la boucle se trouve sans doute dans du code compilé, que Python ne sait "
    "pas arrêter. Menu « Noyau », puis « Redémarrer le noyau » ; votre carnet n'est pas perdu.\n"
)


class Exited(BaseException):
    """The student's code asked the whole program to end."""


class Asked(RuntimeError):
    """The student's code asked a question with input()."""


@dataclass
class Outcome:
    """What became of a call: a value, or what stopped it (`error` is the exception, `late` the time limit)."""

    value: Any = None
    error: BaseException | None = None
    late: bool = False


class Guard:
    """Runs calls one after the other within one budget of time; keeps the first characters printed."""

    def __init__(self, limit: float) -> None:
        self.limit = limit
        self.spent = 0.0
        self._output = _FirstCharacters(PRINTED)

    @property
    def printed(self) -> str:
        return self._output.text

    def run(self, call: Callable[[], Any]) -> Outcome:
        """`call()` guarded; only a real Ctrl-C comes out of it as an exception.

        Raises:
            KeyboardInterrupt: when the person at the keyboard asked for it.
        """
        remaining = self.limit - self.spent
        if remaining <= 0:
            return Outcome(late=True)
        begin = time.perf_counter()
        watch = Watch(remaining, functools.partial(_say, sys.stdout))
        with _ctrl_c(watch) as pressed:
            outcome = self._run(call, watch)
        self.spent += time.perf_counter() - begin
        if pressed:
            raise KeyboardInterrupt
        return (
            Outcome(late=True) if self.spent > self.limit else outcome
        )  # a bare `except:` may hide `TimeUp`

    def _run(self, call: Callable[[], Any], watch: Watch) -> Outcome:
        with _contained(self._output), np.errstate(all="ignore"):
            try:
                return Outcome(watch.run(call))
            except TimeUp:
                return Outcome(late=True)
            except BaseException as error:  # a student's code may raise anything, SystemExit included
                return Outcome(error=error)


class _FirstCharacters(io.TextIOBase):
    def __init__(self, size: int) -> None:
        self.text, self.size = "", size

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.text += text[: max(self.size - len(self.text), 0)]
        return len(text)


def _say(screen: Any) -> None:
    screen.write(typeset(STUCK))
    screen.flush()


@contextlib.contextmanager
def _ctrl_c(watch: Watch) -> Iterator[list]:
    """Tells a real interruption (a signal) from a KeyboardInterrupt that the student's code raises itself."""
    pressed: list = []
    before = signal.getsignal(signal.SIGINT) if in_main_thread() else None
    if not callable(before):
        yield pressed
        return

    def interrupted(number: int, frame: Any) -> None:
        pressed.append(number)
        if watch.running:
            raise KeyboardInterrupt

    signal.signal(signal.SIGINT, interrupted)
    try:
        yield pressed
    finally:
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def _contained(output: io.TextIOBase) -> Iterator[None]:
    """Prints go to `output`, warnings nowhere, questions and exits become exceptions, for the time of a call."""

    def exiting(*_: Any, **__: Any) -> None:
        raise Exited

    def asking(*_: Any, **__: Any) -> None:
        raise Asked("input() attend une saisie au clavier")

    places: list[tuple[Any, str, Any]] = [
        (sys, "stdout", output),
        (sys, "stderr", _FirstCharacters(0)),
        (sys, "stdin", io.StringIO()),
        (builtins, "input", asking),
        (os, "_exit", exiting),
        (os, "abort", exiting),
    ]
    shell = notebook_shell()
    if shell is not None:  # exit() in a notebook asks the kernel to stop instead of raising
        places.append((shell, "ask_exit", exiting))
    before = [(place, name, getattr(place, name)) for place, name, _ in places]
    try:
        for place, name, replacement in places:
            setattr(place, name, replacement)
        yield
    finally:
        for place, name, value in before:
            setattr(place, name, value)


def notebook_shell() -> Any:
    """IPython's, None outside a notebook."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython else None
