"""A seccomp filter: the calls to the system that a notebook has no use for are refused, for ever.

No socket, no other process or thread (no fork, no exec), no signal to anybody else, no debugging, no mount, no change
of rights, owners or dates, no memory outside the limits, no watching of folders, nothing newer than what is known here.
On x86-64 and aarch64: elsewhere there is no filter, and it is said.
"""

import ctypes
import errno
import os
import platform
import sys

from course.grading.inside.calls import (
    CLONE3,
    FCNTL,
    KILL_CALL,
    NEWER,
    PRCTL,
    PRLIMIT,
    REFUSED,
    SECCOMP,
    TGKILL,
)

MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # which number of `calls`, and the kernel's name
ALLOW, KILL = 0x7FFF0000, 0x80000000
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
NUMBER, MACHINE, ARGUMENTS = 0, 4, 16  # where they stand in what the filter sees
SET_FILTER, ALL_THREADS = 1, 1
DEATH = 1  # PR_SET_PDEATHSIG: it ends when the one who judges it does
OWNERS = (8, 10, 15)  # F_SETOWN, F_SETSIG, F_SETOWN_EX: signals by another way

Instruction = tuple[int, int, int, int]


class Line(ctypes.Structure):
    _fields_ = [("code", ctypes.c_uint16), ("yes", ctypes.c_uint8), ("no", ctypes.c_uint8), ("k", ctypes.c_uint32)]


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_uint16), ("lines", ctypes.POINTER(Line))]


def available() -> bool:
    """True where the numbers of the calls are known."""
    return sys.platform == "linux" and platform.machine() in MACHINES and sys.maxsize > 2**32


def refuse(code: int = errno.EPERM) -> Instruction:
    return RETURN, 0, 0, 0x00050000 | code


def program(pid: int, machine: str) -> list[Instruction]:
    """The filter of the process `pid`: each line is (operation, jump if true, jump if false, value)."""
    k, arch = MACHINES[machine]
    allow = (RETURN, 0, 0, ALLOW)
    lines = [
        (LOAD, 0, 0, MACHINE), (EQUAL, 1, 0, arch), (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER), (AT_LEAST, 0, 1, 0x40000000), refuse(), (AT_LEAST, 0, 1, NEWER), refuse(errno.ENOSYS),
        (EQUAL, 0, 1, CLONE3[k]), refuse(errno.ENOSYS),  # the C library then asks for clone, whose flags can be read
        (EQUAL, 0, 4, PRCTL[k]), (LOAD, 0, 0, ARGUMENTS), (EQUAL, 0, 1, DEATH), refuse(), allow,
    ]
    for call, only in ((KILL_CALL, pid), (TGKILL, pid), (PRLIMIT, 0)):
        lines += [(EQUAL, 0, 4, call[k]), (LOAD, 0, 0, ARGUMENTS), (EQUAL, 1, 0, only), refuse(), allow]
    lines += [(EQUAL, 0, 6, FCNTL[k]), (LOAD, 0, 0, ARGUMENTS + 8)]
    lines += [(EQUAL, 3 - n, 0, command) for n, command in enumerate(OWNERS)]
    lines += [allow, refuse()]
    for calls in REFUSED.values():
        for numbers in calls.values():
            if numbers[k] is not None:
                lines += [(EQUAL, 0, 1, numbers[k]), refuse()]
    return [*lines, allow]


def install() -> None:
    """Put the filter on every thread of this process.

    Raises:
        OSError: the kernel refuses, or the calls of this machine are not known.
    """
    if not available():
        raise OSError("aucun filtre pour cette machine")
    libc = ctypes.CDLL(None, use_errno=True)
    lines = program(os.getpid(), platform.machine())
    array = (Line * len(lines))(*(Line(*line) for line in lines))
    if libc.prctl(38, 1, 0, 0, 0):  # PR_SET_NO_NEW_PRIVS
        raise OSError(ctypes.get_errno(), "prctl")
    made = Program(len(lines), array)
    number = SECCOMP[MACHINES[platform.machine()][0]]
    if libc.syscall(ctypes.c_long(number), ctypes.c_uint(SET_FILTER), ctypes.c_uint(ALL_THREADS), ctypes.byref(made)):
        raise OSError(ctypes.get_errno(), "seccomp")
