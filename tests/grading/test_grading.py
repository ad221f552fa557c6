"""`course noter`: a folder of submissions, right ones, wrong ones, and hostile ones."""

import re
import shutil

import pytest

from course import cli
from course.grading import grading, sandbox, tables, worker
from course.grading.process import Limits
from tests.grading.conftest import corpus

boxed = pytest.mark.skipif(not sandbox.at_hand(), reason="no Landlock, or not x86-64: no sandbox here")


@boxed
def test_every_submission_has_its_line(graded):
    rows, lines = graded.rows, graded.lines
    assert len(rows) == len(corpus()) + 2
    assert lines[0].startswith("Bac à sable\u00a0: ")
    assert re.search(r"Landlock [1-6] et filtre seccomp, essayés( \(sans bubblewrap\))?\.$", lines[0])
    assert lines[1].startswith("Le corrigé du TD04 est noté d'abord")
    assert lines[-2].startswith("Réponses rédigées à noter\u00a0: ")
    assert len(lines) == len(rows) + 5
    assert all(line.isprintable() or "\u00a0" in line for line in lines)
    assert not any(c in line for line in lines for c in "\n\x1b")
    assert any(line.startswith("Ni .ipynb ni .zip") and line.endswith("rapport.docx") for line in lines)


@boxed
def test_nobody_is_harmed(graded):
    assert (graded.victim / "précieux").read_text() == "à garder"
    assert graded.rows["vandale"]["total automatique"] == "0"


@boxed
def test_a_link_is_said_and_not_followed(graded):
    assert "un lien vers un autre" in graded.rows["lien"]["remarque"]
    assert "root:" not in "".join(path.read_text() for path in (graded.out / "etudiants").iterdir())


@boxed
def test_the_pages_run_nothing(graded):
    out = graded.out
    text = "".join(path.read_text(encoding="utf-8") for path in [out / "classe.html", *(out / "etudiants").iterdir()])
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "Idées qui manquent" in text


@boxed
def test_an_interrupted_grading_is_taken_up(graded, monkeypatch):
    """The records are there: nothing is run again, and the marks are the same to the byte."""
    folder, out = graded.folder, graded.out
    before = (out / "notes.csv").read_bytes()

    def again(*_):
        raise AssertionError("graded twice")

    monkeypatch.setattr(worker, "start", again)
    (out / "notes.csv").unlink()
    list(grading.grade(folder, "04", out))  # the limits are no part of a record's name
    assert (out / "notes.csv").read_bytes() == before


@boxed
def test_copies_without_names(graded, tmp_path):
    """Neither the tables nor the pages bear a name; one table apart tells whose each copy is."""
    shutil.copytree(graded.out / "dossiers", tmp_path / "dossiers")
    list(grading.grade(graded.folder, "04", tmp_path, named=False))
    read = [tmp_path / "notes.csv", tmp_path / "classe.html", *(tmp_path / "etudiants").iterdir()]
    seen = "".join(path.name + path.read_text(encoding="utf-8-sig") for path in read)
    key = (tmp_path / "correspondance.csv").read_text(encoding="utf-8-sig")
    assert "Zoé" not in seen
    assert "Zoé Le Gall" in key
    assert "Copie 001;" in seen
    assert key.count("Copie ") == len(graded.rows) == len(set(re.findall(r"Copie \d{3}", seen)))


@boxed
def test_the_command_refuses_what_makes_no_sense(tmp_path, capsys):
    (tmp_path / "rendus").mkdir()
    for argv, said in (
        (["rendus", "--td", "04", "--sortie", "rendus/notes"], "une autre --sortie"),
        (["absent", "--td", "04", "--sortie", "notes"], "n'est pas un dossier"),
        (["rendus", "--td", "77", "--sortie", "notes"], "Il n'y a pas de TD77"),
        (["rendus", "--td", "04", "--sortie", "notes"], "Aucun carnet"),
    ):
        paths = [str(tmp_path / one) if one[:2] in ("re", "ab", "no") else one for one in argv]
        assert cli.main(["noter", *paths]) == 1
        assert said in capsys.readouterr().err


def test_two_notebooks_of_one_student(tmp_path):
    for name in ("Ana/a.ipynb", "Ana/b.ipynb", ".cache/x.ipynb", "Léo.ipynb"):
        (tmp_path / "r" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "r" / name).write_bytes(b"")
    assert [student for student, _ in grading.submissions(tmp_path / "r")] == ["Ana", "Ana", "Léo"]
    record = {"etudiant": "Ana", "fichier": "a", "probleme": "", "exercices": []}
    grading._written(tmp_path, [record, record | {"fichier": "b"}], "TD04", [], "")
    assert (tmp_path / "notes.csv").read_text().count("choisissez lequel compte") == 2


def test_a_grader_that_dies_is_one_line(tmp_path, monkeypatch):
    def dies(task):
        raise SystemExit(3)

    monkeypatch.setattr(worker, "graded", dies)
    task = worker.Task("Ana", tmp_path / "a.ipynb", b"", Limits(), 1, 0)
    process = worker.start(task, tmp_path / "r.json")
    process.join()
    record = worker.ended(process, task, tmp_path / "r.json")
    assert "s'est arrêtée" in record["probleme"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\n=1", "\r=1"])
def test_no_formula_reaches_a_spreadsheet(text):
    assert tables.neutral(text).startswith("'")
    assert re.fullmatch(r"[^\n\r\t]*", tables.neutral(text))
    assert tables.neutral("Zoé") == "Zoé"
