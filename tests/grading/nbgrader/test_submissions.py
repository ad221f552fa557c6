"""Submissions from nbgrader: every student's text comes back, whatever an editor lost."""

import json

import pytest

from course import cli
from course._install import Obstacle
from course.grading import grading
from course.grading.nbgrader import assignment, submissions
from course.workbook import salvage
from tests.grading.nbgrader.test_assignment import released, source
from tests.grading.submissions import answered, bytes_of, code, lab, solution

NAME = "TD04_taux_de_decharge.ipynb"


def handed_in(answers, course=True):
    """The release with answers in it, as nbgrader locks it; without the course's own names after some editors."""
    mine = {cell["id"]: cell["source"] for cell in answered(answers).cells}
    page = released(source())
    for cell in page.cells:
        cell["source"] = mine[cell["id"]]
        if "nbgrader" in cell["metadata"]:
            cell["metadata"] = {**cell["metadata"], "deletable": False, "editable": False}
            cell["metadata"]["nbgrader"]["checksum"] = "0" * 32
        if not course:
            cell["metadata"].pop("course", None)
    page.cells.insert(3, code("mes = 'essais'"))
    return page


@pytest.fixture
def school(tmp_path):
    """The folder of an nbgrader class: two students, another TD, and what lies around."""
    files = {
        "submitted/zoé le gall/TD04/" + NAME: bytes_of(handed_in({"04.1": "return 3"})),
        "submitted/zoé le gall/TD04/timestamp.txt": b"2026-11-23 08:00:00 UTC",
        "submitted/zoé le gall/TD04/.ipynb_checkpoints/" + NAME: b"{}",
        "submitted/max/TD04/" + NAME: bytes_of(handed_in({"04.2": "return 4"}, course=False)),
        "submitted/max/TD01/TD01_hodgkin_huxley.ipynb": solution("01"),
        "submitted/ana/TD04/autre.ipynb": solution("01"),
        "submitted/lou/TD04/" + NAME: b"\x00 rien qui se lise",
        "release/TD04/" + NAME: bytes_of(released(source())),
    }
    for name, data in files.items():
        path = tmp_path / "classe" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (tmp_path / "classe" / "submitted" / "lien" / "TD04").mkdir(parents=True)
    (tmp_path / "classe" / "submitted" / "lien" / "TD04" / NAME).symlink_to("/etc/passwd")
    return tmp_path / "classe"


def test_each_student_has_a_folder_that_noter_reads(school, tmp_path, capsys):
    assert cli.main(["importer-nbgrader", str(school), "--td", "4", "--sortie", str(tmp_path / "rendus")]) == 0
    said = capsys.readouterr().out
    found = dict(grading.submissions(tmp_path / "rendus"))
    assert sorted(found) == ["lou", "max", "zoé le gall"]
    assert "lien\u00a0: Ce fichier est un lien" in said
    assert "lou\u00a0: TD04_taux_de_decharge.ipynb (illisible, repris tel quel)" in said
    assert "Carnets d'autres TD, laissés\u00a0: 1." in said
    for student, answers in (("zoé le gall", {"04.1": "return 3"}), ("max", {"04.2": "return 4"})):
        page = salvage.read(found[student].read_bytes())
        assert page.cells.pop(3)["source"] == "mes = 'essais'"
        mine = {cell["id"]: cell for cell in page.cells}
        for cell in answered(answers).cells:
            back = mine[cell["id"]]
            assert back["source"] == cell["source"]
            assert "nbgrader" not in back["metadata"]
            if student != "max" or "exercise" in cell["metadata"]["course"]:
                assert back["metadata"] == cell["metadata"]
    assert found["lou"].read_bytes() == b"\x00 rien qui se lise"


def test_a_folder_of_one_student_and_one_notebook(school, tmp_path):
    assert next(submissions.bring(school / "submitted" / "max" / "TD04", "04", tmp_path / "a")).startswith("TD04_taux")
    list(submissions.bring(school / "submitted" / "zoé le gall", "04", tmp_path / "b"))
    assert (tmp_path / "b" / "zoé le gall" / NAME).is_file()
    list(submissions.bring(school / "release" / "TD04" / NAME, "04", tmp_path / "c"))
    assert json.loads((tmp_path / "c" / NAME[:-6] / NAME).read_text(encoding="utf-8")) == json.loads(lab().written())


def test_what_is_refused(school, tmp_path):
    for folder, out, why in (
        (tmp_path / "rien", tmp_path / "r", "n'est ni un dossier ni un carnet"),
        (school, school / "submitted" / "r", "là d'où ils viennent"),
        (school / "submitted" / "ana", tmp_path / "r", "Aucun carnet du TD04"),
    ):
        with pytest.raises(Obstacle, match=why):
            list(submissions.bring(folder, "04", out))


@pytest.mark.parametrize("text", ["a\n### BEGIN HIDDEN TESTS\nb", "### END HIDDEN TESTS\na", "a\nb", ""])
def test_a_text_without_a_whole_hidden_test_is_kept(text):
    assert submissions.without_tests(text) == text


def test_a_hidden_test_goes():
    given = assignment.marked(lab().cells[12], {"04.1"}, {"04.1": 1})["source"]
    assert submissions.without_tests(given) == lab().cells[12]["source"] != given
