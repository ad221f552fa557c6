"""From an id to its exercise; a misspelt one meets the nearest; one TD is imported, and nothing heavy."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from course.exercises import every_exercise, exercise

ROOT = Path(__file__).parents[2]


def test_an_exercise_is_found_by_its_id():
    for declared in every_exercise():
        assert exercise(declared.id).exercise is declared


def test_ids_are_unique_and_name_their_module():
    ids = [declared.id for declared in every_exercise()]
    assert len(ids) == len(set(ids)) > 0
    assert all(re.fullmatch(r"\d\d\.\w+", id) for id in ids)


def test_importing_is_light():
    heavy = "('numba', 'sympy', 'matplotlib', 'torch', 'scipy', 'ipywidgets', 'IPython', 'course.exercises.td01')"
    code = f"import sys, course.exercises; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("id", ["01.999", "999.1", "", "abc", None, "🐟", "x" * 500])
def test_an_unknown_id_is_told_kindly(id):
    with pytest.raises(LookupError) as told:
        exercise(id)
    assert re.match(r"exercise\xa0: aucun exercice «\xa0.*\xa0»\xa0; vouliez-vous dire «\xa0\d\d\.\w+\xa0»\xa0\?",
                    str(told.value))
    assert told.value._render_traceback_() == [str(told.value)]


@pytest.mark.parametrize("id", ["1.2", "01,2", "O1.2", 1.2, " 01.2"])
def test_the_nearest_id_is_the_one_meant(id):
    with pytest.raises(LookupError, match="dire «\xa001.2\xa0»"):
        exercise(id)
