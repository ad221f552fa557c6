"""The student's process: cells are run when asked, functions called when asked; `python -m course.grading.inside 3 4`.

Whatever happens here, the other side only ever gets messages, and it knows what to think of them.
"""

import builtins
import contextlib
import inspect
import io
import linecache
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from course.grading.inside import absent
from course.grading.inside.pipe import Closed, Pipe
from course.grading.inside.values import decoded, encoded

PRINTED = 400
SOURCE = 20_000


class TimeUp(BaseException):
    """The time of a cell or of a call is over."""


class Asked(RuntimeError):
    """The student's code asked a question with input()."""


class Process:
    """The names of the notebook, its functions by number, and the answers that were checked."""

    def __init__(self, pipe: Pipe):
        self.pipe = pipe
        self.names: dict[str, Any] = {"__name__": "__main__", "__builtins__": builtins}
        self.functions: list[Callable] = []
        self.own: dict[str, Any] = {}
        self.lent: list[Callable] = []  # the course's: never taken for an answer
        self.running = False
        self.calls = 0

    def serve(self, until: str = "stop") -> dict:
        """Do what is asked until the answer to what was asked here comes."""
        while True:
            asked = self.pipe.receive()
            if asked["do"] in (until, "stop"):
                return asked
            self.pipe.send(getattr(self, asked["do"])(**{k: x for k, x in asked.items() if k != "do"}))

    def run(self, source: str, name: str, limit: float) -> dict:
        """One cell, as a notebook runs it; the first error ends it."""
        linecache.cache[name] = (len(source), None, source.splitlines(True), name)

        def cell() -> None:
            exec(compile(source, name, "exec", dont_inherit=True), self.names)

        _, failure, _ = self._guarded(cell, limit)
        return {"is": "ran", **failure}

    def call(self, function: int, args: list, kwargs: dict, limit: float) -> dict:
        """One call of a function of the notebook."""
        self.calls += 1
        try:
            given = [self._decoded(x) for x in args], {name: self._decoded(x) for name, x in kwargs.items()}
            value, failure, printed = self._guarded(lambda: self.functions[function](*given[0], **given[1]), limit)
            return {"is": "returned", "value": self._encoded(value), "printed": printed, **failure}
        finally:
            self.calls -= 1

    def examine(self, id: str, name: str) -> dict:
        """Have the answer checked that bears this name, when the notebook forgot to."""
        if name in self.names and not any(self.names[name] is one for one in self.lent):
            self.check(id, self.names[name])
        return {"is": "examined"}

    def check(self, id: str, answer: Any = None) -> Any:
        """The notebook's `exercise(id).check(answer)`: judged on the other side, while this one answers calls."""
        if self.calls:  # a function that checks itself while it is judged
            return answer
        with self._paused():
            self.pipe.send({"is": "check", "id": str(id), "answer": self._encoded(answer), **described(answer)})
            said = self.serve(until="judged")
        if said.get("passed"):
            self.own[id] = answer
            return answer
        return self._decoded(said["onward"]) if said.get("onward") is not None else answer

    def recall(self, id: str) -> Any:
        """The notebook's `exercise(id).recall()`: the student's own, or what stands in for it."""
        if id in self.own:
            return self.own[id]
        with self._paused():
            self.pipe.send({"is": "recall", "id": str(id)})
            return self._decoded(self.serve(until="judged").get("onward"))

    def _back(self, key: int) -> Callable:
        """A function of the other side."""

        def called(*args: Any, **kwargs: Any) -> Any:
            with self._paused():
                self.pipe.send({
                    "is": "asked", "key": key, "args": [self._encoded(x) for x in args],
                    "kwargs": {name: self._encoded(x) for name, x in kwargs.items()},
                })
                said = self.serve(until="answered")
            if "error" in said:
                raise getattr(builtins, said["error"], RuntimeError)(said["message"])
            return self._decoded(said["value"])

        self.lent.append(called)
        return called

    def _encoded(self, x: Any) -> Any:
        def number(function: Callable) -> int:
            self.functions.append(function)
            return len(self.functions) - 1

        return encoded(x, number)

    def _decoded(self, x: Any) -> Any:
        return decoded(x, self._back)

    def _guarded(self, call: Callable[[], Any], limit: float) -> tuple[Any, dict, str]:
        printed = io.StringIO()
        value, failure = None, {}

        def asking(*_: Any) -> None:
            raise Asked("input() attend une saisie au clavier")

        before = builtins.input
        builtins.input = asking
        timer = signal.setitimer(signal.ITIMER_REAL, limit, 0.05)
        outer, self.running = self.running, True
        try:
            with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
                value = call()
        except TimeUp:
            failure = {"late": True}
        except Closed:
            raise
        except BaseException as error:
            failure = told(error, self.names)
        finally:
            self.running = outer
            signal.setitimer(signal.ITIMER_REAL, *(timer if outer else (0, 0)))
            builtins.input = before
        return value, failure, printed.getvalue()[:PRINTED]

    @contextlib.contextmanager
    def _paused(self):
        """The time of the other side is not the student's."""
        timer = signal.setitimer(signal.ITIMER_REAL, 0)
        before, self.running = self.running, False
        try:
            yield
        finally:
            self.running = before
            signal.setitimer(signal.ITIMER_REAL, *timer)

    def ring(self, *_: Any) -> None:
        if self.running:
            raise TimeUp


def described(answer: Any) -> dict:
    """How a function is called and what it says, for the other side to know it without having it."""
    if not callable(answer):
        return {}
    try:
        parameters = [
            [p.name, int(p.kind), p.default is not p.empty] for p in inspect.signature(answer).parameters.values()
        ]
    except (ValueError, TypeError):
        parameters = None
    try:
        source = inspect.getsource(inspect.unwrap(answer))[:SOURCE]
    except (OSError, TypeError, ValueError):
        source = ""
    return {"parameters": parameters, "source": source, "name": str(getattr(answer, "__name__", ""))[:80]}


def told(error: BaseException, names: dict) -> dict:
    """An exception: its type, its message, and the student's line where it was raised."""
    known = next((kind for kind in type(error).__mro__ if getattr(builtins, kind.__name__, None) is kind), Exception)
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.startswith("<cellule")][-1:]
    try:
        message = str(error)[:500]
    except Exception:
        message = ""
    where = {"line": frames[0].lineno, "where": frames[0].name, "text": (frames[0].line or "")[:200]} if frames else {}
    if isinstance(error, SyntaxError):
        where = {"line": error.lineno or 1, "where": "<module>", "text": (error.text or "").strip()[:200]}
    kind = "Asked" if isinstance(error, Asked) else known.__name__
    absent_name = getattr(error, "name", None)
    return {
        "error": kind, "message": message, "names": [n for n in names if isinstance(n, str)][:500],
        "missing": absent_name if isinstance(absent_name, str) else "", **where,
    }


def shut_in(asked: list[str]) -> dict:
    """Enter the sandbox, before any line of the student: what is in force. Without it, the process ends here."""
    if not asked:
        return {}
    from course.grading.inside import filter, landlock

    abi = int(asked[0])
    if abi and len(os.listdir("/proc/self/task")) != 1:
        raise RuntimeError("another thread would stay outside")
    if abi:
        abi = landlock.restrict(abi, files=[Path(folder) for folder in asked[1:]])
    filter.install()
    return {"landlock": abi}


def main() -> None:
    process = Process(Pipe(int(sys.argv[1]), int(sys.argv[2])))

    class Sheet:
        """`exercise("01.2")`, as a notebook uses it."""

        def __init__(self, id: str):
            self.id = id

        def check(self, answer: Any = None) -> Any:
            return process.check(self.id, answer)

        def recall(self) -> Any:
            return process.recall(self.id)

        def hint(self) -> None:
            """Nothing: nobody is there to read."""

        solution = hint

    signal.signal(signal.SIGALRM, process.ring)
    os.sched_getaffinity = lambda pid=0: {0}  # one core: the course then asks for no other thread
    absent.install({"exercise": Sheet, "pronostic": absent.Nothing(), "comparer": absent.Nothing()})
    process.names["display"] = absent.Nothing()
    process.names["get_ipython"] = absent.Nothing()
    process.pipe.send({"is": "ready", **shut_in(sys.argv[3:])})
    with contextlib.suppress(Closed):
        process.serve()
    os._exit(0)


if __name__ == "__main__":
    main()
