"""One submission graded in a process of its own, so that nothing it does can stop the others; its record as JSON."""

import hashlib
import json
import lzma
import multiprocessing
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from course._install import write
from course.exercises.french import typeset
from course.grading import orphans
from course.grading.process import Limits
from course.grading.results import NotThisLab, Result, results
from course.grading.walls import Walls
from course.workbook import salvage

LARGEST = 50 * 2**20
MEMORY = 3 * 2**30  # that grading may add to what Python and the course take
CORRUPT = (zipfile.BadZipFile, OSError, RuntimeError, EOFError, ValueError, struct.error, zlib.error, lzma.LZMAError)
MARGIN = 60.0  # seconds that grading may add to the notebook's own


@dataclass(frozen=True)
class Task:
    """What to grade, and how."""

    student: str
    path: Path
    lab: bytes
    limits: Limits
    seed: int
    walls: Walls
    kernels: Path | None = None


def content(path: Path) -> bytes:
    """The notebook handed in: a file `.ipynb`, or the one inside what `course rendre` wrote.

    Raises:
        NotThisLab: too large, unreadable, a link, or an archive without exactly one notebook.
    """
    if path.is_symlink():
        raise NotThisLab("Ce fichier est un lien vers un autre\u00a0: il n'a pas été suivi.")
    try:
        large = path.stat().st_size > LARGEST
        with path.open("rb"):
            pass
    except OSError as error:
        raise NotThisLab(f"Le fichier ne se lit pas ({error.strerror}).") from None
    if large:
        raise NotThisLab("Le fichier dépasse 50\u00a0Mo.")
    if path.suffix.lower() != ".zip":
        return path.read_bytes()
    try:
        with zipfile.ZipFile(path) as archive:
            inside = [
                one for one in archive.infolist() if one.filename.endswith(".ipynb") and not left_by(one.filename)
            ]
            if len(inside) != 1 or inside[0].file_size > LARGEST:
                raise NotThisLab(f"L'archive contient {len(inside)}\u00a0carnets\u00a0; un seul est attendu.")
            with archive.open(inside[0]) as file:
                return file.read(LARGEST)
    except NotThisLab:
        raise
    except CORRUPT as error:
        raise NotThisLab(f"L'archive ne s'ouvre pas ({error}).") from None


def left_by(name: str) -> bool:
    """What macOS and Jupyter leave beside a notebook: no notebook of the student's."""
    parts = name.split("/")
    return any(part == "__MACOSX" or (part.startswith(".") and part != "..") for part in parts)


def graded(task: Task) -> dict:
    """The record of one submission."""
    data = b""
    try:
        data = content(task.path)
        found = results(data, salvage.read(task.lab), task.limits, task.seed, task.walls, task.kernels)
    except NotThisLab as problem:
        return _record(task, data, [], str(problem))
    return _record(task, data, found, "")


def _record(task: Task, data: bytes, found: list[Result], problem: str) -> dict:
    return {
        "etudiant": plain(task.student), "fichier": plain(task.path.name), "sha256": hashlib.sha256(data).hexdigest(),
        "graine": task.seed, "bac_a_sable": str(task.walls), "probleme": problem,
        "exercices": [
            {
                "id": one.id, "titre": typeset(one.title), "bareme": one.points, "points": one.earned,
                "a_la_main": one.manual, "statut": one.verdict.status, "phrase": typeset(one.verdict.sentence),
                "idee": typeset(one.verdict.idea), "trace": one.verdict.trace, "reponse": one.text[:20_000],
                "verite": typeset(one.told),
            }
            for one in found
        ],
    }


def start(task: Task, record: Path) -> multiprocessing.Process:
    """Grade one submission in another process, which writes its record."""
    process = multiprocessing.get_context("fork").Process(target=_into, args=(task, record))
    process.start()
    return process


def ended(process: multiprocessing.Process, task: Task, record: Path) -> dict:
    """The record of a process that has ended, or has to; a grader that died is said in the record."""
    if process.is_alive():
        process.kill()
    process.join()
    if process.exitcode != 0 or not record.exists():
        return _record(task, b"", [], "La correction de ce carnet s'est arrêtée\u00a0: à relire à la main.")
    return json.loads(record.read_text(encoding="utf-8"))


def _into(task: Task, record: Path) -> None:
    bound()
    orphans.adopt()
    write(record, plain(json.dumps(graded(task), ensure_ascii=False, indent=1)))
    orphans.end()


def plain(text: str) -> str:
    """Without halves of characters, which no file takes: a name in another encoding, an escape in a notebook."""
    return text.encode("utf-8", "replace").decode()


def bound() -> None:
    """The one who judges has a limit too: a notebook may ask the course's functions for something enormous."""
    import resource  # absent on Windows

    pages = Path("/proc/self/statm")
    taken = int(pages.read_text().split()[0]) * resource.getpagesize() if pages.exists() else 0
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = taken + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
