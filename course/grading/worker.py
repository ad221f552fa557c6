"""One submission graded in a process of its own, so that nothing it does can stop the others; its record as JSON."""

import hashlib
import json
import multiprocessing
import zipfile
from dataclasses import dataclass
from pathlib import Path

from course._install import write
from course.exercises.french import typeset
from course.grading.process import Limits
from course.grading.results import NotThisLab, Result, results
from course.workbook import salvage

LARGEST = 50 * 2**20
MARGIN = 60.0  # seconds that grading may add to the notebook's own


@dataclass(frozen=True)
class Task:
    """What to grade, and how."""

    student: str
    path: Path
    lab: bytes
    limits: Limits
    seed: int
    landlock: int


def content(path: Path) -> bytes:
    """The notebook handed in: a file `.ipynb`, or the one inside what `course rendre` wrote.

    Raises:
        NotThisLab: too large, or an archive without exactly one notebook.
    """
    if path.stat().st_size > LARGEST:
        raise NotThisLab("Le fichier dépasse 50\u00a0Mo.")
    if path.suffix.lower() != ".zip":
        return path.read_bytes()
    try:
        with zipfile.ZipFile(path) as archive:
            inside = [one for one in archive.infolist() if one.filename.endswith(".ipynb")]
            if len(inside) != 1 or inside[0].file_size > LARGEST:
                raise NotThisLab(f"L'archive contient {len(inside)}\u00a0carnets\u00a0; un seul est attendu.")
            with archive.open(inside[0]) as file:
                return file.read(LARGEST)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as error:
        raise NotThisLab(f"L'archive ne s'ouvre pas ({error}).") from None


def graded(task: Task) -> dict:
    """The record of one submission."""
    data = b""
    try:
        data = content(task.path)
        found = results(data, salvage.read(task.lab), task.limits, task.seed, task.landlock)
    except NotThisLab as problem:
        return _record(task, data, [], str(problem))
    return _record(task, data, found, "")


def _record(task: Task, data: bytes, found: list[Result], problem: str) -> dict:
    return {
        "etudiant": task.student, "fichier": task.path.name, "sha256": hashlib.sha256(data).hexdigest(),
        "graine": task.seed, "bac_a_sable": task.landlock, "probleme": problem,
        "exercices": [
            {
                "id": one.id, "titre": typeset(one.title), "bareme": one.points, "points": one.earned,
                "a_la_main": one.manual, "statut": one.verdict.status, "phrase": typeset(one.verdict.sentence),
                "idee": typeset(one.verdict.idea), "trace": one.verdict.trace, "reponse": one.text[:20_000],
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
    write(record, json.dumps(graded(task), ensure_ascii=False, indent=1).encode("utf-8", "replace").decode())
