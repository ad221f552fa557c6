"""What an answer depends on, statement by statement: the figures need not be drawn to grade a function."""

import ast
import symtable
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from course.workbook.maj.counterparts import mark
from course.workbook.rules import without_magic

LARGEST = 200_000  # characters of a cell
MUTATES = (ast.Attribute, ast.Subscript)


@dataclass(frozen=True)
class Statement:
    """One statement at the outer level of a cell: its lines, what it defines, what it reads."""

    first: int
    last: int
    defines: frozenset[str]
    reads: frozenset[str]
    checks: bool


@dataclass
class Cell:
    """A code cell as Python; `checks` gives the name of each answer it has checked, "" for an expression."""

    number: int
    source: str
    exercise: str = ""
    statements: list[Statement] = field(default_factory=list)
    checks: dict[str, str] = field(default_factory=dict)
    readable: bool = True

    @property
    def name(self) -> str:
        """How a message names the cell."""
        return f"<cellule {self.number}>"


def code_cells(cells: list[dict]) -> list[Cell]:
    """The code cells of a notebook, in order."""
    return [
        read(cell["source"], number, mark(cell, "exercise") or "")
        for number, cell in enumerate(cells, 1) if cell["cell_type"] == "code" and cell["source"].strip()
    ]


def read(source: str, number: int, exercise: str = "") -> Cell:
    """One cell: magics left out, statements found."""
    plain = "\n".join(without_magic(line) for line in source[:LARGEST].replace("\r\n", "\n").split("\n"))
    cell = Cell(number, plain, exercise)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(plain)
            cell.statements = [_statement(node) for node in tree.body]
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            cell.readable = False
            return cell
    cell.checks = {id: name for node in tree.body for id, name in _checks(node)}
    return cell


def needed(cells: list[Cell], wanted: set[str]) -> list[Cell]:
    """The cells of these exercises, and of the others what an answer depends on, every line in its place.

    A cell that cannot be read is left out, but for the one of an exercise: its fault is the answer's.
    """
    kept = {
        (k, n) for k, cell in enumerate(cells) for n, one in enumerate(cell.statements)
        if cell.exercise in wanted or one.checks
    }
    while True:
        names = {name for k, n in kept for name in cells[k].statements[n].reads}
        more = {
            (k, n) for k, cell in enumerate(cells) for n, one in enumerate(cell.statements)
            if one.defines & names or "*" in one.defines
        } - kept
        if not more:
            break
        kept |= more
    found = []
    for k, cell in enumerate(cells):
        mine = [one for n, one in enumerate(cell.statements) if (k, n) in kept]
        if mine:
            found.append(replace(cell, source=_only(cell.source, mine)))
        elif not cell.readable and cell.exercise in wanted:
            found.append(cell)
    return found


def _only(source: str, statements: list[Statement]) -> str:
    lines = source.split("\n")
    kept = {n for one in statements for n in range(one.first, one.last + 1)}
    return "\n".join(line if n in kept else "" for n, line in enumerate(lines, 1))


def _statement(node: ast.stmt) -> Statement:
    table = symtable.symtable(ast.unparse(node), "cellule", "exec")
    defines = {one.get_name() for one in table.get_symbols() if one.is_assigned() or one.is_imported()}
    if isinstance(node, ast.ImportFrom) and any(name.name == "*" for name in node.names):
        defines.add("*")
    first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])
    reads = frozenset(_global_reads(table))
    return Statement(first, node.end_lineno, frozenset(defines | _changed(node)), reads, bool(list(_checks(node))))


def _global_reads(table: symtable.SymbolTable) -> set[str]:
    top = table.get_type() == "module"
    found = {one.get_name() for one in table.get_symbols() if one.is_referenced() and (top or one.is_global())}
    return found.union(*(_global_reads(child) for child in table.get_children()))


def _changed(statement: ast.stmt) -> set[str]:
    """The names whose content a statement changes: `y[0] = 1`, `liste.append(3)`, `global k`."""
    found = set()
    for node in ast.walk(statement):
        if isinstance(node, (ast.Assign, ast.AugAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {_root(target) for target in targets if isinstance(target, MUTATES)}
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            function = node.value.func
            if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
                found.add(function.value.id)
    return found - {"", "np", "plt"}


def _root(node: ast.AST) -> str:
    while isinstance(node, MUTATES):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _checks(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """(id, name of the answer) of every `exercise(id).check(answer)`."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "check"):
            continue
        sheet = node.func.value
        if isinstance(sheet, ast.Call) and getattr(sheet.func, "id", "") == "exercise" and len(sheet.args) == 1:
            id = sheet.args[0]
            if isinstance(id, ast.Constant) and isinstance(id.value, str):
                answer = node.args[0] if node.args else None
                yield id.value, answer.id if isinstance(answer, ast.Name) else ""
