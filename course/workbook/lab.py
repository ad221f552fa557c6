"""The lab of a solution: what the student receives, and the proof that no solution stands in it."""

import keyword
import re

from course.workbook import markers
from course.workbook.source import Cell

WORDS = 3  # a line of code with fewer names and numbers carries no idea: `return x`, `)`, `else:`
PROSE = 5  # the same for a comment or a sentence
COMMON = {*keyword.kwlist, "np", "self", "range", "len", "print", "float", "array", "asarray"}
# imports and drawing are furniture: the same figure may be drawn before and after an exercise
FURNITURE = re.compile(r"^\s*(import|from|plt\.|ax\w*\.|ax\w*\[|fig\w*[., ])")


def student_text(cell: Cell) -> str:
    """The text of a cell in the lab."""
    return markers.stubbed(cell.text, markers.ANSWER if cell.kind == "markdown" else markers.STUB)


def lab_cells(cells: list[Cell]) -> list[Cell]:
    """The cells of the lab: solutions become stubs, cells tagged `solution` are dropped."""
    return [
        Cell(cell.kind, student_text(cell), cell.metadata, cell.line, cell.rank)
        for cell in cells
        if markers.TAG not in cell.tags
    ]


def leaks(cells: list[Cell], lab: list[Cell]) -> list[str]:
    """The lines of solutions that stand in the lab, in words.

    Every line between the markers, and of the cells tagged `solution`, is looked for in every cell of the
    lab, whatever the spaces. Two kinds of lines are let through, and only those:

    - a trivial one: fewer than 3 names or numbers (5 words for a comment or an answer in prose), not
      counting Python's keywords, or an import or a line of drawing;
    - one that the lab had already given before asking: it stands in the given lines of the cell itself, or
      in those of an earlier code cell.
    """
    pages = [(cell, _spaced(_tokens(cell.text))) for cell in lab]
    found = []
    for cell in cells:
        dropped = markers.TAG in cell.tags
        given, hidden = ([], cell.text.split("\n")) if dropped else markers.split(cell.text)
        before = [_spaced(_tokens("\n".join(given)))]
        before += [page for other, page in pages if other.kind == "code" and other.rank < cell.rank]
        for line in hidden:
            key = _key(line, cell.kind)
            if not key or any(key in page for page in before):
                continue
            found += [
                f"{other.name}\u00a0: le TD montre une ligne de la solution de la {cell.name}\u00a0: {line.strip()}"
                for other, page in pages
                if key in page
            ]
    return found


def _key(line: str, kind: str) -> str:
    """What is looked for: the line without spaces, `return` and comment; nothing for a trivial line."""
    code, _, comment = line.partition("#") if kind == "code" else ("", "", line)
    if code.strip():
        if FURNITURE.match(code):
            return ""
        tokens = _tokens(re.sub(r"^\s*return\b", "", code).strip().rstrip(":,"))
        words = [t for t in tokens if re.match(r"\w", t) and t not in COMMON]
        return _spaced(tokens) if len(words) >= WORDS else ""
    tokens = _tokens(comment.strip(" #*>-").rstrip(".;:,"))
    words = [t for t in tokens if re.match(r"\w{2}", t)]
    return _spaced(tokens) if len(words) >= PROSE else ""


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+|[^\w\s]", text)


def _spaced(tokens: list[str]) -> str:
    """Tokens between single spaces, so that a line is only found between word boundaries."""
    return " " + " ".join(tokens) + " "
