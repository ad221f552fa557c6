"""`course verifier TD04`: the student's notebook as the grading will see it, before it is handed in."""

import os
from pathlib import Path

from course._install import Obstacle
from course.exercises.french import typeset
from course.exercises.verdict import PASSED, TO_DO
from course.grading import sandbox
from course.grading.process import Limits
from course.grading.results import BY_HAND, NotThisLab, Result, lab_page, results
from course.workbook import summary, workspace

SIGNS = {**summary.SIGNS, BY_HAND: "✎"}


def verify(folder: Path, td: str, limits: Limits | None = None) -> list[str]:
    """What the grading would conclude, as lines; the notebook is read as it was last saved.

    Raises:
        Obstacle: there is no such TD, or no such notebook in the workspace.
    """
    if os.name == "nt":
        raise Obstacle("Cette commande a besoin de Linux, de macOS, ou de WSL sous Windows.")
    from course.dynamics.load import cache_folder

    try:
        name, lab = lab_page(workspace.labs_folder(), td)
        page, walls = notebook(folder, name).read_bytes(), sandbox.at_hand()
        found = results(page, lab, limits or Limits(), walls=walls, kernels=cache_folder())
    except NotThisLab as problem:
        raise Obstacle(str(problem)) from None
    return told(name, found)


def notebook(folder: Path, name: str) -> Path:
    """The student's own notebook of a TD.

    Raises:
        Obstacle: « Le carnet TD04_x.ipynb n'est pas dans … »
    """
    path = folder.expanduser().resolve() / f"{name}.ipynb"
    if not path.is_file():
        raise Obstacle(f"Le carnet {path.name} n'est pas dans {path.parent} (option --dossier).")
    return path


def told(name: str, found: list[Result]) -> list[str]:
    """The results, one line each with what to do next, then what is missing."""
    lines = [name]
    for one in found:
        status = one.verdict.status
        lines.append(f"  {SIGNS.get(status, ' ')} {one.id}  {typeset(one.title)} — {status}")
        if status not in (PASSED, TO_DO, BY_HAND):
            lines.append(f"      {typeset(one.verdict.sentence)}")
            lines += [f"      {line}" for line in one.verdict.trace.splitlines()]
    coded = [one for one in found if not one.manual]
    earned, most = sum(one.earned for one in found), sum(one.points for one in coded)
    lines.append(f"{number(earned)} sur {number(most)} pour ce qui se vérifie seul.")
    missing = [one.id for one in found if one.verdict.status == TO_DO]
    if missing:
        lines.append(f"Sans réponse\u00a0: {', '.join(missing)}.")
    if any(one.verdict.status == BY_HAND for one in found):
        lines.append("Les réponses rédigées (✎) seront lues par votre enseignant.")
    return lines


def number(x: float) -> str:
    """« 3 points », « 0,5 point »."""
    return f"{x:g}".replace(".", ",") + ("\u00a0points" if x >= 2 else "\u00a0point")
