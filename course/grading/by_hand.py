"""The marks that a person gives: `a_la_main.csv`, one row for each open answer, filled in with a spreadsheet.

The file is made by the first grading and read by the next ones, which keep every mark: a mark follows its copy (the
digest of the file handed in), or its answer where the copy has changed but not the answer; a mark whose answer has
changed is kept and said, and one that belongs to nobody any more stays at the end of the file.
"""

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from course._install import Obstacle
from course.grading.tables import decimal, neutral

NAME = "a_la_main.csv"
COLUMNS = ("étudiant", "exercice", "points", "sur", "commentaire", "réponse", "copie")
CHANGED = "La réponse a changé depuis cette note, à relire."


@dataclass(frozen=True)
class Mark:
    """One row: whose answer to which question, and what it is worth; points is None where nobody has read it."""

    student: str
    exercise: str
    points: float | None
    most: float
    comment: str
    answer: str
    copy: str


def read(path: Path) -> list[Mark]:
    """The marks of a file that a person, or a spreadsheet, has saved; none where there is no file.

    Raises:
        Obstacle: « a_la_main.csv, ligne 3, points : un nombre de 0 à 1, reçu « 2 ». »
    """
    if not path.is_file():
        return []
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:  # what a spreadsheet on Windows may save
        text = data.decode("cp1252", errors="replace")
    head = text.split("\n", 1)[0]
    table = csv.DictReader(io.StringIO(text), delimiter=max(";,\t", key=head.count))
    missing = [name for name in COLUMNS if name not in (table.fieldnames or ())]
    if missing:
        raise Obstacle(f"{path.name}, ligne 1\u00a0: il manque la colonne {', '.join(missing)}.")
    return [_row(path.name, number, row) for number, row in enumerate(table, 2) if any(row.values())]


def _row(name: str, number: int, row: dict) -> Mark:
    cells = {column: (row.get(column) or "").strip() for column in COLUMNS}

    def value(column: str, most: float) -> float:
        said = cells[column]
        try:
            x = float(said.replace(",", "."))
        except ValueError:
            x = -1.0
        if not 0 <= x <= most:
            bound = f"de 0 à {decimal(most)}" if most < 1000 else "positif"
            raise Obstacle(f"{name}, ligne {number}, {column}\u00a0: un nombre {bound}, reçu «\u00a0{said}\u00a0».")
        return x

    for column in ("étudiant", "exercice"):
        if not cells[column]:
            raise Obstacle(f"{name}, ligne {number}, {column}\u00a0: la case est vide.")
    most = value("sur", 1000.0)
    points = value("points", most) if cells["points"] else None
    told = {"student": cells["étudiant"], "exercise": cells["exercice"], "comment": cells["commentaire"]}
    return Mark(**told, points=points, most=most, answer=cells["réponse"], copy=cells["copie"])


def marked(records: Sequence[dict], kept: Sequence[Mark]) -> tuple[list[dict], list[Mark]]:
    """(the records with their marks by hand, every row of the file to write)."""
    left, rows, found = list(kept), [], []
    for record in records:
        exercises = []
        for one in record["exercices"]:
            if one["a_la_main"] and one["statut"] == "par l'enseignant":
                mark = _mark(record, one, left)
                rows.append(mark)
                one = one | {"note": mark.points, "commentaire": mark.comment}
            exercises.append(one)
        found.append(record | {"exercices": exercises})
    return found, rows + [mark for mark in left if mark.points is not None or mark.comment]


def _mark(record: dict, one: dict, left: list[Mark]) -> Mark:
    """This answer's row, with what was kept of it, which is taken out of `left`."""
    mine = Mark(neutral(record["etudiant"]), one["id"], None, one["bareme"], "", digest("r", one["reponse"]),
                f"c-{record['sha256'][:10]}")  # fmt: skip
    ways = (
        lambda other: other.copy == mine.copy and other.student == mine.student,
        lambda other: other.copy == mine.copy,
        lambda other: other.answer == mine.answer and other.student == mine.student,
        lambda other: other.student == mine.student and not mine.student.startswith("Copie "),
    )
    for way in ways:
        for other in left:
            if other.exercise == mine.exercise and way(other):
                left.remove(other)
                changed = other.answer != mine.answer and other.points is not None and CHANGED not in other.comment
                comment = f"{other.comment} {CHANGED}".strip() if changed else other.comment
                return replace(mine, points=other.points, comment=comment)
    return mine


def digest(letter: str, text: str) -> str:
    """What tells an answer from another; begins with a letter, or a spreadsheet would read a number."""
    return f"{letter}-{hashlib.sha256(text.encode()).hexdigest()[:10]}"


def table(rows: Sequence[Mark]) -> str:
    """The file to fill in: the answers to one question follow one another."""
    file = io.StringIO()
    out = csv.writer(file, delimiter=";", lineterminator="\r\n")
    out.writerow(COLUMNS)
    for mark in sorted(rows, key=lambda mark: mark.exercise):
        out.writerow([mark.student, mark.exercise, "" if mark.points is None else decimal(mark.points),
                      decimal(mark.most), neutral(mark.comment), mark.answer, mark.copy])  # fmt: skip
    return "\ufeff" + file.getvalue()


def unread(rows: Sequence[Mark]) -> int:
    """How many answers nobody has marked."""
    return sum(mark.points is None for mark in rows)


def by_question(records: Sequence[dict]) -> Iterator[tuple[str, list[tuple[dict, dict]]]]:
    """(question, [(record, answer), …]) for each question that somebody has answered."""
    asked: dict[str, list[tuple[dict, dict]]] = {}
    for record in records:
        for one in record["exercices"]:
            if one["a_la_main"] and one["statut"] == "par l'enseignant":
                asked.setdefault(one["id"], []).append((record, one))
    yield from sorted(asked.items())
