"""The marks of a class, from our `notes.csv` to the file that `nbgrader export` writes, and back."""

import csv
import io
import re
from pathlib import Path

from course._install import Obstacle, write
from course.grading.results import NotThisLab, exercises_of, lab_page
from course.grading.tables import FORMULA, decimal, neutral
from course.workbook import workspace

COLUMNS = (
    "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email", "raw_score",
    "late_submission_penalty", "score", "max_score",
)
WHO, TOTAL, REMARK, FILE = "étudiant", "total automatique", "remarque", "fichier"


def convert(given: Path, wanted: Path, td: str = "") -> list[str]:
    """Read one of the two files, write the other; what is worth saying.

    Args:
        td: which TD, where nbgrader's file has several.

    Raises:
        Obstacle: a file that is neither, a mark that is no number, a student twice.
    """
    given, wanted = given.expanduser().resolve(), wanted.expanduser().resolve()
    if wanted == given:
        raise Obstacle("Le fichier écrit serait celui qui est lu\u00a0: choisissez-en un autre.")
    try:
        text = given.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Obstacle(f"{given} ne se lit pas\u00a0: {error}.") from None
    first = text.split("\n", 1)[0].strip()
    if first.startswith(WHO + ";"):
        result, said = to_nbgrader(text)
    elif first == ",".join(COLUMNS):
        result, said = from_nbgrader(text, td)
    else:
        raise Obstacle(f"{given} n'est ni un notes.csv de `course noter`, ni un export CSV de nbgrader.")
    try:
        write(wanted, result)
    except OSError as error:
        raise Obstacle(f"Impossible d'écrire {wanted}\u00a0: {workspace.french(error)}.") from error
    return [*said, f"Écrit\u00a0: {wanted}"]


def to_nbgrader(text: str) -> tuple[str, list[str]]:
    """One row per student for nbgrader's readers; a mark by hand that is still missing counts nothing, and is said."""
    rows = rows_of(text, ";")
    ids = [name for name in rows[0] if re.fullmatch(r"\d\d\.\w+", name)] if rows else []
    if not ids:
        raise Obstacle("Ce notes.csv n'a aucun étudiant, ou aucun exercice.")
    number = ids[0][:2]
    lab = lab_of(number)[1]
    most = sum(float(one.get("points", 1)) for one in exercises_of(lab).values())
    seen, written, missing = set(), [], 0
    for row in rows:
        who = told(row[WHO])
        if who in seen:
            raise Obstacle(f"{who} a deux lignes dans ce fichier\u00a0: gardez celle qui compte.")
        seen.add(who)
        marks = [row[id].strip() for id in ids]
        missing += sum(not x for x in marks) if any(marks) else 0
        score = sum(value(x, who) for x in marks) if any(marks) else value(row[TOTAL], who)
        written.append({
            "assignment": f"TD{number}", "student_id": neutral(who), "raw_score": score,
            "late_submission_penalty": 0.0, "score": score, "max_score": most,
        })
    said = [f"Étudiants\u00a0: {len(rows)}, TD{number}, sur {decimal(most)}."]
    if missing:
        said.append(f"Notes à la main qui manquent, comptées zéro\u00a0: {missing}.")
    return as_csv(COLUMNS, written, ",", "\n"), said


def from_nbgrader(text: str, td: str = "") -> tuple[str, list[str]]:
    """Our table from nbgrader's, which has no mark per exercise: the total is its score, its penalty taken off."""
    rows = rows_of(text, ",")
    known = sorted({row["assignment"] for row in rows})
    wanted = f"TD{td.upper().removeprefix('TD').zfill(2)}" if td else "".join(known[:1])
    if wanted not in known or (not td and len(known) > 1):
        raise Obstacle(f"Précisez --td (dans ce fichier\u00a0: {', '.join(known) or 'aucun TD'}).")
    ids = list(exercises_of(lab_of(wanted)[1]))
    written = []
    for row in rows:
        if row["assignment"] != wanted:
            continue
        who, penalty = told(row["student_id"]), value(row["late_submission_penalty"], row["student_id"])
        remark = f"pénalité de retard\u00a0: {decimal(penalty)}" if penalty else ""
        if not row["timestamp"] and not value(row["score"], who):
            remark = "rien de rendu sur nbgrader"
        written.append({WHO: neutral(who), TOTAL: decimal(value(row["score"], who)), REMARK: remark})
    text = as_csv((WHO, *ids, TOTAL, REMARK, FILE), written, ";", "\r\n")
    return "\ufeff" + text, [f"Étudiants\u00a0: {len(written)}, {wanted}."]


def rows_of(text: str, separator: str) -> list[dict[str, str]]:
    """The rows of a table, each with every column of the first line.

    Raises:
        Obstacle: « Ligne 3 : 11 colonnes attendues, reçu 12. »
    """
    lines = [line for line in csv.reader(io.StringIO(text), delimiter=separator) if line]
    for number, line in enumerate(lines, 1):
        if len(line) != len(lines[0]):
            raise Obstacle(f"Ligne {number}\u00a0: {len(lines[0])} colonnes attendues, reçu {len(line)}.")
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def as_csv(columns: tuple[str, ...], rows: list[dict], separator: str, end: str) -> str:
    """A table; what a row does not say is left empty."""
    file = io.StringIO()
    table = csv.DictWriter(file, columns, restval="", delimiter=separator, lineterminator=end)
    table.writeheader()
    table.writerows(rows)
    return file.getvalue()


def value(text: str, who: str) -> float:
    """« 2,5 » or « 2.5 »; nothing is zero."""
    try:
        return float(text.strip().replace(",", ".") or 0)
    except ValueError:
        raise Obstacle(f"{who}\u00a0: une note est un nombre, reçu {text!r}.") from None


def told(name: str) -> str:
    """A name as it was before `neutral` kept it from being a formula."""
    return name[1:] if name.startswith("'") and name[1:].lstrip().startswith(FORMULA) else name


def lab_of(td: str) -> tuple:
    """The lab of a TD.

    Raises:
        Obstacle: there is none.
    """
    try:
        return lab_page(workspace.labs_folder(), td)
    except NotThisLab as problem:
        raise Obstacle(str(problem)) from None
