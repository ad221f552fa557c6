"""A TD that `course nouveau` has just written builds, and its exercise passes the tests of every exercise."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from course._install import Obstacle
from course.workbook import new
from course.workbook.build import build_all

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def clone(tmp_path_factory) -> Path:
    """The course, but for its other labs."""
    root = tmp_path_factory.mktemp("clone")
    for name in ("course", "tests"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "browser", "bench"))
    (root / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    for name in ("solutions", "labs"):
        (root / name).mkdir()
    return root


def test_what_is_written_is_green(clone):
    lines = new.make(clone, "TD77", "Réseaux à impulsions, l'œil")
    assert "Écrit\u00a0: solutions/TD77_reseaux_a_impulsions_l_oeil.py" in lines
    assert (clone / "labs" / "TD77_reseaux_a_impulsions_l_oeil.ipynb").is_file()
    assert build_all(clone, check=True) == []
    files = ["tests/exercises/test_every_exercise.py", "tests/exercises/test_td77.py"]
    line = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *files, "-k", "77. or test_td77"]
    env = {**_environment(), "PYTHONPATH": str(clone)}
    done = subprocess.run(line, cwd=clone, capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stdout[-3000:]
    assert " passed" in done.stdout
    text = (clone / "solutions" / "TD77_reseaux_a_impulsions_l_oeil.py").read_text(encoding="utf-8")
    assert "# # TD77 — Réseaux à impulsions, l'œil" in text
    assert "@" not in text
    with pytest.raises(Obstacle, match="Le TD77 existe"):
        new.make(clone, "77", "Autre chose")


def test_its_notebook_runs(clone):
    """The cells of the solution, one after another."""
    from course.workbook import source

    new.make(clone, "TD78", "Un autre")
    path = clone / "solutions" / "TD78_un_autre.py"
    _, cells = source.read(path.read_text(encoding="utf-8"), "TD78")
    code = "\n".join(cell.text for cell in cells if cell.kind == "code").replace("%matplotlib inline", "")
    line = [sys.executable, "-c", code]
    env = {**_environment(), "PYTHONPATH": str(clone), "MPLBACKEND": "Agg"}
    done = subprocess.run(line, cwd=clone, capture_output=True, text=True, env=env)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "après 20 ms, il reste 36,8" in done.stdout.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("td", "title", "said"),
    [
        ("TDx", "Titre", "nouveau.td"), ("TD1", "Titre", "nouveau.td"), ("../14", "Titre", "nouveau.td"),
        ("TD79", "…", "nouveau.titre"), ("TD79", 'Un "titre"', "nouveau.titre"), ("TD79", "a{b}", "nouveau.titre"),
    ],
)  # fmt: skip
def test_what_makes_no_td_is_refused_and_nothing_is_written(clone, td, title, said):
    before = sorted((clone / "solutions").iterdir())
    with pytest.raises(Obstacle, match=said):
        new.make(clone, td, title)
    assert sorted((clone / "solutions").iterdir()) == before


def _environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
