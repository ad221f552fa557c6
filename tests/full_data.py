"""The full data sets, where a clone has them beside it: `../shared/data` becomes `COURSE_DATA` for the whole suite.

Read by tests/conftest.py and by the notebooks' plugin. A `COURSE_DATA` that is set already stays, even empty.
"""

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"
if BESIDE.is_dir():
    os.environ.setdefault("COURSE_DATA", str(BESIDE))
FULL = os.environ.get("COURSE_DATA", "")
REASON = "données complètes absentes"


def need(name: str) -> str:
    """The folder of the full data; the test is skipped when the set `name` is not in it."""
    if not (FULL and (Path(FULL) / name).is_dir()):
        where = f"pas de {name} dans {FULL}" if FULL else "COURSE_DATA n'est pas réglée"
        pytest.skip(f"{REASON}\u00a0: {where}")
    return FULL


def pytest_terminal_summary(terminalreporter):
    """How many tests were skipped for want of the full data."""
    skipped = sum(REASON in str(report.longrepr) for report in terminalreporter.stats.get("skipped", ()))
    if skipped:
        terminalreporter.write_line(
            f"{skipped} tests ignorés\u00a0: {REASON} (la variable COURSE_DATA désigne leur dossier).")
