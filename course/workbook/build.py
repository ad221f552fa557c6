"""`solutions/*.py` to notebooks: the solution, and the lab proven free of solutions.

`build_all` writes them, or says in words what would change; `from_notebook` takes an edit made in the
solution notebook back to its source. The source is the only text; the notebooks are read from it.
"""

import os
import re
from pathlib import Path

from course._check import nearest
from course.workbook import edited, lab, notebook, rules, source
from course.workbook.problems import BuildError

__all__ = ["BuildError", "build_all", "from_notebook", "notebooks"]

NAME = re.compile(r"TD\d\d_[a-z0-9_]+|index")
SOLUTIONS, LABS = "solutions", "labs"


def notebooks(name: str, text: str) -> dict[str, str]:
    """The notebooks of one source: {path under the root: text}. Pure.

    Raises:
        BuildError: all the faults of the source.
    """
    where = f"{SOLUTIONS}/{name}.py"
    _, cells = source.read(text, where)
    problems = rules.problems(cells, name, where)
    if problems:
        raise BuildError(problems)
    given = lab.lab_cells(cells)
    problems = lab.leaks(cells, given)
    if problems:
        raise BuildError([f"{where}, {problem}" for problem in problems])
    made = {"name": name, "digest": notebook.digest(cells)}
    return {
        f"{SOLUTIONS}/{name}.ipynb": notebook.written(cells, made),
        f"{LABS}/{name}.ipynb": notebook.written(given, {"name": name}),
    }


def build_all(root: str | Path, check: bool = False) -> list[str]:
    """Build every notebook of the project in `root`.

    Args:
        check: write nothing, compare with the files on disk.

    Returns:
        The paths written; with `check`, the differences in words (faults of the sources included).

    Raises:
        BuildError: the faults of all sources, after the other notebooks were written (not with `check`).
    """
    root = Path(root)
    changed, problems, expected = [], [], set()
    for path in _sources(root):
        expected |= {f"{folder}/{path.stem}.ipynb" for folder in (SOLUTIONS, LABS)}
        try:
            if not NAME.fullmatch(path.stem):
                raise BuildError(
                    f"{SOLUTIONS}/{path.name}\u00a0: une source se nomme TDdd_sujet.py ou index.py"
                )
            text = source.decoded(path.read_bytes(), f"{SOLUTIONS}/{path.name}")
            pages = notebooks(path.stem, text)
            if not check:
                _refuse_lost_edit(root / SOLUTIONS / f"{path.stem}.ipynb", path.stem)
            for target, page in pages.items():
                changed += _compared(root, target, page) if check else _placed(root, target, page)
        except BuildError as error:
            problems += error.problems
    if check:
        return problems + changed + _orphans(root, expected)
    if problems:
        raise BuildError(problems)
    return changed


def from_notebook(root: str | Path, name: str) -> list[str]:
    """Take the edit made in a solution notebook back to its source, then rebuild both notebooks.

    Args:
        name: "TD01", "TD01_hodgkin_huxley", or the path of the notebook.

    Returns:
        The paths written; nothing when the notebook was not edited.

    Raises:
        BuildError: nothing was written; the notebook is not valid, the source changed since the notebook was
            built from it, or the result would break a rule.
    """
    root = Path(root)
    path = _source_named(root, name)
    where, target = f"{SOLUTIONS}/{path.name}", f"{SOLUTIONS}/{path.stem}.ipynb"
    if not (root / target).is_file():
        raise BuildError(f"{target}\u00a0: ce carnet n'existe pas\u00a0; construisez-le d'abord")
    cells, course = notebook.read((root / target).read_bytes(), target)
    raw = path.read_bytes()
    text = source.decoded(raw, where)
    if "digest" not in course:
        raise BuildError(f"{target}\u00a0: ce carnet n'a pas été construit à partir de {where}")
    if edited.same(cells, course["digest"]):
        return []
    if notebook.digest(source.read(text, where)[1]) != course["digest"]:
        raise BuildError(
            f"{target}\u00a0: la source {where} a changé depuis la construction de ce carnet\u00a0; "
            "reportez vous-même l'une des deux modifications, puis construisez"
        )
    result = edited.brought_back(text, cells, where)
    pages = notebooks(path.stem, result)
    if path.read_bytes() != raw:
        raise BuildError(f"{where}\u00a0: la source vient de changer, rien n'a été écrit")
    return _placed(root, where, result) + [
        t for p, page in pages.items() for t in _placed(root, p, page)
    ]


def _sources(root: Path) -> list[Path]:
    if not (root / SOLUTIONS).is_dir():
        raise BuildError(f"{root}\u00a0: dossier {SOLUTIONS}/ introuvable")
    return sorted((root / SOLUTIONS).glob("*.py"))


def _source_named(root: Path, name: str) -> Path:
    wanted = Path(str(name).replace("\\", "/")).name
    wanted = re.sub(r"\.(ipynb|py)$", "", wanted)
    sources = _sources(root)
    found = [p for p in sources if p.stem == wanted] or [
        p for p in sources if p.stem.startswith(wanted + "_")
    ]
    if len(found) != 1:
        known = nearest(wanted, [p.stem for p in sources])
        raise BuildError(f"{SOLUTIONS}/\u00a0: le nom d'un TD qui a une source{known}, reçu {name}")
    return found[0]


def _on_disk(path: Path) -> str | None:
    """The text of a file, with the newlines of a build whatever a checkout made of them."""
    return (
        path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
        if path.is_file()
        else None
    )


def _compared(root: Path, target: str, page: str) -> list[str]:
    present = _on_disk(root / target)
    if present is None:
        return [f"{target}\u00a0: ce carnet manque"]
    return (
        []
        if present == page
        else [f"{target}\u00a0: ce carnet n'est pas celui que sa source construit"]
    )


def _placed(root: Path, target: str, text: str) -> list[str]:
    """Write a file whole or not at all, and only when it changes."""
    path = root / target
    if path.is_file() and path.read_bytes() == text.encode():
        return []
    path.parent.mkdir(exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_bytes(text.encode())
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    return [target]


def _refuse_lost_edit(path: Path, name: str) -> None:
    """A notebook edited by hand is not written over before its edit came back to the source."""
    if not path.is_file():
        return
    target = f"{SOLUTIONS}/{path.name}"
    try:
        cells, course = notebook.read(path.read_bytes(), target)
    except BuildError:  # a notebook that nobody can open has nothing to lose
        return
    if not edited.same(cells, course.get("digest", "")):
        raise BuildError(
            f"{target}\u00a0: ce carnet a été modifié et cette modification serait perdue\u00a0; "
            f"rapportez-la dans la source (course construire --depuis-carnet {name}), ou supprimez "
            "ce carnet"
        )


def _orphans(root: Path, expected: set[str]) -> list[str]:
    found = sorted(
        f"{folder}/{path.name}"
        for folder in (SOLUTIONS, LABS)
        for path in (root / folder).glob("*.ipynb")
    )
    return [
        f"{target}\u00a0: ce carnet n'a pas de source" for target in found if target not in expected
    ]
