"""Three notebooks become one: the version that was given, the student's, the new one.

What the student wrote is kept in every case; a statement is renewed where they did not touch it, or touched other
lines of it. Where both changed the same lines, the student's cell stays as it is and the new one is shown below.
"""

import ast
import uuid
from collections import Counter
from dataclasses import dataclass, field

from course.workbook.maj import lines
from course.workbook.maj.counterparts import Place, mark, places, sorted_out
from course.workbook.salvage import Page

# what became of a place of the course
RENEWED, JOINED, BESIDE, ADDED, RETURNED, REMOVED, ORPHAN, ABSENT = (
    "renewed", "joined", "beside", "added", "returned", "removed", "orphan", "absent",
)
NOTE = (
    "> **Mise à jour du cours.** La cellule ci-dessus a changé dans la nouvelle version du TD, aux mêmes lignes que "
    "la vôtre. La vôtre est gardée telle quelle\u00a0; voici la nouvelle\u00a0:\n\n"
)


@dataclass
class Item:
    """Cells that stay together: one of the student's and what was put under it; empty for one taken away."""

    cells: list[dict]
    place: int | None = None


@dataclass
class Result:
    """The merged notebook, and what was done: (what, the place), in the order of the new version."""

    page: Page
    done: list[tuple[str, Place]] = field(default_factory=list)


def merge(given: Page | None, mine: Page, new: Page) -> Result:
    """The new version with all that the student wrote.

    Args:
        given: the version that the student was given; None when it is not known: then every cell of theirs stays.
    """
    known = places(given.cells if given else [], new.cells)
    where = sorted_out(mine.cells, known)
    done: dict[int, str] = {}
    items = [Item([dict(cell)], place) for cell, place in zip(mine.cells, where, strict=True)]
    if not mine.whole:
        _mended(items, known)
    for k, place in enumerate(known):
        group = [item for item in items if item.place == k]
        if group and given:
            what = _brought_up_to_date(place, group)
            if what:
                done[k] = what
    missing = _missing(given, mine, known, {k for k in where if k is not None}, done)
    ordered = _ordered(given, known, items, missing)
    cells = [cell for item in ordered for cell in item.cells]
    metadata = {**mine.metadata}
    for name in ("kernelspec", "language_info", "course"):
        if name in new.metadata and (name == "course" or name not in metadata):
            metadata[name] = new.metadata[name]
    page = Page(_with_ids(cells), metadata)
    return Result(page, [(done[k], known[k]) for k in sorted(done)])


def _mended(items: list[Item], known: list[Place]) -> None:
    """A text that a cut stopped short gets its end back, when what is left is all the course's."""
    for item in items:
        place = known[item.place] if item.place is not None else None
        whole = (place.given or place.new) if place else None
        if whole and whole["source"].startswith(item.cells[0]["source"].rstrip()):
            item.cells[0]["source"] = whole["source"]


def _brought_up_to_date(place: Place, group: list[Item]) -> str:
    """Renew the cells of one place; what was done, "" for nothing to say."""
    if place.given is None:  # a cell of the new version, already there
        return ""
    text = place.given["source"]
    cells = [item.cells[0] for item in group]
    untouched = [lines.same(cell["source"], text) and not cell.get("attachments") for cell in cells]
    parts = [line for cell in cells for line in lines.bare(cell["source"]) if line]
    split = len(cells) > 1 and not any(untouched) and parts == [line for line in lines.bare(text) if line]
    if place.new is None:
        for item, bare in zip(group, untouched, strict=True):
            if bare or split:
                item.cells = []
        return ORPHAN if any(item.cells for item in group) else REMOVED
    for cell in cells:
        _marked(cell, place)
    if not place.changed:
        return ""
    if split:
        group[0].cells = [_renewed(cells[0], place)]
        for item in group[1:]:
            item.cells = []
        return RENEWED
    return _each(place, group, untouched)


def _each(place: Place, group: list[Item], untouched: list[bool]) -> str:
    """Renew each cell of a place on its own; when none could be, show the new version under the last."""
    joined = clean = False
    for item, bare in zip(group, untouched, strict=True):
        cell = item.cells[0]
        if bare:
            item.cells, clean = [_renewed(cell, place)], True
            continue
        text = lines.merged(place.given["source"], cell["source"], place.new["source"], apart=len(group) > 1)
        broken = cell["cell_type"] == "code" and text and lines.readable(cell["source"]) and not lines.readable(text)
        if text is not None and not broken:
            cell["source"], joined = text, True
    if not joined and not clean:
        group[-1].cells.append(_note(place.new))
        return BESIDE
    return JOINED if joined or not all(untouched) else RENEWED


def _marked(cell: dict, place: Place) -> None:
    """The course's own metadata of today on a student's cell; theirs stay."""
    metadata = {**cell["metadata"]}
    if "course" in place.new["metadata"]:
        metadata["course"] = place.new["metadata"]["course"]
    old = place.given["metadata"].get("tags") or []
    tags = [tag for tag in metadata.get("tags") or [] if tag not in old] + (place.new["metadata"].get("tags") or [])
    metadata.pop("tags", None)
    cell["metadata"] = metadata | ({"tags": list(dict.fromkeys(tags))} if tags else {})


def _renewed(cell: dict, place: Place) -> dict:
    """An untouched cell as the new version has it; its outputs answered another text."""
    fresh = {**place.new, "metadata": {**cell["metadata"], **place.new["metadata"]}}
    return fresh | ({"id": cell["id"]} if "id" in cell else {})


def _note(new: dict) -> dict:
    text = new["source"]
    if new["cell_type"] == "code":
        fence = "```"
        while fence in text:
            fence += "`"
        text = f"{fence}python\n{text}\n{fence}"
    return {"cell_type": "markdown", "metadata": {}, "source": NOTE + text}


def _missing(
    given: Page | None, mine: Page, known: list[Place], present: set[int], done: dict[int, str]
) -> dict[int, Item]:
    """The cells of the new version to put where the student has none."""
    defined = {name for cell in mine.cells for name in _defined(cell)}
    found: dict[int, Item] = {}
    for k, place in enumerate(known):
        if k in present or place.new is None:
            continue
        if given and place.given is not None and mine.whole:  # the student deleted it
            elsewhere = bool(_defined(place.new) & defined)  # joined to another cell, perhaps
            if not place.changed or elsewhere:
                if place.exercise:
                    done[k] = ABSENT
                continue
        done[k] = ADDED if place.given is None else RETURNED
        found[k] = Item([dict(place.new)], k)
    return found


def _defined(cell: dict) -> set[str]:
    """The functions that a code cell defines."""
    if cell["cell_type"] != "code":
        return set()
    try:
        body = ast.parse(cell["source"]).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {line.split("(")[0][4:].strip() for line in cell["source"].split("\n") if line.startswith("def ")}
    return {node.name for node in body if isinstance(node, ast.FunctionDef)}


def _ordered(given: Page | None, known: list[Place], items: list[Item], missing: dict[int, Item]) -> list[Item]:
    """The student's order with the new cells in their places; the author's own when the author moved cells."""
    before = {id(cell): k for k, cell in enumerate(given.cells)} if given else {}
    old = [before[id(place.given)] for place in known if place.new is not None and place.given is not None]
    if old == sorted(old):
        ordered, later = list(items), [missing[k] for k in sorted(missing)]
        for item in later:
            earlier = range(item.place - 1, -1, -1)
            spots = (i for k in earlier for i, one in enumerate(ordered) if one.place == k)
            ordered.insert(next(spots, -1) + 1, item)
        return ordered
    first: dict[int, Item] = {**missing}
    for item in items:
        if item.place is not None and known[item.place].new is not None:
            first.setdefault(item.place, item)
    ordered = [first[k] for k in sorted(first)]
    for k, item in enumerate(items):
        if not any(one is item for one in ordered):
            spot = next(i for i, one in enumerate(ordered) if one is items[k - 1]) if k else -1
            ordered.insert(spot + 1, item)
    return ordered


def _with_ids(cells: list[dict]) -> list[dict]:
    """Every cell with an id of its own, as the format asks; the course's cells keep theirs."""
    seen: Counter[str] = Counter()
    for cell in cells:
        id = cell.get("id") or mark(cell, "id")
        if not isinstance(id, str) or not id or len(id) > 64 or not id.replace("-", "").replace("_", "").isalnum():
            id = uuid.uuid4().hex[:8]
        cell["id"] = uuid.uuid4().hex[:8] if seen[id] else id
        seen[cell["id"]] += 1
    return cells
