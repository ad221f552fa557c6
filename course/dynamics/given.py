"""The functions given to a model beside its text: read as formulas when they can be, called when they cannot."""

import ast
import inspect
import keyword
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping

from course import _check
from course.dynamics.called import Called
from course.dynamics.lines import LEFT, logical_lines, quote
from course.dynamics.rules import NOISE, RESERVED
from course.dynamics.traced import formula


def given(
    text: str,
    elsewhere: Iterable[str | None],
    parameters: Iterable[str],
    functions: Mapping[str, Callable],
) -> tuple[str, dict[str, Called]]:
    """The text with a line for each function that has a formula, and the functions that stay Python.

    Args:
        elsewhere: the spike condition and the reset, where a function may be called too.
    """
    if not isinstance(functions, Mapping):
        raise _check.refuse("Model.functions", "un dictionnaire, comme {'n_inf': n_inf}", functions)
    if not functions or not isinstance(text, str):
        return text, {}
    calls, called, lines = _calls(text, elsewhere), {}, []
    lefts = list(_lefts(text))
    defined = {m["var"] or m["name"] for m in lefts}
    taken = {*RESERVED, *functions, *(m["name"] for m in lefts if m["args"] is not None)}
    for name, function in functions.items():
        where = f"Model.functions[{name!r}]"
        _refuse_name(where, name, parameters, defined)
        if not callable(function):
            raise _check.refuse(where, "une fonction", function)
        if name not in calls:
            hint = _check.nearest(name, set(calls) - RESERVED - set(functions))
            raise _check.refuse(where, f"une fonction appelée dans les équations{hint}", name)
        if isinstance(function, Called):
            called[name] = function
            continue
        args = _arguments(where, function, calls[name], taken)
        body = formula(function, args)
        if body is None:
            called[name] = Called(name, args, function)
        else:
            lines.append(f"{name}({', '.join(args)}) = {body}")
    return "\n".join([text.rstrip(), *lines]) if lines else text, called


def _lefts(text: str) -> Iterator[re.Match]:
    """What is on the left of each = of the text."""
    lefts = (unicodedata.normalize("NFKC", x.text.partition("=")[0]) for x in logical_lines(text))
    return filter(None, map(LEFT.match, lefts))


def _refuse_name(
    where: str, name: object, parameters: Iterable[str], defined: Iterable[str]
) -> None:
    if not isinstance(name, str) or not name.isidentifier() or keyword.iskeyword(name):
        raise _check.refuse(where, "un nom de fonction", name)
    if name in RESERVED or NOISE.match(name) or name.startswith("_"):
        raise _check.refuse(where, f"un autre nom, car {quote(name)} est réservé", name)
    if unicodedata.normalize("NFKC", name) != name:
        raise _check.refuse(where, "un nom sans caractère spécial", name)
    if name in parameters:
        raise _check.refuse(where, f"un autre nom, car {quote(name)} est déjà un paramètre", name)
    if name in defined:
        rule = f"un autre nom, car {quote(name)} est déjà défini par les équations"
        raise _check.refuse(where, rule, name)


def _calls(text: str, elsewhere: Iterable[str | None]) -> dict[str, int]:
    """Each name called, with the number of arguments of its first call; what cannot be read is refused later."""
    bodies = [line.text.partition("=")[2].partition(":")[0] for line in logical_lines(text)]
    for part in ";".join(filter(None, elsewhere)).split(";"):
        bodies.append(re.sub(r"^\s*\w+\s*=(?!=)", "", part))
    found: dict[str, int] = {}
    for body in bodies:
        for node in _nodes(body):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                found.setdefault(node.func.id, len(node.args))
    return found


def _nodes(body: str) -> Iterator[ast.AST]:
    try:
        yield from ast.walk(ast.parse(body.strip(), mode="eval"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return


def _arguments(where: str, function: Callable, n: int, taken: set[str]) -> tuple[str, ...]:
    """Names for `n` arguments: those of the function, where an equation may use them."""
    if n == 0:
        raise _check.refuse(where, "une fonction appelée avec au moins un argument", function)
    try:
        signature = inspect.signature(function)
    except (ValueError, TypeError):  # some builtins and ufuncs do not tell
        return tuple(f"x{i + 1}" for i in range(n)) if n > 1 else ("x",)
    try:
        bound = signature.bind(*range(n))
    except TypeError:
        rule = f"une fonction de {n} argument{'s' * (n > 1)}, comme l'appellent les équations"
        raise _check.refuse(
            where, rule, f"{getattr(function, '__name__', function)}{signature}"
        ) from None
    names = [name for name, value in bound.arguments.items() if not isinstance(value, tuple)]
    fit = [
        name
        for name in names
        if name not in taken
        and not name.startswith("_")
        and not NOISE.match(name)
        and unicodedata.normalize("NFKC", name) == name
    ]
    return tuple(fit) if len(fit) == n else tuple(f"x{i + 1}" for i in range(n))
