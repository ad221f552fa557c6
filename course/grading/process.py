"""The notebook's process: started with limits, spoken to through a pipe, always ended."""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from course.grading.inside.pipe import Closed, Pipe
from course.grading.walls import NONE, Walls

ROOT = Path(__file__).resolve().parents[2]
START = 60.0  # seconds for Python and numpy to load on a slow machine


@dataclass(frozen=True)
class Limits:
    """What a notebook may use.

    Args:
        memory: of address space [bytes].
        cell: seconds for one cell, judging not counted.
        total: seconds for the whole notebook, of processor and of clock.
        file: the largest file [bytes].
        processes: how many more threads and processes the user may have.
    """

    memory: int = 4 * 2**30
    cell: float = 20.0
    total: float = 240.0
    file: int = 64 * 2**20
    processes: int | None = None


class Process:
    """A running notebook."""

    def __init__(self, limits: Limits, walls: Walls = NONE, kernels: Path | None = None):
        """Args:
            walls: the sandbox to shut it in.
            kernels: where compiled kernels are read from; in the sandbox nothing is written there.
        """
        self.folder = Path(tempfile.mkdtemp(prefix="cours-carnet-"))
        theirs, ours = os.pipe(), os.pipe()
        line = walls.line(["course.grading.inside", str(theirs[0]), str(ours[1])], self.folder, kernels)
        try:
            self._process = subprocess.Popen(
                line, cwd=self.folder, env=environment(self.folder, kernels), pass_fds=(theirs[0], ours[1]),
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                start_new_session=True, preexec_fn=lambda: limit(limits),
            )
        finally:
            os.close(theirs[0])
            os.close(ours[1])
        self.pipe = Pipe(ours[0], theirs[1])
        self.alive = True
        self.walls = walls

    def ready(self) -> None:
        """Wait until it listens, in the sandbox that was asked for.

        Raises:
            Closed, Late: it could not start, or not be shut in.
        """
        said = self.pipe.receive(START)
        if self.walls and said.get("landlock") != self.walls.landlock:
            raise Closed

    def end(self) -> None:
        """Kill it and all its group, and remove its folder."""
        if not self.alive:
            return
        self.alive = False
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        self.pipe.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def limit(limits: Limits) -> None:
    """In the process, before Python starts again: what it may use."""
    import resource  # absent on Windows

    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: it does not outlive the one who judges it
    seconds = int(limits.total)
    wanted = {
        resource.RLIMIT_AS: limits.memory, resource.RLIMIT_FSIZE: limits.file, resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 128,
    }
    if limits.processes is not None:
        wanted[resource.RLIMIT_NPROC] = limits.processes
    for what, most in wanted.items():
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most, most) if hard == resource.RLIM_INFINITY or most <= hard else (hard, hard))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))


def environment(folder: Path, kernels: Path | None = None) -> dict[str, str]:
    """Nothing of the person's own variables but the language; one thread; every cache in the temporary folder, but
    that of the kernels when it is given."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH") if name in os.environ}
    threads = ("OPENBLAS", "OMP", "MKL", "NUMBA", "NUMEXPR")
    return kept | {f"{name}_NUM_THREADS": "1" for name in threads} | {
        "HOME": str(folder), "TMPDIR": str(folder), "MPLCONFIGDIR": str(folder), "IPYTHONDIR": str(folder),
        "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "MPLBACKEND": "Agg", "COURSE_PROFILE": "flash",
        "PYTHONDONTWRITEBYTECODE": "1", "COURSE_PROGRESS": str(folder / "progression.json"),
        **({"COURSE_KERNELS": str(kernels)} if kernels else {}),
    }
