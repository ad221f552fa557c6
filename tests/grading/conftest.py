"""The corpus, graded once for all the tests."""

import csv
import io
import json
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest

from course.exercises.catalogue import every_exercise
from course.grading import grading, results
from course.grading.process import Limits
from tests.grading.corpus import breaking, damaged, right, stealing, wrong
from tests.grading.corpus.case import Case, notebook


@dataclass(frozen=True)
class Graded:
    """A class that has been graded: what was said, the rows of `notes.csv`, the records, by student."""

    folder: Path
    out: Path
    victim: Path
    lines: list[str]
    rows: dict[str, dict]
    records: dict[str, dict]


def corpus() -> list[Case]:
    return [case for part in (right, wrong, stealing, breaking, damaged) for case in part.cases()]


def vandal(victim: Path) -> str:
    return f"import os, shutil\nshutil.rmtree({str(victim)!r})\nreturn 0"


@pytest.fixture(scope="session")
def graded(tmp_path_factory) -> Graded:
    folder, out = tmp_path_factory.mktemp("rendus"), tmp_path_factory.mktemp("notes")
    victim = tmp_path_factory.mktemp("victime")
    (victim / "précieux").write_text("à garder")
    for case in [*corpus(), Case("vandale", notebook(vandal(victim)))]:
        path = folder / case.path
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(case.content)
    (folder / "lien.ipynb").symlink_to("/etc/passwd")
    (folder / "rapport.docx").write_bytes(b"PK")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grading, "Limits", partial(Limits, cell=2.0))
        quick = [replace(one, time_limit=2.0) for one in every_exercise()]
        patch.setattr(results, "every_exercise", lambda: quick)
        lines = list(grading.grade(folder, "04", out))
    rows = list(csv.reader(io.StringIO((out / "notes.csv").read_text(encoding="utf-8-sig")), delimiter=";"))
    records = [json.loads(path.read_text()) for path in (out / "dossiers").glob("*.json")]
    return Graded(
        folder, out, victim, lines, {row[0]: dict(zip(rows[0], row, strict=True)) for row in rows[1:]},
        {record["etudiant"]: record for record in records},
    )
