"""`course noter --anonyme`: copies with a number instead of a name, and the table that tells whose each is."""

import csv
import io
from collections.abc import Sequence

from course.grading.tables import neutral


def numbered(records: Sequence[dict]) -> tuple[list[dict], str]:
    """(the records without names, the table as CSV); the order is that of the contents, which tells no name.

    The copies of one student bear one number. What a student wrote inside the notebook is left as it is.
    """
    copies: dict[str, str] = {}
    for record in sorted(records, key=lambda record: (record["sha256"], record["etudiant"], record["fichier"])):
        copies.setdefault(record["etudiant"], f"Copie {len(copies) + 1:03d}")
    table = io.StringIO()
    rows = csv.writer(table, delimiter=";", lineterminator="\r\n")
    rows.writerow(["copie", "étudiant", "fichier"])
    rows.writerows(sorted([copies[one["etudiant"]], neutral(one["etudiant"]), neutral(one["fichier"])]
                          for one in records))
    found = [record | {"etudiant": copies[record["etudiant"]], "fichier": ""} for record in records]
    return sorted(found, key=lambda record: record["etudiant"]), "\ufeff" + table.getvalue()
