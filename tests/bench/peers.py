"""The peers one measures against: C when gcc is there, Brian2 in an environment of its own."""

import ctypes
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent


def compiled(name: str, *flags: str) -> ctypes.CDLL | None:
    """`name`.c by gcc -O3 -march=native, or None without gcc."""
    if not shutil.which("gcc"):
        return None
    library = Path(tempfile.mkdtemp()) / f"{name}.so"
    command = [
        "gcc",
        "-O3",
        "-march=native",
        *flags,
        "-shared",
        "-fPIC",
        str(HERE / f"{name}.c"),
        "-o",
        str(library),
        "-lm",
    ]
    subprocess.run(command, check=True)
    if "-ffast-math" in flags and sys.platform == "linux":
        assert b"_ZGV" in library.read_bytes(), "gcc did not take libmvec's vector exp: no peer"
    return ctypes.CDLL(str(library))


def in_own_environment(package: str, script: str, *arguments: str) -> dict | None:
    """The JSON that `script` (a file beside this one) prints, run where `package` is installed.

    Brian2, NEST and others want a numpy or a torch that is not ours: each has its environment, made on request
    under the user's cache. None when it cannot be made here.
    """
    root = (
        Path(os.environ.get("COURSE_BENCH", Path.home() / ".cache" / "course-bench"))
        / package.split("==")[0]
    )
    python = root / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not (root / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(root)], check=True)
        install = subprocess.run(
            [python, "-m", "pip", "install", "-q", package, "numpy<2", "cython", "setuptools"]
        )
        if install.returncode:
            return None
        (root / "ready").touch()
    done = subprocess.run([python, str(HERE / script), *arguments], capture_output=True, text=True)
    if done.returncode:
        print(done.stderr[-2000:], file=sys.stderr)
        return None
    return json.loads(done.stdout.strip().splitlines()[-1])
