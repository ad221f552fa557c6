"""The source of a notebook: a Python file in jupytext's percent format, cut into cells.

A cell starts at a line `# %%` and goes on to the next one that does not stand inside a triple-quoted
string. Each piece is read by jupytext alone, so that a faulty cell never spoils its neighbours, and is kept
as it was written: an edit that comes back from the notebook only changes the pieces it touches.
"""

import io
import re
import tokenize
from dataclasses import dataclass, field

from course.workbook.problems import BuildError

KEYS = ("id", "exercise", "points", "manual", "tags")
START = re.compile(r"^# ?%%(\s|$)")
FORMAT = {"extension": ".py", "format_name": "percent"}
# what jupytext notes for its own use, or says of a header line that it could not read
OWN_KEYS = {"lines_to_next_cell", "lines_to_end_of_cell_marker", "cell_marker"}
UNREAD = "incorrectly_encoded_metadata"


@dataclass(frozen=True)
class Cell:
    """One cell: its kind (code, markdown, raw), text and metadata; where and how it was written."""

    kind: str
    text: str
    metadata: dict = field(default_factory=dict)
    line: int = 0
    rank: int = 0
    piece: str = ""

    @property
    def id(self) -> str | None:
        return self.metadata.get("id")

    @property
    def tags(self) -> tuple[str, ...]:
        return tuple(self.metadata.get("tags", ()))

    @property
    def content(self) -> tuple:
        """What makes two cells the same, whatever their place in a file."""
        return self.kind, self.text, {k: self.metadata[k] for k in KEYS if k in self.metadata}

    @property
    def name(self) -> str:
        """How a message names the cell."""
        known = f"cellule «\u00a0{self.id}\u00a0»" if self.id else f"cellule n°\u00a0{self.rank}"
        return f"{known} (ligne\u00a0{self.line})" if self.line else known


def decoded(data: bytes, where: str) -> str:
    """The text of a source file: UTF-8, with or without a mark, any newline."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BuildError(
            f"{where}\u00a0: texte UTF-8 attendu, octet illisible à la position {error.start}"
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read(text: str, where: str) -> tuple[str, list[Cell]]:
    """The header (all that precedes the first cell, as written) and the cells.

    Raises:
        BuildError: « solutions/TD01_x.py : aucune cellule « # %% » »
    """
    lines = text.splitlines(keepends=True)
    starts = _starts(lines)
    if not starts:
        raise BuildError(f"{where}\u00a0: aucune cellule «\u00a0# %%\u00a0»")
    header = "".join(lines[: starts[0]])
    for number, line in enumerate(header.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            raise BuildError(
                f"{where}, ligne\u00a0{number}\u00a0: du code avant la première cellule"
            )
    cells, problems = [], []
    for rank, (start, stop) in enumerate(zip(starts, [*starts[1:], len(lines)], strict=True), 1):
        try:
            cells.append(_cell("".join(lines[start:stop]), start + 1, rank, where))
        except BuildError as error:
            problems += error.problems
    if problems:
        raise BuildError(problems)
    return header, cells


def written(kind: str, text: str, metadata: dict) -> str:
    """One cell in percent format, with its last newline."""
    jupytext = _jupytext()
    import nbformat.v4 as v4

    make = {"code": v4.new_code_cell, "markdown": v4.new_markdown_cell, "raw": v4.new_raw_cell}[
        kind
    ]
    ordered = {key: metadata[key] for key in KEYS if key in metadata}
    page = v4.new_notebook(cells=[make(text, metadata=ordered)])
    page.metadata["jupytext"] = {"notebook_metadata_filter": "-all"}
    return jupytext.writes(page, fmt=FORMAT).strip("\n") + "\n"


def _jupytext():
    try:
        import jupytext
    except ModuleNotFoundError:
        raise BuildError(
            "construire les carnets demande jupytext\u00a0: pip install jupytext"
        ) from None
    return jupytext


def _cell(piece: str, line: int, rank: int, where: str) -> Cell:
    jupytext = _jupytext()
    import nbformat

    place = f"{where}, cellule n°\u00a0{rank} (ligne\u00a0{line})"
    head = piece.split("\n", 1)[0]
    try:
        read_cells = jupytext.reads(piece, fmt=FORMAT).cells
    except nbformat.ValidationError as error:
        raise BuildError(
            f"{place}\u00a0: métadonnées refusées par le format des carnets "
            f"({error.message}), reçu {head}"
        ) from None
    if len(read_cells) != 1:
        raise BuildError(f"{place}\u00a0: cellule que jupytext lit en {len(read_cells)} morceaux")
    cell = read_cells[0]
    metadata = {key: value for key, value in cell.metadata.items() if key not in OWN_KEYS}
    if UNREAD in metadata:
        raise BuildError(
            f'{place}\u00a0: en-tête illisible (une clé s\'écrit nom="texte", nom=2, nom=true '
            f'ou nom=["a"]), reçu {head}'
        )
    if cell.cell_type == "code":
        _refuse_lost_comment(piece, cell.source, place)
    points = metadata.get("points")
    if isinstance(points, float) and points.is_integer():  # as a browser writes it back
        metadata["points"] = int(points)
    return Cell(cell.cell_type, cell.source.rstrip("\n"), metadata, line, rank, piece)


def _refuse_lost_comment(piece: str, text: str, place: str) -> None:
    """jupytext reads « # cd » as a shell command in a comment; only « # % » and « # ! » are meant so here."""
    for line, got in zip(piece.split("\n")[1:], text.split("\n"), strict=False):
        if line.lstrip().startswith("#") and got.strip()[:1] not in ("", "#", "%", "!"):
            raise BuildError(
                f"{place}\u00a0: commentaire que jupytext prend pour une commande, à tourner autrement, "
                f"reçu {line.strip()}"
            )


def _starts(lines: list[str]) -> list[int]:
    """The lines where cells start; a « # %% » inside a triple-quoted string is not one of them."""
    candidates = [k for k, line in enumerate(lines) if START.match(line)]
    starts: list[int] = []
    for k, following in zip(candidates, [*candidates[1:], len(lines)], strict=False):
        if (
            starts
            and _inside_string("".join(lines[starts[-1] : k]))
            and not _inside_string("".join(lines[starts[-1] : following]))
        ):
            continue
        starts.append(k)
    return starts


def _inside_string(code: str) -> bool:
    """Whether `code` stops in the middle of a triple-quoted string."""
    try:
        for _ in tokenize.generate_tokens(io.StringIO(code).readline):
            pass
    except tokenize.TokenError as error:
        return "multi-line string" in error.args[0] or "triple-quoted" in error.args[0]
    except SyntaxError:  # a faulty cell is named later, when its Python is checked
        return False
    return False
