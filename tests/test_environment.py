"""The first run, for real: a project with a tiny dependency, an index on this machine, pip and venv."""

import errno
import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from course import _environment, _install
from tests.fake_index import Index, wheel

NOWHERE = "http://127.0.0.1:9"  # nobody listens there
PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "course"
version = "0.1"
dependencies = [{dependencies}]

[project.optional-dependencies]
test = ["extra-pkg"]
"""
BACKEND = """
import pathlib, zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "course-0.1-py3-none-any.whl"
    with zipfile.ZipFile(pathlib.Path(folder, name), "w") as file:
        file.writestr("course_here.pth", str(pathlib.Path.cwd()))
        file.writestr("course-0.1.dist-info/METADATA", "Metadata-Version: 2.1\\nName: course\\nVersion: 0.1\\n")
        file.writestr("course-0.1.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        file.writestr("course-0.1.dist-info/RECORD", "")
    return name
"""


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("index")
    for name, version in [("tiny", "1.0"), ("other", "2.0"), ("extra_pkg", "1.0")]:
        wheel(folder / "simple", name, version)
    (folder / "simple" / "extra_pkg").rename(folder / "simple" / "extra-pkg")
    with Index(folder) as running:
        yield running


@pytest.fixture(autouse=True)
def pip_alone(monkeypatch, index):
    """pip knows that index and nothing of this machine's configuration."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", f"{index.url}/simple")
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")


def project(root: Path, *dependencies: str) -> Path:
    """A clone with these dependencies."""
    root.mkdir(parents=True, exist_ok=True)
    listed = ", ".join(f'"{name}"' for name in dependencies)
    (root / "pyproject.toml").write_text(PROJECT.format(dependencies=listed), encoding="utf-8")
    (root / "backend.py").write_text(BACKEND, encoding="utf-8")
    (root / "clone.py").write_text("version = 'du clone'\n", encoding="utf-8")
    return root


def version(python: Path, module: str) -> str:
    """The version of `module` in that environment, empty when it is not there."""
    code = f"import {module}; print({module}.version)"
    # a kernel's folder is not the clone's, and its locale may be anything
    environment = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0"}
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, env=environment, cwd=python.anchor)
    return done.stdout.strip()


def prepare(root: Path, extra: str = "") -> Path:
    return _environment.prepare(root, extra, NOWHERE)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """An environment made once, in a folder with spaces and accents; the tests below grow it in order."""
    return tmp_path_factory.mktemp("clone") / "Étude à côté"


def test_first_run_in_a_folder_with_spaces_and_accents(made, capsys):
    python = prepare(project(made, "tiny"))
    assert version(python, "tiny") == "1.0"
    assert version(python, "clone") == "du clone"
    said = capsys.readouterr().out
    assert "Première utilisation\u00a0:" in said
    assert "Environnement prêt en" in said
    assert "Successfully installed" in (made / ".venv" / "installation.log").read_text(encoding="utf-8")


def test_later_runs_do_nothing(made, capsys, monkeypatch):
    def unexpected(*_):
        raise AssertionError("pip was called")

    monkeypatch.setattr(_install, "run", unexpected)
    assert prepare(made) == _environment.interpreter(made / ".venv")
    assert capsys.readouterr().out == ""


def test_the_test_extra_is_added_and_the_base_stays_ready(made):
    assert not _environment.ready(made, "test")
    assert version(prepare(made, "test"), "extra_pkg") == "1.0"
    assert _environment.ready(made, "")


def test_a_changed_pyproject_installs_what_is_new(made):
    project(made, "tiny", "other")
    assert not _environment.ready(made, "")
    assert version(prepare(made), "other") == "2.0"


def test_an_interrupted_installation_is_resumed(made):
    (made / ".venv" / "course.json").unlink()
    python = _environment.interpreter(made / ".venv")
    subprocess.run([python, "-m", "pip", "uninstall", "-qy", "tiny"], check=True)
    assert version(prepare(made), "tiny") == "1.0"


def test_a_broken_environment_is_made_again(made):
    python = _environment.interpreter(made / ".venv")
    for library in (made / ".venv").glob("lib/python*/site-packages/pip"):
        shutil.rmtree(library)
    (made / ".venv" / "course.json").write_text("{", encoding="utf-8")
    assert version(prepare(made), "tiny") == "1.0"
    assert subprocess.run([python, "-m", "pip", "--version"], capture_output=True).returncode == 0


def test_a_moved_clone_is_not_ready(made, tmp_path):
    shutil.copytree(made, tmp_path / "ailleurs", symlinks=True)
    assert _environment.ready(made, "")
    assert not _environment.ready(tmp_path / "ailleurs", "")


def test_two_first_runs_at_once_take_turns(tmp_path, capsys, monkeypatch):
    root, calls, failures = project(tmp_path / "deux", "tiny"), [], []
    run = _install.run

    def counted(command, log, root, *carried):
        calls.append(command)
        run(command, log, root, *carried)

    def first_run():
        try:
            prepare(root)
        except BaseException as error:
            failures.append(error)

    monkeypatch.setattr(_install, "run", counted)
    threads = [threading.Thread(target=first_run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(calls) == 2  # the requirements, then the course: by one of the two only
    assert "Une autre fenêtre prépare déjà l'environnement" in capsys.readouterr().out


def test_without_ensurepip_a_pip_beside_it_is_used(tmp_path, monkeypatch, index):
    """As on bare Debian; the pip put into the environment comes from this index too."""
    made = tmp_path / ".venv"
    hide(monkeypatch, "ensurepip")
    commands = []
    monkeypatch.setattr(_install, "run", lambda command, *_: commands.append(command))
    _environment.make(made)
    assert commands == [
        [sys.executable, "-m", "pip", "--python", str(_environment.interpreter(made)), "install", "pip"]
    ]
    assert _environment.interpreter(made).exists()


def test_without_ensurepip_nor_pip_the_debian_package_is_named(tmp_path, monkeypatch):
    hide(monkeypatch, "ensurepip", "pip")
    with pytest.raises(_install.Obstacle, match=rf"apt install python3.{sys.version_info[1]}-venv"):
        _environment.make(tmp_path / ".venv")


def hide(monkeypatch, *names):
    find = _environment.importlib.util.find_spec
    monkeypatch.setattr(
        _environment.importlib.util, "find_spec", lambda name: None if name in names else find(name)
    )


def test_no_network(tmp_path, monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", f"{NOWHERE}/simple")
    root = project(tmp_path, "tiny")
    with pytest.raises(_install.Obstacle, match="^Pas de réseau") as caught:
        _install.install([sys.executable, "-m", "pip"], ["tiny"], NOWHERE, root / "pip.log", root)
    assert str(root / "pip.log") in str(caught.value)
    assert not _environment.ready(root, "")


def test_a_folder_one_cannot_write(tmp_path):
    root = project(tmp_path / "lecture", "tiny")
    root.chmod(0o555)
    for parent in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        parent.chmod(0o755)
    code = (
        "import os, sys, pathlib\nfrom course import _environment, _install\n"
        "os.name == 'nt' or os.geteuid() or os.seteuid(65534)\n"  # root writes everywhere: be nobody
        f"try: _environment.prepare(pathlib.Path({str(root)!r}), '', '')\n"
        "except _install.Obstacle as obstacle: print(obstacle)"
    )
    environment = os.environ | {"PYTHONPATH": str(_environment.ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert done.stdout.startswith(f"Impossible d'écrire dans {root}\u00a0: dossier en lecture seule"), done


def test_a_full_disk_is_said_before_and_during(tmp_path, monkeypatch):
    usage = shutil.disk_usage(tmp_path)._replace(free=300e6)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(_install.Obstacle, match="il faut environ 2,5\u00a0Go, il en reste 0,3"):
        _install.check_space(tmp_path, light=False)
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert _install.explain(str(full), tmp_path).startswith("Le disque est plein.")


@pytest.mark.parametrize(
    ("output", "begins"),
    [
        ("SSLError(SSLCertVerificationError(1, 'CERTIFICATE_VERIFY_FAILED'))", "La connexion sécurisée"),
        ("NewConnectionError: [Errno -3] Temporary failure in name resolution", "Pas de réseau"),
        ("ReadTimeoutError: Read timed out.", "Pas de réseau"),
        ("ERROR: [Errno 13] Permission denied: '/x'", "Impossible d'écrire"),
        ("The virtual environment was not created because ensurepip is not available", "Ce Python ne sait pas"),
        ("ERROR: No matching distribution found for numba", "Un paquet n'existe pas"),
        ("MemoryError", "La mémoire a manqué"),
        ("ligne 1\nERROR: autre chose", "L'installation a échoué. Ses dernières lignes\u00a0:\nligne 1"),
    ],
)
def test_what_pip_says_is_told_in_french(output, begins, tmp_path):
    assert _install.explain(output, tmp_path).startswith(begins)


def test_what_is_missing_here(monkeypatch):
    assert _environment.missing("") in ([], ["course"])
    monkeypatch.setattr(sys, "path", [""])
    assert _environment.missing("") == ["course"]


def test_torch_can_be_left_out(tmp_path, monkeypatch):
    monkeypatch.delenv("COURSE_SANS_TORCH", raising=False)
    root = project(tmp_path, "torch>=2.6", "tiny")
    assert _environment.requirements(root, "test") == ["torch>=2.6", "tiny", "extra-pkg"]
    monkeypatch.setenv("COURSE_SANS_TORCH", "1")
    assert _environment.requirements(root, "test") == ["tiny", "extra-pkg"]


def test_the_marker_is_whole_or_absent(tmp_path):
    _install.write(tmp_path / "course.json", json.dumps({"": "x"}))
    assert [path.name for path in tmp_path.iterdir()] == ["course.json"]
