"""The student's own folder: labs are copied there, an update never overwrites an answer.

`.cours/copies.json` remembers, for every lab, the words that were given, and `.cours/origine/` the lab itself. A lab
whose cells still hold these words is untouched, even run or saved again, and a newer version takes its place; any
other is left as it is, and said, until `course maj` joins the two.
"""

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

from course._install import Obstacle, write

PACKAGE = Path(__file__).resolve().parent.parent
NAME = "cours-neurones"


def labs_folder() -> Path:
    """Where the course's own labs are: `labs/` of a clone, `course/_labs/` of an installed wheel.

    Raises:
        Obstacle: « Les carnets du cours sont introuvables… »
    """
    for folder in (PACKAGE / "_labs", PACKAGE.parent / "labs"):
        if any(folder.glob("*.ipynb")):
            return folder
    raise Obstacle("Les carnets du cours sont introuvables\u00a0: réinstallez le cours.")


def default() -> Path:
    """`cours-neurones/` beside the clone; in the home folder without a clone, or where one cannot write."""
    root = PACKAGE.parent
    if (root / "pyproject.toml").exists() and os.access(root.parent, os.W_OK):
        return root.parent / NAME
    return Path.home() / NAME


Differing = Callable[[Path, str, Path, bool], tuple[list[str], bool]]


def left_in_place(copy: Path, text: str, given: Path, newer: bool) -> tuple[list[str], bool]:
    """A lab where the student wrote, when the course opens: (what is said, whether it is now the new version)."""
    said = (
        f"{copy.stem}\u00a0: une version plus récente existe\u00a0; la vôtre, où vous avez écrit, reste en place. "
        "Pour les réunir sans rien perdre, fermez le cours et lancez `course maj`."
    )
    return [said] if newer else [], False


def prepare(folder: Path, differing: Differing = left_in_place) -> list[str]:
    """Make `folder` a workspace, or bring its labs up to date; what is worth saying, as French sentences.

    Args:
        differing: what becomes of a lab where the student wrote: it gets the student's copy, the text of the course's
            lab, the path of the version that had been given, and whether the course's is newer.

    Raises:
        Obstacle: the folder is the package's own, a file, or cannot be written.
    """
    folder = folder.expanduser().resolve()
    source = labs_folder()
    if folder.is_relative_to(source) or folder.is_relative_to(source.parent / "solutions"):
        raise Obstacle(f"{folder} appartient au cours lui-même\u00a0: choisissez un dossier à vous.")
    try:
        (folder / ".cours").mkdir(parents=True, exist_ok=True)
        return update(source, folder, differing)
    except OSError as error:
        raise Obstacle(f"Impossible de préparer {folder}\u00a0: {french(error)}.") from error


def french(error: OSError) -> str:
    """The usual reasons a folder cannot be used."""
    reasons = {
        PermissionError: "vous n'avez pas le droit d'y écrire",
        FileExistsError: "ce n'est pas un dossier",
        NotADirectoryError: "ce n'est pas un dossier",
    }
    return reasons.get(type(error), str(error))


def update(source: Path, folder: Path, differing: Differing = left_in_place) -> list[str]:
    """Copy the labs that are missing or were replaced by a newer version; leave every answer to `differing`."""
    ledger, origins = folder / ".cours" / "copies.json", folder / ".cours" / "origine"
    origins.mkdir(exist_ok=True)
    given = ledger_of(ledger)
    sentences = []
    for lab in sorted(source.glob("*.ipynb")):
        copy, origin = folder / lab.name, origins / lab.name
        text = lab.read_text(encoding="utf-8")
        now = words(text)
        had = words(copy.read_text(encoding="utf-8", errors="replace")) if copy.exists() else None
        current = had == now
        if not current and (had is None or had == given.get(lab.name)):
            write(copy, text)
            current = True
            sentences += [f"{lab.stem}\u00a0: mis à jour (vous n'y aviez rien écrit)."] if had else []
        elif not current:
            said, current = differing(copy, text, origin, given.get(lab.name) != now)
            sentences += said
        if current or (given.get(lab.name) == now and not origin.exists()):
            given[lab.name] = now
            write(origin, text)
        write(ledger, json.dumps(given, indent=1, ensure_ascii=False))
    return sentences


def ledger_of(path: Path) -> dict[str, str]:
    """What was given; nothing known counts as written by the student."""
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return given if isinstance(given, dict) else {}


def words(text: str) -> str:
    """The hash of what a notebook's cells say, whatever their outputs; of the whole text when it is no notebook."""
    try:
        cells = json.loads(text)["cells"]
        pasted = [[cell["attachments"]] if cell.get("attachments") else [] for cell in cells]
        said = [[cell["cell_type"], "".join(cell["source"]), *more] for cell, more in zip(cells, pasted, strict=True)]
    except (ValueError, KeyError, TypeError, AttributeError):
        said = text
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
