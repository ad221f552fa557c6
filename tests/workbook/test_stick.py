"""A folder made with an index on this machine, then an installation from it when the index is gone."""

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from course import _environment, _stick, cli
from course._install import Obstacle
from course.data import catalogue, files
from course.workbook import stick, workspace
from tests.data.sets import edition, put, small
from tests.fake_index import Index, wheel
from tests.test_environment import BACKEND as IN_PLACE
from tests.test_environment import NOWHERE, PROJECT, version


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    folder = tmp_path_factory.mktemp("index")
    for name, number in (("tiny", "1.0"), ("other", "2.0"), ("pip", "0.1")):
        wheel(folder / "simple", name, number)
    return folder


@pytest.fixture
def clone(tmp_path, shelf, monkeypatch):
    """A small course, and pip that knows an index which lasts as long as the test wants."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    monkeypatch.setenv("COURSE_DATA", str(tmp_path / "jeux"))
    root = tmp_path / "clone"
    (root / "course" / "__pycache__").mkdir(parents=True)
    text = PROJECT.format(dependencies='"tiny"').replace('backend-path = ["."]', 'backend-path = ["course"]')
    (root / "pyproject.toml").write_text(text, encoding="utf-8")
    (root / "course" / "backend.py").write_text(IN_PLACE, encoding="utf-8")
    (root / "course" / "__pycache__" / "backend.cpython-311.pyc").write_bytes(b"x")
    (root / "labs").mkdir()
    (root / "labs" / "TD01_été.ipynb").write_text("{}", encoding="utf-8")
    (root / "solutions").mkdir()
    (root / "solutions" / "TD01_été.py").write_text("1", encoding="utf-8")
    monkeypatch.setattr(workspace, "PACKAGE", root / "course")
    with Index(shelf) as index:
        monkeypatch.setenv("PIP_INDEX_URL", f"{index.url}/simple")
        yield root


def made(folder: Path) -> list[str]:
    return list(stick.make(folder, NOWHERE))


def alone(monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", f"{NOWHERE}/simple")


def test_it_installs_from_itself_alone_in_a_folder_with_spaces_and_accents(clone, shelf, tmp_path, capsys):
    said = made(tmp_path / "clé")
    assert said[-1].startswith(f"Clé prête\u00a0: {tmp_path / 'clé'}")
    found = {path.relative_to(tmp_path / "clé").as_posix() for path in (tmp_path / "clé").rglob("*") if path.is_file()}
    assert found == {
        "LISEZ-MOI.txt", "cours/cle.json", "cours/pyproject.toml", "cours/course/backend.py",
        "cours/labs/TD01_été.ipynb",
        "cours/paquets/tiny-1.0-py3-none-any.whl", "cours/paquets/pip-0.1-py3-none-any.whl",
    }
    assert "python3 -m course" in (tmp_path / "clé" / "LISEZ-MOI.txt").read_text(encoding="utf-8")
    newer = wheel(shelf / "simple", "tiny", "1.1")  # what an index would give, were it asked
    root = Path(shutil.copytree(tmp_path / "clé" / "cours", tmp_path / "Salle 3, été"))
    python = _environment.prepare(root, "", NOWHERE)
    newer.unlink()
    assert version(python, "tiny") == "1.0"
    assert "Vérification de la clé\u00a0: 5 fichiers" in capsys.readouterr().out
    again = _environment.prepare(root, "", NOWHERE)
    assert (again, capsys.readouterr().out) == (python, "")


@pytest.mark.parametrize("harm", ["cut", "gone"])
def test_a_damaged_copy_is_refused_before_anything_is_installed(clone, tmp_path, monkeypatch, harm):
    made(tmp_path / "clé")
    alone(monkeypatch)
    root = tmp_path / "clé" / "cours"
    path = root / "paquets" / "tiny-1.0-py3-none-any.whl"
    path.write_bytes(path.read_bytes()[:-1]) if harm == "cut" else path.unlink()
    with pytest.raises(Obstacle, match=r"tiny-1.0.*abîmé, ou il manque. Copiez de nouveau"):
        _environment.prepare(root, "", NOWHERE)
    assert not (root / ".venv").exists()


def test_an_interruption_leaves_no_stick_and_the_next_run_finishes_it(clone, tmp_path, monkeypatch):
    whole = os.environ["PIP_INDEX_URL"]
    made(tmp_path / "clé")
    alone(monkeypatch)
    text = (clone / "pyproject.toml").read_text(encoding="utf-8")
    (clone / "pyproject.toml").write_text(text.replace('["tiny"]', '["other"]'), encoding="utf-8")
    (clone / "labs" / "TD01_été.ipynb").rename(clone / "labs" / "TD01_hiver.ipynb")
    monkeypatch.setenv("PIP_RETRIES", "0")
    with pytest.raises(Obstacle, match="^Pas de réseau"):
        made(tmp_path / "clé")
    root = tmp_path / "clé" / "cours"
    assert not (root / _stick.MANIFEST).exists()
    assert _stick.carried(root) is None
    monkeypatch.setenv("PIP_INDEX_URL", whole)
    made(tmp_path / "clé")
    told = _stick.manifest(root)["fichiers"]
    assert [path for path in told if path.startswith(("paquets", "labs"))] == [
        "labs/TD01_hiver.ipynb", "paquets/other-2.0-py3-none-any.whl", "paquets/pip-0.1-py3-none-any.whl",
    ]
    assert not list(_stick.faults(root, told))


def test_a_second_run_copies_nothing_again(clone, tmp_path):
    made(tmp_path / "clé")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "clé" / "cours").rglob("*.*")}
    made(tmp_path / "clé")
    changed = {path.name for path, date in before.items() if path.stat().st_mtime_ns != date}
    assert changed == {"cle.json"}


def test_packages_for_another_python_are_said_and_left(clone, tmp_path, capsys):
    made(tmp_path / "clé")
    root = tmp_path / "clé" / "cours"
    told = _stick.manifest(root) | {"python": "3.99"}
    (root / _stick.MANIFEST).write_text(json.dumps(told), encoding="utf-8")
    (root / "paquets" / "tiny-1.0-py3-none-any.whl").unlink()
    assert version(_environment.prepare(root, "", NOWHERE), "tiny") == "1.0"  # from the index
    assert "Les paquets de cette clé sont pour Python 3.99" in capsys.readouterr().out


def test_without_torch_the_stick_says_so(clone, tmp_path, monkeypatch):
    text = (clone / "pyproject.toml").read_text(encoding="utf-8")
    (clone / "pyproject.toml").write_text(text.replace('["tiny"]', '["tiny", "torch>=2.6"]'), encoding="utf-8")
    monkeypatch.setenv("COURSE_SANS_TORCH", "1")
    made(tmp_path / "clé")
    monkeypatch.delenv("COURSE_SANS_TORCH")
    monkeypatch.setattr(_environment, "ROOT", tmp_path / "clé" / "cours")
    assert _environment.requirements(tmp_path / "clé" / "cours", "") == ["tiny"]


def test_the_data_sets_of_this_machine_come_along(clone, tmp_path, monkeypatch):
    content = small(train=40, seed=1)
    entry = replace(catalogue.IMAGES["fashion_mnist"], editions=(edition(content),))
    monkeypatch.setitem(catalogue.IMAGES, "fashion_mnist", entry)
    put(tmp_path / "jeux" / "fashion_mnist", content)
    assert "Les données\u00a0: Fashion-MNIST." in made(tmp_path / "clé")
    carried = tmp_path / "clé" / "cours" / "donnees"
    monkeypatch.delenv("COURSE_DATA")
    monkeypatch.setattr(files, "CARRIED", carried)
    place = files.places()[-2]
    assert (place.label, place.folder) == ("la clé USB", carried)
    file = entry.editions[0].files[0]
    assert files.find("fashion_mnist", file, files.places())[1].label == "la clé USB"


def test_what_is_refused(clone, tmp_path, capsys):
    assert cli.main(["cle-usb", str(clone / "clé")]) == 1
    assert "La clé ne se fait pas dans le dossier du cours" in capsys.readouterr().err
    (tmp_path / "fichier").write_text("x")
    with pytest.raises(Obstacle, match="Impossible d'écrire dans"):
        made(tmp_path / "fichier")
    (clone / "pyproject.toml").unlink()
    with pytest.raises(Obstacle, match="demande un clone"):
        made(tmp_path / "clé")
