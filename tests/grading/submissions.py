"""Notebooks as students hand them in, made from the course's own lab."""

import json
from pathlib import Path

from course.workbook import salvage
from course.workbook.maj.counterparts import mark

LABS = Path(__file__).resolve().parents[2] / "labs"
STUB = "...  # À compléter"


def lab(td: str = "04") -> salvage.Page:
    return salvage.read(next(LABS.glob(f"TD{td}_*.ipynb")).read_bytes())


def answered(answers: dict[str, str | None], td: str = "04") -> salvage.Page:
    """The lab with these answers: a body for the stub, a whole cell when it starts with « # », None: deleted."""
    page = lab(td)
    cells = []
    for cell in page.cells:
        id = mark(cell, "exercise")
        if id in answers:
            answer = answers[id]
            if answer is None:
                continue
            whole = answer.startswith("#")
            source = answer if whole else cell["source"].replace(STUB, answer.replace("\n", "\n    "))
            assert whole or source != cell["source"]
            cell = cell | {"source": source}
        cells.append(cell)
    page.cells = cells
    return page


def bytes_of(page: salvage.Page) -> bytes:
    return page.written().encode()


def code(text: str) -> dict:
    """A cell that a student added."""
    return {"cell_type": "code", "metadata": {}, "source": text, "outputs": [], "execution_count": None}


def solution(td: str = "04") -> bytes:
    """The instructor's own notebook."""
    folder = LABS.parent / "solutions"
    return next(folder.glob(f"TD{td}_*.ipynb")).read_bytes()


def as_json(data: bytes) -> dict:
    return json.loads(data)
