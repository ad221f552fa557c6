"""Where a student stands, TD by TD: a table in the index, lines in a terminal."""

import html
import json
from dataclasses import dataclass
from pathlib import Path

from course.exercises import every_exercise
from course.exercises.progress import read
from course.workbook.workspace import labs_folder

SIGNS = {"réussi": "●", "presque": "◑", "pas encore": "◔", "erreur": "✕", "à faire": "○"}


@dataclass(frozen=True)
class Row:
    """One exercise of one lab."""

    lab: str
    id: str
    title: str
    status: str
    tries: int


def rows(folder: Path | None = None) -> list[Row]:
    """Every exercise of every lab, in order, with the status recorded in the workspace `folder`.

    Args:
        folder: a workspace; None for the one around the current folder, as in a notebook.
    """
    done = read(folder and folder.expanduser() / ".cours" / "progression.json")["exercices"]
    titles = {one.id: one.title for one in every_exercise()}
    found = []
    for lab in sorted(labs_folder().glob("TD*.ipynb")):
        for id in exercises_of(lab):
            if id in titles:
                entry = done.get(id, {})
                status = entry.get("statut", "à faire")
                found.append(Row(lab.stem, id, titles[id], status, entry.get("essais", 0)))
    return found


def exercises_of(notebook: Path) -> list[str]:
    """The exercise ids that a notebook's cells carry, in order, once each."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    ids = (cell["metadata"].get("course", {}).get("exercise") for cell in cells)
    return list(dict.fromkeys(id for id in ids if id))


def by_lab(table: list[Row]) -> dict[str, list[Row]]:
    """The rows of each lab."""
    return {lab: [row for row in table if row.lab == lab] for lab in dict.fromkeys(r.lab for r in table)}


def passed(table: list[Row]) -> str:
    """« 3 exercices réussis sur 8 »."""
    count = sum(row.status == "réussi" for row in table)
    plural = "s" if count > 1 else ""
    return f"{count} exercice{plural} réussi{plural} sur {len(table)}"


def onward(table: list[Row]) -> Row | None:
    """Where to go on: the first exercise not yet passed, of the last lab begun and not finished, else of a new one."""
    labs = [rows for rows in by_lab(table).values() if any(row.status != "réussi" for row in rows)]
    begun = [rows for rows in labs if any(row.tries for row in rows)]
    chosen = begun[-1] if begun else labs[0] if labs else []
    return next((row for row in chosen if row.status != "réussi"), None)


def invitation(row: Row) -> str:
    """« Continuer : TD04, exercice 04.3, La pente de f(I) »."""
    return f"Continuer\u00a0: {row.lab.partition('_')[0]}, exercice {row.id}, {row.title}"


def as_text(table: list[Row]) -> str:
    """Lines for a terminal."""
    next_one = onward(table)
    lines = [invitation(next_one)] if next_one else []
    for lab, its_rows in by_lab(table).items():
        lines.append(f"{lab}\u00a0: {passed(its_rows)}")
        for row in its_rows:
            tries = f" ({row.tries} essai{'s' if row.tries > 1 else ''})" if row.tries else ""
            lines.append(f"  {SIGNS.get(row.status, ' ')} {row.id}  {row.title} — {row.status}{tries}")
    return "\n".join(lines)


class Summary:
    """What the index shows: a table for the eye, the same lines where there is no HTML."""

    def __init__(self, table: list[Row]):
        self.table = table

    def __repr__(self) -> str:
        return as_text(self.table)

    def _repr_html_(self) -> str:
        parts, next_one = [], onward(self.table)
        if next_one:
            name = html.escape(next_one.lab)
            parts.append(f"<p><a href='{name}.ipynb'>{html.escape(invitation(next_one))}</a></p>")
        for lab, its_rows in by_lab(self.table).items():
            name = html.escape(lab)
            lines = "".join(
                f"<tr><td>{row.id}</td><td style='text-align:left'>{html.escape(row.title)}</td>"
                f"<td style='text-align:left'>{SIGNS.get(row.status, '')} {html.escape(row.status)}</td>"
                f"<td>{row.tries}</td></tr>"
                for row in its_rows
            )
            parts.append(
                f"<table><caption><a href='{name}.ipynb'>{name}</a>\u00a0: {passed(its_rows)}</caption>"
                "<thead><tr><th scope='col'>Exercice</th><th scope='col'>Titre</th><th scope='col'>État</th>"
                f"<th scope='col'>Essais</th></tr></thead><tbody>{lines}</tbody></table>"
            )
        return "\n".join(parts)


def avancement() -> Summary:
    """The table of the index, for the workspace this notebook is in."""
    return Summary(rows())
