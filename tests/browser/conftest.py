"""The real JupyterLab, on a workspace of its own, in headless Chromium; one for all the tests here."""

import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-quic",
]  # fmt: skip


@pytest.fixture(scope="session")
def chromium():
    """Chromium driven by playwright; where one of the two is absent the reason is printed."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright n'est pas installé")
    path = shutil.which("chromium") or CHROMIUM
    if not Path(path).exists():
        pytest.skip(f"Chromium est absent : ni « chromium » dans PATH, ni {CHROMIUM}")
    with api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """The course's `server` on a fresh workspace, its `folder`, in the flash profile."""
    from course.workbook.launch import server
    from course.workbook.workspace import prepare

    folder = tmp_path_factory.mktemp("dossier élève")
    prepare(folder)
    before = os.environ.get("COURSE_PROFILE")
    os.environ["COURSE_PROFILE"] = "flash"
    try:
        with server(folder) as running:
            yield SimpleNamespace(server=running, folder=folder)
    finally:
        os.environ.pop("COURSE_PROFILE")
        if before is not None:
            os.environ["COURSE_PROFILE"] = before


@pytest.fixture(scope="session")
def shots():
    """`shots(page, name)` keeps a picture when COURSE_SCREENSHOTS names a folder."""
    folder = os.environ.get("COURSE_SCREENSHOTS")

    def keep(page, name: str) -> None:
        if folder:
            page.screenshot(path=Path(folder) / f"{name}.png")

    return keep
