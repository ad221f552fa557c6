"""A function that passed in one notebook, taken up again in another one.

When an answer passes, its text is kept beside the status. It is run again in the student's own kernel, as they
would run it themselves, and examined again before it is handed over.
"""

import inspect
import sys
import textwrap
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

from course.exercises.declare import Exercise
from course.exercises.judge import judge

PLAIN = (bool, int, float, complex, str)


def program(function: Any) -> str:
    """Text that defines `function` and what it reads outside (modules, what they hold, numbers), or ""."""
    function = inspect.unwrap(function) if callable(function) else None
    if not inspect.isfunction(function) or function.__name__ == "<lambda>":
        return ""
    try:
        source = textwrap.dedent(inspect.getsource(function))
        outside = inspect.getclosurevars(function)
    except (OSError, TypeError, ValueError):  # typed in a console, or compiled
        return ""
    lines = [_given(name, x) for name, x in {**outside.globals, **outside.nonlocals}.items()]
    return "" if None in lines else "\n".join([*lines, source])


def _given(name: str, x: Any) -> str | None:
    """The line that gives `name` again; None for what no line gives (a function of the notebook, an array)."""
    if isinstance(x, ModuleType):
        return f"import {x.__name__} as {name}"
    home, own = getattr(x, "__module__", None), getattr(x, "__name__", None)
    if callable(x) and own and home in sys.modules and getattr(sys.modules[home], own, None) is x:
        return None if home == "__main__" else f"from {home} import {own} as {name}"
    return f"{name} = {x!r}" if type(x) in PLAIN else None


def recalled(exercise: Exercise, text: str) -> Callable | None:
    """The function that `text` defines, when it still passes; None otherwise."""
    names = defined(text, exercise.id)
    for function in reversed([x for x in names.values() if inspect.isfunction(x)]):
        verdict = judge(exercise, function)
        if verdict.passed:
            return verdict.function
    return None


def written_out(exercise: Exercise) -> Callable:
    """The course's function; as its printed solution has it, plain arithmetic that a model can take up."""
    function = defined(exercise.solution, exercise.id).get(exercise.reference.__name__)
    return exercise.reference if function is None else function


def defined(text: str, id: str) -> dict[str, Any]:
    """What a text defines, numpy at hand; nothing when it does not run."""
    names: dict[str, Any] = {"np": np}
    try:
        exec(compile(textwrap.dedent(text), f"<exercice {id}>", "exec"), names)
    except Exception:  # kept by an older Python, or edited by hand: the reference stands in
        return {}
    return names
