"""pytest plugin of the notebooks' stage: every notebook records its checks in a progress file of its own.

A notebook's kernel inherits this process's variables when its first cell is set up.
"""

import os
from pathlib import Path

import pytest

import tests.full_data  # noqa: F401  (sets COURSE_DATA where the full data are beside the clone)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    folder = os.environ.get("COURSE_SUITE_PROGRESS")
    if folder and item.path.suffix == ".ipynb":
        os.environ["COURSE_PROGRESS"] = str(progress_file(Path(folder), item.path))


def progress_file(folder: Path, notebook: Path) -> Path:
    """Where the progress of `notebook` is recorded: one file a notebook, labs apart from solutions."""
    return folder / notebook.parent.name / f"{notebook.stem}.json"
