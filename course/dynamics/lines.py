"""Where something stands in a text of equations, so that an error can point at it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

LEFT = re.compile(r"^\s*(?:d(?P<var>\w+)/dt|(?P<name>\w+)\s*(?:\((?P<args>[^)]*)\))?)\s*$")


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
        cut = max(0, start - 60)  # of a long line, what surrounds the place
        text, start = self.text[cut : cut + 120], start - cut
        width = max(1, min(width, len(text) - start))
        return EquationError(f"{place}\n    {text}\n    {' ' * start}{'^' * width}")


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
        if pending and "=" in part and LEFT.match(part.partition("=")[0]):
            raise _open(Line(pending, first))
        pending, first = (f"{pending} {part}", first) if pending else (part, number)
        if pending.count("(") <= pending.count(")"):
            yield Line(pending, first)
            pending = ""
    if pending:
        raise _open(Line(pending, first))


def _open(line: Line) -> EquationError:
    """The error of a parenthesis never closed, at that parenthesis."""
    still = []
    for i, c in enumerate(line.text):
        if c == "(":
            still.append(i)
        elif c == ")" and still:
            still.pop()
    return line.error("parenthèse jamais fermée", still[-1])


def quote(name: str) -> str:
    """A name between French quotation marks."""
    return f"«\u00a0{name}\u00a0»"
