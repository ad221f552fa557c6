"""After the notebooks ran: every check of a solution says « réussi », every check of an untouched lab « à faire ».

The stage before (`course test`) left one progress file a notebook; alone, this file runs that stage itself.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from course.exercises import every_exercise
from course.workbook import suite
from tests.notebooks.recording import progress_file

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = [*sorted(ROOT.glob("labs/TD*.ipynb")), *sorted(ROOT.glob("solutions/TD*.ipynb"))]
EXPECTED = {"labs": "à faire", "solutions": "réussi"}


@pytest.fixture(scope="session")
def recorded(tmp_path_factory):
    """The folder of the progress files."""
    told = os.environ.get("COURSE_SUITE_PROGRESS")
    if told:
        return Path(told)
    scratch = tmp_path_factory.mktemp("carnets")
    name, arguments, variables = suite.stages(ROOT, scratch, [], quick=False)[1]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments], cwd=ROOT, env=os.environ | variables,
        capture_output=True, text=True,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    return Path(variables["COURSE_SUITE_PROGRESS"])


def declared(notebook: Path) -> set[str]:
    """The exercises of the notebook's TD: « 01.2 » for TD01."""
    return {one.id for one in every_exercise() if one.id.startswith(notebook.stem[2:4] + ".")}


def test_there_are_notebooks():
    assert {path.parent.name for path in NOTEBOOKS} == {"labs", "solutions"}


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_exercise_is_checked_with_the_right_status(notebook, recorded):
    record = json.loads(progress_file(recorded, notebook).read_text(encoding="utf-8"))
    statuses = {id: entry["statut"] for id, entry in record["exercices"].items()}
    assert statuses == dict.fromkeys(declared(notebook), EXPECTED[notebook.parent.name])
