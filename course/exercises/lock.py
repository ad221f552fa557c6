"""A file written by one process at a time, and never seen half written.

The lock is the operating system's, on a file beside: it vanishes with the process that holds it.
Where a file system knows no locks, or after a few seconds of waiting, writing goes on without it.
"""

import contextlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

PATIENCE = 5.0  # seconds


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of `path` for the time of the block.

    Raises:
        OSError: the lock file cannot be made (read-only folder).
    """
    with open(path.with_name(path.name + ".verrou"), "a+b") as file:
        deadline = time.monotonic() + PATIENCE
        while not _taken(file.fileno()) and time.monotonic() < deadline:
            time.sleep(0.005)
        yield  # closing the file gives the lock back


def replaced(path: Path, text: str) -> None:
    """Write `text` beside `path`, then put it in its place in one step."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name + ".")
    try:
        with open(handle, "w", encoding="utf-8") as file:
            file.write(text)
        _put(name, path)
    except BaseException:
        os.unlink(name)
        raise


def _put(name: str, path: Path) -> None:
    for wait in (0.01, 0.05, 0.2, 0.5):
        try:
            os.replace(name, path)
            return
        except PermissionError:  # Windows, while another process reads the file
            time.sleep(wait)
    os.replace(name, path)


try:
    import fcntl
except ImportError:  # Windows
    import msvcrt

    def _taken(descriptor: int) -> bool:
        try:
            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:

    def _taken(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system without locks
            return True
        return True
