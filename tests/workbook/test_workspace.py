"""The student's folder: labs arrive, updates arrive, answers stay."""

import json
import os
from pathlib import Path

import pytest

from course._install import Obstacle
from course.workbook import workspace


def notebook(*cells: str, outputs: str = "") -> str:
    """A notebook whose code cells hold these sources."""
    made = [
        {"cell_type": "code", "id": f"c{k}", "metadata": {}, "execution_count": None, "source": [text],
         "outputs": [{"output_type": "stream", "name": "stdout", "text": outputs}] if outputs else []}
        for k, text in enumerate(cells)
    ]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def course_labs(tmp_path, monkeypatch):
    """The course's own labs, to be changed by the tests."""
    folder = tmp_path / "clone" / "labs"
    folder.mkdir(parents=True)
    (folder / "index.ipynb").write_text(notebook("index"))
    (folder / "TD01_essai.ipynb").write_text(notebook("...  # À compléter"))
    monkeypatch.setattr(workspace, "labs_folder", lambda: folder)
    return folder


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cours de Zoé"


def lab(folder: Path) -> Path:
    return folder / "TD01_essai.ipynb"


def test_labs_arrive(course_labs, folder):
    assert workspace.prepare(folder) == []
    assert sorted(path.name for path in folder.iterdir()) == [".cours", "TD01_essai.ipynb", "index.ipynb"]
    assert lab(folder).read_text() == lab(course_labs).read_text()


def test_an_answer_is_never_written_over(course_labs, folder):
    workspace.prepare(folder)
    lab(folder).write_text(notebook("return 42"))
    lab(course_labs).write_text(notebook("...  # À compléter", "une cellule de plus"))
    said = workspace.prepare(folder)
    assert lab(folder).read_text() == notebook("return 42")
    assert len(said) == 1
    assert said[0].startswith("TD01_essai\u00a0: une version plus récente existe")


def test_an_answer_without_any_update_is_not_mentioned(course_labs, folder):
    workspace.prepare(folder)
    lab(folder).write_text(notebook("return 42"))
    assert workspace.prepare(folder) == []
    assert lab(folder).read_text() == notebook("return 42")


@pytest.mark.parametrize("outputs", ["", "sortie"])
def test_an_untouched_lab_is_updated_even_after_it_was_run(course_labs, folder, outputs):
    workspace.prepare(folder)
    lab(folder).write_text(notebook("...  # À compléter", outputs=outputs))
    newer = notebook("...  # À compléter", "une cellule de plus")
    lab(course_labs).write_text(newer)
    assert workspace.prepare(folder) == ["TD01_essai\u00a0: mis à jour (vous n'y aviez rien écrit)."]
    assert lab(folder).read_text() == newer


def test_two_updates_in_a_row(course_labs, folder):
    for text in ("un", "deux", "trois"):
        lab(course_labs).write_text(notebook(text))
        workspace.prepare(folder)
        assert lab(folder).read_text() == notebook(text)


def test_a_lab_that_was_there_before_is_left_alone(course_labs, folder):
    """Nothing is known of it: it counts as written by the student."""
    folder.mkdir()
    lab(folder).write_text(notebook("à moi"))
    assert "la vôtre, où vous avez écrit, reste en place" in workspace.prepare(folder)[0]
    assert lab(folder).read_text() == notebook("à moi")


@pytest.mark.parametrize("damage", ["{", "[]", '{"TD01_essai.ipynb": 3}'])
def test_a_damaged_ledger_costs_no_answer(course_labs, folder, damage):
    workspace.prepare(folder)
    (folder / ".cours" / "copies.json").write_text(damage)
    lab(folder).write_text(notebook("return 42"))
    lab(course_labs).write_text(notebook("neuf"))
    workspace.prepare(folder)
    assert lab(folder).read_text() == notebook("return 42")


@pytest.mark.parametrize("content", [b"pas du JSON", b"\xff\xfe\x00", b'{"cells": 3}'])
def test_a_notebook_nobody_can_read_is_left_alone(course_labs, folder, content):
    workspace.prepare(folder)
    lab(folder).write_bytes(content)
    lab(course_labs).write_text(notebook("neuf"))
    workspace.prepare(folder)
    assert lab(folder).read_bytes() == content


def test_a_deleted_lab_comes_back(course_labs, folder):
    workspace.prepare(folder)
    lab(folder).unlink()
    assert workspace.prepare(folder) == []
    assert lab(folder).read_text() == lab(course_labs).read_text()


def test_the_course_keeps_its_own_copies(course_labs, folder):
    before = {path: path.read_bytes() for path in course_labs.iterdir()}
    workspace.prepare(folder)
    lab(folder).write_text(notebook("return 42"))
    workspace.prepare(folder)
    assert {path: path.read_bytes() for path in course_labs.iterdir()} == before


def test_the_course_is_no_workspace(course_labs):
    for own in (course_labs, course_labs / "dedans", course_labs.parent / "solutions"):
        with pytest.raises(Obstacle, match="appartient au cours lui-même"):
            workspace.prepare(own)


def test_a_file_is_no_workspace(course_labs, tmp_path):
    (tmp_path / "fichier").write_text("")
    with pytest.raises(Obstacle, match="ce n'est pas un dossier"):
        workspace.prepare(tmp_path / "fichier")


def test_the_default_is_beside_the_clone_or_at_home(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "maison")
    monkeypatch.setattr(workspace, "PACKAGE", tmp_path / "clone" / "course")
    assert workspace.default() == tmp_path / "maison" / "cours-neurones"
    (tmp_path / "clone").mkdir()
    (tmp_path / "clone" / "pyproject.toml").write_text("")
    assert workspace.default() == tmp_path / "cours-neurones"
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert workspace.default() == tmp_path / "maison" / "cours-neurones"


def test_an_installed_wheel_has_its_labs_inside(tmp_path, monkeypatch):
    monkeypatch.setattr(workspace, "PACKAGE", tmp_path / "course")
    with pytest.raises(Obstacle, match="introuvables"):
        workspace.labs_folder()
    (tmp_path / "labs").mkdir()
    (tmp_path / "labs" / "index.ipynb").write_text("{}")
    assert workspace.labs_folder() == tmp_path / "labs"
    (tmp_path / "course" / "_labs").mkdir(parents=True)
    (tmp_path / "course" / "_labs" / "index.ipynb").write_text("{}")
    assert workspace.labs_folder() == tmp_path / "course" / "_labs"
