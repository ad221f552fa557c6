"""An edit made in the solution notebook comes back to the source, and changes nothing else in it."""

import re
import unicodedata

from course.workbook import source
from course.workbook.notebook import digest
from course.workbook.problems import BuildError
from course.workbook.source import Cell

ID_LENGTH = 40


def brought_back(text: str, edited: list[Cell], where: str) -> str:
    """The source `text` with the cells of the edited notebook.

    A cell that was not touched keeps its very lines, and the header is kept whole; the result is read again
    and must give the edited cells, else it is refused.
    """
    header, known = source.read(text, where)
    pieces = {cell.id: cell for cell in known}
    wanted = named([cell for cell in edited if cell.text.strip() or cell.id in pieces], set(pieces))
    parts = []
    for cell in wanted:
        old = pieces.get(cell.id)
        if old and old.content == cell.content:
            parts.append(old.piece)
        else:
            tail = re.search(r"\n*\Z", old.piece).group() if old else "\n\n"
            parts.append(source.written(*cell.content).rstrip("\n") + tail)
    body = "".join(part.rstrip("\n") + "\n" * max(2, _newlines(part)) for part in parts)
    result = header + body.rstrip("\n") + "\n"
    _, again = source.read(result, where)
    for cell, back in zip(wanted, again, strict=False):
        if cell.content != back.content:
            raise BuildError(
                f"{where}, {cell.name}\u00a0: cette cellule ne peut pas s'écrire dans la source "
                "(une ligne «\u00a0# %%\u00a0» ou une commande que jupytext lit autrement)"
            )
    if len(again) != len(wanted):
        raise BuildError(f"{where}\u00a0: {len(wanted)} cellules écrites, {len(again)} relues")
    return result


def named(cells: list[Cell], taken: set[str]) -> list[Cell]:
    """The cells with an id each: a new one is named after its first words, the second of two copies too."""
    seen: set[str] = set()
    result = []
    for cell in cells:
        id = cell.id
        if id is None or id in seen:
            id = _readable(cell, taken | seen)
        seen.add(id)
        ordered = {"id": id} | {key: value for key, value in cell.metadata.items() if key != "id"}
        result.append(Cell(cell.kind, cell.text, ordered, rank=cell.rank))
    return result


def same(edited: list[Cell], known_digest: str) -> bool:
    """Whether a notebook still holds the cells it was built with."""
    return digest(edited) == known_digest


def _readable(cell: Cell, taken: set[str]) -> str:
    """A deterministic id: « ## Le courant de repos » gives `le-courant-de-repos`, then `…-2`."""
    line = next((line for line in cell.text.split("\n") if re.search(r"[A-Za-z]", line)), "")
    ascii = unicodedata.normalize("NFKD", line).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", ascii) or ["cellule"]
    stem = words[0][:ID_LENGTH]
    for word in words[1:6]:
        if len(stem) + len(word) + 1 <= ID_LENGTH:
            stem += "-" + word
    id, number = stem, 2
    while id in taken:
        id, number = f"{stem}-{number}", number + 1
    return id


def _newlines(part: str) -> int:
    return len(part) - len(part.rstrip("\n"))
