"""The other right ways of every exercise, written out as a student types them, to go through the grader's pipe.

`python -m tests.grading.ways [TD …]` grades them all, a notebook for each way; the tests grade the first ones.
"""

import ast
import builtins
import inspect
import re
import sys
import textwrap
from types import FunctionType, ModuleType

import numpy as np

from course.exercises import every_exercise
from course.exercises.declare import Exercise
from course.grading.cells import code_cells
from course.workbook import salvage
from course.workbook.maj.counterparts import mark
from tests.grading.submissions import lab


class NotWritten(Exception):
    """A way that is no text alone: a closure, a constant that only runs."""


def notebook(td: str, k: int) -> tuple[salvage.Page, list[str]]:
    """The lab with the k-th other way of each exercise, and the exercises that have one."""
    page, known, given = lab(td), {one.id: one for one in every_exercise()}, []
    names = {id: name for cell in code_cells(page.cells) for id, name in cell.checks.items()}
    for cell in page.cells:
        one = known.get(mark(cell, "exercise"))
        if one is None or cell["cell_type"] != "code" or k >= len(one.alternatives):
            continue
        if not names.get(one.id) or names[one.id] not in cell["source"]:  # the lab works the answer out further on
            continue
        try:
            source = cell_of(one, one.alternatives[k], names[one.id])
        except NotWritten:
            continue
        given.append(one.id)
        cell["source"] = source
    return page, given


def cell_of(one: Exercise, way: FunctionType, name: str) -> str:
    """What a student would have in the cell: what the way needs, the way, and the name that the lab checks."""
    lines: list[str] = []
    need(way, set(), lines)
    text = "\n".join(lines)
    if re.search(rf"\b{name}\b", text) and way.__name__ != name:  # it calls the course's: here a copy, by another name
        text = re.sub(rf"\b{name}\b(?!\s*=[^=])", f"{name}_propre", text)
    called = "facon" if way.__name__ == "<lambda>" else way.__name__
    return f"# une autre façon\n{text}\n{name} = {called}{'' if one.samples else '()'}"


def need(way: FunctionType, done: set[str], lines: list[str], called: str = "facon") -> None:
    """Appends what `way` uses of its module, then itself."""
    if way.__closure__:
        raise NotWritten(way.__name__)
    source, names = text_of(way), way.__globals__
    for name in sorted({node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}):
        if name in done or name not in names or hasattr(builtins, name):
            continue
        done.add(name)
        value = names[name]
        if isinstance(value, ModuleType):
            lines.append(f"import {value.__name__} as {name}")
        elif isinstance(value, FunctionType) and value.__module__.startswith("course.exercises"):
            need(value, done, lines, name)
        elif callable(value):
            lines.append(f"from {home(value)} import {value.__name__} as {name}")
        else:
            lines.append(f"{name} = {plain(value)}")
    lines.append(f"{called} = {source}" if way.__name__ == "<lambda>" else source)


def home(value: object) -> str:
    """The module to import it from."""
    found = "numpy" if isinstance(value, np.ufunc) else getattr(value, "__module__", None)
    if not found or not hasattr(sys.modules[found], getattr(value, "__name__", "")):
        raise NotWritten(repr(value))
    return found


def text_of(way: FunctionType) -> str:
    text = "".join(inspect.findsource(way)[0])
    kind = ast.Lambda if way.__name__ == "<lambda>" else ast.FunctionDef
    found = [
        node for node in ast.walk(ast.parse(text))
        if isinstance(node, kind) and way.__code__.co_firstlineno in (node.lineno, first(node))
    ]  # fmt: skip
    if kind is ast.FunctionDef:
        return textwrap.dedent(ast.get_source_segment(text, found[0], padded=True))
    same = [node for node in found if same_code(node, way)] or found
    return f"({ast.unparse(same[0])})"


def first(node: ast.AST) -> int:
    return min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])


def same_code(node: ast.Lambda, way: FunctionType) -> bool:
    """Two lambdas of one line differ by their code."""
    code = compile(ast.Expression(node), "x", "eval").co_consts[0]
    return (code.co_code, code.co_consts, code.co_names) == (
        way.__code__.co_code, way.__code__.co_consts, way.__code__.co_names
    )  # fmt: skip


def plain(value: object) -> str:
    """A constant as text.

    Raises:
        NotWritten: it has none.
    """
    if hasattr(value, "tolist"):
        return f"__import__('numpy').array({value.tolist()!r})"
    if not isinstance(value, (bool, int, float, str, tuple, list, dict, set)):
        raise NotWritten(repr(value))
    try:
        ast.literal_eval(repr(value))
    except (ValueError, SyntaxError):
        raise NotWritten(repr(value)) from None
    return repr(value)


def main() -> int:
    from course.grading import kernels, sandbox
    from course.grading.process import Limits
    from course.grading.results import lab_page, results
    from tests.grading.submissions import LABS, bytes_of

    walls, place, missed = sandbox.at_hand(), kernels.folder(), 0
    for td in sys.argv[1:] or sorted(path.name[2:4] for path in LABS.glob("TD*.ipynb")):
        name, whole = lab_page(LABS, td)
        kernels.prepared(name, whole, place, walls, Limits())
        for k in range(5):
            page, given = notebook(td, k)
            found = results(bytes_of(page), whole, Limits(), seed=k, walls=walls, kernels=place)
            refused = [one.id for one in found if one.id in given and not one.verdict.passed]
            missed += len(refused)
            print(f"TD{td}, way {k + 1}: {len(given)} answers, refused: {', '.join(refused) or 'none'}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
