"""The environment the course runs in: the current one when it has everything, else `.venv` beside pyproject.toml.

Standard library only: nothing is installed yet. `.venv` counts as ready when its marker, written last, names
the requirements that pyproject.toml asks for today; anything else is repaired by running the installation again.
"""

import contextlib
import errno
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from importlib.machinery import PathFinder
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from course import _install, _stick, cli
from course._install import Obstacle, say

ROOT = Path(__file__).resolve().parent.parent


def start(argv: list[str], torch_index: str) -> int:
    """Run the command `argv` where it can run: here, or in `.venv`, made on the first run."""
    options = cli.parse(argv)
    try:
        lacking = missing(options.extra)
        if not lacking:
            return cli.main(argv)
        if not (ROOT / "pyproject.toml").exists():
            wanted = f'"course[{options.extra}]"' if options.extra else "course"
            raise Obstacle(
                f"L'installation du cours est incomplète, il manque\u00a0: {', '.join(lacking)}.\n"
                f"Réparez-la avec\u00a0: {sys.executable} -m pip install {wanted}"
            )
        python = prepare(ROOT, options.extra, torch_index)
    except Obstacle as obstacle:
        say(str(obstacle))
        return 1
    except KeyboardInterrupt:
        say("Préparation interrompue\u00a0; la même commande la reprendra.")
        return 130
    return hand_over([str(python), "-m", "course.cli", *argv])


def hand_over(command: list[str]) -> int:
    """Become `command`; on Windows, where a process cannot, wait for it and leave Ctrl-C to it."""
    sys.stdout.flush()
    if os.name != "nt":
        os.execv(command[0], command)
    with subprocess.Popen(command) as process:
        while process.returncode is None:
            with contextlib.suppress(KeyboardInterrupt):
                process.wait()
    return process.returncode


def without_torch() -> bool:
    """`COURSE_SANS_TORCH=1`, or a folder made so: the course without PyTorch, where no build of it is at hand."""
    return os.environ.get("COURSE_SANS_TORCH", "") not in ("", "0") or bool(_stick.manifest(ROOT).get("sans_torch"))


def missing(extra: str) -> list[str]:
    """What this very environment lacks to run the course; nothing when the course is installed in it."""
    # sys.path[0] is the folder that `-m` was run from: being found there is not being installed
    spec = PathFinder.find_spec("course", sys.path[1:])
    try:
        requirements = distribution("course").requires or []
    except PackageNotFoundError:
        return ["course"]
    if spec is None or Path(spec.origin).resolve().parent != Path(__file__).resolve().parent:
        return ["course"]
    lacking = []
    for requirement in requirements:
        name = re.match(r"[\w.-]+", requirement).group()
        group = re.search(r"extra *== *['\"]([\w-]+)", requirement)
        if (group and group.group(1) != extra) or (name == "torch" and without_torch()):
            continue
        try:
            distribution(name)
        except PackageNotFoundError:
            lacking.append(name)
    return lacking


def requirements(root: Path, extra: str) -> list[str]:
    """The requirements that pyproject.toml states: the base ones, and those of `extra`."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"]]
    if extra:
        wanted += project["optional-dependencies"][extra]
    return [r for r in wanted if not (r.startswith("torch") and without_torch())]


def fingerprint(root: Path, extra: str) -> str:
    """What a ready `.venv` must have been made for: the requirements, the place, the Python."""
    python = interpreter(root / ".venv").resolve().name
    text = json.dumps([requirements(root, extra), str(root), python])
    return hashlib.sha256(text.encode()).hexdigest()


def interpreter(venv: Path) -> Path:
    """The Python of a virtual environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def ready(root: Path, extra: str) -> bool:
    """True when `.venv` was completely made for `extra`, and its Python is still there."""
    venv = root / ".venv"
    try:
        marks = json.loads((venv / "course.json").read_text(encoding="utf-8"))
        home = re.search(r"home *= *(.*)", (venv / "pyvenv.cfg").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    if home is None or not os.path.exists(home.group(1)) or not interpreter(venv).exists():
        return False
    return marks.get(extra) == fingerprint(root, extra)


def prepare(root: Path, extra: str, torch_index: str) -> Path:
    """Make `.venv`, or finish it, or find it ready; its Python."""
    venv = root / ".venv"
    if ready(root, extra):
        return interpreter(venv)
    try:
        with alone(root / ".venv.lock"):
            if not ready(root, extra):
                build(root, extra, torch_index)
    except PermissionError as error:
        raise Obstacle(_install.READ_ONLY.format(root=root)) from error
    except OSError as error:
        raise Obstacle(_install.explain(str(error), root)) from error
    return interpreter(venv)


def build(root: Path, extra: str, torch_index: str) -> None:
    """Make or repair `.venv`, and write its marker last."""
    venv, marker = root / ".venv", root / ".venv" / "course.json"
    began = time.monotonic()
    marks = json.loads(marker.read_text(encoding="utf-8")) if ready(root, "") else {}
    marker.unlink(missing_ok=True)
    pip = [str(interpreter(venv)), "-m", "pip"]
    wheels = _stick.carried(root)
    if wheels:
        _stick.check(root)
    if not works(pip):
        say("Première utilisation\u00a0: le cours prépare son environnement (quelques minutes, une seule fois).")
        _install.check_space(root, without_torch())
        make(venv, wheels)
    log, alone_from = venv / "installation.log", _stick.settings(wheels) if wheels else {}
    _install.install(pip, requirements(root, extra), torch_index, log, root, alone_from)
    _install.run([*pip, "install", "--no-deps", "--editable", str(root)], log, root, alone_from)
    link(venv, root)
    for name in {"", extra}:
        marks[name] = fingerprint(root, name)
    _install.write(marker, json.dumps(marks))
    say(f"Environnement prêt en {time.monotonic() - began:.0f}\u00a0s.")


def link(venv: Path, root: Path) -> None:
    """Write pip's link to the clone in plain ASCII: up to Python 3.12 it is read in the letters of the locale."""
    if str(root).isascii():
        return
    for path in venv.glob("[Ll]ib/**/site-packages/*.pth"):
        text = path.read_text(encoding="utf-8", errors="replace").strip()
        if "\n" not in text and os.path.exists(text) and os.path.samefile(text, root):
            _install.write(path, f"import os, sys; sys.path.append(os.fsdecode({os.fsencode(root)!r}))\n")


def works(pip: list[str]) -> bool:
    """True when that pip answers: its Python is there, whole, and recent enough."""
    if not os.path.exists(pip[0]):
        return False
    check = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([pip[0], "-c", check], capture_output=True).returncode == 0


def make(venv: Path, wheels: Path | None = None) -> None:
    """Make an empty virtual environment with pip in it, from that folder of wheels when there is one."""
    if venv.exists():
        shutil.rmtree(venv)
    if has("venv") and has("ensurepip"):
        create(["-m", "venv", str(venv)], venv.parent)
    # Debian ships Python without ensurepip: a pip beside it can put pip into an environment that has none
    elif has("venv") and has("pip"):
        create(["-m", "venv", "--without-pip", str(venv)], venv.parent)
        host = [sys.executable, "-m", "pip", "--python", str(interpreter(venv))]
        settings = _stick.settings(wheels) if wheels else {}
        _install.run([*host, "install", "pip"], venv / "installation.log", venv.parent, settings)
    else:
        raise Obstacle(_install.NO_VENV.format(minor=sys.version_info[1], python=sys.executable))


def has(module: str) -> bool:
    """True when this Python has that module, and not an empty folder of its name."""
    spec = importlib.util.find_spec(module)
    return spec is not None and spec.origin is not None


def create(arguments: list[str], root: Path) -> None:
    """Run the standard `venv`; what it prints explains a failure."""
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True)
    if done.returncode:
        raise Obstacle(_install.explain(done.stdout + done.stderr, root))


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock file: two first runs at once take turns."""
    with open(path, "a+") as file:
        waited = False
        while not locked(file):
            if not waited:
                say("Une autre fenêtre prépare déjà l'environnement\u00a0: attente de sa fin.")
            waited = True
            time.sleep(0.3)
        yield


def locked(file) -> bool:
    """Try to lock `file` until it is closed; False when another process holds it."""
    try:
        if os.name == "nt":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError as error:
        # some network disks have no locks: going on alone is then the only way on
        if error.errno not in (errno.ENOLCK, errno.ENOTSUP):
            raise
    return True
