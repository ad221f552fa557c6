"""The environment of a hub: what repo2docker reads says what pyproject.toml says.

With `COURSE_REPO2DOCKER=…/bin/repo2docker` the real one is asked what it would build; no Docker is needed for that.
"""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from course import __main__ as entry

ROOT = Path(__file__).resolve().parents[1]
REPO2DOCKER = os.environ.get("COURSE_REPO2DOCKER", "")
RECORD = (
    "#!{python}\nimport json, os, sys\n"
    "open({record!r}, 'a').write(json.dumps([os.getcwd(), *sys.argv[1:]]) + '\\n')\n"
)
PRINT = "if sys.argv[1] == '-c': os.execv(sys.executable, [sys.executable, *sys.argv[1:]])\n"


def test_its_python_is_one_of_ours():
    found = re.fullmatch(r"python-(3)\.(\d+)\n", (ROOT / ".binder" / "runtime.txt").read_text(encoding="utf-8"))
    assert entry.OLDEST <= tuple(int(x) for x in found.groups()) <= entry.NEWEST
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">={}.{},<{}.{}".format(*entry.OLDEST, entry.NEWEST[0], entry.NEWEST[1] + 1)


def test_nothing_else_there_lists_packages():
    """One list of requirements, pyproject.toml's: a second one would lie one day."""
    assert sorted(path.name for path in (ROOT / ".binder").iterdir()) == ["postBuild", "runtime.txt"]
    others = ("requirements.txt", "environment.yml", "setup.py", "binder")
    assert not [name for name in others if (ROOT / name).exists()]


@pytest.mark.skipif(os.name == "nt", reason="un script du shell")
def test_what_is_installed_is_the_project_with_the_launcher_s_pytorch(tmp_path):
    record = tmp_path / "appels"
    python = tmp_path / "python"
    python.write_text(RECORD.format(python=sys.executable, record=str(record)) + PRINT)
    python.chmod(0o755)
    script = ROOT / ".binder" / "postBuild"
    assert os.access(script, os.X_OK)
    here = os.environ | {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run([script], cwd=tmp_path, env=here, check=True)
    last = json.loads(record.read_text().splitlines()[-1])
    assert last[0] == str(ROOT)
    assert last[1:] == ["-m", "pip", "install", "--no-cache-dir", "--extra-index-url", entry.TORCH_CPU, "."]


@pytest.mark.skipif(not REPO2DOCKER, reason="repo2docker n'est pas installé à part (COURSE_REPO2DOCKER)")
def test_the_real_one_reads_it():
    runtime = (ROOT / ".binder" / "runtime.txt").read_text(encoding="utf-8").strip()
    done = subprocess.run([REPO2DOCKER, "--no-build", "--debug", str(ROOT)], capture_output=True, text=True)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said[-2000:]
    assert f"Building conda environment for python={runtime.removeprefix('python-')}" in said
    assert "RUN ./.binder/postBuild" in said
    assert "pip install --no-cache-dir -r" not in said  # no other list of packages was found
