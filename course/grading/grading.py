"""`course noter`: a folder of submissions to marks, a page per student, one for the class; taken up again."""

import hashlib
import json
import os
import random
import re
import stat
import time
from collections import Counter
from collections.abc import Iterator
from multiprocessing import connection
from pathlib import Path

from course._install import Obstacle, write
from course.grading import (
    anonymous,
    by_hand,
    kernels,
    orphans,
    pages,
    questions,
    sandbox,
    tables,
    worker,
)
from course.grading.process import Limits
from course.grading.results import NotThisLab, exercises_of, lab_page
from course.grading.walls import NONE
from course.workbook import salvage, workspace
from course.workbook.maj.counterparts import mark

UNBOXED = "Sans bac à sable\u00a0: le code des étudiants avait tous vos droits."
KINDS = (".ipynb", ".zip")
DOUBTFUL = "Sur cette machine, le corrigé n'a pas tous ses points ({ids})\u00a0: relisez ces exercices à la main."
TWICE = "Plusieurs carnets de cet étudiant\u00a0: choisissez lequel compte."


def grade(folder: Path, td: str, out: Path, boxed: bool = True, jobs: int = 2, named: bool = True) -> Iterator[str]:
    """Grade every submission of `folder`; what is worth saying, as it goes.

    Args:
        out: where the marks go; the records of an interrupted grading are taken up from there.
        boxed: False grades without a sandbox, where none is possible.
        named: False numbers the copies; `correspondance.csv` tells whose each is.

    Raises:
        Obstacle: no such folder or TD, no sandbox, or marks by hand that cannot be read.
    """
    folder, out = folder.expanduser().resolve(), out.expanduser().resolve()
    if not folder.is_dir():
        raise Obstacle(f"{folder} n'est pas un dossier.")
    if out == folder or out.is_relative_to(folder):
        raise Obstacle("Les résultats ne vont pas dans le dossier des rendus\u00a0: choisissez une autre --sortie.")
    try:
        name, lab = lab_page(workspace.labs_folder(), td)
    except NotThisLab as problem:
        raise Obstacle(str(problem)) from None
    kept = by_hand.read(out / by_hand.NAME)
    walls, seen = sandbox.proved() if boxed else (NONE, UNBOXED)
    yield seen
    todo = list(submissions(folder))
    if not todo:
        raise Obstacle(f"Aucun carnet (.ipynb, .zip) dans {folder}.")
    (out / "dossiers").mkdir(parents=True, exist_ok=True)
    yield f"Le corrigé du {name.partition('_')[0]} est noté d'abord, et ses modèles compilés…"
    place = kernels.folder()
    failed = kernels.prepared(name, lab, place, walls, Limits())
    if failed:
        seen = f"{seen} {DOUBTFUL.format(ids=', '.join(failed))}"
        yield DOUBTFUL.format(ids=", ".join(failed))
    text = (workspace.labs_folder() / f"{name}.ipynb").read_bytes()
    tasks = [
        worker.Task(student, path, text, Limits(), random.SystemRandom().randrange(2**32), walls, place)
        for student, path in todo
    ]
    records: dict[int, dict] = {}
    for number, record in _all(tasks, out / "dossiers", jobs):
        records[number] = record
        said = record["probleme"] or f"{tables.decimal(sum(one['points'] for one in record['exercices']))} points"
        yield f"{len(records)}/{len(tasks)}  {tables.one_line(record['etudiant'])}\u00a0: {said}"
    for path in left_out(folder):
        yield f"Ni .ipynb ni .zip, à regarder\u00a0: {tables.one_line(worker.plain(str(path.relative_to(folder))))}"
    found = [records[k] for k in range(len(tasks))]
    if not named:
        found, table = anonymous.numbered(found)
        write(out / "correspondance.csv", table)
    found, rows = by_hand.marked(found, kept)
    write(out / by_hand.NAME, by_hand.table(rows))
    _written(out, found, name, list(exercises_of(lab)), seen)
    _asked(out, found, name, lab)
    if by_hand.unread(rows):
        yield f"Réponses rédigées à noter\u00a0: {by_hand.unread(rows)}, dans {out / by_hand.NAME} (questions/)"
    yield f"Notes\u00a0: {out / 'notes.csv'}\u00a0; la classe\u00a0: {out / 'classe.html'}"


def _all(tasks: list[worker.Task], folder: Path, jobs: int) -> Iterator[tuple[int, dict]]:
    """(number, record) of every task as it ends, `jobs` at a time; a record of an earlier run is taken as it is."""
    waiting, running = list(enumerate(tasks)), {}
    orphans.adopt()
    others = orphans.children()
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                number, task = waiting.pop(0)
                path = _record_of(task, folder)
                known = _known(path)
                if known is not None:
                    yield number, known
                else:
                    process = worker.start(task, path)
                    running[number] = process, task, path, time.monotonic() + 2 * task.limits.total + worker.MARGIN
            connection.wait([process.sentinel for process, *_ in running.values()], timeout=1)
            for number, (process, task, path, end) in list(running.items()):
                if not process.is_alive() or time.monotonic() > end:
                    del running[number]
                    record = worker.ended(process, task, path)
                    orphans.end(but=[*others, *(process.pid for process, *_ in running.values())])
                    yield number, record
    finally:
        for process, *_ in running.values():
            process.terminate()
            process.join()
        orphans.end(but=others)


def submissions(folder: Path) -> Iterator[tuple[str, Path]]:
    """(student, file): a file each, or a folder each; of two of one student, each has its line."""
    for path in _files(folder):
        inside = path.relative_to(folder)
        if path.suffix.lower() not in KINDS:
            continue
        alone = re.sub(r"^TD\d\d_[a-z_]+?_(?=[^a-z_])", "", path.stem)  # TD04_taux_de_decharge_Zoé: Zoé
        yield (inside.parts[0] if len(inside.parts) > 1 else alone), path


def left_out(folder: Path) -> list[Path]:
    """Files that are no notebook: one of them may be a submission in disguise."""
    return [path for path in _files(folder) if path.suffix.lower() not in KINDS]


def _files(folder: Path) -> list[Path]:
    """The files of a folder, links too, but not what macOS, Jupyter or a drive hide there."""
    return [
        path for path in sorted(folder.rglob("*"))
        if (path.is_symlink() or path.is_file()) and not worker.left_by("/".join(path.relative_to(folder).parts))
    ]


def _record_of(task: worker.Task, folder: Path) -> Path:
    """The name of a record says all that the marks depend on: the file, the lab, the sandbox."""
    told = hashlib.sha256(b"|".join([os.fsencode(task.path), task.lab, str(task.walls).encode(), b""]))
    try:
        about = task.path.lstat()
        if stat.S_ISREG(about.st_mode) and about.st_size <= worker.LARGEST:
            told.update(task.path.read_bytes())
        else:
            told.update(repr(tuple(about)).encode())
    except OSError as error:  # what cannot be read is said in its record
        told.update(repr(error).encode())
    return folder / f"{told.hexdigest()[:24]}.json"


def _known(path: Path) -> dict | None:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None


def _written(out: Path, records: list[dict], td: str, ids: list[str], seen: str) -> None:
    several = Counter(record["etudiant"] for record in records)
    records = [
        record | {"probleme": f"{record['probleme']} {TWICE}".strip()} if several[record["etudiant"]] > 1 else record
        for record in records
    ]
    (out / "etudiants").mkdir(exist_ok=True)
    for number, record in enumerate(records, 1):
        plain = re.sub(r"[^\w-]+", "_", record["etudiant"])[:60]
        write(out / "etudiants" / f"{number:03d}_{plain}.html", pages.student(record, td, seen))
    write(out / "classe.html", pages.group(records, td, seen))
    write(out / "notes.csv", tables.marks(records, ids))


def _asked(out: Path, records: list[dict], td: str, lab: salvage.Page) -> None:
    """A page for each open question."""
    (out / "questions").mkdir(exist_ok=True)
    asked = {mark(cell, "exercise"): cell["source"] for cell in lab.cells}
    answers = questions.expected(td)
    for id, ones in by_hand.by_question(records):
        write(out / "questions" / f"{id}.html", questions.page(id, ones, asked[id], answers.get(id, "")))
