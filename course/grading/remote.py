"""A function of the notebook, as the judge calls it: every call goes to the notebook's process and comes back."""

import builtins
import inspect
import itertools
import linecache
from collections.abc import Callable
from typing import Any

from course.exercises.guard import Asked, Exited
from course.exercises.stopping import TimeUp

_files = itertools.count(1)
SOURCE = 20_000  # characters of a function that are read


class Interrompu(RuntimeError):
    """The notebook's process has ended in the middle of a call."""


def remote(call: Callable[..., Any], message: dict) -> Callable:
    """A function with the name, the signature and the source that the notebook's process tells."""

    def function(*args: Any, **kwargs: Any) -> Any:
        return call(args, kwargs)

    function.__name__ = str(message.get("name") or "f")[:80]
    signature = _signature(message.get("parameters"))
    if signature is not None:
        function.__signature__ = signature
        function.__wrapped__ = _page(str(message.get("source") or "")[:SOURCE])
    return function


def _signature(parameters: Any) -> inspect.Signature | None:
    try:
        return inspect.Signature([
            inspect.Parameter(name, inspect._ParameterKind(kind), default=None if optional else inspect.Parameter.empty)
            for name, kind, optional in parameters
        ])
    except (ValueError, TypeError):
        return None


def _page(source: str) -> Callable:
    """A function that does nothing and whose source, for `inspect`, is this text."""
    file = f"<réponse {next(_files)}>"
    names: dict[str, Any] = {}
    exec(compile("def page(): ...", file, "exec"), names)
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)
    return names["page"]


def raised(message: dict) -> None:
    """The exception that the notebook's process tells, raised at the student's own line.

    Raises:
        TimeUp: the call lasted too long.
        Exited: it asked the whole program to end.
        BaseException: the student's.
    """
    if message.get("late"):
        raise TimeUp
    kind = message.get("error")
    if kind is None:
        return
    if kind in ("SystemExit", "Exited"):
        raise Exited
    error = _made(str(kind), str(message.get("message", ""))[:500], str(message.get("missing", ""))[:80])
    line = message.get("line")
    if not isinstance(line, int) or not 0 < line < 10_000:
        raise error
    file = f"<cellule {next(_files)}>"
    text = str(message.get("text", ""))[:200]
    linecache.cache[file] = (0, None, [*["\n"] * (line - 1), text + "\n"], file)
    code = compile("\n" * (line - 1) + "raise erreur", file, "exec")
    code = code.replace(co_name=str(message.get("where", ""))[:80])
    known = {name: None for name in message.get("names", ()) if isinstance(name, str)}
    if "np" in known:
        import numpy

        known["np"] = numpy
    exec(code, known | {"erreur": error})


def _made(kind: str, message: str, missing: str) -> BaseException:
    if kind == "Asked":
        return Asked(message)
    type_ = getattr(builtins, kind, None)
    if not isinstance(type_, type) or not issubclass(type_, BaseException):
        return RuntimeError(message)
    try:
        error = type_(message)
    except TypeError:  # UnicodeDecodeError and its like ask for more
        return RuntimeError(message)
    if isinstance(error, NameError):
        error.name = missing
    return error
