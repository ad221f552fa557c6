"""`course test`: the whole suite, in its stages, each a pytest run of its own, and one closing count."""

import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

from course._install import Obstacle, say

CELL_TIMEOUT = 120
NOWHERE = "http://127.0.0.1:9"  # nobody listens there: a notebook that asks for the network fails at once


@dataclass
class Count:
    """What one stage gave."""

    name: str
    seconds: float
    passed: int
    failed: int
    skipped: int

    def __str__(self) -> str:
        verdict = "échec" if self.failed else "réussi"
        return (
            f"  {self.name:<12} {verdict:<7} {self.seconds:5.0f}\u00a0s   {self.passed} réussis, "
            f"{self.failed} en échec, {self.skipped} ignorés"
        )


def checkout() -> Path:
    """The clone this package is used from: solutions and tests are in no wheel.

    Raises:
        Obstacle: « Cette commande demande un clone du cours… »
    """
    root = Path(__file__).resolve().parents[2]
    if not (root / "tests").is_dir() or not (root / "solutions").is_dir():
        raise Obstacle("Cette commande demande un clone du cours, avec ses dossiers solutions et tests.")
    return root


def run(root: Path, arguments: list[str], quick: bool = False) -> int:
    """Run the stages one after the other, all of them even when one fails; 0 when nothing failed.

    Args:
        arguments: for pytest; with any, the first stage alone is run, on them.
        quick: leaves the notebooks and the browser out.
    """
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        counts = [stage(root, scratch, name, *what) for name, *what in stages(root, scratch, arguments, quick)]
    say("\nÉtapes")
    for count in counts:
        say(str(count))
    total = [sum(getattr(count, kind) for count in counts) for kind in ("passed", "failed", "skipped")]
    say("\n{} passed, {} failed, {} skipped".format(*total))
    return int(any(count.failed for count in counts) or not total[0])


def stages(root: Path, scratch: Path, arguments: list[str], quick: bool) -> list[tuple]:
    """(name, pytest's arguments, variables) of every stage asked for."""
    apart = [f"--ignore=tests/{name}" for name in ("notebooks", "browser")]
    chosen = any(os.path.exists(root / argument.split("::")[0]) for argument in arguments)
    first = ("tests", arguments if chosen else [*apart, "--durations=15", *arguments, "tests"], {})
    if arguments or quick:
        return [first]
    flash = {"COURSE_PROFILE": "flash", "MPLBACKEND": "Agg", "no_proxy": "127.0.0.1,localhost"}
    told = flash | {"COURSE_SUITE_PROGRESS": str(scratch / "progression")}
    cut = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), NOWHERE)
    cells = [
        "--nbval-lax", f"--nbval-cell-timeout={CELL_TIMEOUT}", "-p", "tests.notebooks.recording",
        "-n", "2", "--dist", "loadscope", "--durations=10", "labs", "solutions",
    ]
    return [
        first,
        ("carnets", cells, told | cut),
        ("progression", ["tests/notebooks"], told),
        ("navigateur", ["--durations=5", "tests/browser"], flash),
    ]


def stage(root: Path, scratch: Path, name: str, arguments: list[str], variables: dict[str, str]) -> Count:
    """One pytest run, shown as it goes; its counts come from the report it writes."""
    say(f"\n=== {name} ===")
    report = scratch / f"{name}.xml"
    began = time.monotonic()
    command = [sys.executable, "-m", "pytest", f"--junitxml={report}", *arguments]
    code = subprocess.run(command, cwd=root, env=os.environ | variables).returncode
    counted = tally(report)
    if code and not counted["failed"]:
        counted["failed"] = 1  # it stopped before it could count: an error is not a success
    return Count(name, time.monotonic() - began, **counted)


def tally(report: Path) -> dict[str, int]:
    """passed, failed, skipped of a JUnit report; nothing when there is none."""
    if not report.exists():
        return {"passed": 0, "failed": 0, "skipped": 0}
    totals = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    for suite in ElementTree.parse(report).iter("testsuite"):
        for key in totals:
            totals[key] += int(suite.get(key, 0))
    failed = totals["failures"] + totals["errors"]
    passed = totals["tests"] - failed - totals["skipped"]
    return {"passed": passed, "failed": failed, "skipped": totals["skipped"]}
