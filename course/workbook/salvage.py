"""The cells of any notebook that a student may have, however it was saved, and as much as is left of a damaged one.

JupyterLab, VS Code and Colab disagree on ids, metadata and the order of keys; a crash leaves half a file. What is
read here is plain: every cell has a type, metadata, and its text as one string; nothing that was in a cell is dropped.
"""

import codecs
import json
import re
from dataclasses import dataclass, field
from json.decoder import scanstring

# where a cell begins: Jupyter sorts the keys, Colab and VS Code write the type first too; inside a text, quotes
# are written \" and never match
BEGINS = re.compile(r'\{\s*"(?:cell_type|attachments)"\s*:')
PARTS = ("source", "input", "metadata", "id", "cell_type", "attachments")
SPACE = re.compile(r"[\s,]*")
KINDS = ("code", "markdown", "raw")


@dataclass
class Page:
    """A notebook as it could be read; `whole` is False when its file was cut or damaged."""

    cells: list[dict]
    metadata: dict = field(default_factory=dict)
    whole: bool = True

    def written(self) -> str:
        """The text of the notebook, in the layout of the course's own."""
        cells = [cell | {"source": cell["source"].splitlines(True)} for cell in self.cells]
        page = {"cells": cells, "metadata": self.metadata, "nbformat": 4, "nbformat_minor": 5}
        text = json.dumps(page, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        try:
            text.encode()
        except UnicodeEncodeError:  # half of an emoji, which only an escape can write
            text = json.dumps(page, indent=1, sort_keys=True) + "\n"
        return text


def read(data: bytes) -> Page | None:
    """The notebook in `data`; None when not one cell can be found there."""
    text, whole = decoded(data)
    try:
        page = json.loads(text)
    except (ValueError, RecursionError):
        return _pieces(text)
    cells = _listed(page)
    if cells is None:
        return None
    metadata = page.get("metadata")
    return Page([_plain(cell) for cell in cells], metadata if isinstance(metadata, dict) else {}, whole)


def decoded(data: bytes) -> tuple[str, bool]:
    """The text of a file, and whether every byte of it could be read."""
    marks = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
    for mark, name in marks.items():
        if data.startswith(mark):
            return data.decode(name, errors="replace"), True
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(data)  # a letter cut at the very end is let go
        return text, True
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp1252")  # an editor of another age
        json.loads(text)
    except (ValueError, RecursionError):
        return data.decode("utf-8", errors="replace"), False
    return text, True


def _listed(page: object) -> list | None:
    """The cells of a notebook of format 4, or of its older ancestors."""
    if not isinstance(page, dict):
        return None
    if isinstance(page.get("cells"), list):
        return page["cells"]
    sheets = page.get("worksheets")
    if not isinstance(sheets, list):
        return None
    return [cell for sheet in sheets if isinstance(sheet, dict) for cell in sheet.get("cells") or []]


def _plain(cell: object) -> dict:
    """One cell with the keys every cell has; what is no cell becomes a raw one that shows it."""
    if not isinstance(cell, dict):
        text = cell if isinstance(cell, str) else json.dumps(cell, ensure_ascii=False)
        return {"cell_type": "raw", "metadata": {}, "source": text}
    cell = dict(cell)
    old = cell.pop("input", "")
    cell["source"] = _joined(cell.get("source", old))
    if cell.get("cell_type") not in KINDS:
        cell["cell_type"] = "markdown" if cell.get("cell_type") == "heading" else "raw"
    if not isinstance(cell.get("metadata"), dict):
        cell["metadata"] = {}
    if cell["cell_type"] == "code":
        if not isinstance(cell.get("outputs"), list):
            cell["outputs"] = []
        cell.setdefault("execution_count", cell.pop("prompt_number", None))
    else:
        cell.pop("outputs", None)
        cell.pop("execution_count", None)
    return cell


def _joined(source: object) -> str:
    if isinstance(source, str):
        return source
    if isinstance(source, list):
        return "".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in source)
    return "" if source is None else json.dumps(source, ensure_ascii=False)


def _pieces(text: str) -> Page | None:
    """The cells of a damaged notebook, one by one: a faulty one costs neither the ones before nor those after."""
    starts = [found.start() for found in BEGINS.finditer(text)]
    cells, end = [], 0
    for k, start in enumerate(starts):
        if start < end:  # inside the cell before
            continue
        try:
            cell, end = json.JSONDecoder(strict=False).raw_decode(text, start)
        except (ValueError, RecursionError):
            end = starts[k + 1] if k + 1 < len(starts) else len(text)
            cell = _remains(text[start:end])
        cells.append(_plain(cell))
    if not cells:
        return None
    around = text[: starts[0]] + text[end:]
    metadata = _after(around, "metadata") if '"metadata"' in around else {}
    return Page(cells, metadata if isinstance(metadata, dict) else {}, whole=False)


def _remains(text: str) -> dict:
    """What is left of one broken cell; its text is looked for even past the fault."""
    cell, _, _ = _value(text, 0)
    cell = cell if isinstance(cell, dict) else {}
    for name in PARTS:
        if name not in cell and f'"{name}"' in text:
            found = _after(text, name)
            if found is not None:
                cell[name] = found
    cell.pop("outputs", None)
    if not isinstance(cell.get("id", ""), str):
        del cell["id"]
    return cell


def _after(text: str, name: str) -> object:
    """The value of the last key `name` in a damaged text."""
    found = [match.end() for match in re.finditer(rf'"{name}"\s*:\s*', text)]
    return _value(text, found[-1])[0] if found else None


def _value(text: str, i: int) -> tuple[object, int, bool]:
    """A JSON value from position `i` as far as it goes: (value, where it stops, whether it is whole)."""
    if text[i : i + 1] == "{":
        return _object(text, i + 1)
    if text[i : i + 1] == "[":
        items: list = []
        i = SPACE.match(text, i + 1).end()
        while i < len(text) and text[i] != "]":
            item, i, whole = _value(text, i)
            if item is not None or whole:
                items.append(item)
            if not whole:
                return items, i, False
            i = SPACE.match(text, i).end()
        return items, i + 1, i < len(text)
    if text[i : i + 1] == '"':
        return _string(text, i + 1)
    number = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null").match(text, i)
    return (json.loads(number.group()), number.end(), True) if number else (None, i, False)


def _object(text: str, i: int) -> tuple[dict, int, bool]:
    found: dict = {}
    i = SPACE.match(text, i).end()
    while text[i : i + 1] == '"':
        key, i, whole = _string(text, i + 1)
        colon = re.compile(r"\s*:\s*").match(text, i)
        if not whole or not colon:
            return found, i, False
        value, i, whole = _value(text, colon.end())
        if value is not None or whole:
            found[key] = value
        if not whole:
            return found, i, False
        i = SPACE.match(text, i).end()
    return found, i + 1, text[i : i + 1] == "}"


def _string(text: str, i: int) -> tuple[str, int, bool]:
    """A string; when its end is missing, all that is there, but half of an escape."""
    try:
        return *scanstring(text, i, False), True
    except ValueError:
        rest = re.sub(r'\\(?:u[0-9a-fA-F]{0,3})?$', "", text[i:])
        try:
            return scanstring(rest + '"', 0, False)[0], len(text), False
        except ValueError:
            return rest, len(text), False
