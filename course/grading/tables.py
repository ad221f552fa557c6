"""The marks of a class as a CSV file that a spreadsheet opens without running anything."""

import csv
import io
from collections.abc import Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def neutral(text: str) -> str:
    """A text that no spreadsheet takes for a formula; one line, without control characters."""
    plain = one_line(text)
    return "'" + plain if text.startswith(FORMULA) or plain.lstrip().startswith(FORMULA) else plain


def one_line(text: str) -> str:
    """Without line ends, nor anything that a terminal would obey."""
    return "".join(c if c.isprintable() else " " for c in text)


def decimal(x: float) -> str:
    """« 0,5 »: what a French spreadsheet reads as a number."""
    return f"{x:g}".replace(".", ",")


def marks(records: Sequence[dict], ids: Sequence[str]) -> str:
    """One row per student: points per exercise, empty for what a person has yet to mark, then the totals, without and
    with the marks by hand."""
    file = io.StringIO()
    table = csv.writer(file, delimiter=";", lineterminator="\r\n")
    table.writerow(["étudiant", *ids, "total automatique", "total", "remarque", "fichier"])
    for record in records:
        found = {one["id"]: one for one in record["exercices"]}
        cells = [_cell(found.get(id)) for id in ids]
        total = sum(one["points"] for one in found.values())
        whole = total + sum(one.get("note") or 0.0 for one in found.values())
        remarks = neutral(record["probleme"]), neutral(record["fichier"])
        table.writerow([neutral(record["etudiant"]), *cells, decimal(total), decimal(whole), *remarks])
    return "\ufeff" + file.getvalue()


def _cell(one: dict | None) -> str:
    if one is None:
        return "0"
    if one["a_la_main"] and one["statut"] == "par l'enseignant":
        return "" if one.get("note") is None else decimal(one["note"])
    return decimal(one["points"])
