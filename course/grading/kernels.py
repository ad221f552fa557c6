"""What a TD's models compile to, made before the first copy is opened: notebooks read it and cannot write it.

In the sandbox a notebook writes nowhere: each copy would compile every model again, in half a minute for some TDs. The
course's own answers are run first, outside the sandbox, then graded inside it as a copy is. That second run shows
what this machine makes of a perfect copy, and whether a mark is missing for a reason that is not the student's.
"""

from dataclasses import replace
from pathlib import Path

from course.exercises.catalogue import every_exercise
from course.grading.process import ROOT, Limits
from course.grading.results import results
from course.grading.walls import Walls
from course.workbook import salvage
from course.workbook.maj.counterparts import mark


def folder() -> Path:
    """Where they are kept, apart from the person's own: nothing but the course's answers is ever compiled there."""
    from course.dynamics.load import cache_folder

    place = cache_folder().parent / "correction"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def prepared(name: str, lab: salvage.Page, place: Path, walls: Walls, limits: Limits) -> list[str]:
    """The exercises that the course's own answers do not pass here: none, on a machine in order.

    Args:
        name: of the lab. lab: the course's own. place: see `folder`. walls, limits: those of the copies.
    """
    whole = ROOT / "solutions" / f"{name}.ipynb"
    page = whole.read_bytes() if whole.is_file() else answered(lab)
    results(page, lab, replace(limits, cell=120.0, total=600.0), kernels=place)
    if not whole.is_file():  # installed without its solutions: an answer may miss what the lab defines elsewhere
        return []
    found = results(page, lab, limits, walls=walls, kernels=place)
    return [one.id for one in found if not one.manual and one.earned < one.points]


def answered(lab: salvage.Page) -> bytes:
    """The lab with the solution of each exercise in its cell."""
    known = {one.id: one for one in every_exercise()}

    def filled(cell: dict) -> dict:
        one = known.get(mark(cell, "exercise"))
        return cell | {"source": one.solution} if one and one.solution and cell["cell_type"] == "code" else cell

    return salvage.Page([filled(cell) for cell in lab.cells], lab.metadata).written().encode()
