"""Which cell is which, in the version that was given, the student's and the new one.

The course writes two names in a cell's metadata: its own id and its exercise's. They survive a move, a copy, a split,
another editor; an author may rename one or the other. Without them, the notebook's ids, then the very text, tell.
"""

from dataclasses import dataclass

from course.workbook.maj.lines import bare


@dataclass
class Place:
    """One cell of the course: as it was given, as it is now; None where it did not exist, or no longer does."""

    given: dict | None
    new: dict | None

    @property
    def exercise(self) -> str:
        """The exercise this cell asks for, "" for none."""
        return mark(self.new, "exercise") or mark(self.given, "exercise") or ""

    @property
    def changed(self) -> bool:
        """True when the course says something else here, or nothing any more, or something for the first time."""
        return self.given is None or self.new is None or bare(self.given["source"]) != bare(self.new["source"])


def mark(cell: dict | None, name: str) -> str | None:
    """What the course wrote in a cell's metadata: its `id`, its `exercise`."""
    course = cell["metadata"].get("course") if cell else None
    value = course.get(name) if isinstance(course, dict) else None
    return value if isinstance(value, str) else None


def own_id(cell: dict) -> str | None:
    """The notebook's id of a cell; Colab keeps it in the metadata."""
    found = cell.get("id") or cell["metadata"].get("id")
    return found if isinstance(found, str) else None


def both_marks(cell: dict) -> tuple | None:
    pair = mark(cell, "id"), mark(cell, "exercise")
    return pair if all(pair) else None


def its_id(cell: dict) -> str | None:
    return mark(cell, "id")


def its_exercise(cell: dict) -> str | None:
    return mark(cell, "exercise")


def its_text(cell: dict) -> tuple | None:
    lines = bare(cell["source"])
    return tuple(lines) if any(lines) else None


def places(given: list[dict], new: list[dict]) -> list[Place]:
    """The cells of the course, those of the new version first, in its order."""
    pairs: dict[int, int] = {}
    for name in (both_marks, its_id, its_exercise, its_text):
        free = {name(cell): k for k, cell in reversed(list(enumerate(given))) if k not in pairs.values()}
        for k, cell in enumerate(new):
            if k not in pairs and name(cell) is not None and name(cell) in free:
                pairs[k] = free.pop(name(cell))
    found = [Place(given[pairs[k]] if k in pairs else None, cell) for k, cell in enumerate(new)]
    return found + [Place(cell, None) for k, cell in enumerate(given) if k not in pairs.values()]


def sorted_out(mine: list[dict], known: list[Place]) -> list[int | None]:
    """For each cell of the student, the number of its place; None for one that the student added.

    Several cells may share a place: copies, or the parts of a split cell.
    """
    found: list[int | None] = [None] * len(mine)
    for name in (both_marks, its_id, its_exercise):
        table = _table(name, known)
        for k, cell in enumerate(mine):
            if found[k] is None and name(cell) is not None:
                found[k] = table.get(name(cell))
    for name in (own_id, its_text):  # for cells whose metadata were lost; never a second cell for one place
        table = _table(name, known)
        for k, cell in enumerate(mine):
            if found[k] is None and its_id(cell) is None and its_exercise(cell) is None:
                at = table.get(name(cell)) if name(cell) is not None else None
                found[k] = None if at in found else at
    return found


def _table(name, known: list[Place]) -> dict:
    """Name of a cell -> its place; what was given counts before what is new, the first before the others."""
    table: dict = {}
    for side in ("given", "new"):
        for k, place in enumerate(known):
            cell = getattr(place, side)
            if cell is not None and name(cell) is not None:
                table.setdefault(name(cell), k)
    return table
