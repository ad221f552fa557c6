"""The JavaScript as a text: short, valid, and without a way out of this machine."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import course.widgets

HERE = Path(course.widgets.__file__).parent


def test_it_is_short():
    assert len((HERE / "toile.js").read_text(encoding="utf-8").splitlines()) < 300


@pytest.mark.parametrize("name", ["toile.js", "toile.css"])
def test_it_asks_nothing_of_the_network(name):
    text = (HERE / name).read_text(encoding="utf-8")
    found = re.findall(
        r"https?:|//\w|fetch\(|XMLHttp|WebSocket|\bimport\b|@import|url\(|sendBeacon", text
    )
    assert found == []


@pytest.mark.skipif(not shutil.which("node"), reason="node est absent")
def test_it_is_valid_javascript():
    run = subprocess.run(
        ["node", "--check", "--input-type=module"],
        input=(HERE / "toile.js").read_bytes(),
        capture_output=True,
    )
    assert run.returncode == 0, run.stderr.decode()
