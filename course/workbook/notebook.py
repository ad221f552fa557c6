"""Cells to the bytes of a notebook, and back.

The bytes depend on the cells alone: nbformat 4.5, the author's ids, one fixed kernel, no version of
anything, no output, no execution count; sorted keys, indent 1, final newline.
"""

import hashlib
import json
import re

from course.workbook.problems import BuildError
from course.workbook.source import KEYS, Cell

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "pygments_lexer": "ipython3",
}
COURSE_KEYS = tuple(key for key in KEYS if key != "tags")
RANDOM_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){0,3}(-[0-9a-f]{12})?")


def written(cells: list[Cell], course: dict) -> str:
    """The text of a notebook; `course` is what its metadata say of it."""
    page = {
        "cells": [_as_json(cell) for cell in cells],
        "metadata": {"course": course, "kernelspec": KERNEL, "language_info": LANGUAGE},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(page, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def digest(cells: list[Cell]) -> str:
    """A print of what an author writes, blind to outputs and to what JupyterLab adds of its own."""
    content = json.dumps([cell.content for cell in cells], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def read(data: bytes, where: str) -> tuple[list[Cell], dict]:
    """The cells of a notebook as JupyterLab saved it, without outputs, and what it says of itself.

    Raises:
        BuildError: « solutions/TD01_x.ipynb : carnet illisible (…) »
    """
    import nbformat

    try:
        page = json.loads(data.decode("utf-8"))
        if not isinstance(page, dict):
            raise ValueError("un objet JSON attendu")
        nbformat.validate(page)
    except nbformat.ValidationError as error:
        raise BuildError(f"{where}\u00a0: carnet invalide ({error.message})") from None
    except ValueError as error:  # JSON and UTF-8 errors
        raise BuildError(f"{where}\u00a0: carnet illisible ({error})") from None
    if page.get("nbformat") != 4:
        raise BuildError(f"{where}\u00a0: carnet au format 4 attendu, reçu {page.get('nbformat')}")
    cells = [_from_json(cell, rank, where) for rank, cell in enumerate(page["cells"], 1)]
    return cells, page["metadata"].get("course") or {}


def _as_json(cell: Cell) -> dict:
    metadata = {"course": {key: cell.metadata[key] for key in COURSE_KEYS if key in cell.metadata}}
    if cell.tags:
        metadata["tags"] = list(cell.tags)
    page = {
        "cell_type": cell.kind,
        "id": cell.id,
        "metadata": metadata,
        "source": cell.text.splitlines(True),
    }
    return page | ({"execution_count": None, "outputs": []} if cell.kind == "code" else {})


def _from_json(page: dict, rank: int, where: str) -> Cell:
    text = page["source"] if isinstance(page["source"], str) else "".join(page["source"])
    text = text.replace("\r\n", "\n").rstrip("\n")
    course = page["metadata"].get("course") or {}
    metadata = dict(course) if isinstance(course, dict) else {}
    own = page.get("id", "")
    if "id" not in metadata and own and not RANDOM_ID.fullmatch(own):
        metadata["id"] = own
    if page["metadata"].get("tags"):
        metadata["tags"] = list(page["metadata"]["tags"])
    cell = Cell(page["cell_type"], text, metadata, rank=rank)
    if page.get("attachments"):
        raise BuildError(
            f"{where}, {cell.name}\u00a0: une image collée ne peut pas revenir dans la source\u00a0; "
            "enregistrez-la dans un fichier et citez ce fichier"
        )
    return cell
