"""The real nbgrader, in an environment of its own: `COURSE_NBGRADER=…/bin/nbgrader`; not tried without it.

    python3 -m venv /tmp/nbg && /tmp/nbg/bin/pip install nbgrader
    COURSE_NBGRADER=/tmp/nbg/bin/nbgrader python -m pytest tests/grading/nbgrader -q

A TD is exported, released, handed in by two students, marked and exported by nbgrader, then brought back.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from course.grading.nbgrader import assignment, gradebook, submissions
from course.workbook import salvage
from course.workbook.maj.counterparts import mark
from tests.grading.submissions import LABS, lab

NBGRADER = os.environ.get("COURSE_NBGRADER", "")
pytestmark = pytest.mark.skipif(not NBGRADER, reason="nbgrader n'est pas installé à part (COURSE_NBGRADER)")
NAME = "TD04_taux_de_decharge.ipynb"
RIGHT = {"04.1", "04.2", "04.3", "04.5"}  # one of them worth two points
LOUD = '    import warnings; warnings.warn("ici")\n    return 3 * r'
SCORES = """
import json, sys
from nbgrader.api import Gradebook
with Gradebook(sys.argv[1]) as book:
    found = {
        one.student.id: {g.name: [g.auto_score, g.needs_manual_grade] for g in one.notebooks[0].grades}
        for one in book.assignment_submissions("TD04")
    }
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """The class after nbgrader marked it; its cells ran in this very environment."""
    folder = tmp_path_factory.mktemp("classe")
    kernel = folder / "jupyter" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    (kernel / "kernel.json").write_text(json.dumps({
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Python 3 (ipykernel)", "language": "python",
        "env": {"PYTHONPATH": str(LABS.parent), "COURSE_PROFILE": "flash", "MPLBACKEND": "Agg"},
    }))
    assignment.export("04", folder)
    nbgrader(folder, "generate_assignment", "TD04", "--create")
    release = folder / "release" / "TD04" / NAME
    for student in ("zoe", "max"):
        page = salvage.read(release.read_bytes())
        if student == "zoe":
            solved = {cell["id"]: cell["source"] for cell in assignment.solution(NAME[:-6]).cells}
            for cell in page.cells:
                if mark(cell, "exercise") in RIGHT | {"04.1x"}:
                    cell["source"] = solved[cell["id"]]
                if mark(cell, "exercise") == "04.4":
                    cell["source"] = cell["source"].replace("    ...  # À compléter", LOUD)
        path = folder / "submitted" / student / "TD04" / NAME
        path.parent.mkdir(parents=True)
        path.write_text(page.written(), encoding="utf-8")
    nbgrader(folder, "autograde", "TD04", "--create")
    nbgrader(folder, "export")
    return folder


def nbgrader(folder, *argv):
    here = os.environ | {
        "JUPYTER_PATH": str(folder / "jupyter"), "PATH": f"{Path(NBGRADER).parent}{os.pathsep}{os.environ['PATH']}",
    }
    here.pop("PYTHONPATH", None)
    done = subprocess.run([NBGRADER, *argv], cwd=folder, env=here, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]


def test_its_release_is_our_lab(school):
    page = salvage.read((school / "release" / "TD04" / NAME).read_bytes())
    assert [cell["source"] for cell in page.cells] == [cell["source"] for cell in lab().cells]


def test_its_marks_are_ours(school):
    python, book = Path(NBGRADER).with_name("python"), f"sqlite:///{school / 'gradebook.db'}"
    # its database asks for a program of its own on the PATH
    path = f"{Path(NBGRADER).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [python, "-c", SCORES, book], capture_output=True, text=True, check=True, env=os.environ | {"PATH": path})
    found = json.loads(done.stdout)
    whose = {mark(cell, "id"): assignment.checks(cell)[0] for cell in lab().cells if assignment.checks(cell)}
    for student, right in (("zoe", RIGHT), ("max", set())):
        passed = {whose[name] for name, (score, _) in found[student].items() if name in whose and score}
        assert passed == right
    assert [name for name, (_, by_hand) in found["zoe"].items() if by_hand] == ["frein-expliquer"]


def test_its_table_and_its_submissions_come_back(school, tmp_path):
    table = (school / "grades.csv").read_text(encoding="utf-8")
    rows = {row["étudiant"]: row for row in gradebook.rows_of(gradebook.from_nbgrader(table)[0][1:], ";")}
    assert {who: row["total automatique"] for who, row in rows.items()} == {"zoe": "5", "max": "0"}
    for place in ("submitted", "autograded"):
        list(submissions.bring(school / place, "04", tmp_path / place))
        page = salvage.read((tmp_path / place / "max" / NAME).read_bytes())
        assert [cell["source"] for cell in page.cells] == [cell["source"] for cell in lab().cells]
        assert [mark(cell, "exercise") for cell in page.cells] == [mark(cell, "exercise") for cell in lab().cells]
