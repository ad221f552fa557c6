"""A TD as nbgrader's source: the release that nbgrader makes from it is the course's own lab, to the letter.

An answer in code is nbgrader's « manually edited solution », the cell that checks it an « autograded test », an answer
in prose a « manually graded answer ». What raises when a check did not pass stands in a hidden test: nbgrader takes it
out of what students receive, so that their notebook never stops, and puts it back when it marks.
"""

from pathlib import Path

from course._install import Obstacle, write
from course.grading.cells import read as read_code
from course.grading.results import NotThisLab, lab_page
from course.workbook import markers, salvage, workspace
from course.workbook.maj.counterparts import mark

SCHEMA = 3
HIDDEN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
TEST = "from course.exercises.sheet import required\nrequired({id!r})"
SETTINGS = f"""# Ce que nbgrader doit savoir du cours.
c = get_config()

# les marques des réponses à écrire sont celles du cours
c.ClearSolutions.code_stub = dict(python={markers.STUB!r})
c.ClearSolutions.text_stub = {markers.ANSWER!r}

# secondes par cellule, quand nbgrader exécute un carnet
c.Execute.timeout = 120
"""


def export(td: str, folder: Path) -> list[str]:
    """Write `source/TD04/` in the folder of an nbgrader class; what was written, as sentences.

    Raises:
        Obstacle: no such TD, another text already there, or a folder that cannot be written.
    """
    folder = folder.expanduser().resolve()
    if any((place / ".cours").is_dir() for place in (folder, *folder.parents)):
        raise Obstacle(f"{folder} est dans le dossier de travail d'un étudiant\u00a0: choisissez-en un autre.")
    try:
        name, lab = lab_page(workspace.labs_folder(), td)
    except NotThisLab as problem:
        raise Obstacle(str(problem)) from None
    page = solution(name) or lab
    text = source(page, lab).written()
    path, settings = folder / "source" / name[:4] / f"{name}.ipynb", folder / "nbgrader_config.py"
    if path.exists() and path.read_text(encoding="utf-8", errors="replace") != text:
        raise Obstacle(f"{path} existe déjà et dit autre chose\u00a0: rangez-le ailleurs, puis relancez.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, text)
        said = [f"Écrit\u00a0: {path}"]
        if not settings.exists():
            write(settings, SETTINGS)
            said.append(f"Écrit\u00a0: {settings}")
        elif settings.read_text(encoding="utf-8", errors="replace") != SETTINGS:
            said.append(f"Gardé\u00a0: {settings}. Il doit contenir\u00a0:\n{SETTINGS}")
    except OSError as error:
        raise Obstacle(f"Impossible d'écrire dans {folder}\u00a0: {workspace.french(error)}.") from error
    if page is lab:
        said.append("Sans les solutions\u00a0: elles ne sont que dans un clone du cours.")
    said.append(f"Ensuite, dans ce dossier\u00a0: nbgrader generate_assignment {name[:4]}")
    return said


def solution(name: str) -> salvage.Page | None:
    """The instructor's notebook of a TD, None where only the labs are."""
    path = workspace.PACKAGE.parent / "solutions" / f"{name}.ipynb"
    return salvage.read(path.read_bytes()) if path.is_file() else None


def source(page: salvage.Page, lab: salvage.Page) -> salvage.Page:
    """The notebook that nbgrader makes its release from.

    Args:
        page: the solution, or the lab itself.
        lab: the course's own; its cells are the ones of the release.
    """
    kept = {mark(cell, "id") for cell in lab.cells}
    checked = {id for cell in lab.cells for id in checks(cell)}
    points = {mark(cell, "exercise"): cell["metadata"]["course"].get("points", 1) for cell in lab.cells}
    cells = [marked(cell, checked, points) for cell in page.cells if mark(cell, "id") in kept]
    about = {**page.metadata, "course": lab.metadata.get("course", {})}
    return salvage.Page(cells, about)


def marked(cell: dict, checked: set[str], points: dict[str, float]) -> dict:
    """One cell with what nbgrader must know of it; nothing is added to those that ask for nothing."""
    id, exercise = mark(cell, "exercise") and mark(cell, "id"), mark(cell, "exercise")
    text, found = cell["source"], checks(cell)
    if found:
        most = sum(points[one] for one in found)
        hidden = "\n".join([HIDDEN[0], *(TEST.format(id=one) for one in found), HIDDEN[1]])
        return with_metadata(cell, f"{text}\n{hidden}", mark(cell, "id"), grade=True, points=most)
    if exercise and (exercise not in checked or cell["metadata"]["course"].get("manual")):
        return with_metadata(cell, enclosed(text), id, grade=True, solution=True, points=points[exercise])
    if exercise or markers.has_markers(text):
        return with_metadata(cell, enclosed(text), mark(cell, "id"), solution=True)
    return cell


def with_metadata(
    cell: dict, text: str, id: str, grade: bool = False, solution: bool = False, points: float | None = None,
) -> dict:
    """The cell under this text and nbgrader's metadata; a test is locked, an answer never is."""
    told = {
        "schema_version": SCHEMA, "grade": grade, "solution": solution, "locked": grade and not solution,
        "task": False, "grade_id": id,
    }
    told |= {"points": points} if grade else {}
    return cell | {"source": text, "metadata": {**cell["metadata"], "nbgrader": told}}


def enclosed(text: str) -> str:
    """A text whose place to answer stands between the two markers, as in a solution."""
    if markers.has_markers(text):
        return text
    lines = []
    for line in text.split("\n"):
        indent = line[: len(line) - len(line.lstrip())]
        answer = line.strip() in (markers.STUB, markers.ANSWER)
        lines += [indent + markers.BEGIN, line, indent + markers.END] if answer else [line]
    return "\n".join(lines)


def checks(cell: dict) -> list[str]:
    """The exercises that a cell checks."""
    return list(read_code(cell["source"], 0).checks) if cell["cell_type"] == "code" else []
