"""A TD in nbgrader's format: what each cell becomes, and that the lab comes out of it to the letter."""

import json

import pytest

from course import cli
from course._install import Obstacle
from course.grading.nbgrader import assignment
from course.grading.nbgrader.submissions import ours, without_tests
from course.grading.results import exercises_of
from course.workbook import markers, salvage
from course.workbook.lab import student_text
from course.workbook.source import Cell
from tests.grading.submissions import LABS, code, lab

TDS = sorted(path.stem[2:4] for path in LABS.glob("TD*.ipynb"))


def source(td="04"):
    name = next(LABS.glob(f"TD{td}_*.ipynb")).stem
    return assignment.source(assignment.solution(name), lab(td))


def released(page):
    """What nbgrader makes of a source: stubs for solutions, no hidden test."""
    cells = [
        cell | {"source": without_tests(student_text(Cell(cell["cell_type"], cell["source"], {})))}
        for cell in page.cells
    ]
    return salvage.Page(cells, page.metadata)


def told(cell):
    return cell["metadata"].get("nbgrader", {})


@pytest.mark.parametrize("td", TDS)
def test_the_release_is_the_lab_itself(td):
    back = ours(released(source(td)), lab(td))
    assert json.loads(back.written())["cells"] == json.loads(lab(td).written())["cells"]


@pytest.mark.parametrize("td", TDS)
def test_every_exercise_has_its_points_once(td):
    cells = source(td).cells
    graded = [told(cell) for cell in cells if told(cell).get("grade")]
    assert sum(one["points"] for one in graded) == sum(one["points"] for one in exercises_of(lab(td)).values())
    ids = [told(cell)["grade_id"] for cell in cells if told(cell)]
    assert len(ids) == len(set(ids))
    for cell in cells:
        one = told(cell)
        if markers.has_markers(cell["source"]):
            assert one["solution"]
        if one:
            assert one["locked"] is (one["grade"] and not one["solution"])
            assert cell["cell_type"] == "code" or (one["grade"] and one["solution"])


def test_what_the_three_kinds_of_cells_become():
    cells = {cell["id"]: cell for cell in source().cells}
    assert told(cells["juger-fonction"]) == {
        "schema_version": 3, "grade": False, "solution": True, "locked": False, "task": False,
        "grade_id": "juger-fonction",
    }
    test = cells["juger-verifier"]
    assert told(test) == {
        "schema_version": 3, "grade": True, "solution": False, "locked": True, "task": False,
        "grade_id": "juger-verifier", "points": 2,
    }
    assert test["source"].split("\n")[1:] == [
        "### BEGIN HIDDEN TESTS", "from course.exercises.sheet import required", "required('04.5')",
        "### END HIDDEN TESTS",
    ]
    written = told(cells["pli-expliquer"])
    assert (written["grade"], written["solution"], written["points"]) == (True, True, 1)
    assert told(cells["preparation"]) == {}


def test_without_the_solutions_the_places_to_answer_are_marked():
    page = assignment.source(lab(), lab())
    cells = {cell["id"]: cell["source"] for cell in page.cells}
    assert cells["courbe-fonction"].endswith(
        "    ### BEGIN SOLUTION\n    ...  # À compléter\n    ### END SOLUTION")
    back = ours(released(page), lab())
    assert back.cells == lab().cells


def test_the_files_and_what_is_kept(tmp_path, capsys):
    assert cli.main(["exporter-nbgrader", "td4", str(tmp_path)]) == 0
    path = tmp_path / "source" / "TD04" / "TD04_taux_de_decharge.ipynb"
    assert "nbgrader generate_assignment TD04" in capsys.readouterr().out
    compile((tmp_path / "nbgrader_config.py").read_text(encoding="utf-8"), "réglages", "exec")
    assert assignment.export("04", tmp_path)[0] == f"Écrit\u00a0: {path}"  # the same again
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n", encoding="utf-8")
    said = assignment.export("04", tmp_path)
    assert any("Il doit contenir" in line for line in said)
    assert (tmp_path / "nbgrader_config.py").read_text(encoding="utf-8") == "c = get_config()\n"
    page = salvage.read(path.read_bytes())
    page.cells.append(code("mes essais"))
    path.write_text(page.written(), encoding="utf-8")
    with pytest.raises(Obstacle, match="existe déjà et dit autre chose"):
        assignment.export("04", tmp_path)
    assert path.read_text(encoding="utf-8") == page.written()


def test_the_folder_of_a_student_is_refused(tmp_path):
    (tmp_path / ".cours").mkdir()
    with pytest.raises(Obstacle, match="dossier de travail d'un étudiant"):
        assignment.export("04", tmp_path / "classe")
    with pytest.raises(Obstacle, match="Il n'y a pas de TD77"):
        assignment.export("77", tmp_path.parent)
