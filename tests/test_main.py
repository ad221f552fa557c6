"""`python -m course` before any environment: every Python reads it, a wrong one gets a French sentence."""

import ast
import itertools
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from course import __main__ as entry

ROOT = Path(__file__).resolve().parents[1]
READ_BY_ALL = ["course/__init__.py", "course/__main__.py"]


@pytest.mark.parametrize("path", READ_BY_ALL)
def test_an_old_python_can_read_what_it_meets_first(path):
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"), feature_version=(3, 4))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 13), (3, 14, 0)])
def test_a_wrong_python_is_named(version):
    sentence = entry.wrong_python(version)
    assert "Le cours demande Python 3.11 à 3.13\u00a0; celui-ci est Python {}.{}".format(*version) in sentence


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 4), (3, 13, 9)])
def test_a_right_python_passes(version):
    assert entry.wrong_python(version) == ""


@pytest.mark.skipif(os.name == "nt", reason="the PATH holds no python3.x there")
def test_another_python_is_proposed_only_if_it_runs(tmp_path, monkeypatch):
    broken = tmp_path / "python3.13"
    broken.write_text("#!/bin/sh\nexit 127\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path) + os.pathsep + "/bin")
    assert entry.right_python() != "python3.13"
    good = tmp_path / "python3.12"
    good.write_text("#!/bin/sh\nexit 0\n")
    good.chmod(0o755)
    assert entry.right_python() == "python3.12"
    assert entry.wrong_python((3, 9)).endswith("Lancez\u00a0: python3.12 -m course")


def old_pythons():
    """Pythons of this machine that are too old and do run, the oldest first."""
    homes = (str(path) for path in Path.home().glob(".pyenv/versions/*/bin/python"))
    names = ("python2.7", *(f"python3.{minor}" for minor in range(4, 11)))
    check = "import sys; sys.exit(sys.version_info >= (3, 11))"
    for python in [*sorted(homes), *filter(None, map(shutil.which, names))]:
        if subprocess.run([python, "-c", check], capture_output=True).returncode == 0:
            yield python


def test_a_real_old_python_prints_the_sentence():
    found = list(itertools.islice(old_pythons(), 2))
    if not found:
        pytest.skip("no Python older than 3.11 on this machine")
    for python in found:
        done = subprocess.run([python, "-m", "course"], cwd=ROOT, capture_output=True)
        text = done.stderr.decode("utf-8")
        assert done.returncode == 1
        assert text.startswith("Le cours demande Python 3.11 à 3.13"), text


def test_help_needs_no_environment(tmp_path):
    """`-S -E`: no site-packages at all, as on a fresh machine."""
    done = subprocess.run(
        [sys.executable, "-S", "-E", "-m", "course", "--help"], cwd=ROOT, capture_output=True, text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert "ouvrir le cours dans JupyterLab" in done.stdout
