"""`course rendre`: one file, with all that is needed to read it later."""

import hashlib
import io
import json
import zipfile

import pytest

import course
from course import cli
from course._install import Obstacle
from course.grading import handing
from course.workbook import workspace
from tests.grading.submissions import answered, bytes_of

NAME = "TD04_taux_de_decharge"


@pytest.fixture
def folder(tmp_path):
    """A workspace where one exercise of TD04 and one of TD01 have passed."""
    workspace.prepare(tmp_path / "cours")
    (tmp_path / "cours" / f"{NAME}.ipynb").write_bytes(bytes_of(answered({"04.1": "return 3"})))
    record = {"version": 1, "pronostics": {"04.a": {"valeurs": {"en_15": 3}}},
              "exercices": {"04.1": {"statut": "réussi", "essais": 1}, "01.1": {"statut": "réussi"}}}
    (tmp_path / "cours" / ".cours" / "progression.json").write_text(json.dumps(record), encoding="utf-8")
    return tmp_path / "cours"


def test_the_file_holds_everything(folder, capsys):
    assert cli.main(["rendre", "td4", "--nom", "Zoé  Le Gall/..", "--dossier", str(folder)]) == 0
    path = folder / "rendus" / f"{NAME}_Zoé_Le_Gall___.zip"
    said = capsys.readouterr().out
    assert hashlib.sha256(path.read_bytes()).hexdigest() in said
    assert "Réussis dans le carnet\u00a0: 1 sur 14." in said
    assert "Sans réponse\u00a0: 04.2, 04.3," in said
    with zipfile.ZipFile(path) as archive:
        assert sorted(archive.namelist()) == [f"{NAME}.ipynb", "progression.json", "rendu.json"]
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert parts[f"{NAME}.ipynb"] == (folder / f"{NAME}.ipynb").read_bytes()
    progress = json.loads(parts["progression.json"])
    assert list(progress["exercices"]) == ["04.1"]
    assert list(progress["pronostics"]) == ["04.a"]
    about = json.loads(parts["rendu.json"])
    assert about["course"] == course.__version__
    assert about["nom"] == "Zoé  Le Gall/.."
    assert about["sha256"][f"{NAME}.ipynb"] == hashlib.sha256(parts[f"{NAME}.ipynb"]).hexdigest()
    assert "numpy" in about["paquets"]


def test_a_notebook_that_cannot_be_read_is_handed_in_too(folder):
    (folder / f"{NAME}.ipynb").write_bytes(b"\x00 mes notes")
    said = handing.hand_in(folder, "04")
    assert any("ne se lit pas" in line for line in said)
    file = io.BytesIO((folder / "rendus" / f"{NAME}.zip").read_bytes())
    assert zipfile.ZipFile(file).read(f"{NAME}.ipynb") == b"\x00 mes notes"


def test_a_stop_leaves_the_file_before(folder, monkeypatch):
    handing.hand_in(folder, "04")
    path = folder / "rendus" / f"{NAME}.zip"
    before = path.read_bytes()

    def cut(*_):
        raise OSError("disque plein")

    monkeypatch.setattr(handing.os, "replace", cut)
    (folder / f"{NAME}.ipynb").write_bytes(b"autre")
    with pytest.raises(Obstacle, match="Impossible d'écrire"):
        handing.hand_in(folder, "04")
    assert path.read_bytes() == before


def test_nothing_to_hand_in(folder):
    (folder / f"{NAME}.ipynb").unlink()
    with pytest.raises(Obstacle, match="n'est pas dans"):
        handing.hand_in(folder, "TD04")
