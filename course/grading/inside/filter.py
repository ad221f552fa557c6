"""A seccomp filter: the calls to the system that a notebook has no use for are refused, for ever.

No socket, no other process or thread (no fork, no exec), no signal to anybody else, no debugging, no mount, no change
of rights, owners or dates, no memory outside the limits, no watching of folders.
x86-64 only: elsewhere there is no filter, and it is said.
"""

import ctypes
import errno
import os
import platform
import sys

ARCH = 0xC000003E
ALLOW, KILL = 0x7FFF0000, 0x80000000
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
NUMBER, MACHINE, ARGUMENTS = 0, 4, 16  # where they stand in what the filter sees
SECCOMP, SET_FILTER, ALL_THREADS = 317, 1, 1

REFUSED = {
    "network": (41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 288, 299, 307),
    "processes and threads": (56, 57, 58, 59, 322, 101, 310, 311, 434, 438, 440, 109, 112),
    "signals": (129, 200, 297, 424),
    "shared memory": (29, 30, 31, 64, 65, 66, 67, 68, 69, 70, 71, 220, 240, 241, 319, 447),
    "rights, owners, dates": (90, 91, 92, 93, 94, 132, 235, 260, 261, 268, 280, 452,
                              188, 189, 190, 197, 198, 199, 463, 466),
    "who one is": (105, 106, 113, 114, 116, 117, 119, 122, 123, 126),
    "what others do": (253, 254, 255, 294, 300, 301),
    "files by other ways": (76, 303, 304, 133, 259, 179, 443),
    "mounts and spaces": (155, 161, 165, 166, 272, 308, 428, 429, 430, 431, 432, 433, 442),
    "kernel": (103, 135, 159, 163, 164, 167, 168, 169, 170, 171, 172, 173, 175, 176, 227, 246, 248, 249, 250, 298,
               305, 313, 320, 321, 323, 425, 426, 427),
    "priority": (141, 142, 144, 251, 314),
}
CLONE3, KILL_CALL, TGKILL, PRLIMIT, FCNTL, PRCTL = 435, 62, 234, 302, 72, 157
DEATH = 1  # PR_SET_PDEATHSIG: it ends when the one who judges it does
OWNERS = (8, 10, 15)  # F_SETOWN, F_SETSIG, F_SETOWN_EX: signals by another way

Instruction = tuple[int, int, int, int]


class Line(ctypes.Structure):
    _fields_ = [("code", ctypes.c_uint16), ("yes", ctypes.c_uint8), ("no", ctypes.c_uint8), ("k", ctypes.c_uint32)]


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_uint16), ("lines", ctypes.POINTER(Line))]


def available() -> bool:
    """True where the numbers above are the right ones."""
    return sys.platform == "linux" and platform.machine() == "x86_64" and sys.maxsize > 2**32


def refuse(code: int = errno.EPERM) -> Instruction:
    return RETURN, 0, 0, 0x00050000 | code


def program(pid: int) -> list[Instruction]:
    """The filter of the process `pid`: each line is (operation, jump if true, jump if false, value)."""
    allow = (RETURN, 0, 0, ALLOW)
    lines = [
        (LOAD, 0, 0, MACHINE), (EQUAL, 1, 0, ARCH), (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER), (AT_LEAST, 0, 1, 0x40000000), refuse(),
        (EQUAL, 0, 1, CLONE3), refuse(errno.ENOSYS),  # the C library then asks for clone, whose flags can be read
        (EQUAL, 0, 4, PRCTL), (LOAD, 0, 0, ARGUMENTS), (EQUAL, 0, 1, DEATH), refuse(), allow,
    ]
    for call, only in ((KILL_CALL, pid), (TGKILL, pid), (PRLIMIT, 0)):
        lines += [(EQUAL, 0, 4, call), (LOAD, 0, 0, ARGUMENTS), (EQUAL, 1, 0, only), refuse(), allow]
    lines += [(EQUAL, 0, 6, FCNTL), (LOAD, 0, 0, ARGUMENTS + 8)]
    lines += [(EQUAL, 3 - k, 0, command) for k, command in enumerate(OWNERS)]
    lines += [allow, refuse()]
    for numbers in REFUSED.values():
        for number in numbers:
            lines += [(EQUAL, 0, 1, number), refuse()]
    return [*lines, allow]


def install() -> None:
    """Put the filter on every thread of this process.

    Raises:
        OSError: the kernel refuses, or this is no x86-64.
    """
    if not available():
        raise OSError("aucun filtre pour cette machine")
    libc = ctypes.CDLL(None, use_errno=True)
    lines = program(os.getpid())
    array = (Line * len(lines))(*(Line(*line) for line in lines))
    if libc.prctl(38, 1, 0, 0, 0):  # PR_SET_NO_NEW_PRIVS
        raise OSError(ctypes.get_errno(), "prctl")
    made = Program(len(lines), array)
    if libc.syscall(ctypes.c_long(SECCOMP), ctypes.c_uint(SET_FILTER), ctypes.c_uint(ALL_THREADS), ctypes.byref(made)):
        raise OSError(ctypes.get_errno(), "seccomp")
