"""Where something stands in a text of equations, so that an error can point at it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass


class EquationError(ValueError):
    """An equation that cannot be read: the line, a caret under the place, the name, the rule."""


@dataclass(frozen=True)
class Line:
    """A logical line of the text, and where it stands, for the caret of an error."""

    text: str
    number: int
    title: str = "Équation"

    def error(self, rule: str, start: int = 0, width: int = 1) -> EquationError:
        place = f"{self.title}, ligne {self.number}\u00a0: {rule}"
        return EquationError(f"{place}\n    {self.text}\n    {' ' * start}{'^' * max(1, width)}")


@dataclass(frozen=True)
class Definition:
    """`name(args) = body : unit`; `offset` is the column of `body` in its line."""

    name: str
    args: tuple[str, ...]
    body: ast.expr
    unit: str
    line: Line
    offset: int

    def error(self, rule: str, node: ast.AST) -> EquationError:
        raw = self.line.text[self.offset :].encode()
        start = len(raw[: node.col_offset].decode())
        width = len(raw[node.col_offset : node.end_col_offset].decode())
        return self.line.error(rule, self.offset + start, width)

    def names(self) -> Iterator[ast.Name]:
        return (n for n in ast.walk(self.body) if isinstance(n, ast.Name) and n.id not in self.args)


def logical_lines(text: str) -> Iterator[Line]:
    """The lines that say something: comments dropped, an open parenthesis joined to what follows."""
    pending, first = "", 0
    for number, raw in enumerate(text.splitlines(), 1):
        part = raw.split("#")[0].strip()
        if not part:
            continue
        pending, first = (f"{pending} {part}", first) if pending else (part, number)
        if pending.count("(") <= pending.count(")"):
            yield Line(pending, first)
            pending = ""
    if pending:
        raise Line(pending, first).error("parenthèse jamais fermée", pending.rindex("("))


def quote(name: str) -> str:
    """A name between French quotation marks."""
    return f"«\u00a0{name}\u00a0»"
