"""Without the full data, their tests say why they were skipped, and how many they are."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_a_skip_is_explained_and_counted():
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/data/test_full.py"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"COURSE_DATA": ""}, capture_output=True,
                          text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout
    [count] = re.findall(r"^(\d+) tests ignorés\u00a0: données complètes absentes", done.stdout, re.MULTILINE)
    assert f"{count} skipped" in done.stdout
    assert int(count) == 7
    assert "COURSE_DATA n'est pas réglée" in done.stdout
