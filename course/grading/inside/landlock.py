"""Landlock: from now on, this process and its children can read these paths, and write nowhere.

Linux 5.13 and later, without a package and without being root. What it does not cover (sockets before 6.7, signals
before 6.12, changes of rights and dates) is refused by `filter`.
"""

import ctypes
import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

CREATE, ADD, RESTRICT = 444, 445, 446  # the same numbers on every architecture
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}  # ABI -> how many rights on files it knows
SYSTEM = (
    "/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64", "/usr/share/zoneinfo", "/etc/ld.so.cache",
    "/etc/localtime", "/dev/urandom", "/dev/random", "/dev/zero", "/proc/cpuinfo", "/proc/meminfo",
    "/sys/devices/system/cpu",
)
PACKAGE = Path(__file__).resolve().parents[2]
OPEN = ("inside", "__init__.py")  # of the grading, what the student's process itself is made of


class Ruleset(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("rights", ctypes.c_uint64), ("parent", ctypes.c_int32)]


libc = ctypes.CDLL(None, use_errno=True)


def version() -> int:
    """The kernel's version of Landlock; 0 where there is none."""
    if sys.platform != "linux":
        return 0
    return max(libc.syscall(CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(1)), 0)


def restrict(abi: int | None = None, readable: Iterable[Path] | None = None, files: Iterable[Path] = ()) -> int:
    """Restrict this process for ever; the version in force.

    Args:
        abi: an older version than the kernel's, to see what it is worth.
        files: folders whose files are read by whoever knows their names: nobody lists them.

    Raises:
        OSError: the kernel refuses.
    """
    abi = min(version(), 6 if abi is None else abi)
    if not abi:
        raise OSError("Landlock absent")
    handled = (1 << RIGHTS[min(abi, 5)]) - 1
    ruleset = Ruleset(handled, 3 if abi >= 4 else 0, 3 if abi >= 6 else 0)
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    descriptor = _called(CREATE, ctypes.byref(ruleset), ctypes.c_size_t(size), ctypes.c_uint32(0))
    opened = rules(allowed() if readable is None else readable)
    named = [(path, READ_FILE) for path in files]
    for path, rights in [*opened, *named, (Path("/dev/null"), READ_FILE | WRITE_FILE)]:
        _allow(descriptor, path, rights & handled)
    if libc.prctl(38, 1, 0, 0, 0):  # PR_SET_NO_NEW_PRIVS
        raise OSError(ctypes.get_errno(), "prctl")
    _called(RESTRICT, ctypes.c_int(descriptor), ctypes.c_uint32(0))
    os.close(descriptor)
    return abi


def allowed() -> set[Path]:
    """Python, its packages, the system's libraries, and the parts of the course that hold no answer."""
    own = {sys.prefix, sys.base_prefix, *(sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib"))}
    return {Path(path).resolve() for path in {*own, *SYSTEM} if os.path.exists(path)} | {PACKAGE}


def hidden() -> set[Path]:
    """Where answers are: this course's, and any other installed beside."""
    sites = {Path(sysconfig.get_path(name)).resolve() for name in ("purelib", "platlib")}
    found = {site / "course" for site in sites} - {PACKAGE}
    found |= {PACKAGE / name for name in ("exercises", "workbook", "_labs", "cli.py")}
    found |= {PACKAGE.parent / name for name in ("solutions", "tests", ".git")}  # a checkout below a Python
    return found | {path for path in (PACKAGE / "grading").iterdir() if path.name not in OPEN}


def rules(paths: Iterable[Path]) -> Iterator[tuple[Path, int]]:
    """(path, rights): a folder that holds something hidden is listed only, and its other parts are read."""
    secret = hidden()
    for path in paths:
        if path in secret or not path.exists():
            continue
        if not any(one.is_relative_to(path) for one in secret):
            yield path, (EXECUTE | READ_FILE | READ_DIR) if path.is_dir() else (EXECUTE | READ_FILE)
            continue
        yield path, READ_DIR
        yield from rules(child for child in path.iterdir() if not child.is_symlink())


def _allow(descriptor: int, path: Path, rights: int) -> None:
    parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = ctypes.byref(Beneath(rights, parent))
        _called(ADD, ctypes.c_int(descriptor), ctypes.c_int(1), rule, ctypes.c_uint32(0))
    finally:
        os.close(parent)


def _called(number: int, *args) -> int:
    result = libc.syscall(ctypes.c_long(number), *args)
    if result < 0:
        raise OSError(ctypes.get_errno(), f"Landlock, appel {number}")
    return result
