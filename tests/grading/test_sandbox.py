"""A notebook cannot get out: each wall is tried, with the kernel's Landlock and with older ones."""

import errno
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from course._install import Obstacle
from course.grading import sandbox
from course.grading.inside import filter, landlock
from course.grading.inside.calls import REFUSED
from course.grading.inside.pipe import Closed
from course.grading.process import ROOT, Limits, Process
from course.grading.results import results
from course.grading.walls import NEWEST, NONE, Walls, bubble
from tests.grading.submissions import answered, bytes_of, lab

ALL = re.findall(r'^essai\("(.+?)"', sandbox.ATTEMPTS, re.MULTILINE)
KINDS = [*(Walls(abi) for abi in range(1, 7)), Walls(0, True), Walls(1, True), Walls(6, True)]
boxed = pytest.mark.skipif(not sandbox.at_hand(), reason="no Landlock, or not x86-64: no sandbox here")

def there(walls: Walls) -> bool:
    return walls.landlock <= landlock.version() and filter.available() and sandbox.starts(walls)


@pytest.fixture(params=KINDS, ids=str)
def walls(request):
    if not there(request.param):
        pytest.skip(f"no such walls here: Landlock {landlock.version()}, bubblewrap {shutil.which('bwrap')}")
    return request.param


def test_no_way_out(walls):
    assert sandbox.escapes(walls) == []


def test_no_way_out_for_who_is_not_root(walls):
    """In a space of names where one is the user 1000, without a right."""
    drop = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
    if not shutil.which("unshare") or subprocess.run([*drop, "true"], stderr=subprocess.DEVNULL).returncode:
        pytest.skip("this machine gives no space of names")
    program = (
        "import os; from course.grading import sandbox; from course.grading.walls import Walls; "
        f"print(os.getuid(), sandbox.escapes({walls!r}))"
    )
    said = subprocess.run([*drop, sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert said.stdout == "1000 []\n", said.stderr


def test_without_a_sandbox_every_attempt_is_a_true_one():
    """Else a wall would be proved by an attempt that fails anyway; only what root alone may do is let go."""
    assert set(ALL) - set(sandbox.escapes(NONE)) <= {"changer d'espace"}


@pytest.mark.skipif(not there(Walls(0, True)), reason="no bubblewrap, or refused here")
def test_without_the_filter_bubblewrap_hides_files_and_network_and_lets_one_fork():
    """Which is why neither goes alone."""
    python = [*bubble(Path(sys.executable), ROOT, None, proc=False), sys.executable, "-s", "-c"]

    def said(program: str) -> str:
        return subprocess.run([*python, program], capture_output=True, text=True, timeout=60).stdout

    exercises = str(landlock.PACKAGE / "exercises")
    assert said(f"import os; print(os.path.exists('/etc/passwd'), os.listdir({exercises!r}))") == "False []\n"
    with socket.create_server(("127.0.0.1", 0)) as server:
        call = f"import socket; print(socket.socket().connect_ex({server.getsockname()}))"
        assert said(call) == f"{errno.ECONNREFUSED}\n"
        assert subprocess.check_output([sys.executable, "-c", call], text=True) == "0\n"
    assert said("import os; os.fork() or os._exit(0); print('ici')") == "ici\n"


@boxed
def test_a_sandbox_that_is_not_the_one_asked_for_runs_nothing():
    """The process says what is in force before any line of the student, and the other side wants to hear it."""
    process = Process(Limits(), Walls(landlock=99))
    try:
        with pytest.raises(Closed):
            process.ready()
    finally:
        process.end()


def test_where_none_is_possible_it_is_said(monkeypatch):
    monkeypatch.setattr(landlock, "version", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(Obstacle, match="ni Landlock ni bubblewrap.*--sans-bac-a-sable"):
        sandbox.proved()
    assert sandbox.at_hand() == NONE
    monkeypatch.setattr(filter, "available", lambda: False)
    with pytest.raises(Obstacle, match="Aucun bac à sable n'est possible ici"):
        sandbox.proved()


@boxed
def test_a_way_out_forbids_to_grade(monkeypatch):
    monkeypatch.setattr(sandbox, "escapes", lambda walls: ["effacer"])
    with pytest.raises(Obstacle, match="un essai a réussi\u00a0: effacer"):
        sandbox.proved()


@boxed
def test_bubblewrap_that_is_refused_leaves_landlock_and_says_so(monkeypatch, tmp_path):
    """Ubuntu 24.04: the program is there, its spaces of names are not given."""
    (tmp_path / "bwrap").write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n")
    (tmp_path / "bwrap").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    walls, said = sandbox.proved()
    assert walls == Walls(min(landlock.version(), NEWEST))
    assert said.endswith("et filtre seccomp, essayés (sans bubblewrap).")


def test_without_landlock_bubblewrap_grades(monkeypatch):
    """WSL 2, and servers whose kernel is older."""
    if not there(Walls(0, True)):
        pytest.skip("no bubblewrap, or refused here")
    monkeypatch.setattr(landlock, "version", lambda: 0)
    walls, said = sandbox.proved()
    assert walls == sandbox.at_hand() == Walls(0, True)
    assert said == "Bac à sable\u00a0: bubblewrap et filtre seccomp, essayés (sans Landlock)."


HEADERS = [Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"), Path("/usr/include/asm-generic/unistd.h")]


@pytest.mark.parametrize(("k", "header"), list(enumerate(HEADERS)), ids=["x86-64", "aarch64"])
def test_the_numbers_of_the_calls_are_those_of_the_kernel(k, header):
    if not header.exists():
        pytest.skip(f"no {header} here (linux-libc-dev)")
    numbers = dict(re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)$", header.read_text(), re.MULTILINE))
    known = {name: pair[k] for calls in REFUSED.values() for name, pair in calls.items()}
    said = {name: int(numbers[name]) for name in known if name in numbers}
    assert said == {name: known[name] for name in said}
    later = {"memfd_secret", "quotactl_fd", "fchmodat2", "setxattrat", "removexattrat"}  # than these headers may be
    assert {name for name in known if name not in said and known[name] is not None} <= later


def test_a_filter_fits_in_what_the_kernel_takes():
    for machine in filter.MACHINES:
        assert 200 < len(filter.program(1, machine)) < 4096


def test_answers_beside_the_package_are_hidden_too(tmp_path, monkeypatch):
    """Where the course is a checkout inside the folder of a Python that may be read."""
    for name in ("solutions", "numpy", "tests", "course/grading"):
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.setattr(landlock, "PACKAGE", tmp_path / "course")
    assert {path.name for path, _ in landlock.rules([tmp_path])} == {tmp_path.name, "numpy", "course", "grading"}


def test_the_answers_are_out_of_reach(walls):
    """The files cannot be read, and what the notebook imports is hollow."""
    stolen = (
        "import course, pathlib\nhome = pathlib.Path(course.__file__).parent\n"
        "names = {}\nexec((home / 'exercises/td04/transfer.py').read_text(), names)\nreturn names['fI'](I, r_max)"
    )
    imported = "from course.exercises.td04.transfer import fI_inverse as f\nreturn f(r, r_max, kappa, I_half)"
    inside = (
        "import gc\nfor x in gc.get_objects():\n    if getattr(x, '__name__', '') == 'transfer_derivative':\n"
        "        return x(I)"
    )
    page = answered({"04.1": stolen, "04.2": imported, "04.3": inside})
    found = {one.id: one.verdict for one in results(bytes_of(page), lab(), Limits(), walls=walls)}
    assert not any(one.passed for one in found.values())
    assert ("FileNotFoundError" if walls.bubblewrap else "PermissionError") in found["04.1"].trace
