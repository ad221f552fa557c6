"""What students handed in through nbgrader, one folder each, as `course noter` reads it.

nbgrader keeps `submitted/ÉTUDIANT/TD04/TD04_x.ipynb`; a folder taken out of it, or one notebook alone, will do. A cell
goes back to what it is in the course: nbgrader's marks and hidden tests go, its name in the course is found again by
nbgrader's own when an editor lost it. The student's text, outputs and added cells are kept as they are.
"""

from collections.abc import Iterator
from pathlib import Path

from course._install import Obstacle, write
from course.grading.nbgrader.assignment import HIDDEN
from course.grading.results import NotThisLab, exercises_of, lab_page
from course.grading.tables import one_line
from course.grading.worker import content, left_by
from course.grading.worker import plain as as_text
from course.workbook import salvage, workspace
from course.workbook.maj.counterparts import mark

LOCKS = ("deletable", "editable")


def bring(folder: Path, td: str, out: Path) -> Iterator[str]:
    """Write `out/ÉTUDIANT/TD04_x.ipynb` for every submission of a TD; what was found, as sentences.

    Args:
        folder: of the nbgrader class, or its `submitted`, or one student's; or one notebook.

    Raises:
        Obstacle: no such folder or TD, no submission of it, or `out` cannot be written.
    """
    folder, out = folder.expanduser().resolve(), out.expanduser().resolve()
    try:
        name, lab = lab_page(workspace.labs_folder(), td)
    except NotThisLab as problem:
        raise Obstacle(str(problem)) from None
    if folder == out or out.is_relative_to(folder / "submitted"):
        raise Obstacle("Les carnets ne vont pas là d'où ils viennent\u00a0: choisissez une autre --sortie.")
    found = others = 0
    for student, path in submitted(folder, name[:4]):
        said = one_line(as_text(student))
        try:
            data = content(path)
        except NotThisLab as problem:
            yield f"{said}\u00a0: {problem}"
            continue
        page = salvage.read(data)
        if page is not None and not of_this_lab(page, lab):
            others += 1
            continue
        target = out / student / path.name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            if page is None:  # its line in the marks says so
                target.write_bytes(data)
            else:
                write(target, ours(page, lab).written())
        except OSError as error:
            raise Obstacle(f"Impossible d'écrire {target}\u00a0: {workspace.french(error)}.") from error
        found += 1
        yield f"{said}\u00a0: {path.name}" + ("" if page else " (illisible, repris tel quel)")
    if not found:
        raise Obstacle(f"Aucun carnet du {name[:4]} dans {folder}.")
    if others:
        yield f"Carnets d'autres TD, laissés\u00a0: {others}."
    yield f"Pour les noter\u00a0: course noter {out} --td {name[2:4]} --sortie RESULTATS"


def submitted(folder: Path, assignment: str) -> Iterator[tuple[str, Path]]:
    """(student, notebook) of a folder; the assignment's own folder is not part of the student's name."""
    if folder.is_file():
        yield folder.stem, folder
        return
    if not folder.is_dir():
        raise Obstacle(f"{folder} n'est ni un dossier ni un carnet.")
    root = folder / "submitted" if (folder / "submitted").is_dir() else folder
    for path in sorted(root.rglob("*.ipynb")):
        inside = path.relative_to(root).parts
        if left_by("/".join(inside)) or not (path.is_symlink() or path.is_file()):
            continue
        if len(inside) > 2 and inside[1].upper().startswith("TD") and inside[1].upper() != assignment:
            continue
        first = inside[0] if len(inside) > 1 else path.stem
        yield (root.name if first.upper() == assignment else first), path


def of_this_lab(page: salvage.Page, lab: salvage.Page) -> bool:
    """Whether one cell at least asks for an exercise of the lab."""
    asked = set(exercises_of(lab))
    names = {mark(cell, "id") for cell in lab.cells if mark(cell, "exercise")}
    return any(mark(cell, "exercise") in asked or its_grade_id(cell) in names for cell in page.cells)


def ours(page: salvage.Page, lab: salvage.Page) -> salvage.Page:
    """The notebook as the course would have given it, with what the student wrote."""
    given = {mark(cell, "id"): cell["metadata"]["course"] for cell in lab.cells if mark(cell, "id")}
    about = {"course": lab.metadata.get("course", {})} | page.metadata
    return salvage.Page([plain(cell, given) for cell in page.cells], about, page.whole)


def plain(cell: dict, given: dict[str, dict]) -> dict:
    """One cell without what nbgrader added to it."""
    if "nbgrader" not in cell["metadata"]:
        return cell
    metadata = {key: x for key, x in cell["metadata"].items() if key not in ("nbgrader", *LOCKS)}
    name = its_grade_id(cell)
    if not isinstance(metadata.get("course"), dict) and name in given:
        metadata["course"] = given[name]
    return cell | {"metadata": metadata, "source": without_tests(cell["source"])}


def its_grade_id(cell: dict) -> str:
    """nbgrader's name of a cell, which is the course's."""
    told = cell["metadata"].get("nbgrader")
    name = told.get("grade_id") if isinstance(told, dict) else None
    return name if isinstance(name, str) else ""


def without_tests(text: str) -> str:
    """The text without its hidden tests, which nbgrader puts back when it marks; one without an end is kept."""
    lines, begun = [], None
    for line in text.split("\n"):
        word = line.strip()
        if word == HIDDEN[0] and begun is None:
            begun = len(lines)
        lines.append(line)
        if word == HIDDEN[1] and begun is not None:
            del lines[begun:]
            begun = None
    return "\n".join(lines)
