"""One page for each open question: what was asked, what is expected, then all the answers, to be read in one go."""

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path

from course.grading import by_hand
from course.grading.pages import HEAD
from course.grading.process import ROOT
from course.grading.tables import decimal
from course.workbook import salvage
from course.workbook.maj.counterparts import mark

EXPECTED = re.compile(r"### BEGIN SOLUTION\n(.*?)\n?### END SOLUTION", re.DOTALL)


def expected(name: str, root: Path = ROOT) -> dict[str, str]:
    """Exercise -> the answer that the course gives; empty where its solutions are not installed."""
    path = root / "solutions" / f"{name}.ipynb"
    page = salvage.read(path.read_bytes()) if path.is_file() else None
    cells = [] if page is None else page.cells
    found = ((mark(cell, "exercise"), EXPECTED.search(cell["source"])) for cell in cells)
    return {id: match[1] for id, match in found if id and match}


def page(id: str, answers: Sequence[tuple[dict, dict]], asked: str, answer: str) -> str:
    """The answers of a class to one question; the marks go into `a_la_main.csv`."""
    parts = [HEAD.format(title=f"Question {escape(id)}"), f"<pre>{escape(asked)}</pre>"]
    said = f"<pre>{escape(answer)}</pre>" if answer else "<p>Le corrigé n'est pas installé ici.</p>"
    parts.append(f"<h2>Réponse attendue</h2>{said}")
    parts.append(f"<p>Les notes et les commentaires s'écrivent dans {by_hand.NAME}, puis <code>course noter</code> "
                 "les reprend.</p>")  # fmt: skip
    for record, one in answers:
        given = one.get("note")
        note = "à noter" if given is None else f"{decimal(given)} sur {decimal(one['bareme'])}"
        parts.append(f"<h2>{escape(record['etudiant'])} — {note}</h2><pre>{escape(one['reponse'])}</pre>")
        if one.get("verite"):
            parts.append(f"<p>Vérité\u00a0: {escape(one['verite'])}</p>")
        if one.get("commentaire"):
            parts.append(f"<p>{escape(one['commentaire'])}</p>")
    return "\n".join([*parts, "</body></html>\n"])
