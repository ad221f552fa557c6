"""Without a sandbox, what a notebook leaves running is ended with it."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from course.grading import grading, kernels, orphans
from tests.grading.corpus.case import RIGHT, notebook

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="orphans are adopted on Linux only")
LEAVE = """import os, time
if not os.path.exists({pid!r}):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            open({pid!r}, "w").write(str(os.getpid()))
            time.sleep(60)
        os._exit(0)
    time.sleep(0.5)
{right}"""


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_process_in_a_session_of_its_own_does_not_outlive_the_grading(tmp_path, monkeypatch):
    monkeypatch.setattr(kernels, "prepared", lambda *_: [])
    (tmp_path / "rendus").mkdir()
    pid = tmp_path / "pid"
    source = LEAVE.format(pid=str(pid), right=RIGHT)
    (tmp_path / "rendus" / "Ana.ipynb").write_bytes(notebook(source))
    said = list(grading.grade(tmp_path / "rendus", "04", tmp_path / "notes", boxed=False))
    assert any("Ana\u00a0: 1 points" in line for line in said)
    assert not alive(int(pid.read_text()))


def test_the_children_that_are_kept_stay():
    kept, ended = (subprocess.Popen(["sleep", "60"]) for _ in range(2))
    try:
        others = {pid for pid in orphans.children() if pid not in (kept.pid, ended.pid)}
        orphans.end(but={kept.pid, *others})
        assert alive(kept.pid)
        assert not alive(ended.pid)
    finally:
        kept.send_signal(signal.SIGKILL)
        kept.wait()


def test_a_thread_that_ends_while_one_looks_is_no_error():
    """Its folder is there, and the file in it no longer."""
    stop = threading.Event()

    def brief() -> None:
        while not stop.is_set():
            threads = [threading.Thread(target=time.sleep, args=(0.0005,)) for _ in range(5)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()

    busy = threading.Thread(target=brief)
    busy.start()
    try:
        before = set(orphans.children())
        assert all(set(orphans.children()) == before for _ in range(400))
    finally:
        stop.set()
        busy.join()
