"""From a notebook to its results, exercise by exercise."""

import ast
import random
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from course.exercises.catalogue import every_exercise
from course.exercises.guard import Guard
from course.exercises.stopped import stopped_verdict
from course.exercises.verdict import ERROR, NOT_YET, PASSED, TO_DO, Verdict
from course.grading.borrowed import asks_for_the_answer
from course.grading.cells import code_cells, needed
from course.grading.process import Limits, Process
from course.grading.remote import raised
from course.grading.session import CALLED, SOLUTION, Session
from course.grading.walls import NONE, Walls
from course.workbook import salvage
from course.workbook.maj.counterparts import mark
from course.workbook.maj.lines import same

MISSING = "Cet exercice n'est plus dans votre carnet\u00a0: sa cellule a été supprimée."
BY_HAND = "par l'enseignant"


@dataclass(frozen=True)
class Result:
    """One exercise of one notebook; an open answer (`manual`) is read by a person."""

    id: str
    title: str
    points: float
    verdict: Verdict
    manual: bool = False
    text: str = ""
    told: str = ""  # to the one who marks it by hand

    @property
    def earned(self) -> float:
        return self.points if self.verdict.status == PASSED and not self.manual else 0.0


class NotThisLab(Exception):
    """The notebook is none, or another TD's; the text says which."""


def lab_page(labs: Path, td: str) -> tuple[str, salvage.Page]:
    """The course's own lab « 04 » or « TD04 »: (its name, its cells)."""
    number = td.upper().removeprefix("TD").zfill(2)
    path = next(iter(sorted(labs.glob(f"TD{number}_*.ipynb"))), None)
    if path is None:
        known = ", ".join(sorted(p.stem.split("_")[0] for p in labs.glob("TD*.ipynb")))
        raise NotThisLab(f"Il n'y a pas de TD{number} (TD connus\u00a0: {known}).")
    return path.stem, salvage.read(path.read_bytes())


def results(
    data: bytes, lab: salvage.Page, limits: Limits, seed: int | None = None, walls: Walls = NONE,
    kernels: Path | None = None,
) -> list[Result]:
    """Every exercise of the lab, as this notebook answers it.

    Args:
        seed: of the inputs' draws; a new one each time without it.
        walls: the sandbox. kernels: what it finds already compiled, see `kernels`.

    Raises:
        NotThisLab: « Le fichier n'est pas un carnet lisible. »
    """
    page = salvage.read(data)
    if page is None:
        raise NotThisLab("Le fichier n'est pas un carnet lisible.")
    asked = exercises_of(lab)
    mine = {id: [cell for cell in page.cells if mark(cell, "exercise") == id] for id in asked}
    if not any(mine.values()) and not _checks(page) & set(asked):
        raise NotThisLab("Aucun exercice de ce TD n'est dans ce carnet\u00a0: est-ce le bon TD\u00a0?")
    known = {one.id: one for one in every_exercise() if one.id in asked}
    names = {id: name for cell in code_cells(lab.cells) for id, name in cell.checks.items()}
    coded = {id: known[id] for id in known if not asked[id].get("manual") and names.get(id)}
    cells = needed(code_cells(page.cells), set(coded))
    seed = random.SystemRandom().randrange(2**32) if seed is None else seed
    box = partial(Process, walls=walls, kernels=kernels)
    session = Session(cells, coded, limits, seed, box)
    session.run(names)
    if session.helped:
        alone = Session(cells, coded, limits, seed, box, frozenset(session.helped))
        alone.run(names)
        for id in session.helped:
            if id not in alone.verdicts or not alone.verdicts[id].passed:
                session.verdicts[id] = Verdict(NOT_YET, CALLED, idea=SOLUTION)
    numbers = named_numbers(page)
    told = {id: one.told(numbers) for id, one in known.items() if one.told}
    found = [_result(id, course, known, coded, session, mine[id], lab) for id, course in asked.items()]
    return [replace(one, told=told.get(one.id, "")) for one in found]


def named_numbers(page: salvage.Page) -> dict[str, float]:
    """The numbers that the cells of a notebook name, `graine = 2018`; the last one of each name. Nothing is run."""
    found = {}
    for cell in page.cells:
        if cell["cell_type"] != "code":
            continue
        try:
            lines = ast.parse("\n".join(line for line in cell["source"].splitlines() if not line.startswith("%"))).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue  # what does not parse names nothing
        for line in lines:
            if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant):
                value = line.value.value
                if isinstance(value, int | float) and not isinstance(value, bool):
                    found |= {target.id: value for target in line.targets if isinstance(target, ast.Name)}
    return found


def exercises_of(lab: salvage.Page) -> dict[str, dict]:
    """Exercise -> what its cell says of it (points, manual), in the order of the lab."""
    marks = (cell["metadata"].get("course") or {} for cell in lab.cells)
    return {one["exercise"]: one for one in marks if one.get("exercise")}


def _checks(page: salvage.Page) -> set[str]:
    return {id for cell in code_cells(page.cells) for id in cell.checks}


def _result(id, course, known, coded, session: Session, cells: list[dict], lab: salvage.Page) -> Result:
    points = float(course.get("points", 1))
    title = known[id].title if id in known else "Question ouverte"
    text = "\n\n".join(cell["source"] for cell in cells)
    given = next(cell["source"] for cell in lab.cells if mark(cell, "exercise") == id)
    if id not in coded:
        empty = not cells or same(text, given)
        said = "Il manque votre réponse." if empty else "Une réponse est écrite\u00a0; une personne la lira."
        return Result(id, title, points, Verdict(TO_DO if empty else BY_HAND, said), manual=True, text=text)
    verdict = session.verdicts.get(id) or _why_not(id, session, cells)
    if verdict.status != TO_DO and any(asks_for_the_answer(cell["source"], id) for cell in cells):
        verdict = Verdict(NOT_YET, CALLED, idea=SOLUTION, trace=verdict.trace)
    return Result(id, title, points, verdict, text=text)


def _why_not(id: str, session: Session, cells: list[dict]) -> Verdict:
    """Why nothing was judged: the cell is gone, or it stopped."""
    if not cells:
        return Verdict(TO_DO, MISSING)
    for cell in session.cells:
        fault = session.faults.get(cell.number)
        if cell.exercise == id and fault:
            outcome = Guard(10.0).run(lambda fault=fault: raised(fault))
            return stopped_verdict(session.exercises[id], outcome, {}, "écrite")
    if session.late:
        return Verdict(ERROR, "Le carnet entier a dépassé le temps permis avant d'arriver ici.")
    return Verdict(TO_DO, "Cet exercice attend votre réponse.")
