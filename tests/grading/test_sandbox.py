"""A notebook cannot get out: each wall is tried, with the kernel's Landlock and with older ones."""

import re

import pytest

from course._install import Obstacle
from course.grading import sandbox
from course.grading.inside import filter, landlock
from course.grading.inside.pipe import Closed
from course.grading.process import Limits, Process
from course.grading.results import results
from tests.grading.submissions import answered, bytes_of, lab

ALL = re.findall(r'^essai\("(.+?)"', sandbox.ATTEMPTS, re.MULTILINE)
boxed = pytest.mark.skipif(not sandbox.strongest(), reason="no Landlock, or not x86-64: no sandbox here")


@boxed
@pytest.mark.parametrize("abi", [1, 2, 3, 4, 5, 6])
def test_no_way_out(abi):
    if abi > landlock.version():
        pytest.skip(f"this kernel has Landlock {landlock.version()}")
    assert sandbox.escapes(abi) == []


def test_without_a_sandbox_every_attempt_is_a_true_one():
    """Else a wall would be proved by an attempt that fails anyway; only what root alone may do is let go."""
    assert set(ALL) - set(sandbox.escapes(0)) <= {"changer d'espace"}


@boxed
def test_a_sandbox_that_is_not_the_one_asked_for_runs_nothing():
    """The process says what is in force before any line of the student, and the other side wants to hear it."""
    process = Process(Limits(), landlock=99)
    try:
        with pytest.raises(Closed):
            process.ready()
    finally:
        process.end()


def test_where_none_is_possible_it_is_said(monkeypatch):
    monkeypatch.setattr(landlock, "version", lambda: 0)
    with pytest.raises(Obstacle, match="ce noyau n'a pas Landlock.*--sans-bac-a-sable"):
        sandbox.proved()
    monkeypatch.setattr(filter, "available", lambda: False)
    with pytest.raises(Obstacle, match="Aucun bac à sable n'est possible ici"):
        sandbox.proved()


@boxed
def test_a_way_out_forbids_to_grade(monkeypatch):
    monkeypatch.setattr(sandbox, "escapes", lambda abi: ["effacer"])
    with pytest.raises(Obstacle, match="un essai a réussi\u00a0: effacer"):
        sandbox.proved()


def test_answers_beside_the_package_are_hidden_too(tmp_path, monkeypatch):
    """Where the course is a checkout inside the folder of a Python that may be read."""
    for name in ("solutions", "numpy", "tests", "course/grading"):
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.setattr(landlock, "PACKAGE", tmp_path / "course")
    assert {path.name for path, _ in landlock.rules([tmp_path])} == {tmp_path.name, "numpy", "course", "grading"}


@boxed
def test_the_answers_are_out_of_reach():
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
    found = {one.id: one.verdict for one in results(bytes_of(page), lab(), Limits(), landlock=sandbox.strongest())}
    assert not any(one.passed for one in found.values())
    assert "PermissionError" in found["04.1"].trace
