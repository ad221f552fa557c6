"""What is published: a wheel with the labs and without the solutions, that opens TD01 wherever it is installed."""

import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from course._environment import interpreter
from tests.workbook.jupyter_client import ask, run_code

ROOT = Path(__file__).resolve().parents[2]
SHARE = Path(sys.prefix) / "share" / "jupyter"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("paquet")
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder, ROOT]
    subprocess.run(command, check=True)
    [path] = folder.glob("course-*.whl")
    return path


def names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as file:
        return file.namelist()


def test_the_labs_are_in_the_wheel(wheel):
    labs = {f"course/_labs/{path.name}" for path in (ROOT / "labs").glob("*.ipynb")}
    assert labs
    assert labs == {name for name in names(wheel) if name.startswith("course/_labs/")}


def test_no_solution_is_in_the_wheel(wheel):
    template = "course/workbook/template/solution.txt"  # of a TD to write: it answers nothing of the course
    inside = set(names(wheel)) - {template}
    assert not [name for name in inside if "solution" in name.lower() or name.startswith("tests/")]
    with zipfile.ZipFile(wheel) as file:
        text = "\n".join(file.read(name).decode() for name in names(wheel) if name.endswith(".ipynb"))
    assert "BEGIN SOLUTION" not in text
    assert "À compléter" in text


def test_what_the_program_reads_is_in_the_wheel(wheel):
    data = [path for path in (ROOT / "course").rglob("*") if path.suffix in {".json", ".js", ".css", ".gz"}]
    assert data
    assert {path.relative_to(ROOT).as_posix() for path in data} <= set(names(wheel))


def test_the_licences_are_named(wheel):
    with zipfile.ZipFile(wheel) as file:
        [metadata] = [name for name in names(wheel) if name.endswith("METADATA")]
        text = file.read(metadata).decode()
    assert "License-Expression: MIT AND CC-BY-SA-4.0 AND CC-BY-SA-3.0" in text
    assert any(name.endswith("licenses/course/data/extract/LICENCE.md") for name in names(wheel))
    assert any(name.endswith("licenses/LICENSE") for name in names(wheel))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """An empty environment with the wheel, that borrows the dependencies of this one: nothing is downloaded."""
    place = tmp_path_factory.mktemp("ailleurs") / "env"
    venv.create(place, symlinks=os.name != "nt")
    python = interpreter(place)
    pip = [sys.executable, "-m", "pip", "--python", python]
    subprocess.run([*pip, "install", "-q", "--no-deps", "--no-index", wheel], check=True)
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    own = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    Path(own, "emprunt.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return python


def test_td01_opens_from_the_wheel(installed, tmp_path):
    """The command `course`, far from any clone: a workspace at home, the lab, a kernel that has the course."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "PYTHON"))}
    environment |= {
        "HOME": str(tmp_path), "USERPROFILE": str(tmp_path), "PYTHONUTF8": "1",
        "JUPYTERLAB_DIR": str(SHARE / "lab"), "JUPYTER_PATH": str(SHARE),
    }
    command = installed.with_name("course.exe" if os.name == "nt" else "course")
    process = subprocess.Popen(
        [command, "--no-browser", "--port", "0"], cwd=tmp_path, env=environment,
        stdout=subprocess.PIPE, text=True, encoding="utf-8",
    )
    try:
        said = next(line for line in process.stdout if "token=" in line)
        port, token = re.search(r":(\d+)/lab/tree/index.ipynb\?token=(\w+)", said).groups()
        lab = SimpleNamespace(port=int(port), token=token)
        notebook = ask(lab, "/api/contents/TD01_hodgkin_huxley.ipynb")["content"]
        assert any(cell["metadata"].get("course", {}).get("exercise") == "01.1" for cell in notebook["cells"])
        assert (tmp_path / "cours-neurones" / "TD01_hodgkin_huxley.ipynb").exists()
        where = Path(run_code(lab, "import course; print(course.__file__)").strip())
        assert where.is_relative_to(installed.parents[1])
    finally:
        process.terminate()
        process.wait(20)


def without_a_path() -> dict[str, str]:
    """The variables, without a PYTHONPATH that would put a clone before the wheel."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def test_a_wheel_has_neither_tests_nor_sources_to_build(installed, tmp_path):
    for command in ("test", "construire"):
        done = subprocess.run(
            [installed, "-m", "course.cli", command], cwd=tmp_path, env=without_a_path(), capture_output=True,
            text=True, encoding="utf-8",
        )  # fmt: skip
        assert done.returncode == 1
        assert "demande un clone du cours" in done.stderr


def run(python, *arguments, cwd):
    """(code, what is printed) of `python -m course …`."""
    command = [python, "-m", "course", *arguments]
    done = subprocess.run(command, cwd=cwd, env=without_a_path(), capture_output=True, text=True, encoding="utf-8")
    return done.returncode, done.stdout + done.stderr


def test_an_environment_that_has_the_course_is_used_as_it_is(installed, tmp_path):
    code, said = run(installed, "progres", "--dossier", tmp_path, cwd=tmp_path)
    assert code == 0, said
    assert "TD01_hodgkin_huxley\u00a0: 0 exercice réussi" in said


def test_an_environment_that_lacks_a_package_says_which(installed, tmp_path):
    [borrowed] = installed.parents[1].glob("[Ll]ib/**/emprunt.pth")
    hidden = borrowed.rename(borrowed.with_suffix(".cache"))
    try:
        code, said = run(installed, "progres", cwd=tmp_path)
    finally:
        hidden.rename(borrowed)
    assert code == 1
    assert re.match(r"L'installation du cours est incomplète, il manque\u00a0: .*numpy, ", said)
    assert said.rstrip().endswith("-m pip install course")
