"""The walls around a notebook: which ones, in words, and what starts Python behind them."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course.grading.inside import filter, landlock

NEWEST = 6  # of the versions of Landlock that are made use of


@dataclass(frozen=True)
class Walls:
    """A sandbox; `Walls()` is none. The seccomp filter is in all others: neither of these forbids all that it does.

    Args:
        landlock: its version, 0 without.
        bubblewrap: whether the notebook sees a file system of its own, with no other process and no network in sight.
    """

    landlock: int = 0
    bubblewrap: bool = False

    def __bool__(self) -> bool:
        return bool(self.landlock or self.bubblewrap)

    def __str__(self) -> str:
        """« bubblewrap, Landlock 6 et filtre seccomp »."""
        names = ["bubblewrap"] * self.bubblewrap + [f"Landlock {self.landlock}"] * bool(self.landlock)
        return ", ".join(names) + " et filtre seccomp" if self else "aucun bac à sable"

    def line(self, module: list[str], folder: Path, kernels: Path | None) -> list[str]:
        """What starts `python -m module` behind them; it puts up those of its own process itself."""
        python = Path(sys.executable)
        python = python.parent.resolve() / python.name  # a link there is how an environment knows itself
        line = [str(python), "-s", "-B", "-m", *module]
        if self:
            line += [str(self.landlock), *([str(kernels)] if kernels else [])]
        return [*bubble(python, folder, kernels, bool(self.landlock)), *line] if self.bubblewrap else line


NONE = Walls()


def possible() -> list[Walls]:
    """Strongest first."""
    if not filter.available():
        return []
    abi = min(landlock.version(), NEWEST)
    inside_bubble = [Walls(abi, True)] if shutil.which("bwrap") else []
    return inside_bubble + ([Walls(abi)] if abi else [])


def bubble(python: Path, folder: Path, kernels: Path | None, proc: bool) -> list[str]:
    """bubblewrap's own line: what Landlock would let be read is all there is, and nothing is written.

    Args:
        python: what is started. folder: its empty folder. kernels: what it may read besides.
        proc: whether it needs to see itself, until Landlock hides that too.
    """
    line = ["bwrap", "--unshare-all", "--die-with-parent", "--cap-drop", "ALL", "--dev-bind", "/dev/null", "/dev/null"]
    line += ["--proc", "/proc"] if proc else []
    seen: set[Path] = set()
    for path in sorted({*landlock.allowed(), python.resolve(), *([kernels.resolve()] if kernels else [])}):
        if not seen & {path, *path.parents} and not (proc and path.is_relative_to("/proc")):
            seen.add(path)
            line += ["--dev-bind" if path.is_relative_to("/dev") else "--ro-bind", str(path), str(path)]
    for path in sorted(landlock.hidden()):
        if seen & {*path.parents} and path.is_dir():
            line += ["--tmpfs", str(path), "--remount-ro", str(path)]
        elif seen & {*path.parents} and path.exists():
            line += ["--ro-bind", "/dev/null", str(path)]
    for link, target in links([python, *map(Path, landlock.SYSTEM)]):
        if not seen & {link, *link.parents}:
            line += ["--symlink", target, str(link)]
    return [*line, "--dir", str(folder), "--chdir", str(folder), "--remount-ro", "/"]


def links(paths: list[Path]) -> Iterator[tuple[Path, str]]:
    """(link, where it says that it goes), from each path to what is no link."""
    for path in paths:
        while path.is_symlink():
            target = str(path.readlink())
            yield path, target
            path = path.parent / target
            path = path.parent.resolve() / path.name
