"""`course test`: its stages, its counts, its verdict. Its pytest runs are small ones, on folders made here."""

import pytest

from course._install import Obstacle
from course.workbook import suite


def clone(root, **tests: str):
    """A folder whose tests are these."""
    (root / "tests").mkdir(parents=True)
    (root / "pyproject.toml").write_text("[tool.pytest.ini_options]\n")
    for name, text in tests.items():
        (root / "tests" / f"test_{name}.py").write_text(text)
    return root


PASSES = "def test_a(): pass\n"
FAILS = "def test_b(): assert False\n"
SKIPS = "import pytest\ndef test_c(): pytest.skip('une raison')\n"


@pytest.mark.parametrize(
    ("tests", "closing", "code"),
    [
        ({"a": PASSES, "c": SKIPS}, "1 passed, 0 failed, 1 skipped", 0),
        ({"a": PASSES, "b": FAILS}, "1 passed, 1 failed, 0 skipped", 1),
        ({"b": "import absent\n"}, "0 passed, 1 failed, 0 skipped", 1),
        ({}, "0 passed, 1 failed, 0 skipped", 1),
    ],
)
def test_the_closing_line_and_the_code(tmp_path, capfd, tests, closing, code):
    assert suite.run(clone(tmp_path, **tests), [], quick=True) == code
    assert capfd.readouterr().out.splitlines()[-1] == closing


def test_a_run_that_dies_is_a_failure(tmp_path, capfd):
    deadly = "import os\ndef test_d(): os._exit(0)\n"
    clone(tmp_path, d=deadly)
    assert suite.run(tmp_path, [], quick=True) == 1


def test_the_stages():
    root = suite.checkout()
    names = [name for name, *_ in suite.stages(root, root, [], quick=False)]
    assert names == ["tests", "carnets", "progression", "navigateur"]
    assert [name for name, *_ in suite.stages(root, root, [], quick=True)] == ["tests"]
    assert [name for name, *_ in suite.stages(root, root, ["-x"], quick=False)] == ["tests"]


def test_the_notebooks_run_two_at_a_time_in_flash_and_without_network():
    root = suite.checkout()
    _, arguments, variables = suite.stages(root, root, [], quick=False)[1]
    assert {"--nbval-lax", "-n", "2", "--dist", "loadscope", "labs", "solutions"} <= set(arguments)
    assert variables["COURSE_PROFILE"] == "flash"
    assert variables["https_proxy"] == suite.NOWHERE


def test_a_chosen_test_is_run_alone():
    root = suite.checkout()
    [(_, arguments, _)] = suite.stages(root, root, ["tests/browser"], quick=False)
    assert arguments == ["tests/browser"]


def test_without_a_clone_the_command_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(suite, "__file__", str(tmp_path / "course" / "workbook" / "suite.py"))
    with pytest.raises(Obstacle, match="demande un clone du cours"):
        suite.checkout()
