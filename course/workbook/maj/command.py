"""`course maj`: the labs of a workspace brought up to date, a copy of each one kept before it is touched."""

from datetime import datetime
from pathlib import Path

from course._install import Obstacle, write
from course.workbook import launch, salvage, workspace
from course.workbook.maj.merge import merge
from course.workbook.maj.telling import told

COPIES = ".sauvegardes"
OPEN = (
    "Le cours est ouvert dans JupyterLab\u00a0: enregistrez vos carnets, arrêtez-le (Ctrl-C dans sa fenêtre), "
    "puis relancez `course maj`."
)


def run(folder: Path) -> list[str]:
    """Bring every lab of the workspace up to date; what was done, as French sentences.

    Raises:
        Obstacle: the course is open there, or the folder cannot be used.
    """
    if launch.running(folder.expanduser().resolve()):
        raise Obstacle(OPEN)
    return workspace.prepare(folder, joined) or ["Vos TD sont à jour."]


def joined(copy: Path, text: str, origin: Path, newer: bool) -> tuple[list[str], bool]:
    """The student's copy and the new version in one notebook: (what is said, whether it could be done)."""
    data = copy.read_bytes()
    mine, new = salvage.read(data), salvage.read(text.encode())
    if not data.strip():
        return _blank(copy, text)
    if mine is None:
        return [
            f"{copy.stem}\u00a0: fichier illisible, laissé tel quel. Renommez-le et relancez pour obtenir un TD neuf."
        ], False
    if mine.whole and not newer:
        return [], False
    given = salvage.read(origin.read_bytes()) if origin.exists() else None
    result = merge(given, mine, new)
    saved = kept(copy, data)
    if copy.read_bytes() != data:
        said = f"{copy.stem}\u00a0: enregistré par un autre programme à l'instant\u00a0; relancez `course maj`."
        return [said], False
    write(copy.resolve(), result.page.written())
    lines = told(result, new, given, f"{origin.parent.parent.name}/{origin.parent.name}")
    head = f"{copy.stem}\u00a0: mis à jour, ce que vous aviez écrit est gardé."
    if not mine.whole:
        head = f"{copy.stem}\u00a0: fichier abîmé, {len(mine.cells)}\u00a0cellules retrouvées et gardées."
    elif given is None:
        lines.append("  la version d'origine n'est pas connue\u00a0: vos cellules sont toutes restées telles quelles.")
    return [head, *lines, f"  votre version d'avant\u00a0: {COPIES}/{saved.name}"], True


def _blank(copy: Path, text: str) -> tuple[list[str], bool]:
    write(copy.resolve(), text)
    hint = copy.parent / ".ipynb_checkpoints" / f"{copy.stem}-checkpoint.ipynb"
    older = f" Une copie de Jupyter existe\u00a0: {hint.relative_to(copy.parent).as_posix()}." if hint.exists() else ""
    return [f"{copy.stem}\u00a0: le fichier était vide, le TD est remis.{older}"], True


def kept(path: Path, data: bytes) -> Path:
    """A copy of `data`, byte for byte, beside, under a name that says when; never over another copy."""
    folder = path.parent / COPIES
    folder.mkdir(exist_ok=True)
    when, number = f"{datetime.now():%Y-%m-%d_%Hh%Mm%S}", 1
    while True:
        name = f"{path.stem}.{when}{f'-{number}' if number > 1 else ''}{path.suffix}"
        try:
            with open(folder / name, "xb") as file:
                file.write(data)
            return folder / name
        except FileExistsError:
            number += 1
