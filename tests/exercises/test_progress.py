"""The progress file: whole at any moment, shared by processes, never a reason to stop."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from course.exercises import progress

ROOT = Path(__file__).parents[2]


@pytest.fixture
def file(tmp_path, monkeypatch):
    path = tmp_path / "dossier à moi" / "progression.json"
    monkeypatch.setenv("COURSE_PROGRESS", str(path))
    monkeypatch.setattr(progress, "_unwritten", {})
    return path


def test_an_entry_has_the_fields_that_others_read(file):
    assert progress.read() == {"version": 1, "exercices": {}, "pronostics": {}}
    assert progress.record("01.2", statut="presque") == ""
    progress.record("01.2", statut="réussi")
    progress.record("01.2", indices=1)
    entry = json.loads(file.read_text("utf-8"))["exercices"]["01.2"]
    assert entry.pop("date")[:2] == "20"
    assert entry == {"statut": "réussi", "essais": 2, "indices": 1}


def test_where_the_file_is(tmp_path, monkeypatch):
    monkeypatch.delenv("COURSE_PROGRESS")
    (tmp_path / "cours" / ".cours").mkdir(parents=True)
    deep = tmp_path / "cours" / "a" / "b"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert progress.location() == tmp_path / "cours" / ".cours" / "progression.json"
    monkeypatch.chdir(tmp_path)
    assert progress.location() == tmp_path / ".cours" / "progression.json"


def test_two_processes_lose_nothing(file):
    code = ("import sys\nfrom course.exercises import progress\n"
            "for k in range(40): assert progress.record(f'{sys.argv[1]}.{k}', statut='réussi') == ''\n"
            "for k in range(40): progress.record('commun', statut='presque')\n")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    running = [subprocess.Popen([sys.executable, "-c", code, str(n)], env=environment) for n in range(3)]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    exercises = progress.read()["exercices"]
    assert len(exercises) == 121
    assert exercises["commun"]["essais"] == 120


def test_two_threads_lose_nothing(file):
    threads = [threading.Thread(target=lambda: [progress.record("a", statut="presque") for _ in range(30)])
               for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert progress.read()["exercices"]["a"]["essais"] == 120


@pytest.mark.parametrize("content", [
    b"", b"{", b"[1]", b"null", b"\xff\xfe", b'{"exercices": 3}', b'{"exercices": {"01.1": 3}}', b'"texte"'])
def test_an_unreadable_file_is_set_aside(file, content):
    file.parent.mkdir()
    file.write_bytes(content)
    assert progress.read()["exercices"] == {}
    assert file.read_bytes() == content
    assert "mis de côté" in progress.record("01.1", statut="réussi")
    assert progress.record("01.1", statut="réussi") == ""
    assert progress.read()["exercices"]["01.1"]["essais"] == 2
    aside, = file.parent.glob("progression.json.corrompu-*")
    assert aside.read_bytes() == content


def test_what_a_later_version_added_is_kept(file):
    file.parent.mkdir()
    file.write_text('{"version": 2, "exercices": {"01.1": {"statut": "réussi", "plus": 1}}, "autre": [1]}')
    progress.record("01.2", statut="presque")
    data = progress.read()
    assert data["version"] == 2
    assert data["autre"] == [1]
    assert data["exercices"]["01.1"]["plus"] == 1


@pytest.mark.parametrize("obstacle", ["a file in place of the folder", "a folder in place of the file"])
def test_what_cannot_be_written_is_kept_in_memory_and_said_once(file, obstacle):
    if obstacle.startswith("a file"):
        file.parent.write_text("")
    else:
        file.mkdir(parents=True)
    assert "ne peut pas s'écrire" in progress.record("01.1", statut="presque")
    assert progress.record("01.1", statut="réussi") == ""
    assert progress.read()["exercices"]["01.1"]["essais"] == 2


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="rights of folders as POSIX has them")
def test_a_read_only_folder(file, monkeypatch):
    folder = Path(tempfile.mkdtemp())
    monkeypatch.setenv("COURSE_PROGRESS", str(folder / "progression.json"))
    progress.record("01.1", statut="presque")
    (folder / "progression.json").chmod(0o644)
    folder.chmod(0o555)
    administrator = os.geteuid() == 0
    try:
        if administrator:  # who may write anywhere
            os.seteuid(65534)
        assert "écriture refusée" in progress.record("01.1", statut="réussi")
        assert progress.read()["exercices"]["01.1"]["statut"] == "réussi"
    finally:
        if administrator:
            os.seteuid(0)
        folder.chmod(0o700)
    assert progress.record("01.2", statut="réussi") == ""
    recorded = json.loads((folder / "progression.json").read_text("utf-8"))["exercices"]
    assert {id: entry["statut"] for id, entry in recorded.items()} == {"01.1": "réussi", "01.2": "réussi"}
    shutil.rmtree(folder)


def test_a_lock_that_never_opens_does_not_block(file, monkeypatch):
    from course.exercises import lock
    monkeypatch.setattr(lock, "PATIENCE", 0.05)
    progress.record("01.1", statut="presque")
    with lock.locked(file):
        assert progress.record("01.1", statut="réussi") == ""
    assert progress.read()["exercices"]["01.1"]["essais"] == 2


def test_nothing_is_left_beside(file):
    progress.record("01.1", statut="presque")
    assert sorted(p.name for p in file.parent.iterdir()) == ["progression.json", "progression.json.verrou"]
